package fr.pivot.crosswalk.changes;

import fr.pivot.crosswalk.changes.Changes.Change;
import fr.pivot.http.Representation.RowWriter;
import fr.pivot.text.JsonWriter;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes changes as JSON and as lines of a table. */
final class ChangesWriter implements RowWriter<Change> {

  private static final List<String> COLUMNS =
      List.of(
          "date",
          "kind",
          "code",
          "label",
          "referentialAfter",
          "codeAfter",
          "labelAfter",
          "type",
          "property",
          "before",
          "after",
          "derived",
          "dateAfter");

  @Override
  public List<String> columns() {
    return COLUMNS;
  }

  @Override
  public void write(JsonWriter json, Change change) {
    json.beginObject().member("kind", change.kind().id()).member("date", change.date());
    if (change.dateAfter() != null) {
      json.member("dateAfter", change.dateAfter());
    }
    json.member("code", change.code())
        .member("label", change.label())
        .member("referentialAfter", change.referentialAfter())
        .member("codeAfter", change.codeAfter())
        .member("labelAfter", change.labelAfter());
    if (change.type() != null) {
      json.member("type", change.type());
    }
    if (change.property() != null) {
      json.member("property", change.property())
          .name("before")
          .value(change.before())
          .name("after")
          .value(change.after());
    }
    json.member("derived", change.derived()).endObject();
  }

  /** The cells of a change; codes of a link are joined by a vertical bar. */
  @Override
  public List<List<@Nullable String>> lines(Change change) {
    return List.of(
        Arrays.asList(
            change.date() == null ? null : change.date().toString(),
            change.kind().id(),
            change.code(),
            change.label(),
            change.referentialAfter(),
            change.codeAfter(),
            change.labelAfter(),
            change.type(),
            change.property(),
            String.join("|", change.before()),
            String.join("|", change.after()),
            Boolean.toString(change.derived()),
            change.dateAfter() == null ? null : change.dateAfter().toString()));
  }
}
