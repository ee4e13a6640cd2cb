package fr.pivot.crosswalk.lineage;

import fr.pivot.catalog.Release;
import fr.pivot.referential.Link;
import fr.pivot.referential.Relation;
import fr.pivot.referential.Succession;
import fr.pivot.referential.SuccessionKind;
import fr.pivot.registry.Codes;
import fr.pivot.registry.Point;
import fr.pivot.registry.Registry.Event;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the successions that one edition states do to codes, from the eve of a day to its end.
 *
 * <p>A date is the first day of the new state. Successions of one day are followed to the codes
 * that are in force at its end: a code that appears and disappears on one day leads on, and codes
 * that are swapped on one day stay apart.
 */
final class Moves {

  private final Codes book;
  private final Release release;
  private final String referential;
  private final Map<String, List<Succession>> givenBy = new HashMap<>();
  private final Map<String, List<Succession>> givenBack = new HashMap<>();

  Moves(Codes book, Release release, List<Point> parts) {
    this.book = book;
    this.release = release;
    this.referential = book.referential().id();
    parts.forEach(this::addGivenBack);
  }

  /**
   * Where an edition only says of a part that it stands alone again, and not of the unit that it
   * lay in that it gave it back, that unit was divided all the same.
   */
  private void addGivenBack(Point part) {
    for (Succession row : part.codes().listSuccessions(part.release())) {
      String unit = row.code();
      String after = row.codeAfter();
      LocalDate day = row.date();
      if (unit == null
          || after == null
          || !row.referentialAfter().equals(referential)
          || wasInForce(after, day)
          || !isInForce(after, day)
          || listInto(after).stream().anyMatch(r -> r.date().equals(day) && r.code() != null)) {
        continue;
      }
      for (Link link : part.codes().listLinks(unit, part.release(), day.minusDays(1))) {
        String holder = link.target();
        if (link.relation() == Relation.BROADER
            && link.referential().equals(referential)
            && isInForce(holder, day)) {
          Succession given =
              new Succession(
                  day, holder, referential, after, SuccessionKind.RESTORED, row.type(), true);
          givenBy.computeIfAbsent(holder, _ -> new ArrayList<>()).add(given);
          givenBack.computeIfAbsent(after, _ -> new ArrayList<>()).add(given);
        }
      }
    }
  }

  private static List<Succession> with(List<Succession> stated, @Nullable List<Succession> more) {
    if (more == null) {
      return stated;
    }
    return Stream.concat(stated.stream(), more.stream())
        .sorted(Comparator.comparing(Succession::date))
        .toList();
  }

  /** Whether a code is in force at the end of a day. */
  boolean isInForce(String code, LocalDate day) {
    return book.isInForce(code, release, day);
  }

  /** Whether a code was in force on the eve of a day. */
  boolean wasInForce(String code, LocalDate day) {
    return book.isInForce(code, release, day.minusDays(1));
  }

  /** Whether a code was in force once, and then no more, before a day. */
  boolean stoodBefore(String code, LocalDate day) {
    return book.listStates(code, release).stream()
        .anyMatch(
            s -> {
              LocalDate to = s.validity().to();
              return to != null && to.isBefore(day);
            });
  }

  /** The successions out of a code, by date. */
  List<Succession> listFrom(String code) {
    return with(book.listSuccessionsFrom(code, release), givenBy.get(code));
  }

  /** The successions into a code, by date. */
  List<Succession> listInto(String code) {
    return with(book.listSuccessionsTo(referential, code, release), givenBack.get(code));
  }

  /** The successions from here into a code of another referential, by date. */
  List<Succession> listEntries(String into, String code) {
    return book.listSuccessionsTo(into, code, release);
  }

  /** The first day after one, and until another, on which something leads out of a code. */
  @Nullable LocalDate nextDay(String code, LocalDate since, LocalDate end) {
    return nextDay(listFrom(code), since, end);
  }

  /** The date of the first of some successions that lies after a day and until another. */
  static @Nullable LocalDate nextDay(List<Succession> rows, LocalDate since, LocalDate end) {
    for (Succession row : rows) {
      if (row.date().isAfter(since) && !row.date().isAfter(end)) {
        return row.date();
      }
    }
    return null;
  }

  /** The last day until another on which something led into a code or out of it. */
  @Nullable LocalDate lastDay(String code, LocalDate end) {
    LocalDate into = lastDay(listInto(code), end);
    LocalDate from = lastDay(listFrom(code), end);
    return into == null || from != null && from.isAfter(into) ? from : into;
  }

  private static @Nullable LocalDate lastDay(List<Succession> rows, LocalDate end) {
    LocalDate last = null;
    for (Succession row : rows) {
      last = row.date().isAfter(end) ? last : row.date();
    }
    return last;
  }

  /** The codes in force at the end of a day that a code leads to on it: itself where it stays. */
  Set<String> listDestinations(String code, LocalDate day) {
    return listDestinations(code, day, new HashSet<>());
  }

  /**
   * The codes in force at the end of a day that a code leads to on it: itself where it stays.
   *
   * @param followed takes the successions followed
   */
  Set<String> listDestinations(String code, LocalDate day, Collection<Event> followed) {
    Set<String> pieces = new TreeSet<>();
    collect(code, day, pieces, new HashSet<>(Set.of(code)), followed);
    if (isInForce(code, day) && (pieces.isEmpty() || givenBy.containsKey(code))) {
      pieces.add(code);
    }
    return pieces;
  }

  private void collect(
      String code,
      LocalDate day,
      Set<String> pieces,
      Set<String> seen,
      Collection<Event> followed) {
    for (Succession row : listFrom(code)) {
      String after = row.codeAfter();
      if (!row.date().equals(day) || after == null || !row.referentialAfter().equals(referential)) {
        continue;
      }
      if (!after.equals(code)) {
        followed.add(new Event(referential, row));
      }
      if (isInForce(after, day)) {
        pieces.add(after);
      } else if (seen.add(after)) {
        collect(after, day, pieces, seen, followed);
      }
    }
  }

  /** The codes in force on the eve of a day that lead to a code at its end. */
  Set<String> listSources(String code, LocalDate day) {
    Set<String> sources = new TreeSet<>();
    trace(code, day, sources, new HashSet<>());
    if (wasInForce(code, day) && listDestinations(code, day).contains(code)) {
      sources.add(code);
    }
    return sources;
  }

  private void trace(String code, LocalDate day, Set<String> sources, Set<String> seen) {
    if (!seen.add(code)) {
      return;
    }
    for (Succession row : listInto(code)) {
      String before = row.code();
      if (!row.date().equals(day) || before == null || before.equals(code)) {
        continue;
      }
      if (wasInForce(before, day)) {
        sources.add(before);
      }
      if (!isInForce(before, day)) {
        trace(before, day, sources, seen);
      }
    }
  }

  /** The codes that a code leads to from one day to another, whatever they hold besides. */
  Set<String> reach(String code, LocalDate from, LocalDate to) {
    Set<String> reached = new TreeSet<>();
    reach(code, from, to, reached, new HashSet<>());
    return reached;
  }

  private void reach(
      String code, LocalDate since, LocalDate to, Set<String> reached, Set<String> seen) {
    if (!seen.add(code + since)) {
      return;
    }
    LocalDate day = nextDay(code, since, to);
    if (day == null) {
      reached.add(code);
      return;
    }
    for (String next : listDestinations(code, day)) {
      reach(next, day, to, reached, seen);
    }
  }
}
