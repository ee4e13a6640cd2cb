package fr.pivot.lookup;

import fr.pivot.catalog.Release;
import fr.pivot.http.Representation.RowWriter;
import fr.pivot.lookup.Fields.Selection;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.LinkType;
import fr.pivot.referential.Measure;
import fr.pivot.referential.Relation;
import fr.pivot.referential.Validity;
import fr.pivot.registry.CodeAnswer.Status;
import fr.pivot.registry.CodeView;
import fr.pivot.registry.CodeView.Linked;
import fr.pivot.registry.Kin;
import fr.pivot.registry.Registry.Node;
import fr.pivot.text.JsonWriter;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Writes codes: as JSON objects and as lines of tables. */
final class CodeWriter implements RowWriter<CodeView> {

  /** The bytes that nearly no code needs more of. */
  private static final int ROOM = 1024;

  private final Selection selection;
  private final boolean parts;
  private final @Nullable WrittenCodes written;
  private final Above above = new Above();

  /** Writes what a selection shows of codes. */
  CodeWriter(Selection selection) {
    this(selection, null);
  }

  /**
   * Writes what a selection shows of many codes.
   *
   * @param written what was written of codes before; null where nothing is kept
   */
  CodeWriter(Selection selection, @Nullable WrittenCodes written) {
    this.selection = selection;
    this.parts = selection.hasParts();
    this.written = selection.isAll() ? written : null;
  }

  /** Writes a code as an object. */
  @Override
  public void write(JsonWriter json, CodeView view) {
    json.beginObject();
    writeMembers(json, view);
    json.endObject();
  }

  /** Writes the members of a code into an object that is already open. */
  void writeMembers(JsonWriter json, CodeView view) {
    if (written == null) {
      gather(json, view);
    } else {
      json.written(written.members(view, this::gather));
    }
  }

  private byte[] gather(CodeView view) {
    JsonWriter members = new JsonWriter(ROOM);
    gather(members, view);
    return members.takeValue();
  }

  private void gather(JsonWriter json, CodeView view) {
    ConceptState state = view.state();
    if (selection.has("code")) {
      json.member("code", state.code());
    }
    if (selection.has("label")) {
      json.member("label", state.label());
    }
    writeLabels(json, state);
    if (selection.has("referential")) {
      json.member("referential", view.referential().id());
    }
    if (selection.has("release")) {
      json.member("release", view.release().edition());
    }
    if (selection.has("date")) {
      json.member("date", view.point().date());
    }
    if (selection.has("level")) {
      json.member("level", state.level());
    }
    if (selection.has("status")) {
      json.member("status", view.status().id());
    }
    if (selection.has("validity")) {
      writeValidity(json.name("validity"), state.validity());
    }
    writeKnown(json, view);
    if (selection.has("derived") && state.derived()) {
      json.member("derived", true);
    }
    if (parts) {
      List<Linked> links = view.listLinks();
      writeAttributes(json, view, links);
      writeDoubts(json, links);
      writeBroader(json, view, links);
    }
    writeUnknown(json, view);
    writeHeirs(json, view);
    if (selection.has("uri")) {
      json.member("uri", view.address());
    }
    if (selection.has("source")) {
      json.member("source", view.referential().publisher());
    }
  }

