package packs;

import static fr.pivot.referential.SuccessionKind.CEASED;
import static fr.pivot.referential.SuccessionKind.CREATED;
import static fr.pivot.referential.SuccessionKind.MERGED;
import static fr.pivot.referential.SuccessionKind.MOVED;
import static fr.pivot.referential.SuccessionKind.RECODED;
import static fr.pivot.referential.SuccessionKind.RENAMED;
import static fr.pivot.referential.SuccessionKind.RESTORED;
import static fr.pivot.referential.SuccessionKind.SPLIT;

import fr.pivot.referential.Relation;
import fr.pivot.referential.SuccessionKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The history of communes from 1943 to 1 January 2019, from {@code historique-communes.json}: a
 * graph whose nodes are the states of communes (COM), communes déléguées (COMD) and associées
 * (COMA), and of what was a commune and is now a part of one without a status (COMP). Such a part
 * has a <em>pole</em>, the commune it belongs to. The parts are followed but not published.
 */
final class CommuneGraph {

  static final String COMMUNES = "communes";
  static final String DELEGUEES = "communes-deleguees";

  private record Node(
      String id,
      String type,
      String code,
      String label,
      String typeLiaison,
      LocalDate from,
      @Nullable LocalDate to,
      @Nullable String beginning,
      @Nullable String ending,
      @Nullable String predecessor,
      @Nullable String successor,
      @Nullable String pole) {

    boolean is(String type) {
      return this.type.equals(type);
    }

    boolean isDeleguee() {
      return is("COMD") || is("COMA");
    }

    boolean isOn(LocalDate day) {
      return !day.isBefore(from) && (to == null || day.isBefore(to));
    }
  }

  private final Map<String, Node> byId = new HashMap<>();
  private final Map<String, List<Node>> communesByCode = new HashMap<>();
  private final List<Node> nodes = new ArrayList<>();

  static CommuneGraph read(Path file) throws IOException {
    CommuneGraph graph = new CommuneGraph();
    for (Json json : Json.array(file)) {
      graph.nodes.add(
          new Node(
              json.text("id"),
              json.text("type"),
              json.text("code"),
              json.text("nom"),
              json.text("typeLiaison"),
              json.has("dateDebut")
                  ? LocalDate.parse(json.text("dateDebut"))
                  : CuratedFacts.COMMUNES_HORIZON,
              json.has("dateFin") ? LocalDate.parse(json.text("dateFin")) : null,
              json.optional("raisonDebut"),
              json.optional("raisonFin"),
              json.optional("predecesseur"),
              json.optional("successeur"),
              json.optional("pole")));
    }
    graph.nodes.sort(
        Comparator.comparing(Node::from).thenComparing(Node::code).thenComparing(Node::id));
    for (Node node : graph.nodes) {
      graph.byId.put(node.id(), node);
      if (node.is("COM")) {
        graph.communesByCode.computeIfAbsent(node.code(), c -> new ArrayList<>()).add(node);
      }
    }
    return graph;
  }

  void communes(Timeline communes) {
    for (Node node : nodes) {
      if (node.is("COM")) {
        communes.add(
            node.code(),
            node.from(),
            node.to(),
            Territories.commune(node.label(), node.typeLiaison()));
      }
    }
  }

  void deleguees(Timeline deleguees, LinkTimeline links) {
    for (Node node : nodes) {
      if (node.isDeleguee()) {
        deleguees.add(
            node.code(),
            node.from(),
            node.to(),
            Seen.of(node.is("COMD") ? "deleguee" : "associee", node.label()));
        links.add(
            new LinkTimeline.Key(node.code(), Relation.BROADER, COMMUNES, commune(node).code()),
            node.from(),
            node.to(),
            false);
      }
    }
  }

  /** Fills the successions of communes and those of communes déléguées and associées. */
  void successions(SuccessionSet communes, SuccessionSet deleguees) {
    nodes.forEach(n -> restoration(n, communes, deleguees));
    nodes.forEach(n -> merger(n, communes));
    nodes.forEach(n -> continuation(n, communes));
    nodes.forEach(n -> creation(n, communes));
    nodes.forEach(n -> ofDeleguee(n, deleguees));
  }

  /** A part of a commune is a commune again. */
  private void restoration(Node node, SuccessionSet communes, SuccessionSet deleguees) {
    Node before = find(node.predecessor());
    if (!node.is("COM") || before == null || before.is("COM")) {
      return;
    }
    String parent = commune(before).code();
    if (!parent.equals(node.code())) {
      add(communes, node.from(), parent, COMMUNES, node.code(), RESTORED, node.beginning());
    }
    if (existsOn(parent, node.from())) {
      add(communes, node.from(), parent, COMMUNES, parent, SPLIT, node.beginning());
    }
    if (before.isDeleguee()) {
      add(deleguees, node.from(), before.code(), COMMUNES, node.code(), RESTORED, node.beginning());
    }
  }

