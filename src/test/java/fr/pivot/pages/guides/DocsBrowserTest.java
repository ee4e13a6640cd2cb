package fr.pivot.pages.guides;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import fr.pivot.PivotTest;
import fr.pivot.pages.BrowserTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Reads and tries the contract in a real browser. */
@PivotTest
@Order(Integer.MAX_VALUE - 1)
class DocsBrowserTest extends BrowserTest {

  private static final String ONE_CODE = "/docs/essayer#/codes/getCode";

  private static Locator open(Page page, String address) {
    page.navigate(address);
    Locator operation = page.locator("#operations-codes-getCode");
    operation.locator(".btn.execute").waitFor();
    return operation;
  }

  private static Locator execute(Locator operation) {
    operation.locator("[aria-label=code]").fill("01091");
    operation.locator("[aria-label=fields]").fill("code,label,status");
    operation.locator(".btn.execute").press("Enter");
    Locator answer = operation.locator(".live-responses-table .response").first();
    answer.waitFor();
    return answer;
  }

  @Test
  void axe_finds_nothing_in_the_reader_with_an_operation_open_and_answered() {
    for (int width : new int[] {1280, 390, 320}) {
      for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
        try (BrowserContext context = context(width, true, scheme)) {
          Page page = context.newPage();
          execute(
              open(
                  page,
                  scheme == ColorScheme.DARK ? "/docs/essayer?lang=en#/codes/getCode" : ONE_CODE));
          isAccessible(page, "reader " + width + ' ' + scheme);
        }
      }
    }
  }

  @Test
  void an_operation_is_tried_and_this_server_answers() {
    try (BrowserContext context = context(1280, true, ColorScheme.LIGHT)) {
      Page page = context.newPage();
      List<String> asked = new ArrayList<>();
      List<String> complaints = new ArrayList<>();
      page.onRequest(r -> asked.add(r.url()));
      page.onConsoleMessage(m -> complaints.add(m.text()));
      page.onPageError(complaints::add);
      Locator answer = execute(open(page, ONE_CODE));
      assertThat(answer.locator(".response-col_status").first().textContent()).startsWith("200");
      assertThat(answer.locator(".highlight-code pre").first().textContent())
          .contains("\"label\": \"Châtillon-en-Michaille\"")
          .contains("\"status\": \"ceased\"");
      String server = this.server.getURL().toString();
      assertThat(asked)
          .allMatch(url -> url.startsWith(server) || url.startsWith("data:"))
          .anyMatch(url -> url.startsWith(server + "/v1/referentials/communes/codes/01091?"));
      assertThat(complaints).isEmpty();
    }
  }

  @Test
  void many_codes_are_sent_from_the_reader() {
    try (BrowserContext context = context(1280, true, ColorScheme.LIGHT)) {
      Page page = context.newPage();
      page.navigate("/docs/essayer#/lookup/lookup");
      Locator operation = page.locator("#operations-lookup-lookup");
      operation.locator(".btn.execute").waitFor();
      operation.locator("[aria-label=ref]").fill("communes@2026");
      operation.locator("[aria-label=fields]").fill("code,label");
      operation.locator("textarea").fill("[\"93066\"]");
      operation.locator(".btn.execute").click();
      Locator body = operation.locator(".live-responses-table .highlight-code pre").first();
      body.waitFor();
      assertThat(body.textContent()).contains("Saint-Denis");
    }
  }

  @Test
  void the_keyboard_alone_leads_from_the_index_to_an_answer() {
    try (BrowserContext context = context(1280, true, ColorScheme.LIGHT)) {
      Page page = context.newPage();
      page.navigate("/docs?lang=en");
      tabTo(page, "One code");
      page.keyboard().press("Enter");
      page.waitForURL("**/docs/essayer?lang=en#/codes/getCode");
      page.locator("#operations-codes-getCode .btn.execute").waitFor();
      page.locator("#operations-codes-getCode .opblock-summary-control").focus();
      tabTo(page, "Execute");
      page.keyboard().press("Enter");
      Locator answer =
          page.locator("#operations-codes-getCode .live-responses-table .response").first();
      answer.waitFor();
      assertThat(answer.textContent()).contains("200").contains("01004");
    }
  }

  private static void tabTo(Page page, String words) {
    for (int i = 0; i < 60 && !focused(page).equals(words); i++) {
      page.keyboard().press("Tab");
    }
    assertThat(focused(page)).isEqualTo(words);
  }

  @Test
  void the_index_weighs_little_and_the_reader_comes_only_when_it_is_asked_for() {
    try (BrowserContext context = context(1280, true, ColorScheme.LIGHT)) {
      Page page = context.newPage();
      List<String> asked = new ArrayList<>();
      page.onRequest(r -> asked.add(r.url()));
      page.navigate("/docs");
      page.waitForLoadState();
      assertThat(asked).noneMatch(url -> url.contains("swagger"));
      assertThat(weight(page, "")).isBetween(1, 100_000);
      page.navigate(ONE_CODE);
      page.locator("#operations-codes-getCode .btn.execute").waitFor();
      // the files of the reader and the contract aside, it is a page like the others
      assertThat(weight(page, "swagger|openapi")).isBetween(1, 100_000);
      assertThat(weight(page, "")).isLessThan(800_000);
    }
  }

  private static int weight(Page page, String besides) {
    return ((Number)
            page.evaluate(
                """
                besides => [...performance.getEntriesByType('navigation'),
                    ...performance.getEntriesByType('resource')]
                  .filter(e => besides === '' || !new RegExp(besides).test(e.name))
                  .reduce((sum, e) => sum + e.encodedBodySize, 0)
                """,
                besides))
        .intValue();
  }

  @Test
  void without_scripts_the_index_is_whole_and_the_reader_says_what_it_needs() {
    try (BrowserContext context = context(390, false, ColorScheme.LIGHT)) {
      Page page = context.newPage();
      page.navigate("/docs");
      assertThat(page.textContent("main")).contains("/v1/referentials/{ref}/codes/{code}");
      page.getByText("Ouvrir le lecteur et essayer").click();
      page.waitForURL("**/docs/essayer");
      assertThat(page.textContent("#reader")).contains("Le lecteur a besoin de JavaScript");
      assertThat(page.locator("main a[href='/openapi.yaml']").count()).isEqualTo(1);
    }
  }
}
