package fr.pivot.crosswalk;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import fr.pivot.admission.Work;
import fr.pivot.crosswalk.lineage.Arrival;
import fr.pivot.crosswalk.lineage.Hop;
import fr.pivot.crosswalk.lineage.Share;
import fr.pivot.crosswalk.route.Detour;
import fr.pivot.crosswalk.route.Network;
import fr.pivot.crosswalk.route.Route;
import fr.pivot.crosswalk.route.Step;
import fr.pivot.referential.Validity;
import fr.pivot.referential.correspondence.Match;
import fr.pivot.registry.BriefCaches;
import fr.pivot.registry.Point;
import fr.pivot.registry.Registry;
import fr.pivot.registry.Registry.Event;
import fr.pivot.registry.Registry.Node;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The translation of codes from one point to another: by one route, and where that carries nothing
 * of a code, by the best other way that does. Safe for many threads.
 */
public final class Crosswalk {

  /** The other codes of a target, in order, the first of them by name. */
  private record Companions(List<String> codes, int total) {}

  private static final Companions NOBODY = new Companions(List.of(), 0);

  /**
   * The codes that lead to a target.
   *
   * @param all all of them, in order
   * @param round those that a detour leads there, not the route itself
   */
  private record Sources(List<String> all, Set<String> round) {

    Sources(Set<String> along, Set<String> round) {
      this(Stream.concat(along.stream(), round.stream()).sorted().toList(), round);
    }
  }

  private final Point from;
  private final Point to;

  /** How many codes are walked in one turn, where all are. */
  private static final int PART = 256;

  private final Route route;
  private final Cache<String, Sources> sources =
      Caffeine.newBuilder()
          .maximumWeight(200_000)
          .weigher((String _, Sources codes) -> 1 + codes.all().size())
          .recordStats(BriefCaches.CROSSWALK_SOURCES::counter)
          .build();

  Crosswalk(Point from, Point to, Route route) {
    this.from = from;
    this.to = to;
    this.route = route;
  }

  /** Where codes come from. */
  public Point from() {
    return from;
  }

  /** Where they are led to. */
  public Point to() {
    return to;
  }

  /** The steps that codes take, but for those that go by a detour. */
  public List<Step> route() {
    return route.steps();
  }

  /** The registry that answers. */
  Registry registry() {
    return from.registry();
  }

  /** Translates a code, as somebody wrote it. */
  public Translation translate(String written) {
    Optional<String> canonical = from.codes().findCanonical(written);
    if (canonical.isEmpty() || !from.holds(canonical.get())) {
      return Translation.unknown(canonical.orElse(written));
    }
    Translation alone = walk(canonical.get());
    if (alone.targets().size() != 1) {
      return alone;
    }
    return among(alone, companions(alone.code(), alone.targets().getFirst().code()));
  }

  private static Translation among(Translation alone, Companions companions) {
    return new Translation(
        alone.code(),
        companions.total() == 0 ? Status.SINGLE : Status.MERGED,
        alone.targets(),
        companions.codes(),
        companions.total(),
        null,
        null,
        alone.detour(),
        alone.events());
  }

  /** The translations of every code in force where the route begins, in order. */
  public List<Translation> listAll() {
    List<String> codes = from.codes().listInForce(from.release(), from.date());
    List<Translation> all = new ArrayList<>(codes.size());
    Work.current()
        .list(
            (codes.size() + PART - 1) / PART,
            part ->
                codes.subList(part * PART, Math.min(codes.size(), (part + 1) * PART)).stream()
                    .map(this::walk)
                    .toList())
        .forEach(all::addAll);
    Map<String, Set<String>> along = new HashMap<>();
    Map<String, Set<String>> round = new HashMap<>();
    for (Translation translation : all) {
      for (Arrival target : translation.targets()) {
        (translation.detour() == null ? along : round)
            .computeIfAbsent(target.code(), _ -> new HashSet<>())
            .add(translation.code());
      }
    }
    Map<String, Sources> byTarget = new HashMap<>();
    all.replaceAll(
        translation -> {
          if (translation.targets().size() != 1) {
            return translation;
          }
          Sources led =
              byTarget.computeIfAbsent(
                  translation.targets().getFirst().code(),
                  target ->
                      new Sources(
                          along.getOrDefault(target, Set.of()),
                          round.getOrDefault(target, Set.of())));
          return among(translation, companions(translation.code(), led));
        });
    return all;
  }

  /** When the younger of the two editions was published here. */
  Instant publishedAt() {
    Instant begin = from.release().publishedAt();
    Instant end = to.release().publishedAt();
    return begin.isAfter(end) ? begin : end;
  }

  @Override
  public String toString() {
    return from + " -> " + to;
  }

  private Companions companions(String code, Sources sources) {
    if (sources.all().size() < 2) {
      return NOBODY;
    }
    Set<String> apart = listInLine(code, sources.round());
    int total = sources.all().size() - apart.size();
    if (!apart.contains(code) && Collections.binarySearch(sources.all(), code) >= 0) {
      total--;
    }
    if (total == 0) {
      return NOBODY;
    }
    List<String> codes = new ArrayList<>();
    for (String source : sources.all()) {
      if (codes.size() == Translation.MOST_WITH) {
        break;
      }
      if (!source.equals(code) && !apart.contains(source)) {
        codes.add(source);
      }
    }
    return new Companions(codes, total);
  }

