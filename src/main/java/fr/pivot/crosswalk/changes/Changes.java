package fr.pivot.crosswalk.changes;

import fr.pivot.catalog.Release;
import fr.pivot.finding.ProblemException;
import fr.pivot.finding.ProblemType;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Link;
import fr.pivot.referential.LinkType;
import fr.pivot.referential.Relation;
import fr.pivot.referential.Succession;
import fr.pivot.referential.SuccessionKind;
import fr.pivot.referential.Text;
import fr.pivot.referential.Validity;
import fr.pivot.registry.Answer;
import fr.pivot.registry.Codes;
import fr.pivot.registry.Knowledge;
import fr.pivot.registry.Point;
import fr.pivot.registry.Registry.Node;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What changed in a referential between two points in time: the events that the younger edition
 * states of the days between them, and what only a comparison shows (codes, labels and links that
 * differ without an event).
 */
public final class Changes {

  /**
   * One change.
   *
   * @param kind what happened
   * @param date the first day of the new state; null where nobody says
   * @param code the code before, or null where there was none
   * @param label its label
   * @param referentialAfter the referential of the code after
   * @param codeAfter the code after, or null where there is none
   * @param labelAfter its label
   * @param type the publisher's own name of the event, or null where a comparison showed it
   * @param property the link that changed, for a code that moved; else null
   * @param before the codes that the link led to
   * @param after the codes that it leads to now
   * @param derived whether it was worked out by comparing
   * @param dateAfter the last day on which it is known not to have happened, where the date is only
   *     the latest that it can be; else null
   */
  public record Change(
      SuccessionKind kind,
      @Nullable LocalDate date,
      @Nullable String code,
      @Nullable String label,
      String referentialAfter,
      @Nullable String codeAfter,
      @Nullable String labelAfter,
      @Nullable String type,
      @Nullable String property,
      List<String> before,
      List<String> after,
      boolean derived,
      @Nullable LocalDate dateAfter) {}

  private static final Comparator<Change> ORDER =
      Comparator.comparing((Change c) -> c.date() == null ? LocalDate.MAX : c.date())
          .thenComparing(c -> c.code() == null ? "" : c.code())
          .thenComparing(c -> c.codeAfter() == null ? "" : c.codeAfter())
          .thenComparing(Change::referentialAfter)
          .thenComparing(Change::kind);

  private final Point from;
  private final Point to;
  private final Codes book;
  private final Knowledge knowledge;
  private final List<Change> changes = new ArrayList<>();
  private final Map<LinkType, Boolean> stated = new HashMap<>();
  private final Set<String> told = new HashSet<>();
  private final Set<String> ended = new HashSet<>();
  private final Set<String> begun = new HashSet<>();

  private Changes(Point from, Point to) {
    this.from = known(from);
    this.to = to;
    this.book = to.codes();
    this.knowledge = book.knowledge(to.release());
  }

  /** The point on the first day of its history, where it is before that. */
  private static Point known(Point point) {
    LocalDate horizon = point.codes().referential().horizon();
    return horizon != null && point.date().isBefore(horizon) ? point.withDate(horizon) : point;
  }

  /**
   * The changes from an earlier point of a referential to a later one; those since the first day of
   * its history, where that is later.
   *
   * @throws ProblemException where the first is the later one
   */
  public static List<Change> between(Point from, Point to) {
    if (from.date().isAfter(to.date())) {
      throw ProblemType.invalid("from", new Text("un point avant « to »", "a point before \"to\""));
    }
    return list(from, to);
  }

  /**
   * The changes from an earlier point of a referential to a later one, by date; those without a
   * date come last.
   */
  public static List<Change> list(Point from, Point to) {
    Changes changes = new Changes(from, to);
    if (!changes.from.date().isAfter(to.date())) {
      changes.readEvents();
      changes.compare();
    }
    changes.changes.sort(ORDER);
    return List.copyOf(changes.changes);
  }

  private void readEvents() {
    Release witness = Release.younger(from.release(), to.release());
    List<Succession> rows =
        book.listSuccessions(witness).stream()
            .filter(row -> row.date().isAfter(from.date()) && !row.date().isAfter(to.date()))
            .toList();
    Set<List<Object>> met = met(rows);
    for (Succession row : rows) {
      if (saysNothing(row, witness, met)) {
        continue;
      }
      String code = row.code();
      String after = row.codeAfter();
      boolean here = row.referentialAfter().equals(book.referential().id());
      if (code != null) {
        ended.add(code);
        if (here && code.equals(after) && row.kind() == SuccessionKind.RENAMED) {
          told.add(code);
        }
      }
      if (after != null && here) {
        begun.add(after);
      }
      changes.add(
          new Change(
              row.kind(),
              row.date(),
              code,
              code == null
                  ? null
                  : label(book.referential().id(), code, witness, row.date().minusDays(1)),
              row.referentialAfter(),
              after,
              after == null ? null : label(row.referentialAfter(), after, witness, row.date()),
              row.type(),
              null,
              List.of(),
              List.of(),
              row.derived(),
              book.knowledge(witness).findHappenedAfter(row)));
    }
  }

  /** The codes that others merged into or came from, each with the day. */
  private Set<List<Object>> met(List<Succession> rows) {
    Set<List<Object>> met = new HashSet<>();
    for (Succession row : rows) {
      if (!isToItself(row)) {
        if (row.code() != null && row.kind() != SuccessionKind.MOVED) {
          met.add(List.of(row.date(), row.code()));
        }
        if (row.codeAfter() != null && row.referentialAfter().equals(book.referential().id())) {
          met.add(List.of(row.date(), row.codeAfter()));
        }
      }
    }
    return met;
  }

  private boolean isToItself(Succession row) {
    return row.code() != null
        && row.code().equals(row.codeAfter())
        && row.referentialAfter().equals(book.referential().id());
  }

