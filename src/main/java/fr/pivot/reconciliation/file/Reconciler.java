package fr.pivot.reconciliation.file;

import fr.pivot.registry.CodeAnswer;
import fr.pivot.registry.CodeAnswer.Found;
import fr.pivot.registry.Point;
import fr.pivot.search.Context;
import fr.pivot.search.Hit;
import fr.pivot.search.NameSearch;
import fr.pivot.search.Query;
import fr.pivot.table.Decisions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the codes that the names of a file mean: by the search, but where a person decided.
 *
 * @param point what they are names of
 * @param properties what the other columns say of the concept, in their order
 * @param choices what was decided
 */
record Reconciler(NameSearch search, Point point, List<String> properties, Decisions choices) {

  /**
   * What a name means.
   *
   * @param hits what it may mean, the best first
   * @param chosen what a person decided that it means; null where nobody did
   */
  record Decided(List<Hit> hits, @Nullable List<String> chosen) {

    Outcome outcome() {
      return chosen != null
          ? Outcome.CHOSEN
          : hits.isEmpty()
              ? Outcome.NOT_FOUND
              : hits.getFirst().certain() ? Outcome.MATCHED : Outcome.TO_REVIEW;
    }
  }

  /**
   * What a name means.
   *
   * @param values the name, then what the other columns say
   * @param most how many candidates are wanted
   */
  Decided reconcile(List<String> values, int most) {
    @Nullable List<String> chosen = choices.find(values);
    if (chosen != null) {
      return new Decided(List.of(), chosen);
    }
    List<Context> contexts = new ArrayList<>(properties.size());
    for (int i = 0; i < properties.size(); i++) {
      String value = values.get(i + 1);
      if (!value.isEmpty()) {
        contexts.add(new Context(properties.get(i), List.of(value), false));
      }
    }
    Query query = new Query(values.getFirst(), Query.Mode.WHOLE, Set.of(), contexts, most);
    return new Decided(search.search(point, query).stream().map(Reconciler::doubt).toList(), null);
  }

  /**
   * Among names, a number that was a code once is more likely something else: {@code 75001} is a
   * postal code, and was Alfortville until 1967.
   */
  private static Hit doubt(Hit hit) {
    return hit.certain() && hit.kind() == Hit.Kind.CODE && hit.former() != null
        ? hit.uncertain()
        : hit;
  }

  /** What a code is called; empty where it is none. */
  String label(String code) {
    return CodeAnswer.find(point, code) instanceof Found found ? found.state().label() : "";
  }
}
