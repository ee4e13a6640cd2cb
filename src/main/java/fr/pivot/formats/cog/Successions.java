package fr.pivot.formats.cog;

import fr.pivot.referential.Succession;
import fr.pivot.referential.SuccessionKind;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Turns every row of the file of events into a succession. What happened is read from the rows of
 * the day together, not from INSEE's type of event, which is kept beside it verbatim.
 */
final class Successions {

  /**
   * The types of events that INSEE has documented: 10 change of name, 20 creation, 21 restoration,
   * 30 suppression, 31 simple merger, 32 commune nouvelle, 33 merger by association, 34 and 35 end
   * of communes associées and déléguées, 41 change of département, 50 change of chef-lieu, 70 to 72
   * changes of communes associées and déléguées.
   */
  static final Set<String> KNOWN_TYPES =
      Set.of("10", "20", "21", "30", "31", "32", "33", "34", "35", "41", "50", "70", "71", "72");

  /** The territories of one type on each side of a day's rows. */
  private static final class Day {
    private final Map<Unit, Set<Unit>> into = new HashMap<>();
    private final Map<Unit, Set<Unit>> outOf = new HashMap<>();

    private void take(Unit before, Unit after) {
      into.computeIfAbsent(after, u -> new HashSet<>()).add(before);
      outOf.computeIfAbsent(before, u -> new HashSet<>()).add(after);
    }
  }

  private final Map<LocalDate, Day> days = new HashMap<>();
  private final Map<Unit, List<UnitState>> states;

  private Successions(Map<Unit, List<UnitState>> states) {
    this.states = states;
  }

  /**
   * Gives the succession of every event with the referential whose release it belongs to: that of
   * the territory before, or of the one after where nothing stood before.
   *
   * @param states when each territory was in force
   */
  static void forEach(
      List<Event> events,
      Map<Unit, List<UnitState>> states,
      BiConsumer<String, Succession> consumer) {
    Successions successions = new Successions(states);
    for (Event event : events) {
      if (event.before() != null && event.after() != null) {
        Unit before = event.before().unit();
        Unit after = event.after().unit();
        if (before.type() == after.type()) {
          successions.days.computeIfAbsent(event.date(), d -> new Day()).take(before, after);
        }
      }
    }
    for (Event event : events) {
      Named before = event.before();
      Named after = event.after();
      UnitType to =
          after != null ? after.unit().type() : Objects.requireNonNull(before).unit().type();
      UnitType home = before != null ? before.unit().type() : to;
      consumer.accept(
          home.referential(),
          new Succession(
              event.date(),
              before == null ? null : before.unit().code(),
              to.referential(),
              after == null ? null : after.unit().code(),
              KNOWN_TYPES.contains(event.mod()) ? successions.kind(event) : SuccessionKind.OTHER,
              event.mod(),
              false));
    }
  }

  private SuccessionKind kind(Event event) {
    if (event.before() == null) {
      return SuccessionKind.CREATED;
    }
    if (event.after() == null) {
      return SuccessionKind.CEASED;
    }
    Unit before = event.before().unit();
    Unit after = event.after().unit();
    if (before.type() == after.type()) {
      return kindWithinType(event, before, after);
    }
    if (before.type() == UnitType.COM) {
      if (before.code().equals(after.code()) || wasThere(after, event.date())) {
        return SuccessionKind.MOVED;
      }
      return existedBefore(after, event.date()) ? SuccessionKind.RESTORED : SuccessionKind.CREATED;
    }
    if (after.type() == UnitType.COM) {
      return before.code().equals(after.code()) && !wasThere(after, event.date())
          ? SuccessionKind.RESTORED
          : SuccessionKind.MERGED;
    }
    return SuccessionKind.MOVED;
  }

  private SuccessionKind kindWithinType(Event event, Unit before, Unit after) {
    Day day = days.getOrDefault(event.date(), new Day());
    Set<Unit> befores = day.into.getOrDefault(after, Set.of());
    Set<Unit> afters = day.outOf.getOrDefault(before, Set.of());
    if (afters.size() > 1) {
      if (event.isSelf()) {
        return SuccessionKind.SPLIT;
      }
      if (wasThere(after, event.date())) {
        return SuccessionKind.MERGED;
      }
      if (existedBefore(after, event.date())) {
        return SuccessionKind.RESTORED;
      }
      return afters.contains(before) ? SuccessionKind.CREATED : SuccessionKind.SPLIT;
    }
    if (befores.size() > 1) {
      return SuccessionKind.MERGED;
    }
    if (!event.isSelf()) {
      return SuccessionKind.RECODED;
    }
    return Objects.equals(event.before(), event.after())
        ? SuccessionKind.MOVED
        : SuccessionKind.RENAMED;
  }

  /** Whether a territory was in force the day before. */
  private boolean wasThere(Unit unit, LocalDate date) {
    return states.getOrDefault(unit, List.of()).stream()
        .anyMatch(s -> s.validity().contains(date.minusDays(1)));
  }

  /** Whether a territory had been in force, whenever. */
  private boolean existedBefore(Unit unit, LocalDate date) {
    return states.getOrDefault(unit, List.of()).stream()
        .anyMatch(s -> s.validity().from() == null || s.validity().from().isBefore(date));
  }
}
