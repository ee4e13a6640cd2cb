package fr.pivot.pages;

import gg.jte.html.HtmlTemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.Utf8ByteOutput;
import java.util.function.Consumer;

/** Sets a template. */
public final class Html {

  private Html() {}

  /** What a template writes, as UTF-8. */
  public static byte[] of(Consumer<HtmlTemplateOutput> template) {
    Utf8ByteOutput bytes = new Utf8ByteOutput();
    template.accept(new OwaspHtmlTemplateOutput(bytes));
    return bytes.toByteArray();
  }
}
