package fr.pivot.reconciliation;

import fr.pivot.catalog.Reference;
import fr.pivot.crosswalk.Crosswalks;
import fr.pivot.crosswalk.lineage.Arrival;
import fr.pivot.finding.ProblemException;
import fr.pivot.finding.ProblemType;
import fr.pivot.http.JsonTree;
import fr.pivot.reconciliation.Endpoint.Entity;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Referential;
import fr.pivot.referential.Text;
import fr.pivot.referential.Validity;
import fr.pivot.registry.CodeView;
import fr.pivot.registry.Kin;
import fr.pivot.registry.Point;
import fr.pivot.registry.Points;
import fr.pivot.text.JsonWriter;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Adds to entities what is known of them: attributes, figures, links, what they are elsewhere. */
final class Extension {

  /** The setting that says on which day, or in which edition, values are read. */
  static final String DATE = "date";

  /** The setting that says which targets of a translation are wanted. */
  static final String ONLY = "only";

  static final String ALL = "all";
  static final String CERTAIN = "certain";

  /** The most entities, and the most properties, of one request. OpenRefine sends ten entities. */
  static final int MOST_IDS = 500;

  static final int MOST_PROPERTIES = 50;

  private static final Text UNTIL = new Text(" (su jusqu’au ", " (known until ");

  private final Endpoint endpoint;
  private final Properties properties;
  private final Crosswalks crosswalks;
  private final List<String> ids = new ArrayList<>();
  private final List<Column> columns = new ArrayList<>();

  /** What is asked, and what was learnt of it while it was answered. */
  private static final class Column {
    private final String id;
    private final @Nullable String date;
    private final boolean certain;
    private @Nullable Property property;
    private @Nullable Reference target;

    Column(String id, @Nullable String date, boolean certain) {
      this.id = id;
      this.date = date;
      this.certain = certain;
    }
  }

  /** A value. */
  private sealed interface Value {
    record Words(String text) implements Value {}

    record Count(long number) implements Value {}

    record Day(LocalDate date) implements Value {}

    record Concept(String id, String name) implements Value {}
  }

  private Extension(Endpoint endpoint, Properties properties, Crosswalks crosswalks) {
    this.endpoint = endpoint;
    this.properties = properties;
    this.crosswalks = crosswalks;
  }

  /**
   * Reads a data extension query.
   *
   * @param parameter where it stands, for what is said of it
   */
  static Extension read(
      Endpoint endpoint,
      Properties properties,
      Crosswalks crosswalks,
      String json,
      String parameter) {
    Extension extension = new Extension(endpoint, properties, crosswalks);
    if (!(JsonTree.read(json, parameter) instanceof Map<?, ?> query)
        || !(query.get("ids") instanceof List<?> ids)
        || !(query.get("properties") instanceof List<?> wanted)) {
      throw ProblemType.invalid(
          parameter,
          new Text(
              "un objet JSON avec les listes « ids » et « properties »",
              "a JSON object with the lists \"ids\" and \"properties\""));
    }
    if (ids.size() > MOST_IDS || wanted.size() > MOST_PROPERTIES) {
      throw ProblemType.TOO_LARGE
          .with("limit", ids.size() > MOST_IDS ? MOST_IDS : MOST_PROPERTIES)
          .with("member", ids.size() > MOST_IDS ? "ids" : "properties")
          .exception();
    }
    Set<String> unique = new LinkedHashSet<>();
    for (Object id : ids) {
      unique.add(extension.text(id, "ids"));
    }
    extension.ids.addAll(unique);
    for (Object property : wanted) {
      extension.columns.add(extension.column(property));
    }
    return extension;
  }

  private Column column(@Nullable Object value) {
    if (!(value instanceof Map<?, ?> property)) {
      throw invalid("properties", new Text("des objets avec « id »", "objects with \"id\""));
    }
    String date = null;
    boolean certain = false;
    if (property.get("settings") instanceof Map<?, ?> settings) {
      Object day = settings.get(DATE);
      date = day == null || day.equals("") ? null : text(day, DATE);
      Object only = settings.get(ONLY);
      if (only != null && !only.equals(ALL) && !only.equals(CERTAIN) && !only.equals("")) {
        throw invalid(ONLY, new Text(ALL + ", " + CERTAIN, ALL + ", " + CERTAIN));
      }
      certain = CERTAIN.equals(only);
    }
    return new Column(text(property.get("id"), "id"), date, certain);
  }

  private String text(@Nullable Object value, String member) {
    if (value instanceof String text) {
      return text;
    }
    if (value instanceof Long number) {
      return number.toString();
    }
    throw invalid(member, new Text("un texte", "a text"));
  }

  private static ProblemException invalid(String member, Text expected) {
    return ProblemType.INVALID_QUERY.with("query", member).with("expected", expected).exception();
  }

