package fr.pivot.registry;

import fr.pivot.catalog.Release;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Link;
import fr.pivot.referential.LinkType;
import fr.pivot.referential.ReleaseRows;
import fr.pivot.referential.Succession;
import fr.pivot.referential.Text;
import fr.pivot.referential.Validity;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Of which days an edition knows what it says. What was worked out by comparing two lists holds for
 * sure on the days of the lists: it ended, or began, somewhere between them. Safe for any number of
 * readers.
 */
public final class Knowledge {

  private final Codes codes;
  private final Release release;
  private volatile @Nullable Limits limits;

  /**
   * The kinds of links of which nothing may be known for some code on a day: of a page, every code
   * asks for the same day.
   */
  private record Limits(LocalDate day, List<LinkType> types) {}

  /**
   * What is known of what an edition says.
   *
   * @param codes what the edition says
   * @param release the edition
   */
  public Knowledge(Codes codes, Release release) {
    this.codes = codes;
    this.release = release;
  }

  /** What the edition says. */
  public Codes codes() {
    return codes;
  }

  /** The edition. */
  public Release release() {
    return release;
  }

  /**
   * The days of its validity on which a state is known to hold; null where these are all of them.
   */
  public @Nullable Validity find(ConceptState state) {
    if (!state.derived()) {
      return null;
    }
    LocalDate to = state.validity().to();
    return to != null && hasStatedEvent(state.code(), to)
        ? null
        : known(state.validity(), observedStates());
  }

  /**
   * The days of its validity on which a link is known to hold; null where these are all of them. A
   * link that ends because its code does ends when that is said to.
   */
  public @Nullable Validity find(Link link) {
    if (!link.derived()) {
      return null;
    }
    Validity known = known(link.validity(), release.observedDays(link.referential()));
    LocalDate to = link.validity().to();
    return known != null && to != null && isStatedEnd(link.code(), to) ? null : known;
  }

  /** Whether a link that holds on a day is known to. */
  public boolean isKnown(Link link, LocalDate day) {
    Validity known = find(link);
    return known == null || known.contains(day);
  }

  /**
   * The last day on which a state is known not to have begun; null where its first day is stated,
   * or nothing older is known. It begins after that day, and on its first day at the latest.
   */
  public @Nullable LocalDate findBeginsAfter(ConceptState state) {
    LocalDate from = state.validity().from();
    return from == null || !state.derived() || hasStatedEvent(state.code(), from)
        ? null
        : before(from, observedStates());
  }

  /**
   * The last day on which a state is known to hold; null where its end is stated, or it has none.
   * It ended after that day, and on its end at the latest.
   */
  public @Nullable LocalDate findEndsAfter(ConceptState state) {
    return state.validity().to() == null ? null : last(find(state));
  }

  /** The same of a link. */
  public @Nullable LocalDate findEndsAfter(Link link) {
    return link.validity().to() == null ? null : last(find(link));
  }

  private static @Nullable LocalDate last(@Nullable Validity known) {
    LocalDate end = known == null ? null : known.to();
    return end == null ? null : end.minusDays(1);
  }

  /**
   * What follows a day in words: that it is the latest possible one; nothing where it is stated.
   *
   * @param after the day after which it is known to lie; null where it is stated
   */
  public static Text latest(@Nullable LocalDate after) {
    return after == null ? new Text("", "") : new Text(" au plus tard", " at the latest");
  }

  /**
   * The last day on which an event is known not to have happened; null where its day is stated. It
   * happened after that day, and on its own at the latest.
   */
  public @Nullable LocalDate findHappenedAfter(Succession succession) {
    return succession.derived() ? before(succession.date(), observedStates()) : null;
  }

  /**
   * The last day on which a link is known not to have begun; null where its first day is stated, or
   * nothing older is known.
   */
  public @Nullable LocalDate findBeginsAfter(Link link) {
    LocalDate from = link.validity().from();
    return from == null || !link.derived()
        ? null
        : before(from, release.observedDays(link.referential()));
  }

  /**
   * Whether nobody knows if a code is in force on a day: a list of an earlier day and one of a
   * later day differ about it.
   */
  public boolean isDoubtful(String code, LocalDate day) {
    for (ConceptState state : codes.listStates(code, release)) {
      Validity known = find(state);
      if (known != null && state.validity().contains(day) && !known.contains(day)) {
        return true;
      }
      LocalDate from = state.validity().from();
      if (from != null && day.isBefore(from)) {
        LocalDate after = findBeginsAfter(state);
        return after != null && day.isAfter(after);
      }
    }
    return false;
  }

