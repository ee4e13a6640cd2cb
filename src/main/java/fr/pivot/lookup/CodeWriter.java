package fr.pivot.lookup;

import fr.pivot.lookup.Fields.Selection;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Link;
import fr.pivot.referential.LinkType;
import fr.pivot.referential.Measure;
import fr.pivot.referential.Relation;
import fr.pivot.referential.Validity;
import fr.pivot.registry.CodeAnswer.Found;
import fr.pivot.registry.CodeAnswer.Status;
import fr.pivot.registry.Kin;
import fr.pivot.registry.Knowledge;
import fr.pivot.registry.Point;
import fr.pivot.registry.Registry.Node;
import fr.pivot.text.JsonWriter;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Writes codes: as JSON objects and as lines of tables. */
final class CodeWriter {

  private final Point point;
  private final Selection selection;

  CodeWriter(Point point, Selection selection) {
    this.point = point;
    this.selection = selection;
  }

  /** Writes a code as an object. */
  void write(JsonWriter json, Found found) {
    json.beginObject();
    writeMembers(json, found);
    json.endObject();
  }

  /** Writes the members of a code into an object that is already open. */
  void writeMembers(JsonWriter json, Found found) {
    ConceptState state = found.state();
    LocalDate day = found.linkDate(point.date());
    if (selection.has("code")) {
      json.member("code", state.code());
    }
    if (selection.has("label")) {
      json.member("label", state.label());
    }
    writeLabels(json, state);
    if (selection.has("referential")) {
      json.member("referential", point.referential().id());
    }
    if (selection.has("release")) {
      json.member("release", found.release().edition());
    }
    if (selection.has("date")) {
      json.member("date", point.date());
    }
    if (selection.has("level")) {
      json.member("level", state.level());
    }
    if (selection.has("status")) {
      json.member("status", found.status().id());
    }
    if (selection.has("validity")) {
      writeValidity(json.name("validity"), state.validity());
    }
    Knowledge knowledge = point.codes().knowledge(found.release());
    writeKnown(json, state, knowledge);
    if (selection.has("derived") && state.derived()) {
      json.member("derived", true);
    }
    List<Link> links = point.codes().listLinks(state.code(), found.release(), day);
    writeAttributes(json, found, links);
    writeDoubts(json, links, knowledge, day);
    writeBroader(json, found, links, day);
    writeUnknown(json, state, knowledge, day);
    writeHeirs(json, found);
    if (selection.has("uri")) {
      json.member("uri", point.address(state.code()));
    }
    if (selection.has("source")) {
      json.member("source", point.referential().publisher());
    }
  }

  /** What is to be known of the validity before it is relied on. */
  private void writeKnown(JsonWriter json, ConceptState state, Knowledge knowledge) {
    if (selection.has("beginsAtHorizon") && point.referential().beginsAtHorizon(state.validity())) {
      json.member("beginsAtHorizon", true);
    }
    writeKnown(
        json,
        selection.has("beginsAfter") ? knowledge.findBeginsAfter(state) : null,
        selection.has("known") ? knowledge.find(state) : null);
  }

  /** Writes of which days a state is known, where that is not its validity. */
  static void writeKnown(
      JsonWriter json, @Nullable LocalDate beginsAfter, @Nullable Validity known) {
    if (beginsAfter != null) {
      json.member("beginsAfter", beginsAfter);
    }
    if (known != null) {
      writeValidity(json.name("known"), known);
    }
  }

  /** The links without a hierarchy that are not known to hold on the day, by their names. */
  private void writeDoubts(JsonWriter json, List<Link> links, Knowledge knowledge, LocalDate day) {
    Map<String, Validity> doubts = new LinkedHashMap<>();
    for (Link link : links) {
      String property = type(link).property();
      if (link.relation() == Relation.RELATED && selection.hasPart("attributes", property)) {
        Validity known = knowledge.find(link);
        if (known != null && !known.contains(day)) {
          doubts.putIfAbsent(property, known);
        }
      }
    }
    if (!doubts.isEmpty()) {
      json.name("attributesKnown").beginObject();
      doubts.forEach((property, known) -> writeValidity(json.name(property), known));
      json.endObject();
    }
  }

