package fr.pivot.formats.cog;

import fr.pivot.finding.Findings;
import fr.pivot.finding.Place;
import fr.pivot.finding.Rule;
import fr.pivot.referential.Validity;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Works out when each territory was in force, and under what name, from the events since 1943 and
 * the list of territories in force on the reference day.
 *
 * <p>An event says of a territory that it was there the day before, or is there from the day on, or
 * both. Between two days on which events mention it, a territory is in force when either of them
 * says so. The rest follows from what INSEE's rows mean:
 *
 * <ul>
 *   <li>Only <em>before</em>: it was there, and ends. The ending is the weaker half: the rows that
 *       give birth to a commune déléguée or to municipal arrondissements do not always say that the
 *       commune goes on (13055 in 1946, 49220 in 2026), so a later statement that it is there wins,
 *       and is reported. Only a commune that became another one cannot still be there.
 *   <li>Only <em>after</em>: it is there from the day on. Whether it was there before depends on
 *       what was said earlier: since the edition of 2023 a commune whose communes déléguées are
 *       suppressed stands only on this side.
 *   <li>A row from the territory to itself: it was there and goes on, unless it had ended and is
 *       entered again on the same day, and this row is a second step of that day.
 *   <li>Before and after by different rows: a step of a chain within the day (49144 → 44225 →
 *       44180) and then nothing is said of either side; or a swap, where the rows between
 *       territories of the same type close a circle, and then it was there and still is.
 * </ul>
 *
 * <p>A territory that no event mentions has been in force since the horizon. Types of events are
 * not looked at: INSEE relabels them from one edition to the next.
 */
final class Histories {

  /** The day before which INSEE's file knows nothing. */
  static final LocalDate HORIZON = LocalDate.of(1943, 1, 1);

  /** What is known of a territory on one side of a day. */
  private enum Claim {
    /** It is in force. */
    THERE,
    /** It is not, as far as these rows tell. */
    GONE,
    /** The rows of the day say nothing of this side. */
    SILENT
  }

  /** What the events of a day say of a territory. */
  private static final class Mention {
    private final LocalDate date;
    private final List<Event> before = new ArrayList<>(2);
    private final List<Event> after = new ArrayList<>(2);
    private boolean self;
    private boolean entered;
    private boolean swapped;

    private Mention(LocalDate date) {
      this.date = date;
    }

    private Claim claimBefore() {
      if (self || swapped) {
        return Claim.THERE;
      }
      if (before.isEmpty()) {
        return Claim.GONE;
      }
      return after.isEmpty() ? Claim.THERE : Claim.SILENT;
    }

    private Claim claimAfter() {
      if (self || swapped) {
        return Claim.THERE;
      }
      if (after.isEmpty()) {
        return Claim.GONE;
      }
      return before.isEmpty() ? Claim.THERE : Claim.SILENT;
    }

    private Place place() {
      return before.isEmpty() ? after.getFirst().place() : before.getFirst().place();
    }

    private Set<Named> namesBefore() {
      Set<Named> names = new LinkedHashSet<>();
      before.forEach(e -> names.add(Objects.requireNonNull(e.before())));
      return names;
    }

    private Set<Named> namesAfter() {
      Set<Named> names = new LinkedHashSet<>();
      after.forEach(e -> names.add(Objects.requireNonNull(e.after())));
      return names;
    }

    /** Whether the rows of the day let the name change on it. */
    private boolean mayRename() {
      return before.isEmpty() || after.isEmpty() || !namesBefore().equals(namesAfter());
    }
  }

  /** How many territories the list must hold for each doubtful commune that is let pass. */
  private static final int LISTED_PER_SLIP = 3_000;

  /** A commune about which the events and the list cannot both be right. */
  private record Doubt(Place place, Unit unit, String how) {}

  private final List<Doubt> doubts = new ArrayList<>();
  private final Map<Unit, Commune> inForce;
  private final LocalDate reference;
  private final Findings findings;
  private final Map<Unit, TreeMap<LocalDate, Mention>> mentions = new LinkedHashMap<>();
  private final Map<String, LocalDate> lastMentions = new HashMap<>();
  private final Map<LocalDate, Map<Unit, List<Unit>>> exchanges = new HashMap<>();

  private Histories(Map<Unit, Commune> inForce, LocalDate reference, Findings findings) {
    this.inForce = inForce;
    this.reference = reference;
    this.findings = findings;
  }

  /**
   * The states of every territory, in order of time, from the horizon on. Contradictions go to the
   * findings: those that have one reading left as settled, the others as impossible events.
   *
   * @param events the events, in any order
   * @param inForce the territories in force on the reference day
   */
  static Map<Unit, List<UnitState>> build(
      List<Event> events, Map<Unit, Commune> inForce, LocalDate reference, Findings findings) {
    Histories histories = new Histories(inForce, reference, findings);
    events.forEach(histories::take);
    histories.markSwaps();
    Map<Unit, List<UnitState>> states = new LinkedHashMap<>();
    inForce.forEach(
        (unit, commune) -> {
          if (!histories.mentions.containsKey(unit)) {
            states.put(
                unit, List.of(new UnitState(commune.named(), Validity.since(HORIZON), false)));
          }
        });
    histories.mentions.forEach(
        (unit, days) -> states.put(unit, histories.states(unit, List.copyOf(days.values()))));
    histories.settleOverlaps(states);
    histories.judgeDoubts();
    return states;
  }

