package fr.pivot.search;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import fr.pivot.catalog.Release;
import fr.pivot.referential.Level;
import fr.pivot.referential.LinkType;
import fr.pivot.referential.Referential;
import fr.pivot.referential.Relation;
import fr.pivot.registry.Codes;
import fr.pivot.registry.NameWords;
import fr.pivot.registry.Point;
import fr.pivot.registry.Registry;
import fr.pivot.search.index.IndexedCodes;
import fr.pivot.search.index.NameIndex;
import fr.pivot.search.index.NameIndexes;
import fr.pivot.text.Words;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Works out what is known of a concept beside its name: {@code departement} and {@code
 * Seine-Saint-Denis} become the communes of 93. Safe for any number of threads; what was worked out
 * is kept for a while.
 */
final class Contexts {

  /** How many ranks are kept in all: 16 MB. */
  private static final long HEAVIEST = 4_000_000;

  private static final int MOST_TEXTS = 20_000;
  private static final int LONGEST_WAY = 4;
  private static final int[] NOBODY = {};

  private final Registry registry;
  private final NameIndexes indexes;
  private final Cache<Key, Optional<Constraint>> known =
      Caffeine.newBuilder()
          .maximumWeight(HEAVIEST)
          .weigher(
              (Key _, Optional<Constraint> constraint) ->
                  constraint.orElse(null) instanceof Constraint.Codes codes
                      ? 40 + codes.ever().length + codes.near().length
                      : 40)
          .build();

  /** What texts beside names say, by the text. */
  private final Cache<Key, Optional<Context>> around =
      Caffeine.newBuilder().maximumSize(MOST_TEXTS).build();

  private final Map<String, Map<String, String>> attributes = new ConcurrentHashMap<>();

  private record Key(
      String referential, long release, LocalDate date, String property, List<String> values) {}

  Contexts(Registry registry, NameIndexes indexes) {
    this.registry = registry;
    this.indexes = indexes;
  }

  /** What a context means at a point; empty where nobody knows the property or its values. */
  Optional<Constraint> find(Point point, Context context) {
    Key key =
        new Key(
            point.referential().id(),
            point.release().id(),
            point.date(),
            context.property(),
            context.values());
    Optional<Constraint> found = known.getIfPresent(key);
    if (found == null) {
      found = work(point, context);
      known.put(key, found);
    }
    return found;
  }

  /**
   * What a text beside a name says about its surroundings: a code of a referential around, else
   * what is called so there, else a code that lost its zeros or is near to one.
   */
  Optional<Context> findAround(Point point, String text) {
    Key key =
        new Key(point.referential().id(), point.release().id(), point.date(), "", List.of(text));
    return around.get(key, _ -> lookAround(point, text));
  }

