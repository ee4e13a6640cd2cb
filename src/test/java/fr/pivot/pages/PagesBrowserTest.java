package fr.pivot.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import fr.pivot.PivotTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * Reads pages in a real browser, on 1 March 2026: what automatic rules of accessibility find (axe),
 * on a telephone and at a desk, in light and dark, in French and English; with the keyboard alone;
 * without scripts.
 */
@PivotTest
@Order(Integer.MAX_VALUE)
class PagesBrowserTest extends BrowserTest {

  /** Nobody ever used this code: a browser tells in its console that it is not found. */
  private static final String MISSING = "/referentiels/communes/codes/1004";

  /** Every page, and those whose content makes another page of them. */
  private static final List<String> PAGES =
      List.of(
          "/",
          "/referentiels",
          "/referentiels/communes",
          "/referentiels/m57",
          "/referentiels/communes/codes/14712",
          "/referentiels/communes/codes/49144",
          "/referentiels/communes/codes/75056",
          "/referentiels/naf/codes/62.01Z",
          "/recherche",
          "/recherche?q=troarn",
          MISSING,
          "/controler",
          "/aligner",
          "/changements",
          "/changements?ref=communes&de=2024&a=2026&nature=merged&dans=departements:14",
          "/changements?de=1943-01-01&a=2026&page=2",
          "/changements?de=2015-01-01&dans=CU+Caen+la+Mer",
          "/changements?dans=Paris",
          "/changements?dans=xyzzy",
          "/changements?ref=cpv",
          "/guides",
          "/statistiques",
          "/guides/pourquoi",
          "/guides/tableur",
          "/guides/openrefine",
          "/guides/python",
          "/guides/r",
          "/guides/sql",
          "/docs");

  private void areAccessible(int width, ColorScheme scheme, String language) {
    try (BrowserContext context = context(width, true, scheme)) {
      Page page = context.newPage();
      for (String address : PAGES) {
        page.navigate(in(address, language));
        String as = width + " " + scheme + ' ' + in(address, language);
        if (scheme == ColorScheme.DARK) {
          isLegible(page, as);
        } else {
          isAccessible(page, as);
        }
      }
    }
  }

  @Test
  void axe_finds_what_is_wrong_with_a_page() {
    try (BrowserContext context = context(390, true, ColorScheme.LIGHT)) {
      Page page = context.newPage();
      page.setContent(
          "<!doctype html><html lang=\"fr\"><title>x</title><main><h1>x</h1>"
              + "<p style=\"color: #ccc\">too pale</p><img src=\"x\"></main></html>");
      assertThatThrownBy(() -> isAccessible(page, "x"))
          .hasMessageContaining("color-contrast: ")
          .hasMessageContaining("image-alt: ");
      assertThatThrownBy(() -> isLegible(page, "x"))
          .hasMessageContaining("color-contrast: ")
          .hasMessageNotContaining("image-alt: ");
    }
  }

  @Test
  void axe_finds_nothing_at_a_desk_in_french() {
    areAccessible(1280, ColorScheme.LIGHT, "fr");
  }

  @Test
  void axe_finds_nothing_on_a_telephone_in_english() {
    areAccessible(390, ColorScheme.LIGHT, "en");
  }

  @Test
  void axe_finds_nothing_in_the_dark() {
    areAccessible(390, ColorScheme.DARK, "fr");
    areAccessible(1280, ColorScheme.DARK, "en");
  }

  @Test
  void pages_read_at_the_width_of_a_small_telephone_without_sideways_scrolling() {
    try (BrowserContext context = context(320, true, ColorScheme.LIGHT)) {
      Page page = context.newPage();
      for (String language : List.of("fr", "en")) {
        for (String address : PAGES) {
          page.navigate(in(address, language));
          fits(page, in(address, language));
        }
      }
    }
  }

  /** Times are told, not held to: they are those of the machine that runs the tests. */
  @Test
  void a_page_asks_for_nothing_elsewhere_and_weighs_little() {
    try (BrowserContext context = context(1280, true, ColorScheme.LIGHT)) {
      Page page = context.newPage();
      List<String> asked = new ArrayList<>();
      List<String> complaints = new ArrayList<>();
      page.onRequest(r -> asked.add(r.url()));
      page.onConsoleMessage(m -> complaints.add(m.text()));
      page.onPageError(complaints::add);
      for (String address : PAGES) {
        complaints.clear();
        page.navigate(address);
        Number weight =
            (Number)
                page.evaluate(
                    "[...performance.getEntriesByType('navigation'),"
                        + " ...performance.getEntriesByType('resource')]"
                        + ".reduce((sum, e) => sum + e.encodedBodySize, 0)");
        Number wait =
            (Number)
                page.evaluate(
                    "(e => e.responseStart - e.requestStart)"
                        + "(performance.getEntriesByType('navigation')[0])");
        System.out.printf(
            "%6d bytes, first byte after %4d ms  %s%n",
            weight.intValue(), wait.intValue(), address);
        assertThat(weight.intValue()).as(address).isBetween(1, 100_000);
        if (!address.equals(MISSING)) {
          assertThat(complaints).as(address).isEmpty();
        }
      }
      assertThat(asked).allMatch(url -> url.startsWith(server.getURL().toString()));
    }
  }

