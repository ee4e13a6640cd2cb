package fr.pivot.crosswalk;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import fr.pivot.codebook.Registry;
import fr.pivot.codebook.Registry.Event;
import fr.pivot.referential.Match;
import fr.pivot.referential.Validity;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The translation of codes from one place to another, by one route. Safe for many threads. */
public final class Crosswalk {

  /** The other codes of a target, in order, the first of them by name. */
  private record Companions(List<String> codes, int total) {}

  private static final Companions NOBODY = new Companions(List.of(), 0);

  private final Registry registry;
  private final Place from;
  private final Place to;
  private final List<Step> route;
  private final Cache<String, Set<String>> sources =
      Caffeine.newBuilder()
          .maximumWeight(200_000)
          .weigher((String _, Set<String> codes) -> 1 + codes.size())
          .build();

  Crosswalk(Registry registry, Place from, Place to, List<Step> route) {
    this.registry = registry;
    this.from = from;
    this.to = to;
    this.route = route;
  }

  Place from() {
    return from;
  }

  Place to() {
    return to;
  }

  List<Step> route() {
    return route;
  }

  /** The registry that answers. */
  Registry registry() {
    return registry;
  }

  /** Translates a code, as somebody wrote it. */
  public Translation translate(String written) {
    Optional<String> canonical = from.codebook().findCanonical(written);
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
        alone.events());
  }

  /** The translations of every code in force where the route begins, in order. */
  List<Translation> listAll() {
    List<Translation> all =
        new ArrayList<>(
            from.codebook().listInForce(from.release(), from.date()).parallelStream()
                .map(this::walk)
                .toList());
    Map<String, List<String>> byTarget = new HashMap<>();
    for (Translation translation : all) {
      String code = translation.code();
      for (Arrival target : translation.targets()) {
        byTarget.computeIfAbsent(target.code(), _ -> new ArrayList<>(1)).add(code);
      }
    }
    all.replaceAll(
        translation ->
            translation.targets().size() != 1
                ? translation
                : among(
                    translation,
                    companions(
                        translation.code(),
                        byTarget.get(translation.targets().getFirst().code()))));
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

  private static Companions companions(String code, @Nullable List<String> sources) {
    return sources == null || sources.size() < 2 ? NOBODY : others(code, sources);
  }

  private static Companions others(String code, Iterable<String> sources) {
    List<String> codes = new ArrayList<>();
    int total = 0;
    for (String source : sources) {
      if (!source.equals(code)) {
        total++;
        if (codes.size() < Translation.MOST_WITH) {
          codes.add(source);
        }
      }
    }
    return new Companions(codes, total);
  }

  private Companions companions(String code, String target) {
    Set<String> all = sources.get(target, this::sourcesOf);
    return all.size() < 2 ? NOBODY : others(code, all);
  }

  /** Every code in force at the beginning that leads to a target. */
  private Set<String> sourcesOf(String target) {
    Set<String> at = new LinkedHashSet<>(List.of(target));
    for (Step step : route.reversed()) {
      Step back = step.inverse();
      Set<String> before = new TreeSet<>();
      for (String code : at) {
        back.hop(code).arrivals().forEach(a -> before.add(a.code()));
      }
      at = before;
    }
    Set<String> held = new TreeSet<>();
    for (String code : at) {
      if (from.holds(code)) {
        held.add(code);
      }
    }
    return held;
  }

  /** Where the route leads from a code in force, without looking who else arrives there. */
  private Translation walk(String code) {
    Arrival at = new Arrival(code, Match.EXACT, Share.WHOLE);
    List<List<Event>> events = new ArrayList<>(route.size());
    for (Step step : route) {
      Hop hop = step.hop(at.code());
      if (hop.arrivals().size() != 1) {
        return walkApart(code);
      }
      at = hop.arrivals().getFirst().after(at);
      events.add(hop.events());
    }
    boolean found = isTarget(at.code());
    return new Translation(
        code,
        found ? Status.SINGLE : Status.NONE,
        found ? List.of(at) : List.of(),
        List.of(),
        0,
        null,
        null,
        events);
  }

  /** The same for a code whose way forks, or ends. */
  private Translation walkApart(String code) {
    Map<String, Arrival> at = Map.of(code, new Arrival(code, Match.EXACT, Share.WHOLE));
    List<List<Event>> events = new ArrayList<>(route.size());
    Doubt doubt = null;
    String likely = null;
    boolean silent = false;
    for (Step step : route) {
      Map<String, Arrival> next = new TreeMap<>();
      Set<Event> followed = new LinkedHashSet<>();
      String guess = null;
      for (Arrival before : at.values()) {
        Hop hop = step.hop(before.code());
        silent |=
            hop.arrivals().isEmpty()
                && step instanceof Step.Along along
                && along.isSilent(before.code());
        doubt = doubt == null ? hop.doubt() : doubt;
        if (at.size() == 1) {
          guess = hop.likely();
        } else if (before.code().equals(likely)) {
          guess = hop.arrivals().size() == 1 ? hop.arrivals().getFirst().code() : hop.likely();
        }
        followed.addAll(hop.events());
        for (Arrival arrival : weigh(step, hop)) {
          next.merge(arrival.code(), arrival.after(before), Arrival::and);
        }
      }
      likely = guess;
      at = next;
      events.add(
          followed.size() < 2
              ? List.copyOf(followed)
              : followed.stream()
                  .sorted(Comparator.comparing(e -> e.succession().date()))
                  .toList());
    }
    List<Arrival> targets = new ArrayList<>(at.size());
    at.values().stream().filter(a -> isTarget(a.code())).forEach(targets::add);
    Status status =
        targets.isEmpty()
            ? silent ? Status.UNKNOWN : Status.NONE
            : targets.size() == 1 ? Status.SINGLE : doubt == null ? Status.SPLIT : Status.AMBIGUOUS;
    boolean doubtful = status == Status.AMBIGUOUS;
    return new Translation(
        code,
        status,
        List.copyOf(targets),
        List.of(),
        0,
        doubtful ? doubt : null,
        doubtful ? likely : null,
        events);
  }

  /** Whether some translations may rest on what is not known of its day. */
  boolean isDoubtful() {
    return from.mayDoubt()
        || to.mayDoubt()
        || route.stream().anyMatch(s -> s instanceof Step.Along along && along.mayDoubt());
  }

  /**
   * The days of which a translation is known, where it rests on what is not known of its day: that
   * a code is in force, or a link holds; else null.
   */
  @Nullable Validity findKnown(Translation translation) {
    if (translation.targets().isEmpty() || !isDoubtful()) {
      return null;
    }
    List<Validity> doubts = new ArrayList<>();
    Set<String> at = Set.of(translation.code());
    add(doubts, from.known(translation.code()));
    for (Step step : route) {
      Set<String> next = new TreeSet<>();
      for (String code : at) {
        for (Arrival arrival : step.hop(code).arrivals()) {
          next.add(arrival.code());
          if (step instanceof Step.Along along) {
            add(doubts, along.known(code, arrival.code()));
          }
        }
      }
      at = next;
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

  /** Codes that the edition at the end does not know are no answer, wherever they come from. */
  private boolean isTarget(String code) {
    return to.holds(code);
  }

  private List<Arrival> weigh(Step step, Hop hop) {
    boolean open =
        hop.arrivals().size() > 1
            && hop.doubt() == null
            && !(step instanceof Step.By)
            && hop.arrivals().stream().allMatch(a -> a.share() == null);
    return open ? Populations.weigh(registry, step.to(), hop.arrivals()) : hop.arrivals();
  }
}
