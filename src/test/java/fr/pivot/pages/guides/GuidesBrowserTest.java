package fr.pivot.pages.guides;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import fr.pivot.PivotTest;
import fr.pivot.pages.BrowserTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reads the guides in a real browser. */
@PivotTest
class GuidesBrowserTest extends BrowserTest {

  @Test
  void the_keyboard_alone_leads_from_the_index_to_a_guide_and_scrolls_its_code() {
    try (BrowserContext context = context(390, true, ColorScheme.LIGHT)) {
      Page page = context.newPage();
      page.navigate("/guides");
      for (int i = 0; i < 30 && !focused(page).equals("Depuis Python"); i++) {
        page.keyboard().press("Tab");
      }
      page.keyboard().press("Enter");
      page.waitForURL("**/guides/python");
      for (int i = 0; i < 30 && !isCode(page); i++) {
        page.keyboard().press("Tab");
      }
      assertThat(isCode(page)).isTrue();
      page.keyboard().press("ArrowRight");
      until(page, "document.activeElement.scrollLeft > 0");
      page.keyboard().press("Tab");
      assertThat(focused(page)).isEqualTo("Copier");
    }
  }

  private static boolean isCode(Page page) {
    return (Boolean) page.evaluate("document.activeElement.matches('pre.example')");
  }

  @Test
  void an_example_is_copied_with_the_address_of_the_server() {
    try (BrowserContext context = context(1280, true, ColorScheme.LIGHT)) {
      context.grantPermissions(List.of("clipboard-read", "clipboard-write"));
      Page page = context.newPage();
      page.navigate("/guides/tableur");
      page.locator(".holder", new Page.LocatorOptions().setHasText("=EPURAGE"))
          .first()
          .locator("button")
          .click();
      page.getByText("Copié").waitFor();
      assertThat((String) page.evaluate("navigator.clipboard.readText()"))
          .isEqualTo(
              "=EPURAGE(SERVICEWEB(\""
                  + server.getURL()
                  + "/v1/referentials/communes/codes/\"&A2&\"?format=csv&fields=label"
                  + "&header=absent\"))");
    }
  }

  @Test
  void guides_are_whole_without_scripts() {
    try (BrowserContext context = context(390, false, ColorScheme.LIGHT)) {
      Page page = context.newPage();
      page.navigate("/guides?lang=en");
      page.getByText("From SQL").click();
      page.waitForURL("**/guides/sql?lang=en");
      assertThat(page.locator("pre.example").first().textContent())
          .contains(server.getURL() + "/v1/crosswalk/table");
      page.navigate("/guides/openrefine");
      until(page, "document.querySelector('.guide img').naturalWidth > 0");
    }
  }

  @Test
  void the_words_of_a_drawing_stay_within_it_on_a_telephone() {
    for (String language : List.of("fr", "en")) {
      try (BrowserContext context = context(390, true, ColorScheme.LIGHT)) {
        Page page = context.newPage();
        page.navigate(in("/guides/pourquoi", language));
        assertThat(page.locator(".drawing svg[role=img]").count()).isEqualTo(2);
        assertThat(
                (List<?>)
                    page.evaluate(
                        """
                        () => [...document.querySelectorAll('.drawing text')].filter(text => {
                          const all = text.closest('svg').getBoundingClientRect();
                          const box = text.getBoundingClientRect();
                          const bar = [...text.closest('svg').querySelectorAll('.bar')]
                            .map(b => b.getBoundingClientRect())
                            .find(b => box.left >= b.left && box.left < b.right && box.top >= b.top && box.top < b.bottom);
                          return box.right > (bar ?? all).right + 1 || box.height < 9;
                        }).map(text => text.textContent)
                        """))
            .as(language)
            .isEmpty();
      }
    }
  }
}
