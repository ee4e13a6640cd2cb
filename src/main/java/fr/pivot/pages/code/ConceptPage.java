package fr.pivot.pages.code;

import fr.pivot.catalog.Release;
import fr.pivot.codebook.Answer;
import fr.pivot.codebook.Correspondence;
import fr.pivot.codebook.Registry;
import fr.pivot.codebook.Registry.Node;
import fr.pivot.crosswalk.Crosswalks;
import fr.pivot.crosswalk.Translation;
import fr.pivot.http.RequestTarget;
import fr.pivot.lookup.Heir;
import fr.pivot.lookup.Point;
import fr.pivot.lookup.Points;
import fr.pivot.lookup.Sought.Found;
import fr.pivot.lookup.Sought.Status;
import fr.pivot.pages.Frame;
import fr.pivot.pages.code.LifeDrawing.Size;
import fr.pivot.referential.Association;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.CorrespondenceHead.Side;
import fr.pivot.referential.Level;
import fr.pivot.referential.Link;
import fr.pivot.referential.LinkType;
import fr.pivot.referential.Measure;
import fr.pivot.referential.Referential;
import fr.pivot.referential.Relation;
import fr.pivot.referential.Text;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the page of a code says.
 *
 * @param point where it is asked
 * @param found the state that is shown
 * @param missed the day that was asked for, where the code is not in force on it; else null
 * @param today the day on which the page is read
 * @param inForce the days without a gap on which the code is in force, around the state shown
 * @param named those on which it has the name shown
 * @param first the days on which it is first in force
 * @param again the days on which it is in force today, where the state shown has ended; else null
 * @param day the day that its place is told of
 * @param level the title of its level
 * @param heirs what it became, where it is no more
 * @param facts what is said of it
 * @param above what stands above it, the nearest first
 * @param unknownAbove what may stand above it too, but is not known of for that day
 * @param below what stands under it, by referential
 * @param related what is tied to it, by referential
 * @param life its life
 * @param narrow the drawing of its life for a narrow page
 * @param wide the same for a wide one
 * @param editions what each edition calls it, the youngest first
 * @param place what stands today above the code that it became, where that is one
 * @param tables what published tables lead it to or from
 */
