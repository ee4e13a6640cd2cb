package fr.pivot.crosswalk.lineage;

import fr.pivot.referential.Link;
import fr.pivot.referential.Succession;
import fr.pivot.referential.correspondence.Match;
import fr.pivot.registry.Point;
import fr.pivot.registry.Registry.Event;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One journey of what a code is on one day to what holds it on a later one.
 *
 * <p>As long as nothing else comes in, the journey follows the code whole, and where it is divided
 * all pieces are meant. Once it was merged with others, it follows the units that it held: where
 * their holder is divided, each of them goes where it is known to lie. Where that is not known, all
 * pieces that it may lie in are candidates, which is a {@link Doubt}.
 */
final class Walk {

  /**
   * What is followed.
   *
   * @param code the code that holds it
   * @param units the units that it is; empty where it is all that the code holds
   * @param divided whether it is only a piece of what the journey began with
   * @param sure whether it is certain that it is there
   */
  private record Held(String code, Set<String> units, boolean divided, boolean sure) {

    boolean isWhole() {
      return units.isEmpty();
    }

    Match match() {
      if (divided) {
        return isWhole() ? Match.NARROWER : Match.RELATED;
      }
      return isWhole() ? Match.EXACT : Match.BROADER;
    }
  }

  private final String referential;
  private final Moves moves;
  private final Holdings holdings;
  private final List<Point> parts;
  private final LocalDate end;
  private final Map<String, Arrival> arrivals = new TreeMap<>();
  private final Set<String> certain = new TreeSet<>();
  private final Set<Event> events = new LinkedHashSet<>();

  /** The codes that held the units before the one that holds them now. */
  private final List<String> holders = new ArrayList<>();

  private @Nullable Doubt doubt;
  private @Nullable String likely;

  Walk(String referential, Moves moves, Holdings holdings, List<Point> parts, LocalDate end) {
    this.referential = referential;
    this.moves = moves;
    this.holdings = holdings;
    this.parts = parts;
    this.end = end;
  }

  /** Where the journey led. */
  Hop hop() {
    Doubt open =
        doubt == Doubt.MERGED_THEN_DIVIDED && certain.containsAll(arrivals.keySet()) ? null : doubt;
    return hop(
        arrivals, open, likely != null && arrivals.containsKey(likely) ? likely : null, events);
  }

  /** Why nobody can say whether the journey led to a code, if nobody can. */
  @Nullable Doubt findDoubt(String code) {
    return arrivals.size() < 2 || doubt == Doubt.MERGED_THEN_DIVIDED && certain.contains(code)
        ? null
        : doubt;
  }

  /** Several ways as one hop; there is no doubt about a single arrival. */
  static Hop hop(
      Map<String, Arrival> arrivals,
      @Nullable Doubt doubt,
      @Nullable String likely,
      Collection<Event> events) {
    List<Event> sorted =
        events.stream().sorted(Comparator.comparing((Event e) -> e.succession().date())).toList();
    boolean certain = arrivals.size() < 2 || doubt == null;
    List<Arrival> list = List.copyOf(arrivals.values());
    if (list.size() == 1) {
      list = List.of(new Arrival(list.getFirst().code(), list.getFirst().match(), Share.WHOLE));
    }
    return new Hop(list, certain ? null : doubt, certain ? null : likely, sorted);
  }

  /** Follows all that a code holds, from the end of a day. */
  void follow(String code, LocalDate since) {
    follow(new Held(code, Set.of(), false, true), since);
  }

  private void arrive(Held held) {
    arrivals.merge(held.code(), new Arrival(held.code(), held.match(), null), Arrival::and);
    if (held.sure()) {
      certain.add(held.code());
    }
  }

  private void follow(Held held, LocalDate since) {
    LocalDate day = moves.nextDay(held.code(), since, end);
    if (day == null) {
      if (moves.isInForce(held.code(), end)) {
        arrive(held);
      }
      return;
    }
    Set<String> pieces = moves.listDestinations(held.code(), day, events);
    if (pieces.size() > 1) {
      divide(held, pieces, day);
    } else if (pieces.size() == 1) {
      follow(move(held, pieces.iterator().next(), day), day);
    } else {
      goOnElsewhere(held, day);
    }
  }

  /** What is followed once its holder has become, or gone into, one code. */
  private Held move(Held held, String next, LocalDate day) {
    boolean grown = !moves.listSources(next, day).equals(Set.of(held.code()));
    if (!grown) {
      Set<String> units = holdings.rename(held.units(), held.code(), next, day);
      return new Held(next, units, held.divided(), held.sure());
    }
    if (!held.isWhole() && !next.equals(held.code())) {
      holders.add(held.code());
    }
    Set<String> units =
        held.isWhole() ? holdings.listUnits(held.code(), day.minusDays(1)) : held.units();
    return new Held(next, units, held.divided(), held.sure());
  }

