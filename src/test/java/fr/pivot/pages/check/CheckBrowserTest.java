package fr.pivot.pages.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import fr.pivot.PivotTest;
import fr.pivot.pages.BrowserTest;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks files in a real browser, step by step, on 1 March 2026. */
@PivotTest
class CheckBrowserTest extends BrowserTest {

  private static final String PAGE = "/controler";
  private static final String DETECTION = "#detection";
  private static final String REPORT = "#report";
  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

  /** Waits until a step is shown. */
  private static void waitFor(Page page, String selector) {
    page.locator(selector).waitFor();
  }

  private static String words(Page page, String selector) {
    return words(page.locator(selector));
  }

  private static String words(Locator locator) {
    return locator.innerText().replaceAll("[\\s\u00a0\u202f]+", " ").strip();
  }

  private static void detectSample(Page page, String language) {
    page.navigate(in(PAGE, language));
    page.click("#try");
    waitFor(page, DETECTION);
  }

  private static void check(Page page) {
    page.click("#go");
    waitFor(page, REPORT);
  }

  private static FilePayload file(String name, byte[] content) {
    return new FilePayload(name, "", content);
  }

  private static String download(Page page, String format, String expectedName) throws IOException {
    Download download = page.waitForDownload(() -> page.click("[data-download=" + format + ']'));
    assertThat(download.suggestedFilename()).isEqualTo(expectedName);
    return Files.readString(download.path(), WINDOWS_1252);
  }

  private static String focus(Page page) {
    return (String) page.evaluate("document.activeElement.id");
  }

  @Test
  void the_sample_goes_from_detection_to_the_repaired_file() throws IOException {
    try (BrowserContext context = context(1280, true, ColorScheme.LIGHT)) {
      Page page = context.newPage();
      detectSample(page, "fr");
      assertThat(words(page, "#seen"))
          .isEqualTo("subventions-exemple.csv : 40 lignes, 10 colonnes, dont 5 de codes.");
      assertThat(focus(page)).isEqualTo("detection-title");
      assertThat(page.inputValue("#encoding")).isEqualTo("windows-1252");
      assertThat(page.inputValue("#separator")).isEqualTo(";");
      Locator rows = page.locator("#columns tr");
      assertThat(rows.count()).isEqualTo(10);
      assertThat(rows.nth(1).locator("select").first().inputValue()).isEqualTo("communes");
      assertThat(words(rows.nth(1)))
          .contains("1004 01033 3310")
          .contains("codes de 1976–2016 (37 sur 38)");
      assertThat(rows.nth(6).locator("select").nth(1).inputValue()).isEqualTo("rev2");
      assertThat(words(rows.nth(9))).contains("semble personnelle : non répétée");

      check(page);
      assertThat(focus(page)).isEqualTo("report-title");
      assertThat(words(page, "#summary"))
          .startsWith("52,5 % des lignes sont prêtes à être jointes (21 sur 40)")
          .endsWith("28 anomalies, de 13 sortes.");
      assertThat(page.locator("#outcomes li").allInnerTexts().stream())
          .anyMatch(t -> t.contains("27 valides · 9 réparables · 3 périmées · 1 inconnue"));
      Locator obsolete = page.locator(".rule:has(#rule-code-no-longer-in-force)");
      assertThat(words(obsolete.locator("h4")))
          .isEqualTo("2 × Le code n'est plus en vigueur. erreur");
      assertThat(words(obsolete.locator("tbody tr").first()))
          .isEqualTo(
              "Ligne 23 code_insee 49144 44180 Vallons-de-l'Erdre 49144 Freigné, jusqu'au 2017-12-31 ;"
                  + " devenu 44180 Vallons-de-l'Erdre");
      assertThat(obsolete.locator("a").first().getAttribute("href"))
          .isEqualTo("/referentiels/communes/codes/44180");

      String beside = download(page, "csv", "subventions-exemple-pivot.csv");
      assertThat(beside)
          .startsWith("numero;code_insee;code_insee_pivot;code_insee_pivot_reason;commune;dep;")
          .contains("S26-001;1004;01004;");
      page.click("[name=repair][value=in-place]");
      String inPlace = download(page, "csv", "subventions-exemple-pivot.csv");
      assertThat(inPlace.lines().skip(1).limit(2).toList())
          .containsExactly(
              "S26-001;01004;Ambérieu-en-Bugey;01;240100883;21010004600015;85.20Z;Rénovation de"
                  + " l'école;3000;contact1@example.org",
              "S26-002;01033;Valserhône;01;240100891;20008386300015;91.01Z;Bibliothèque;15250;"
                  + "contact2@example.org");
      assertThat(inPlace).contains("S26-022;44180;Freigné;44;");
      assertThat(download(page, "html", "subventions-exemple-rapport.html"))
          .startsWith("<!doctype html>");
      assertThat(download(page, "json", "subventions-exemple-rapport.json"))
          .contains("\"ready\":21");
    }
  }

