package fr.pivot.registry;

import fr.pivot.catalog.Catalog;
import fr.pivot.catalog.Release;
import fr.pivot.referential.Link;
import fr.pivot.referential.LinkType;
import fr.pivot.referential.Relation;
import fr.pivot.referential.Succession;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All codes and the catalog of one moment, consistent with each other: an answer read from one
 * registry never mixes two publications. Immutable: a publication makes a new one.
 */
public final class Registry {

  private final Catalog catalog;
  private final Map<String, Codes> all;
  private final Map<String, Correspondence> correspondences;

  /** What stands beside each edition that was asked for, by referential. */
  private final Map<Long, Map<String, Beside>> beside = new ConcurrentHashMap<>();

  private record Beside(Codes codes, Release release) {}

  /**
   * Makes a registry of what the catalog lists.
   *
   * @param correspondences the published tables between releases, in any order
   */
  public Registry(
      Catalog catalog,
      Map<String, ? extends Codes> all,
      Collection<Correspondence> correspondences) {
    this.catalog = catalog;
    this.all = Collections.unmodifiableMap(new TreeMap<>(all));
    Map<String, Correspondence> byId = new TreeMap<>();
    correspondences.forEach(c -> byId.put(c.head().id(), c));
    this.correspondences = Collections.unmodifiableMap(byId);
  }

  /** What exists. */
  public Catalog catalog() {
    return catalog;
  }

  /** The codes of a referential; empty where it has no edition. */
  public Optional<Codes> findCodes(String referential) {
    return Optional.ofNullable(all.get(referential));
  }

  /** The codes of all referentials, by their ids. */
  public Collection<Codes> listAll() {
    return all.values();
  }

  /** The published tables between releases, by id. */
  public Collection<Correspondence> listCorrespondences() {
    return correspondences.values();
  }

  /** The published table of that id. */
  public Optional<Correspondence> findCorrespondence(String id) {
    return Optional.ofNullable(correspondences.get(id));
  }

  /**
   * A concept somewhere in the registry.
   *
   * @param referential its referential
   * @param code its code
   */
  public record Node(String referential, String code) {}

  /** The answer of the edition of another referential that stands beside a release. */
  public Answer findBeside(Release release, Node node, LocalDate date) {
    Beside other = beside(release).get(node.referential());
    return other == null
        ? new Answer.Unknown()
        : other.codes().find(node.code(), other.release(), date);
  }

  private Map<String, Beside> beside(Release release) {
    return beside.computeIfAbsent(
        release.id(),
        _ -> {
          Map<String, Beside> others = new HashMap<>();
          all.forEach(
              (id, codes) ->
                  catalog
                      .findBeside(release, id)
                      .ifPresent(other -> others.put(id, new Beside(codes, other))));
          return others;
        });
  }

  /**
   * Everything above a concept on a day, the nearest first, each once; cycles end.
   *
   * @param release an edition of the concept's referential; others are read beside it
   */
  public List<Node> listAncestors(Node start, Release release, LocalDate date) {
    Set<Node> found = new LinkedHashSet<>();
    List<Node> frontier = List.of(start);
    while (!frontier.isEmpty()) {
      List<Node> next = new ArrayList<>();
      for (Node node : frontier) {
        for (Link link : listLinksBeside(release, node, date)) {
          Node above = new Node(link.referential(), link.target());
          if (link.relation() == Relation.BROADER && !above.equals(start) && found.add(above)) {
            next.add(above);
          }
        }
      }
      frontier = next;
    }
    return List.copyOf(found);
  }

  /**
   * The referentials of which nothing is known above a concept on a day, with the first day of
   * which something is; null where a list of an earlier day has none and one of a later day has.
   *
   * @param above what is known above it
   */
  public SortedMap<String, @Nullable LocalDate> listUnknownAbove(
      Node start, List<Node> above, Release release, LocalDate date) {
    SortedMap<String, @Nullable LocalDate> unknown = new TreeMap<>();
    for (Node node : Stream.concat(Stream.of(start), above.stream()).toList()) {
      Beside other = beside(release).get(node.referential());
      if (other != null) {
        Knowledge knowledge = other.codes().knowledge(other.release());
        for (LinkType type : knowledge.listUnknown(node.code(), date)) {
          if (type.relation() == Relation.BROADER) {
            LocalDate first = knowledge.findFirstDay(type);
            unknown.put(type.referential(), first != null && first.isAfter(date) ? first : null);
          }
        }
      }
    }
    above.forEach(node -> unknown.remove(node.referential()));
    return unknown;
  }