  /** The answer as version 0.2 has it: rows by id. */
  byte[] keyed() {
    Map<String, List<List<Value>>> rows = rows();
    JsonWriter json = new JsonWriter(4096);
    json.beginObject();
    writeMeta(json);
    json.name("rows").beginObject();
    rows.forEach(
        (id, row) -> {
          json.name(id).beginObject();
          for (int i = 0; i < columns.size(); i++) {
            write(json.name(columns.get(i).id), row.get(i));
          }
          json.endObject();
        });
    return json.endObject().endObject().take();
  }

  /** The answer as version 1.0 has it: rows in order. */
  byte[] listed() {
    Map<String, List<List<Value>>> rows = rows();
    JsonWriter json = new JsonWriter(4096);
    json.beginObject();
    writeMeta(json);
    json.name("rows").beginArray();
    rows.forEach(
        (id, row) -> {
          json.beginObject().member("id", id).name("properties").beginArray();
          for (int i = 0; i < columns.size(); i++) {
            json.beginObject().member("id", columns.get(i).id);
            write(json.name("values"), row.get(i));
            json.endObject();
          }
          json.endArray().endObject();
        });
    return json.endArray().endObject().take();
  }

  private Map<String, List<List<Value>>> rows() {
    List<Optional<Entity>> entities = ids.stream().map(endpoint::find).toList();
    for (Column column : columns) {
      resolve(column, entities);
    }
    Map<String, List<List<Value>>> rows = new LinkedHashMap<>();
    for (int i = 0; i < ids.size(); i++) {
      List<List<Value>> row = new ArrayList<>();
      for (Column column : columns) {
        row.add(entities.get(i).map(entity -> values(entity, column)).orElse(List.of()));
      }
      rows.put(ids.get(i), row);
    }
    return rows;
  }

  /** Finds out what a property is, from the entities that are asked or, if none, from all. */
  private void resolve(Column column, List<Optional<Entity>> entities) {
    Map<String, Scope> scopes = new LinkedHashMap<>();
    entities.forEach(
        found ->
            found.ifPresent(e -> scopes.putIfAbsent(e.scope().reference().toString(), e.scope())));
    if (scopes.isEmpty()) {
      endpoint.scopes().forEach(s -> scopes.put(s.reference().toString(), s));
    }
    for (Scope scope : scopes.values()) {
      Optional<Property> property = properties.findExtension(scope, column.id);
      if (property.isPresent()) {
        column.property = property.get();
        column.target = target(scope, property.get(), column);
        return;
      }
    }
    throw Properties.unknown(
            column.id,
            scopes.values().stream()
                .limit(1)
                .flatMap(s -> properties.listExtensions(s).stream())
                .toList())
        .exception();
  }

  /** The point at which the concepts of a column are; null where its values are no concepts. */
  private @Nullable Reference target(Scope scope, Property property, Column column) {
    return switch (property) {
      case Property.Linked(_, _, var type) -> {
        Scope there = at(scope, column);
        LocalDate day = there.point().date();
        endpoint
            .registry()
            .catalog()
            .findReferential(type.referential())
            .filter(linked -> linked.isBeforeHorizon(day))
            .ifPresent(
                linked -> {
                  throw Points.beforeHorizon(linked.id(), linked.horizon(), day).exception();
                });
        yield there.beside(type.referential());
      }
      case Property.Elsewhere elsewhere -> elsewhere.target();
      case Property.Kin _ -> scope.reference();
      default -> null;
    };
  }

  private Scope at(Scope scope, Column column) {
    if (column.date == null) {
      return scope;
    }
    Point point =
        endpoint
            .at(scope, column.date)
            .orElseThrow(
                () ->
                    invalid(
                        DATE,
                        new Text(
                            "une date, comme 2015-06-01, ou une édition",
                            "a date, such as 2015-06-01, or an edition")));
    return new Scope(scope.reference(), point);
  }

  private List<Value> values(Entity entity, Column column) {
    Scope scope = at(entity.scope(), column);
    Optional<Property> property = properties.findExtension(entity.scope(), column.id);
    Optional<CodeView> view = new Entity(scope, entity.code()).find();
    return property.isEmpty() || view.isEmpty()
        ? List.of()
        : values(scope, view.get(), property.get(), column.certain);
  }

  private List<Value> values(Scope scope, CodeView view, Property property, boolean certain) {
    return switch (property) {
      case Property.Own own -> own(scope, view, own.id());
      case Property.Translated label -> words(view.state().labels().get(label.language()));
      case Property.Attribute attribute -> words(view.state().attributes().get(attribute.id()));
      case Property.Figure figure ->
          view.listMeasures().stream()
              .filter(m -> m.name().equals(figure.id()))
              .<Value>map(m -> new Value.Count(m.value()))
              .toList();
      case Property.Linked linked -> links(scope, view, linked, certain);
      case Property.Kin kin -> kin(scope, view, kin.after());
      case Property.Elsewhere elsewhere -> elsewhere(view, elsewhere.target(), certain);
    };
  }

