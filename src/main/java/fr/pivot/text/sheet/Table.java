package fr.pivot.text.sheet;

import fr.pivot.finding.Findings;
import fr.pivot.finding.Place;
import fr.pivot.finding.Rule;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A sheet with a header: the row that names the columns, which publishers put under titles, and
 * whose names they break over several lines. Names are compared in lower case and with single
 * spaces.
 */
public final class Table implements Closeable {

  /** How many rows may stand above the header. */
  public static final int TITLES = 30;

  private final Spreadsheet book;
  private final Spreadsheet.Rows rows;
  private final Findings findings;
  private final List<Cells> titles;
  private final List<String> header;
  private final Map<String, Integer> columns = new HashMap<>();

  private Table(
      Spreadsheet book,
      Spreadsheet.Rows rows,
      Findings findings,
      List<Cells> titles,
      List<String> header) {
    this.book = book;
    this.rows = rows;
    this.findings = findings;
    this.titles = titles;
    this.header = header;
    for (int i = 0; i < header.size(); i++) {
      columns.putIfAbsent(header.get(i), i);
    }
  }

  /**
   * Finds the first sheet whose header is as wanted; nothing where there is none.
   *
   * @param isHeader whether the names, in lower case and with single spaces, are those of a header
   * @throws IOException when the bytes cannot be had
   */
  public static Optional<Table> find(
      Spreadsheet book, Predicate<List<String>> isHeader, Findings findings) throws IOException {
    for (String sheet : book.sheets()) {
      Optional<Table> table = find(book, sheet, isHeader, findings);
      if (table.isPresent()) {
        return table;
      }
    }
    return Optional.empty();
  }

  /**
   * Finds the header in one sheet; nothing where it has none.
   *
   * @param isHeader whether the names, in lower case and with single spaces, are those of a header
   * @throws IOException when the bytes cannot be had
   */
  public static Optional<Table> find(
      Spreadsheet book, String sheet, Predicate<List<String>> isHeader, Findings findings)
      throws IOException {
    Spreadsheet.Rows rows = book.open(sheet);
    List<Cells> titles = new ArrayList<>();
    for (int i = 0; i <= TITLES; i++) {
      Optional<Cells> row = rows.next();
      if (row.isEmpty()) {
        break;
      }
      List<String> names = row.get().texts().stream().map(Table::normalise).toList();
      if (isHeader.test(names)) {
        return Optional.of(new Table(book, rows, findings, List.copyOf(titles), names));
      }
      titles.add(row.get());
    }
    rows.close();
    return Optional.empty();
  }

  /** A name in lower case, with single spaces. */
  public static String normalise(String name) {
    return name.replaceAll("[\\s\\u00A0\\u202F]+", " ").strip().toLowerCase(Locale.ROOT);
  }

  /** The file's name, as findings give it. */
  public String file() {
    return book.file();
  }

  /** The rows above the header that say something. */
  public List<Cells> titles() {
    return titles;
  }

  /** The names of the columns, in lower case and with single spaces. */
  public List<String> header() {
    return header;
  }

  /** Whether it has a column of that name. */
  public boolean has(String column) {
    return columns.containsKey(column);
  }

  /** Reports the columns that it should have and has not; true where it has all. */
  public boolean requires(List<String> names) {
    List<String> missing = names.stream().filter(name -> !has(name)).toList();
    for (String name : missing) {
      findings.add(Rule.MISSING_COLUMN.at(new Place(file(), 1, name), name));
    }
    return missing.isEmpty();
  }

  /**
   * Gives every row once. A row of delimited text that does not have as many fields as the header
   * is reported instead: its fields may stand under the wrong names.
   *
   * @throws IOException when the bytes cannot be had
   */
  public void forEach(Consumer<Row> consumer) throws IOException {
    for (Optional<Cells> next = rows.next(); next.isPresent(); next = rows.next()) {
      Cells cells = next.get();
      if (book.kind() == Spreadsheet.Kind.DELIMITED && cells.texts().size() != header.size()) {
        findings.add(
            Rule.RAGGED_ROW.at(
                cells.place(),
                Integer.toString(cells.texts().size()),
                Integer.toString(header.size())));
      } else {
        consumer.accept(new Row(cells));
      }
    }
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }

  /** A row below the header. */
  public final class Row {
    private final Cells cells;

    private Row(Cells cells) {
      this.cells = cells;
    }

    /** The text under a name, without the spaces around it; empty where there is no such column. */
    public String get(String column) {
      Integer index = columns.get(column);
      return index == null ? "" : cells.get(index);
    }

    /** Whether the spreadsheet stores a number under a name. */
    public boolean isNumber(String column) {
      Integer index = columns.get(column);
      return index != null && cells.isNumber(index);
    }

    /** All that the row says. */
    public List<String> fields() {
      return cells.texts();
    }

    /** Where a column of this row stands. */
    public Place place(String column) {
      return new Place(file(), cells.line(), column);
    }

    /** Where this row stands. */
    public Place place() {
      return cells.place();
    }
  }
}
