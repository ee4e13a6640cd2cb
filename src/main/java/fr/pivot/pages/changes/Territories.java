package fr.pivot.pages.changes;

import fr.pivot.catalog.Reference;
import fr.pivot.referential.Referential;
import fr.pivot.referential.Relation;
import fr.pivot.referential.Text;
import fr.pivot.registry.Kin;
import fr.pivot.registry.Point;
import fr.pivot.registry.Points;
import fr.pivot.registry.Registry;
import fr.pivot.registry.Registry.Node;
import fr.pivot.search.Hit;
import fr.pivot.search.NameSearch;
import fr.pivot.search.PlacedHit;
import fr.pivot.search.Query;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What people mean by a territory, in a field that takes a code or a name: something that the codes
 * of a referential lie under. What may be several things is none of them until one is chosen.
 */
final class Territories {

  private static final Pattern NOTATION = Pattern.compile("([a-z0-9][a-z0-9-]*):(.+)");
  private static final Pattern NAME_AND_CODE = Pattern.compile("(.+) \\(([^()]+)\\)");

  /** From how well it answers on a name is that of something, and not only nearly so. */
  private static final double SURE = 95;

  private static final int MOST = 12;

  private final NameSearch search;
  private final Registry registry;
  private final Point point;
  private final LocalDate today;

  /**
   * Territories of a referential.
   *
   * @param point where its codes are read
   */
  Territories(NameSearch search, Point point, LocalDate today) {
    this.search = search;
    this.registry = search.registry();
    this.point = point;
    this.today = today;
  }

  /** What was asked for. */
  sealed interface Asked {

    /** Nothing: everywhere is meant. */
    record Everywhere() implements Asked {}

    /**
     * One territory.
     *
     * @param others what the same text may mean less likely
     */
    record One(Choice choice, List<Choice> others) implements Asked {}

    /**
     * Several, or none.
     *
     * @param text what was asked
     * @param choices what it means, each as likely; or what looks like it
     * @param known whether it is really the name or the code of each
     */
    record Choose(String text, List<Choice> choices, boolean known) implements Asked {}
  }

  /**
   * A territory.
   *
   * @param kind what it is
   */
  record Choice(Node node, String label, Text kind) {

    /** As it is written in addresses. */
    String notation() {
      return node.referential() + ':' + node.code();
    }

    /** As people read it, and as the field takes it. */
    String words() {
      return label + " (" + node.code() + ')';
    }
  }

  /**
   * The referentials that the codes lie under, the nearest first; with itself where it has levels.
   */
  static List<Referential> around(Registry registry, Referential referential) {
    Map<String, Referential> found = new LinkedHashMap<>();
    Deque<Referential> next = new ArrayDeque<>(List.of(referential));
    while (!next.isEmpty()) {
      next.poll().links().stream()
          .filter(l -> l.relation() == Relation.BROADER)
          .filter(l -> registry.findCodes(l.referential()).isPresent())
          .flatMap(l -> registry.catalog().findReferential(l.referential()).stream())
          .filter(r -> found.putIfAbsent(r.id(), r) == null)
          .filter(r -> !r.id().equals(referential.id()))
          .forEach(next::add);
    }
    return List.copyOf(found.values());
  }

  /** What a text means. */
  Asked find(String text) {
    if (text.isEmpty()) {
      return new Asked.Everywhere();
    }
    Matcher notation = NOTATION.matcher(text);
    if (notation.matches()) {
      Optional<Choice> one = choice(notation.group(1), notation.group(2));
      if (one.isPresent()) {
        return new Asked.One(one.get(), List.of());
      }
    }
    List<Referential> around = around(registry, point.referential());
    Matcher both = NAME_AND_CODE.matcher(text);
    if (both.matches()) {
      List<Choice> named =
          around.stream()
              .flatMap(r -> choice(r.id(), both.group(2)).stream())
              .filter(c -> c.label().equals(both.group(1)))
              .toList();
      if (named.size() == 1) {
        return new Asked.One(named.getFirst(), List.of());
      }
    }
    List<Point> points =
        around.stream().map(r -> Points.find(registry, Reference.latest(r.id()), today)).toList();
    List<PlacedHit> hits =
        PlacedHit.list(
            search, points, new Query(text, Query.Mode.WHOLE, Set.of(), List.of(), MOST));
    List<Choice> sure = hits.stream().filter(Territories::isSure).map(this::choice).toList();
    // 14 is a département before it is an arrondissement that lost its zero.
    List<Choice> written = sure.stream().filter(c -> c.node().code().equals(text)).toList();
    if (!written.isEmpty()) {
      sure = written;
    }
    Set<Choice> meant = Set.copyOf(sure);
    List<Choice> rest =
        hits.stream().map(this::choice).filter(c -> !meant.contains(c)).limit(MOST / 2).toList();
    return sure.size() == 1
        ? new Asked.One(sure.getFirst(), rest)
        : new Asked.Choose(text, sure.isEmpty() ? rest : sure, !sure.isEmpty());
  }

  private static boolean isSure(PlacedHit placed) {
    Hit.Kind kind = placed.hit().kind();
    return (kind == Hit.Kind.CODE || kind == Hit.Kind.NAME) && placed.hit().score() >= SURE;
  }

  private Choice choice(PlacedHit placed) {
    Node node = new Node(placed.point().referential().id(), placed.hit().code());
    return new Choice(
        node,
        placed.hit().label(),
        Kin.kind(registry, placed.point().release(), node, placed.point().date()));
  }

  /** The territory of a code, as it may be written; a code that ceased is one too. */
  private Optional<Choice> choice(String referential, String written) {
    return registry
        .findCodes(referential)
        .flatMap(book -> book.findCanonical(written))
        .map(
            code -> {
              Node node = new Node(referential, code);
              String label = Kin.label(registry, point.release(), node, point.date());
              return new Choice(
                  node,
                  label == null ? code : label,
                  Kin.kind(registry, point.release(), node, point.date()));
            });
  }
}
