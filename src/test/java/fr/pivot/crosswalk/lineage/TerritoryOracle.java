package fr.pivot.crosswalk.lineage;

import fr.pivot.catalog.Release;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Link;
import fr.pivot.referential.Succession;
import fr.pivot.registry.Codes;
import fr.pivot.registry.Registry;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The communes of an edition as pieces of ground, to judge {@link Lineage} by; it shares no code
 * with it and goes about it the other way round.
 *
 * <p>Nothing is asked from a code. The events of all days are gone through once, in order, and move
 * pieces of ground from holder to holder. A piece keeps its whole trail. Where the events do not
 * say where a piece went it has several trails, and what is said later strikes out those that it
 * contradicts: that a piece was given back by one commune, that its commune associée ended in
 * another, that it lies in a third on the day of the edition. Where a commune is divided and a part
 * of it is new, that part is a piece which may have been cut from any of the pieces there.
 *
 * <p>A code of one day then leads to a code of another if they share a piece, and certainly so if
 * they share one that has no other place on either day.
 */
public final class TerritoryOracle {

  private static final String COMMUNES = "communes";
  private static final String PARTS = "communes-deleguees";
  private static final int BEGINNING = day(LocalDate.of(1943, 1, 1));

  /** Where a piece was, back from its last place. */
  private record Trail(@Nullable Trail before, int day, String holder) {
    @Nullable String on(int date) {
      Trail at = this;
      while (at.day > date) {
        if (at.before == null) {
          return null;
        }
        at = at.before;
      }
      return at.holder;
    }

    /** Whether it was in one holder all the time between two days. */
    boolean isIn(String place, int first, int last) {
      Trail at = this;
      while (at.day > first) {
        if (at.day <= last && !at.holder.equals(place) || at.before == null) {
          return false;
        }
        at = at.before;
      }
      return at.holder.equals(place);
    }
  }

  /** A piece of ground. */
  private static final class Piece {
    /** The code it would have if it stood alone; null where it never did. */
    private @Nullable String name;

    private List<Trail> trails;

    /** Days on which its holder was shared out among others that had ground already. */
    private final Set<Integer> shared = new HashSet<>();

    Piece(@Nullable String name, List<Trail> trails) {
      this.name = name;
      this.trails = trails;
    }

    boolean isOnlyIn(String holder) {
      return trails.stream().allMatch(t -> t.holder().equals(holder));
    }
  }

  /** What a code is on another day: the codes, each with whether that is certain. */
  record Verdict(Map<String, Boolean> codes, boolean shared) {
    boolean isCertain() {
      return !codes.containsValue(false);
    }
  }

  private final Codes communes;
  private final Release release;
  private final @Nullable Codes parts;
  private final @Nullable Release partsRelease;
  private final Map<String, Set<Piece>> now = new HashMap<>();
  private final Map<String, Set<Piece>> ever = new HashMap<>();
  private final Map<String, Set<Piece>> byName = new HashMap<>();

  /** The events of a day, by the two referentials that they lead between. */
  private static final class Day {
    private final Map<String, List<String>> among = new TreeMap<>();
    private final Map<String, List<String>> intoParts = new TreeMap<>();
    private final Map<String, List<String>> outOfParts = new TreeMap<>();
    private final Map<String, List<String>> amongParts = new TreeMap<>();
    private final Set<String> mentioned = new TreeSet<>();
  }

  TerritoryOracle(Registry registry, Release release) {
    this.release = release;
    this.communes = registry.findCodes(COMMUNES).orElseThrow();
    Optional<Codes> book = registry.findCodes(PARTS);
    Optional<Release> beside = registry.catalog().findBeside(release, PARTS);
    this.parts = beside.isPresent() ? book.orElse(null) : null;
    this.partsRelease = beside.orElse(null);
    Set<String> first = new TreeSet<>();
    communes.forEachState(release, state -> addFirst(state, first));
    first.forEach(c -> add(new Piece(c, List.of(new Trail(null, BEGINNING, c)))));
    TreeMap<Integer, Day> days = new TreeMap<>();
    communes.listSuccessions(release).forEach(s -> take(days, s, false));
    if (parts != null && partsRelease != null) {
      parts.listSuccessions(partsRelease).forEach(s -> take(days, s, true));
    }
    days.forEach(this::pass);
    if (parts != null && partsRelease != null) {
      parts.forEachLink(partsRelease, this::hear);
    }
    now.clear();
  }

