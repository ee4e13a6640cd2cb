package fr.pivot.table;

import fr.pivot.admission.Work;
import fr.pivot.finding.ProblemException;
import fr.pivot.finding.ProblemType;
import fr.pivot.referential.Language;
import fr.pivot.text.ChunkStream;
import fr.pivot.text.Discretion;
import fr.pivot.text.JsonWriter;
import fr.pivot.text.bytes.DelimitedBytes;
import fr.pivot.text.bytes.RecordBlock;
import fr.pivot.text.bytes.RecordScanner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The different values of a column, each once, with what it is answered: NDJSON, of which the first
 * line tells of the file, the last one sums up, and those between are {@code value}s in the order
 * in which they first come. A column has few different values however many rows it has; people
 * decide of values, not of rows.
 *
 * <p>The file is read to its end before the first answer, so that how often a value comes is known;
 * what values are answered is worked out in parallel while the stream is read.
 */
public abstract class ColumnValues extends ChunkStream {

  /** How many different values are answered. */
  static final int MOST_VALUES = 200_000;

  /** How many characters they may have together. */
  private static final int MOST_CHARACTERS = 1 << 24;

  /** How many are answered at once. */
  private static final int BATCH = 512;

  /** How many tell what the column holds. */
  private static final int FIRST = 100;

  /** A value, what more its rows tell, where it first comes and how often. */
  protected static final class Value {
    private final List<String> values;
    private final long line;
    private long rows;

    private Value(List<String> values, long line) {
      this.values = values;
      this.line = line;
    }

    /** The value, then what the other columns say. */
    public List<String> values() {
      return values;
    }
  }

  /**
   * What a value is answered.
   *
   * @param json it as members of a JSON object that is open
   * @param tally what its rows count as: the rank of one of the outcomes
   */
  protected record Answered(JsonWriter json, int tally) {

    /** What a value is answered. */
    public Answered {}
  }

  private final Work work = Work.current();
  private final String name;
  private final Language language;
  private final List<String> columns;
  private final List<String> outcomes;
  private final List<Value> values = new ArrayList<>();
  private final long[] valueCounts;
  private final long[] rowCounts;
  private long rows;
  private long empty;
  private int answered = -1;
  private boolean isMostlyPublic;

  /**
   * Reads the values of a file that was opened, to its end.
   *
   * @param name the file's name
   * @param columns the ranks of the column that is asked for, and of those that tell more
   * @param outcomes what rows are counted as
   * @param language of what is told in place of a value
   * @throws ProblemException where there are too many different values
   */
  protected ColumnValues(
      String name, DelimitedBytes file, int[] columns, List<String> outcomes, Language language)
      throws IOException {
    this.name = name;
    this.language = language;
    this.columns = IntStream.of(columns).mapToObj(file.header()::get).toList();
    this.outcomes = List.copyOf(outcomes);
    this.valueCounts = new long[outcomes.size()];
    this.rowCounts = new long[outcomes.size()];
    read(file, columns);
  }

  private void read(DelimitedBytes file, int[] ranks) throws IOException {
    int[] ascending = IntStream.of(ranks).sorted().distinct().toArray();
    int[] fields = IntStream.of(ranks).map(c -> Arrays.binarySearch(ascending, c)).toArray();
    RecordScanner scanner = file.scanner(ascending);
    Map<List<String>, Value> known = new LinkedHashMap<>();
    long characters = 0;
    for (RecordBlock block = file.blocks().next(() -> false);
        block != null;
        block = file.blocks().next(() -> false)) {
      work.requireWanted();
      scanner.read(block);
      while (scanner.next()) {
        if (scanner.isBlank()) {
          continue;
        }
        rows++;
        List<String> key = new ArrayList<>(fields.length);
        for (int field : fields) {
          key.add(scanner.fieldStart(field) < 0 ? "" : scanner.field(field).strip());
        }
        if (key.getFirst().isEmpty()) {
          empty++;
          continue;
        }
        Value value = known.get(key);
        if (value == null) {
          value = new Value(List.copyOf(key), scanner.line());
          characters += key.stream().mapToInt(String::length).sum();
          if (known.size() == MOST_VALUES || characters > MOST_CHARACTERS) {
            int limit = known.size() == MOST_VALUES ? MOST_VALUES : MOST_CHARACTERS;
            throw ProblemType.TOO_LARGE.with("limit", limit).exception();
          }
          known.put(value.values, value);
        }
        value.rows++;
      }
    }
    values.addAll(known.values());
  }

