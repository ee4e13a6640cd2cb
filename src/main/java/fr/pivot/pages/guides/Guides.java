package fr.pivot.pages.guides;

import fr.pivot.http.ServerAddress;
import fr.pivot.pages.Assets;
import fr.pivot.referential.Language;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.text.TextContentRenderer;

/**
 * The guides. Each is a Markdown file whose first heading is its title and whose first paragraph
 * says what it is for. Its examples call a server of one's own; on the page they call the server
 * that shows it. The answers that it shows stand in blocks whose info string is the address that
 * gives them, which a test asks for.
 */
@Singleton
final class Guides {

  /** How the guides call the server. */
  static final String SERVER = ServerAddress.DEFAULT;

  /** Their names, in the order in which they are listed. */
  static final List<String> NAMES =
      List.of("pourquoi", "tableur", "openrefine", "python", "r", "sql");

  private static final Pattern APOSTROPHE = Pattern.compile("(?<=\\p{L})'(?=\\p{L})");
  private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create());

  private final Assets assets;
  private final Map<String, Guide> read = new ConcurrentHashMap<>();

  Guides(Assets assets) {
    this.assets = assets;
  }

  /** All of them in a language. */
  List<Guide> list(Language language) {
    return NAMES.stream().map(name -> get(name, language)).toList();
  }

  /** One of them in a language. */
  Optional<Guide> find(String name, Language language) {
    return NAMES.contains(name) ? Optional.of(get(name, language)) : Optional.empty();
  }

  private Guide get(String name, Language language) {
    return read.computeIfAbsent(language.id() + '/' + name, place -> read(place, name, language));
  }

  private Guide read(String place, String name, Language language) {
    Node document = Parser.builder().extensions(EXTENSIONS).build().parse(text(place));
    if (!(document.getFirstChild() instanceof Heading title)
        || !(title.getNext() instanceof Paragraph lead)) {
      throw new IllegalStateException(place + ".md begins with a heading and a paragraph");
    }
    document.accept(new Typography(language));
    document.accept(new Asked());
    title.unlink();
    lead.unlink();
    TextContentRenderer plain = TextContentRenderer.builder().build();
    String html =
        HtmlRenderer.builder()
            .extensions(EXTENSIONS)
            .attributeProviderFactory(
                _ -> (node, tag, attributes) -> describe(node, tag, attributes, language))
            .build()
            .render(document)
            .replace("<table>", "<div class=\"scroll\"><table>")
            .replace("</table>", "</table></div>");
    return new Guide(name, plain.render(title), plain.render(lead), html);
  }

  private static String text(String place) {
    try (InputStream in = Guides.class.getResourceAsStream("/guides/" + place + ".md")) {
      if (in == null) {
        throw new IllegalStateException(place + ".md is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void describe(Node node, String tag, Map<String, String> attributes, Language language) {
    switch (node) {
      case Link link -> attributes.put("href", address(link.getDestination(), language));
      case Image image -> {
        String file = image.getDestination();
        attributes.put("src", assets.address(file.substring(file.lastIndexOf('/') + 1)));
      }
      case Paragraph paragraph -> {
        if (isAsked(paragraph)) {
          attributes.put("class", "asked");
        }
      }
      case FencedCodeBlock block -> {
        attributes.remove("class");
        describeCode(tag, attributes, isAnswer(block) ? "answer" : "example", block.getLiteral());
      }
      case IndentedCodeBlock block -> describeCode(tag, attributes, "example", block.getLiteral());
      default -> {}
    }
  }

  /** What is one line may be broken; of a program every line must stay one. */
  private static void describeCode(
      String tag, Map<String, String> attributes, String kind, String code) {
    if (tag.equals("pre")) {
      attributes.put("class", code.strip().indexOf('\n') < 0 ? kind + " line" : kind);
    }
  }

  /** Whether a block shows what a server or a program answers, not what one writes. */
  private static boolean isAnswer(FencedCodeBlock block) {
    return isFromServer(block) || block.getInfo().equals("answer");
  }

  private static boolean isFromServer(FencedCodeBlock block) {
    return block.getInfo().startsWith(SERVER + '/');
  }

  /** Whether a paragraph is the address that the answer below it comes from. */
  private static boolean isAsked(Paragraph paragraph) {
    return paragraph.getNext() instanceof FencedCodeBlock block
        && isFromServer(block)
        && paragraph.getFirstChild() instanceof Link link
        && link.getDestination().equals(block.getInfo());
  }

  /** Links between the files and to the server's own pages are links between pages. */
  private static String address(String destination, Language language) {
    String page = destination;
    if (destination.startsWith(SERVER + '/')) {
      page = destination.substring(SERVER.length());
      if (page.startsWith("/v1/")) {
        return page;
      }
    } else if (destination.endsWith(".md")) {
      page = "/guides/" + destination.substring(0, destination.length() - ".md".length());
    } else {
      return destination;
    }
    return language.isEnglish() ? page + (page.indexOf('?') < 0 ? "?lang=en" : "&lang=en") : page;
  }

  /** Puts above each answer the address that gives it, so that anybody can ask again. */
  private static final class Asked extends AbstractVisitor {

    @Override
    public void visit(FencedCodeBlock block) {
      if (isFromServer(block)) {
        Link link = new Link(block.getInfo(), null);
        link.appendChild(new Text(block.getInfo().substring(SERVER.length())));
        Paragraph paragraph = new Paragraph();
        paragraph.appendChild(link);
        block.insertBefore(paragraph);
      }
    }
  }

  /** Sets apostrophes and French spaces as printers do; code stays as it is. */
  private static final class Typography extends AbstractVisitor {

    private final Language language;

    Typography(Language language) {
      this.language = language;
    }

    @Override
    public void visit(Text text) {
      String set = APOSTROPHE.matcher(text.getLiteral()).replaceAll("’");
      text.setLiteral(language == Language.FRENCH ? Language.french(set) : set);
    }
  }
}
