package packs;

import fr.pivot.referential.Succession;
import fr.pivot.referential.SuccessionKind;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The successions of a referential, one at most a day between two codes: the first one that is
 * added stays.
 */
final class SuccessionSet {

  private record Key(
      LocalDate date, @Nullable String code, String referentialAfter, @Nullable String codeAfter) {}

  private record Start(LocalDate date, String code) {}

  private final Map<Key, Succession> successions = new LinkedHashMap<>();
  private final Set<Start> starts = new HashSet<>();
  private final Set<Start> ends = new HashSet<>();

  void add(
      LocalDate date,
      @Nullable String code,
      String referentialAfter,
      @Nullable String codeAfter,
      SuccessionKind kind,
      @Nullable String type,
      boolean derived) {
    successions.putIfAbsent(
        new Key(date, code, referentialAfter, codeAfter),
        new Succession(date, code, referentialAfter, codeAfter, kind, type, derived));
    if (code != null) {
      starts.add(new Start(date, code));
    }
    if (codeAfter != null) {
      ends.add(new Start(date, referentialAfter + ":" + codeAfter));
    }
  }

  boolean hasFrom(LocalDate date, String code) {
    return starts.contains(new Start(date, code));
  }

  boolean hasTo(LocalDate date, String referential, String code) {
    return ends.contains(new Start(date, referential + ":" + code));
  }

  Collection<Succession> all() {
    return successions.values();
  }
}
