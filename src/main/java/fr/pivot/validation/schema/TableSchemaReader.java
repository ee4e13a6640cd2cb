package fr.pivot.validation.schema;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import fr.pivot.referential.Text;
import fr.pivot.text.StrictJson;
import fr.pivot.validation.schema.TableSchema.Field;
import fr.pivot.validation.schema.TableSchema.Readable;
import fr.pivot.validation.schema.TableSchema.Reading;
import fr.pivot.validation.schema.TableSchema.Remark;
import fr.pivot.validation.schema.TableSchema.Unreadable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a <a href="https://specs.frictionlessdata.io/table-schema/">Table Schema</a>, or the one
 * that a Data Package holds. Members that it does not know are passed over without a word, those
 * that are wrong with a remark: a schema that is faulty in one place is still of use in the others.
 */
public final class TableSchemaReader {

  /** The largest schemas that people publish take a tenth of this. */
  static final int LARGEST = 2_000_000;

  private static final int LONGEST_PATTERN = 2000;

  /** In steps: the largest patterns that people publish take a tenth of this. */
  static final int LARGEST_PATTERN = 5000;

  /** The patterns of all fields together, in steps. */
  static final int LARGEST_PATTERNS = 200_000;

  private static final Set<String> TYPES =
      Set.of(
          "string",
          "number",
          "integer",
          "boolean",
          "object",
          "array",
          "list",
          "date",
          "time",
          "datetime",
          "year",
          "yearmonth",
          "duration",
          "geopoint",
          "geojson",
          "any");

  private final List<Remark> remarks = new ArrayList<>();
  private long steps;

  private TableSchemaReader() {}

  /** Reads a schema from its JSON, in UTF-8. */
  public static Reading read(byte[] bytes) {
    if (bytes.length > LARGEST) {
      return unreadable(
          "Le schéma dépasse deux millions d'octets.", "The schema exceeds two million bytes.");
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    @Nullable Object json;
    try {
      json = StrictJson.read(text.startsWith("\uFEFF") ? text.substring(1) : text);
    } catch (StrictJson.Malformed e) {
      return unreadable(
          "Le schéma n'est pas du JSON, ou dépasse ce que nous en lisons : ligne "
              + e.line()
              + ", colonne "
              + e.column()
              + '.',
          "The schema is not JSON, or exceeds what is read of it: line "
              + e.line()
              + ", column "
              + e.column()
              + '.');
    }
    return json instanceof Map<?, ?> members
        ? new TableSchemaReader().readDocument(members)
        : unreadable("Le schéma n'est pas un objet JSON.", "The schema is no JSON object.");
  }

  private Reading readDocument(Map<?, ?> document) {
    if (document.get("fields") instanceof List<?> fields) {
      return readSchema(document, fields);
    }
    List<Map<?, ?>> schemas = new ArrayList<>();
    if (document.get("resources") instanceof List<?> resources) {
      for (Object resource : resources) {
        Object schema = resource instanceof Map<?, ?> members ? members.get("schema") : null;
        if (schema instanceof Map<?, ?> members) {
          schemas.add(members);
        } else if (schema instanceof String) {
          return unreadable(
              "Le paquet renvoie à son schéma sans le contenir : donnez le schéma lui-même.",
              "The package leads to its schema and does not hold it: give the schema itself.");
        }
      }
    }
    if (schemas.size() > 1) {
      return unreadable(
          "Le paquet contient plusieurs schémas : donnez celui du fichier.",
          "The package holds several schemas: give that of the file.");
    }
    if (!schemas.isEmpty() && schemas.getFirst().get("fields") instanceof List<?> fields) {
      return readSchema(schemas.getFirst(), fields);
    }
    return unreadable(
        "Le schéma n'a pas de liste \"fields\".", "The schema has no list \"fields\".");
  }

  private Reading readSchema(Map<?, ?> schema, List<?> members) {
    List<Field> fields = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < members.size(); i++) {
      String path = "fields[" + i + "]";
      if (members.get(i) instanceof Map<?, ?> field
          && field.get("name") instanceof String name
          && !name.isBlank()) {
        if (names.add(name)) {
          fields.add(readField(name, field, path + "."));
        } else {
          remark(
              path + ".name",
              "Un champ précédent porte déjà ce nom.",
              "An earlier field has this name.");
        }
      } else {
        remark(path, "Ce champ n'a pas de nom.", "This field has no name.");
      }
    }
    if (fields.isEmpty()) {
      return unreadable("Le schéma ne décrit aucun champ.", "The schema describes no field.");
    }
    List<String> key = new ArrayList<>();
    for (String name : texts(schema.get("primaryKey"))) {
      if (names.contains(name)) {
        key.add(name);
      } else {
        remark(
            "primaryKey",
            "Aucun champ ne porte ce nom : " + name,
            "No field has this name: " + name);
      }
    }
    List<String> missing =
        schema.containsKey("missingValues") ? texts(schema.get("missingValues")) : List.of("");
    return new Readable(new TableSchema(fields, key, missing), List.copyOf(remarks));
  }

