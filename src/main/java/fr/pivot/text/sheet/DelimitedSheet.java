package fr.pivot.text.sheet;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvRecord;
import fr.pivot.finding.Findings;
import fr.pivot.finding.Place;
import fr.pivot.finding.Rule;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** Delimited text, as a sheet. */
final class DelimitedSheet extends Spreadsheet {

  private static final BitSet NO_NUMBERS = new BitSet();

  private final Delimited.Source source;

  DelimitedSheet(String file, Delimited.Source source, Findings findings) {
    super(file, Kind.DELIMITED, findings);
    this.source = source;
  }

  @Override
  public List<String> sheets() {
    return List.of("");
  }

  @Override
  public Rows open(String sheet) throws IOException {
    Charset charset = Delimited.detectCharset(source);
    char delimiter = Delimited.detectDelimiter(source, charset);
    Reader reader = Delimited.reader(source, charset);
    try {
      return new Records(Delimited.records(reader, delimiter));
    } catch (RuntimeException failed) {
      reader.close();
      throw failed;
    }
  }

  @Override
  public void close() {}

  private final class Records implements Rows {
    private final CloseableIterator<CsvRecord> records;
    private long line;
    private boolean ended;

    Records(CloseableIterator<CsvRecord> records) {
      this.records = records;
    }

    @Override
    public Optional<Cells> next() throws IOException {
      try {
        while (!ended && records.hasNext()) {
          CsvRecord fields = records.next();
          line = fields.getStartingLineNumber();
          Cells cells = new Cells(file(), line, fields.getFields(), NO_NUMBERS);
          if (!cells.isEmpty()) {
            return Optional.of(cells);
          }
        }
      } catch (CsvParseException tooLong) {
        findings.add(Rule.OVERSIZED_FIELD.at(new Place(file(), line + 1, null)));
      } catch (UncheckedIOException lost) {
        throw lost.getCause();
      }
      ended = true;
      return Optional.empty();
    }

    @Override
    public void close() throws IOException {
      records.close();
    }
  }
}
