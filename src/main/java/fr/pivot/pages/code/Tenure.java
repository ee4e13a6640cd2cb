package fr.pivot.pages.code;

import fr.pivot.catalog.Release;
import fr.pivot.referential.ConceptState;
import fr.pivot.registry.Registry;
import fr.pivot.registry.Registry.Event;
import fr.pivot.registry.Registry.Node;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Days without a gap on which a code is in force, or bears one name. A bound that no event of the
 * publisher tells, but only the comparison of two editions, is the latest day that it can be.
 *
 * @param from the first day; null where that is not known
 * @param fromCompared whether a comparison of editions gave it
 * @param to the first day after; null where it goes on
 * @param toCompared whether a comparison of editions gave it
 */
record Tenure(
    @Nullable LocalDate from, boolean fromCompared, @Nullable LocalDate to, boolean toCompared) {

  /** The days around a state on which its code is in force. */
  static Tenure inForce(Registry registry, Node node, Release release, ConceptState state) {
    return around(registry, node, release, state, _ -> true);
  }

  /** The days around a state on which its code has the name of the state. */
  static Tenure named(Registry registry, Node node, Release release, ConceptState state) {
    return around(registry, node, release, state, other -> other.label().equals(state.label()));
  }

  private static Tenure around(
      Registry registry,
      Node node,
      Release release,
      ConceptState state,
      Predicate<ConceptState> same) {
    List<ConceptState> all =
        registry
            .findCodes(node.referential())
            .map(book -> book.listStates(node.code(), release))
            .orElse(List.of());
    int first = all.indexOf(state);
    if (first < 0) {
      return of(registry, node, release, state, state);
    }
    int last = first;
    while (first > 0
        && isNext(all.get(first - 1), all.get(first))
        && same.test(all.get(first - 1))) {
      first--;
    }
    while (last < all.size() - 1
        && isNext(all.get(last), all.get(last + 1))
        && same.test(all.get(last + 1))) {
      last++;
    }
    return of(registry, node, release, all.get(first), all.get(last));
  }

  private static boolean isNext(ConceptState one, ConceptState other) {
    LocalDate to = one.validity().to();
    return to != null && to.equals(other.validity().from());
  }

  private static Tenure of(
      Registry registry, Node node, Release release, ConceptState first, ConceptState last) {
    LocalDate from = first.validity().from();
    LocalDate to = last.validity().to();
    return new Tenure(
        from,
        from != null && isCompared(registry, node, release, from, first.derived()),
        to,
        to != null && isCompared(registry, node, release, to, last.derived()));
  }

  /** Where no event tells of the day, a state that was worked out has it from an edition. */
  private static boolean isCompared(
      Registry registry, Node node, Release release, LocalDate day, boolean derived) {
    List<Event> events = new ArrayList<>(registry.listPredecessors(node, release));
    events.addAll(registry.listSuccessors(node, release));
    events.removeIf(event -> !event.succession().date().equals(day));
    return events.isEmpty()
        ? derived
            && registry.catalog().listReleases(node.referential()).stream()
                .anyMatch(r -> r.head().referenceDate().equals(day))
        : events.stream().allMatch(event -> event.succession().derived());
  }

  /** The last day; null where it goes on. */
  @Nullable LocalDate last() {
    return to == null ? null : to.minusDays(1);
  }

  /** Whether it holds on a day. */
  boolean contains(LocalDate day) {
    return (from == null || !day.isBefore(from)) && (to == null || day.isBefore(to));
  }
}