  private void writeUnknown(
      JsonWriter json, ConceptState state, Knowledge knowledge, LocalDate day) {
    if (selection.has("notKnown")) {
      List<String> unknown = listUnknown(state, knowledge, day);
      if (!unknown.isEmpty()) {
        json.name("notKnown").value(unknown);
      }
    }
  }

  private static List<String> listUnknown(ConceptState state, Knowledge knowledge, LocalDate day) {
    return knowledge.listUnknown(state.code(), day).stream().map(LinkType::property).toList();
  }

  private void writeLabels(JsonWriter json, ConceptState state) {
    boolean whole = selection.has("labels");
    if (whole || state.labels().keySet().stream().anyMatch(l -> selection.has("label_" + l))) {
      json.name("labels").beginObject();
      for (String language : sorted(state.labels())) {
        if (whole || selection.has("label_" + language)) {
          json.member(language, state.labels().get(language));
        }
      }
      json.endObject();
    }
  }

  private static Collection<String> sorted(Map<String, String> map) {
    return map.size() <= 1 ? map.keySet() : new TreeSet<>(map.keySet());
  }

  private void writeAttributes(JsonWriter json, Found found, List<Link> links) {
    ConceptState state = found.state();
    boolean open = selection.has("attributes");
    if (open) {
      json.name("attributes").beginObject();
    }
    for (String name : sorted(state.attributes())) {
      if (selection.hasPart("attributes", name)) {
        open = open(json, open);
        json.member(name, state.attributes().get(name));
      }
    }
    for (Measure measure : found.listMeasures(point.codes())) {
      if (selection.hasPart("attributes", measure.name())) {
        open = open(json, open);
        json.member(measure.name(), measure.value());
      }
    }
    for (int i = 0; i < links.size(); ) {
      Link link = links.get(i);
      int end = endOfKind(links, i);
      LinkType type = type(link);
      if (link.relation() == Relation.RELATED && selection.hasPart("attributes", type.property())) {
        open = open(json, open);
        json.name(type.property());
        if (type.many()) {
          json.beginArray();
          links.subList(i, end).forEach(l -> json.string(l.target()));
          json.endArray();
        } else {
          json.string(link.target());
        }
      }
      i = end;
    }
    if (open) {
      json.endObject();
    }
  }

  private static boolean open(JsonWriter json, boolean open) {
    if (!open) {
      json.name("attributes").beginObject();
    }
    return true;
  }

  private static int endOfKind(List<Link> links, int start) {
    Link first = links.get(start);
    int end = start + 1;
    while (end < links.size()
        && links.get(end).relation() == first.relation()
        && links.get(end).referential().equals(first.referential())) {
      end++;
    }
    return end;
  }

  private LinkType type(Link link) {
    for (LinkType type : point.referential().links()) {
      if (type.relation() == link.relation() && type.referential().equals(link.referential())) {
        return type;
      }
    }
    return new LinkType(link.relation(), link.referential(), link.referential(), true, false);
  }

  private void writeBroader(JsonWriter json, Found found, List<Link> links, LocalDate day) {
    boolean whole = selection.has("broader");
    boolean open = whole;
    if (open) {
      json.name("broader").beginArray();
    }
    for (Link link : links) {
      if (link.relation() == Relation.BROADER && (whole || selection.has(type(link).property()))) {
        if (!open) {
          json.name("broader").beginArray();
          open = true;
        }
        writeRelative(json, link, found, day);
      }
    }
    if (open) {
      json.endArray();
    }
  }

  private void writeRelative(JsonWriter json, Link link, Found found, LocalDate day) {
    Node node = new Node(link.referential(), link.target());
    ConceptState state = Kin.state(point.registry(), found.release(), node, day);
    json.beginObject()
        .member("referential", node.referential())
        .member("code", node.code())
        .member("label", state == null ? null : state.label())
        .member("level", state == null ? null : state.level());
    Validity known = point.codes().knowledge(found.release()).find(link);
    if (known != null && !known.contains(day)) {
      writeValidity(json.name("known"), known);
    }
    json.endObject();
  }

