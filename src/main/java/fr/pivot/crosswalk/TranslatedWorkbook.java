package fr.pivot.crosswalk;

import de.siegmar.fastcsv.writer.CsvWriter;
import fr.pivot.finding.Finding;
import fr.pivot.finding.Findings;
import fr.pivot.http.ProblemException;
import fr.pivot.http.ProblemType;
import fr.pivot.text.Cells;
import fr.pivot.text.Dialect;
import fr.pivot.text.RefusedFileException;
import fr.pivot.text.Spreadsheet;
import fr.pivot.text.WorkbookWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The translation of a spreadsheet (xlsx, xls, ods): its first visible sheet, whose first row names
 * the columns, comes back as an xlsx workbook with columns added. The values are kept; formats,
 * formulas and other sheets are not.
 *
 * <p>It goes by way of a delimited file in the temporary folder, so that spreadsheets and files are
 * translated by the same code.
 */
final class TranslatedWorkbook {

  private TranslatedWorkbook() {}

  /** Whether a file begins as spreadsheets do: a zip archive, or Excel's old binary format. */
  static boolean isSpreadsheet(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] first = in.readNBytes(4);
      return first.length == 4
          && (first[0] == 'P' && first[1] == 'K'
              || first[0] == (byte) 0xD0 && first[1] == (byte) 0xCF);
    }
  }

  /**
   * Translates a spreadsheet.
   *
   * @param input the spreadsheet
   * @param output the workbook, written whole
   * @throws ProblemException where the spreadsheet cannot be read, or has no such columns
   */
  static void translate(
      Crosswalk crosswalk, Path input, Path output, FileTranslation.Request request)
      throws IOException {
    Path table = Files.createTempFile("pivot", ".csv");
    try {
      Map<String, Boolean> numeric = new HashMap<>();
      String name = toTable(input, table, numeric);
      try (InputStream in = Files.newInputStream(table)) {
        InputStream translated = FileTranslation.open(crosswalk, in, request).stream();
        request.measures().forEach(m -> numeric.put(m, true));
        numeric.put("rows", true);
        numeric.put(request.name() + ":share", true);
        WorkbookWriter.write(
            translated,
            new Dialect(StandardCharsets.UTF_8, 0, ',', 1),
            output,
            name,
            column -> numeric.getOrDefault(column, false));
      } catch (RefusedFileException tooManyRows) {
        throw ProblemType.TOO_LARGE.with("reason", tooManyRows.rule().message()).exception();
      }
    } finally {
      Files.delete(table);
    }
  }

  /** Writes the sheet as a table; answers its name. */
  private static String toTable(Path input, Path table, Map<String, Boolean> numeric)
      throws IOException {
    Findings findings = new Findings();
    String file = String.valueOf(input.getFileName());
    Optional<Spreadsheet> opened =
        Spreadsheet.open(file, () -> Files.newInputStream(input), findings);
    if (opened.isEmpty()) {
      throw unreadable(findings);
    }
    try (Spreadsheet spreadsheet = opened.get();
        CsvWriter csv = CsvWriter.builder().build(table, StandardCharsets.UTF_8)) {
      if (spreadsheet.sheets().isEmpty()) {
        throw unreadable(findings);
      }
      String sheet = spreadsheet.sheets().getFirst();
      try (Spreadsheet.Rows rows = spreadsheet.open(sheet)) {
        List<String> header = new ArrayList<>();
        for (Optional<Cells> row = rows.next(); row.isPresent(); row = rows.next()) {
          Cells cells = row.get();
          if (header.isEmpty()) {
            header.addAll(cells.texts());
          }
          List<String> texts = new ArrayList<>(header.size());
          for (int i = 0; i < Math.max(header.size(), cells.texts().size()); i++) {
            texts.add(cells.get(i));
          }
          csv.writeRecord(texts);
          for (int i = 0; i < header.size(); i++) {
            if (!cells.texts().equals(header) && !cells.get(i).isEmpty()) {
              numeric.merge(header.get(i), cells.isNumber(i), Boolean::logicalAnd);
            }
          }
        }
      }
      if (findings.hasErrors()) {
        throw unreadable(findings);
      }
      return sheet;
    }
  }

  private static ProblemException unreadable(Findings findings) {
    List<String> details =
        findings.list().stream().map(Finding::rule).map(rule -> rule.code()).distinct().toList();
    return ProblemType.UNREADABLE_FILE.with("findings", details).exception();
  }

  /** Keeps a body in the temporary folder; it is deleted by whoever asked for it. */
  static Path keep(InputStream body, long most) throws IOException {
    Path file = Files.createTempFile("pivot", ".body");
    try (OutputStream out = Files.newOutputStream(file)) {
      byte[] buffer = new byte[1 << 16];
      long size = 0;
      for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
        size += count;
        if (size > most) {
          throw ProblemType.TOO_LARGE.with("limit", most).exception();
        }
        out.write(buffer, 0, count);
      }
      return file;
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }
}