  /** A commune becomes a part of one. */
  private void merger(Node node, SuccessionSet communes) {
    Node after = find(node.successor());
    if (!node.is("COM") || after == null || after.is("COM") || node.to() == null) {
      return;
    }
    String whole = commune(after).code();
    add(communes, node.to(), node.code(), COMMUNES, whole, MERGED, node.ending());
    if (after.isDeleguee()) {
      SuccessionKind kind = after.code().equals(node.code()) ? MOVED : RECODED;
      add(communes, node.to(), node.code(), DELEGUEES, after.code(), kind, node.ending());
    }
    if (existsOn(whole, node.to().minusDays(1)) && !isGoneOn(whole, node.to())) {
      add(communes, node.to(), whole, COMMUNES, whole, MERGED, node.ending());
    }
  }

  /** A commune goes on, under the same code or another, or ends for good. */
  private void continuation(Node node, SuccessionSet communes) {
    if (!node.is("COM") || node.to() == null) {
      return;
    }
    Node after = find(node.successor());
    if (after == null) {
      if (!communes.hasFrom(node.to(), node.code())) {
        add(communes, node.to(), node.code(), COMMUNES, null, CEASED, node.ending());
      }
    } else if (after.is("COM")) {
      SuccessionKind kind;
      if (!after.code().equals(node.code())) {
        kind = RECODED;
      } else if (!after.label().equals(node.label())) {
        kind = RENAMED;
      } else {
        kind = String.valueOf(node.ending()).startsWith("fusion") ? MERGED : MOVED;
      }
      add(communes, node.to(), node.code(), COMMUNES, after.code(), kind, node.ending());
    }
  }

  private void creation(Node node, SuccessionSet communes) {
    if (node.is("COM")
        && node.beginning() != null
        && !communes.hasTo(node.from(), COMMUNES, node.code())) {
      add(communes, node.from(), null, COMMUNES, node.code(), CREATED, node.beginning());
    }
  }

  private void ofDeleguee(Node node, SuccessionSet deleguees) {
    if (!node.isDeleguee()) {
      return;
    }
    Node before = find(node.predecessor());
    if (before == null || before.is("COMP")) {
      add(deleguees, node.from(), null, DELEGUEES, node.code(), CREATED, node.beginning());
    }
    Node after = find(node.successor());
    if (node.to() == null || (after != null && after.is("COM"))) {
      return;
    }
    if (after == null) {
      add(deleguees, node.to(), node.code(), DELEGUEES, null, CEASED, node.ending());
    } else if (after.is("COMP")) {
      add(
          deleguees,
          node.to(),
          node.code(),
          COMMUNES,
          commune(after).code(),
          MERGED,
          node.ending());
    } else if (!after.code().equals(node.code())) {
      add(deleguees, node.to(), node.code(), DELEGUEES, after.code(), RECODED, node.ending());
    } else if (!after.label().equals(node.label())) {
      add(deleguees, node.to(), node.code(), DELEGUEES, after.code(), RENAMED, node.ending());
    } else if (!after.type().equals(node.type())
        || !commune(after).code().equals(commune(node).code())) {
      add(deleguees, node.to(), node.code(), DELEGUEES, after.code(), MOVED, node.ending());
    }
  }

  private static void add(
      SuccessionSet set,
      LocalDate date,
      @Nullable String code,
      String referentialAfter,
      @Nullable String codeAfter,
      SuccessionKind kind,
      @Nullable String type) {
    set.add(date, code, referentialAfter, codeAfter, kind, type, false);
  }

  private @Nullable Node find(@Nullable String id) {
    if (id == null) {
      return null;
    }
    Node node = byId.get(id);
    if (node == null) {
      throw new IllegalStateException("the graph has no " + id);
    }
    return node;
  }

  /** The commune that a part belongs to, when it becomes one: the pole, or the pole's pole. */
  private Node commune(Node part) {
    Node node = part;
    while (!node.is("COM")) {
      Node pole = find(node.pole());
      if (pole == null) {
        throw new IllegalStateException(node.id() + " has no pole");
      }
      node = pole;
    }
    return node;
  }

  private boolean existsOn(String code, LocalDate day) {
    return communesByCode.getOrDefault(code, List.of()).stream().anyMatch(n -> n.isOn(day));
  }

  /** Whether the commune of a code leaves it on a day for another code. */
  private boolean isGoneOn(String code, LocalDate day) {
    return communesByCode.getOrDefault(code, List.of()).stream()
        .filter(n -> day.equals(n.to()))
        .map(n -> find(n.successor()))
        .anyMatch(after -> after == null || !after.code().equals(code));
  }
}
