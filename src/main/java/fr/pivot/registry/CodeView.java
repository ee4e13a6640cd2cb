package fr.pivot.registry;

import fr.pivot.catalog.Release;
import fr.pivot.catalog.Resolution.Resolved;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Link;
import fr.pivot.referential.LinkType;
import fr.pivot.referential.Measure;
import fr.pivot.referential.Referential;
import fr.pivot.referential.Relation;
import fr.pivot.referential.Text;
import fr.pivot.referential.Validity;
import fr.pivot.registry.CodeAnswer.Found;
import fr.pivot.registry.CodeAnswer.Status;
import fr.pivot.registry.Registry.Node;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a code at a point. Whatever shows a code, as data or as words, writes what a
 * view says of it and asks nobody else. What a view says is gathered when it is first asked for:
 * who shows a label pays for no links. For one thread; what it says does not change.
 */
public final class CodeView {

  private final Point point;
  private final Found found;
  private final LocalDate day;
  private final Knowledge knowledge;
  private @Nullable List<Linked> links;
  private @Nullable List<Measure> measures;

  /** What is known of a code that was found at a point. */
  public CodeView(Point point, Found found) {
    this.point = point;
    this.found = found;
    this.day = day(found, point.date());
    this.knowledge = point.codes().knowledge(found.release());
  }

  /**
   * What is known of a code that is not in force at a point: of its state that is nearest.
   *
   * @param release the edition that knows the code
   * @param states all the states that it gives it; at least one
   */
  public static CodeView lastKnown(Point point, Release release, List<ConceptState> states) {
    return new CodeView(point, CodeAnswer.lastKnown(release, states, point.date()));
  }

  /** What is known of a code that is in force at a point; null where it is not. */
  public static @Nullable CodeView inForce(Point point, String code) {
    ConceptState state = point.codes().findState(code, point.release(), point.date());
    return state == null
        ? null
        : new CodeView(point, new Found(point.release(), state, Status.IN_FORCE));
  }

  /** The day to read links on: that of the question, or the last one that the state holds. */
  private static LocalDate day(Found found, LocalDate asked) {
    Validity validity = found.state().validity();
    if (validity.contains(asked)) {
      return found.status() == Status.IN_FORCE ? asked : found.release().head().referenceDate();
    }
    LocalDate from = validity.from();
    LocalDate to = validity.to();
    return to != null && !to.isAfter(asked) ? to.minusDays(1) : from == null ? asked : from;
  }

  /** Where it was asked. */
  public Point point() {
    return point;
  }

  /** Its referential. */
  public Referential referential() {
    return point.referential();
  }

  /** The edition that tells of it: the one that was asked, or the last one that knew it. */
  public Release release() {
    return found.release();
  }

  /** The state that is shown: the one in force, or the nearest one. */
  public ConceptState state() {
    return found.state();
  }

  /** The code, as its publisher writes it. */
  public String code() {
    return found.state().code();
  }

  /** The code in its referential. */
  public Node node() {
    return new Node(point.referential().id(), code());
  }

  /** Whether it is in force on the day of the question. */
  public Status status() {
    return found.status();
  }

  /** The days on which the state holds. */
  public Validity validity() {
    return found.state().validity();
  }

  /**
   * The day that its links are told of: that of the question, or the one nearest to it on which the
   * state holds.
   */
  public LocalDate day() {
    return day;
  }

  /** The edition that tells of it, on the day that its links are told of. */
  public Point pointOfDay() {
    return new Point(
        point.registry(),
        point.codes(),
        new Resolved(referential(), release(), day, point.resolved().pinned(), true));
  }

  /** Its permanent address. */
  public String address() {
    return point.address(code());
  }

  /** Whether the state begins where the history of the referential does: it may be older. */
  public boolean beginsAtHorizon() {
    return point.referential().beginsAtHorizon(validity());
  }

  /**
   * The last day on which the state is known not to have begun, where its first day is only the
   * latest that is possible; null where that is stated.
   */
  public @Nullable LocalDate beginsAfter() {
    return knowledge.findBeginsAfter(state());
  }

  /**
   * The last day on which the state is known to hold, where its end is only the latest that is
   * possible; null where that is stated, or it has none.
   */
  public @Nullable LocalDate endsAfter() {
    return knowledge.findEndsAfter(state());
  }

  /** The days of its validity on which the state is known to hold; null where these are all. */
  public @Nullable Validity known() {
    return knowledge.find(state());
  }

  /**
   * The days on which the state is known to hold, where the day is none of them; null where it is
   * known of the day.
   */
  public @Nullable Validity doubt() {
    return doubt(known());
  }

  private @Nullable Validity doubt(@Nullable Validity known) {
    return known == null || known.contains(day) ? null : known;
  }

