package fr.pivot.search;

import fr.pivot.catalog.Release;
import fr.pivot.referential.LinkType;
import fr.pivot.referential.Referential;
import fr.pivot.referential.Relation;
import fr.pivot.registry.Codes;
import fr.pivot.registry.Registry;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What lies around codes: the referentials that say where they are, and what stands under what. */
final class Surroundings {

  /** Over how many links one code is reached from another. */
  private static final int LONGEST_WAY = 4;

  private final Registry registry;

  Surroundings(Registry registry) {
    this.registry = registry;
  }

  /** The referentials that say where a code of a referential is, the nearest first. */
  List<Referential> listAround(Referential referential) {
    List<Referential> list = new ArrayList<>();
    Set<String> seen = new HashSet<>(Set.of(referential.id()));
    Deque<Referential> next = new ArrayDeque<>(List.of(referential));
    while (!next.isEmpty()) {
      for (String id : listNeighbours(next.poll())) {
        Optional<Referential> found = registry.catalog().findReferential(id);
        if (found.isPresent() && seen.add(id) && registry.findCodes(id).isPresent()) {
          list.add(found.get());
          next.add(found.get());
        }
      }
    }
    return list;
  }

  /** Where links of a referential lead, and for one without links, those whose links lead to it. */
  private Set<String> listNeighbours(Referential referential) {
    Set<String> ids = new LinkedHashSet<>();
    referential.links().forEach(link -> ids.add(link.referential()));
    if (ids.isEmpty()) {
      for (Referential other : registry.catalog().listReferentials()) {
        if (other
            .findLink(referential.id())
            .filter(l -> l.relation() == Relation.BROADER)
            .isPresent()) {
          ids.add(other.id());
          other.links().stream()
              .filter(l -> l.relation() == Relation.BROADER)
              .forEach(l -> ids.add(l.referential()));
        }
      }
      ids.remove(referential.id());
    }
    return ids;
  }

  /**
   * The codes of a referential that are tied to a code of another, directly or by a third.
   *
   * @param date the day on which they are tied; null for ever
   */
  List<String> listUnder(
      Referential own, String around, String code, Release release, @Nullable LocalDate date) {
    return listUnder(own, around, code, release, date, 0);
  }

  private List<String> listUnder(
      Referential own,
      String around,
      String code,
      Release release,
      @Nullable LocalDate date,
      int steps) {
    Codes codes = registry.findCodes(own.id()).orElse(null);
    Release beside = registry.catalog().findBeside(release, own.id()).orElse(null);
    if (codes == null || beside == null || steps > LONGEST_WAY) {
      return List.of();
    }
    Set<String> found = new LinkedHashSet<>();
    boolean direct = false;
    for (LinkType link : own.links()) {
      if (link.referential().equals(around)
          && (date == null || codes.statesLinks(link.relation(), around, beside, date))) {
        direct = true;
        found.addAll(linked(codes, link.relation(), around, code, beside, date));
      }
    }
    if (direct) {
      return List.copyOf(found);
    }
    for (LinkType link : own.links()) {
      Optional<Referential> between = registry.catalog().findReferential(link.referential());
      if (between.isPresent()
          && !between.get().id().equals(own.id())
          && link.relation() == Relation.BROADER) {
        for (String middle : listUnder(between.get(), around, code, release, date, steps + 1)) {
          found.addAll(linked(codes, link.relation(), between.get().id(), middle, beside, date));
        }
      }
    }
    if (own.links().isEmpty()) {
      found.addAll(listAbove(own, around, code, release, date, steps));
    }
    return List.copyOf(found);
  }

  private static List<String> linked(
      Codes codes,
      Relation relation,
      String referential,
      String code,
      Release release,
      @Nullable LocalDate date) {
    return date == null
        ? codes.listCodesEverLinkedTo(relation, referential, code, release)
        : codes.listCodesLinkedTo(relation, referential, code, release, date);
  }

  /** The codes of a referential without links to which the codes under another one are tied. */
  private Set<String> listAbove(
      Referential own,
      String around,
      String code,
      Release release,
      @Nullable LocalDate date,
      int steps) {
    Set<String> found = new LinkedHashSet<>();
    for (Referential member : registry.catalog().listReferentials()) {
      Codes codes = registry.findCodes(member.id()).orElse(null);
      Release beside = registry.catalog().findBeside(release, member.id()).orElse(null);
      Optional<LinkType> link =
          member.findLink(own.id()).filter(l -> l.relation() == Relation.BROADER);
      if (codes == null || beside == null || link.isEmpty()) {
        continue;
      }
      List<String> members =
          member.id().equals(around)
              ? List.of(code)
              : listUnder(member, around, code, release, date, steps + 1);
      for (String one : members) {
        (date == null ? codes.listLinks(one, beside) : codes.listLinks(one, beside, date))
            .stream()
                .filter(l -> l.referential().equals(own.id()))
                .forEach(l -> found.add(l.target()));
      }
    }
    return found;
  }
}
