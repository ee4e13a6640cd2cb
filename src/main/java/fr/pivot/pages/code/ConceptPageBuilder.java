package fr.pivot.pages.code;

import fr.pivot.catalog.Release;
import fr.pivot.crosswalk.Crosswalks;
import fr.pivot.pages.Frame;
import fr.pivot.pages.code.ConceptPage.Doubt;
import fr.pivot.pages.code.ConceptPage.Fact;
import fr.pivot.pages.code.ConceptPage.Group;
import fr.pivot.pages.code.ConceptPage.Relative;
import fr.pivot.pages.code.LifeDrawing.Size;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Level;
import fr.pivot.referential.Link;
import fr.pivot.referential.LinkType;
import fr.pivot.referential.Measure;
import fr.pivot.referential.Referential;
import fr.pivot.referential.Relation;
import fr.pivot.referential.Text;
import fr.pivot.registry.Answer;
import fr.pivot.registry.CodeAnswer.Found;
import fr.pivot.registry.CodeAnswer.Status;
import fr.pivot.registry.Kin;
import fr.pivot.registry.Point;
import fr.pivot.registry.Registry;
import fr.pivot.registry.Registry.Node;
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

/** Gathers what the page of a code says. */
final class ConceptPageBuilder {

  /** How many codes of a group are named: no EPCI has more communes. */
  private static final int MOST_NAMED = 160;

  private final Frame frame;
  private final Point point;
  private final Found found;
  private final Registry registry;
  private final Node node;
  private final LocalDate day;
  private final LocalDate today;
  private final Relatives relatives;
  private final Elsewhere elsewhere;

  /** The youngest edition that knows the code. */
  private final Release youngest;

  ConceptPageBuilder(
      Frame frame, Point point, Found found, LocalDate today, Crosswalks crosswalks) {
    this.frame = frame;
    this.point = point;
    this.found = found;
    this.registry = point.registry();
    this.node = new Node(point.referential().id(), found.state().code());
    this.day = found.linkDate(point.date());
    this.today = today;
    this.youngest =
        registry.catalog().listReleases(node.referential()).reversed().stream()
            .filter(r -> !point.codes().listStates(node.code(), r).isEmpty())
            .findFirst()
            .orElse(found.release());
    this.relatives = new Relatives(point, found);
    this.elsewhere = new Elsewhere(point, found, youngest, today, crosswalks, relatives);
  }

  ConceptPage build(@Nullable LocalDate missed) {
    Life life = Life.of(registry, node, found.release());
    List<Relative> above = relatives.listAbove(node, found.release(), day);
    List<Relative> place = elsewhere.place();
    return new ConceptPage(
        frame,
        point,
        found,
        missed,
        today,
        Tenure.inForce(registry, node, found.release(), found.state()),
        Tenure.named(registry, node, found.release(), found.state()),
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
        elsewhere.editions(),
        place,
        elsewhere.tables());
  }

  private static Text level(Referential referential, String level) {
    return referential.findLevel(level).map(Level::title).orElse(new Text(level, level));
  }

  private Tenure first() {
    ConceptState state = point.codes().listStates(node.code(), found.release()).getFirst();
    return Tenure.inForce(registry, node, found.release(), state);
  }

  private @Nullable Tenure again() {
    return found.status() == Status.CEASED
            && point.codes().find(node.code(), youngest, today)
                instanceof Answer.InForce(ConceptState state)
        ? Tenure.inForce(registry, node, youngest, state)
        : null;
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
        point.codes().isInForce(node.code(), release, reference)
            ? listIds(relatives.listAbove(node, release, reference))
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
    return point.codes().statesLinks(Relation.BROADER, above, found.release(), on);
  }

  private Referential referential(String id) {
    return registry.catalog().findReferential(id).orElseThrow();
  }

  private List<Relative> heirs() {
    Set<Relative> all = new LinkedHashSet<>();
    Kin.listSuccessors(point, found).forEach(heir -> addHeir(heir, all, new HashSet<>()));
    return List.copyOf(all);
  }

  /** A code that never lasted a day is passed over for what it became on that same day. */
  private void addHeir(Kin heir, Set<Relative> all, Set<Node> passed) {
    Node after = new Node(heir.referential(), heir.code());
    LocalDate date = heir.succession().date();
    List<Kin> next =
        heir.label() != null || !passed.add(after)
            ? List.of()
            : Kin.listSuccessors(registry, after, found.release()).stream()
                .filter(h -> h.succession().date().equals(date))
                .toList();
    if (next.isEmpty()) {
      Text kind = Kin.kind(registry, found.release(), after, date);
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
      for (Measure measure : found.listMeasures(point.codes())) {
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
    Relative commune = relatives.of(new Node("communes", code));
    return commune.label() == null ? null : commune;
  }

  /** The codes that are tied to this one by links that they carry. */
  private List<Group> groups(Relation relation) {
    List<Group> groups = new ArrayList<>();
    for (Referential other : registry.catalog().listReferentials()) {
      List<String> codes = registry.listLinked(relation, node, other.id(), found.release(), day);
      if (!codes.isEmpty()) {
        groups.add(group(other, codes, Map.of()));
      }
    }
    return groups;
  }

  private Group group(Referential other, List<String> codes, Map<Node, Doubt> doubts) {
    return new Group(
        other.id(),
        other.title(),
        codes.size(),
        codes.stream()
            .limit(MOST_NAMED)
            .map(code -> new Node(other.id(), code))
            .map(there -> relatives.of(there, found.release(), day, doubts.get(there)))
            .toList());
  }

  /** What is tied to the code without a hierarchy, whoever carries the link. */
  private List<Group> related() {
    Map<String, List<String>> own = new LinkedHashMap<>();
    for (Link link : point.codes().listLinks(node.code(), found.release(), day)) {
      if (link.relation() == Relation.RELATED) {
        own.computeIfAbsent(link.referential(), _ -> new ArrayList<>()).add(link.target());
      }
    }
    List<Group> groups = new ArrayList<>();
    Map<Node, Doubt> doubts = relatives.doubts(node, found.release(), day);
    own.forEach((id, codes) -> groups.add(group(referential(id), codes, doubts)));
    groups(Relation.RELATED).stream()
        .filter(g -> !own.containsKey(g.referential()))
        .forEach(groups::add);
    return groups;
  }
}