  @Test
  void a_column_is_corrected_and_the_check_follows() {
    try (BrowserContext context = context(1280, true, ColorScheme.LIGHT)) {
      Page page = context.newPage();
      detectSample(page, "fr");
      Locator rows = page.locator("#columns tr");
      rows.nth(3).locator("select").first().selectOption("");
      rows.nth(4).locator("select").first().selectOption("");
      rows.nth(5).locator("select").first().selectOption("");
      rows.nth(6).locator("select").first().selectOption("");
      page.selectOption("#when", "day");
      page.fill("#day", "2015-06-01");
      check(page);
      assertThat(page.locator("#outcomes li").count()).isEqualTo(1);
      assertThat(words(page, "#outcomes"))
          .contains("code_insee Communes de France édition 2026, au 1er juin 2015");
      // Freigné and Annecy-le-Vieux were communes then; Alfortville was none under that code.
      assertThat(words(page, ".rule:has(#rule-code-no-longer-in-force) tbody"))
          .startsWith("Ligne 38 code_insee 75001 ")
          .doesNotContain("49144");
      assertThat(page.locator("#rule-inconsistent-columns").count()).isZero();

      page.click("[data-back]");
      page.selectOption("#when", "today");
      rows.nth(1).locator("select").nth(1).selectOption("2019");
      check(page);
      assertThat(words(page, "#outcomes")).contains("édition 2019, au 1er janvier 2019");
    }
  }

  @Test
  void how_a_file_is_written_is_corrected_and_corrections_of_columns_stay() {
    try (BrowserContext context = context(1280, true, ColorScheme.LIGHT)) {
      Page page = context.newPage();
      detectSample(page, "fr");
      Locator rows = page.locator("#columns tr");
      rows.nth(3).locator("select").first().selectOption("regions");
      page.selectOption("#encoding", "cp850");
      until(page, "document.querySelector('#status').textContent !== ''");
      page.waitForCondition(() -> words(page, "#status").equals("Le fichier a été relu."));
      assertThat(words(rows.nth(2))).doesNotContain("Ambérieu");
      assertThat(rows.nth(3).locator("select").first().inputValue()).isEqualTo("regions");
      page.fill("#header", "0");
      page.press("#header", "Tab");
      page.waitForCondition(() -> words(page, "#seen").contains("41 lignes"));
    }
  }

  @Test
  void findings_are_filtered_by_column_severity_rule_and_text() {
    try (BrowserContext context = context(1280, true, ColorScheme.LIGHT)) {
      Page page = context.newPage();
      detectSample(page, "en");
      check(page);
      assertThat(words(page, "#shown")).isEqualTo("28 findings line by line.");
      page.selectOption("#of-severity", "warning");
      assertThat(words(page, "#shown")).isEqualTo("4 findings of 28.");
      page.selectOption("#of-severity", "");
      page.selectOption(
          "#of-column", new com.microsoft.playwright.options.SelectOption().setLabel("dep"));
      assertThat(words(page, "#shown")).isEqualTo("6 findings of 28.");
      page.selectOption("#of-column", "");
      page.selectOption("#of-rule", "bad-check-digit");
      assertThat(words(page, "#groups tbody tr")).isEqualTo("Line 16 siret 21290015900018 —");
      page.selectOption("#of-rule", "");
      page.fill("#of-text", "FREIGNE");
      assertThat(words(page, "#groups tbody tr")).startsWith("Line 23 code_insee 49144 44180");
      page.fill("#of-text", "");
      Locator zeros = page.locator(".rule:has(#rule-lost-leading-zero)");
      assertThat(zeros.locator("tbody tr").count()).isEqualTo(10);
      assertThat(words(zeros)).contains("The first 10 of 12.");
      zeros.locator("button").click();
      assertThat(zeros.locator("tbody tr").count()).isEqualTo(12);
      assertThat(page.evaluate("document.activeElement.cells[0].textContent")).isEqualTo("Line 8");
    }
  }