  /**
   * The same below it: the referentials whose history, or that of their links, begins after the
   * day.
   *
   * @param below what is known below it
   */
  public SortedMap<String, @Nullable LocalDate> listUnknownBelow(
      Node start, List<Node> below, Release release, LocalDate date) {
    Set<String> known = new LinkedHashSet<>(List.of(start.referential()));
    below.forEach(node -> known.add(node.referential()));
    SortedMap<String, @Nullable LocalDate> unknown = new TreeMap<>();
    all.forEach(
        (id, codes) -> {
          Release other = catalog.findBeside(release, id).orElse(null);
          if (other == null || known.contains(id)) {
            return;
          }
          for (LinkType type : codes.referential().links()) {
            LocalDate first = codes.findFirstDay(type, other);
            if (type.relation() == Relation.BROADER
                && known.contains(type.referential())
                && first != null
                && date.isBefore(first)
                && (isBeforeHorizon(id, date) || isBeforeHorizon(type.referential(), date))) {
              unknown.put(id, first);
            }
          }
        });
    return unknown;
  }

  private boolean isBeforeHorizon(String referential, LocalDate date) {
    return catalog.findReferential(referential).filter(r -> r.isBeforeHorizon(date)).isPresent();
  }

  private List<Link> listLinksBeside(Release release, Node node, LocalDate date) {
    Beside other = beside(release).get(node.referential());
    return other == null ? List.of() : other.codes().listLinks(node.code(), other.release(), date);
  }

  /**
   * The codes of a referential directly tied to a concept on a day: the communes of an EPCI.
   *
   * @param release an edition of the concept's referential; the other is read beside it
   */
  public List<String> listLinked(
      Relation relation, Node target, String referential, Release release, LocalDate date) {
    Beside other = beside(release).get(referential);
    return other == null
        ? List.of()
        : other
            .codes()
            .listCodesLinkedTo(
                relation, target.referential(), target.code(), other.release(), date);
  }

  /** Everything below a concept on a day, the nearest first, each once; cycles end. */
  public List<Node> listDescendants(Node start, Release release, LocalDate date) {
    Set<Node> found = new LinkedHashSet<>();
    List<Node> frontier = List.of(start);
    while (!frontier.isEmpty()) {
      List<Node> next = new ArrayList<>();
      for (Node node : frontier) {
        for (String referential : all.keySet()) {
          for (String code : listLinked(Relation.BROADER, node, referential, release, date)) {
            Node below = new Node(referential, code);
            if (!below.equals(start) && found.add(below)) {
              next.add(below);
            }
          }
        }
      }
      frontier = next;
    }
    return List.copyOf(found);
  }

  /**
   * A succession with the referential that it starts in.
   *
   * @param referential the referential of the code before
   * @param succession the succession
   */
  public record Event(String referential, Succession succession) {}

  /**
   * The last day on which an event is known not to have happened, which then did on its own day at
   * the latest; null where its day is stated.
   *
   * @param release an edition of its referential, or one that others are read beside
   */
  public @Nullable LocalDate findHappenedAfter(Event event, Release release) {
    Codes codes = all.get(event.referential());
    return codes == null || !event.succession().derived()
        ? null
        : catalog
            .findBeside(release, event.referential())
            .map(beside -> codes.knowledge(beside).findHappenedAfter(event.succession()))
            .orElse(null);
  }

  /** What a concept became, directly, by date. */
  public List<Event> listSuccessors(Node node, Release release) {
    Codes codes = all.get(node.referential());
    return codes == null
        ? List.of()
        : codes.listSuccessionsFrom(node.code(), release).stream()
            .map(s -> new Event(node.referential(), s))
            .toList();
  }

  /** What led to a concept, directly, by date; codes of other referentials included. */
  public List<Event> listPredecessors(Node node, Release release) {
    List<Event> list = new ArrayList<>();
    all.forEach(
        (referential, codes) ->
            catalog
                .findBeside(release, referential)
                .ifPresent(
                    beside ->
                        codes
                            .listSuccessionsTo(node.referential(), node.code(), beside)
                            .forEach(s -> list.add(new Event(referential, s)))));
    list.sort(
        Comparator.comparing((Event e) -> e.succession().date())
            .thenComparing(Event::referential)
            .thenComparing(e -> e.succession().code() == null ? "" : e.succession().code()));
    return list;
  }
}