  /** What is to be known of the validity before it is relied on. */
  private void writeKnown(JsonWriter json, CodeView view) {
    if (selection.has("beginsAtHorizon") && view.beginsAtHorizon()) {
      json.member("beginsAtHorizon", true);
    }
    writeKnown(
        json,
        selection.has("beginsAfter") ? view.beginsAfter() : null,
        selection.has("known") ? view.known() : null);
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
  private void writeDoubts(JsonWriter json, List<Linked> links) {
    Map<String, Validity> doubts = new LinkedHashMap<>();
    for (Linked link : links) {
      String property = link.type().property();
      if (isRelated(link) && selection.hasPart("attributes", property)) {
        Validity doubt = link.doubt();
        if (doubt != null) {
          doubts.putIfAbsent(property, doubt);
        }
      }
    }
    if (!doubts.isEmpty()) {
      json.name("attributesKnown").beginObject();
      doubts.forEach((property, known) -> writeValidity(json.name(property), known));
      json.endObject();
    }
  }

  private static boolean isRelated(Linked link) {
    return link.type().relation() == Relation.RELATED;
  }

  private void writeUnknown(JsonWriter json, CodeView view) {
    if (selection.has("notKnown")) {
      List<String> unknown = view.listNotKnown();
      if (!unknown.isEmpty()) {
        json.name("notKnown").value(unknown);
      }
    }
  }

  private void writeLabels(JsonWriter json, ConceptState state) {
    boolean whole = selection.has("labels");
    if (!whole && state.labels().isEmpty()) {
      return;
    }
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

  private void writeAttributes(JsonWriter json, CodeView view, List<Linked> links) {
    ConceptState state = view.state();
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
    for (Measure measure : view.listMeasures()) {
      if (selection.hasPart("attributes", measure.name())) {
        open = open(json, open);
        json.member(measure.name(), measure.value());
      }
    }
    for (int i = 0; i < links.size(); ) {
      Linked link = links.get(i);
      int end = endOfKind(links, i);
      LinkType type = link.type();
      if (isRelated(link) && selection.hasPart("attributes", type.property())) {
        open = open(json, open);
        json.name(type.property());
        if (type.many()) {
          json.beginArray();
          links.subList(i, end).forEach(l -> json.string(l.node().code()));
          json.endArray();
        } else {
          json.string(link.node().code());
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

  private static int endOfKind(List<Linked> links, int start) {
    LinkType type = links.get(start).type();
    int end = start + 1;
    while (end < links.size() && links.get(end).type().equals(type)) {
      end++;
    }
    return end;
  }

  private void writeBroader(JsonWriter json, CodeView view, List<Linked> links) {
    boolean whole = selection.has("broader");
    boolean open = whole;
    if (open) {
      json.name("broader").beginArray();
    }
    for (Linked link : links) {
      if (link.isBroader() && (whole || selection.has(link.type().property()))) {
        if (!open) {
          json.name("broader").beginArray();
          open = true;
        }
        writeAbove(json, view, link);
      }
    }
    if (open) {
      json.endArray();
    }
  }

  private void writeAbove(JsonWriter json, CodeView view, Linked link) {
    Validity doubt = link.doubt();
    if (doubt == null) {
      json.written(above.of(view, link));
    } else {
      json.beginObject();
      writeRelative(json, link.node(), link.state());
      writeValidity(json.name("known"), doubt);
      json.endObject();
    }
  }

  /**
   * What stands above codes, as it is written: that of many codes is the same, on one day and
   * beside one edition.
   */
  private static final class Above {
    private static final int MOST = 4096;

    private final Map<Node, byte[]> written = new HashMap<>();
    private final JsonWriter json = new JsonWriter(256);
    private @Nullable LocalDate day;
    private @Nullable Release release;

    byte[] of(CodeView view, Linked link) {
      if (!view.day().equals(day) || view.release() != release || written.size() >= MOST) {
        written.clear();
        day = view.day();
        release = view.release();
      }
      return written.computeIfAbsent(
          link.node(),
          node -> {
            writeRelative(json.beginObject(), node, link.state());
            return json.endObject().takeValue();
          });
    }
  }

  /**
   * Writes another code into an object that is already open.
   *
   * @param state as it is around the day; null where nobody knows it
   */
  static void writeRelative(JsonWriter json, Node node, @Nullable ConceptState state) {
    json.member("referential", node.referential())
        .member("code", node.code())
        .member("label", state == null ? null : state.label())
        .member("level", state == null ? null : state.level());
  }

  private void writeHeirs(JsonWriter json, CodeView view) {
    if (view.status() == Status.CEASED && selection.has("successors")) {
      json.name("successors").beginArray();
      view.listSuccessors().forEach(heir -> heir.writeTo(json));
      json.endArray();
    }
    if (view.status() == Status.FUTURE && selection.has("predecessors")) {
      json.name("predecessors").beginArray();
      view.listPredecessors().forEach(heir -> heir.writeTo(json));
      json.endArray();
    }
  }

  /** Writes a state of a code as one of its history. */
  static void writeState(JsonWriter json, CodeView view) {
    ConceptState state = view.state();
    writeValidity(json.beginObject().name("validity"), state.validity());
    if (view.beginsAtHorizon()) {
      json.member("beginsAtHorizon", true);
    }
    writeKnown(json, view.beginsAfter(), view.known());
    json.member("label", state.label())
        .name("labels")
        .value(new java.util.TreeMap<>(state.labels()))
        .member("level", state.level())
        .name("attributes")
        .value(new java.util.TreeMap<>(state.attributes()))
        .member("derived", state.derived())
        .endObject();
  }

  private static void writeValidity(JsonWriter json, Validity validity) {
    json.beginObject().member("from", validity.from()).member("to", validity.to()).endObject();
  }

  @Override
  public List<String> columns() {
    return selection.columns();
  }

  @Override
  public List<List<@Nullable String>> lines(CodeView view) {
    return List.of(line(view));
  }

  /** A code as a line of the table. */
  List<@Nullable String> line(CodeView view) {
    ConceptState state = view.state();
    List<@Nullable String> cells = new ArrayList<>(selection.columns().size());
    for (String column : selection.columns()) {
      cells.add(
          switch (column) {
            case "code" -> state.code();
            case "label" -> state.label();
            case "level" -> state.level();
            case "status" -> view.status().id();
            case "from" -> text(state.validity().from());
            case "to" -> text(state.validity().to());
            case "referential" -> view.referential().id();
            case "release" -> view.release().edition();
            case "date" -> text(view.point().date());
            case "beginsAtHorizon" -> Boolean.toString(view.beginsAtHorizon());
            case "beginsAfter" -> text(view.beginsAfter());
            case "known" -> doubts(view);
            case "notKnown" -> String.join("|", view.listNotKnown());
            case "derived" -> Boolean.toString(state.derived());
            case "uri" -> view.address();
            case "source" -> view.referential().publisher();
            default -> part(column, view);
          });
    }
    return cells;
  }

  /** The columns whose values are not known to hold on the day, each with the days it is known. */
  private static String doubts(CodeView view) {
    List<String> doubts = new ArrayList<>(1);
    Validity own = view.doubt();
    if (own != null) {
      doubts.add("code:" + own);
    }
    for (Linked link : view.listLinks()) {
      Validity doubt = link.doubt();
      if (doubt != null) {
        doubts.add(link.type().property() + ':' + doubt);
      }
    }
    return String.join("|", doubts);
  }

  private static @Nullable String part(String column, CodeView view) {
    String attribute = view.state().attributes().get(column);
    if (attribute != null) {
      return attribute;
    }
    if (column.startsWith("label_")) {
      return view.state().labels().get(column.substring("label_".length()));
    }
    if (column.equals("successors") || column.equals("predecessors")) {
      List<Kin> heirs =
          column.equals("predecessors")
              ? view.listPredecessors()
              : view.status() == Status.CEASED ? view.listSuccessors() : List.of();
      return String.join("|", heirs.stream().map(Kin::code).distinct().toList());
    }
    for (Measure measure : view.listMeasures()) {
      if (measure.name().equals(column)) {
        return Long.toString(measure.value());
      }
    }
    List<String> targets = new ArrayList<>(1);
    for (Linked link : view.listLinks()) {
      if (link.type().property().equals(column)) {
        targets.add(link.node().code());
      }
    }
    return String.join("|", targets);
  }

  private static @Nullable String text(@Nullable LocalDate date) {
    return date == null ? null : date.toString();
  }
}
