package packs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The rows of an OASIS genericode 1.0 code list, each by the names of its columns. */
final class Genericode {

  private Genericode() {}

  static List<Map<String, String>> read(Path jar, String entry) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      ZipEntry file = zip.getEntry(entry);
      if (file == null) {
        throw new IOException(jar + " holds no " + entry);
      }
      try (InputStream in = zip.getInputStream(file)) {
        return read(in);
      } catch (XMLStreamException e) {
        throw new IOException(entry + ": " + e.getMessage(), e);
      }
    }
  }

  private static List<Map<String, String>> read(InputStream in) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    XMLStreamReader xml = factory.createXMLStreamReader(in);
    List<Map<String, String>> rows = new ArrayList<>();
    Map<String, String> row = new HashMap<>();
    String column = "";
    while (xml.hasNext()) {
      int event = xml.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        switch (xml.getLocalName()) {
          case "Row" -> row = new HashMap<>();
          case "Value" -> column = xml.getAttributeValue(null, "ColumnRef");
          case "SimpleValue" -> row.put(column, Nomenclatures.clean(xml.getElementText()));
          default -> {}
        }
      } else if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals("Row")) {
        rows.add(row);
      }
    }
    return rows;
  }
}