  private void writeHeirs(JsonWriter json, Found found) {
    Node node = new Node(point.referential().id(), found.state().code());
    if (found.status() == Status.CEASED && selection.has("successors")) {
      json.name("successors").beginArray();
      Kin.listSuccessors(point, found).forEach(heir -> heir.writeTo(json));
      json.endArray();
    }
    if (found.status() == Status.FUTURE && selection.has("predecessors")) {
      json.name("predecessors").beginArray();
      Kin.listPredecessors(point.registry(), node, found.release())
          .forEach(heir -> heir.writeTo(json));
      json.endArray();
    }
  }

  /** Writes a validity. */
  static void writeValidity(JsonWriter json, Validity validity) {
    json.beginObject().member("from", validity.from()).member("to", validity.to()).endObject();
  }

  /** The columns of the table. */
  List<String> columns() {
    return selection.columns();
  }

  /** A code as a line of the table. */
  List<@Nullable String> line(Found found) {
    ConceptState state = found.state();
    LocalDate day = found.linkDate(point.date());
    Knowledge knowledge = point.codes().knowledge(found.release());
    List<Link> links = point.codes().listLinks(state.code(), found.release(), day);
    List<@Nullable String> cells = new ArrayList<>(selection.columns().size());
    for (String column : selection.columns()) {
      cells.add(
          switch (column) {
            case "code" -> state.code();
            case "label" -> state.label();
            case "level" -> state.level();
            case "status" -> found.status().id();
            case "from" -> text(state.validity().from());
            case "to" -> text(state.validity().to());
            case "referential" -> point.referential().id();
            case "release" -> found.release().edition();
            case "date" -> text(point.date());
            case "beginsAtHorizon" ->
                Boolean.toString(point.referential().beginsAtHorizon(state.validity()));
            case "beginsAfter" -> text(knowledge.findBeginsAfter(state));
            case "known" -> doubts(state, links, knowledge, day);
            case "notKnown" -> String.join("|", listUnknown(state, knowledge, day));
            case "derived" -> Boolean.toString(state.derived());
            case "uri" -> point.address(state.code());
            case "source" -> point.referential().publisher();
            default -> part(column, found, links);
          });
    }
    return cells;
  }

  /** The columns whose values are not known to hold on the day, each with the days it is known. */
  private String doubts(ConceptState state, List<Link> links, Knowledge knowledge, LocalDate day) {
    List<String> doubts = new ArrayList<>(1);
    Validity own = knowledge.find(state);
    if (own != null && !own.contains(day)) {
      doubts.add("code:" + own);
    }
    for (Link link : links) {
      Validity known = knowledge.find(link);
      if (known != null && !known.contains(day)) {
        doubts.add(type(link).property() + ':' + known);
      }
    }
    return String.join("|", doubts);
  }

  private @Nullable String part(String column, Found found, List<Link> links) {
    ConceptState state = found.state();
    String attribute = state.attributes().get(column);
    if (attribute != null) {
      return attribute;
    }
    if (column.startsWith("label_")) {
      return state.labels().get(column.substring("label_".length()));
    }
    if (column.equals("successors") || column.equals("predecessors")) {
      Node node = new Node(point.referential().id(), state.code());
      List<Kin> heirs =
          column.equals("predecessors")
              ? Kin.listPredecessors(point.registry(), node, found.release())
              : found.status() == Status.CEASED ? Kin.listSuccessors(point, found) : List.of();
      return String.join("|", heirs.stream().map(Kin::code).distinct().toList());
    }
    for (Measure measure : found.listMeasures(point.codes())) {
      if (measure.name().equals(column)) {
        return Long.toString(measure.value());
      }
    }
    List<String> targets = new ArrayList<>(1);
    for (Link link : links) {
      if (type(link).property().equals(column)) {
        targets.add(link.target());
      }
    }
    return String.join("|", targets);
  }

  private static @Nullable String text(@Nullable LocalDate date) {
    return date == null ? null : date.toString();
  }
}