  /**
   * Those of some codes that lie in a code within their own referential, or that it lies in: a
   * class that only a detour leads to what its sub-class becomes makes no merger of it.
   */
  private Set<String> listInLine(String code, Set<String> others) {
    if (others.isEmpty()
        || from.codes().referential().findLink(from.referential().id()).isEmpty()) {
      return Set.of();
    }
    return others.stream()
        .filter(other -> lies(code, other) || lies(other, code))
        .collect(Collectors.toSet());
  }

  private boolean lies(String code, String above) {
    return registry()
        .listAncestors(new Node(from.referential().id(), code), from.release(), from.date())
        .contains(new Node(from.referential().id(), above));
  }

  private Companions companions(String code, String target) {
    return companions(code, sources.get(target, this::sourcesOf));
  }

  /** Every code in force at the beginning that leads to a target. */
  private Sources sourcesOf(String target) {
    List<Step> steps = route.steps();
    Set<String> held = new TreeSet<>();
    Set<String> round = new TreeSet<>();
    for (String code : back(steps, Set.of(target))) {
      if (from.holds(code)) {
        held.add(code);
      }
    }
    for (int taken = 0; taken < steps.size(); taken++) {
      Set<String> left = new TreeSet<>();
      Map<String, Set<String>> known = new HashMap<>();
      for (Detour detour : route.detours(taken)) {
        left.addAll(back(detour.steps(), target, known));
      }
      List<Step> rest = steps.subList(taken, steps.size());
      left.removeIf(code -> route.carries(rest, code));
      for (String code : back(steps.subList(0, taken), left)) {
        if (from.holds(code) && !held.contains(code) && leads(code, target)) {
          round.add(code);
        }
      }
    }
    return new Sources(held, round);
  }

  /** The codes that some steps lead from to a target; remembers them for each end of the steps. */
  private static Set<String> back(List<Step> steps, String target, Map<String, Set<String>> known) {
    if (steps.isEmpty()) {
      return Set.of(target);
    }
    Set<String> remembered = known.get(Network.name(steps));
    if (remembered == null) {
      Set<String> after = back(steps.subList(1, steps.size()), target, known);
      remembered = back(steps.subList(0, 1), after);
      known.put(Network.name(steps), remembered);
    }
    return remembered;
  }

  private static Set<String> back(List<Step> steps, Set<String> codes) {
    Set<String> at = codes;
    for (Step step : steps.reversed()) {
      Step back = step.inverse();
      Set<String> before = new TreeSet<>();
      for (String code : at) {
        back.hop(code).arrivals().forEach(a -> before.add(a.code()));
      }
      at = before;
    }
    return at;
  }

  private boolean leads(String code, String target) {
    return walk(code).targets().stream().anyMatch(t -> t.code().equals(target));
  }

  /** Where a code in force leads, without looking who else arrives there. */
  private Translation walk(String code) {
    Arrival at = new Arrival(code, Match.EXACT, Share.WHOLE);
    List<List<Event>> events = new ArrayList<>(route.steps().size());
    for (Step step : route.steps()) {
      Hop hop = step.hop(at.code());
      if (hop.arrivals().size() != 1) {
        return walkApart(code);
      }
      at = hop.arrivals().getFirst().after(at);
      events.add(hop.events());
    }
    return to.holds(at.code())
        ? new Translation(code, Status.SINGLE, List.of(at), List.of(), 0, null, null, null, events)
        : walkApart(code);
  }

  /** The same for a code whose way forks, or ends. */
  private Translation walkApart(String code) {
    return new Fork(registry(), route, code).translate();
  }

  /** Whether some translations may rest on what is not known of its day. */
  public boolean isDoubtful() {
    return from.mayDoubt() || to.mayDoubt() || route().stream().anyMatch(Crosswalk::mayDoubt);
  }

  private static boolean mayDoubt(Step step) {
    return step instanceof Step.AlongLinks along && along.mayDoubt();
  }

  /**
   * The days of which a translation is known, where it rests on what is not known of its day: that
   * a code is in force, or a link holds; else null.
   */
  public @Nullable Validity findKnown(Translation translation) {
    List<Step> detour = translation.detour();
    if (translation.targets().isEmpty()
        || !isDoubtful() && (detour == null || detour.stream().noneMatch(Crosswalk::mayDoubt))) {
      return null;
    }
    List<Validity> doubts = new ArrayList<>();
    // By their points, since a detour leaves the route on the way.
    Map<String, Set<String>> at = new HashMap<>();
    at.put(from.toString(), Set.of(translation.code()));
    add(doubts, from.known(translation.code()));
    for (Step step : detour == null ? route() : detour) {
      Set<String> next = at.computeIfAbsent(step.to().toString(), _ -> new TreeSet<>());
      for (String code : at.getOrDefault(step.from().toString(), Set.of())) {
        for (Arrival arrival : step.hop(code).arrivals()) {
          next.add(arrival.code());
          if (step instanceof Step.AlongLinks along) {
            add(doubts, along.known(code, arrival.code()));
          }
        }
      }
    }
    translation.targets().forEach(target -> add(doubts, to.known(target.code())));
    return doubts.stream()
        .min(Comparator.comparing(known -> known.to() == null ? LocalDate.MAX : known.to()))
        .orElse(null);
  }

  private static void add(List<Validity> doubts, @Nullable Validity doubt) {
    if (doubt != null) {
      doubts.add(doubt);
    }
  }
}
