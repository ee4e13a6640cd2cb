package fr.pivot.text.detected;

import fr.pivot.finding.Finding;
import fr.pivot.finding.Findings;
import fr.pivot.finding.Place;
import fr.pivot.finding.Rule;
import fr.pivot.text.bytes.Dialect;
import fr.pivot.text.detected.HeadRecords.HeadRecord;
import fr.pivot.text.detected.Headers.Header;
import fr.pivot.text.packed.RefusedFileException;
import fr.pivot.text.packed.Unpacked;
import fr.pivot.text.sheet.Cells;
import fr.pivot.text.sheet.SheetBytes;
import fr.pivot.text.sheet.Spreadsheet;
import fr.pivot.text.sheet.XlsWorkbook;
import fr.pivot.text.sheet.ZippedWorkbook;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Opens what was unpacked. */
final class TabularFileReader {

  /** A first line that is longer than the usual head is looked for in as many bytes. */
  private static final int LONG_HEAD = 4 << 20;

  /** How many characters of a sheet are looked at, roughly. */
  private static final int SHEET_HEAD = 1 << 20;

  private final String file;
  private final Overrides overrides;
  private final Findings findings = new Findings();

  TabularFileReader(String file, Overrides overrides) {
    this.file = file;
    this.overrides = overrides;
  }

  TabularFile open(Unpacked unpacked) throws IOException {
    InputStream in = unpacked.stream();
    byte[] first = in.readNBytes(4);
    InputStream whole = new SequenceInputStream(new ByteArrayInputStream(first), in);
    if (Unpacked.isZip(first)) {
      try (whole) {
        byte[] bytes = Spreadsheet.hold(whole, ZippedWorkbook.MAX_BYTES, 2);
        return sheet(unpacked, ZippedWorkbook.read(file, bytes, findings));
      }
    }
    if (Spreadsheet.isOle2(first)) {
      try (whole) {
        byte[] bytes = Spreadsheet.hold(whole, XlsWorkbook.MAX_BYTES, 10);
        return sheet(unpacked, XlsWorkbook.read(file, bytes, findings));
      }
    }
    return text(unpacked, whole);
  }

  private TabularFile text(Unpacked unpacked, InputStream in) throws IOException {
    byte[] head = in.readNBytes(DialectDetector.HEAD);
    DetectedDialect detected;
    try {
      detected = DialectDetector.detect(head, head.length < DialectDetector.HEAD, overrides);
    } catch (RefusedFileException refused) {
      if (refused.rule() != Rule.OVERSIZED_LINE) {
        throw refused;
      }
      byte[] more = in.readNBytes(LONG_HEAD - head.length);
      int length = head.length;
      head = Arrays.copyOf(head, length + more.length);
      System.arraycopy(more, 0, head, length, more.length);
      detected = DialectDetector.detect(head, head.length < LONG_HEAD, overrides);
    }
    if (detected.strayLines() > 0) {
      Place place = new Place(file, detected.firstStrayLine(), null);
      findings.add(Rule.MIXED_ENCODING.at(place, Long.toString(detected.strayLines())));
    }
    return new TabularFile.Opened(
        file,
        Spreadsheet.Kind.DELIMITED,
        unpacked.compression(),
        detected,
        "",
        List.of(),
        Set.of(),
        findings.list(),
        new SequenceInputStream(new ByteArrayInputStream(head), in));
  }

  private TabularFile sheet(Unpacked unpacked, Optional<Spreadsheet> opened) throws IOException {
    if (opened.isEmpty()) {
      return refusedByFinding();
    }
    Spreadsheet book = opened.get();
    boolean kept = false;
    try {
      List<String> sheets = book.sheets();
      String said = overrides.sheet();
      if (said != null && !sheets.contains(said)) {
        throw new RefusedFileException(Rule.UNKNOWN_SHEET, String.join(", ", sheets));
      }
      for (String sheet : said == null ? sheets : List.of(said)) {
        List<Cells> rows = head(book, sheet);
        List<HeadRecord> records =
            rows.stream().map(r -> new HeadRecord(r.line(), SheetBytes.fields(r))).toList();
        if (findings.hasErrors()) {
          return refusedByFinding();
        }
        if (!records.isEmpty()) {
          Header header = DialectDetector.header(records, overrides);
          SheetBytes stream = new SheetBytes(book, sheet, header.columns().size());
          kept = true;
          return new TabularFile.Opened(
              file,
              book.kind(),
              unpacked.compression(),
              dialect(records, header),
              sheet,
              sheets,
              figures(rows, header),
              findings.list(),
              stream);
        }
      }
      throw new RefusedFileException(Rule.EMPTY_FILE, null);
    } catch (RefusedFileException refused) {
      throw refused;
    } catch (IOException | RuntimeException damaged) {
      throw new RefusedFileException(Rule.UNREADABLE_FILE, null);
    } finally {
      if (!kept) {
        book.close();
      }
    }
  }

  private TabularFile refusedByFinding() {
    Finding last = findings.list().getLast();
    return new TabularFile.Refused(last);
  }

  private static DetectedDialect dialect(List<HeadRecord> records, Header header) {
    int line = header.index() < 0 ? 0 : (int) records.get(header.index()).line();
    return new DetectedDialect(
        new Dialect(StandardCharsets.UTF_8, 0, ',', line),
        1,
        1,
        header.confidence(),
        header.columns(),
        DialectDetector.otherHeaders(records, header),
        0,
        0);
  }

  /** The columns whose cells, below the header, are all numbers. */
  private static Set<String> figures(List<Cells> rows, Header header) {
    Set<String> figures = new HashSet<>();
    for (int column = 0; column < header.columns().size(); column++) {
      int rank = column;
      List<Cells> said =
          rows.subList(header.index() + 1, rows.size()).stream()
              .filter(row -> !row.get(rank).isEmpty())
              .toList();
      if (!said.isEmpty() && said.stream().allMatch(row -> row.isNumber(rank))) {
        figures.add(header.columns().get(column));
      }
    }
    return figures;
  }

  private static List<Cells> head(Spreadsheet book, String sheet) throws IOException {
    List<Cells> head = new ArrayList<>();
    try (Spreadsheet.Rows rows = book.open(sheet)) {
      int length = 0;
      while (head.size() < HeadRecords.MOST && length < SHEET_HEAD) {
        Optional<Cells> row = rows.next();
        if (row.isEmpty()) {
          break;
        }
        head.add(row.get());
        length += row.get().texts().stream().mapToInt(text -> text.length() + 1).sum();
      }
    }
    return head;
  }
}
