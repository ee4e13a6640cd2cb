package fr.pivot.pages.changes;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import fr.pivot.PivotTest;
import fr.pivot.pages.BrowserTest;
import org.junit.jupiter.api.Test;

/** Reads the page of changes in a real browser, on 1 March 2026. */
@PivotTest
class ChangesBrowserTest extends BrowserTest {

  @Test
  void the_form_works_without_scripts() {
    try (BrowserContext context = context(390, false, ColorScheme.LIGHT)) {
      Page page = context.newPage();
      page.navigate("/changements");
      page.fill("#de", "2024");
      page.selectOption("#nature", "merged");
      page.fill("#dans", "Calvados");
      page.press("#dans", "Enter");
      page.waitForURL("**/changements?ref=communes&de=2024&a=2026&nature=merged&dans=Calvados");
      assertThat(page.inputValue("#dans")).isEqualTo("Calvados (14)");
      assertThat(page.locator(".changes tbody tr:not(.date)").count()).isEqualTo(2);
      page.selectOption("#ref", "epci");
      page.click("text=Choisir");
      page.waitForURL("**/changements?ref=epci");
      assertThat(page.textContent("#changed").replace('\u00a0', ' '))
          .isEqualTo("EPCI à fiscalité propre de 2025 à 2026");
    }
  }

  @Test
  void the_keyboard_alone_takes_a_suggestion_and_shows_what_changed() {
    try (BrowserContext context = context(1280, true, ColorScheme.LIGHT)) {
      Page page = context.newPage();
      page.navigate("/changements?de=2019&lang=en");
      page.focus("#nature");
      page.keyboard().press("Tab");
      assertThat(page.evaluate("document.activeElement.id")).isEqualTo("dans");
      page.keyboard().type("caen la m");
      Locator first = page.locator("[role=option]").first();
      first.waitFor();
      assertThat(first.textContent()).startsWith("CU Caen la Mer 200065597");
      isAccessible(page, "with suggestions");
      page.keyboard().press("ArrowDown");
      page.keyboard().press("Enter");
      assertThat(page.inputValue("#dans")).isEqualTo("CU Caen la Mer (200065597)");
      page.keyboard().press("Tab");
      assertThat(focused(page)).isEqualTo("Show");
      page.keyboard().press("Enter");
      page.waitForURL("**/changements?**dans=CU+Caen+la+Mer+%28200065597%29**");
      assertThat(page.textContent(".changes")).contains("Sannerville").contains("1 January 2021");
    }
  }
}
