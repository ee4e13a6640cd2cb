package fr.pivot.text.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.finding.Findings;
import fr.pivot.finding.Rule;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.junit.jupiter.api.Test;

public class SpreadsheetTest {

  /** A method of archives whose library is not here. */
  public static final int ZSTANDARD = 93;

  private final Findings findings = new Findings();

  private List<String> read(byte[] bytes) throws IOException {
    Optional<Spreadsheet> open =
        Spreadsheet.open("f", () -> new ByteArrayInputStream(bytes), findings);
    List<String> lines = new ArrayList<>();
    if (open.isPresent()) {
      try (Spreadsheet book = open.get()) {
        for (String sheet : book.sheets()) {
          try (Spreadsheet.Rows rows = book.open(sheet)) {
            for (Optional<Cells> row = rows.next(); row.isPresent(); row = rows.next()) {
              lines.add(
                  (sheet.isEmpty() ? "" : sheet + "!")
                      + row.get().line()
                      + " "
                      + String.join("|", row.get().texts())
                      + (row.get().numbers().isEmpty() ? "" : " " + row.get().numbers()));
            }
          }
        }
      }
    }
    return lines;
  }

  public static byte[] zip(Map<String, byte[]> parts) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> part : parts.entrySet()) {
        zip.putNextEntry(new ZipEntry(part.getKey()));
        zip.write(part.getValue());
        zip.closeEntry();
      }
    }
    return out.toByteArray();
  }

  /** A workbook of one sheet and one hidden one, with what is given between its rows. */
  public static byte[] xlsx(String rows) throws IOException {
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put(
        "[Content_Types].xml",
        """
        <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
        <Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
        <Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>
        <Override PartName="/xl/worksheets/sheet2.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>
        <Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>
        </Types>
        """);
    parts.put(
        "_rels/.rels",
        """
        <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
        <Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/>
        </Relationships>
        """);
    parts.put(
        "xl/workbook.xml",
        """
        <workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
        <sheets><sheet name="Feuille" sheetId="1" r:id="rId1"/><sheet name="Notes" sheetId="2" state="hidden" r:id="rId2"/></sheets></workbook>
        """);
    parts.put(
        "xl/_rels/workbook.xml.rels",
        """
        <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
        <Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>
        <Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet2.xml"/>
        <Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>
        </Relationships>
        """);
    parts.put(
        "xl/styles.xml",
        """
        <styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
        <numFmts count="1"><numFmt numFmtId="164" formatCode="00000"/></numFmts>
        <cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="164" applyNumberFormat="1"/></cellXfs>
        </styleSheet>
        """);
    parts.put("xl/worksheets/sheet1.xml", sheet(rows));
    parts.put("xl/worksheets/sheet2.xml", sheet("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>"));
    Map<String, byte[]> bytes = new LinkedHashMap<>();
    parts.forEach((name, text) -> bytes.put(name, text.getBytes(StandardCharsets.UTF_8)));
    return zip(bytes);
  }

  private static String sheet(String rows) {
    return "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">"
        + "<sheetData>"
        + rows
        + "</sheetData></worksheet>";
  }

  @Test
  void delimited_text_is_a_sheet_and_empty_rows_are_passed_over() throws IOException {
    byte[] bytes =
        "Code;Libellé\r\n\r\n;;\r\n01; L'Abergement \r\n".getBytes(Charset.forName("windows-1252"));
    assertThat(read(bytes)).containsExactly("1 Code|Libellé", "4 01|L'Abergement");
  }

  @Test
  void an_xlsx_gives_texts_dates_and_numbers_as_people_read_them() throws IOException {
    assertThat(
            read(
                xlsx(
                    """
                    <row r="1"><c r="A1" t="inlineStr"><is><t>Code
                    NAF</t></is></c><c r="C1" t="inlineStr"><is><t>Date</t></is></c></row>
                    <row r="3"><c r="A3"><v>1.1000000000000001</v></c><c r="B3" s="2"><v>1004</v></c><c r="C3" s="1"><v>43466</v></c></row>
                    <row r="4"/>
                    <row r="5"><c r="A5"><v>200029999</v></c><c r="B5" t="b"><v>1</v></c><c r="C5" t="str"><f>A1</f><v>01.10Z</v></c></row>
                    """)))
        .containsExactly(
            "Feuille!1 Code\nNAF||Date",
            "Feuille!3 1.1|01004|2019-01-01 {0, 1, 2}",
            "Feuille!5 200029999|true|01.10Z {0}");
    assertThat(findings.list()).isEmpty();
  }

  @Test
  void an_xls_gives_the_same() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (HSSFWorkbook book = new HSSFWorkbook()) {
      Sheet sheet = book.createSheet("Feuille");
      Row header = sheet.createRow(0);
      header.createCell(0).setCellValue("Code");
      header.createCell(2).setCellValue("Date");
      Row row = sheet.createRow(2);
      row.createCell(0).setCellValue(1.1);
      CellStyle five = book.createCellStyle();
      five.setDataFormat(book.createDataFormat().getFormat("00000"));
      Cell code = row.createCell(1);
      code.setCellValue(1004);
      code.setCellStyle(five);
      CellStyle day = book.createCellStyle();
      day.setDataFormat((short) 14);
      Cell date = row.createCell(2);
      date.setCellValue(43466.5);
      date.setCellStyle(day);
      book.createSheet("Notes").createRow(0).createCell(0).setCellValue("x");
      book.setSheetHidden(1, true);
      book.write(out);
    }
    assertThat(read(out.toByteArray()))
        .containsExactly("Feuille!1 Code||Date", "Feuille!3 1.1|01004|2019-01-01T12:00 {0, 1, 2}");
  }

  @Test
  void an_ods_gives_the_same() throws IOException {
    String content =
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
          xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
        <office:body><office:spreadsheet><table:table table:name="Feuille">
        <table:table-row><table:table-cell office:value-type="string"><text:p>Code</text:p><text:p>NAF</text:p></table:table-cell>
          <table:table-cell table:number-columns-repeated="1"/><table:table-cell><text:p>Date</text:p></table:table-cell>
          <table:table-cell table:number-columns-repeated="16000"/></table:table-row>
        <table:table-row table:number-rows-repeated="1"><table:table-cell/></table:table-row>
        <table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="float" office:value="1.1"><text:p>1,1</text:p></table:table-cell>
          <table:table-cell office:value-type="float" office:value="1004"><text:p>01004</text:p></table:table-cell>
          <table:table-cell office:value-type="date" office:date-value="2019-01-01"><text:p>01/01/2019</text:p></table:table-cell></table:table-row>
        <table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>
        </table:table></office:spreadsheet></office:body></office:document-content>
        """;
    byte[] bytes =
        zip(
            Map.of(
                "mimetype",
                "application/vnd.oasis.opendocument.spreadsheet".getBytes(StandardCharsets.UTF_8),
                "content.xml",
                content.getBytes(StandardCharsets.UTF_8)));
    assertThat(read(bytes))
        .containsExactly(
            "Feuille!1 Code\nNAF||Date",
            "Feuille!3 1.1|01004|2019-01-01 {0, 1}",
            "Feuille!4 1.1|01004|2019-01-01 {0, 1}");
    assertThat(findings.list()).isEmpty();
  }

  /** An archive that says that its parts are compressed by another method than they are. */
  public static byte[] byMethod(int method, byte[] archive) {
    byte[] changed = archive.clone();
    for (int i = 0; i < changed.length - 12; i++) {
      if (changed[i] == 'P' && changed[i + 1] == 'K') {
        if (changed[i + 2] == 1 && changed[i + 3] == 2) {
          changed[i + 10] = (byte) method;
        } else if (changed[i + 2] == 3 && changed[i + 3] == 4) {
          changed[i + 8] = (byte) method;
        }
      }
    }
    return changed;
  }

  @Test
  void a_bomb_is_refused_before_anything_of_it_is_kept() throws IOException {
    byte[] zeros = new byte[64 << 20];
    Arrays.fill(zeros, (byte) ' ');
    assertThat(read(zip(Map.of("xl/workbook.xml", zeros)))).isEmpty();
    assertThat(findings.counts()).isEqualTo(Map.of(Rule.OVERSIZED_FILE, 1L));
  }

  @Test
  void a_cell_beyond_the_last_column_is_refused() throws IOException {
    assertThat(read(xlsx("<row r=\"1\"><c r=\"ZZZZZ1\"><v>1</v></c></row>"))).isEmpty();
    assertThat(findings.counts()).isEqualTo(Map.of(Rule.OVERSIZED_FILE, 1L));
  }

  @Test
  void what_cannot_be_read_is_a_finding() throws IOException {
    byte[] whole = xlsx("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>");
    assertThat(read(Arrays.copyOf(whole, whole.length / 2))).isEmpty();
    assertThat(read(zip(Map.of("a.txt", new byte[1])))).isEmpty();
    assertThat(read(new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, 1, 2})).isEmpty();
    assertThat(read(xlsx("<row r=\"1\"><c r=\"A1\"><v>1</v></row>"))).isEmpty();
    assertThat(read(byMethod(ZSTANDARD, whole))).isEmpty();
    assertThat(findings.counts())
        .isEqualTo(Map.of(Rule.UNREADABLE_FILE, 4L, Rule.UNRECOGNISED_FILE, 1L));
  }

  @Test
  void a_table_is_found_under_its_titles_and_names_broken_over_lines_are_one() throws IOException {
    byte[] bytes =
        "Nomenclature;\n\"Code\n NAF\";Libellé\n01;A;B\n02;C\n".getBytes(StandardCharsets.UTF_8);
    List<String> rows = new ArrayList<>();
    try (Spreadsheet book =
        Spreadsheet.open("f", () -> new ByteArrayInputStream(bytes), findings).orElseThrow()) {
      try (Table table =
          Table.find(book, names -> names.contains("code naf"), findings).orElseThrow()) {
        assertThat(table.titles().getFirst().get(0)).isEqualTo("Nomenclature");
        table.forEach(row -> rows.add(row.place("libellé") + " " + row.get("libellé")));
      }
    }
    assertThat(rows).containsExactly("Place[file=f, line=5, column=libellé] C");
    assertThat(findings.counts()).isEqualTo(Map.of(Rule.RAGGED_ROW, 1L));
  }
}