  @Test
  void a_long_file_is_recognised_by_its_beginning_and_counted_whole(@TempDir Path folder)
      throws IOException {
    StringBuilder text = new StringBuilder("commune;dep;epci;nom;remarque\n");
    for (int i = 0; i < 50_000; i++) {
      text.append("01033;01;240100891;Valserhône;\n01044;01;240100891;Billiat;\n");
      text.append("1081;1;240100891;Champfromier;\n01082;01;240100891;Chanay;\n");
    }
    Path file = Files.writeString(folder.resolve("long.csv"), text, UTF_8);
    try (BrowserContext context = context(1280, true, ColorScheme.LIGHT)) {
      Page page = context.newPage();
      page.navigate(PAGE);
      page.evaluate(
          """
          window.told = [];
          new MutationObserver(() => told.push(
            document.querySelector('#status').textContent + document.querySelector('#bar').value))
            .observe(document.querySelector('#status'), {childList: true})""");
      page.setInputFiles("#file", file);
      waitFor(page, DETECTION);
      assertThat(words(page, "#seen")).contains("dans ses 4 premiers Mo");
      assertThat(words(page, "#remarks")).contains("Il sera contrôlé en entier.");
      check(page);
      assertThat(words(page, "#summary"))
          .startsWith("75 % des lignes sont prêtes à être jointes (150 000 sur 200 000)")
          .endsWith("100 000 anomalies, de 1 sorte.");
      Locator zeros = page.locator(".rule:has(#rule-lost-leading-zero)");
      assertThat(words(zeros)).contains("Les 10 premières sur 100 000.");
      assertThat((List<?>) page.evaluate("told"))
          .anyMatch(t -> String.valueOf(t).contains("Pivot finit de le contrôler…1"));
      Download download = page.waitForDownload(() -> page.click("[data-download=csv]"));
      try (var lines = Files.lines(download.path(), UTF_8)) {
        assertThat(lines.count()).isEqualTo(200_001);
      }
    }
  }

  @Test
  void a_check_can_be_stopped() {
    try (BrowserContext context = context(1280, true, ColorScheme.LIGHT)) {
      Page page = context.newPage();
      detectSample(page, "fr");
      page.route("**/v1/validations**", route -> {});
      page.click("#go");
      waitFor(page, "#stop");
      isAccessible(page, "under way");
      page.click("#stop");
      assertThat(words(page, "#status")).isEqualTo("Arrêté. Rien n’a été conservé.");
      assertThat(page.isVisible(REPORT)).isFalse();
      assertThat(focus(page)).isEqualTo("file");
    }
  }

  @Test
  void files_that_are_none_are_told_in_plain_words() {
    try (BrowserContext context = context(1280, true, ColorScheme.LIGHT)) {
      Page page = context.newPage();
      page.navigate(PAGE);
      page.setInputFiles("#file", file("vide.csv", new byte[0]));
      waitFor(page, "#problem");
      assertThat(words(page, "#problem"))
          .isEqualTo("Fichier refusé Le fichier est vide. Le fichier n'est pas lu.");
      byte[] noise = new byte[1 << 16];
      new java.util.Random(1).nextBytes(noise);
      page.navigate(in(PAGE, "en"));
      page.setInputFiles("#file", file("photo.csv", noise));
      waitFor(page, "#problem");
      assertThat(words(page, "#problem")).contains("neither delimited text nor a spreadsheet");
      isAccessible(page, "a problem");
      page.click("#try");
      waitFor(page, DETECTION);
      assertThat(page.isVisible("#problem")).isFalse();
    }
  }

