package fr.pivot.validation.schema;

import com.google.re2j.Pattern;
import fr.pivot.referential.Text;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a publisher says of the columns of a file: a Table Schema of the Frictionless standards, as
 * on schema.data.gouv.fr. What Pivot does not use is not kept.
 *
 * @param fields its columns, in the order of the schema; at least one
 * @param primaryKey names of the columns that tell rows apart together; empty where none is said
 * @param missingValues what stands for no value; the empty text alone where nothing is said
 */
public record TableSchema(List<Field> fields, List<String> primaryKey, List<String> missingValues) {

  /** Keeps copies that nobody can change. */
  public TableSchema {
    fields = List.copyOf(fields);
    primaryKey = List.copyOf(primaryKey);
    missingValues = List.copyOf(missingValues);
  }

  /**
   * A column.
   *
   * @param name its header
   * @param title what people call it
   * @param description what it holds
   * @param type {@code string}, {@code date}, {@code integer}…; {@code any} where none is said
   * @param format the format within its type; {@code default} where none is said
   * @param example one or more values, as the publisher writes them
   * @param required whether each row has a value
   * @param unique whether no value comes twice
   * @param pattern what each value looks like from its first character to its last
   * @param choices the only values there may be; empty where any may
   * @param minLength how many characters a value has at least
   * @param maxLength how many characters a value has at most
   * @param referential the reference that {@code pivot:referential} or, without it, {@code rdfType}
   *     states, as it is written there
   */
  public record Field(
      String name,
      @Nullable String title,
      @Nullable String description,
      String type,
      String format,
      @Nullable String example,
      boolean required,
      boolean unique,
      @Nullable Pattern pattern,
      List<String> choices,
      @Nullable Integer minLength,
      @Nullable Integer maxLength,
      @Nullable String referential) {

    /** Keeps a copy that nobody can change. */
    public Field {
      choices = List.copyOf(choices);
    }

    /** A column of which nothing is said but its name. */
    public static Field named(String name) {
      return new Field(
          name, null, null, "any", "default", null, false, false, null, List.of(), null, null,
          null);
    }
  }

  /** The column of that name. */
  public Optional<Field> findField(String name) {
    return fields.stream().filter(f -> f.name().equals(name)).findFirst();
  }

  /** What came of reading a schema. */
  public sealed interface Reading {}

  /**
   * A schema that can be used.
   *
   * @param remarks what it says that cannot be, and is passed over
   */
  public record Readable(TableSchema schema, List<Remark> remarks) implements Reading {}

  /** Bytes that are no schema. */
  public record Unreadable(Text why) implements Reading {}

  /**
   * Something that a schema says and that is passed over.
   *
   * @param path where: {@code fields[3].constraints.pattern}
   * @param message what is wrong there
   */
  public record Remark(String path, Text message) {}
}