  private static int day(LocalDate date) {
    return (int) date.toEpochDay();
  }

  private static void addFirst(ConceptState state, Set<String> first) {
    if (state.validity().contains(LocalDate.ofEpochDay(BEGINNING))) {
      first.add(state.code());
    }
  }

  private static void take(Map<Integer, Day> days, Succession row, boolean part) {
    Day day = days.computeIfAbsent(day(row.date()), _ -> new Day());
    String before = row.code();
    String after = row.codeAfter();
    boolean intoPart = row.referentialAfter().equals(PARTS);
    if (before != null && !part) {
      day.mentioned.add(before);
    }
    if (after != null && !intoPart) {
      day.mentioned.add(after);
    }
    if (before != null && after != null) {
      Map<String, List<String>> rows =
          part ? intoPart ? day.amongParts : day.outOfParts : intoPart ? day.intoParts : day.among;
      rows.computeIfAbsent(before, _ -> new ArrayList<>()).add(after);
    }
  }

  private boolean isThere(String code, int date) {
    return communes.isInForce(code, release, date);
  }

  private void add(Piece piece) {
    lay(piece, piece.trails);
    call(piece, piece.name);
  }

  private void lay(Piece piece, List<Trail> trails) {
    piece.trails.forEach(t -> now.getOrDefault(t.holder(), new HashSet<>()).remove(piece));
    piece.trails = trails;
    for (Trail trail : trails) {
      now.computeIfAbsent(trail.holder(), _ -> new LinkedHashSet<>()).add(piece);
      for (Trail at = trail; at != null; at = at.before()) {
        ever.computeIfAbsent(at.holder(), _ -> new LinkedHashSet<>()).add(piece);
      }
    }
  }

  private void call(Piece piece, @Nullable String name) {
    if (piece.name != null) {
      byName.getOrDefault(piece.name, new HashSet<>()).remove(piece);
    }
    piece.name = name;
    if (name != null) {
      byName.computeIfAbsent(name, _ -> new LinkedHashSet<>()).add(piece);
    }
  }

  /** The communes in force at the end of the day that rows lead to, through those that are not. */
  private void settle(
      String code, int date, Map<String, List<String>> rows, Set<String> out, Set<String> seen) {
    if (isThere(code, date)) {
      out.add(code);
    } else if (seen.add(code)) {
      rows.getOrDefault(code, List.of()).forEach(next -> settle(next, date, rows, out, seen));
    }
  }

  private void pass(int date, Day day) {
    Map<String, Set<String>> leads = new TreeMap<>();
    Map<String, Set<String>> comes = new HashMap<>();
    day.among.forEach(
        (before, afters) -> {
          if (isThere(before, date - 1)) {
            Set<String> out = new TreeSet<>();
            for (String after : afters) {
              settle(after, date, day.among, out, new HashSet<>(Set.of(before)));
            }
            if (out.isEmpty() && isThere(before, date)) {
              out.add(before);
            }
            leads.put(before, out);
            out.forEach(to -> comes.computeIfAbsent(to, _ -> new TreeSet<>()).add(before));
          }
        });
    day.outOfParts.forEach(
        (part, afters) -> afters.forEach(to -> giveBack(part, to, date, leads, comes)));
    for (String code : day.mentioned) {
      if (isThere(code, date - 1) && !isThere(code, date)) {
        leads.putIfAbsent(code, Set.of());
      } else if (isThere(code, date - 1) && comes.containsKey(code)) {
        comes.get(code).addAll(leads.containsKey(code) ? Set.of() : Set.of(code));
      }
    }
    Map<Piece, Map<String, Collection<String>>> moves = new HashMap<>();
    List<Piece> born = new ArrayList<>();
    Map<Piece, String> renamed = new HashMap<>();
    leads.forEach(
        (holder, into) -> {
          List<Piece> held = List.copyOf(now.getOrDefault(holder, Set.of()));
          if (into.isEmpty()) {
            Set<String> elsewhere =
                findHolders(day.intoParts.getOrDefault(holder, List.of()), date);
            held.forEach(
                p -> moves.computeIfAbsent(p, _ -> new HashMap<>()).put(holder, elsewhere));
          } else if (into.size() == 1) {
            for (Piece piece : held) {
              moves.computeIfAbsent(piece, _ -> new HashMap<>()).put(holder, into);
              String to = into.iterator().next();
              if (holder.equals(piece.name) && Set.of(holder).equals(comes.get(to))) {
                renamed.put(piece, to);
              }
            }
          } else {
            boolean shared = into.stream().anyMatch(to -> !Set.of(holder).equals(comes.get(to)));
            divide(new Division(date, holder, into, held, shared), moves, born);
          }
        });
    moves.forEach((piece, ways) -> lay(piece, move(piece, ways, date)));
    renamed.forEach(this::call);
    born.forEach(this::add);
    endParts(date, day);
    renameParts(date, day);
    for (String code : day.mentioned) {
      if (isThere(code, date) && now.getOrDefault(code, Set.of()).isEmpty()) {
        add(new Piece(code, List.of(new Trail(null, date, code))));
      }
    }
  }

