package fr.pivot.formats.pack;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import fr.pivot.finding.Findings;
import fr.pivot.finding.Place;
import fr.pivot.finding.Rule;
import fr.pivot.formats.InputFile;
import fr.pivot.formats.ReleaseTarget.SeriesRows;
import fr.pivot.referential.ReleaseRows;
import fr.pivot.referential.Validity;
import fr.pivot.text.Sha256;
import fr.pivot.text.packed.RefusedFileException;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Reads one of the CSV files. */
abstract class PackedRows {

  private final PackedResource resource;
  private final List<String> required;
  private String file = "";
  private Map<String, Integer> columns = Map.of();
  private List<String> row = List.of();
  private long line;
  private boolean sound;
  private Map<String, Integer> editions = Map.of();
  private Findings findings = new Findings();

  PackedRows(PackedResource resource, List<String> required) {
    this.resource = resource;
    this.required = required;
  }

  /** Takes the current row; one that {@link #fail} was called on is handed to none. */
  abstract void take(SeriesRows releases);

  /** Learns the columns. */
  void header(Set<String> names) {}

  void read(InputFile input, Findings into, Map<String, Integer> indexes, SeriesRows releases)
      throws IOException {
    file = PackFormat.withoutGz(input.name());
    findings = into;
    editions = indexes;
    MessageDigest digest = Sha256.begin();
    try (InputStream in = new DigestInputStream(input.content().open(), digest);
        BufferedReader text =
            new BufferedReader(
                new InputStreamReader(
                    in,
                    StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)));
        CsvReader<CsvRecord> csv =
            CsvReader.builder()
                .allowExtraFields(true)
                .allowMissingFields(true)
                .skipEmptyLines(false)
                .ofCsvRecord(text)) {
      if (!rows(csv, releases)) {
        return;
      }
      in.transferTo(OutputStream.nullOutputStream());
    } catch (CsvParseException | UncheckedIOException | IOException e) {
      if (e instanceof IOException io && !isAboutContent(io)) {
        throw io;
      }
      findings.add(
          Rule.UNREADABLE_FILE.at(new Place(file, line, null), String.valueOf(e.getMessage())));
      return;
    }
    String found = Sha256.end(digest);
    if (resource.contentHash() != null && !resource.contentHash().equals(found)) {
      findings.add(
          Rule.UNREADABLE_FILE.at(
              Place.file(file), "sha256:" + found, "sha256:" + resource.contentHash()));
    }
  }

  private boolean rows(CsvReader<CsvRecord> csv, SeriesRows releases) {
    boolean first = true;
    for (CsvRecord record : csv) {
      row = record.getFields();
      line = record.getStartingLineNumber();
      if (first) {
        first = false;
        if (!columns(row)) {
          return false;
        }
      } else if (row.size() != columns.size()) {
        findings.add(
            Rule.RAGGED_ROW.at(
                new Place(file, line, null),
                Integer.toString(row.size()),
                Integer.toString(columns.size())));
      } else {
        sound = true;
        take(releases);
      }
    }
    return !first || columns(List.of());
  }

  private boolean columns(List<String> names) {
    columns = new LinkedHashMap<>();
    boolean complete = true;
    for (int i = 0; i < names.size(); i++) {
      if (columns.putIfAbsent(names.get(i), i) != null) {
        findings.add(Rule.UNREADABLE_FILE.at(new Place(file, 1, names.get(i)), "repeated"));
        complete = false;
      }
    }
    List<String> expected = new ArrayList<>(required);
    if (editions.size() > 1) {
      expected.addAll(List.of("first", "last"));
    }
    for (String name : expected) {
      if (!columns.containsKey(name)) {
        findings.add(Rule.MISSING_COLUMN.at(new Place(file, 1, name), name));
        complete = false;
      }
    }
    header(columns.keySet());
    return complete;
  }

  /** The releases that state the current row. */
  final ReleaseRows stating(SeriesRows releases) {
    if (editions.size() == 1) {
      return releases.statedBy(0, 0);
    }
    int first = edition("first");
    int last = edition("last");
    if (sound && first > last) {
      fail(Rule.UNREADABLE_FILE, "last", text("last"));
    }
    // A row that is not sound is read to the end for its findings, and then given to nobody.
    return sound ? releases.statedBy(first, last) : releases.statedBy(0, 0);
  }

  /** The index of the release that a column names; the row is handed to none if it names none. */
  private int edition(String column) {
    String value = text(column);
    Integer index = editions.get(value);
    if (index == null) {
      if (!value.isEmpty()) {
        fail(Rule.UNREADABLE_FILE, column, value);
      }
      return -1;
    }
    return index;
  }

  static boolean isAboutContent(IOException e) {
    return e instanceof CharacterCodingException
        || e instanceof RefusedFileException
        || e instanceof ZipException
        || e instanceof EOFException;
  }

  final boolean sound() {
    return sound;
  }

  final void fail(Rule rule, @Nullable String column, String value) {
    sound = false;
    findings.add(rule.at(new Place(file, line, column), value));
  }

  final @Nullable String optional(String column) {
    Integer index = columns.get(column);
    if (index == null) {
      return null;
    }
    String value = row.get(index);
    return value.isEmpty() ? null : value;
  }

  final String text(String column) {
    String value = optional(column);
    if (value == null) {
      fail(Rule.EMPTY_VALUE, column, "");
      return "";
    }
    return value;
  }

  final @Nullable LocalDate optionalDate(String column) {
    String value = optional(column);
    if (value == null) {
      return null;
    }
    try {
      return LocalDate.parse(value);
    } catch (DateTimeParseException e) {
      fail(Rule.MALFORMED_DATE, column, value);
      return null;
    }
  }

  final Validity validity() {
    LocalDate from = optionalDate("from");
    LocalDate to = optionalDate("to");
    if (from != null && to != null && !from.isBefore(to)) {
      fail(Rule.EMPTY_VALIDITY, "to", from + ", " + to);
      return Validity.ALWAYS;
    }
    return new Validity(from, to);
  }

  final boolean flag(String column) {
    String value = optional(column);
    if (value == null || value.equals("false")) {
      return false;
    }
    if (!value.equals("true")) {
      fail(Rule.UNREADABLE_FILE, column, value);
    }
    return true;
  }
}