  @Test
  void what_a_file_says_is_text_on_the_page() {
    String hostile =
        "commune;<img src=x onerror=alert(1)>\n<b>01033</b>;<script>1</script>\n01033;\n01044;\n";
    try (BrowserContext context = context(1280, true, ColorScheme.LIGHT)) {
      Page page = context.newPage();
      page.navigate(PAGE);
      page.setInputFiles("#file", file("<i>x.csv", hostile.getBytes(UTF_8)));
      waitFor(page, DETECTION);
      page.locator("#columns tr").first().locator("select").first().selectOption("communes");
      check(page);
      assertThat(words(page, "#groups")).contains("<b>01033</b>");
      assertThat(page.locator("main img, main b, main i, main script").count()).isZero();
    }
  }

  @Test
  void a_file_that_is_dropped_is_looked_at() {
    try (BrowserContext context = context(1280, true, ColorScheme.LIGHT)) {
      Page page = context.newPage();
      page.navigate(PAGE);
      page.evaluate(
          """
          () => {
            const transfer = new DataTransfer();
            transfer.items.add(new File(['commune;dep\\n01033;01\\n01044;01\\n'], 'a.csv'));
            document.querySelector('.drop').dispatchEvent(
              new DragEvent('drop', {dataTransfer: transfer, bubbles: true, cancelable: true}));
          }""");
      waitFor(page, DETECTION);
      assertThat(words(page, "#seen")).isEqualTo("a.csv : 2 lignes, 2 colonnes, dont 2 de codes.");
    }
  }

  @Test
  void the_keyboard_alone_checks_a_file() {
    try (BrowserContext context = context(1280, true, ColorScheme.LIGHT)) {
      Page page = context.newPage();
      page.navigate(PAGE);
      press(page, "Tab", "try");
      page.keyboard().press("Enter");
      waitFor(page, DETECTION);
      press(page, "Tab", "encoding");
      press(page, "Tab", "go");
      page.keyboard().press("Enter");
      waitFor(page, REPORT);
      assertThat(focus(page)).isEqualTo("report-title");
      press(page, "Tab", "of-severity");
      page.keyboard().press("ArrowDown");
      assertThat(page.inputValue("#of-severity")).isEqualTo("error");
      press(page, "Tab", "of-text");
      page.keyboard().type("75001");
      assertThat(page.locator("#groups tbody tr").count()).isEqualTo(1);
    }
  }

  /** Presses a key until something has the focus. */
  private static void press(Page page, String key, String id) {
    for (int i = 0; i < 60 && !focus(page).equals(id); i++) {
      page.keyboard().press(key);
    }
    assertThat(focus(page)).isEqualTo(id);
  }

  @Test
  void a_form_without_scripts_gives_the_report_and_the_repaired_file() {
    try (BrowserContext context = context(390, false, ColorScheme.LIGHT)) {
      Page page = context.newPage();
      page.navigate(in(PAGE, "en"));
      assertThat(page.isVisible("#try")).isFalse();
      page.setInputFiles(
          "#file", file("aides.csv", "commune;nom\n1004;x\n01033;y\n".getBytes(UTF_8)));
      Download download = page.waitForDownload(() -> page.click("text=Download the repaired file"));
      assertThat(download.suggestedFilename()).isEqualTo("aides-pivot.csv");
      page.click("form.check button:has-text('Check')");
      page.waitForURL("**/v1/validations?format=html&lang=en");
      assertThat(page.textContent("h1")).isEqualTo("Check of aides.csv");
      assertThat(page.textContent("main")).contains("The code lost its leading zero");
    }
  }

  @Test
  void every_step_breaks_no_rule_of_accessibility_at_any_width() {
    for (int width : new int[] {1280, 390, 320}) {
      for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
        String language = scheme == ColorScheme.DARK ? "en" : "fr";
        String as = width + " " + scheme;
        try (BrowserContext context = context(width, true, scheme)) {
          Page page = context.newPage();
          detectSample(page, language);
          isAccessible(page, as + " detection");
          check(page);
          isAccessible(page, as + " report");
          Number weight =
              (Number)
                  page.evaluate(
                      "[...performance.getEntriesByType('navigation'),"
                          + " ...performance.getEntriesByType('resource')]"
                          + ".reduce((sum, e) => sum + e.encodedBodySize, 0)");
          assertThat(weight.intValue()).isBetween(1, 100_000);
        }
      }
    }
  }
}