  /** Whether a value may be repeated: it does not look personal, or is known to be public. */
  protected final boolean isTold(Value value) {
    String text = value.values.getFirst();
    boolean looksPersonal = Discretion.looksPersonal(text);
    return !looksPersonal && !Discretion.isPersonal(columns.getFirst())
        || isPublic(value)
        || !looksPersonal && isMostlyPublic && mayBePublic(value);
  }

  /** Whether a value is surely a code or a name of the referential, so that anybody may see it. */
  protected abstract boolean isPublic(Value value);

  /** Whether a value may be meant as one. */
  protected abstract boolean mayBePublic(Value value);

  /** Whether a column that is called after persons holds what is public, by its first values. */
  private boolean isMostlyPublic() {
    String column = columns.getFirst();
    List<Value> first = values.subList(0, Math.min(values.size(), FIRST));
    return Discretion.isPersonalInDoubt(column)
        && 2 * first.stream().filter(this::isPublic).count() >= first.size();
  }

  /** Answers a value: begins with the members of an object that is open. */
  protected abstract Answered answer(Value value, JsonWriter json);

  /** The members that tell of what is answered, in the first line. */
  protected abstract void describe(JsonWriter json);

  @Override
  protected final byte @Nullable [] nextChunk() {
    if (answered < 0) {
      answered = 0;
      isMostlyPublic = isMostlyPublic();
      return head();
    }
    if (answered > values.size()) {
      return null;
    }
    if (answered == values.size()) {
      answered++;
      return summary();
    }
    List<Value> batch = values.subList(answered, Math.min(values.size(), answered + BATCH));
    answered += batch.size();
    List<Answered> answers = work.list(batch.size(), i -> answer(batch.get(i)));
    JsonWriter json = new JsonWriter();
    byte[][] lines = new byte[answers.size()][];
    int length = 0;
    for (int i = 0; i < lines.length; i++) {
      Answered answer = answers.get(i);
      valueCounts[answer.tally()]++;
      rowCounts[answer.tally()] += batch.get(i).rows;
      lines[i] = answer.json().endObject().endObject().endLine().take();
      length += lines[i].length;
    }
    byte[] chunk = new byte[length];
    int at = 0;
    for (byte[] line : lines) {
      System.arraycopy(line, 0, chunk, at, line.length);
      at += line.length;
    }
    return chunk;
  }

  private Answered answer(Value value) {
    JsonWriter json = new JsonWriter();
    json.beginObject().name("value").beginObject();
    if (isTold(value)) {
      json.member("text", value.values.getFirst());
    } else {
      json.member("withheld", Discretion.shape(value.values.getFirst()).in(language));
    }
    json.member("rows", value.rows).member("line", value.line);
    if (columns.size() > 1) {
      json.name("context").beginObject();
      for (int i = 1; i < columns.size(); i++) {
        String told = value.values.get(i);
        json.member(columns.get(i), Discretion.withholds(columns.get(i), told) ? "" : told);
      }
      json.endObject();
    }
    return answer(value, json);
  }

  private byte[] head() {
    JsonWriter json = new JsonWriter();
    json.beginObject()
        .name("file")
        .beginObject()
        .member("name", name)
        .member("column", columns.getFirst())
        .member("rows", rows)
        .member("empty", empty)
        .member("values", values.size());
    describe(json);
    return json.endObject().endObject().endLine().take();
  }

  private byte[] summary() {
    JsonWriter json = new JsonWriter();
    json.beginObject().name("summary").beginObject();
    counts(json, "values", valueCounts);
    counts(json, "rows", rowCounts);
    return json.endObject().endObject().endLine().take();
  }

  private void counts(JsonWriter json, String name, long[] counts) {
    json.name(name).beginObject();
    for (int i = 0; i < counts.length; i++) {
      json.member(outcomes.get(i), counts[i]);
    }
    json.endObject();
  }
}