  @Test
  void the_keyboard_alone_leads_to_a_code_and_back() {
    try (BrowserContext context = context(1280, true, ColorScheme.LIGHT)) {
      Page page = context.newPage();
      page.navigate("/");
      page.keyboard().press("Tab");
      assertThat(focused(page)).isEqualTo("Aller au contenu");
      page.keyboard().press("Enter");
      page.keyboard().press("Tab");
      assertThat(page.evaluate("document.activeElement.id")).isEqualTo("q");
      Locator outline = page.locator("#q");
      assertThat((String) outline.evaluate("e => getComputedStyle(e).outlineStyle"))
          .isEqualTo("solid");
      page.keyboard().press("Tab");
      assertThat(focused(page)).isEqualTo("Chercher");
      page.keyboard().press("Tab");
      assertThat(focused(page)).isEqualTo("Troarn 14712");
      page.keyboard().press("Enter");
      page.waitForURL("**/referentiels/communes/codes/14712");
      for (int i = 0; i < 20 && !focused(page).equals("English"); i++) {
        page.keyboard().press("Tab");
      }
      page.keyboard().press("Enter");
      page.waitForURL("**/referentiels/communes/codes/14712?lang=en");
      assertThat(page.title()).isEqualTo("Troarn (14712) · Pivot");
    }
  }

  @Test
  void suggestions_are_chosen_with_the_keyboard_and_break_no_rule() {
    try (BrowserContext context = context(390, true, ColorScheme.LIGHT)) {
      Page page = context.newPage();
      page.navigate("/?lang=en");
      page.locator("#q").pressSequentially("sannerv");
      Locator first = page.locator("[role=option]").first();
      first.waitFor();
      assertThat(first.textContent()).startsWith("Sannerville 14666 Calvados (14)");
      assertThat(new AxeBuilder(page).analyze().getViolations()).isEmpty();
      page.keyboard().press("ArrowDown");
      assertThat(page.getAttribute("#q", "aria-activedescendant")).isEqualTo("q-options-0");
      page.keyboard().press("Escape");
      assertThat(page.getAttribute("#q", "aria-expanded")).isEqualTo("false");
      page.keyboard().type("ille");
      first.waitFor();
      page.keyboard().press("ArrowDown");
      page.keyboard().press("Enter");
      page.waitForURL("**/referentiels/communes/codes/14666?lang=en");
    }
  }

  @Test
  void everything_is_there_without_scripts() {
    try (BrowserContext context = context(390, false, ColorScheme.LIGHT)) {
      Page page = context.newPage();
      page.navigate("/referentiels/communes/codes/14712");
      page.fill("#date", "2018-06-01");
      page.focus("button:has-text('Voir')");
      page.keyboard().press("Enter");
      page.waitForURL("**/referentiels/communes/codes/14712?date=2018-06-01#place");
      assertThat(page.textContent("h1")).contains("Saline");
      page.navigate("/");
      page.fill("#q", "troarn");
      page.press("#q", "Enter");
      page.waitForURL("**/recherche?q=troarn");
      assertThat(page.inputValue("#q")).isEqualTo("troarn");
    }
  }

  @Test
  void the_drawing_that_fits_the_page_is_shown_and_its_words_stay_within_their_bars() {
    for (String code : List.of("14712", "49144", "75056", "74010", "14654")) {
      for (int width : new int[] {390, 1280}) {
        try (BrowserContext context = context(width, true, ColorScheme.LIGHT)) {
          Page page = context.newPage();
          page.navigate("/referentiels/communes/codes/" + code);
          String shown = width < 992 ? ".life.narrow" : ".life.wide";
          assertThat(page.locator(".life:visible").count()).isEqualTo(1);
          assertThat(page.locator(shown).isVisible()).isTrue();
          assertThat(
                  (List<?>)
                      page.evaluate(
                          """
                          shown => [...document.querySelectorAll(shown + ' .name')].filter(text => {
                            const bar = text.previousElementSibling.getBoundingClientRect();
                            const box = text.getBoundingClientRect();
                            return box.left < bar.left || box.right > bar.right
                              || box.top < bar.top || box.bottom > bar.bottom;
                          }).map(text => text.textContent)
                          """,
                          shown))
              .as(code + " at " + width)
              .isEmpty();
        }
      }
    }
  }
}
