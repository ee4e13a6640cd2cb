package fr.pivot.publishing;

import fr.pivot.catalog.Reference;
import fr.pivot.referential.Referential;
import fr.pivot.registry.Point;
import fr.pivot.text.JsonWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a code of a referential looks like, in the languages in which others describe their files.
 * The codes themselves are listed where they are few; otherwise, and where no edition says which
 * there are, the pattern alone is said. Texts are French whoever asks: a schema is one document at
 * one address.
 */
final class CodeSchema {

  /** With more codes than this, a schema would be longer than most files that it describes. */
  private static final int MOST_CODES = 2000;

  private final Referential referential;
  private final Reference reference;
  private final List<String> codes;
  private final String example;
  private final String description;

  /**
   * A schema of the codes of a referential.
   *
   * @param reference what was asked for, and what the schema is called by
   * @param point what it stands for, or null where the referential has no edition
   */
  CodeSchema(Referential referential, Reference reference, @Nullable Point point) {
    this.referential = referential;
    this.reference = reference;
    if (point == null) {
      this.codes = List.of();
      this.description = referential.description().fr();
    } else {
      List<String> inForce =
          referential.partial()
              ? List.of()
              : point.codes().listInForce(point.release(), point.date());
      this.codes = inForce.size() > MOST_CODES ? List.of() : inForce;
      this.description =
          "%s Édition %s, le %s."
              .formatted(referential.description().fr(), point.release().edition(), point.date());
    }
    this.example =
        codes.isEmpty() || codes.contains(referential.example())
            ? referential.example()
            : codes.getFirst();
  }

  /**
   * A JSON Schema (draft 2020-12) of one code.
   *
   * @param address where it is found
   */
  byte[] toJsonSchema(String address) {
    JsonWriter json = new JsonWriter();
    json.beginObject()
        .member("$schema", "https://json-schema.org/draft/2020-12/schema")
        .member("$id", address)
        .member("title", referential.title().fr())
        .member("description", description)
        .member("type", "string");
    writeConstraints(json);
    json.name("examples").beginArray().string(example).endArray();
    return json.member("pivot:referential", reference.toString()).endObject().take();
  }

  /** A Table Schema (Frictionless) of one column that holds codes. */
  byte[] toTableSchema() {
    List<String> headers = referential.headers();
    JsonWriter json = new JsonWriter();
    json.beginObject().name("fields").beginArray().beginObject();
    json.member("name", headers.isEmpty() ? referential.id() : headers.getFirst())
        .member("title", referential.title().fr())
        .member("description", description)
        .member("type", "string")
        .member("example", example)
        .name("constraints")
        .beginObject();
    writeConstraints(json);
    json.endObject().member("pivot:referential", reference.toString()).endObject().endArray();
    return json.name("missingValues").beginArray().string("").endArray().endObject().take();
  }

  private void writeConstraints(JsonWriter json) {
    json.member("pattern", referential.pattern().pattern());
    if (!codes.isEmpty()) {
      json.name("enum").beginArray();
      codes.forEach(json::string);
      json.endArray();
    }
  }
}
