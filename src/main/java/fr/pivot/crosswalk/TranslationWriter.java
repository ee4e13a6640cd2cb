package fr.pivot.crosswalk;

import fr.pivot.catalog.Release;
import fr.pivot.crosswalk.lineage.Arrival;
import fr.pivot.crosswalk.lineage.Share;
import fr.pivot.crosswalk.route.Step;
import fr.pivot.referential.Language;
import fr.pivot.referential.SourceFile;
import fr.pivot.referential.Succession;
import fr.pivot.referential.Text;
import fr.pivot.referential.Validity;
import fr.pivot.registry.Point;
import fr.pivot.registry.Registry.Event;
import fr.pivot.text.JsonWriter;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes translations as JSON and as lines of a table. */
public final class TranslationWriter {

  /** The columns of a table of translations. */
  static final List<String> COLUMNS =
      List.of("code", "label", "status", "target", "targetLabel", "match", "share", "basis");

  /** The column beside them, of the days of which a translation is known that is not of its own. */
  private static final String KNOWN = "known";

  private static final Text NOT_KNOWN =
      new Text(
          "les liens de ce code ne sont pas connus ce jour-là",
          "the links of this code are not known of that day");

  private final Crosswalk crosswalk;
  private final Language language;

  /** Writes translations of a crosswalk, their reasons in a language. */
  public TranslationWriter(Crosswalk crosswalk, Language language) {
    this.crosswalk = crosswalk;
    this.language = language;
  }

  /** Writes the answer to one question: between which points, the translation and its route. */
  void writeAnswer(JsonWriter json, String input, Translation translation) {
    json.beginObject();
    writePoints(json);
    writeMembers(json, input, translation);
    List<Step> detour = translation.detour();
    writeRoute(json, detour == null ? crosswalk.route() : detour, translation.events());
    json.endObject();
  }

  /** Writes the points as members of the object that is open. */
  public void writePoints(JsonWriter json) {
    write(json.name("from"), crosswalk.from());
    write(json.name("to"), crosswalk.to());
  }

  private static void write(JsonWriter json, Point point) {
    json.beginObject()
        .member("referential", point.referential().id())
        .member("release", point.release().edition())
        .member("date", point.date())
        .endObject();
  }

  /** Writes a translation, without its route where that is the one of all. */
  public void write(JsonWriter json, @Nullable String input, Translation translation) {
    json.beginObject();
    writeMembers(json, input, translation);
    if (translation.detour() != null) {
      writeRoute(json, translation.detour(), translation.events());
    }
    json.endObject();
  }

  private void writeMembers(JsonWriter json, @Nullable String input, Translation translation) {
    if (input != null && !input.equals(translation.code())) {
      json.member("input", input);
    }
    json.member("code", translation.code());
    String label = crosswalk.from().label(translation.code());
    if (label != null) {
      json.member("label", label);
    }
    json.member("status", translation.status().id()).name("targets").beginArray();
    for (Arrival target : translation.targets()) {
      json.beginObject()
          .member("code", target.code())
          .member("label", crosswalk.to().label(target.code()))
          .member("match", target.match().id());
      Share share = target.share();
      if (share != null) {
        json.name("share").decimal(share.text()).member("basis", share.basis());
        if (share.edition() != null) {
          json.member("year", share.edition());
        }
      }
      json.endObject();
    }
    json.endArray();
    Validity known = crosswalk.findKnown(translation);
    if (known != null) {
      json.name(KNOWN)
          .beginObject()
          .member("from", known.from())
          .member("to", known.to())
          .endObject();
    }
    if (translation.withTotal() > 0) {
      json.name("with").beginArray();
      for (String code : translation.with()) {
        json.beginObject()
            .member("code", code)
            .member("label", crosswalk.from().label(code))
            .endObject();
      }
      json.endArray().member("withTotal", translation.withTotal());
    }
    if (translation.doubt() != null) {
      json.member("reason", translation.doubt().id())
          .member("detail", translation.doubt().text().in(language));
      if (translation.likely() != null) {
        json.member("likely", translation.likely());
      }
    }
    if (translation.status() == Status.UNKNOWN) {
      if (crosswalk.from().holds(translation.code())) {
        json.member("reason", "not-known-at-date").member("detail", NOT_KNOWN.in(language));
      } else {
        boolean once = crosswalk.from().codes().contains(translation.code());
        json.member("reason", once ? "code-not-in-force" : "unknown-code");
      }
    }
  }

