package fr.pivot.crosswalk.lineage;

import fr.pivot.catalog.Release;
import fr.pivot.referential.LinkType;
import fr.pivot.referential.Relation;
import fr.pivot.referential.Succession;
import fr.pivot.referential.correspondence.Match;
import fr.pivot.registry.Codes;
import fr.pivot.registry.Point;
import fr.pivot.registry.Points;
import fr.pivot.registry.Registry;
import fr.pivot.registry.Registry.Event;
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

/**
 * Follows units through the successions that one edition states.
 *
 * <p>What is followed is a unit, not a code. A commune that merged, lived on as a commune déléguée
 * and was restored went from itself to itself; closing over codes alone would also lead to the
 * commune that it was a part of. So what merges into a larger code is remembered as the units that
 * it held ({@link Holdings}) while the code that holds them changes ({@link Walk}).
 */
public final class Lineage {

  private final Codes book;
  private final Release release;
  private final String referential;
  private final List<Point> parts;
  private final Moves moves;
  private final Holdings holdings;

  /**
   * Prepares to follow units.
   *
   * @param book the codes of their referential
   * @param release the edition that is believed
   */
  public Lineage(Registry registry, Codes book, Release release) {
    this.book = book;
    this.release = release;
    this.referential = book.referential().id();
    this.parts = new ArrayList<>();
    for (Codes other : registry.listAll()) {
      String id = other.referential().id();
      if (!id.equals(referential) && book.leadsTo(id) && isBelow(other)) {
        registry
            .catalog()
            .findBeside(release, id)
            .ifPresent(beside -> parts.add(Points.find(registry, beside)));
      }
    }
    parts.sort(Comparator.comparing((Point part) -> part.referential().id()));
    this.moves = new Moves(book, release, parts);
    this.holdings = new Holdings(referential, moves, parts);
  }

  private boolean isBelow(Codes other) {
    Optional<LinkType> link = other.referential().findLink(referential);
    return link.isPresent() && link.get().relation() == Relation.BROADER;
  }

  /** What a code in force on a day is on a later one. */
  public Hop forward(String code, LocalDate from, LocalDate to) {
    if (moves.nextDay(code, from, to) == null) {
      return stay(code, to);
    }
    Walk walk = walk(to);
    walk.follow(code, from);
    return walk.hop();
  }

  private Hop stay(String code, LocalDate day) {
    return book.isInForce(code, release, day)
        ? Hop.to(new Arrival(code, Match.EXACT, Share.WHOLE))
        : Hop.NOWHERE;
  }

  private Walk walk(LocalDate end) {
    return new Walk(referential, moves, holdings, parts, end);
  }

  /** The referential whose units are followed. */
  public String referential() {
    return referential;
  }

  /** The edition that is believed. */
  public Release release() {
    return release;
  }

  /** The referentials that units of this one go on in. */
  public List<String> listParts() {
    return parts.stream().map(part -> part.referential().id()).toList();
  }

  /**
   * What a unit that is a part of another, such as a commune déléguée, is here on another day:
   * itself where it stands on its own then, else the unit that it lies in.
   *
   * @param origin the unit's referential, one of {@link #listParts}
   */
  public Hop fromPart(String origin, String code, LocalDate from, LocalDate to) {
    Walk walk = walk(to);
    for (Point part : parts) {
      if (part.referential().id().equals(origin)) {
        if (from.isAfter(to)) {
          return wasBefore(part, code, from, to);
        }
        walk.followPart(part, code, from);
      }
    }
    return walk.hop();
  }

  private Hop wasBefore(Point part, String code, LocalDate from, LocalDate to) {
    if (part.withDate(to).holds(code)) {
      Walk walk = walk(to);
      walk.followPart(part, code, to);
      return walk.hop();
    }
    Succession entry = null;
    for (Succession row : book.listSuccessionsTo(part.referential().id(), code, release)) {
      if (row.code() != null && row.date().isAfter(to) && !row.date().isAfter(from)) {
        entry = entry == null || row.code().equals(code) ? row : entry;
      }
    }
    if (entry == null || entry.code() == null) {
      return Hop.NOWHERE;
    }
    return moves.wasInForce(entry.code(), entry.date())
        ? backward(entry.code(), entry.date().minusDays(1), to)
        : wasBeforePassing(entry.code(), entry.date(), to);
  }

  /** What a code that appeared and disappeared within one day was on an earlier one. */
  private Hop wasBeforePassing(String code, LocalDate passed, LocalDate to) {
    Map<String, Arrival> arrivals = new TreeMap<>();
    Set<Event> events = new LinkedHashSet<>();
    Doubt doubt = null;
    String likely = null;
    for (String source : moves.listSources(code, passed)) {
      Hop before = backward(source, passed.minusDays(1), to);
      before.arrivals().forEach(a -> arrivals.merge(a.code(), a, Arrival::and));
      events.addAll(before.events());
      doubt = doubt == null ? before.doubt() : doubt;
      likely = before.likely() == null ? likely : before.likely();
    }
    return Walk.hop(arrivals, doubt, likely, events);
  }

  /**
   * The units of another referential that a code here is, or holds, on another day: the inverse of
   * {@link #fromPart}.
   */
  public Hop toPart(String target, String code, LocalDate from, LocalDate to) {
    Hop moved = from.isAfter(to) ? backward(code, from, to) : forward(code, from, to);
    Map<String, Arrival> arrivals = new TreeMap<>();
    Set<Event> events = new LinkedHashSet<>();
    for (Point part : parts) {
      if (!part.referential().id().equals(target)) {
        continue;
      }
      for (Arrival holder : moved.arrivals()) {
        for (String candidate :
            part.codes()
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
    return Walk.hop(arrivals, null, null, events);
  }

  /**
   * What a code in force on a day was on an earlier one: every code that leads to it. The inverse
   * of {@link #forward}, so that both directions tell the same.
   */
  public Hop backward(String code, LocalDate from, LocalDate to) {
    if (Moves.nextDay(moves.listInto(code), to, from) == null
        && moves.nextDay(code, to, from) == null) {
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
      Walk walk = walk(from);
      walk.follow(candidate, to);
      Hop there = walk.hop();
      for (Arrival arrival : there.arrivals()) {
        if (arrival.code().equals(code)) {
          arrivals.put(candidate, new Arrival(candidate, arrival.match().inverse(), null));
          events.addAll(there.events());
          Doubt about = walk.findDoubt(code);
          doubt = about != null ? about : doubt;
          likely = code.equals(there.likely()) ? candidate : likely;
        }
      }
    }
    return Walk.hop(arrivals, doubt, likely, events);
  }

  /**
   * What is in force on a day of a code that the edition only names in passing: it appeared and
   * disappeared within one day.
   */
  public Hop settle(String code, LocalDate day) {
    for (Succession row : moves.listInto(code)) {
      if (row.date().isAfter(day) && row.code() != null && !row.code().equals(code)) {
        return wasBeforePassing(code, row.date(), day);
      }
    }
    Walk walk = walk(day);
    LocalDate last = null;
    for (Succession row : moves.listFrom(code)) {
      last = row.date().isAfter(day) ? last : row.date();
    }
    if (last != null) {
      walk.follow(code, last.minusDays(1));
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
    for (Succession succession : moves.listInto(code)) {
      String before = succession.code();
      if (before != null
          && succession.date().isAfter(earliest)
          && !succession.date().isAfter(latest)
          && !before.equals(code)) {
        trace(before, succession.date(), earliest, reached);
      }
    }
  }
}
