package fr.pivot.http;

import fr.pivot.referential.Language;
import fr.pivot.referential.Text;
import io.micronaut.http.MediaType;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/**
 * A feed to follow (Atom, RFC 4287). Its entries never change their ids, which are made from what
 * they tell: two servers that tell the same give it the same id.
 *
 * @param language the language that it speaks
 * @param id its permanent identifier
 * @param updated when something was last added
 * @param self its own address
 * @param alternate the page that tells the same to people
 * @param entries what it tells, the newest first
 */
public record AtomFeed(
    Language language,
    String id,
    String title,
    String subtitle,
    Instant updated,
    String self,
    String alternate,
    List<Entry> entries) {

  /** Its form among those that answers have. */
  public static final Negotiable FORM =
      new Negotiable() {
        @Override
        public String id() {
          return "atom";
        }

        @Override
        public String range() {
          return "application/atom+xml";
        }

        @Override
        public MediaType type() {
          return MediaType.of("application/atom+xml;charset=utf-8");
        }
      };

  private static final String NAMESPACE = "http://www.w3.org/2005/Atom";
  private static final XMLOutputFactory FACTORY = XMLOutputFactory.newDefaultFactory();

  /** Keeps a copy that nobody can change. */
  public AtomFeed {
    entries = List.copyOf(entries);
  }

  /**
   * Something that is told.
   *
   * @param id its permanent identifier
   * @param updated when it was told
   * @param address the page about it
   * @param summary what it is, in a few sentences
   * @param category what kind of thing it is, for programs; null where all are of one kind
   * @param word the same for people
   */
  public record Entry(
      String id,
      String title,
      Instant updated,
      String address,
      String summary,
      @Nullable String category,
      @Nullable Text word) {}

  /** The identifier of what some words tell, always the same for the same words. */
  public static String id(String... words) {
    byte[] name = String.join("\u001F", words).getBytes(StandardCharsets.UTF_8);
    return "urn:uuid:" + UUID.nameUUIDFromBytes(name);
  }

  /** The feed as UTF-8. */
  public byte[] bytes() {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = FACTORY.createXMLStreamWriter(text);
      xml.writeStartDocument("utf-8", "1.0");
      xml.writeStartElement("feed");
      xml.writeDefaultNamespace(NAMESPACE);
      xml.writeAttribute("xml:lang", language.id());
      element(xml, "id", id);
      element(xml, "title", title);
      element(xml, "subtitle", subtitle);
      element(xml, "updated", updated.toString());
      link(xml, "self", FORM.range(), self);
      link(xml, "alternate", "text/html", alternate);
      xml.writeStartElement("author");
      element(xml, "name", "Pivot");
      xml.writeEndElement();
      element(xml, "generator", "Pivot");
      for (Entry entry : entries) {
        write(xml, entry);
      }
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void write(XMLStreamWriter xml, Entry entry) throws XMLStreamException {
    xml.writeStartElement("entry");
    element(xml, "id", entry.id());
    element(xml, "title", entry.title());
    element(xml, "updated", entry.updated().toString());
    link(xml, "alternate", "text/html", entry.address());
    element(xml, "summary", entry.summary());
    if (entry.category() != null) {
      xml.writeEmptyElement("category");
      xml.writeAttribute("term", entry.category());
      if (entry.word() != null) {
        xml.writeAttribute("label", entry.word().in(language));
      }
    }
    xml.writeEndElement();
  }

  private static void element(XMLStreamWriter xml, String name, String text)
      throws XMLStreamException {
    xml.writeStartElement(name);
    xml.writeCharacters(legal(text));
    xml.writeEndElement();
  }

  private static void link(XMLStreamWriter xml, String relation, String type, String address)
      throws XMLStreamException {
    xml.writeEmptyElement("link");
    xml.writeAttribute("rel", relation);
    xml.writeAttribute("type", type);
    xml.writeAttribute("href", address);
  }

  /** A text without the characters that XML 1.0 has no way to write. */
  private static String legal(String text) {
    StringBuilder kept = new StringBuilder(text.length());
    text.codePoints()
        .filter(
            c ->
                c == '\t'
                    || c == '\n'
                    || c >= ' ' && c <= 0xD7FF
                    || c >= 0xE000 && c <= 0xFFFD
                    || c > 0xFFFF)
        .forEach(kept::appendCodePoint);
    return kept.toString();
  }
}