record ConceptPage(
    Frame frame,
    Point point,
    Found found,
    @Nullable LocalDate missed,
    LocalDate today,
    Spell inForce,
    Spell named,
    Spell first,
    @Nullable Spell again,
    LocalDate day,
    Text level,
    List<Relative> heirs,
    List<Fact> facts,
    List<Relative> above,
    List<Text> unknownAbove,
    List<Group> below,
    List<Group> related,
    Life life,
    LifeDrawing narrow,
    LifeDrawing wide,
    List<Edition> editions,
    List<Relative> place,
    List<Table> tables) {

  /** How many codes of a group are named: no EPCI has more communes. */
  private static final int MOST_NAMED = 160;

  /**
   * Another code.
   *
   * @param reference its referential, with the edition where that is asked for
   * @param title what its referential or its level is called
   * @param label what it is called; null where nobody says
   */
  record Relative(String reference, Text title, String code, @Nullable String label) {

    /** Its referential, without an edition. */
    String id() {
      int at = reference.indexOf('@');
      return at < 0 ? reference : reference.substring(0, at);
    }
  }

  /**
   * Codes of a referential.
   *
   * @param total how many there are; the first of them are named
   */
  record Group(String referential, Text title, int total, List<Relative> codes) {}

  /**
   * Something that is said of a code.
   *
   * @param value in words
   * @param linked the code that it is, where it is one that has a page; else null
   */
  record Fact(Text title, String value, @Nullable Relative linked) {}

  /**
   * What an edition says of a code on its reference day.
   *
   * @param label what it calls it; null where it is not in force
   * @param absence why it has no label
   * @param heirs what the code is in it, where it is not in force
   */
  record Edition(
      String edition,
      LocalDate date,
      @Nullable String label,
      boolean current,
      Absence absence,
      List<Relative> heirs) {}

  /** Why a code is not in force in an edition. */
  enum Absence {
    /** It is in force. */
    NONE,
    /** It is younger. */
    NOT_YET,
    /** It is one other code there. */
    BECAME,
    /** It is several other codes there together. */
    SPLIT,
    /** It is one of several codes there, and nobody says which. */
    ONE_OF,
    /** Nothing is known to take its place. */
    GONE
  }

  /**
   * A published table with the code on one side.
   *
   * @param forward whether it leads from the code
   */
  record Table(Text title, String publisher, boolean forward, Side other, List<Row> rows) {}

  /**
   * A line of a table.
   *
   * @param share in hundredths; null where nobody says
   */
  record Row(String code, @Nullable String label, Text match, @Nullable String share) {}

  /** The page of a code at a point. */
  static ConceptPage of(
      Frame frame,
      Point point,
      Found found,
      @Nullable LocalDate missed,
      LocalDate today,
      Crosswalks crosswalks) {
    return new Builder(frame, point, found, today, crosswalks).build(missed);
  }

  /** The referential. */
  Referential referential() {
    return point.referential();
  }

  /** The code. */
  String code() {
    return found.state().code();
  }

  /** What it is called, in the language of the page where its publisher has that. */
  String label() {
    ConceptState state = found.state();
    return frame.isEnglish() ? state.labels().getOrDefault("en", state.label()) : state.label();
  }

  /** Whether it is no more. */
  boolean isCeased() {
    return found.status() == Status.CEASED;
  }

  /** Whether it is yet to come. */
  boolean isFuture() {
    return found.status() == Status.FUTURE;
  }

  /** Whether it begins after today, not only after the day of the question. */
  boolean isStillToCome() {
    LocalDate from = inForce.from();
    return from != null && from.isAfter(today);
  }

  /** Whether the day that was asked for is past and no other sentence tells of it. */
  boolean isMissedUntold() {
    return missed != null
        && !missed.isAfter(today)
        && again == null
        && (!isFuture() || isStillToCome());
  }

  /** The referential as the page was asked for: with its edition where that was named. */
  String reference() {
    return point.resolved().pinned()
        ? referential().id() + '@' + point.release().edition()
        : referential().id();
  }

  /** The day that was asked for, which links to other codes then ask for too; null for today. */
  @Nullable LocalDate asked() {
    return frame.parameters().containsKey("date") ? day : null;
  }

  /** What kind of thing took part in what happened on a day. */
  Text kindOf(Node party, LocalDate date) {
    return Heir.kind(point.registry(), found.release(), party, date);
  }

  private static Text level(Referential referential, String level) {
    return referential.findLevel(level).map(Level::title).orElse(new Text(level, level));
  }

  /** Its permanent address. */
  String permanent() {
    return point.address(code());
  }

  /** Where it is told as data. */
  String data() {
    return "/v1/referentials/" + reference() + "/codes/" + RequestTarget.encode(code());
  }

  /** Where all codes of a group under this one are, as a table. */
  String descendants(Group group) {
    return data()
        + "/descendants?referential="
        + group.referential()
        + "&format=csv"
        + (asked() == null ? "" : "&date=" + asked());
  }

  /** The page of what changed in a group under this one; null where nothing can be compared. */
  @Nullable String changes(Group group) {
    List<Release> releases = point.registry().catalog().listReleases(group.referential());
    return releases.size() < 2
        ? null
        : frame.link(
            "/changements?ref="
                + group.referential()
                + "&de="
                + releases.getFirst().edition()
                + "&a="
                + releases.getLast().edition()
                + "&dans="
                + referential().id()
                + ':'
                + RequestTarget.encode(code()));
  }

  /** Whether a validity begins where history does, so that the code may be older. */
  boolean isHorizon(@Nullable LocalDate from) {
    return from != null && from.equals(referential().horizon());
  }

  /** Gathers it. */
  private static final class Builder {

    private final Frame frame;
    private final Point point;
    private final Found found;
    private final Registry registry;
    private final Node node;
    private final LocalDate day;
    private final LocalDate today;
    private final Crosswalks crosswalks;

    /** The youngest edition that knows the code. */
    private final Release youngest;

    Builder(Frame frame, Point point, Found found, LocalDate today, Crosswalks crosswalks) {
      this.frame = frame;
      this.point = point;
      this.found = found;
      this.registry = point.registry();
      this.node = new Node(point.referential().id(), found.state().code());
      this.day = found.linkDate(point.date());
      this.today = today;
      this.crosswalks = crosswalks;
      this.youngest =
          registry.catalog().listReleases(node.referential()).reversed().stream()
              .filter(r -> !point.codebook().listStates(node.code(), r).isEmpty())
              .findFirst()
              .orElse(found.release());
    }

    ConceptPage build(@Nullable LocalDate missed) {
      Life life = Life.of(registry, node, found.release());
      List<Relative> above = listAbove(node, found.release(), day);
      List<Relative> place = place();
      return new ConceptPage(
          frame,
          point,
          found,
          missed,
          today,
          Spell.inForce(registry, node, found.release(), found.state()),
          Spell.named(registry, node, found.release(), found.state()),
          first(),
          again(),
          day,
          level(point.referential(), found.state().level()),
          found.status() == Status.CEASED ? heirs() : List.of(),
          facts(),
          above,
          unknownAbove(above, place),
          groups(Relation.BROADER),
          related(),
          life,
          LifeDrawing.of(life, today, frame.language(), Size.NARROW),
          LifeDrawing.of(life, today, frame.language(), Size.WIDE),
          editions(),
          place,
          tables());
    }

    private Spell first() {
      ConceptState state = point.codebook().listStates(node.code(), found.release()).getFirst();
      return Spell.inForce(registry, node, found.release(), state);
    }

    private @Nullable Spell again() {
      return found.status() == Status.CEASED
              && point.codebook().find(node.code(), youngest, today)
                  instanceof Answer.InForce(ConceptState state)
          ? Spell.inForce(registry, node, youngest, state)
          : null;
    }

    private List<Relative> listAbove(Node of, Release release, LocalDate on) {
      return registry.listAncestors(of, release, on).stream()
          .map(above -> relative(above, release, on))
          .toList();
    }

    /**
     * Hierarchies that the edition tells of for its own day, but for nobody on the day shown: those
     * that the code, or what it became, is part of on the edition's day.
     */
    private List<Text> unknownAbove(List<Relative> above, List<Relative> place) {
      Release release = found.release();
      LocalDate reference = release.head().referenceDate();
      Set<String> told = listIds(above);
      Set<String> later =
          point.codebook().isInForce(node.code(), release, reference)
              ? listIds(listAbove(node, release, reference))
              : listIds(place);
      return point.referential().links().stream()
          .filter(type -> type.relation() == Relation.BROADER)
          .map(LinkType::referential)
          .distinct()
          .filter(id -> !told.contains(id) && later.contains(id))
          .filter(id -> states(id, reference) && !states(id, day))
          .map(id -> referential(id).title())
          .toList();
    }

    private static Set<String> listIds(List<Relative> relatives) {
      Set<String> ids = new HashSet<>();
      relatives.forEach(r -> ids.add(r.id()));
      return ids;
    }

    private boolean states(String above, LocalDate on) {
      return point.codebook().statesLinks(Relation.BROADER, above, found.release(), on);
    }

    private Referential referential(String id) {
      return registry.catalog().findReferential(id).orElseThrow();
    }

    /** A referential as links name it: at the edition beside this one, where one was named. */
    private String reference(String id) {
      return point.resolved().pinned()
          ? registry
              .catalog()
              .findBeside(found.release(), id)
              .map(r -> id + '@' + r.edition())
              .orElse(id)
          : id;
    }

    private Relative relative(Node other) {
      return relative(other, found.release(), day);
    }

    private Relative relative(Node other, Release release, LocalDate on) {
      ConceptState state = Heir.state(registry, release, other, on);
      return new Relative(
          reference(other.referential()),
          Heir.kind(registry, release, other, on),
          other.code(),
          state == null ? null : state.label());
    }

    private List<Relative> heirs() {
      Set<Relative> all = new LinkedHashSet<>();
      Heir.listSuccessors(point, found).forEach(heir -> addHeir(heir, all, new HashSet<>()));
      return List.copyOf(all);
    }

    /** A code that never lasted a day is passed over for what it became on that same day. */
    private void addHeir(Heir heir, Set<Relative> all, Set<Node> passed) {
      Node after = new Node(heir.referential(), heir.code());
      LocalDate date = heir.succession().date();
      List<Heir> next =
          heir.label() != null || !passed.add(after)
              ? List.of()
              : Heir.listSuccessors(registry, after, found.release()).stream()
                  .filter(h -> h.succession().date().equals(date))
                  .toList();
      if (next.isEmpty()) {
        Text kind = Heir.kind(registry, found.release(), after, date);
        all.add(new Relative(after.referential(), kind, after.code(), heir.label()));
      } else {
        next.forEach(h -> addHeir(h, all, passed));
      }
    }

    private List<Fact> facts() {
      List<Fact> facts = new ArrayList<>();
      ConceptState state = found.state();
      // The figures of an edition are not those of an earlier day.
      if (!day.isBefore(found.release().head().referenceDate())) {
        String edition = found.release().edition();
        for (Measure measure : found.listMeasures(point.codebook())) {
          facts.add(
              new Fact(
                  AttributeWords.measure(measure.name(), edition),
                  frame.number(measure.value()),
                  null));
        }
      }
      new TreeMap<>(state.labels())
          .forEach(
              (language, label) -> {
                if (!label.equals(state.label())) {
                  facts.add(
                      new Fact(
                          new Text("Libellé (" + language + ")", "Label (" + language + ")"),
                          label,
                          null));
                }
              });
      new TreeMap<>(state.attributes())
          .forEach(
              (name, value) -> {
                if (!AttributeWords.isHidden(name)) {
                  facts.add(
                      new Fact(
                          AttributeWords.title(name),
                          frame.say(AttributeWords.value(name, value)),
                          AttributeWords.isCommune(name) ? commune(value) : null));
                }
              });
      return facts;
    }

    /** The commune of that code; null where there is none. */
    private @Nullable Relative commune(String code) {
      Relative commune = relative(new Node("communes", code));
      return commune.label() == null ? null : commune;
    }

    /** The codes that are tied to this one by links that they carry. */
    private List<Group> groups(Relation relation) {
      List<Group> groups = new ArrayList<>();
      for (Referential other : registry.catalog().listReferentials()) {
        List<String> codes = registry.listLinked(relation, node, other.id(), found.release(), day);
        if (!codes.isEmpty()) {
          groups.add(group(other, codes));
        }
      }
      return groups;
    }

    private Group group(Referential other, List<String> codes) {
      return new Group(
          other.id(),
          other.title(),
          codes.size(),
          codes.stream()
              .limit(MOST_NAMED)
              .map(code -> relative(new Node(other.id(), code)))
              .toList());
    }

    /** What is tied to the code without a hierarchy, whoever carries the link. */
    private List<Group> related() {
      Map<String, List<String>> own = new LinkedHashMap<>();
      for (Link link : point.codebook().listLinks(node.code(), found.release(), day)) {
        if (link.relation() == Relation.RELATED) {
          own.computeIfAbsent(link.referential(), _ -> new ArrayList<>()).add(link.target());
        }
      }
      List<Group> groups = new ArrayList<>();
      own.forEach((id, codes) -> groups.add(group(referential(id), codes)));
      groups(Relation.RELATED).stream()
          .filter(g -> !own.containsKey(g.referential()))
          .forEach(groups::add);
      return groups;
    }

    private List<Edition> editions() {
      List<Edition> editions = new ArrayList<>();
      for (Release release : registry.catalog().listReleases(node.referential()).reversed()) {
        LocalDate date = release.head().referenceDate();
        boolean current = release.id() == point.release().id();
        editions.add(
            point.codebook().find(node.code(), release, date)
                    instanceof Answer.InForce(ConceptState state)
                ? new Edition(
                    release.edition(), date, state.label(), current, Absence.NONE, List.of())
                : absent(release, current));
      }
      return editions;
    }

    /** An edition in which the code is not in force. */
    private Edition absent(Release release, boolean current) {
      LocalDate date = release.head().referenceDate();
      LocalDate last = lastDayBefore(date);
      Absence absence = last == null ? Absence.NOT_YET : Absence.GONE;
      List<Relative> heirs = List.of();
      if (last != null) {
        Translation translation =
            crosswalks
                .find(
                    Points.find(registry, youngest).withDate(last), Points.find(registry, release))
                .map(way -> way.translate(node.code()))
                .orElse(null);
        if (translation != null) {
          absence =
              switch (translation.status()) {
                case SINGLE, MERGED -> Absence.BECAME;
                case SPLIT -> Absence.SPLIT;
                case AMBIGUOUS -> Absence.ONE_OF;
                case NONE, UNKNOWN -> Absence.GONE;
              };
          heirs =
              translation.targets().stream()
                  .map(t -> new Node(node.referential(), t.code()))
                  .map(other -> in(other, release, date))
                  .toList();
        }
      }
      return new Edition(release.edition(), date, null, current, absence, heirs);
    }

    /** A code in an edition that is named. */
    private Relative in(Node other, Release release, LocalDate on) {
      return new Relative(
          other.referential() + '@' + release.edition(),
          Heir.kind(registry, release, other, on),
          other.code(),
          Heir.label(registry, release, other, on));
    }

    /** The last day before another on which the code was in force; null where there is none. */
    private @Nullable LocalDate lastDayBefore(LocalDate date) {
      LocalDate last = null;
      for (ConceptState state : point.codebook().listStates(node.code(), youngest)) {
        LocalDate to = state.validity().to();
        if (to != null && !to.isAfter(date)) {
          last = to.minusDays(1);
        }
      }
      return last;
    }

    /** What stands today above the one code that the code has become. */
    private List<Relative> place() {
      LocalDate last = found.status() == Status.CEASED ? lastDayBefore(today) : null;
      Release latest = registry.catalog().findLatest(node.referential()).orElse(null);
      if (last == null
          || latest == null
          || point.codebook().isInForce(node.code(), latest, today)) {
        return List.of();
      }
      Point now = Points.find(registry, latest).withDate(today);
      return crosswalks
          .find(Points.find(registry, youngest).withDate(last), now)
          .map(way -> way.translate(node.code()).targets())
          .filter(targets -> targets.size() == 1)
          .map(t -> listAbove(new Node(node.referential(), t.getFirst().code()), latest, today))
          .orElse(List.of());
    }

    private List<Table> tables() {
      List<Table> tables = new ArrayList<>();
      for (Correspondence table : registry.listCorrespondences()) {
        Side source = table.head().source();
        Side target = table.head().target();
        if (isHere(source) && !table.listFrom(node.code()).isEmpty()) {
          tables.add(table(table, true, target, table.listFrom(node.code())));
        }
        if (isHere(target) && !table.listTo(node.code()).isEmpty()) {
          tables.add(table(table, false, source, table.listTo(node.code())));
        }
      }
      return tables;
    }

    private boolean isHere(Side side) {
      return side.referential().equals(node.referential())
          && side.edition().equals(found.release().edition());
    }

    private Table table(
        Correspondence table, boolean forward, Side other, List<Association> associations) {
      Release release =
          registry.catalog().findRelease(other.referential(), other.edition()).orElse(null);
      List<Row> rows = new ArrayList<>();
      for (Association association : associations) {
        String code = forward ? association.target() : association.source();
        String label =
            release == null
                ? null
                : registry
                    .findCodebook(other.referential())
                    .map(b -> b.findLabel(code, release, release.head().referenceDate()))
                    .orElse(null);
        rows.add(
            new Row(
                code,
                label,
                match(forward ? association.match() : association.match().inverse()),
                association.share() == null
                    ? null
                    : association
                        .share()
                        .movePointRight(2)
                        .setScale(1, RoundingMode.HALF_EVEN)
                        .toPlainString()));
      }
      return new Table(table.head().title(), table.head().publisher(), forward, other, rows);
    }

    private static Text match(fr.pivot.referential.Match match) {
      return switch (match) {
        case EXACT -> new Text("le même", "the same");
        case NARROWER -> new Text("une partie", "a part");
        case BROADER -> new Text("plus large", "broader");
        case CLOSE -> new Text("presque le même", "nearly the same");
        case RELATED -> new Text("en partie commun", "in part the same");
      };
    }
  }
}
