package packs;

import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Validity;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The states of the codes of a referential over time: first those that a source dates itself, then
 * what each edition changes, dated on its reference day and marked as derived.
 */
final class Timeline {

  private static final class State {
    final @Nullable LocalDate from;
    @Nullable LocalDate to;
    Seen seen;
    boolean derived;

    State(@Nullable LocalDate from, @Nullable LocalDate to, Seen seen, boolean derived) {
      this.from = from;
      this.to = to;
      this.seen = seen;
      this.derived = derived;
    }
  }

  private final TreeMap<String, List<State>> states = new TreeMap<>();

  /** Adds a state that a source dates; one that only goes on from the state before prolongs it. */
  void add(String code, @Nullable LocalDate from, @Nullable LocalDate to, Seen seen) {
    List<State> before = states.computeIfAbsent(code, c -> new ArrayList<>());
    if (!before.isEmpty()) {
      State last = before.getLast();
      if (last.to == null || (from != null && last.to.isAfter(from))) {
        throw new IllegalStateException(code + " overlaps on " + from);
      }
      if (last.to.equals(from) && last.seen.equals(seen)) {
        last.to = to;
        return;
      }
    }
    before.add(new State(from, to, seen, false));
  }

  /**
   * Lets a code begin on a day on which it is in force, and no earlier.
   *
   * @throws IllegalStateException where it is not in force on that day
   */
  void begin(String code, LocalDate day) {
    List<State> all = states.getOrDefault(code, new ArrayList<>());
    all.removeIf(s -> s.to != null && !s.to.isAfter(day));
    if (all.isEmpty() || (all.getFirst().from != null && all.getFirst().from.isAfter(day))) {
      throw new IllegalStateException(code + " does not begin on " + day);
    }
    State first = all.getFirst();
    all.set(0, new State(day, first.to, first.seen, first.derived));
  }

  /**
   * Takes an edition's list of codes in force.
   *
   * @param now the codes
   * @param day the edition's reference day
   * @param isNews whether what is said of a code differs so much that a new state begins; otherwise
   *     the edition restates the present state in place
   */
  void advance(Map<String, Seen> now, LocalDate day, BiPredicate<Seen, Seen> isNews) {
    for (var entry : states.entrySet()) {
      State last = entry.getValue().getLast();
      if (last.to == null && !now.containsKey(entry.getKey())) {
        last.to = day;
        last.derived = true;
      }
    }
    now.forEach(
        (code, seen) -> {
          List<State> before = states.computeIfAbsent(code, c -> new ArrayList<>());
          State last = before.isEmpty() ? null : before.getLast();
          if (last == null || last.to != null) {
            before.add(new State(day, null, seen, true));
          } else if (isNews.test(last.seen, seen)) {
            last.to = day;
            last.derived = true;
            before.add(new State(day, null, seen, true));
          } else {
            last.seen = seen;
          }
        });
  }

  boolean knows(String code) {
    return states.containsKey(code);
  }

  /** What a code was on a day. */
  @Nullable Seen find(String code, LocalDate day) {
    for (State state : states.getOrDefault(code, List.of())) {
      if (new Validity(state.from, state.to).contains(day)) {
        return state.seen;
      }
    }
    return null;
  }

  /** The stretches of time without gaps on which each code is in force. */
  Map<String, List<Validity>> lives() {
    Map<String, List<Validity>> lives = new TreeMap<>();
    states.forEach(
        (code, list) -> {
          List<Validity> runs = new ArrayList<>();
          for (State state : list) {
            if (!runs.isEmpty()
                && runs.getLast().to() != null
                && runs.getLast().to().equals(state.from)) {
              runs.set(runs.size() - 1, new Validity(runs.getLast().from(), state.to));
            } else {
              runs.add(new Validity(state.from, state.to));
            }
          }
          lives.put(code, runs);
        });
    return lives;
  }

  List<ConceptState> toStates() {
    List<ConceptState> all = new ArrayList<>();
    states.forEach(
        (code, list) ->
            list.stream()
                .sorted(
                    Comparator.comparing(
                        s -> s.from, Comparator.nullsFirst(Comparator.naturalOrder())))
                .forEach(
                    s ->
                        all.add(
                            new ConceptState(
                                code,
                                new Validity(s.from, s.to),
                                s.seen.level(),
                                s.seen.label(),
                                s.seen.labels(),
                                s.seen.attributes(),
                                s.derived))));
    return all;
  }
}