  private Field readField(String name, Map<?, ?> field, String path) {
    Map<?, ?> constraints =
        field.get("constraints") instanceof Map<?, ?> members ? members : Map.of();
    String type = text(field.get("type"));
    if (type != null && !TYPES.contains(type)) {
      remark(path + "type", "Type inconnu : " + type, "Unknown type: " + type);
      type = null;
    }
    String format = text(field.get("format"));
    String stated = text(field.get("pivot:referential"));
    return new Field(
        name,
        text(field.get("title")),
        text(field.get("description")),
        type == null ? "any" : type,
        format == null ? "default" : format,
        field.get("example") instanceof Number number
            ? number.toString()
            : text(field.get("example")),
        Boolean.TRUE.equals(constraints.get("required")),
        Boolean.TRUE.equals(constraints.get("unique")),
        pattern(constraints.get("pattern"), path + "constraints.pattern"),
        constraints.get("enum") instanceof List<?> choices
            ? choices.stream().map(String::valueOf).toList()
            : List.of(),
        length(constraints.get("minLength")),
        length(constraints.get("maxLength")),
        stated == null ? text(field.get("rdfType")) : stated);
  }

  /**
   * A pattern; it stands for the whole value, whether it says so or not. It comes from outside, so
   * that it runs in linear time or not at all (RE2): what looks ahead or behind is passed over.
   */
  private @Nullable Pattern pattern(@Nullable Object value, String path) {
    String text = text(value);
    if (text == null) {
      return null;
    }
    try {
      long size = text.length() <= LONGEST_PATTERN ? PatternSize.of(text) : Long.MAX_VALUE;
      if (size <= Math.min(LARGEST_PATTERN, LARGEST_PATTERNS - steps)) {
        steps += size;
        return Pattern.compile(text);
      }
      remark(path, "Motif trop long.", "The pattern is too long.");
    } catch (PatternSyntaxException e) {
      remark(
          path,
          "Motif illisible : " + e.getDescription(),
          "The pattern cannot be read: " + e.getDescription());
    }
    return null;
  }

  private static @Nullable Integer length(@Nullable Object value) {
    return value instanceof Long length && length >= 0 && length <= Integer.MAX_VALUE
        ? length.intValue()
        : null;
  }

  /** A text that says something. */
  private static @Nullable String text(@Nullable Object value) {
    return value instanceof String text && !text.isBlank() ? text : null;
  }

  /** One text or a list of them; in version 2 of the standard, also objects that have a value. */
  private static List<String> texts(@Nullable Object value) {
    if (value instanceof String text) {
      return List.of(text);
    }
    List<String> texts = new ArrayList<>();
    if (value instanceof List<?> items) {
      for (Object item : items) {
        Object inner = item instanceof Map<?, ?> members ? members.get("value") : item;
        if (inner instanceof String text) {
          texts.add(text);
        }
      }
    }
    return texts;
  }

  private void remark(String path, String french, String english) {
    remarks.add(new Remark(path, new Text(french, english)));
  }

  private static Unreadable unreadable(String french, String english) {
    return new Unreadable(new Text(french, english));
  }
}
