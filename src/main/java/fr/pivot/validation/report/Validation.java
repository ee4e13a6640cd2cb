package fr.pivot.validation.report;

import fr.pivot.finding.ProblemException;
import fr.pivot.finding.Rule;
import fr.pivot.finding.Severity;
import fr.pivot.referential.Language;
import fr.pivot.referential.Text;
import fr.pivot.table.HandedTable;
import fr.pivot.text.JsonWriter;
import fr.pivot.text.packed.Unpacked;
import fr.pivot.text.sheet.Spreadsheet;
import fr.pivot.text.sheet.WorkbookWriter;
import fr.pivot.validation.plan.CellFinding;
import fr.pivot.validation.plan.CheckedColumn;
import fr.pivot.validation.rows.FileCheck;
import fr.pivot.validation.rows.RepairedRows;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A check of a file that is under way: read part by part, then summed up. Its first part was read
 * already, so that a file that cannot be read is refused before anything is answered.
 */
public final class Validation implements Closeable {

  private final FileCheck check;
  private final Language language;
  private final ReportWriter writer;
  private FileCheck.@Nullable Progress ahead;
  private byte @Nullable [] head;
  private @Nullable Text interruption;

  /** The validation of a file whose check has begun. */
  public Validation(FileCheck check, Language language) throws IOException {
    this.check = check;
    this.language = language;
    this.writer = new ReportWriter(check, language);
    this.head = check.head();
    this.ahead = check.next();
  }

  /**
   * The next part.
   *
   * @param findings the findings that are kept, as JSON values in UTF-8
   * @param bytes the rows with their repairs, as the file has them
   * @param log the changes made in place, as lines of CSV in UTF-8
   */
  public record Part(List<byte[]> findings, byte[] bytes, byte[] log) {}

  /**
   * Reads the next part; null after the last one.
   *
   * @throws ProblemException where the file breaks off, or is not what it seemed to be
   */
  public @Nullable Part next() throws IOException {
    if (head != null) {
      byte[] first = head;
      head = null;
      return new Part(List.of(), first, new byte[0]);
    }
    FileCheck.Progress progress = ahead;
    ahead = null;
    if (progress == null) {
      try {
        progress = check.next();
      } catch (IOException | RuntimeException e) {
        throw HandedTable.problem(e);
      }
    }
    if (progress == null) {
      return null;
    }
    List<byte[]> findings = new ArrayList<>();
    for (CellFinding finding : progress.findings()) {
      JsonWriter json = new JsonWriter();
      writer.finding(json, finding);
      findings.add(json.take());
    }
    return new Part(findings, progress.repaired().bytes(), progress.repaired().log());
  }

  /** Reads to the end, for who wants the sums only. */
  public void finish() throws IOException {
    while (next() != null) {
      // What is counted is kept by the check.
    }
  }

  /** Says that the file broke off, and why; the sums are those of what came before. */
  void interrupt(Text why) {
    interruption = why;
  }

  /** What is known of the file before its rows are read, as a JSON object. */
  byte[] file() {
    JsonWriter json = new JsonWriter();
    writer.file(json);
    return json.take();
  }

  /** The sums, as the members of a JSON object, without its braces. */
  byte[] summary() {
    JsonWriter json = new JsonWriter();
    json.member("complete", interruption == null);
    if (interruption != null) {
      json.member("interruption", interruption.in(language));
    }
    writer.summary(json);
    return json.take();
  }

  /** Whether the file is delimited text as it lies there, so that it can be written anew. */
  public boolean isPlain() {
    return check.source().kind() == Spreadsheet.Kind.DELIMITED
        && check.source().compression() == Unpacked.Compression.NONE;
  }

  /** The media type of the file with its repairs: its encoding is that of the file. */
  public String type() {
    return HandedTable.textType(check.source().detected().dialect().charset());
  }

  /** The file with its repairs as an xlsx workbook; read to its end. Closes this. */
  public InputStream workbook() throws IOException {
    return HandedTable.beside(this, this::writeWorkbook);
  }

  /** Writes the file with its repairs as an xlsx workbook; reads to its end. */
  public void writeWorkbook(Path output) throws IOException {
    Set<String> codes = new HashSet<>();
    for (CheckedColumn bound : check.plan().bounds()) {
      codes.addAll(RepairedRows.columns(bound));
    }
    WorkbookWriter.write(
        new RepairedStream(this),
        check.source().detected().dialect(),
        output,
        check.source().sheet(),
        column -> !codes.contains(column));
  }

  /** The whole report as JSON, once the file is read to its end. */
  public String report() {
    JsonWriter json = new JsonWriter(1 << 16);
    json.beginObject().name("file");
    writer.file(json);
    json.name("findings").beginArray();
    ReportWriter again = new ReportWriter(check, language);
    check.total().findings().forEach(finding -> again.finding(json, finding));
    json.endArray();
    byte[] begin = json.take();
    return new String(begin, StandardCharsets.UTF_8)
        + ','
        + new String(summary(), StandardCharsets.UTF_8)
        + '}';
  }

  /** The report as a page that can be saved and sent, once the file is read to its end. */
  public ReportPage page() {
    return ReportPage.of(check, language);
  }

  /** The report as lines for a terminal, once the file is read to its end. */
  public List<String> lines(boolean coloured) {
    return new ReportLines(check, language, coloured).list();
  }

  /** How many findings there are that keep rows from being joined. */
  public long errors() {
    long errors = 0;
    for (Rule rule : Rule.values()) {
      errors += rule.severity() == Severity.ERROR ? check.total().count(rule) : 0;
    }
    return errors;
  }

  /** The beginning of the log of the changes made in place: the names of its columns. */
  public static byte[] logHeader() {
    return RepairedRows.logHeader();
  }

  @Override
  public void close() throws IOException {
    check.close();
  }
}
