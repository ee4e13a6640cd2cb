package fr.pivot.crosswalk.lineage;

import fr.pivot.referential.Link;
import fr.pivot.referential.Relation;
import fr.pivot.referential.Succession;
import fr.pivot.registry.Point;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which units a code holds on a day, as the successions of one edition tell it.
 *
 * <p>A unit is what once stood alone, and is named by the last code that it had to itself. A
 * commune that took in two others holds three units, and none of them is the commune: where one is
 * given back, the other two are what is left. Where a code is divided, a unit is in the piece that
 * bears its own code; else in the one that the edition names on some later day; else in any of
 * them. Safe for many threads.
 */
final class Holdings {

  private record Moment(String code, LocalDate day) {}

  /** What an edition says of a unit: the code that holds it at the end of a day. */
  private record Statement(String holder, LocalDate day) {}

  private final String referential;
  private final Moves moves;
  private final List<Point> parts;
  private final Map<Moment, Set<String>> known = new ConcurrentHashMap<>();

  Holdings(String referential, Moves moves, List<Point> parts) {
    this.referential = referential;
    this.moves = moves;
    this.parts = parts;
  }

  /** The units that a code holds, or may hold, at the end of a day. */
  Set<String> listUnits(String code, LocalDate day) {
    LocalDate last = moves.lastDay(code, day);
    if (last == null) {
      return Set.of(code);
    }
    Moment moment = new Moment(code, last);
    Set<String> units = known.get(moment);
    if (units == null) {
      // Not computeIfAbsent: what came before is asked for on the way.
      units = Set.copyOf(findUnits(code, last));
      known.put(moment, units);
    }
    return units;
  }

  private Set<String> findUnits(String code, LocalDate day) {
    Set<String> units = new TreeSet<>();
    for (String source : moves.listSources(code, day)) {
      units.addAll(shareOut(source, day).getOrDefault(code, Set.of()));
    }
    return units.isEmpty() ? Set.of(code) : units;
  }

  /** The units of a code by what holds them, or may hold them, at the end of a day. */
  private Map<String, Set<String>> shareOut(String code, LocalDate day) {
    Set<String> pieces = moves.listDestinations(code, day);
    Set<String> units = listUnits(code, day.minusDays(1));
    Map<String, Set<String>> shares = new TreeMap<>();
    if (pieces.size() == 1) {
      String next = pieces.iterator().next();
      shares.put(next, rename(units, code, next, day));
      return shares;
    }
    for (String piece : pieces) {
      if (units.size() == 1 || isCut(piece, code, units, day)) {
        add(shares, piece, nameOfPiece(piece, code, day));
      }
    }
    if (units.size() > 1) {
      for (String unit : units) {
        listCandidates(unit, units, code, pieces, day).forEach(p -> add(shares, p, unit));
      }
    }
    return shares;
  }

  private static void add(Map<String, Set<String>> shares, String piece, String unit) {
    shares.computeIfAbsent(piece, _ -> new TreeSet<>()).add(unit);
  }

  /** What a piece of a unit is called: no code of its own where it went to what stood already. */
  String nameOfPiece(String piece, String code, LocalDate day) {
    return !piece.equals(code) && moves.wasInForce(piece, day) ? code + '/' + piece : piece;
  }

  /**
   * The names of units after their holder took another code, and nothing but it: what bore the
   * holder's code bears the new one.
   */
  Set<String> rename(Set<String> units, String holder, String next, LocalDate day) {
    if (next.equals(holder)
        || !units.contains(holder)
        || units.contains(next)
        || !moves.listSources(next, day).equals(Set.of(holder))) {
      return units;
    }
    Set<String> renamed = new TreeSet<>(units);
    renamed.remove(holder);
    renamed.add(next);
    return renamed;
  }

  /** Whether a piece is new territory, cut out of units without the events saying which. */
  private boolean isCut(String piece, String code, Set<String> units, LocalDate day) {
    return !piece.equals(code) && !units.contains(piece) && !moves.stoodBefore(piece, day);
  }

  /**
   * The pieces of a divided code that a unit of it lies in, or may lie in: where it is one, that is
   * certain.
   *
   * @param units all the units that the code held
   */
  Set<String> listCandidates(
      String unit, Set<String> units, String code, Set<String> pieces, LocalDate day) {
    if (!pieces.contains(unit)) {
      String stated = findStated(unit, pieces, day);
      return stated == null ? pieces : Set.of(stated);
    }
    Set<String> candidates = new TreeSet<>(Set.of(unit));
    pieces.stream().filter(p -> isCut(p, code, units, day)).forEach(candidates::add);
    return candidates;
  }

  /** The piece that the edition says on some later day that a unit lies in. */
  private @Nullable String findStated(String unit, Set<String> pieces, LocalDate day) {
    for (Statement statement : listStatements(unit, day)) {
      List<String> leading =
          pieces.stream()
              .filter(p -> moves.reach(p, day, statement.day()).contains(statement.holder()))
              .toList();
      if (leading.size() == 1) {
        return leading.getFirst();
      }
    }
    return null;
  }

  /** What the edition says, from a day on, of where a unit lies that does not stand alone. */
  private List<Statement> listStatements(String unit, LocalDate day) {
    List<Statement> statements = new ArrayList<>();
    listRestorations(unit, day, statements);
    for (Point part : parts) {
      listPartEnds(part, unit, day, statements);
      for (Link link : part.codes().listLinks(unit, part.release())) {
        LocalDate until = link.validity().to();
        if (isPlace(link) && (until == null || until.isAfter(day))) {
          LocalDate from = link.validity().from();
          statements.add(
              new Statement(link.target(), from == null || from.isBefore(day) ? day : from));
        }
      }
    }
    return statements;
  }

  /** A unit that stands alone again lay in what gave it back. */
  private void listRestorations(String unit, LocalDate day, List<Statement> statements) {
    LocalDate next = Moves.nextDay(moves.listInto(unit), day, LocalDate.MAX);
    if (next == null || moves.wasInForce(unit, next) || !moves.isInForce(unit, next)) {
      return;
    }
    for (String source : moves.listSources(unit, next)) {
      if (moves.listDestinations(source, next).size() > 1) {
        statements.add(new Statement(source, next.minusDays(1)));
      }
    }
  }

  /** A part that ends in a code lay in it. */
  private void listPartEnds(Point part, String unit, LocalDate day, List<Statement> statements) {
    for (Succession row : part.codes().listSuccessionsFrom(unit, part.release())) {
      String after = row.codeAfter();
      if (row.date().isAfter(day)
          && after != null
          && !after.equals(unit)
          && row.referentialAfter().equals(referential)) {
        for (String holder : moves.listDestinations(after, row.date())) {
          statements.add(new Statement(holder, row.date()));
        }
        return;
      }
    }
  }

  /** Whether a link says which unit a part lies in. */
  boolean isPlace(Link link) {
    return link.relation() == Relation.BROADER && link.referential().equals(referential);
  }
}
