package fr.pivot.text.sheet;

import java.io.InputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** XML from strangers, read as a stream: no document type, no entity, nothing fetched. */
public final class Xml {

  private static final XMLInputFactory FACTORY = XMLInputFactory.newDefaultFactory();

  static {
    FACTORY.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    FACTORY.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    FACTORY.setProperty(XMLInputFactory.IS_COALESCING, true);
  }

  private Xml() {}

  /**
   * Opens a document, in the encoding that it declares.
   *
   * @throws XMLStreamException when it does not even begin as one
   */
  public static XMLStreamReader open(InputStream bytes) throws XMLStreamException {
    return FACTORY.createXMLStreamReader(bytes);
  }
}