  private void divide(Held held, Set<String> pieces, LocalDate day) {
    if (held.isWhole()) {
      divideWhole(held, pieces, day);
      return;
    }
    Set<String> all = holdings.listUnits(held.code(), day.minusDays(1));
    Map<String, Set<String>> units = new TreeMap<>();
    Set<String> sure = new TreeSet<>();
    Set<String> open = new TreeSet<>();
    for (String unit : held.units()) {
      Set<String> candidates = holdings.listCandidates(unit, all, held.code(), pieces, day);
      candidates.forEach(p -> units.computeIfAbsent(p, _ -> new TreeSet<>()).add(unit));
      if (candidates.size() == 1 || candidates.contains(unit)) {
        sure.add(candidates.size() == 1 ? candidates.iterator().next() : unit);
      }
      if (candidates.size() > 1) {
        open.addAll(candidates);
      }
    }
    if (!sure.containsAll(open)) {
      doubt = doubt == null ? Doubt.MERGED_THEN_DIVIDED : doubt;
      likely = guess(held.code(), pieces, day);
    }
    units.forEach(
        (piece, some) -> {
          boolean whole = !open.contains(piece) && some.containsAll(holdings.listUnits(piece, day));
          follow(
              new Held(
                  piece,
                  whole ? Set.of() : some,
                  held.divided() || units.size() > 1,
                  held.sure() && sure.contains(piece)),
              day);
        });
  }

  private void divideWhole(Held held, Set<String> pieces, LocalDate day) {
    for (String piece : pieces) {
      boolean grown = !moves.listSources(piece, day).equals(Set.of(held.code()));
      if (grown) {
        doubt = Doubt.SHARED_OUT;
      }
      Set<String> units = grown ? Set.of(holdings.nameOfPiece(piece, held.code(), day)) : Set.of();
      follow(new Held(piece, units, true, held.sure()), day);
    }
  }

  /**
   * The piece that holds what was not restored: the one that held it before the merger, else the
   * only one that did not stand on its own before; null where there are several.
   */
  private @Nullable String guess(String holder, Set<String> pieces, LocalDate day) {
    for (String earlier : holders.reversed()) {
      if (pieces.contains(earlier)) {
        return earlier;
      }
    }
    List<String> stay =
        pieces.stream().filter(p -> p.equals(holder) || !moves.stoodBefore(p, day)).toList();
    return stay.size() == 1 ? stay.getFirst() : null;
  }

  /** A code ends and nothing here takes its place, unless it goes on as a part of another. */
  private void goOnElsewhere(Held held, LocalDate day) {
    for (Point part : parts) {
      for (Succession row : moves.listFrom(held.code())) {
        String after = row.codeAfter();
        if (row.date().equals(day)
            && after != null
            && row.referentialAfter().equals(part.referential().id())) {
          events.add(new Event(referential, row));
          Set<String> units =
              after.equals(held.code()) && !held.isWhole() ? held.units() : Set.of(after);
          for (String unit : units) {
            followPart(part, unit, held.divided() || units.size() > 1, day.minusDays(1));
          }
        }
      }
    }
  }

  /** Follows a unit that is a part of another, from the day after a day. */
  void followPart(Point part, String unit, LocalDate since) {
    followPart(part, unit, false, since);
  }

  private void followPart(Point part, String unit, boolean divided, LocalDate since) {
    LocalDate day = since;
    while (true) {
      List<Succession> rows = part.codes().listSuccessionsFrom(unit, part.release());
      day = Moves.nextDay(rows, day, end);
      if (day == null) {
        break;
      }
      Map<String, Succession> back = new LinkedHashMap<>();
      Set<String> renamed = new TreeSet<>();
      for (Succession row : rows) {
        String after = row.codeAfter();
        if (row.date().equals(day) && after != null) {
          if (row.referentialAfter().equals(referential)) {
            back.put(after, row);
          } else if (row.referentialAfter().equals(part.referential().id())
              && !after.equals(unit)
              && !part.withDate(day).holds(unit)) {
            renamed.add(after);
          }
        }
      }
      if (!back.isEmpty()) {
        for (Map.Entry<String, Succession> entry : back.entrySet()) {
          events.add(new Event(part.referential().id(), entry.getValue()));
          comeBack(unit, entry.getKey(), divided, day);
        }
        return;
      }
      if (!renamed.isEmpty()) {
        LocalDate from = day;
        renamed.forEach(code -> followPart(part, code, divided || renamed.size() > 1, from));
        return;
      }
    }
    if (part.withDate(end).holds(unit)) {
      String place = findPlace(part, unit);
      if (place == null) {
        followHolder(part, unit, divided);
      } else {
        arrive(new Held(place, Set.of(unit), divided, true));
      }
    }
  }

  private @Nullable String findPlace(Point part, String unit) {
    for (Link link : part.codes().listLinks(unit, part.release(), end)) {
      if (holdings.isPlace(link)) {
        return link.target();
      }
    }
    return null;
  }

  /** Where no link says what a unit is a part of: what it was merged into says it. */
  private void followHolder(Point part, String unit, boolean divided) {
    Succession entry = null;
    for (Succession row : moves.listEntries(part.referential().id(), unit)) {
      if (row.code() != null && !row.date().isAfter(end)) {
        entry = row;
      }
    }
    if (entry != null && entry.code() != null) {
      for (String holder : moves.listDestinations(entry.code(), entry.date(), events)) {
        follow(new Held(holder, Set.of(unit), divided, true), entry.date());
      }
    }
  }

  private void comeBack(String unit, String code, boolean divided, LocalDate day) {
    Set<String> pieces =
        moves.isInForce(code, day) ? Set.of(code) : moves.listDestinations(code, day, events);
    for (String piece : pieces) {
      boolean itself = piece.equals(unit) && !moves.wasInForce(unit, day);
      follow(new Held(piece, itself ? Set.of() : Set.of(unit), divided, true), day);
    }
  }
}
