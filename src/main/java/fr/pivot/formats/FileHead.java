package fr.pivot.formats;

import fr.pivot.finding.Findings;
import fr.pivot.finding.Rule;
import fr.pivot.referential.Text;
import fr.pivot.text.packed.RefusedFileException;
import fr.pivot.text.packed.Unpacked;
import fr.pivot.text.sheet.Cells;
import fr.pivot.text.sheet.Delimited;
import fr.pivot.text.sheet.Spreadsheet;
import fr.pivot.text.sheet.Table;
import fr.pivot.text.sheet.Xml;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of a file, read once, by which each format tells whether the file is its own. Its
 * name is not asked. Of text it is {@link #LIMIT} bytes; of a workbook the first rows of each
 * sheet, within the bounds of workbooks ({@link Spreadsheet}). What cannot be read has nothing that
 * a format could know.
 */
public final class FileHead {

  /** How much of a file that is no workbook is read, in bytes. */
  public static final int LIMIT = 1 << 20;

  /** How many rows of a sheet are read: those that may stand above a header, it, and some below. */
  private static final int ROWS = 40;

  /** How many sheets are looked at. */
  private static final int SHEETS = 30;

  /** How many names of columns a person is shown. */
  private static final int SHOWN = 8;

  /** The longest name of a column that a person is shown, in characters. */
  private static final int SHOWN_LENGTH = 40;

  /**
   * The outermost element of an XML document.
   *
   * @param namespace its namespace; empty where it has none
   * @param name its name, without a prefix
   * @param attributes the names of its attributes
   */
  public record Root(String namespace, String name, Set<String> attributes) {}

  private final String name;
  private final String text;
  private final boolean delimited;
  private final List<List<List<String>>> sheets;
  private final @Nullable Root root;
  private final @Nullable Rule refused;

  private FileHead(
      String name,
      String text,
      boolean delimited,
      List<List<List<String>>> sheets,
      @Nullable Root root,
      @Nullable Rule refused) {
    this.name = name;
    this.text = text;
    this.delimited = delimited;
    this.sheets = sheets;
    this.root = root;
    this.refused = refused;
  }

  /**
   * Reads the beginning of a file.
   *
   * @throws IOException when the bytes cannot be had
   */
  public static FileHead read(InputFile file) throws IOException {
    byte[] bytes;
    try (InputStream in = file.content().open()) {
      bytes = in.readNBytes(LIMIT);
      if (bytes.length == 0) {
        return refused(file.name(), Rule.EMPTY_FILE);
      }
      if (isWorkbook(bytes)) {
        return ofTables(file.name(), "", false, () -> file.content().open());
      }
    } catch (RefusedFileException refused) {
      return refused(file.name(), refused.rule());
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    String begin = text.substring(0, Math.min(text.length(), 256)).replace("\uFEFF", "").strip();
    if (begin.startsWith("<")) {
      return new FileHead(file.name(), text, false, List.of(), root(bytes), null);
    }
    if (begin.startsWith("{") || begin.startsWith("[")) {
      return new FileHead(file.name(), text, false, List.of(), null, null);
    }
    byte[] lines = bytes.length < LIMIT ? bytes : wholeLines(bytes);
    return ofTables(file.name(), text, true, () -> new ByteArrayInputStream(lines));
  }

  private static boolean isWorkbook(byte[] bytes) {
    byte[] first = Arrays.copyOf(bytes, 4);
    return Unpacked.isZip(first) || Spreadsheet.isOle2(first);
  }

  private static FileHead refused(String name, Rule rule) {
    return new FileHead(name, "", false, List.of(), null, rule);
  }

  private static FileHead ofTables(
      String name, String text, boolean delimited, Delimited.Source source) throws IOException {
    Findings damage = new Findings();
    List<List<List<String>>> sheets = new ArrayList<>();
    Optional<Spreadsheet> open = Spreadsheet.open(name, source, damage);
    if (open.isPresent()) {
      try (Spreadsheet book = open.get()) {
        for (String sheet : book.sheets().stream().limit(SHEETS).toList()) {
          sheets.add(firstRows(book, sheet));
        }
      }
    }
    boolean isEmpty = sheets.stream().allMatch(List::isEmpty);
    return isEmpty && damage.hasErrors()
        ? refused(name, damage.list().getFirst().rule())
        : new FileHead(name, text, delimited, sheets, null, null);
  }

  private static List<List<String>> firstRows(Spreadsheet book, String sheet) throws IOException {
    List<List<String>> first = new ArrayList<>();
    try (Spreadsheet.Rows rows = book.open(sheet)) {
      for (int i = 0; i < ROWS; i++) {
        Optional<Cells> row = rows.next();
        if (row.isEmpty()) {
          break;
        }
        first.add(row.get().texts().stream().map(Table::normalise).toList());
      }
    }
    return first;
  }

  /** The bytes up to the end of the last line that is there whole. */
  private static byte[] wholeLines(byte[] bytes) {
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    return end == 0 ? bytes : Arrays.copyOf(bytes, end);
  }

  private static @Nullable Root root(byte[] bytes) {
    try {
      XMLStreamReader xml = Xml.open(new ByteArrayInputStream(bytes));
      while (xml.hasNext()) {
        xml.next();
        if (xml.isStartElement()) {
          Set<String> attributes = new HashSet<>();
          for (int i = 0; i < xml.getAttributeCount(); i++) {
            attributes.add(xml.getAttributeLocalName(i));
          }
          String namespace = xml.getNamespaceURI();
          return new Root(namespace == null ? "" : namespace, xml.getLocalName(), attributes);
        }
      }
    } catch (XMLStreamException malformed) {
      // A page of HTML, or what ends before it begins: no document of XML, and nobody's.
    }
    return null;
  }

  /** The file's name, for a person. */
  public String name() {
    return name;
  }

  /** The beginning of the text, as UTF-8; empty for a workbook. */
  public String text() {
    return text;
  }

  /** The outermost element, where the file is XML. */
  public Optional<Root> root() {
    return Optional.ofNullable(root);
  }

  /**
   * The names in the first line of delimited text, in lower case and with single spaces; none where
   * it is not delimited text.
   */
  public List<String> firstLine() {
    return delimited && !sheets.getFirst().isEmpty() ? sheets.getFirst().getFirst() : List.of();
  }

  /**
   * The tables whose header is as wanted, from their header on: for each sheet that has one, the
   * header and the first rows below it.
   *
   * @param isHeader whether the names, in lower case and with single spaces, are those of a header
   */
  public List<List<List<String>>> tables(Predicate<List<String>> isHeader) {
    List<List<List<String>>> found = new ArrayList<>();
    for (List<List<String>> rows : sheets) {
      for (int i = 0; i < Math.min(rows.size(), Table.TITLES + 1); i++) {
        if (isHeader.test(rows.get(i))) {
          found.add(rows.subList(i, rows.size()));
          break;
        }
      }
    }
    return found;
  }

  /** Whether a sheet has a header as wanted. */
  public boolean hasTable(Predicate<List<String>> isHeader) {
    return !tables(isHeader).isEmpty();
  }

  /** What was seen of the file, for a person who is told that no format knows it. */
  public Text shown() {
    if (refused != null) {
      return refused.message();
    }
    if (root != null && root.name().equals("html")) {
      return new Text(
          "C'est une page pour un navigateur, et non le fichier lui-même.",
          "It is a page for a browser, and not the file itself.");
    }
    if (root != null) {
      return new Text(
          "Le document XML commence par <" + root.name() + ">.",
          "The XML document begins with <" + root.name() + ">.");
    }
    List<String> names =
        sheets.stream()
            .flatMap(List::stream)
            .filter(row -> row.stream().filter(n -> !n.isEmpty()).count() > 1)
            .findFirst()
            .orElse(List.of());
    if (names.isEmpty()
        || names.stream().anyMatch(n -> n.chars().anyMatch(Character::isISOControl))) {
      return new Text("On n'y voit aucune table.", "No table is seen in it.");
    }
    String columns =
        names.stream()
                .filter(n -> !n.isEmpty())
                .limit(SHOWN)
                .map(n -> n.length() > SHOWN_LENGTH ? n.substring(0, SHOWN_LENGTH) + '…' : n)
                .collect(Collectors.joining(", "))
            + (names.size() > SHOWN ? ", …" : "");
    return new Text("Ses colonnes sont : " + columns + ".", "Its columns are: " + columns + ".");
  }
}
