package fr.pivot.search;

import fr.pivot.referential.Level;
import fr.pivot.referential.LinkType;
import fr.pivot.referential.Referential;
import fr.pivot.referential.Relation;
import fr.pivot.registry.Codes;
import fr.pivot.registry.Point;
import fr.pivot.registry.Registry;
import fr.pivot.search.SearchMemory.Said;
import fr.pivot.search.index.IndexedCodes;
import fr.pivot.search.index.NameIndexes;
import fr.pivot.text.Words;
import java.time.LocalDate;
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

  private static final int[] NOBODY = {};

  private final Registry registry;
  private final NameIndexes indexes;
  private final Surroundings surroundings;
  private final MeantCodes meant;
  private final SearchMemory memory;

  /** The names of attributes, by referential. */
  private final Map<String, Map<String, String>> attributes = new ConcurrentHashMap<>();

  Contexts(Registry registry, NameIndexes indexes, SearchMemory memory) {
    this.registry = registry;
    this.memory = memory;
    this.indexes = indexes;
    this.surroundings = new Surroundings(registry);
    this.meant = new MeantCodes(registry, indexes);
  }

  /** What a context means at a point; empty where nobody knows the property or its values. */
  Optional<Constraint> find(Point point, Context context) {
    Said said =
        new Said(
            point.referential().id(),
            point.release().id(),
            point.date(),
            context.property(),
            context.values());
    Optional<Constraint> found = memory.contexts().find(registry, said);
    if (found == null) {
      found = work(point, context);
      memory.contexts().put(registry, said, found);
    }
    return found;
  }

  /**
   * What a text beside a name says about its surroundings: a code of a referential around, else
   * what is called so there, else a code that lost its zeros or is near to one.
   */
  Optional<Context> findAround(Point point, String text) {
    Said said =
        new Said(point.referential().id(), point.release().id(), point.date(), "", List.of(text));
    return memory.surroundings().get(registry, said, _ -> lookAround(point, text));
  }

  private Optional<Context> lookAround(Point point, String text) {
    List<Referential> all = surroundings.listAround(point.referential());
    for (Sureness sureness : Sureness.values()) {
      for (Referential around : all) {
        Codes codes = registry.findCodes(around.id()).orElseThrow();
        boolean known =
            switch (sureness) {
              case CODE -> codes.findCanonical(text).isPresent();
              case NAME -> !meant.findByName(point, around, text).isEmpty();
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
    for (Referential around : surroundings.listAround(own)) {
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
      List<String> codesOf = meant.listCodes(point, around, value);
      codes.addAll(codesOf.isEmpty() ? meant.listBeside(point, around, value) : codesOf);
      near.addAll(meant.listInArea(point, around, value));
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
          surroundings.listUnder(point.referential(), around.id(), code, point.release(), date)) {
        int rank = indexed.rank(below);
        if (rank >= 0) {
          ranks.add(rank);
        }
      }
    }
    return sorted(ranks);
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
        || surroundings.listAround(own).stream()
            .anyMatch(around -> isCalled(around, property) || isProperty(own, around, property))
        || attributes(point).containsKey(property);
  }

  /** The names of what can be known of the codes of a point. */
  List<String> listProperties(Point point) {
    Set<String> names = new TreeSet<>(point.referential().measures());
    names.add("code");
    names.add("level");
    names.addAll(attributes(point).values());
    surroundings.listAround(point.referential()).forEach(around -> names.add(around.id()));
    return List.copyOf(names);
  }
}
