package fr.pivot.text.sheet;

import fr.pivot.finding.Findings;
import fr.pivot.finding.Place;
import fr.pivot.finding.Rule;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.ss.formula.eval.ErrorEval;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.SheetVisibility;

/** The binary format of Excel 97 to 2003, which is read into memory as a whole. */
public final class XlsWorkbook extends Spreadsheet {

  /** A full sheet of that format, 65,536 rows of 256 columns, is well below it. */
  public static final int MAX_BYTES = 64 << 20;

  private final HSSFWorkbook workbook;

  private XlsWorkbook(String file, HSSFWorkbook workbook, Findings findings) {
    super(file, Kind.XLS, findings);
    this.workbook = workbook;
  }

  /**
   * Reads a workbook; empty, with a finding that says why, where it is none.
   *
   * @param bytes all of the file, or more than {@link #MAX_BYTES} of it
   */
  public static Optional<Spreadsheet> read(String file, byte[] bytes, Findings findings) {
    if (bytes.length > MAX_BYTES) {
      findings.add(Rule.OVERSIZED_FILE.at(Place.file(file)));
      return Optional.empty();
    }
    try {
      return Optional.of(
          new XlsWorkbook(file, new HSSFWorkbook(new ByteArrayInputStream(bytes)), findings));
    } catch (IOException | RuntimeException unreadable) {
      findings.add(Rule.UNREADABLE_FILE.at(Place.file(file)));
      return Optional.empty();
    }
  }

  @Override
  public List<String> sheets() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < workbook.getNumberOfSheets(); i++) {
      if (workbook.getSheetVisibility(i) == SheetVisibility.VISIBLE) {
        names.add(workbook.getSheetName(i));
      }
    }
    return names;
  }

  @Override
  public Rows open(String sheet) {
    Iterator<Row> rows = workbook.getSheet(sheet).iterator();
    return new Rows() {
      private long line;

      @Override
      public Optional<Cells> next() {
        try {
          while (rows.hasNext()) {
            Row row = rows.next();
            line = row.getRowNum() + 1L;
            Cells cells = cells(row);
            if (!cells.isEmpty()) {
              return Optional.of(cells);
            }
          }
        } catch (RuntimeException damaged) {
          reportUnreadable(line);
        }
        return Optional.empty();
      }

      @Override
      public void close() {}
    };
  }

  private Cells cells(Row row) {
    List<String> texts = new ArrayList<>();
    BitSet numbers = new BitSet();
    for (int i = 0; i < row.getLastCellNum(); i++) {
      Cell cell = row.getCell(i);
      if (cell == null) {
        texts.add("");
        continue;
      }
      CellType type =
          cell.getCellType() == CellType.FORMULA
              ? cell.getCachedFormulaResultType()
              : cell.getCellType();
      switch (type) {
        case NUMERIC -> {
          String format = cell.getCellStyle().getDataFormatString();
          texts.add(
              Numbers.write(
                  BigDecimal.valueOf(cell.getNumericCellValue()),
                  cell.getCellStyle().getDataFormat(),
                  format == null ? "" : format,
                  workbook.getInternalWorkbook().isUsing1904DateWindowing()));
          numbers.set(i);
        }
        case STRING -> texts.add(cell.getStringCellValue());
        case BOOLEAN -> texts.add(Boolean.toString(cell.getBooleanCellValue()));
        case ERROR -> texts.add(ErrorEval.getText(cell.getErrorCellValue()));
        default -> texts.add("");
      }
    }
    return new Cells(file(), row.getRowNum() + 1L, texts, numbers);
  }

  @Override
  public void close() throws IOException {
    workbook.close();
  }
}