  private void take(Event event) {
    if (event.date().isBefore(HORIZON) || event.date().isAfter(reference)) {
      // An event of the year that begins is true; it is only not yet so on the reference day.
      Rule rule =
          event.date().isBefore(HORIZON) || event.date().isAfter(reference.plusYears(1))
              ? Rule.IMPOSSIBLE_EVENT
              : Rule.SETTLED_CONTRADICTION;
      findings.add(rule.at(event.place(), event.date().toString(), HORIZON + " – " + reference));
      return;
    }
    if (event.before() != null) {
      Mention mention = mention(event.before().unit(), event.date());
      mention.before.add(event);
      mention.self |= event.isSelf();
    }
    if (event.after() != null) {
      Mention mention = mention(event.after().unit(), event.date());
      mention.after.add(event);
      mention.entered |= !event.isSelf();
    }
    if (event.before() != null && event.after() != null && !event.isSelf()) {
      Unit from = event.before().unit();
      Unit to = event.after().unit();
      if (from.type() == to.type()) {
        exchanges
            .computeIfAbsent(event.date(), d -> new HashMap<>())
            .computeIfAbsent(from, u -> new ArrayList<>())
            .add(to);
      }
    }
  }

  private Mention mention(Unit unit, LocalDate date) {
    lastMentions.merge(unit.code(), date, (a, b) -> a.isAfter(b) ? a : b);
    return mentions.computeIfAbsent(unit, u -> new TreeMap<>()).computeIfAbsent(date, Mention::new);
  }

  private void markSwaps() {
    mentions.forEach(
        (unit, days) ->
            days.values().stream()
                .filter(m -> !m.self && !m.before.isEmpty() && !m.after.isEmpty())
                .forEach(m -> m.swapped = comesBack(unit, m.date)));
  }

  /** Whether the rows of the day lead from a territory back to it, within its type. */
  private boolean comesBack(Unit unit, LocalDate date) {
    Map<Unit, List<Unit>> next = exchanges.getOrDefault(date, Map.of());
    Deque<Unit> ahead = new ArrayDeque<>(next.getOrDefault(unit, List.of()));
    Set<Unit> seen = new HashSet<>();
    while (!ahead.isEmpty()) {
      Unit here = ahead.pop();
      if (here.equals(unit)) {
        return true;
      }
      if (seen.add(here)) {
        ahead.addAll(next.getOrDefault(here, List.of()));
      }
    }
    return false;
  }

  private List<UnitState> states(Unit unit, List<Mention> days) {
    List<UnitState> states = new ArrayList<>();
    for (int i = 0; i <= days.size(); i++) {
      Mention left = i == 0 ? null : days.get(i - 1);
      Mention right = i == days.size() ? null : days.get(i);
      if (left == null && right != null && right.date.equals(HORIZON)) {
        continue;
      }
      if (right == null ? isThereAtTheEnd(unit, left) : isThereBetween(unit, left, right)) {
        Named named = name(unit, left, right);
        LocalDate from = left == null ? HORIZON : left.date;
        add(states, new UnitState(named, validity(from, right), false), left);
      } else if (right == null && left != null && left.claimAfter() == Claim.THERE) {
        endUnstated(unit, left, states);
      }
    }
    return states;
  }

  private static Validity validity(LocalDate from, @Nullable Mention right) {
    return new Validity(from, right == null ? null : right.date);
  }

  private boolean isThereBetween(Unit unit, @Nullable Mention left, Mention right) {
    Claim since = left == null ? Claim.SILENT : left.claimAfter();
    if (since == Claim.THERE) {
      return true;
    }
    boolean there = right.claimBefore() == Claim.THERE;
    if (there && left != null && since == Claim.GONE) {
      if (right.entered && !right.swapped) {
        return false;
      }
      outliveEnding(unit, left, "en vigueur jusqu'au " + right.date);
    }
    return there;
  }

  private boolean isThereAtTheEnd(Unit unit, @Nullable Mention left) {
    if (!inForce.containsKey(unit)) {
      return false;
    }
    if (left != null && left.claimAfter() == Claim.GONE) {
      outliveEnding(unit, left, "en vigueur le " + reference);
    }
    return true;
  }

  /**
   * A territory is there although events ended it. That has one reading left where they only made
   * parts of it; a commune that became another commune and is still there is impossible.
   */
  private void outliveEnding(Unit unit, Mention left, String how) {
    for (Event event : left.before) {
      if (unit.type() == UnitType.COM
          && event.after() != null
          && event.after().unit().type() == UnitType.COM) {
        doubts.add(new Doubt(event.place(), unit, how));
        return;
      }
    }
    settled(left, unit, how);
  }