  /** Whether nobody knows if the code is in force on a day. */
  public boolean isDoubtful(LocalDate on) {
    return knowledge.isDoubtful(code(), on);
  }

  /** The properties of the links of which nothing is known on the day. */
  public List<String> listNotKnown() {
    List<LinkType> unknown = knowledge.listUnknown(code(), day);
    return unknown.isEmpty() ? List.of() : unknown.stream().map(LinkType::property).toList();
  }

  /**
   * The figures that the edition states of it. They are of its reference day: of no other state.
   */
  public List<Measure> listMeasures() {
    List<Measure> list = measures;
    if (list == null) {
      list =
          validity().contains(release().head().referenceDate())
              ? point.codes().listMeasures(code(), release())
              : List.of();
      measures = list;
    }
    return list;
  }

  /** Its links on the day, in the order of the descriptor. */
  public List<Linked> listLinks() {
    List<Linked> list = links;
    if (list == null) {
      List<Link> stated = point.codes().listLinks(code(), release(), day);
      list = new ArrayList<>(stated.size());
      for (Link link : stated) {
        list.add(new Linked(link));
      }
      links = list;
    }
    return list;
  }

  /** A link of the code that holds on the day. */
  public final class Linked {

    private final Link link;
    private final LinkType type;

    private Linked(Link link) {
      this.link = link;
      this.type = typeOf(link);
    }

    /** What kind of link it is. */
    public LinkType type() {
      return type;
    }

    /** Whether it leads to a concept above the code. */
    public boolean isBroader() {
      return link.relation() == Relation.BROADER;
    }

    /** What it leads to. */
    public Node node() {
      return new Node(link.referential(), link.target());
    }

    /** The days on which it is stated to hold. */
    public Validity validity() {
      return link.validity();
    }

    /**
     * The days on which it is known to hold, where the day is none of them; null where it is known
     * of the day.
     */
    public @Nullable Validity doubt() {
      return CodeView.this.doubt(knowledge.find(link));
    }

    /** What it leads to, as it is around the day; null where nobody knows it. */
    public @Nullable ConceptState state() {
      return find(node());
    }
  }

  private LinkType typeOf(Link link) {
    for (LinkType type : point.referential().links()) {
      if (type.relation() == link.relation() && type.referential().equals(link.referential())) {
        return type;
      }
    }
    return new LinkType(link.relation(), link.referential(), link.referential(), true, false);
  }

  /** Another code around the day, as the edition beside this one tells; null where none does. */
  public @Nullable ConceptState find(Node other) {
    return Kin.state(point.registry(), release(), other, day);
  }

  /** What another code is called around the day; null where nobody says. */
  public @Nullable String label(Node other) {
    return Kin.label(point.registry(), release(), other, day);
  }

  /** What kind of thing another code is around the day: its level, or else its referential. */
  public Text kind(Node other) {
    return Kin.kind(point.registry(), release(), other, day);
  }

  /** Everything above it on the day, the nearest first. */
  public List<Node> listAncestors() {
    return point.registry().listAncestors(node(), release(), day);
  }

  /** Everything below it on the day, the nearest first. */
  public List<Node> listDescendants() {
    return point.registry().listDescendants(node(), release(), day);
  }

  /**
   * The referentials of which nothing is known above it on the day, with the first day of which
   * something is, where there is one.
   *
   * @param above what is known above it
   */
  public SortedMap<String, @Nullable LocalDate> listUnknownAbove(List<Node> above) {
    return point.registry().listUnknownAbove(node(), above, release(), day);
  }

  /** The same below it. */
  public SortedMap<String, @Nullable LocalDate> listUnknownBelow(List<Node> below) {
    return point.registry().listUnknownBelow(node(), below, release(), day);
  }

  /** The codes of a referential that are directly tied to it on the day by links of their own. */
  public List<String> listLinked(Relation relation, String referential) {
    return point.registry().listLinked(relation, node(), referential, release(), day);
  }

  /** What became of it when the state ended; all it ever became where no event says. */
  public List<Kin> listSuccessors() {
    return Kin.listSuccessors(point, found);
  }

  /** All it ever became, directly. */
  public List<Kin> listEverySuccessor() {
    return Kin.listSuccessors(point.registry(), node(), release());
  }

  /** All it ever came from, directly. */
  public List<Kin> listPredecessors() {
    return Kin.listPredecessors(point.registry(), node(), release());
  }

  /** Everything that happened to it, by date. */
  public List<EventsOfDay> listEvents() {
    return EventsOfDay.list(point.registry(), node(), release());
  }

  /** All the states that the edition gives the code, by date. */
  public List<CodeView> listStates() {
    return point.codes().listStates(code(), release()).stream()
        .map(s -> new CodeView(point, new Found(release(), s, Status.of(s, point.date()))))
        .toList();
  }
}