  private Optional<Context> lookAround(Point point, String text) {
    List<Referential> all = listAround(point.referential());
    for (Sureness sureness : Sureness.values()) {
      for (Referential around : all) {
        Codes codes = registry.findCodes(around.id()).orElseThrow();
        boolean known =
            switch (sureness) {
              case CODE -> codes.findCanonical(text).isPresent();
              case NAME -> !findByName(point, around, text).isEmpty();
              case NEARLY ->
                  find(point, new Context(around.id(), List.of(text), false)).isPresent();
            };
        if (known) {
          return Optional.of(new Context(around.id(), List.of(text), false));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * The codes that are tied to a code of another referential without standing under it, where a
   * text is nothing but that code: the communes of a postal code.
   */
  Optional<Constraint.Codes> findLinked(Point point, String text) {
    if (text.isEmpty() || !Character.isDigit(text.charAt(0))) {
      return Optional.empty();
    }
    for (LinkType link : point.referential().links()) {
      if (link.relation() == Relation.RELATED
          && registry
              .findCodes(link.referential())
              .flatMap(linked -> linked.findCanonical(text))
              .isPresent()) {
        Context context = new Context(link.referential(), List.of(text), false);
        if (find(point, context).orElse(null) instanceof Constraint.Codes codes) {
          return Optional.of(codes);
        }
      }
    }
    return Optional.empty();
  }

  /** How surely a text says where something is, the surest first. */
  private enum Sureness {
    CODE,
    NAME,
    NEARLY
  }

  /** The referentials that say where a code of a referential is, the nearest first. */
  List<Referential> listAround(Referential referential) {
    List<Referential> list = new ArrayList<>();
    Set<String> seen = new HashSet<>(Set.of(referential.id()));
    Deque<Referential> next = new ArrayDeque<>(List.of(referential));
    while (!next.isEmpty()) {
      for (String id : listNeighbours(next.poll())) {
        Optional<Referential> found = registry.catalog().findReferential(id);
        if (found.isPresent() && seen.add(id) && registry.findCodes(id).isPresent()) {
          list.add(found.get());
          next.add(found.get());
        }
      }
    }
    return list;
  }

  /** Where links of a referential lead, and for one without links, those whose links lead to it. */
  private Set<String> listNeighbours(Referential referential) {
    Set<String> ids = new LinkedHashSet<>();
    referential.links().forEach(link -> ids.add(link.referential()));
    if (ids.isEmpty()) {
      for (Referential other : registry.catalog().listReferentials()) {
        if (other
            .findLink(referential.id())
            .filter(l -> l.relation() == Relation.BROADER)
            .isPresent()) {
          ids.add(other.id());
          other.links().stream()
              .filter(l -> l.relation() == Relation.BROADER)
              .forEach(l -> ids.add(l.referential()));
        }
      }
      ids.remove(referential.id());
    }
    return ids;
  }

  private Optional<Constraint> work(Point point, Context context) {
    String property = Words.bare(context.property());
    Referential own = point.referential();
    if (property.equals("level") || property.equals("niveau")) {
      Set<String> levels = new HashSet<>();
      for (Level level : own.levels()) {
        for (String value : context.values()) {
          String bare = Words.bare(value);
          if (bare.equals(Words.bare(level.id()))
              || bare.equals(Words.bare(level.title().fr()))
              || bare.equals(Words.bare(level.title().en()))) {
            levels.add(level.id());
          }
        }
      }
      return levels.isEmpty() ? Optional.empty() : Optional.of(new Constraint.Levels(levels));
    }
    for (String measure : own.measures()) {
      if (property.equals(Words.bare(measure))) {
        return context.values().stream()
            .flatMap(v -> number(v).stream())
            .findFirst()
            .map(n -> new Constraint.Figure(measure, n));
      }
    }
    if (property.equals("code") || isCalled(own, property)) {
      return codes(point, context.values().stream().map(String::strip).toList());
    }
    for (Referential around : listAround(own)) {
      if (isCalled(around, property) || isProperty(own, around, property)) {
        return around(point, around, context.values());
      }
    }
    return attribute(point, context, property);
  }

  private static Optional<Long> number(String text) {
    try {
      return Optional.of(Math.round(Double.parseDouble(text.replace(" ", "").replace(" ", ""))));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  private static boolean isCalled(Referential referential, String property) {
    return property.equals(Words.bare(referential.id()))
        || referential.headers().stream().anyMatch(h -> Words.bare(h).equals(property));
  }

  private boolean isProperty(Referential own, Referential around, String property) {
    for (Referential source : List.of(own, around)) {
      for (LinkType link : source.links()) {
        if (link.referential().equals(around.id())
            && Words.bare(link.property()).equals(property)) {
          return true;
        }
      }
    }
    for (Referential other : registry.catalog().listReferentials()) {
      Optional<LinkType> link = other.findLink(around.id());
      if (link.isPresent() && Words.bare(link.get().property()).equals(property)) {
        return true;
      }
    }
    return false;
  }

  private Optional<Constraint> codes(Point point, List<String> values) {
    TreeSet<Integer> ranks = new TreeSet<>();
    for (String value : values) {
      point.codes().findCanonical(value).ifPresent(code -> ranks.add(indexed(point).rank(code)));
    }
    return constraint(ranks);
  }

  private static Optional<Constraint> constraint(Set<Integer> ranks) {
    int[] sorted = sorted(ranks);
    return ranks.isEmpty()
        ? Optional.empty()
        : Optional.of(new Constraint.Codes(sorted, sorted, NOBODY));
  }

  private static int[] sorted(Set<Integer> ranks) {
    return ranks.stream().mapToInt(Integer::intValue).sorted().toArray();
  }

  private Optional<Constraint> around(Point point, Referential around, List<String> values) {
    Set<String> codes = new LinkedHashSet<>();
    Set<String> near = new LinkedHashSet<>();
    for (String value : values) {
      List<String> meant = listCodes(point, around, value);
      codes.addAll(meant.isEmpty() ? listBeside(point, around, value, 2) : meant);
      near.addAll(listBeside(point, around, value, value.strip().startsWith("97") ? 2 : 3));
    }
    return codes.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Constraint.Codes(
                ranks(point, around, codes, point.date()),
                ranks(point, around, codes, null),
                ranks(point, around, near, point.date())));
  }

  /** The ranks of the codes under some codes of another referential; on a day, or ever. */
  private int[] ranks(
      Point point, Referential around, Set<String> codes, @Nullable LocalDate date) {
    IndexedCodes indexed = indexed(point);
    Set<Integer> ranks = new HashSet<>();
    for (String code : codes) {
      for (String below :
          listUnder(point.referential(), around.id(), code, point.release(), date, 0)) {
        int rank = indexed.rank(below);
        if (rank >= 0) {
          ranks.add(rank);
        }
      }
    }
    return sorted(ranks);
  }

  /** The codes that a value stands for: itself, with its lost zeros, or what is called so. */
  List<String> listCodes(Point point, Referential referential, String value) {
    String text = value.strip();
    Codes codes = registry.findCodes(referential.id()).orElse(null);
    if (text.isEmpty() || codes == null) {
      return List.of();
    }
    int open = text.lastIndexOf('(');
    if (open > 0 && text.endsWith(")")) {
      List<String> aside =
          listCodes(point, referential, text.substring(open + 1, text.length() - 1));
      return aside.isEmpty() ? listCodes(point, referential, text.substring(0, open)) : aside;
    }
    Optional<String> code = findCode(referential, codes, text);
    if (code.isPresent()) {
      return List.of(code.get());
    }
    return findByName(point, referential, text);
  }

  /** The codes of a referential that are called so on the day. */
  private List<String> findByName(Point point, Referential referential, String text) {
    NameIndex index = indexes.get(referential.id());
    Release release = registry.catalog().findBeside(point.release(), referential.id()).orElse(null);
    if (index == null || release == null) {
      return List.of();
    }
    NameWords name = NameWords.of(text);
    int key = index.find(name.bare());
    if (key < 0) {
      key = index.find(name.withoutBody().bare());
    }
    if (key < 0) {
      return List.of();
    }
    List<String> codes = new ArrayList<>();
    for (int i = index.firstName(key); i < index.firstName(key + 1); i++) {
      String one = index.codes().code(index.rank(i));
      if (index.codes().codes().isInForce(one, release, point.date()) && !codes.contains(one)) {
        codes.add(one);
      }
    }
    return codes;
  }

  /**
   * The codes that begin like one, where a code is but a hint at a place: a CEDEX code, which is
   * not listed, is near the postal codes that share its first digits. Those are two of a
   * département, and three overseas ({@code 974}).
   *
   * @param open how many of its last digits may differ
   */
  private List<String> listBeside(Point point, Referential around, String value, int open) {
    Codes codes = registry.findCodes(around.id()).orElse(null);
    String text = value.strip();
    boolean hint =
        point.referential().findLink(around.id()).filter(LinkType::many).isPresent()
            && text.length() == around.example().length()
            && text.length() > open
            && text.chars().allMatch(c -> c >= '0' && c <= '9');
    if (codes == null || !hint) {
      return List.of();
    }
    String beginning = text.substring(0, text.length() - open);
    return codes.listBeginning(beginning, Integer.MAX_VALUE);
  }

  private static Optional<String> findCode(Referential referential, Codes codes, String text) {
    Optional<String> code = codes.findCanonical(text);
    int missing = referential.example().length() - text.length();
    if (code.isEmpty()
        && missing > 0
        && missing < referential.example().length()
        && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      code = codes.findCanonical("0".repeat(missing) + text);
    }
    if (code.isEmpty() && text.length() > 1 && text.charAt(0) == '0') {
      // The Ministry of the Interior writes 093 for 93.
      code = codes.findCanonical(text.substring(1));
    }
    return code;
  }

  /** The codes of a referential that are tied to a code of another, directly or by a third. */
  private List<String> listUnder(
      Referential own,
      String around,
      String code,
      Release release,
      @Nullable LocalDate date,
      int steps) {
    Codes codes = registry.findCodes(own.id()).orElse(null);
    Release beside = registry.catalog().findBeside(release, own.id()).orElse(null);
    if (codes == null || beside == null || steps > LONGEST_WAY) {
      return List.of();
    }
    Set<String> found = new LinkedHashSet<>();
    boolean direct = false;
    for (LinkType link : own.links()) {
      if (link.referential().equals(around)
          && (date == null || codes.statesLinks(link.relation(), around, beside, date))) {
        direct = true;
        found.addAll(linked(codes, link.relation(), around, code, beside, date));
      }
    }
    if (direct) {
      return List.copyOf(found);
    }
    for (LinkType link : own.links()) {
      Optional<Referential> between = registry.catalog().findReferential(link.referential());
      if (between.isPresent()
          && !between.get().id().equals(own.id())
          && link.relation() == Relation.BROADER) {
        for (String middle : listUnder(between.get(), around, code, release, date, steps + 1)) {
          found.addAll(linked(codes, link.relation(), between.get().id(), middle, beside, date));
        }
      }
    }
    if (own.links().isEmpty()) {
      found.addAll(listAbove(own, around, code, release, date, steps));
    }
    return List.copyOf(found);
  }

  private static List<String> linked(
      Codes codes,
      Relation relation,
      String referential,
      String code,
      Release release,
      @Nullable LocalDate date) {
    return date == null
        ? codes.listCodesEverLinkedTo(relation, referential, code, release)
        : codes.listCodesLinkedTo(relation, referential, code, release, date);
  }

  /** The codes of a referential without links to which the codes under another one are tied. */
  private Set<String> listAbove(
      Referential own,
      String around,
      String code,
      Release release,
      @Nullable LocalDate date,
      int steps) {
    Set<String> found = new LinkedHashSet<>();
    for (Referential member : registry.catalog().listReferentials()) {
      Codes codes = registry.findCodes(member.id()).orElse(null);
      Release beside = registry.catalog().findBeside(release, member.id()).orElse(null);
      Optional<LinkType> link =
          member.findLink(own.id()).filter(l -> l.relation() == Relation.BROADER);
      if (codes == null || beside == null || link.isEmpty()) {
        continue;
      }
      List<String> members =
          member.id().equals(around)
              ? List.of(code)
              : listUnder(member, around, code, release, date, steps + 1);
      for (String one : members) {
        (date == null ? codes.listLinks(one, beside) : codes.listLinks(one, beside, date))
            .stream()
                .filter(l -> l.referential().equals(own.id()))
                .forEach(l -> found.add(l.target()));
      }
    }
    return found;
  }

  private Optional<Constraint> attribute(Point point, Context context, String property) {
    String name = attributes(point).get(property);
    if (name == null) {
      return Optional.empty();
    }
    Set<String> values = new HashSet<>();
    context.values().forEach(value -> values.add(Words.bare(value)));
    return Optional.of(new Constraint.Attribute(name, values));
  }

  /** The names of the attributes of codes, by what is left of them without case and accents. */
  private Map<String, String> attributes(Point point) {
    return attributes.computeIfAbsent(
        point.referential().id(),
        _ -> {
          Map<String, String> names = new TreeMap<>();
          indexed(point).listAttributes().forEach(n -> names.putIfAbsent(Words.bare(n), n));
          return names;
        });
  }

  private IndexedCodes indexed(Point point) {
    return Objects.requireNonNull(indexes.get(point.referential().id())).codes();
  }

  /** Whether a property says something of the codes of a point. */
  boolean knows(Point point, String name) {
    String property = Words.bare(name);
    Referential own = point.referential();
    return property.equals("code")
        || property.equals("level")
        || property.equals("niveau")
        || isCalled(own, property)
        || own.measures().stream().anyMatch(m -> Words.bare(m).equals(property))
        || listAround(own).stream()
            .anyMatch(around -> isCalled(around, property) || isProperty(own, around, property))
        || attributes(point).containsKey(property);
  }

  /** The names of what can be known of the codes of a point. */
  List<String> listProperties(Point point) {
    Set<String> names = new TreeSet<>(point.referential().measures());
    names.add("code");
    names.add("level");
    names.addAll(attributes(point).values());
    listAround(point.referential()).forEach(around -> names.add(around.id()));
    return List.copyOf(names);
  }
}
