package fr.pivot.formats.pack;

import fr.pivot.finding.Rule;
import fr.pivot.referential.ReleaseRows;
import fr.pivot.referential.Succession;
import fr.pivot.referential.SuccessionKind;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads what became what. */
final class PackedSuccessions extends StatedRows {

  private static final Map<String, SuccessionKind> KINDS = kinds();

  PackedSuccessions(PackedResource resource) {
    super(resource, List.of("date", "code", "referential_after", "code_after", "kind"));
  }

  @Override
  void take(ReleaseRows rows) {
    LocalDate date = optionalDate("date");
    if (date == null && optional("date") == null) {
      fail(Rule.EMPTY_VALUE, "date", "");
    }
    String code = optional("code");
    String codeAfter = optional("code_after");
    if (code == null && codeAfter == null) {
      fail(Rule.EMPTY_VALUE, "code", "");
    }
    String referentialAfter = text("referential_after");
    String named = text("kind");
    SuccessionKind kind = KINDS.get(named);
    if (kind == null && !named.isEmpty()) {
      fail(Rule.UNREADABLE_FILE, "kind", named);
    }
    boolean derived = flag("derived");
    if (sound() && date != null && kind != null) {
      Succession succession =
          new Succession(date, code, referentialAfter, codeAfter, kind, optional("type"), derived);
      rows.succession(succession);
    }
  }

  private static Map<String, SuccessionKind> kinds() {
    Map<String, SuccessionKind> kinds = new HashMap<>();
    for (SuccessionKind kind : SuccessionKind.values()) {
      kinds.put(kind.id(), kind);
    }
    return kinds;
  }
}
