package fr.pivot.crosswalk;

import fr.pivot.crosswalk.route.Network;
import fr.pivot.registry.Point;
import fr.pivot.registry.Registry;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The codes that have no answer, for pairs of references: those whose translation is {@code none},
 * and all of them where no route leads from one to the other.
 */
final class Unanswered {

  /**
   * From one reference to another.
   *
   * @param codes the codes in force where it begins, in order
   * @param none the ranks of those that have no answer
   * @param route the steps that most codes take; empty where there is no route
   */
  record Pair(List<String> codes, BitSet none, String route) {

    boolean answers(String code) {
      int rank = Collections.binarySearch(codes, code);
      return rank >= 0 && !none.get(rank);
    }

    private List<String> lostSince(Pair before) {
      return none.stream().mapToObj(codes::get).filter(before::answers).toList();
    }
  }

  private final Map<String, Pair> pairs = new TreeMap<>();

  private Unanswered() {}

  /** Asks for all codes from some references to some. */
  static Unanswered list(Registry registry, Collection<String> from, Collection<String> to) {
    Unanswered unanswered = new Unanswered();
    for (String begin : from) {
      Point point = Probe.point(registry, begin);
      List<String> codes = point.codes().listInForce(point.release(), point.date());
      for (String end : to) {
        if (!begin.equals(end)) {
          unanswered.pairs.put(begin + " → " + end, ask(registry, point, codes, end));
        }
      }
    }
    return unanswered;
  }

  private static Pair ask(Registry registry, Point from, List<String> codes, String to) {
    Optional<Crosswalk> found = Crosswalks.make(from, Probe.point(registry, to));
    BitSet none = new BitSet(codes.size());
    if (found.isEmpty()) {
      none.set(0, codes.size());
      return new Pair(codes, none, "");
    }
    List<Translation> all = found.get().listAll();
    for (int i = 0; i < all.size(); i++) {
      none.set(i, all.get(i).status() == Status.NONE);
    }
    return new Pair(codes, none, Network.name(found.get().route()));
  }

  /** Every pair by its references: {@code communes@2019 → epci@2026}. */
  Map<String, Pair> pairs() {
    return pairs;
  }

  /** What had an answer before and has none any more, by pair. */
  Map<String, List<String>> since(Unanswered before) {
    Map<String, List<String>> lost = new TreeMap<>();
    pairs.forEach(
        (references, now) -> {
          Pair then = before.pairs.get(references);
          List<String> codes = then == null ? List.of() : now.lostSince(then);
          if (!codes.isEmpty()) {
            lost.put(references, codes);
          }
        });
    return lost;
  }
}