  /**
   * The events leave a territory in force that the edition no longer lists. The end of an associée
   * or déléguée was sometimes left out (76108 until the edition of 2021): it then ends with the
   * last event about its code, or on the reference day. For a commune that is doubtful.
   */
  private void endUnstated(Unit unit, Mention left, List<UnitState> states) {
    LocalDate last = lastMentions.getOrDefault(unit.code(), reference);
    LocalDate end = last.isAfter(left.date) ? last : reference;
    if (unit.type() == UnitType.COM) {
      doubts.add(new Doubt(left.place(), unit, "absente de la liste au " + reference));
    } else {
      settled(left, unit, "en vigueur jusqu'au " + end);
    }
    if (left.date.isBefore(end)) {
      add(states, new UnitState(name(unit, left, null), new Validity(left.date, end), true), left);
    }
  }

  /**
   * The list is the later statement, so it holds against the events: on a few communes among
   * thousands, as publishers slip. More of them mean that the files do not belong together.
   */
  private void judgeDoubts() {
    Rule rule =
        doubts.size() <= inForce.size() / LISTED_PER_SLIP
            ? Rule.SETTLED_CONTRADICTION
            : Rule.IMPOSSIBLE_EVENT;
    doubts.forEach(d -> findings.add(rule.at(d.place(), d.unit().toString(), d.how())));
  }

  private void settled(Mention mention, Unit unit, String how) {
    findings.add(Rule.SETTLED_CONTRADICTION.at(mention.place(), unit.toString(), how));
  }

  /**
   * Adds a stretch of time. It continues the one before unless an event between them changes the
   * name; where two statements differ on a name that no event changes, the later one holds for
   * both.
   */
  private static void add(List<UnitState> states, UnitState next, @Nullable Mention left) {
    if (!states.isEmpty() && left != null) {
      UnitState last = states.getLast();
      boolean sameName = last.named().label().equals(next.named().label());
      if (left.date.equals(last.validity().to()) && (sameName || !left.mayRename())) {
        states.removeLast();
        states.add(
            new UnitState(
                next.named(),
                new Validity(last.validity().from(), next.validity().to()),
                next.derived()));
        return;
      }
    }
    states.add(next);
  }

  /**
   * The name between two days: as the later one states it, or the list of territories in force, or
   * else as the earlier one does. Where a day states several, a step of that day named it
   * otherwise.
   */
  private Named name(Unit unit, @Nullable Mention left, @Nullable Mention right) {
    Set<Named> begun = left == null ? Set.of() : left.namesAfter();
    if (left != null && begun.size() > 1) {
      begun = without(begun, left.namesBefore());
    }
    Set<Named> ended = Set.of();
    Commune now = inForce.get(unit);
    if (right != null) {
      ended = right.namesBefore();
      if (ended.size() > 1) {
        ended = without(ended, right.namesAfter());
      }
    } else if (now != null) {
      ended = Set.of(now.named());
    }
    for (Named name : ended) {
      if (ended.size() == 1 || begun.contains(name)) {
        return name;
      }
    }
    Set<Named> names = ended.isEmpty() ? begun : ended;
    return names.iterator().next();
  }

  private static Set<Named> without(Set<Named> names, Set<Named> others) {
    Set<Named> rest = new LinkedHashSet<>(names);
    rest.removeAll(others);
    return rest.isEmpty() ? names : rest;
  }

  /**
   * Associées and déléguées share a referential. Should one code be both at once, the one that
   * begins later ends the other.
   */
  private void settleOverlaps(Map<Unit, List<UnitState>> states) {
    for (Unit associee : List.copyOf(states.keySet())) {
      Unit deleguee = new Unit(UnitType.COMD, associee.code());
      if (associee.type() != UnitType.COMA || !states.containsKey(deleguee)) {
        continue;
      }
      List<UnitState> both = new ArrayList<>(states.getOrDefault(associee, List.of()));
      both.addAll(states.getOrDefault(deleguee, List.of()));
      both.sort(Comparator.comparing(s -> from(s.validity())));
      List<UnitState> kept = new ArrayList<>();
      for (UnitState state : both) {
        if (!kept.isEmpty() && kept.getLast().validity().overlaps(state.validity())) {
          UnitState earlier = kept.removeLast();
          LocalDate from = from(state.validity());
          findings.add(
              Rule.SETTLED_CONTRADICTION.at(
                  new Place(null, 0, null),
                  earlier.unit() + ", " + state.unit(),
                  state.unit() + " depuis le " + from));
          if (from(earlier.validity()).isBefore(from)) {
            kept.add(
                new UnitState(
                    earlier.named(), new Validity(earlier.validity().from(), from), true));
          }
        }
        kept.add(state);
      }
      states.put(associee, kept.stream().filter(s -> s.unit().equals(associee)).toList());
      states.put(deleguee, kept.stream().filter(s -> s.unit().equals(deleguee)).toList());
    }
  }

  private static LocalDate from(Validity validity) {
    return validity.from() == null ? HORIZON : validity.from();
  }
}