  /**
   * Writes the route, a step an object.
   *
   * @param events the successions that were followed in each step; empty for the route as such
   */
  public void writeRoute(JsonWriter json, List<Step> route, List<List<Event>> events) {
    json.name("route").beginArray();
    for (int i = 0; i < route.size(); i++) {
      write(json, route.get(i), i < events.size() ? events.get(i) : List.<Event>of());
    }
    json.endArray();
  }

  private void write(JsonWriter json, Step step, List<Event> events) {
    json.beginObject();
    switch (step) {
      case Step.ThroughTime through -> {
        json.member("step", "successions");
        writeEnds(json, step);
        writeSource(json, through.from().referential().id(), through.lineage().release());
      }
      case Step.Parts parts -> {
        json.member("step", "successions");
        writeEnds(json, step);
        writeSource(json, parts.lineage().referential(), parts.lineage().release());
      }
      case Step.AlongLinks along -> {
        Point bearer = along.up() ? along.from() : along.to();
        json.member("step", "links").member("relation", along.relation().id());
        writeEnds(json, step);
        writeSource(json, bearer.referential().id(), bearer.release());
      }
      case Step.ByTable by -> {
        json.member("step", "correspondence")
            .member("correspondence", by.table().head().id())
            .member("direction", by.forth() ? "forward" : "backward");
        writeEnds(json, step);
        writeFiles(json, by.table().head().sources());
      }
    }
    if (!events.isEmpty()) {
      json.name("events").beginArray();
      events.forEach(event -> write(json, event, step.to().release()));
      json.endArray();
    }
    json.endObject();
  }

  private static void writeEnds(JsonWriter json, Step step) {
    json.member("from", step.from().toString()).member("to", step.to().toString());
  }

  private static void writeSource(JsonWriter json, String referential, Release release) {
    json.member("source", referential + '@' + release.edition());
    writeFiles(json, release.head().sources());
  }

  private static void writeFiles(JsonWriter json, List<SourceFile> files) {
    json.name("files").beginArray();
    files.forEach(file -> json.string(file.name()));
    json.endArray();
  }

  private void write(JsonWriter json, Event event, Release release) {
    Succession succession = event.succession();
    json.beginObject().member("date", succession.date());
    LocalDate dateAfter = crosswalk.registry().findHappenedAfter(event, release);
    if (dateAfter != null) {
      json.member("dateAfter", dateAfter);
    }
    json.member("referential", event.referential()).member("code", succession.code());
    if (!succession.referentialAfter().equals(event.referential())) {
      json.member("referentialAfter", succession.referentialAfter());
    }
    json.member("codeAfter", succession.codeAfter()).member("kind", succession.kind().id());
    if (succession.type() != null) {
      json.member("type", succession.type());
    }
    json.endObject();
  }

  /** The columns of a table of its translations. */
  List<String> columns() {
    if (!crosswalk.isDoubtful()) {
      return COLUMNS;
    }
    List<String> columns = new ArrayList<>(COLUMNS);
    columns.add(KNOWN);
    return columns;
  }

  /** The lines of a translation in a table: one for each target, or one without. */
  List<List<@Nullable String>> lines(Translation translation) {
    String label = crosswalk.from().label(translation.code());
    String status = translation.status().id();
    Validity known = crosswalk.findKnown(translation);
    List<List<@Nullable String>> lines = new ArrayList<>();
    if (translation.targets().isEmpty()) {
      lines.add(line(translation.code(), label, status, null, null, null, null, null));
    }
    for (Arrival target : translation.targets()) {
      Share share = target.share();
      lines.add(
          line(
              translation.code(),
              label,
              status,
              target.code(),
              crosswalk.to().label(target.code()),
              target.match().id(),
              share == null ? null : share.text(),
              share == null ? null : share.basis()));
    }
    if (crosswalk.isDoubtful()) {
      lines.forEach(line -> line.add(known == null ? null : known.toString()));
    }
    return lines;
  }

  private static List<@Nullable String> line(@Nullable String... cells) {
    List<@Nullable String> line = new ArrayList<>(cells.length);
    for (String cell : cells) {
      line.add(cell);
    }
    return line;
  }
}
