package fr.pivot.text.sheet;

import fr.pivot.finding.Findings;
import fr.pivot.finding.Place;
import fr.pivot.finding.Rule;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.jspecify.annotations.Nullable;

/** An OpenDocument spreadsheet, of which one row is held at a time. */
final class OdsWorkbook extends Spreadsheet {

  private static final String OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0";
  private static final String STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0";
  private static final String TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0";
  private static final String TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0";

  private static final String MIDNIGHT = "T00:00:00";

  private final byte[] bytes;
  private final List<String> sheets;

  private OdsWorkbook(String file, byte[] bytes, List<String> sheets, Findings findings) {
    super(file, Kind.ODS, findings);
    this.bytes = bytes;
    this.sheets = sheets;
  }

  static Spreadsheet read(String file, byte[] bytes, Findings findings) throws IOException {
    List<String> names = new ArrayList<>();
    try (Content content = new Content(bytes)) {
      while (content.nextTable()) {
        if (content.tableIsVisible()) {
          names.add(content.tableName());
        }
      }
    } catch (XMLStreamException malformed) {
      throw new IOException(malformed);
    }
    return new OdsWorkbook(file, bytes, List.copyOf(names), findings);
  }

  @Override
  public List<String> sheets() {
    return sheets;
  }

  @Override
  public Rows open(String sheet) throws IOException {
    Content content = new Content(bytes);
    try {
      while (content.nextTable()) {
        if (content.tableName().equals(sheet)) {
          return new StreamedRows(content);
        }
      }
    } catch (XMLStreamException malformed) {
      content.close();
      throw new IOException(malformed);
    }
    content.close();
    throw new IllegalArgumentException("no sheet " + sheet);
  }

  @Override
  public void close() {}

  /** The XML in which all sheets are. */
  private static final class Content implements AutoCloseable {
    private final ZipFile zip;
    private final XMLStreamReader xml;
    private final Set<String> hiddenStyles = new HashSet<>();

    Content(byte[] bytes) throws IOException {
      zip = ZipFile.builder().setSeekableByteChannel(new SeekableInMemoryByteChannel(bytes)).get();
      try {
        InputStream in = zip.getInputStream(zip.getEntry("content.xml"));
        xml = Xml.open(in);
      } catch (IOException | XMLStreamException | RuntimeException failed) {
        zip.close();
        throw new IOException(failed);
      }
    }

    boolean nextTable() throws XMLStreamException {
      @Nullable String style = null;
      while (xml.hasNext()) {
        if (xml.next() != XMLStreamConstants.START_ELEMENT) {
          continue;
        }
        if (is(TABLE, "table")) {
          return true;
        }
        if (is(STYLE, "style")) {
          style = xml.getAttributeValue(STYLE, "name");
        } else if (is(STYLE, "table-properties")
            && style != null
            && "false".equals(xml.getAttributeValue(TABLE, "display"))) {
          hiddenStyles.add(style);
        }
      }
      return false;
    }

    boolean tableIsVisible() {
      @Nullable String style = xml.getAttributeValue(TABLE, "style-name");
      return style == null || !hiddenStyles.contains(style);
    }

    String tableName() {
      String name = xml.getAttributeValue(TABLE, "name");
      return name == null ? "" : name;
    }

    boolean is(String namespace, String name) {
      return name.equals(xml.getLocalName()) && namespace.equals(xml.getNamespaceURI());
    }

    int repeated(String attribute) {
      @Nullable String value = xml.getAttributeValue(TABLE, attribute);
      try {
        return value == null ? 1 : Math.max(1, Integer.parseInt(value));
      } catch (NumberFormatException malformed) {
        return 1;
      }
    }

    @Override
    public void close() throws IOException {
      zip.close();
    }
  }

  private final class StreamedRows implements Rows {
    private final Content content;
    private long line;
    private @Nullable Cells repeated;
    private int left;
    private long again;

    StreamedRows(Content content) {
      this.content = content;
    }