  /**
   * Whether a row only says that a code goes on as it was: a code that absorbed others, or gave
   * some up, goes on too and is told with them; alone, and under the same name, nothing became of
   * it.
   */
  private boolean saysNothing(Succession row, Release witness, Set<List<Object>> met) {
    if (!isToItself(row)
        || row.kind() == SuccessionKind.RENAMED
        || row.kind() == SuccessionKind.OTHER) {
      return false;
    }
    String code = Objects.requireNonNull(row.code());
    String referential = book.referential().id();
    return !met.contains(List.of(row.date(), code))
        && Objects.equals(
            label(referential, code, witness, row.date().minusDays(1)),
            label(referential, code, witness, row.date()));
  }

  private @Nullable String label(String referential, String code, Release release, LocalDate day) {
    return to.registry().findBeside(release, new Node(referential, code), day)
            instanceof Answer.InForce(ConceptState state)
        ? state.label()
        : null;
  }

  private void compare() {
    Set<String> codes = new TreeSet<>(book.listInForce(from.release(), from.date()));
    // Where nothing at all is known of the beginning, what is there at the end is not new.
    boolean isKnown = !codes.isEmpty();
    codes.addAll(book.listInForce(to.release(), to.date()));
    for (String code : codes) {
      ConceptState before = state(from, code);
      ConceptState after = state(to, code);
      if (after == null && before != null) {
        if (!ended.contains(code)) {
          add(SuccessionKind.CEASED, lastDay(code), before, null, lastSeen(code));
        }
      } else if (before == null && after != null) {
        if (isKnown && !begun.contains(code)) {
          LocalDate from = between(after.validity().from());
          add(SuccessionKind.CREATED, from, null, after, knowledge.findBeginsAfter(after));
        }
      } else if (before != null && after != null) {
        if (!before.label().equals(after.label())
            && !told.contains(code)
            && !begun.contains(code)) {
          LocalDate from = between(after.validity().from());
          add(SuccessionKind.RENAMED, from, before, after, knowledge.findBeginsAfter(after));
        }
        compareLinks(before, after);
      }
    }
  }

  private static @Nullable ConceptState state(Point point, String code) {
    return point.codes().findState(code, point.release(), point.date());
  }

  private @Nullable LocalDate lastDay(String code) {
    LocalDate last = null;
    for (ConceptState state : book.listStates(code, to.release())) {
      Validity validity = state.validity();
      if (validity.to() != null && between(validity.to()) != null) {
        last = validity.to();
      }
    }
    return last;
  }

  /** The last day on which a code that ended was seen; null where its end is stated. */
  private @Nullable LocalDate lastSeen(String code) {
    LocalDate end = lastDay(code);
    for (ConceptState state : book.listStates(code, to.release())) {
      Validity known = knowledge.find(state);
      LocalDate until = known == null ? null : known.to();
      if (end != null && end.equals(state.validity().to()) && until != null) {
        return until.minusDays(1);
      }
    }
    return null;
  }

  private @Nullable LocalDate between(@Nullable LocalDate day) {
    return day != null && day.isAfter(from.date()) && !day.isAfter(to.date()) ? day : null;
  }

  private void add(
      SuccessionKind kind,
      @Nullable LocalDate date,
      @Nullable ConceptState before,
      @Nullable ConceptState after,
      @Nullable LocalDate dateAfter) {
    changes.add(
        new Change(
            kind,
            date,
            before == null ? null : before.code(),
            before == null ? null : before.label(),
            book.referential().id(),
            after == null ? null : after.code(),
            after == null ? null : after.label(),
            null,
            null,
            List.of(),
            List.of(),
            true,
            date == null ? null : dateAfter));
  }

  /** A code that goes on but stands under another one has moved. */
  private void compareLinks(ConceptState before, ConceptState after) {
    Map<String, List<String>> then = broader(from, before.code());
    Map<String, List<String>> later = broader(to, before.code());
    for (LinkType type : book.referential().links()) {
      List<String> old = then.getOrDefault(type.referential(), List.of());
      List<String> fresh = later.getOrDefault(type.referential(), List.of());
      // A link that neither edition knows of, or only one does, tells nothing of the code.
      if (type.relation() == Relation.BROADER
          && !old.equals(fresh)
          && stated.computeIfAbsent(type, this::isStated)) {
        Link now = movedTo(before.code(), type);
        changes.add(
            new Change(
                SuccessionKind.MOVED,
                now == null ? null : now.validity().from(),
                before.code(),
                before.label(),
                book.referential().id(),
                after.code(),
                after.label(),
                null,
                type.property(),
                old,
                fresh,
                true,
                now == null ? null : knowledge.findBeginsAfter(now)));
      }
    }
  }

  /** Whether both editions say anything of a kind of link on their days. */
  private boolean isStated(LinkType type) {
    return Stream.of(from, to)
        .allMatch(
            p -> p.codes().statesLinks(type.relation(), type.referential(), p.release(), p.date()));
  }

  private static Map<String, List<String>> broader(Point point, String code) {
    Map<String, List<String>> targets = new HashMap<>();
    for (Link link : point.codes().listLinks(code, point.release(), point.date())) {
      if (link.relation() == Relation.BROADER) {
        targets.computeIfAbsent(link.referential(), _ -> new ArrayList<>(1)).add(link.target());
      }
    }
    return targets;
  }

  /** The link that begins between the points; null where there is none. */
  private @Nullable Link movedTo(String code, LinkType type) {
    for (Link link : book.listLinks(code, to.release(), to.date())) {
      if (link.relation() == Relation.BROADER && link.referential().equals(type.referential())) {
        return between(link.validity().from()) == null ? null : link;
      }
    }
    return null;
  }
}
