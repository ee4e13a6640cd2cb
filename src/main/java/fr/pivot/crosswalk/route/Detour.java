package fr.pivot.crosswalk.route;

import java.util.ArrayList;
import java.util.List;

/**
 * Another way to the end of a route.
 *
 * @param steps its steps
 * @param beginnings the names of its first step, of its first two, and so on
 */
public record Detour(List<Step> steps, List<String> beginnings) {

  Detour(List<Step> steps) {
    this(steps, beginnings(steps));
  }

  private static List<String> beginnings(List<Step> steps) {
    List<String> names = new ArrayList<>(steps.size());
    StringBuilder name = new StringBuilder();
    for (Step step : steps) {
      names.add(name.append(Network.name(step)).append('\n').toString());
    }
    return List.copyOf(names);
  }
}
