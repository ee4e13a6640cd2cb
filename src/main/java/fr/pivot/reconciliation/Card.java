package fr.pivot.reconciliation;

import fr.pivot.reconciliation.Endpoint.Entity;
import fr.pivot.referential.Kind;
import fr.pivot.referential.Text;
import fr.pivot.registry.CodeAnswer.Status;
import fr.pivot.registry.CodeView;
import fr.pivot.registry.CodeView.Linked;
import fr.pivot.registry.Kin;
import fr.pivot.registry.Registry.Node;
import fr.pivot.text.JsonWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A concept on a small page that fits in the frame of a preview. It needs nothing else and has no
 * script; whatever comes from data is written as text.
 */
final class Card {

  private static final int MOST_ABOVE = 5;
  private static final int MOST_HEIRS = 4;

  private static final String STYLE =
      """
      :root{color-scheme:light dark;--ink:#1d2730;--soft:#56626b;--line:#d5dbe0;--paper:#fff;--good:#1a6b3c;
        --bad:#a3231c;--odd:#7a5200}
      @media (prefers-color-scheme:dark){:root{--ink:#e6ebef;--soft:#a4b0b9;--line:#38434c;--paper:#14191d;
        --good:#7fd6a2;--bad:#ff9b92;--odd:#f0c36d}}
      *{box-sizing:border-box}
      body{margin:0;padding:.7rem .9rem;background:var(--paper);color:var(--ink);
        font:.875rem/1.4 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
      h1{font-size:1.1rem;line-height:1.25;margin:0 0 .1rem;overflow-wrap:anywhere}
      p{margin:.15rem 0}
      code{font-family:ui-monospace,"Cascadia Mono",Menlo,Consolas,monospace;color:var(--soft)}
      .soft{color:var(--soft)}
      .in-force{color:var(--good)}.ceased{color:var(--bad)}.future{color:var(--odd)}
      .status{font-weight:600}
      dl{display:grid;grid-template-columns:auto 1fr;gap:.1rem .75rem;margin:.5rem 0 0;padding-top:.5rem;
        border-top:1px solid var(--line)}
      dt{color:var(--soft)}
      dd{margin:0;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
      .whole{white-space:normal;overflow-wrap:anywhere}
      a{color:inherit}
      """;

  private final Endpoint endpoint;

