package fr.pivot.crosswalk;

import fr.pivot.catalog.Release;
import fr.pivot.codebook.Codebook;
import fr.pivot.codebook.Registry;
import fr.pivot.codebook.Registry.Event;
import fr.pivot.referential.Link;
import fr.pivot.referential.LinkType;
import fr.pivot.referential.Match;
import fr.pivot.referential.Relation;
import fr.pivot.referential.Succession;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Follows units through the successions that one edition states.
 *
 * <p>What is followed is a unit, not a code. A commune that merged, lived on as a commune déléguée
 * and was restored went from itself to itself; closing over codes alone would also lead to the
 * commune that it was a part of. So a unit that was merged is remembered by its own code while the
 * code that holds it changes. Where that holder is divided, the unit is where its own code lives
 * again; else where the edition says that its commune déléguée or associée lies (INSEE's {@code
 * COMPARENT}); else in any of the pieces, which is a {@link Doubt}.
 *
 * <p>A date is the first day of the new state. Successions of one day are followed to the codes
 * that are in force at its end: a code that appears and disappears on one day leads on, and codes
 * that are swapped on one day stay apart.
 */
final class Lineage {

  private final Codebook book;
  private final Release release;
  private final String referential;
  private final List<Part> parts;

  /** A referential that units of another one go on in after a merger: communes déléguées. */
  private record Part(String referential, Codebook book, Release release) {}

  /**
   * Prepares to follow units.
   *
   * @param book the codebook of their referential
   * @param release the edition that is believed
   */
  Lineage(Registry registry, Codebook book, Release release) {
    this.book = book;
    this.release = release;
    this.referential = book.referential().id();
    this.parts = new ArrayList<>();
    for (Codebook other : registry.listCodebooks()) {
      String id = other.referential().id();
      if (!id.equals(referential) && book.leadsTo(id) && isBelow(other)) {
        registry
            .catalog()
            .findBeside(release, id)
            .ifPresent(beside -> parts.add(new Part(id, other, beside)));
      }
    }
    parts.sort(Comparator.comparing(Part::referential));
  }

  private boolean isBelow(Codebook other) {
    Optional<LinkType> link = other.referential().findLink(referential);
    return link.isPresent() && link.get().relation() == Relation.BROADER;
  }

  /** What a code in force on a day is on a later one. */
  Hop forward(String code, LocalDate from, LocalDate to) {
    if (nextDay(book.listSuccessionsFrom(code, release), from, to) == null) {
      return stay(code, to);
    }
    Walk walk = new Walk(to);
    walk.follow(code, code, false, false, from);
    return walk.hop();
  }

  private Hop stay(String code, LocalDate day) {
    return book.isInForce(code, release, day)
        ? Hop.to(new Arrival(code, Match.EXACT, Share.WHOLE))
        : Hop.NOWHERE;
  }

  private static @Nullable LocalDate nextDay(
      List<Succession> rows, LocalDate since, LocalDate end) {
    for (Succession row : rows) {
      if (row.date().isAfter(since) && !row.date().isAfter(end)) {
        return row.date();
      }
    }
    return null;
  }

  /** The referential whose units are followed. */
  String referential() {
    return referential;
  }

  /** The edition that is believed. */
  Release release() {
    return release;
  }

  /** The referentials that units of this one go on in. */
  List<String> listParts() {
    return parts.stream().map(Part::referential).toList();
  }

  /**
   * What a unit that is a part of another, such as a commune déléguée, is here on another day:
   * itself where it stands on its own then, else the unit that it lies in.
   *
   * @param origin the unit's referential, one of {@link #listParts}
   */
  Hop fromPart(String origin, String code, LocalDate from, LocalDate to) {
    Walk walk = new Walk(to);
    for (Part part : parts) {
      if (part.referential().equals(origin)) {
        if (from.isAfter(to)) {
          return wasBefore(part, code, from, to);
        }
        walk.followPart(part, code, false, from);
      }
    }
    return walk.hop();
  }

  private Hop wasBefore(Part part, String code, LocalDate from, LocalDate to) {
    if (part.book().isInForce(code, part.release(), to)) {
      Walk walk = new Walk(to);
      walk.followPart(part, code, false, to);
      return walk.hop();
    }
    Succession entry = null;
    for (Succession row : book.listSuccessionsTo(part.referential(), code, release)) {
      if (row.code() != null && row.date().isAfter(to) && !row.date().isAfter(from)) {
        entry = entry == null || row.code().equals(code) ? row : entry;
      }
    }
    if (entry != null && entry.code() != null) {
      return backward(entry.code(), entry.date().minusDays(1), to);
    }
    return Hop.NOWHERE;
  }

