package fr.pivot.pages.code;

import fr.pivot.referential.ConceptState;
import fr.pivot.registry.CodeView;
import fr.pivot.registry.Registry;
import fr.pivot.registry.Registry.Event;
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

  /** The days around the state of a view on which its code is in force. */
  static Tenure inForce(CodeView view) {
    return around(view, _ -> true);
  }

  /** The days around the state of a view on which its code has the name of the state. */
  static Tenure named(CodeView view) {
    return around(view, other -> other.label().equals(view.state().label()));
  }

  private static Tenure around(CodeView view, Predicate<ConceptState> same) {
    List<ConceptState> all = view.listStates().stream().map(CodeView::state).toList();
    int first = all.indexOf(view.state());
    if (first < 0) {
      return of(view, view.state(), view.state());
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
    return of(view, all.get(first), all.get(last));
  }

  private static boolean isNext(ConceptState one, ConceptState other) {
    LocalDate to = one.validity().to();
    return to != null && to.equals(other.validity().from());
  }

  private static Tenure of(CodeView view, ConceptState first, ConceptState last) {
    LocalDate from = first.validity().from();
    LocalDate to = last.validity().to();
    return new Tenure(
        from,
        from != null && isCompared(view, from, first.derived()),
        to,
        to != null && isCompared(view, to, last.derived()));
  }

  /** Where no event tells of the day, a state that was worked out has it from an edition. */
  private static boolean isCompared(CodeView view, LocalDate day, boolean derived) {
    Registry registry = view.point().registry();
    List<Event> events = new ArrayList<>(registry.listPredecessors(view.node(), view.release()));
    events.addAll(registry.listSuccessors(view.node(), view.release()));
    events.removeIf(event -> !event.succession().date().equals(day));
    return events.isEmpty()
        ? derived
            && registry.catalog().listReleases(view.referential().id()).stream()
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
