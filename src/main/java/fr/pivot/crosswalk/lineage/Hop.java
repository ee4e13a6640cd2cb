package fr.pivot.crosswalk.lineage;

import fr.pivot.registry.Registry.Event;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where one step leads from one code.
 *
 * @param arrivals the codes reached, each once, in order
 * @param doubt why nobody can say which of them it is; null where all of them are meant
 * @param likely the one that the events point to although they do not say so, where there is a
 *     doubt
 * @param events the successions followed, by date
 */
public record Hop(
    List<Arrival> arrivals, @Nullable Doubt doubt, @Nullable String likely, List<Event> events) {

  static final Hop NOWHERE = new Hop(List.of(), null, null, List.of());

  /** Straight to one code, all of the source. */
  public static Hop to(Arrival arrival) {
    return new Hop(List.of(arrival), null, null, List.of());
  }
}