  Card(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  /** The page of an entity. */
  String page(Entity entity, CodeView view) {
    StringBuilder page = head(view.code() + ' ' + view.state().label());
    page.append("<h1>");
    text(page, view.state().label());
    page.append("</h1>\n");
    facts(page, entity, view);
    return page.append("</main>\n</html>\n").toString();
  }

  /** The page of a code that is another referential's: all that it may be there. */
  String page(String code, List<Entity> beside) {
    StringBuilder page = head(code);
    page.append("<h1>");
    text(page, code);
    page.append("</h1>\n<p class=\"soft\">")
        .append(say("Un code d'un autre référentiel :", "A code of another referential:"))
        .append("</p>\n<dl>\n");
    for (Entity entity : beside) {
      entity
          .find()
          .ifPresent(
              view ->
                  row(
                      page,
                      Descriptions.level(view, endpoint.language()),
                      view.state().label(),
                      entity.code(),
                      endpoint.address(entity.scope(), entity.code())));
    }
    return page.append("</dl>\n</main>\n</html>\n").toString();
  }

  private StringBuilder head(String title) {
    StringBuilder page = new StringBuilder(4096);
    page.append("<!doctype html>\n<html lang=\"")
        .append(endpoint.language())
        .append("\">\n<meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n<title>");
    text(page, title);
    return page.append("</title>\n<style>\n").append(STYLE).append("</style>\n<main>\n");
  }

  private void facts(StringBuilder page, Entity entity, CodeView view) {
    Scope scope = entity.scope();
    String code = view.code();
    page.append("<p><code>");
    text(page, code);
    page.append("</code> <span class=\"soft\">");
    String level = Descriptions.level(view, endpoint.language());
    boolean told = scope.referential().kind() == Kind.TERRITORY;
    text(page, told ? level : level + " · " + scope.referential().title().in(endpoint.language()));
    page.append("</span></p>\n<p class=\"status ").append(view.status().id()).append("\">");
    text(
        page,
        (view.status() == Status.IN_FORCE ? "● " : "○ ")
            + Descriptions.status(view, endpoint.language()));
    page.append("</p>\n<dl>\n");
    if (view.status() == Status.CEASED) {
      heirs(page, scope, view);
    }
    above(page, view);
    page.append("<dt>")
        .append(say("Adresse", "Address"))
        .append("</dt><dd class=\"whole\"><a target=\"_blank\"");
    page.append(" rel=\"noopener\" href=\"");
    String address = endpoint.address(scope, code);
    text(page, address);
    page.append("\">");
    text(page, address);
    page.append("</a></dd>\n</dl>\n");
  }

  private void heirs(StringBuilder page, Scope scope, CodeView view) {
    Map<String, String> heirs = new LinkedHashMap<>();
    for (Kin heir : view.listSuccessors()) {
      if (heir.referential().equals(scope.referential().id())) {
        heirs.putIfAbsent(heir.code(), heir.label() == null ? "" : heir.label());
      }
    }
    heirs.entrySet().stream()
        .limit(MOST_HEIRS)
        .forEach(
            heir ->
                row(
                    page,
                    say("Devenu", "Became"),
                    heir.getValue(),
                    heir.getKey(),
                    endpoint.address(scope, heir.getKey())));
    if (heirs.size() > MOST_HEIRS) {
      page.append("<dt></dt><dd class=\"soft\">");
      text(page, say("et ", "and ") + (heirs.size() - MOST_HEIRS) + say(" autres", " more"));
      page.append("</dd>\n");
    }
  }

  private void above(StringBuilder page, CodeView view) {
    List<Node> links =
        view.listLinks().stream().filter(Linked::isBroader).map(Linked::node).toList();
    boolean own = links.stream().anyMatch(n -> n.referential().equals(view.referential().id()));
    (own ? view.listAncestors() : links)
        .stream()
            .limit(MOST_ABOVE)
            .forEach(
                node -> {
                  String label = view.label(node);
                  row(
                      page,
                      view.kind(node).in(endpoint.language()),
                      label == null ? "" : label,
                      node.code(),
                      null);
                });
  }

  private static void row(
      StringBuilder page, String title, String label, String code, @Nullable String address) {
    page.append("<dt>");
    text(page, title);
    page.append("</dt><dd>");
    if (!label.isEmpty()) {
      page.append("<code>");
      text(page, code);
      page.append("</code> ");
    }
    if (address != null) {
      page.append("<a target=\"_blank\" rel=\"noopener\" href=\"");
      text(page, address);
      page.append("\">");
    }
    text(page, label.isEmpty() ? code : label);
    page.append(address == null ? "" : "</a>").append("</dd>\n");
  }

  /** A few words on an element of a list of suggestions (version 0.2). */
  byte[] flyout(String id, String title, @Nullable String description) {
    StringBuilder html = new StringBuilder("<p><strong>");
    text(html, title);
    html.append("</strong> <code>");
    text(html, id);
    html.append("</code></p>");
    if (description != null) {
      html.append("<p>");
      text(html, description);
      html.append("</p>");
    }
    return new JsonWriter()
        .beginObject()
        .member("id", id)
        .member("html", html.toString())
        .endObject()
        .take();
  }

  private String say(String fr, String en) {
    return new Text(fr, en).in(endpoint.language());
  }

  private static void text(StringBuilder page, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '<' -> page.append("&lt;");
        case '>' -> page.append("&gt;");
        case '&' -> page.append("&amp;");
        case '"' -> page.append("&quot;");
        case '\'' -> page.append("&#39;");
        default -> page.append(c);
      }
    }
  }
}
