package fr.pivot.crosswalk;

import fr.pivot.crosswalk.lineage.Arrival;
import fr.pivot.crosswalk.lineage.Doubt;
import fr.pivot.crosswalk.route.Step;
import fr.pivot.registry.Registry.Event;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to what one code is at another point: always a set with a status, never a silent pick.
 *
 * @param code the code, as its publisher writes it, or as it was given where it is unknown
 * @param status what became of it
 * @param targets the codes that it leads to, in order
 * @param with the other codes that lead to the same target, where it is {@link Status#MERGED}; the
 *     first {@link #MOST_WITH} of them
 * @param withTotal how many there are
 * @param doubt why it is {@link Status#AMBIGUOUS}; null where it is not
 * @param likely the candidate that the events point to although they do not say so; null where
 *     there is none
 * @param detour the steps that led to the targets, where they are not those of the route; null
 *     where they are
 * @param events the successions followed in each step of the route, or of the detour
 */
public record Translation(
    String code,
    Status status,
    List<Arrival> targets,
    List<String> with,
    int withTotal,
    @Nullable Doubt doubt,
    @Nullable String likely,
    @Nullable List<Step> detour,
    List<List<Event>> events) {

  /** How many of the codes that share a target are named. */
  public static final int MOST_WITH = 50;

  /** Of a text that is no code where the translation begins. */
  public static Translation unknown(String code) {
    return new Translation(
        code, Status.UNKNOWN, List.of(), List.of(), 0, null, null, null, List.of());
  }
}
