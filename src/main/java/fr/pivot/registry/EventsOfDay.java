package fr.pivot.registry;

import fr.pivot.catalog.Release;
import fr.pivot.referential.Succession;
import fr.pivot.referential.SuccessionKind;
import fr.pivot.registry.Registry.Event;
import fr.pivot.registry.Registry.Node;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What happened on a day to a code and to those that it met: the successions of one day, kind and
 * type that share their codes are one of these.
 *
 * @param date the first day of the new state
 * @param kind what happened
 * @param type the publisher's own name of the event, verbatim; null where a comparison showed it
 * @param derived whether it was worked out by comparing editions
 * @param dateAfter the last day on which it is known not to have happened, where the date is only
 *     the latest that it can be; else null
 * @param before the codes before, in order
 * @param after the codes after, in order
 * @param passages which of them led to which
 */
public record EventsOfDay(
    LocalDate date,
    SuccessionKind kind,
    @Nullable String type,
    boolean derived,
    @Nullable LocalDate dateAfter,
    List<Party> before,
    List<Party> after,
    List<Passage> passages) {

  private static final Comparator<Node> NODES =
      Comparator.comparing(Node::referential).thenComparing(Node::code);

  /** Keeps copies that nobody can change. */
  public EventsOfDay {
    before = List.copyOf(before);
    after = List.copyOf(after);
    passages = List.copyOf(passages);
  }

  /**
   * A code that took part.
   *
   * @param node the code
   * @param label what it was called around that day, or null where nobody says
   */
  public record Party(Node node, @Nullable String label) {}

  /**
   * One code that became another.
   *
   * @param before null where something appeared from nothing
   * @param after null where nothing took its place
   */
  public record Passage(@Nullable Node before, @Nullable Node after) {}

  /** What distinguishes one from another. */
  private record Key(LocalDate date, SuccessionKind kind, @Nullable String type, boolean derived) {
    Key(Succession s) {
      this(s.date(), s.kind(), s.type(), s.derived());
    }
  }

  /** Everything that happened to a code, as an edition says it, by date. */
  public static List<EventsOfDay> list(Registry registry, Node node, Release release) {
    Map<Key, Set<Event>> events = new LinkedHashMap<>();
    List<Event> own = new ArrayList<>(registry.listPredecessors(node, release));
    own.addAll(registry.listSuccessors(node, release));
    own.sort(Comparator.comparing(e -> e.succession().date()));
    for (Event event : own) {
      Key key = new Key(event.succession());
      Set<Event> parts = events.computeIfAbsent(key, _ -> new LinkedHashSet<>());
      parts.add(event);
      String after = event.succession().codeAfter();
      if (after != null) {
        Node target = new Node(event.succession().referentialAfter(), after);
        for (Event other : registry.listPredecessors(target, release)) {
          if (new Key(other.succession()).equals(key)) {
            parts.add(other);
          }
        }
      }
    }
    List<EventsOfDay> list = new ArrayList<>(events.size());
    events.forEach((key, parts) -> list.add(of(registry, release, key, parts)));
    list.removeIf(EventsOfDay::saysNothing);
    return list;
  }

  /**
   * Whether it only says that a code goes on as it was. One that absorbs others or gives some up
   * goes on too, and is told with them.
   */
  private boolean saysNothing() {
    return kind != SuccessionKind.OTHER && before.size() == 1 && before.equals(after);
  }

  private static EventsOfDay of(Registry registry, Release release, Key key, Set<Event> parts) {
    Set<Node> before = new TreeSet<>(NODES);
    Set<Node> after = new TreeSet<>(NODES);
    List<Passage> passages = new ArrayList<>(parts.size());
    for (Event event : parts) {
      Succession s = event.succession();
      Node from = s.code() == null ? null : new Node(event.referential(), s.code());
      Node to = s.codeAfter() == null ? null : new Node(s.referentialAfter(), s.codeAfter());
      if (from != null) {
        before.add(from);
      }
      if (to != null) {
        after.add(to);
      }
      passages.add(new Passage(from, to));
    }
    return new EventsOfDay(
        key.date(),
        key.kind(),
        key.type(),
        key.derived(),
        registry.findHappenedAfter(parts.iterator().next(), release),
        parties(registry, release, before, key.date().minusDays(1)),
        parties(registry, release, after, key.date()),
        passages);
  }

  private static List<Party> parties(
      Registry registry, Release release, Set<Node> nodes, LocalDate day) {
    return nodes.stream().map(n -> new Party(n, Kin.label(registry, release, n, day))).toList();
  }
}
