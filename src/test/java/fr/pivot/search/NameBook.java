package fr.pivot.search;

import fr.pivot.catalog.Reference;
import fr.pivot.crosswalk.Heirs;
import fr.pivot.crosswalk.Status;
import fr.pivot.crosswalk.Translation;
import fr.pivot.crosswalk.lineage.Arrival;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Link;
import fr.pivot.registry.Codes;
import fr.pivot.registry.Point;
import fr.pivot.registry.Points;
import fr.pivot.registry.Registry;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every name that the latest edition of a referential knows, of today and of the past, and the
 * codes of today that it leads to: the judge of which question has one answer.
 */
final class NameBook {

  /**
   * A name.
   *
   * @param name the name
   * @param was the code that has or had it
   * @param code a code of today that it leads to
   * @param departement the département of {@code code}; null where there is none
   * @param former whether nothing is called so any more
   * @param sure whether {@code code} is the only one that it leads to
   */
  record Known(
      String name,
      String was,
      String code,
      @Nullable String departement,
      boolean former,
      boolean sure) {}

  private final Point point;
  private final List<Known> all = new ArrayList<>();
  private final Map<String, List<Known>> byCode = new HashMap<>();
  private final Map<Likeness, Map<String, List<Known>>> byKey = new EnumMap<>(Likeness.class);

  NameBook(Registry registry, String reference, LocalDate today, Set<String> levels) {
    point = Points.find(registry, Reference.parse(reference).orElseThrow(), today);
    Codes book = point.codes();
    Heirs heirs = new Heirs(point);
    Set<Known> once = new HashSet<>();
    book.forEachState(
        point.release(),
        state -> {
          if (levels.isEmpty() || levels.contains(state.level())) {
            once.addAll(listKnown(state, heirs));
          }
        });
    // What is called so today is not a former name of itself.
    Set<String> present = new HashSet<>();
    once.stream().filter(k -> !k.former()).forEach(k -> present.add(k.code() + ' ' + k.name()));
    once.stream()
        .filter(k -> !k.former() || !present.contains(k.code() + ' ' + k.name()))
        .sorted(
            Comparator.comparing(Known::was).thenComparing(Known::name).thenComparing(Known::code))
        .forEach(all::add);
    for (Likeness likeness : Likeness.values()) {
      Map<String, List<Known>> keys = new HashMap<>();
      all.forEach(k -> keys.computeIfAbsent(likeness.key(k.name()), _ -> new ArrayList<>()).add(k));
      byKey.put(likeness, keys);
    }
    all.forEach(k -> byCode.computeIfAbsent(k.was(), _ -> new ArrayList<>()).add(k));
  }

  private List<Known> listKnown(ConceptState state, Heirs heirs) {
    String code = state.code();
    String label = state.label();
    LocalDate today = point.date();
    LocalDate end = state.validity().to();
    if (end == null || end.isAfter(today)) {
      return state.validity().contains(today)
          ? List.of(new Known(label, code, code, departement(code), false, true))
          : List.of();
    }
    Translation heir = heirs.find(code, point.release(), end.minusDays(1));
    boolean sure = heir.status() == Status.SINGLE || heir.status() == Status.MERGED;
    return heir.targets().stream()
        .map(Arrival::code)
        .map(target -> new Known(label, code, target, departement(target), true, sure))
        .toList();
  }

  /** Where the questions are asked. */
  Point point() {
    return point;
  }

  /** All names, by code. */
  List<Known> list() {
    return all;
  }

  /** The names that a code has or had. */
  List<Known> listOf(String code) {
    return byCode.getOrDefault(code, List.of());
  }

  /** The département that a commune lies in today; null where it has none. */
  @Nullable String departement(String code) {
    return linked(code, "departements");
  }

  /** One of the postal codes of a commune; null where it has none. */
  @Nullable String postalCode(String code) {
    return linked(code, "codes-postaux");
  }

  private @Nullable String linked(String code, String referential) {
    for (Link link : point.codes().listLinks(code, point.release(), point.date())) {
      if (link.referential().equals(referential)) {
        return link.target();
      }
    }
    return null;
  }

  /**
   * The names that are most like a text, in a département or anywhere; none where nothing is but
   * for its spelling.
   */
  List<Known> listLike(String text, @Nullable String departement) {
    for (Likeness likeness : Likeness.values()) {
      List<Known> found = listAlike(likeness, likeness.key(text), departement);
      if (!found.isEmpty()) {
        return found;
      }
    }
    return List.of();
  }

  private List<Known> listAlike(Likeness likeness, String key, @Nullable String departement) {
    return Objects.requireNonNull(byKey.get(likeness)).getOrDefault(key, List.of()).stream()
        .filter(k -> departement == null || departement.equals(k.departement()))
        .toList();
  }

  /**
   * Whether a text can be told to mean a code: nothing else is as much like it as a name of that
   * code. What is called so today goes before what was, and before a former name also where people
   * dropped its article or its spaces: Cerqueux was a commune, and is what some call Les Cerqueux.
   */
  boolean isTellable(String text, String code, @Nullable String departement) {
    List<Known> like = listLike(text, departement);
    boolean present = like.stream().anyMatch(k -> k.code().equals(code) && !k.former());
    if (!like.stream().allMatch(k -> k.code().equals(code) || (present && k.former()))) {
      return false;
    }
    if (present || like.isEmpty()) {
      return true;
    }
    String bare = Likeness.JOINED.key(text);
    List<Known> alike = new ArrayList<>();
    if (bare.equals(Likeness.WITHOUT_ARTICLE.key(text))) {
      alike.addAll(listAlike(Likeness.WITHOUT_ARTICLE, bare, departement));
    }
    if (bare.equals(Likeness.FOLDED.key(text))) {
      alike.addAll(listAlike(Likeness.JOINED, bare, departement));
    }
    return alike.stream().allMatch(k -> k.former() || k.code().equals(code));
  }

  /** Whether a text is just what something else is called or was. */
  boolean isAnother(String text, String code, @Nullable String departement) {
    List<Known> like = listLike(text, departement);
    return !like.isEmpty() && like.stream().noneMatch(k -> k.code().equals(code));
  }
}