  /**
   * The kinds of links of which nothing is known for a code on a day: their history begins later,
   * or a list of an earlier day has none and one of a later day has one.
   */
  public List<LinkType> listUnknown(String code, LocalDate day) {
    List<LinkType> types = listLimited(day);
    if (types.isEmpty() || !codes.contains(code)) {
      return List.of();
    }
    List<LinkType> unknown = new ArrayList<>(0);
    for (LinkType type : types) {
      if (isUnknown(code, type, day)) {
        unknown.add(type);
      }
    }
    return unknown;
  }

  private List<LinkType> listLimited(LocalDate day) {
    Limits known = limits;
    if (known == null || !known.day().equals(day)) {
      known =
          new Limits(
              day,
              codes.listLinkTypes().stream()
                  .filter(type -> isBeforeFirstDay(type, day) || mayDoubt(type.referential(), day))
                  .toList());
      limits = known;
    }
    return known.types();
  }

  private boolean isBeforeFirstDay(LinkType type, LocalDate day) {
    LocalDate first = codes.findFirstDay(type, release);
    return first != null && day.isBefore(first);
  }

  /** The first day on which a link of a kind is stated; null where there is no such limit. */
  public @Nullable LocalDate findFirstDay(LinkType type) {
    return codes.findFirstDay(type, release);
  }

  private boolean isUnknown(String code, LinkType type, LocalDate day) {
    LocalDate first = codes.findFirstDay(type, release);
    List<Link> own = codes.listLinks(code, type, release);
    if (first != null && day.isBefore(first)) {
      // Who is without such a link on the first day that is known was without it before.
      return (!own.isEmpty() || !codes.isInForce(code, release, first))
          && own.stream().noneMatch(l -> l.validity().contains(day));
    }
    Link next = null;
    for (Link link : own) {
      LocalDate from = link.validity().from();
      if (link.validity().contains(day)) {
        return false;
      }
      if (from != null
          && from.isAfter(day)
          && (next == null || from.isBefore(next.validity().from()))) {
        next = link;
      }
    }
    LocalDate after = next == null ? null : findBeginsAfter(next);
    return after != null && day.isAfter(after);
  }

  /** Whether rows of a part may hold on a day without being known to. */
  public boolean mayDoubt(String part, LocalDate day) {
    return findListsAround(part, day) != null;
  }

  /**
   * The days of the lists around a day of which there is none.
   *
   * @param before the last one before it
   * @param after the first one after it; null where there is none yet
   */
  public record ListsAround(LocalDate before, @Nullable LocalDate after) {}

  /** The lists of a part around a day; null where what is said of that day is known of it. */
  public @Nullable ListsAround findListsAround(String part, LocalDate day) {
    List<LocalDate> observed = release.observedDays(part);
    int place = Collections.binarySearch(observed, day);
    int next = -place - 1;
    if (place >= 0 || next == 0) {
      return null;
    }
    LocalDate before = observed.get(next - 1);
    if (next < observed.size()) {
      return new ListsAround(before, observed.get(next));
    }
    return before.isBefore(release.head().referenceDate()) ? new ListsAround(before, null) : null;
  }

  private List<LocalDate> observedStates() {
    return release.observedDays(ReleaseRows.CONCEPTS);
  }

  /** The last of some days before one of them; null where it is none of them, or the first. */
  private static @Nullable LocalDate before(LocalDate day, List<LocalDate> observed) {
    int place = Collections.binarySearch(observed, day);
    return place < 1 ? null : observed.get(place - 1);
  }

  private @Nullable Validity known(Validity validity, List<LocalDate> observed) {
    if (observed.isEmpty()) {
      return null;
    }
    LocalDate to = validity.to();
    LocalDate last = to == null ? observed.getLast() : before(to, observed);
    if (last == null || to == null && !last.isBefore(release.head().referenceDate())) {
      return null;
    }
    LocalDate from = validity.from();
    LocalDate end = (from != null && from.isAfter(last) ? from : last).plusDays(1);
    return end.equals(to) ? null : new Validity(from, end);
  }

  /** Whether a code ends on a day, and its end was not worked out. */
  private boolean isStatedEnd(String code, LocalDate end) {
    return !codes.isInForce(code, release, end)
        && codes.listStates(code, release).stream()
            .anyMatch(s -> end.equals(s.validity().to()) && find(s) == null);
  }

  private boolean hasStatedEvent(String code, LocalDate day) {
    List<Succession> events = new ArrayList<>(codes.listSuccessionsFrom(code, release));
    events.addAll(codes.listSuccessionsTo(codes.referential().id(), code, release));
    return events.stream().anyMatch(e -> !e.derived() && e.date().equals(day));
  }
}