  /**
   * The units of another referential that a code here is, or holds, on another day: the inverse of
   * {@link #fromPart}.
   */
  Hop toPart(String target, String code, LocalDate from, LocalDate to) {
    Hop moved = from.isAfter(to) ? backward(code, from, to) : forward(code, from, to);
    Map<String, Arrival> arrivals = new TreeMap<>();
    Set<Event> events = new LinkedHashSet<>();
    for (Part part : parts) {
      if (!part.referential().equals(target)) {
        continue;
      }
      for (Arrival holder : moved.arrivals()) {
        for (String candidate :
            part.book()
                .listCodesLinkedTo(
                    Relation.BROADER, referential, holder.code(), part.release(), to)) {
          Hop there = fromPart(target, candidate, to, from);
          for (Arrival arrival : there.arrivals()) {
            if (arrival.code().equals(code)) {
              arrivals.put(candidate, new Arrival(candidate, arrival.match().inverse(), null));
              events.addAll(there.events());
            }
          }
        }
      }
    }
    return hop(arrivals, null, null, events);
  }

  /**
   * What a code in force on a day was on an earlier one: every code that leads to it. The inverse
   * of {@link #forward}, so that both directions tell the same.
   */
  Hop backward(String code, LocalDate from, LocalDate to) {
    if (nextDay(book.listSuccessionsTo(referential, code, release), to, from) == null
        && nextDay(book.listSuccessionsFrom(code, release), to, from) == null) {
      return stay(code, to);
    }
    Map<String, LocalDate> reached = new HashMap<>();
    trace(code, from, to, reached);
    Map<String, Arrival> arrivals = new TreeMap<>();
    Set<Event> events = new LinkedHashSet<>();
    Doubt doubt = null;
    String likely = null;
    for (String candidate : new TreeSet<>(reached.keySet())) {
      if (!book.isInForce(candidate, release, to)) {
        continue;
      }
      Hop there = forward(candidate, to, from);
      for (Arrival arrival : there.arrivals()) {
        if (arrival.code().equals(code)) {
          arrivals.put(candidate, new Arrival(candidate, arrival.match().inverse(), null));
          events.addAll(there.events());
          doubt = there.doubt() != null ? there.doubt() : doubt;
          likely = code.equals(there.likely()) ? candidate : likely;
        }
      }
    }
    return hop(arrivals, doubt, likely, events);
  }

  private @Nullable String placeOn(Part part, String unit, LocalDate day) {
    for (Link link : part.book().listLinks(unit, part.release(), day)) {
      if (isPlace(link)) {
        return link.target();
      }
    }
    return null;
  }

  private boolean isPlace(Link link) {
    return link.relation() == Relation.BROADER && link.referential().equals(referential);
  }

  /**
   * What is in force on a day of a code that the edition only names in passing: it appeared and
   * disappeared within one day.
   */
  Hop settle(String code, LocalDate day) {
    for (Succession row : book.listSuccessionsTo(referential, code, release)) {
      if (row.date().isAfter(day) && row.code() != null && !row.code().equals(code)) {
        return backward(row.code(), row.date().minusDays(1), day);
      }
    }
    Walk walk = new Walk(day);
    LocalDate last = null;
    for (Succession row : book.listSuccessionsFrom(code, release)) {
      last = row.date().isAfter(day) ? last : row.date();
    }
    if (last != null) {
      walk.follow(code, code, false, false, last.minusDays(1));
    }
    return walk.hop();
  }

  private void trace(
      String code, LocalDate latest, LocalDate earliest, Map<String, LocalDate> reached) {
    LocalDate known = reached.get(code);
    if (known != null && !known.isBefore(latest)) {
      return;
    }
    reached.put(code, latest);
    for (Succession succession : book.listSuccessionsTo(referential, code, release)) {
      String before = succession.code();
      if (before != null
          && succession.date().isAfter(earliest)
          && !succession.date().isAfter(latest)
          && !before.equals(code)) {
        trace(before, succession.date(), earliest, reached);
      }
    }
  }