    @Override
    public Optional<Cells> next() {
      if (repeated != null && left > 0) {
        again += repeated.texts().size();
        if (again > MOST_REPEATED) {
          findings.add(Rule.TOO_MANY_CELLS.at(new Place(file(), line + 1, null)));
          return Optional.empty();
        }
        left--;
        line++;
        return Optional.of(new Cells(file(), line, repeated.texts(), repeated.numbers()));
      }
      try {
        while (content.xml.hasNext()) {
          int event = content.xml.next();
          if (event == XMLStreamConstants.END_ELEMENT && content.is(TABLE, "table")) {
            return Optional.empty();
          }
          if (event == XMLStreamConstants.START_ELEMENT && content.is(TABLE, "table-row")) {
            int times = content.repeated("number-rows-repeated");
            Cells cells = row(line + 1);
            if (cells.isEmpty()) {
              line += times;
            } else {
              line++;
              repeated = cells;
              left = times - 1;
              return Optional.of(cells);
            }
          }
        }
      } catch (XMLStreamException | RuntimeException malformed) {
        reportUnreadable(line + 1);
      }
      return Optional.empty();
    }

    private Cells row(long number) throws XMLStreamException {
      List<String> texts = new ArrayList<>();
      BitSet numbers = new BitSet();
      int gap = 0;
      while (content.xml.hasNext()) {
        int event = content.xml.next();
        if (event == XMLStreamConstants.END_ELEMENT && content.is(TABLE, "table-row")) {
          break;
        }
        if (event != XMLStreamConstants.START_ELEMENT
            || !(content.is(TABLE, "table-cell") || content.is(TABLE, "covered-table-cell"))) {
          continue;
        }
        int times = content.repeated("number-columns-repeated");
        @Nullable String type = content.xml.getAttributeValue(OFFICE, "value-type");
        String value = value(type);
        if (value.isEmpty()) {
          gap += Math.min(times, MAX_COLUMNS);
          continue;
        }
        for (; gap > 0 && texts.size() < MAX_COLUMNS; gap--) {
          texts.add("");
        }
        gap = 0;
        for (int i = 0; i < times && texts.size() < MAX_COLUMNS; i++) {
          numbers.set(texts.size(), "float".equals(type));
          texts.add(value);
        }
      }
      return new Cells(file(), number, texts, numbers);
    }

    /** What the cell says; the reader then stands at its end. */
    private String value(@Nullable String type) throws XMLStreamException {
      @Nullable String date = content.xml.getAttributeValue(OFFICE, "date-value");
      @Nullable String number = content.xml.getAttributeValue(OFFICE, "value");
      StringBuilder text = new StringBuilder();
      int paragraphs = 0;
      int inside = 0;
      while (content.xml.hasNext()) {
        int event = content.xml.next();
        if (event == XMLStreamConstants.START_ELEMENT && content.is(TEXT, "p")) {
          inside++;
          text.append(paragraphs++ > 0 ? "\n" : "");
        } else if (event == XMLStreamConstants.START_ELEMENT && content.is(TEXT, "s")) {
          text.append(' ');
        } else if (event == XMLStreamConstants.END_ELEMENT && content.is(TEXT, "p")) {
          inside--;
        } else if (event == XMLStreamConstants.CHARACTERS && inside > 0) {
          text.append(content.xml.getText());
        } else if (event == XMLStreamConstants.END_ELEMENT
            && (content.is(TABLE, "table-cell") || content.is(TABLE, "covered-table-cell"))) {
          break;
        }
      }
      if (date != null && "date".equals(type)) {
        return date.endsWith(MIDNIGHT)
            ? date.substring(0, date.length() - MIDNIGHT.length())
            : date;
      }
      String shown = text.toString();
      if (number != null && "float".equals(type)) {
        String digits = shown.replaceAll("[ \\u00A0\\u202F]", "");
        if (digits.matches("0\\d+")) {
          return digits;
        }
        try {
          return Numbers.write(new BigDecimal(number), -1, "", false);
        } catch (NumberFormatException malformed) {
          return shown;
        }
      }
      return shown;
    }

    @Override
    public void close() throws IOException {
      content.close();
    }
  }
}
