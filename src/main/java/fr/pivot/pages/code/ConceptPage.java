package fr.pivot.pages.code;

import fr.pivot.catalog.Release;
import fr.pivot.codebook.Answer;
import fr.pivot.codebook.Correspondence;
import fr.pivot.codebook.Registry;
import fr.pivot.codebook.Registry.Node;
import fr.pivot.http.RequestTarget;
import fr.pivot.lookup.Heir;
import fr.pivot.lookup.Point;
import fr.pivot.lookup.Sought.Found;
import fr.pivot.lookup.Sought.Status;
import fr.pivot.pages.Frame;
import fr.pivot.pages.code.LifeDrawing.Size;
import fr.pivot.referential.Association;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.CorrespondenceHead.Side;
import fr.pivot.referential.Level;
import fr.pivot.referential.Link;
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
 * @param day the day that its place is told of
 * @param level the title of its level
 * @param heirs what it became, where it is no more
 * @param facts what is said of it
 * @param above what stands above it, the nearest first
 * @param below what stands under it, by referential
 * @param related what is tied to it, by referential
 * @param life its life
 * @param narrow the drawing of its life for a narrow page
 * @param wide the same for a wide one
 * @param editions what each edition calls it, the youngest first
 * @param tables what published tables lead it to or from
 */
record ConceptPage(
    Frame frame,
    Point point,
    Found found,
    @Nullable LocalDate missed,
    LocalDate day,
    Text level,
    List<Relative> heirs,
    List<Fact> facts,
    List<Relative> above,
    List<Group> below,
    List<Group> related,
    Life life,
    LifeDrawing narrow,
    LifeDrawing wide,
    List<Edition> editions,
    List<Table> tables) {

  /** How many codes of a group are named. */
  private static final int MOST_NAMED = 60;

  /** What people call what descriptors name for programs. */
  private static final Map<String, Text> TITLES =
      Map.of(
          "population", new Text("Population", "Population"),
          "siren", new Text("SIREN", "SIREN"),
          "typeLiaison", new Text("Article du nom (TNCC)", "Article of the name (TNCC)"),
          "tncc", new Text("Article du nom (TNCC)", "Article of the name (TNCC)"));

  /**
   * Another code.
   *
   * @param reference its referential, with the edition where that is asked for
   * @param title what its referential or its level is called
   * @param label what it is called; null where nobody says
   */
  record Relative(String reference, Text title, String code, @Nullable String label) {}

  /**
   * Codes of a referential.
   *
   * @param total how many there are; the first of them are named
   */
  record Group(String referential, Text title, int total, List<Relative> codes) {}

  /** Something that is said of a code. */
  record Fact(Text title, List<String> values) {}

  /**
   * What an edition says of a code on its reference day.
   *
   * @param label what it calls it; null where it is not in force
   */
  record Edition(String edition, LocalDate date, @Nullable String label, boolean current) {}

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
      Frame frame, Point point, Found found, @Nullable LocalDate missed, LocalDate today) {
    return new Builder(frame, point, found).build(missed, today);
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

  /** The first day of the first state that its edition gives it; null where that is not known. */
  @Nullable LocalDate firstDay() {
    return point.codebook().listStates(code(), found.release()).getFirst().validity().from();
  }

  /** The last day of the state that is shown. */
  @Nullable LocalDate lastDay() {
    LocalDate to = found.state().validity().to();
    return to == null ? null : to.minusDays(1);
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
    return kindOf(point.registry(), found.release(), party, date);
  }

  /** What kind of thing a code is around a day: its level, or else its referential. */
  private static Text kindOf(Registry registry, Release release, Node node, LocalDate date) {
    Referential referential = registry.catalog().findReferential(node.referential()).orElseThrow();
    ConceptState state = Heir.state(registry, release, node, date);
    return state == null ? referential.title() : level(referential, state.level());
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

    Builder(Frame frame, Point point, Found found) {
      this.frame = frame;
      this.point = point;
      this.found = found;
      this.registry = point.registry();
      this.node = new Node(point.referential().id(), found.state().code());
      this.day = found.linkDate(point.date());
    }

    ConceptPage build(@Nullable LocalDate missed, LocalDate today) {
      Life life = Life.of(registry, node, found.release());
      return new ConceptPage(
          frame,
          point,
          found,
          missed,
          day,
          level(point.referential(), found.state().level()),
          found.status() == Status.CEASED ? heirs() : List.of(),
          facts(),
          registry.listAncestors(node, found.release(), day).stream().map(this::relative).toList(),
          groups(Relation.BROADER),
          related(),
          life,
          LifeDrawing.of(life, today, frame.language(), Size.NARROW),
          LifeDrawing.of(life, today, frame.language(), Size.WIDE),
          editions(),
          tables());
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
      ConceptState state = Heir.state(registry, found.release(), other, day);
      return new Relative(
          reference(other.referential()),
          kindOf(registry, found.release(), other, day),
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
        Text kind = kindOf(registry, found.release(), after, date);
        all.add(new Relative(after.referential(), kind, after.code(), heir.label()));
      } else {
        next.forEach(h -> addHeir(h, all, passed));
      }
    }

    private List<Fact> facts() {
      List<Fact> facts = new ArrayList<>();
      ConceptState state = found.state();
      for (Measure measure : found.listMeasures(point.codebook())) {
        facts.add(new Fact(title(measure.name()), List.of(frame.number(measure.value()))));
      }
      new TreeMap<>(state.labels())
          .forEach(
              (language, label) -> {
                if (!label.equals(state.label())) {
                  facts.add(
                      new Fact(
                          new Text("Libellé (" + language + ")", "Label (" + language + ")"),
                          List.of(label)));
                }
              });
      new TreeMap<>(state.attributes())
          .forEach((name, value) -> facts.add(new Fact(title(name), List.of(value))));
      return facts;
    }

    private static Text title(String name) {
      return TITLES.getOrDefault(name, new Text(name, name));
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
        editions.add(
            new Edition(
                release.edition(),
                date,
                point.codebook().find(node.code(), release, date)
                        instanceof Answer.InForce(ConceptState state)
                    ? state.label()
                    : null,
                release.id() == point.release().id()));
      }
      return editions;
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
