package fr.pivot.referential;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * What a code meant over a stretch of time, as one release states it.
 *
 * @param code what people write down: a string, never a number; its leading zeros mean something
 * @param validity when it meant that
 * @param level the id of its level
 * @param label its name, in French where the source has it
 * @param labels its names in other languages, by ISO 639-1 code
 * @param attributes what else the source says of it, by name
 * @param derived whether the dates were worked out by comparing editions, not stated by the
 *     publisher
 */
public record ConceptState(
    String code,
    Validity validity,
    String level,
    String label,
    Map<String, String> labels,
    Map<String, String> attributes,
    boolean derived) {

  /** Keeps copies that nobody can change. */
  public ConceptState {
    labels = Map.copyOf(labels);
    attributes = Map.copyOf(attributes);
  }

  /**
   * Of the states that a code had, the one nearest to a day, past ones first: the last that began
   * before, or the first of all.
   *
   * @param states at least one, by their first days
   */
  public static ConceptState nearest(List<ConceptState> states, LocalDate day) {
    ConceptState nearest = states.getFirst();
    for (ConceptState state : states) {
      LocalDate from = state.validity().from();
      if (from == null || !from.isAfter(day)) {
        nearest = state;
      }
    }
    return nearest;
  }
}
