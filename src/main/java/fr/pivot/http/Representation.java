package fr.pivot.http;

import fr.pivot.http.Answers.Prepared;
import fr.pivot.text.JsonWriter;
import io.micronaut.http.MediaType;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Rows in the form that a request asks for: the items of a JSON object, a JSON value a line, or the
 * lines of a table. What a list has beside its rows is here: its total, where the next page is, the
 * names of its columns. What a row says is its writer's.
 */
public final class Representation<R> {

  /** The bytes that nearly no row needs more of. */
  private static final int ROW = 1024;

  private static final int MOST_ROOM = 1 << 20;

  private final RequestTarget target;
  private final MediaFormat format;
  private final RowWriter<R> writer;
  private Consumer<JsonWriter> head = _ -> {};
  private Consumer<JsonWriter> foot = _ -> {};

  /** How rows of a kind are written in every form. */
  @FunctionalInterface
  public interface RowWriter<R> {

    /** Writes a row as a JSON value. */
    void write(JsonWriter json, R row);

    /** The names of the columns of a table; none where the rows are never one. */
    default List<String> columns() {
      return List.of();
    }

    /** A row as lines of the table, mostly as one; none where the rows are never a table. */
    default List<List<@Nullable String>> lines(R row) {
      return List.of();
    }
  }

  /**
   * Some of the rows of a list.
   *
   * @param total how many rows all pages together have
   * @param rows those of this one
   * @param paged whether it is a page: a list that is always whole tells of no next one
   * @param next the cursor of the next page; null where there is none
   */
  public record Page<R>(int total, List<R> rows, boolean paged, @Nullable String next) {

    /** A page of a list; {@code next} is null on the last. */
    public Page(int total, List<R> rows, @Nullable String next) {
      this(total, rows, true, next);
    }

    /** A list that is always whole. */
    public static <R> Page<R> whole(List<R> rows) {
      return new Page<>(rows.size(), rows, false, null);
    }
  }

  /** Rows in a form that was chosen for the request to that target. */
  public Representation(RequestTarget target, MediaFormat format, RowWriter<R> writer) {
    this.target = target;
    this.format = format;
    this.writer = writer;
  }

  /** The same where the JSON object of a list begins with members: what the rows are of. */
  public Representation<R> head(Consumer<JsonWriter> members) {
    head = members;
    return this;
  }

  /** The same where the JSON object of a list ends with members. */
  public Representation<R> foot(Consumer<JsonWriter> members) {
    foot = members;
    return this;
  }

  /**
   * A page of a list as an answer: {@code X-Total-Count} tells how many rows there are, {@code
   * Link} where the next page is.
   */
  public Prepared list(Page<R> page, Freshness freshness) {
    String next = page.next();
    return Answers.prepare(bytes(page), format.type(), freshness, null)
        .ofList(
            page.total(),
            next == null ? null : '<' + target.with("cursor", next) + ">; rel=\"next\"");
  }

  /** A list as an answer whose headers do not count it. */
  public Prepared uncounted(List<R> rows, Freshness freshness) {
    return Answers.prepare(bytes(Page.whole(rows)), format.type(), freshness, null);
  }

  /**
   * One row as an answer. A table of it has no header where the request wants none: a cell of a
   * spreadsheet has room for a value and nothing else.
   */
  public Prepared one(R row, Freshness freshness) {
    MediaType type = format == MediaFormat.CSV ? CsvTable.type(target) : format.type();
    return Answers.prepare(bytes(row), type, freshness, null);
  }

  private byte[] bytes(R row) {
    if (format == MediaFormat.CSV) {
      CsvTable table = CsvTable.of(target, writer.columns());
      writer.lines(row).forEach(table::line);
      return table.take();
    }
    JsonWriter json = new JsonWriter();
    writer.write(json, row);
    return (format == MediaFormat.NDJSON ? json.endLine() : json).take();
  }

  private byte[] bytes(Page<R> page) {
    return switch (format) {
      case CSV -> {
        CsvTable table = CsvTable.of(target).line(writer.columns());
        page.rows().forEach(row -> writer.lines(row).forEach(table::line));
        yield table.take();
      }
      case NDJSON -> {
        JsonWriter json = new JsonWriter(room(page));
        for (R row : page.rows()) {
          writer.write(json, row);
          json.endLine();
        }
        yield json.take();
      }
      case JSON -> {
        JsonWriter json = new JsonWriter(room(page));
        json.beginObject();
        head.accept(json);
        json.member("total", page.total()).name("items").beginArray();
        page.rows().forEach(row -> writer.write(json, row));
        json.endArray();
        if (page.paged()) {
          json.member("next", page.next());
        }
        foot.accept(json);
        yield json.endObject().take();
      }
    };
  }

  private int room(Page<R> page) {
    return Math.min(MOST_ROOM, ROW * (1 + page.rows().size()));
  }
}
