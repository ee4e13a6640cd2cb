package fr.pivot.text.detected;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.pivot.finding.Place;
import fr.pivot.finding.Rule;
import fr.pivot.text.bytes.Dialect;
import fr.pivot.text.packed.RefusedFileException;
import fr.pivot.text.packed.Unpacked;
import fr.pivot.text.packed.UnpackedTest;
import fr.pivot.text.sheet.Spreadsheet;
import fr.pivot.text.sheet.SpreadsheetTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.FormulaError;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;

class TabularFileTest {

  private static final String ODS =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
        xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
        xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
      <office:automatic-styles><style:style style:name="ta1" style:family="table"><style:table-properties table:display="false"/></style:style></office:automatic-styles>
      <office:body><office:spreadsheet>
      <table:table table:name="Cachée" table:style-name="ta1"><table:table-row><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row></table:table>
      <table:table table:name="Feuille">%s</table:table></office:spreadsheet></office:body></office:document-content>
      """;

  private static TabularFile open(byte[] bytes, Overrides overrides) throws IOException {
    return TabularFile.open("f", new ByteArrayInputStream(bytes), overrides);
  }

  private static TabularFile.Opened opened(byte[] bytes) throws IOException {
    return (TabularFile.Opened) open(bytes, Overrides.NONE);
  }

  private static String read(byte[] bytes) throws IOException {
    try (TabularFile.Opened opened = opened(bytes)) {
      return new String(opened.stream().readAllBytes(), opened.detected().dialect().charset());
    }
  }

  private static void refuses(byte[] bytes, Rule rule) throws IOException {
    assertThat(open(bytes, Overrides.NONE))
        .isEqualTo(new TabularFile.Refused(rule.at(Place.file("f"))));
  }

  private static byte[] ods(String rows) throws IOException {
    Map<String, byte[]> parts = new LinkedHashMap<>();
    parts.put("mimetype", "application/vnd.oasis.opendocument.spreadsheet".getBytes(UTF_8));
    parts.put("content.xml", ODS.formatted(rows).getBytes(UTF_8));
    return SpreadsheetTest.zip(parts);
  }

  /** The same workbook with a part of it written otherwise. */
  private static byte[] with(byte[] workbook, String part, byte[] content) throws IOException {
    Map<String, byte[]> parts = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(workbook))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        parts.put(entry.getName(), zip.readAllBytes());
      }
    }
    parts.put(part, content);
    return SpreadsheetTest.zip(parts);
  }

  @Example
  void delimited_text_is_given_as_it_came() throws IOException {
    byte[] bytes = "\uFEFFcode;nom\r\n01;\"É\"\r\n".getBytes(UTF_8);
    try (TabularFile.Opened opened = opened(UnpackedTest.gzip(bytes))) {
      assertThat(opened.kind()).isEqualTo(Spreadsheet.Kind.DELIMITED);
      assertThat(opened.compression()).isEqualTo(Unpacked.Compression.GZIP);
      assertThat(opened.detected().dialect()).isEqualTo(new Dialect(UTF_8, 3, ';', 1));
      assertThat(opened.detected().columns()).containsExactly("code", "nom");
      assertThat(opened.sheets()).isEmpty();
      assertThat(opened.findings()).isEmpty();
      assertThat(opened.stream().readAllBytes()).isEqualTo(bytes);
    }
  }

  @Example
  void a_sheet_is_text_whose_lines_are_its_rows() throws IOException {
    byte[] xlsx =
        SpreadsheetTest.xlsx(
            """
            <row r="1"><c r="A1" t="inlineStr"><is><t>Sur deux
            lignes</t></is></c></row>
            <row r="4"><c r="A4" t="inlineStr"><is><t>siret</t></is></c><c r="B4" t="inlineStr"><is><t>insee</t></is></c><c r="C4" t="inlineStr"><is><t>note</t></is></c></row>
            <row r="5"><c r="A5"><v>35600000000048</v></c><c r="B5" s="2"><v>1004</v></c></row>
            <row r="7"><c r="A7"><v>2.10104E+13</v></c><c r="B7" t="inlineStr"><is><t>2A004</t></is></c><c r="C7" t="inlineStr"><is><t>a, "b"</t></is></c><c r="E7"><v>1</v></c></row>
            <row r="8"><c r="A8" t="e"><v>#N/A</v></c><c r="B8" t="b"><v>1</v></c><c r="C8" s="1"><f>TODAY()</f><v>43466</v></c></row>
            """);
    try (TabularFile.Opened opened = opened(xlsx)) {
      assertThat(opened.kind()).isEqualTo(Spreadsheet.Kind.XLSX);
      assertThat(opened.sheet()).isEqualTo("Feuille");
      assertThat(opened.sheets()).containsExactly("Feuille");
      assertThat(opened.detected().dialect()).isEqualTo(new Dialect(UTF_8, 0, ',', 4));
      assertThat(opened.detected().columns()).containsExactly("siret", "insee", "note");
      assertThat(new String(opened.stream().readAllBytes(), UTF_8))
          .isEqualTo(
              """
              Sur deux lignes,,