  private static Hop hop(
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

  /** One journey to a day. */
  private final class Walk {
    private final LocalDate end;
    private final Map<String, Arrival> arrivals = new TreeMap<>();
    private final Set<Event> events = new LinkedHashSet<>();

    /** The codes that held the unit before the one that holds it now, but for its own. */
    private final List<String> holders = new ArrayList<>();

    private @Nullable Doubt doubt;
    private @Nullable String likely;

    Walk(LocalDate end) {
      this.end = end;
    }

    Hop hop() {
      return Lineage.hop(
          arrivals, doubt, likely != null && arrivals.containsKey(likely) ? likely : null, events);
    }

    private void arrive(String code, boolean part, boolean divided) {
      Match match =
          part && divided
              ? Match.RELATED
              : part ? Match.BROADER : divided ? Match.NARROWER : Match.EXACT;
      arrivals.merge(code, new Arrival(code, match, null), Arrival::and);
    }

    /**
     * Follows a unit.
     *
     * @param unit the code that the unit last had to itself
     * @param code the code that holds it now
     * @param part whether the holder holds more than the unit
     * @param divided whether the unit is only a piece of what the journey began with
     * @param since the day that it got here
     */
    private void follow(String unit, String code, boolean part, boolean divided, LocalDate since) {
      LocalDate day = nextDay(book.listSuccessionsFrom(code, release), since, end);
      if (day == null) {
        if (book.isInForce(code, release, end)) {
          arrive(code, part, divided);
        }
        return;
      }
      Set<String> pieces = new TreeSet<>();
      collect(code, day, pieces, new HashSet<>(Set.of(code)));
      if (pieces.isEmpty() && book.isInForce(code, release, day)) {
        pieces.add(code);
      }
      if (pieces.size() > 1) {
        divide(unit, code, pieces, part, divided, day);
      } else if (pieces.size() == 1) {
        String next = pieces.iterator().next();
        boolean grown = hasOtherSources(next, code, day);
        if (part && grown && !next.equals(code)) {
          holders.add(code);
        }
        follow(part || grown ? unit : next, next, part || grown, divided, day);
      } else {
        goOnElsewhere(unit, code, divided, day);
      }
    }

    /** The codes in force at the end of a day that the successions of the day lead to. */
    private void collect(String code, LocalDate day, Set<String> pieces, Set<String> seen) {
      for (Succession row : book.listSuccessionsFrom(code, release)) {
        String after = row.codeAfter();
        if (!row.date().equals(day) || after == null) {
          continue;
        }
        if (!row.referentialAfter().equals(referential)) {
          continue;
        }
        if (!after.equals(code)) {
          events.add(new Event(referential, row));
        }
        if (book.isInForce(after, release, day)) {
          pieces.add(after);
        } else if (seen.add(after)) {
          collect(after, day, pieces, seen);
        }
      }
    }

    /** Whether something else than a code went into another one on a day. */
    private boolean hasOtherSources(String into, String code, LocalDate day) {
      return hasOtherSources(into, code, day, new HashSet<>());
    }

    private boolean hasOtherSources(String into, String code, LocalDate day, Set<String> seen) {
      if (!seen.add(into)) {
        return false;
      }
      for (Succession row : book.listSuccessionsTo(referential, into, release)) {
        String before = row.code();
        if (!row.date().equals(day) || before == null || before.equals(code)) {
          continue;
        }
        if (book.isInForce(before, release, day.minusDays(1))
            || hasOtherSources(before, code, day, seen)) {
          return true;
        }
      }
      return false;
    }

    private void divide(
        String unit,
        String code,
        Set<String> pieces,
        boolean part,
        boolean divided,
        LocalDate day) {
      if (!part) {
        for (String piece : pieces) {
          boolean grown = hasOtherSources(piece, code, day);
          if (grown) {
            doubt = Doubt.SHARED_OUT;
          }
          follow(piece, piece, grown, true, day);
        }
        return;
      }
      boolean nothingNew =
          pieces.stream().allMatch(p -> p.equals(unit) || p.equals(code) || existedBefore(p, day));
      if (pieces.contains(unit) && nothingNew) {
        // Its code may have passed to a larger unit, of which it still is a part.
        follow(unit, unit, isPartOn(unit, day) || hasOtherSources(unit, code, day), divided, day);
        return;
      }
      String piece = pieceOfPart(unit, pieces, day);
      if (piece != null) {
        follow(unit, piece, true, divided, day);
        return;
      }
      doubt = Doubt.MERGED_THEN_DIVIDED;
      likely = guess(code, pieces, day);
      for (String candidate : pieces) {
        follow(unit, candidate, true, true, day);
      }
    }

    /**
     * The piece that holds what was not restored: the one that held the unit before the merger,
     * else the only one that did not stand on its own before; null where there are several.
     */
    private @Nullable String guess(String holder, Set<String> pieces, LocalDate day) {
      for (String earlier : holders.reversed()) {
        if (pieces.contains(earlier)) {
          return earlier;
        }
      }
      List<String> stay =
          pieces.stream().filter(p -> p.equals(holder) || !existedBefore(p, day)).toList();
      return stay.size() == 1 ? stay.getFirst() : null;
    }

    /** Whether a code was in force once, and then no more, before a day. */
    private boolean existedBefore(String piece, LocalDate day) {
      return book.listStates(piece, release).stream()
          .anyMatch(
              s -> {
                LocalDate to = s.validity().to();
                return to != null && to.isBefore(day);
              });
    }

    private boolean isPartOn(String unit, LocalDate day) {
      return parts.stream().anyMatch(p -> p.book().isInForce(unit, p.release(), day));
    }

    /**
     * The piece that a unit lies in that goes on as a part of one: the edition says of its commune
     * déléguée, on some day from the division on, which commune that is. Null where it says
     * nothing, or where that commune took in several of the pieces.
     */
    private @Nullable String pieceOfPart(String unit, Set<String> pieces, LocalDate day) {
      for (Part part : parts) {
        if (!part.book().isInForce(unit, part.release(), end)) {
          continue;
        }
        for (Link link : part.book().listLinks(unit, part.release())) {
          LocalDate until = link.validity().to();
          if (!isPlace(link) || until != null && !until.isAfter(day)) {
            continue;
          }
          LocalDate from = link.validity().from();
          LocalDate stated = from == null || from.isBefore(day) ? day : from;
          List<String> leading =
              pieces.stream().filter(p -> leadsTo(p, link.target(), day, stated)).toList();
          if (leading.size() == 1) {
            return leading.getFirst();
          }
        }
      }
      return null;
    }

    private boolean leadsTo(String piece, String target, LocalDate from, LocalDate to) {
      return forward(piece, from, to).arrivals().stream().anyMatch(a -> a.code().equals(target));
    }

    /** A code ends and nothing here takes its place, unless it goes on as a part of another. */
    private void goOnElsewhere(String unit, String code, boolean divided, LocalDate day) {
      for (Part part : parts) {
        for (Succession row : book.listSuccessionsFrom(code, release)) {
          String after = row.codeAfter();
          if (row.date().equals(day)
              && after != null
              && row.referentialAfter().equals(part.referential())) {
            events.add(new Event(referential, row));
            followPart(part, after.equals(code) ? unit : after, divided, day.minusDays(1));
          }
        }
      }
    }

    /** Follows a unit that is a part of another, from the day after a day. */
    private void followPart(Part part, String unit, boolean divided, LocalDate since) {
      LocalDate day = since;
      while (true) {
        List<Succession> rows = part.book().listSuccessionsFrom(unit, part.release());
        day = nextDay(rows, day, end);
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
            } else if (row.referentialAfter().equals(part.referential())
                && !after.equals(unit)
                && !part.book().isInForce(unit, part.release(), day)) {
              renamed.add(after);
            }
          }
        }
        if (!back.isEmpty()) {
          for (Map.Entry<String, Succession> entry : back.entrySet()) {
            events.add(new Event(part.referential(), entry.getValue()));
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
      if (part.book().isInForce(unit, part.release(), end)) {
        String place = placeOn(part, unit, end);
        if (place == null) {
          followHolder(part, unit, divided);
        } else {
          arrive(place, true, divided);
        }
      }
    }

    /** Where no link says what a unit is a part of: what it was merged into says it. */
    private void followHolder(Part part, String unit, boolean divided) {
      Succession entry = null;
      for (Succession row : book.listSuccessionsTo(part.referential(), unit, release)) {
        if (row.code() != null && !row.date().isAfter(end)) {
          entry = row;
        }
      }
      if (entry != null && entry.code() != null) {
        Set<String> holders = new TreeSet<>();
        collect(entry.code(), entry.date(), holders, new HashSet<>(Set.of(entry.code())));
        for (String holder : holders) {
          follow(unit, holder, true, divided, entry.date());
        }
      }
    }

    private void comeBack(String unit, String code, boolean divided, LocalDate day) {
      Set<String> pieces = new TreeSet<>();
      if (book.isInForce(code, release, day)) {
        pieces.add(code);
      } else {
        collect(code, day, pieces, new HashSet<>(Set.of(code)));
      }
      for (String piece : pieces) {
        boolean itself = piece.equals(unit) && !book.isInForce(unit, release, day.minusDays(1));
        follow(unit, piece, !itself, divided, day);
      }
    }
  }
}
