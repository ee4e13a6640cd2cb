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
import fr.pivot.referential.LinkType;
import fr.pivot.referential.Measure;
import fr.pivot.referential.Referential;
import fr.pivot.referential.Relation;
import fr.pivot.referential.Text;
import fr.pivot.registry.CodeAnswer.Status;
import fr.pivot.registry.CodeView;
import fr.pivot.registry.CodeView.Linked;
import fr.pivot.registry.Codes;
import fr.pivot.registry.Kin;
import fr.pivot.registry.Points;
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
  private final CodeView view;
  private final Registry registry;
  private final Node node;
  private final LocalDate today;
  private final Relatives relatives;
  private final Elsewhere elsewhere;

  /** The youngest edition that knows the code. */
  private final Release youngest;

  ConceptPageBuilder(Frame frame, CodeView view, LocalDate today, Crosswalks crosswalks) {
    this.frame = frame;
    this.view = view;
    this.registry = view.point().registry();
    this.node = view.node();
    this.today = today;
    this.youngest =
        registry.catalog().listReleases(node.referential()).reversed().stream()
            .filter(r -> !codes().listStates(node.code(), r).isEmpty())
            .findFirst()
            .orElse(view.release());
    this.relatives = new Relatives(view);
    this.elsewhere = new Elsewhere(view, youngest, today, crosswalks, relatives);
  }

  private Codes codes() {
    return view.point().codes();
  }

  ConceptPage build(@Nullable LocalDate missed) {
    Life life = Life.of(registry, node, view.release());
    List<Relative> above = relatives.listAbove(view);
    List<Relative> place = elsewhere.place();
    return new ConceptPage(
        frame,
        view,
        missed,
        today,
        Tenure.inForce(view),
        Tenure.named(view),
        Tenure.inForce(view.listStates().getFirst()),
        again(),
        level(view.referential(), view.state().level()),
        view.status() == Status.CEASED ? heirs() : List.of(),
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

  private @Nullable Tenure again() {
    CodeView now =
        view.status() == Status.CEASED
            ? CodeView.inForce(Points.find(registry, youngest).withDate(today), node.code())
            : null;
    return now == null ? null : Tenure.inForce(now);
  }

  /**
   * Hierarchies that the edition tells of for its own day, but for nobody on the day shown: those
   * that the code, or what it became, is part of on the edition's day.
   */
  private List<Text> unknownAbove(List<Relative> above, List<Relative> place) {
    LocalDate reference = view.release().head().referenceDate();
    Set<String> told = listIds(above);
    CodeView then = CodeView.inForce(Points.find(registry, view.release()), node.code());
    Set<String> later = listIds(then == null ? place : relatives.listAbove(then));
    return view.referential().links().stream()
        .filter(type -> type.relation() == Relation.BROADER)
        .map(LinkType::referential)
        .distinct()
        .filter(id -> !told.contains(id) && later.contains(id))
        .filter(id -> states(id, reference) && !states(id, view.day()))
        .map(id -> referential(id).title())
        .toList();
  }

  private static Set<String> listIds(List<Relative> relatives) {
    Set<String> ids = new HashSet<>();
    relatives.forEach(r -> ids.add(r.id()));
    return ids;
  }

  private boolean states(String above, LocalDate on) {
    return codes().statesLinks(Relation.BROADER, above, view.release(), on);
  }

  private Referential referential(String id) {
    return registry.catalog().findReferential(id).orElseThrow();
  }

  private List<Relative> heirs() {
    Set<Relative> all = new LinkedHashSet<>();
    view.listSuccessors().forEach(heir -> addHeir(heir, all, new HashSet<>()));
    return List.copyOf(all);
  }

  /** A code that never lasted a day is passed over for what it became on that same day. */
  private void addHeir(Kin heir, Set<Relative> all, Set<Node> passed) {
    Node after = new Node(heir.referential(), heir.code());
    LocalDate date = heir.succession().date();
    List<Kin> next =
        heir.label() != null || !passed.add(after)
            ? List.of()
            : Kin.listSuccessors(registry, after, view.release()).stream()
                .filter(h -> h.succession().date().equals(date))
                .toList();
    if (next.isEmpty()) {
      Text kind = Kin.kind(registry, view.release(), after, date);
      all.add(new Relative(after.referential(), kind, after.code(), heir.label()));
    } else {
      next.forEach(h -> addHeir(h, all, passed));
    }
  }

  private List<Fact> facts() {
    List<Fact> facts = new ArrayList<>();
    ConceptState state = view.state();
    // The figures of an edition are not those of an earlier day.
    if (!view.day().isBefore(view.release().head().referenceDate())) {
      String edition = view.release().edition();
      for (Measure measure : view.listMeasures()) {
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
      List<String> codes = view.listLinked(relation, other.id());
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
            .map(there -> relatives.of(view, there, doubts.get(there)))
            .toList());
  }

  /** What is tied to the code without a hierarchy, whoever carries the link. */
  private List<Group> related() {
    Map<String, List<String>> own = new LinkedHashMap<>();
    for (Linked link : view.listLinks()) {
      if (!link.isBroader()) {
        Node there = link.node();
        own.computeIfAbsent(there.referential(), _ -> new ArrayList<>()).add(there.code());
      }
    }
    List<Group> groups = new ArrayList<>();
    Map<Node, Doubt> doubts = relatives.doubts(view);
    own.forEach((id, codes) -> groups.add(group(referential(id), codes, doubts)));
    groups(Relation.RELATED).stream()
        .filter(g -> !own.containsKey(g.referential()))
        .forEach(groups::add);
    return groups;
  }
}
