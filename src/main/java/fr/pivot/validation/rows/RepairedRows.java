package fr.pivot.validation.rows;

import fr.pivot.finding.Rule;
import fr.pivot.referential.Language;
import fr.pivot.text.bytes.ByteSink;
import fr.pivot.text.bytes.DelimitedBytes;
import fr.pivot.text.bytes.RecordScanner;
import fr.pivot.validation.plan.CheckedColumn;
import fr.pivot.validation.plan.Messages;
import fr.pivot.validation.plan.Plan;
import fr.pivot.validation.plan.Repair;
import fr.pivot.validation.value.Verdict;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows with their certain repairs: beside the column, where nothing that was there changes;
 * or in the place of the value, with a line in a log for each change. Every other byte of the file
 * is copied. Belongs to one thread.
 */
public final class RepairedRows {

  private static final byte[] NOTHING = {};

  /**
   * Rows as they are to be written.
   *
   * @param bytes the rows, as the file has them
   * @param log the changes made in place, as CSV in UTF-8
   */
  public record Output(byte[] bytes, byte[] log) {
    /** Nothing. */
    public static final Output NONE = new Output(NOTHING, NOTHING);
  }

  private final DelimitedBytes file;
  private final Repair mode;
  private final Language language;
  private final ByteSink out = new ByteSink();
  private final ByteSink log = new ByteSink();

  RepairedRows(DelimitedBytes file, Repair mode, Language language) {
    this.file = file;
    this.mode = mode;
    this.language = language;
  }

  /** The names of a column and of those that are added to it. */
  public static List<String> columns(CheckedColumn bound) {
    return List.of(bound.name(), bound.name() + "_pivot", bound.name() + "_pivot_reason");
  }

  /** The beginning of a log: the names of its columns. */
  public static byte[] logHeader() {
    return "line,column,before,after,rule,reason\r\n"
        .getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }

  /** The titles and the header, with the names of the columns that are added. */
  byte[] head(Plan plan) {
    if (file.isMarked()) {
      out.add("\uFEFF".getBytes(file.bufferCharset()));
    }
    int[] ranks = plan.bounds().stream().mapToInt(CheckedColumn::rank).toArray();
    RecordScanner scanner = file.scanner(ranks).read(file.head());
    boolean more = scanner.next();
    while (more) {
      byte[] buffer = scanner.buffer();
      int start = scanner.start();
      int contentEnd = scanner.contentEnd();
      int end = scanner.end();
      int[] ends = new int[ranks.length];
      for (int i = 0; i < ranks.length; i++) {
        ends[i] = scanner.fieldEnd(i) < 0 ? contentEnd : scanner.fieldEnd(i);
      }
      more = scanner.next();
      int at = start;
      if (!more && mode == Repair.BESIDE) {
        for (int i = 0; i < ranks.length; i++) {
          out.add(buffer, at, ends[i]);
          for (String name : columns(plan.bounds().get(i)).subList(1, 3)) {
            out.add((file.separator() + file.quote(name)).getBytes(file.bufferCharset()));
          }
          at = ends[i];
        }
      }
      out.add(buffer, at, end);
    }
    byte[] head = file.toFile(out.bytes(), out.size());
    out.clear();
    return head;
  }

  /**
   * Adds a row.
   *
   * @param row what came of its bound columns, in their order; null where it says nothing
   */
  void add(RecordScanner scanner, SeenValue @Nullable [] row, CodeColumn[] columns, long line) {
    if (row == null && scanner.isBlank()) {
      out.add(scanner.buffer(), scanner.start(), scanner.end());
      return;
    }
    byte[] buffer = scanner.buffer();
    int at = scanner.start();
    for (int i = 0; i < columns.length; i++) {
      int from = scanner.fieldStart(columns[i].field);
      int to = scanner.fieldEnd(columns[i].field);
      SeenValue seen = row == null ? null : row[i];
      if (mode == Repair.IN_PLACE) {
        if (from >= 0 && seen != null && isChanged(seen)) {
          out.add(buffer, at, from);
          out.add(file.quote(repair(seen)).getBytes(file.bufferCharset()));
          at = to;
          log(columns[i].bound, seen, line);
        }
        continue;
      }
      int end = to < 0 ? scanner.contentEnd() : to;
      out.add(buffer, at, end);
      if (seen == SeenValue.PROVED) {
        out.add((byte) file.separator());
        out.add(buffer, from, to);
        out.add((byte) file.separator());
      } else {
        out.add(addition(seen));
      }
      at = end;
    }
    out.add(buffer, at, scanner.end());
  }

  private static boolean isChanged(SeenValue seen) {
    // A part says more than the whole that it belongs to: an arrondissement is not overwritten.
    return seen != SeenValue.PROVED
        && seen.verdict.rule() != Rule.CODE_OF_A_PART
        && seen.verdict.repair() != null
        && !seen.verdict.repair().equals(seen.value);
  }

  private static String repair(SeenValue seen) {
    String repair = seen.verdict.repair();
    return repair == null ? seen.value : repair;
  }

  private byte[] addition(@Nullable SeenValue seen) {
    if (seen == null) {
      return addition(Verdict.EMPTY);
    }
    byte[] known = seen.added;
    if (known == null) {
      known = addition(seen.verdict);
      seen.added = known;
    }
    return known;
  }

  private byte[] addition(Verdict verdict) {
    String repair = verdict.repair() == null ? "" : verdict.repair();
    return (file.separator()
            + file.quote(repair)
            + file.separator()
            + file.quote(written(Messages.reason(verdict, language))))
        .getBytes(file.bufferCharset());
  }

  /** A sentence in letters that the file's encoding has. */
  private String written(String sentence) {
    return file.bufferCharset().newEncoder().canEncode(sentence)
        ? sentence
        : sentence.replace("→", "->").replace("œ", "oe").replace('’', '\'');
  }

  private void log(CheckedColumn bound, SeenValue seen, long line) {
    Rule rule = seen.verdict.rule();
    log.add(
        (line
                + ","
                + quote(bound.name())
                + ','
                + quote(seen.value)
                + ','
                + quote(repair(seen))
                + ','
                + (rule == null ? "" : rule.code())
                + ','
                + quote(Messages.reason(seen.verdict, language))
                + "\r\n")
            .getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private static String quote(String text) {
    return '"' + text.replace("\"", "\"\"") + '"';
  }

  /** The rows added since the last call. */
  public Output take() {
    Output output =
        new Output(file.toFile(out.bytes(), out.size()), Arrays.copyOf(log.bytes(), log.size()));
    out.clear();
    log.clear();
    return output;
  }
}