              siret,insee,note
              35600000000048,01004,

              21010400000000,2A004,"a, ""b""\",,1
              #N/A,true,2019-01-01
              """);
    }
  }

  @Example
  void an_xls_gives_errors_and_grouped_digits_as_they_are_shown() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (HSSFWorkbook book = new HSSFWorkbook()) {
      Sheet sheet = book.createSheet("Feuille");
      Row header = sheet.createRow(0);
      header.createCell(0).setCellValue("siren");
      header.createCell(1).setCellValue("code");
      Row row = sheet.createRow(1);
      CellStyle groups = book.createCellStyle();
      groups.setDataFormat(book.createDataFormat().getFormat("000\\ 000\\ 000"));
      row.createCell(0).setCellValue(5_520_135);
      row.getCell(0).setCellStyle(groups);
      row.createCell(1).setCellErrorValue(FormulaError.NA.getCode());
      book.write(out);
    }
    assertThat(read(out.toByteArray())).isEqualTo("siren,code\n005520135,#N/A\n");
  }

  @Example
  void a_hidden_sheet_of_an_ods_is_not_the_first() throws IOException {
    byte[] ods =
        ods(
            """
            <table:table-row><table:table-cell><text:p>insee</text:p></table:table-cell></table:table-row>
            <table:table-row><table:table-cell office:value-type="float" office:value="1004"><text:p>01 004</text:p></table:table-cell></table:table-row>
            <table:table-row><table:table-cell office:value-type="date" office:date-value="T00:00:00"><text:p>x</text:p></table:table-cell></table:table-row>
            <table:table-row><table:table-cell><text:p>a</text:p></table:table-cell></table:table-row>
            """);
    try (TabularFile.Opened opened = opened(ods)) {
      assertThat(opened.sheets()).containsExactly("Feuille");
      assertThat(new String(opened.stream().readAllBytes(), UTF_8))
          .isEqualTo("insee\n01004\n\na\n");
    }
  }

  @Example
  void a_sheet_can_be_named() throws IOException {
    byte[] xlsx = SpreadsheetTest.xlsx("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>");
    Overrides named = new Overrides(null, null, 0, "Feuille");
    try (TabularFile.Opened opened = (TabularFile.Opened) open(xlsx, named)) {
      assertThat(opened.detected().columns()).containsExactly("#1");
      assertThat(opened.detected().dialect().headerLine()).isZero();
    }
    Overrides unknown = new Overrides(null, null, null, "Feuil1");
    assertThat(open(xlsx, unknown))
        .isEqualTo(new TabularFile.Refused(Rule.UNKNOWN_SHEET.at(Place.file("f"), "Feuille")));
  }

  @Example
  void one_cell_in_the_last_row_and_column_is_a_table_of_empty_lines() throws IOException {
    byte[] xlsx =
        SpreadsheetTest.xlsx(
            "<row r=\"1048576\"><c r=\"XFD1048576\" t=\"inlineStr\"><is><t>fin</t></is></c></row>");
    try (TabularFile.Opened opened = opened(xlsx)) {
      assertThat(opened.detected().dialect().headerLine()).isEqualTo(1_048_576);
      assertThat(opened.detected().columns()).hasSize(16_384).endsWith("fin");
      assertThat(opened.stream().transferTo(OutputStream.nullOutputStream()))
          .isEqualTo(1_048_575 + 16_383 + 4);
    }
  }

  @Example
  void a_row_beyond_the_last_one_ends_the_reading() throws IOException {
    byte[] xlsx =
        SpreadsheetTest.xlsx(
            "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>a</t></is></c></row>"
                + "<row r=\"2000000000\"><c r=\"A2000000000\"><v>1</v></c></row>");
    try (TabularFile.Opened opened = opened(xlsx)) {
      assertThatThrownBy(() -> opened.stream().transferTo(OutputStream.nullOutputStream()))
          .hasMessage("oversized-file");
    }
    byte[] ods =
        ods(
            "<table:table-row table:number-rows-repeated=\"2000000000\"><table:table-cell><text:p>a"
                + "</text:p></table:table-cell></table:table-row>");
    try (TabularFile.Opened opened = opened(ods)) {
      assertThatThrownBy(() -> opened.stream().transferTo(OutputStream.nullOutputStream()))
          .hasMessage("oversized-file");
    }
  }

  @Example
  void a_small_sheet_of_repeated_rows_is_not_written_out() throws IOException {
    byte[] ods =
        ods(
            "<table:table-row table:number-rows-repeated=\"1048576\"><table:table-cell"
                + " table:number-columns-repeated=\"16384\"><text:p>x</text:p></table:table-cell>"
                + "</table:table-row>");
    assertThat(ods).hasSizeLessThan(900);
    endsWithTooManyCells(ods);
  }

  @Example
  void a_small_sheet_of_far_cells_is_not_written_out() throws IOException {
    StringBuilder rows = new StringBuilder();
    for (int i = 1; i <= 50_000; i++) {
      rows.append(
          "<row r=\"%d\"><c r=\"A%d\"><v>1</v></c><c r=\"XFD%d\"><v>1</v></c></row>"
              .formatted(i, i, i));
    }
    byte[] xlsx = SpreadsheetTest.xlsx(rows.toString());
    assertThat(xlsx).hasSizeLessThan(1 << 20);
    endsWithTooManyCells(xlsx);
  }

  @Example
  void two_cells_in_the_corners_of_a_sheet_are_two_rows() throws IOException {
    byte[] xlsx =
        SpreadsheetTest.xlsx(
            "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>"
                + "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>");
    try (TabularFile.Opened opened = opened(xlsx)) {
      assertThat(opened.stream().transferTo(OutputStream.nullOutputStream()))
          .isBetween(1_048_576L, 1_048_576L + 2 * 16_384 + 10);
    }
  }

  private static void endsWithTooManyCells(byte[] file) throws IOException {
    try (TabularFile.Opened opened = opened(file)) {
      assertThatThrownBy(() -> opened.stream().transferTo(OutputStream.nullOutputStream()))
          .hasMessage("too-many-cells");
    }
  }

  @Example
  void a_sheet_that_breaks_off_ends_the_reading() throws IOException {
    StringBuilder rows = new StringBuilder();
    for (int i = 1; i <= 1_000; i++) {
      rows.append("<row r=\"%d\"><c r=\"A%d\"><v>%d</v></c></row>".formatted(i, i, i));
    }
    byte[] xlsx = SpreadsheetTest.xlsx(rows + "<row r=\"1001\"><c r=\"A1001\"></row>");
    try (TabularFile.Opened opened = opened(xlsx)) {
      assertThatThrownBy(() -> opened.stream().readAllBytes()).hasMessage("unreadable-file");
    }
  }

  @Example
  void a_number_without_end_is_not_written_out() throws IOException {
    byte[] xlsx = SpreadsheetTest.xlsx("<row r=\"1\"><c r=\"A1\"><v>1E999999999</v></c></row>");
    assertThat(read(xlsx)).isEqualTo("1E+999999999\n");
    byte[] ods =
        ods(
            "<table:table-row><table:table-cell office:value-type=\"float\""
                + " office:value=\"1E-999999999\"/></table:table-row>");
    assertThat(read(ods)).isEqualTo("1E-999999999\n");
  }

  @Example
  void entities_of_xml_are_not_expanded() throws IOException {
    StringBuilder bomb =
        new StringBuilder("<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"ha\">");
    for (char c = 'b'; c < 'z'; c++) {
      char before = (char) (c - 1);
      bomb.append("<!ENTITY ").append(c).append(" \"");
      bomb.append(("&" + before + ";").repeat(10)).append("\">");
    }
    bomb.append("]>");
    String sheet =
        bomb
            + "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">"
            + "<sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>&y;</t></is></c></row>"
            + "</sheetData></worksheet>";
    byte[] xlsx = SpreadsheetTest.xlsx("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>");
    assertThat(open(with(xlsx, "xl/worksheets/sheet1.xml", sheet.getBytes(UTF_8)), Overrides.NONE))
        .isEqualTo(new TabularFile.Refused(Rule.UNREADABLE_FILE.at(new Place("f", 1, null))));
    byte[] part = (bomb + "<x>&y;</x>").getBytes(UTF_8);
    for (String name :
        List.of(
            "[Content_Types].xml",
            "_rels/.rels",
            "xl/workbook.xml",
            "xl/_rels/workbook.xml.rels",
            "xl/styles.xml",
            "xl/sharedStrings.xml")) {
      readAll(with(xlsx, name, part));
    }
    refuses(with(ods(""), "content.xml", part), Rule.UNREADABLE_FILE);
  }

  @Example
  void a_cell_that_never_ends_is_refused_before_it_is_held() throws IOException {
    byte[] long40 = new byte[40 << 20];
    Arrays.fill(long40, (byte) 'x');
    String open = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>";
    ByteArrayOutputStream sheet = new ByteArrayOutputStream();
    sheet.write(open.getBytes(UTF_8));
    for (int i = 0; i < long40.length; i += 40) {
      // Not so much the same that the ratio would tell.
      long40[i] = (byte) ('a' + (i * 7919L >>> 5) % 26);
      long40[i + 7] = (byte) ('a' + (i * 104729L >>> 7) % 26);
      long40[i + 19] = (byte) ('a' + (i * 1299709L >>> 9) % 26);
    }
    sheet.write(long40);
    refuses(
        with(SpreadsheetTest.xlsx(""), "xl/worksheets/sheet1.xml", sheet.toByteArray()),
        Rule.OVERSIZED_FILE);
    refuses(with(ods(""), "content.xml", sheet.toByteArray()), Rule.OVERSIZED_FILE);
  }

  @Example
  void a_workbook_of_too_many_parts_is_refused() throws IOException {
    Map<String, byte[]> parts = new LinkedHashMap<>();
    parts.put("xl/workbook.xml", new byte[1]);
    for (int i = 0; i < 20_000; i++) {
      parts.put("xl/" + i, new byte[0]);
    }
    refuses(SpreadsheetTest.zip(parts), Rule.TOO_MANY_ENTRIES);
  }

  @Example
  void empty_files_of_all_kinds_are_said_to_be_empty() throws IOException {
    refuses(new byte[0], Rule.EMPTY_FILE);
    refuses(UnpackedTest.gzip(new byte[0]), Rule.EMPTY_FILE);
    refuses(SpreadsheetTest.xlsx(""), Rule.EMPTY_FILE);
    refuses(ods(""), Rule.EMPTY_FILE);
    refuses(new byte[] {'P', 'K', 5, 6}, Rule.EMPTY_FILE);
  }

  @Example
  void a_first_line_without_end_is_refused_after_its_head() throws IOException {
    long[] read = new long[1];
    InputStream gigabyte =
        new InputStream() {
          @Override
          public int read() {
            return read[0]++ < 1L << 30 ? 'x' : -1;
          }
        };
    assertThat(TabularFile.open("f", gigabyte, Overrides.NONE))
        .isEqualTo(new TabularFile.Refused(Rule.OVERSIZED_LINE.at(Place.file("f"))));
    assertThat(read[0]).isLessThan(5 << 20);
  }

  @Example
  void as_many_columns_as_the_widest_spreadsheet_are_read_and_no_more() throws IOException {
    String widest = "colonne d'un nom assez long;".repeat(16_383) + "z\n";
    try (TabularFile.Opened opened = opened(widest.getBytes(UTF_8))) {
      assertThat(opened.detected().columns()).hasSize(16_384);
    }
    refuses(("c;".repeat(99_999) + "c\n1;2\n").getBytes(UTF_8), Rule.TOO_MANY_COLUMNS);
    refuses(("c;".repeat(1_999_999) + "c\n1;2\n").getBytes(UTF_8), Rule.TOO_MANY_COLUMNS);
  }

  @Example
  void a_document_that_is_no_spreadsheet_is_refused() throws IOException {
    refuses(SpreadsheetTest.zip(Map.of("word/document.xml", new byte[9])), Rule.NOT_A_TABLE);
    refuses(new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, 1, 2}, Rule.UNREADABLE_FILE);
  }

  @Example
  void what_is_truncated_further_on_ends_the_reading() throws IOException {
    StringBuilder text = new StringBuilder("code;nom\n");
    for (int i = 0; i < 500_000; i++) {
      text.append(i).append(";nom ").append(i * 7919L % 104729).append('\n');
    }
    byte[] gzip = UnpackedTest.gzip(text.toString().getBytes(UTF_8));
    try (TabularFile.Opened opened = opened(Arrays.copyOf(gzip, gzip.length - 1000))) {
      assertThatThrownBy(() -> opened.stream().readAllBytes())
          .isInstanceOfSatisfying(
              RefusedFileException.class,
              refused ->
                  assertThat(refused.at("f")).isEqualTo(Rule.TRUNCATED_FILE.at(Place.file("f"))));
    }
  }

  @Property(tries = 500)
  void whatever_the_bytes_are_they_are_opened_or_refused(
      @ForAll @IntRange(min = 0, max = 5) int beginning, @ForAll @Size(max = 2_000) byte[] rest)
      throws IOException {
    byte[][] beginnings = {
      {},
      {0x1F, (byte) 0x8B, 8},
      {'P', 'K', 3, 4},
      {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0},
      {(byte) 0xFF, (byte) 0xFE},
      {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF}
    };
    byte[] begin = beginnings[beginning];
    byte[] bytes = Arrays.copyOf(begin, begin.length + rest.length);
    System.arraycopy(rest, 0, bytes, begin.length, rest.length);
    readAll(bytes);
  }

  @Property(tries = 400)
  void a_damaged_spreadsheet_is_opened_or_refused(
      @ForAll boolean ods, @ForAll @Size(min = 1, max = 8) List<Integer> damages)
      throws IOException {
    byte[] bytes =
        ods
            ? ods(
                "<table:table-row><table:table-cell><text:p>a</text:p></table:table-cell></table:table-row>")
            : SpreadsheetTest.xlsx("<row r=\"1\"><c r=\"A1\" s=\"2\"><v>12</v></c></row>");
    for (int damage : damages) {
      bytes[Math.floorMod(damage, bytes.length)] ^= (byte) (damage >>> 16 | 1);
    }
    readAll(bytes);
  }

  @Property(tries = 400)
  void a_sheet_with_damaged_xml_is_opened_or_refused(
      @ForAll @Size(min = 1, max = 4) List<Integer> damages) throws IOException {
    StringBuilder rows =
        new StringBuilder(
            "<row r=\"1\"><c r=\"A1\" s=\"2\"><v>12</v></c><c r=\"B1\" t=\"s\"><v>0</v></c>"
                + "<c r=\"C1\" t=\"b\"><v>1</v></c><c r=\"D1\" t=\"e\"><v>#N/A</v></c></row>");
    for (int damage : damages) {
      int at = Math.floorMod(damage, rows.length());
      rows.setCharAt(at, "<>/\"=r1A9- tsvc".charAt(Math.floorMod(damage >>> 16, 15)));
    }
    readAll(SpreadsheetTest.xlsx(rows.toString()));
  }

  private static void readAll(byte[] bytes) throws IOException {
    TabularFile file = open(bytes, Overrides.NONE);
    if (file instanceof TabularFile.Opened opened) {
      try (opened) {
        assertThat(opened.detected().columns()).isNotEmpty();
        opened.stream().transferTo(OutputStream.nullOutputStream());
      } catch (RefusedFileException refused) {
        assertThat(refused.at("f").place()).isEqualTo(Place.file("f"));
      }
    }
  }
}