  /**
   * A commune that stands alone again where only the row of its part says so came from somewhere.
   */
  private void giveBack(
      String part,
      String to,
      int date,
      Map<String, Set<String>> leads,
      Map<String, Set<String>> comes) {
    if (!isThere(to, date) || isThere(to, date - 1) || comes.containsKey(to)) {
      return;
    }
    for (Piece piece : byName.getOrDefault(part, Set.of())) {
      for (Trail trail : piece.trails) {
        String holder = trail.holder();
        Set<String> into = new TreeSet<>(leads.getOrDefault(holder, Set.of()));
        if (into.isEmpty() && isThere(holder, date)) {
          into.add(holder);
        }
        into.add(to);
        leads.put(holder, into);
        into.forEach(c -> comes.computeIfAbsent(c, _ -> new TreeSet<>()).add(holder));
      }
    }
  }

  /** What the list says that parts lie in which a commune became; nowhere where it is silent. */
  private Set<String> findHolders(List<String> units, int date) {
    Set<String> holders = new TreeSet<>();
    for (String unit : units) {
      if (parts != null && partsRelease != null) {
        for (Link link : parts.listLinks(unit, partsRelease)) {
          if (link.referential().equals(COMMUNES) && isThere(link.target(), date)) {
            holders.add(link.target());
          }
        }
      }
    }
    return holders.isEmpty() ? Set.of("") : holders;
  }

  private static List<Trail> move(Piece piece, Map<String, Collection<String>> ways, int date) {
    List<Trail> trails = new ArrayList<>();
    for (Trail trail : piece.trails) {
      Collection<String> to = ways.get(trail.holder());
      if (to == null) {
        trails.add(trail);
      } else {
        to.forEach(h -> trails.add(h.equals(trail.holder()) ? trail : new Trail(trail, date, h)));
      }
    }
    return trails;
  }

  private record Division(
      int date, String holder, Set<String> into, List<Piece> held, boolean shared) {}

  private void divide(
      Division division, Map<Piece, Map<String, Collection<String>>> moves, List<Piece> born) {
    String holder = division.holder();
    int date = division.date();
    List<Piece> held = division.held();
    Set<String> home = new HashSet<>();
    List<Piece> astray = new ArrayList<>();
    boolean alone = held.size() == 1 && held.getFirst().isOnlyIn(holder);
    for (Piece piece : held) {
      if (division.shared()) {
        piece.shared.add(date);
      }
      String name = piece.name;
      Map<String, Collection<String>> ways = moves.computeIfAbsent(piece, _ -> new HashMap<>());
      if (alone) {
        ways.put(holder, List.of());
      } else if (name != null
          && division.into().contains(name)
          && (name.equals(holder) || !isThere(name, date - 1))) {
        if (!name.equals(holder)) {
          // Given back by this commune: here it was, if ever there was a doubt.
          lay(piece, piece.trails.stream().filter(t -> t.holder().equals(holder)).toList());
        }
        if (piece.isOnlyIn(holder)) {
          home.add(name);
        }
        ways.put(holder, List.of(name));
      } else {
        astray.add(piece);
        ways.put(holder, division.into());
      }
    }
    List<String> fresh = division.into().stream().filter(to -> !home.contains(to)).toList();
    boolean cut = fresh.stream().anyMatch(to -> !to.equals(holder) && !stoodBefore(to, date));
    for (String to : fresh) {
      boolean ceded = !to.equals(holder) && isThere(to, date - 1);
      Set<Trail> from = new LinkedHashSet<>();
      for (Piece piece : alone || cut || ceded || astray.isEmpty() ? held : astray) {
        piece.trails.stream().filter(t -> t.holder().equals(holder)).forEach(from::add);
      }
      Piece piece =
          new Piece(
              ceded || !alone && to.equals(holder) ? null : to,
              from.stream().map(t -> new Trail(t, date, to)).toList());
      held.forEach(p -> piece.shared.addAll(p.shared));
      born.add(piece);
    }
  }