  private static List<Value> words(@Nullable String text) {
    return text == null ? List.of() : List.of(new Value.Words(text));
  }

  private static List<Value> day(@Nullable LocalDate day) {
    return day == null ? List.of() : List.of(new Value.Day(day));
  }

  private List<Value> own(Scope scope, CodeView view, String id) {
    LocalDate from = view.validity().from();
    LocalDate to = view.validity().to();
    return switch (id) {
      case "code" -> words(view.code());
      case "label" -> words(view.state().label());
      case "level" -> words(view.state().level());
      case "status" -> words(view.status().id());
      case "from" -> day(from);
      case "to" -> day(to);
      case "validity" -> words(interval(from) + '/' + interval(to));
      default -> words(endpoint.address(scope, view.code()));
    };
  }

  /** An end of an interval as ISO 8601-2 writes it: two points where there is none. */
  private static String interval(@Nullable LocalDate day) {
    return day == null ? ".." : day.toString();
  }

  /** A link that is not known to hold on the day says in its name until when it is. */
  private List<Value> links(Scope scope, CodeView view, Property.Linked linked, boolean certain) {
    Reference beside = scope.beside(linked.type().referential());
    List<Value> values = new ArrayList<>();
    for (CodeView.Linked link : view.listLinks()) {
      if (link.type().relation() == linked.type().relation()
          && link.type().referential().equals(linked.type().referential())) {
        Validity doubt = link.doubt();
        LocalDate until = doubt == null ? null : doubt.to();
        if (until == null || !certain) {
          String code = link.node().code();
          ConceptState state = link.state();
          String label = state == null ? code : state.label();
          values.add(
              new Value.Concept(
                  endpoint.idBeside(beside, code),
                  until == null
                      ? label
                      : label + UNTIL.in(endpoint.language()) + until.minusDays(1) + ')'));
        }
      }
    }
    return values;
  }

  private List<Value> kin(Scope scope, CodeView view, boolean after) {
    Map<String, Value> values = new LinkedHashMap<>();
    for (Kin heir : after ? view.listSuccessors() : view.listPredecessors()) {
      if (heir.referential().equals(scope.referential().id())) {
        String label = heir.label();
        values.putIfAbsent(
            heir.code(),
            new Value.Concept(
                endpoint.id(scope, heir.code()), label == null ? heir.code() : label));
      }
    }
    return List.copyOf(values.values());
  }

  private List<Value> elsewhere(CodeView view, Reference target, boolean certain) {
    Point to = Points.find(endpoint.registry(), target, endpoint.today());
    List<Arrival> arrivals =
        crosswalks
            .find(view.pointOfDay(), to)
            .map(crosswalk -> crosswalk.translate(view.code()).targets())
            .orElse(List.of());
    if (certain && arrivals.size() > 1) {
      return List.of();
    }
    List<Value> values = new ArrayList<>();
    for (Arrival arrival : arrivals) {
      String label = to.codes().findLabel(arrival.code(), to.release(), to.date());
      values.add(
          new Value.Concept(
              endpoint.idBeside(target, arrival.code()), label == null ? arrival.code() : label));
    }
    return values;
  }

  private void writeMeta(JsonWriter json) {
    json.name("meta").beginArray();
    for (Column column : columns) {
      Property property = column.property;
      Reference target = column.target;
      json.beginObject()
          .member("id", column.id)
          .member("name", property == null ? column.id : property.name().in(endpoint.language()));
      if (target != null) {
        Scope only = endpoint.only();
        boolean own = only != null && target.equals(only.reference());
        json.name("type")
            .beginObject()
            .member("id", only == null ? target.toString() : target.referential())
            .member(
                "name",
                endpoint
                    .registry()
                    .catalog()
                    .findReferential(target.referential())
                    .map(Referential::title)
                    .orElse(new Text(target.referential(), target.referential()))
                    .in(endpoint.language()))
            .endObject();
        if (only != null && !own) {
          json.member("service", endpoint.url(target));
        }
      }
      json.endObject();
    }
    json.endArray();
  }

  private static void write(JsonWriter json, List<Value> values) {
    json.beginArray();
    for (Value value : values) {
      json.beginObject();
      switch (value) {
        case Value.Words(String text) -> json.member("str", text);
        case Value.Count(long number) -> json.member("int", number);
        case Value.Day(LocalDate date) -> json.member("date", date + "T00:00:00Z");
        case Value.Concept(String id, String name) -> json.member("id", id).member("name", name);
      }
      json.endObject();
    }
    json.endArray();
  }
}
