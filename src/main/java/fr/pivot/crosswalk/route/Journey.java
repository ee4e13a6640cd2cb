package fr.pivot.crosswalk.route;

import fr.pivot.crosswalk.lineage.Arrival;
import fr.pivot.crosswalk.lineage.Doubt;
import fr.pivot.crosswalk.lineage.Hop;
import fr.pivot.crosswalk.lineage.Share;
import fr.pivot.referential.correspondence.Match;
import fr.pivot.registry.Registry;
import fr.pivot.registry.Registry.Event;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Where the steps of one way lead from one code, step by step. */
public final class Journey {

  private final List<Map<String, Arrival>> places = new ArrayList<>();
  private final List<Map<String, List<String>>> hops = new ArrayList<>();
  private final List<List<Event>> events = new ArrayList<>();
  private boolean silent;
  private @Nullable Doubt doubt;
  private @Nullable String likely;

  /** Follows a code along the steps. */
  public Journey(Registry registry, List<Step> steps, String code) {
    Map<String, Arrival> at = Map.of(code, new Arrival(code, Match.EXACT, Share.WHOLE));
    for (Step step : steps) {
      places.add(at);
      at = take(registry, step, at);
    }
    places.add(at);
  }

  private Map<String, Arrival> take(Registry registry, Step step, Map<String, Arrival> at) {
    Map<String, Arrival> next = new TreeMap<>();
    Map<String, List<String>> led = new TreeMap<>();
    Set<Event> followed = new LinkedHashSet<>();
    String guess = null;
    for (Arrival before : at.values()) {
      Hop hop = step.hop(before.code());
      silent |=
          hop.arrivals().isEmpty()
              && step instanceof Step.AlongLinks along
              && along.isSilent(before.code());
      doubt = doubt == null ? hop.doubt() : doubt;
      if (at.size() == 1) {
        guess = hop.likely();
      } else if (before.code().equals(likely)) {
        guess = hop.arrivals().size() == 1 ? hop.arrivals().getFirst().code() : hop.likely();
      }
      followed.addAll(hop.events());
      for (Arrival arrival : weigh(registry, step, hop)) {
        next.merge(arrival.code(), arrival.after(before), Arrival::and);
      }
      led.put(before.code(), hop.arrivals().stream().map(Arrival::code).toList());
    }
    likely = guess;
    hops.add(led);
    events.add(sort(followed));
    return next;
  }

  /** Events by date. */
  public static List<Event> sort(Collection<Event> events) {
    return events.stream().sorted(Comparator.comparing(e -> e.succession().date())).toList();
  }

  private static List<Arrival> weigh(Registry registry, Step step, Hop hop) {
    boolean open =
        hop.arrivals().size() > 1
            && hop.doubt() == null
            && !(step instanceof Step.ByTable)
            && hop.arrivals().stream().allMatch(a -> a.share() == null);
    return open ? Populations.weigh(registry, step.to(), hop.arrivals()) : hop.arrivals();
  }

  /** How many steps lead somewhere. */
  public int length() {
    int length = hops.size();
    while (length > 0 && places.get(length).isEmpty()) {
      length--;
    }
    return length;
  }

  /** The codes before a step, by the number of steps taken, as they are seen from the start. */
  public Map<String, Arrival> before(int taken) {
    return places.get(taken);
  }

  /** Where one step leads from one of the codes before it. */
  public List<String> next(int taken, String code) {
    return hops.get(taken).getOrDefault(code, List.of());
  }

  /** The codes after the last step. */
  Map<String, Arrival> reached() {
    return places.getLast();
  }

  /** The successions followed in a step, by date. */
  public List<Event> events(int taken) {
    return events.get(taken);
  }

  /** Whether a way ends because links are not known of their day. */
  public boolean isSilent() {
    return silent;
  }

  /** Why nobody can say which of the codes reached it is; null where all of them are meant. */
  public @Nullable Doubt doubt() {
    return doubt;
  }

  /** The one that the events point to; null where there is none. */
  public @Nullable String likely() {
    return likely;
  }
}