  private boolean stoodBefore(String code, int date) {
    return communes.listStates(code, release).stream()
        .map(s -> s.validity().to())
        .anyMatch(to -> to != null && day(to) < date);
  }

  /** A commune associée or déléguée that ends in a commune lay in it. */
  private void endParts(int date, Day day) {
    day.outOfParts.forEach(
        (part, afters) -> {
          Set<String> in = new TreeSet<>();
          afters.forEach(after -> settle(after, date, day.among, in, new HashSet<>()));
          for (Piece piece : List.copyOf(byName.getOrDefault(part, Set.of()))) {
            List<Trail> right = piece.trails.stream().filter(t -> in.contains(t.holder())).toList();
            if (!right.isEmpty() && right.size() < piece.trails.size()) {
              lay(piece, right);
            }
          }
        });
  }

  private void renameParts(int date, Day day) {
    Map<Piece, String> renamed = new HashMap<>();
    day.intoParts.forEach(
        (before, afters) -> {
          for (String after : afters) {
            if (!after.equals(before) && !isThere(before, date)) {
              byName.getOrDefault(before, Set.of()).forEach(p -> renamed.put(p, after));
            }
          }
        });
    day.amongParts.forEach(
        (before, afters) -> {
          for (String after : afters) {
            if (!after.equals(before)
                && parts != null
                && partsRelease != null
                && !parts.isInForce(before, partsRelease, date)) {
              byName.getOrDefault(before, Set.of()).forEach(p -> renamed.put(p, after));
            }
          }
        });
    renamed.forEach(this::call);
  }

  /** What the list of an edition says of where a part lies, until a day or still. */
  private void hear(Link link) {
    if (!link.referential().equals(COMMUNES)) {
      return;
    }
    LocalDate from = link.validity().from();
    LocalDate until = link.validity().to();
    int first = from == null ? BEGINNING : day(from);
    int last = day(until == null ? release.head().referenceDate() : until.minusDays(1));
    for (Piece piece : List.copyOf(byName.getOrDefault(link.code(), Set.of()))) {
      List<Trail> right =
          piece.trails.stream().filter(t -> t.isIn(link.target(), first, last)).toList();
      if (!right.isEmpty() && right.size() < piece.trails.size()) {
        piece.trails = right;
      }
    }
  }

  /** What a code in force on one day is on another, before or after. */
  Verdict judge(String code, LocalDate from, LocalDate to) {
    int begin = day(from);
    int end = day(to);
    Map<String, Boolean> codes = new TreeMap<>();
    boolean shared = false;
    for (Piece piece : ever.getOrDefault(code, Set.of())) {
      Set<List<String>> pairs = new HashSet<>();
      for (Trail trail : piece.trails) {
        String there = trail.on(begin);
        String here = trail.on(end);
        pairs.add(List.of(there == null ? "" : there, here == null ? "" : here));
      }
      for (List<String> pair : pairs) {
        if (pair.getFirst().equals(code) && !pair.getLast().isEmpty()) {
          codes.merge(pair.getLast(), pairs.size() == 1, Boolean::logicalOr);
          shared |=
              piece.shared.stream()
                  .anyMatch(d -> d > Math.min(begin, end) && d <= Math.max(begin, end));
        }
      }
    }
    return new Verdict(codes, shared);
  }
}
