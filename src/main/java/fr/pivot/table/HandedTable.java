package fr.pivot.table;

import fr.pivot.finding.Finding;
import fr.pivot.finding.ProblemException;
import fr.pivot.finding.ProblemType;
import fr.pivot.finding.Rule;
import fr.pivot.referential.Language;
import fr.pivot.referential.Text;
import fr.pivot.text.Discretion;
import fr.pivot.text.bytes.DelimitedBytes;
import fr.pivot.text.detected.Overrides;
import fr.pivot.text.detected.TabularFile;
import fr.pivot.text.packed.RefusedFileException;
import fr.pivot.text.packed.Unpacked;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tables that clients hand in: how they are opened, and what those are answered with that cannot be
 * read.
 */
public final class HandedTable {

  /** What an xlsx workbook is sent as. */
  public static final String XLSX =
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

  /** The largest answer that is written beside, in bytes: twice the largest file. */
  private static final long LARGEST_ANSWER = 2 * Unpacked.MAX_INFLATED;

  /** What is wrong with a file that is too large in some way. */
  private static final Set<Rule> OVERSIZED =
      EnumSet.of(
          Rule.OVERSIZED_FILE,
          Rule.OVERSIZED_LINE,
          Rule.TOO_MANY_COLUMNS,
          Rule.TOO_MANY_CELLS,
          Rule.TOO_MANY_ENTRIES);

  /** What systems say of a disk that is full, or of one's share of it. */
  private static final Pattern NO_ROOM =
      Pattern.compile("No space left|[Qq]uota exceeded|not enough space");

  /** A disk with less room than this, in bytes, is full. */
  private static final long TOO_LITTLE = 1 << 16;

  private static final String OURS = "pivot-";
  private static final String ANSWER = ".answer";

  /** Answers that are being written, by the process that writes them. */
  private static final Pattern WRITTEN_BY = Pattern.compile(OURS + "([0-9]{1,18})-.*\\.answer");

  private static final Logger LOG = LoggerFactory.getLogger(HandedTable.class);

  private HandedTable() {}

  /**
   * Opens a table, whatever it is written in.
   *
   * @param name its name
   * @param in its bytes; closed where it cannot be read
   * @throws ProblemException where it cannot be read
   */
  public static TabularFile.Opened open(String name, InputStream in, Overrides overrides)
      throws IOException {
    try {
      return switch (TabularFile.open(name, in, overrides)) {
        case TabularFile.Opened opened -> opened;
        case TabularFile.Refused(Finding reason) -> throw refused(reason);
      };
    } catch (IOException | RuntimeException e) {
      in.close();
      throw problem(e);
    }
  }

  /** What a file that cannot be read is answered with; anything else is left as it is. */
  public static RuntimeException problem(Exception e) throws IOException {
    return switch (e) {
      case RefusedFileException refused -> refused(refused.at(""));
      case DelimitedBytes.RecordTooLongException tooLong ->
          ProblemType.TOO_LARGE
              .with("limit", DelimitedBytes.LONGEST_RECORD)
              .with("line", tooLong.line())
              .exception();
      case IOException lost when lost.getCause() instanceof ProblemException known -> known;
      case IOException lost -> throw lost;
      case RuntimeException broken -> broken;
      default -> new IllegalStateException(e);
    };
  }

  /** Why a file is not read, or not read further, in words. */
  public static Text why(ProblemException e) {
    return e.problem().members().get("reason") instanceof Text reason
        ? reason
        : new Text(e.problem().detail(Language.FRENCH), e.problem().detail(Language.ENGLISH));
  }

  private static ProblemException refused(Finding reason) {
    Rule rule = reason.rule();
    ProblemType type = OVERSIZED.contains(rule) ? ProblemType.TOO_LARGE : ProblemType.REFUSED_FILE;
    var problem = type.with("reason", rule.message()).with("rule", rule.code());
    if (reason.place().line() > 0) {
      problem = problem.with("line", reason.place().line());
    }
    return (reason.value() == null ? problem : problem.with("found", reason.value())).exception();
  }

  /** Writes an answer. */
  public interface Body {
    /** Writes it whole. */
    void writeTo(Path output) throws IOException;
  }

  /** What a file is answered with may be many times its size; a disk must not be filled by it. */
  public static void copy(InputStream stream, Path output) throws IOException {
    try (OutputStream out = Files.newOutputStream(output)) {
      byte[] buffer = new byte[1 << 16];
      long written = 0;
      for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
        written += count;
        if (written > LARGEST_ANSWER) {
          throw ProblemType.TOO_LARGE.with("limit", LARGEST_ANSWER).exception();
        }
        out.write(buffer, 0, count);
      }
    }
  }

  /**
   * What is written beside, to be answered, and is gone once it is read.
   *
   * @param source what it is made of, closed afterwards
   */
  public static InputStream beside(Closeable source, Body body) throws IOException {
    Path output = null;
    try (source) {
      output = Files.createTempFile(OURS + ProcessHandle.current().pid() + '-', ANSWER);
      body.writeTo(output);
      return Files.newInputStream(output, StandardOpenOption.DELETE_ON_CLOSE);
    } catch (IOException | RuntimeException e) {
      boolean full = isForWantOfRoom(e, output);
      if (output != null) {
        Files.deleteIfExists(output);
      }
      if (full) {
        LOG.error("The disk of temporary files is full: {}", System.getProperty("java.io.tmpdir"));
        throw ProblemType.INSUFFICIENT_STORAGE.problem().exception();
      }
      throw problem(e);
    }
  }

  /** Removes what processes that are dead were writing beside: nobody else would. */
  public static void forgetAnswersOfTheDead() {
    forgetAnswersOfTheDead(Path.of(System.getProperty("java.io.tmpdir")));
  }

  static void forgetAnswersOfTheDead(Path folder) {
    try (DirectoryStream<Path> answers = Files.newDirectoryStream(folder, OURS + '*' + ANSWER)) {
      for (Path answer : answers) {
        Matcher writer = WRITTEN_BY.matcher(answer.getFileName().toString());
        if (writer.matches() && ProcessHandle.of(Long.parseLong(writer.group(1))).isEmpty()) {
          Files.deleteIfExists(answer);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // Another account's, perhaps: what is not ours to remove is not ours to complain of.
      LOG.debug("while removing answers of dead processes", e);
    }
  }

  /**
   * Whether writing failed for want of room. The system may say so in another language, so that
   * what is left on the disk is looked at as well.
   */
  private static boolean isForWantOfRoom(Exception e, @Nullable Path output) throws IOException {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof IOException && NO_ROOM.matcher(String.valueOf(t.getMessage())).find()) {
        return true;
      }
    }
    return e instanceof IOException
        && output != null
        && Files.getFileStore(output).getUsableSpace() < TOO_LITTLE;
  }

  /** The media type of delimited text with a header, in an encoding. */
  public static String textType(Charset charset) {
    return "text/csv;header=present;charset=" + charset.name().toLowerCase(Locale.ROOT);
  }

  /** The rank of a column, or the problem that there is none of that name. */
  public static int column(DelimitedBytes file, String name) {
    return file.findColumn(name.strip()).orElseThrow(() -> unknownColumn(file));
  }

  /** The problem of a column that is not there, with those that are. */
  public static ProblemException unknownColumn(DelimitedBytes file) {
    return ProblemType.UNKNOWN_COLUMN
        .with(
            "columns",
            IntStream.range(0, Math.min(50, file.header().size()))
                .mapToObj(rank -> Discretion.name(file.header().get(rank), rank))
                .map(ProblemType::shorten)
                .toList())
        .exception();
  }
}
