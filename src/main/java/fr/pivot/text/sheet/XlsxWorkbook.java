package fr.pivot.text.sheet;

import fr.pivot.finding.Findings;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.dhatim.fastexcel.reader.SheetVisibility;

/** An xlsx, of which one row is held at a time, and the texts that its sheets share. */
final class XlsxWorkbook extends Spreadsheet {

  private final ReadableWorkbook workbook;

  private XlsxWorkbook(String file, ReadableWorkbook workbook, Findings findings) {
    super(file, Kind.XLSX, findings);
    this.workbook = workbook;
  }

  static Spreadsheet read(String file, InputStream bytes, Findings findings) throws IOException {
    return new XlsxWorkbook(
        file, new ReadableWorkbook(bytes, new ReadingOptions(true, true)), findings);
  }

  @Override
  public List<String> sheets() {
    return workbook
        .getSheets()
        .filter(sheet -> sheet.getVisibility() == SheetVisibility.VISIBLE)
        .map(Sheet::getName)
        .toList();
  }

  @Override
  public Rows open(String sheet) throws IOException {
    return new StreamedRows(workbook.findSheet(sheet).orElseThrow().openStream());
  }

  @Override
  public void close() throws IOException {
    workbook.close();
  }

  private final class StreamedRows implements Rows {
    private final Stream<Row> stream;
    private final Iterator<Row> rows;
    private long line;
    private boolean ended;

    StreamedRows(Stream<Row> stream) {
      this.stream = stream;
      this.rows = stream.iterator();
    }

    @Override
    public Optional<Cells> next() throws IOException {
      try {
        while (!ended && rows.hasNext()) {
          Row row = rows.next();
          line = row.getRowNum();
          Cells cells = cells(row);
          if (!cells.isEmpty()) {
            return Optional.of(cells);
          }
        }
      } catch (RuntimeException unreadable) {
        reportUnreadable(line + 1);
      }
      ended = true;
      return Optional.empty();
    }

    private Cells cells(Row row) {
      List<String> texts = new ArrayList<>(row.getCellCount());
      BitSet numbers = new BitSet();
      for (int i = 0; i < row.getCellCount(); i++) {
        Cell cell = row.getCell(i);
        if (cell == null || cell.getType() == CellType.EMPTY || cell.getValue() == null) {
          texts.add("");
        } else if (cell.getValue() instanceof BigDecimal number) {
          Integer id = cell.getDataFormatId();
          String format = cell.getDataFormatString();
          texts.add(
              Numbers.write(
                  number,
                  id == null ? -1 : id,
                  format == null ? "" : format,
                  workbook.isDate1904()));
          numbers.set(i);
        } else {
          texts.add(cell.getText());
        }
      }
      return new Cells(file(), row.getRowNum(), texts, numbers);
    }

    @Override
    public void close() {
      stream.close();
    }
  }
}
