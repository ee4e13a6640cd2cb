package fr.pivot.pages.alone;

import fr.pivot.pages.Assets;
import fr.pivot.pages.Html;
import fr.pivot.reconciliation.Card;
import fr.pivot.reconciliation.CardPages;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Makes the small pages of codes. */
@Singleton
final class TemplatedCards implements CardPages {

  private static final String STYLE = Assets.style("card.css");

  @Override
  public byte[] render(Card card) {
    return Html.of(out -> JtecardGenerated.render(out, null, card, STYLE));
  }

  @Override
  public String flyout(String id, String name, @Nullable String words) {
    byte[] html = Html.of(out -> JteflyoutGenerated.render(out, null, id, name, words));
    return new String(html, StandardCharsets.UTF_8).strip();
  }
}
