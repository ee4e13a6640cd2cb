package fr.pivot.pages.align;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import fr.pivot.PivotTest;
import fr.pivot.pages.BrowserTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Aligns lists in a real browser, on 1 March 2026, with the referentials that ship. */
@PivotTest
class AlignBrowserTest extends BrowserTest {

  private static final String NAMES =
      "commune;dep\nSt Denis;93\nMarsielle;13\nSaint-Denis;\nNulle-Part;75\nSt Denis;93\n";
  private static final String CODES = "insee;montant\n01091;1200\n14712;4100\n99999;10\n";

  /** Does something on the page, whose script may not complain. */
  private void on(int width, ColorScheme scheme, String address, Consumer<Page> what) {
    try (BrowserContext context = context(width, true, scheme)) {
      Page page = context.newPage();
      List<String> complaints = new ArrayList<>();
      page.onConsoleMessage(
          m -> {
            // A browser tells each problem of the API, which the page tells as well.
            if (!m.text().startsWith("Failed to load resource")) {
              complaints.add(m.text());
            }
          });
      page.onPageError(complaints::add);
      page.navigate(address);
      what.accept(page);
      assertThat(complaints).isEmpty();
    }
  }

  private static void paste(Page page, String list) {
    page.fill("#pasted", list);
    page.locator("#meaning-step").waitFor();
  }

  private static void align(Page page) {
    page.click("form.align [type=submit]");
    page.locator("#answers").waitFor();
  }

  private static Locator row(Page page, String value) {
    return page.locator(".decide tbody tr")
        .filter(new Locator.FilterOptions().setHas(page.locator("th", has(value))));
  }

  private static Page.LocatorOptions has(String text) {
    return new Page.LocatorOptions().setHasText(text);
  }

  private static String words(Locator locator) {
    return locator.innerText().replace('\u00a0', ' ').replaceAll("\\s+", " ").strip();
  }

  private static String kept(Page page, String button) {
    Download download = page.waitForDownload(() -> page.click(button));
    try {
      return download.suggestedFilename()
          + '\n'
          + new String(Files.readAllBytes(download.path()), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void names_become_codes_and_what_is_doubtful_is_decided_by_hand() {
    on(
        1280,
        ColorScheme.LIGHT,
        "/aligner",
        page -> {
          paste(page, NAMES);
          assertThat(page.inputValue("#column")).isEqualTo("#1");
          assertThat(page.inputValue("#from")).isEmpty();
          assertThat(page.inputValue("#to")).isEqualTo("communes");
          assertThat(page.inputValue(".contexts input")).isEqualTo("#2:departement");
          align(page);
          assertThat(words(page.locator(".summary")))
              .isEqualTo("Réponse trouvée pour 1 valeur sur 4, soit 2 lignes sur 5.");
          assertThat(words(page.locator(".filters"))).isEqualTo("tous 4 à décider 3 certains 1");
          assertThat(words(row(page, "Marsielle")))
              .startsWith("Marsielle 13 à vérifier peut-être Marseille 13055");
          row(page, "Marsielle").locator("select").selectOption("=13055");
          assertThat(words(page.locator("#told"))).isEqualTo("Choisi. À décider : 2 valeurs.");
          row(page, "Nulle-Part").locator("select").selectOption("-");
          row(page, "Saint-Denis").locator("button").click();
          page.fill(".look", "Saint-Denis 974");
          page.locator("[role=option]").first().waitFor();
          page.locator("[role=option]", has("97411")).first().click();
          assertThat(words(page.locator(".summary")))
              .isEqualTo("Réponse trouvée pour 4 valeurs sur 4, soit 5 lignes sur 5.");
          assertThat(kept(page, "[data-form=csv]"))
              .isEqualTo(
                  """
                  liste-codes.csv
                  \uFEFFcommune;dep;communes;communes:label;communes:score;communes:match;communes:next
                  St Denis;93;93066;Saint-Denis;100;true;97411 Saint-Denis (70)
                  Marsielle;13;13055;Marseille;;true;
                  Saint-Denis;;97411;Saint-Denis;;true;
                  Nulle-Part;75;;;;false;
                  St Denis;93;93066;Saint-Denis;100;true;97411 Saint-Denis (70)
                  """);
          assertThat(kept(page, "#save"))
              .isEqualTo(
                  """
                  choix.csv
                  code_source,dep,code_cible,#libelle_cible
                  Marsielle,13,13055,Marseille
                  Nulle-Part,75,,
                  Saint-Denis,,97411,Saint-Denis
                  """);
          assertThat(kept(page, "[data-form=xlsx]")).startsWith("liste-codes.xlsx\nPK");
        });
  }

  @Test
  void codes_of_a_year_become_those_of_another_and_choices_are_kept_for_the_next_time() {
    on(
        390,
        ColorScheme.DARK,
        "/aligner?lang=en",
        page -> {
          paste(page, CODES);
          assertThat(page.inputValue("#from")).isEqualTo("communes");
          page.selectOption("#from-edition", "date");
          page.fill("#from-date", "2018-01-01");
          page.selectOption("#to-edition", "2026");
          align(page);
          assertThat(words(page.locator(".filters")))
              .isEqualTo("all 3 several codes 1 without an answer 1 certain 1");
          page.click(".filters button:has-text('all')");
          assertThat(words(row(page, "01091")))
              .startsWith("01091 Châtillon-en-Michaille certain (merged) Valserhône 01033");
          assertThat(words(row(page, "14712")))
              .contains("split")
              .contains("Sannerville 14666 35.6% of the population")
              .contains("Troarn 14712 64.4% of the population");
          assertThat(words(row(page, "99999"))).contains("unknown code");
          row(page, "14712").locator("select").selectOption("=14712");
          assertThat(kept(page, "[data-form=csv]"))
              .isEqualTo(
                  """
                  list-codes.csv
                  \uFEFFinsee;montant;communes@2026;communes@2026:label;communes@2026:status
                  01091;1200;01033;Valserhône;merged
                  14712;4100;14712;Troarn;chosen
                  99999;10;;;unknown
                  """);
          isAccessible(page, "answers on a telephone");
          align(page);
          assertThat(words(page.locator(".kept")))
              .isEqualTo("Used again from another time: 1 choice. Forget them");
          page.click(".kept button");
          assertThat(words(page.locator(".chosen-count")))
              .isEqualTo("You have chosen nothing yet.");
          page.setInputFiles(
              "#load",
              new FilePayload(
                  "mine.csv",
                  "text/csv",
                  "code_source;code_cible\n14712;14666\n".getBytes(StandardCharsets.UTF_8)));
          page.locator(".chosen-count", has("1 value")).waitFor();
          assertThat(words(row(page, "14712"))).contains("your choice Sannerville 14666");
        });
  }

  @Test
  void the_keyboard_alone_aligns_a_list() {
    on(
        1280,
        ColorScheme.LIGHT,
        "/aligner",
        page -> {
          page.focus("#pasted");
          page.keyboard().insertText("Troarn\nMarsielle\nTroarn\n");
          page.locator("#meaning-step").waitFor();
          assertThat(page.isChecked("#header")).isFalse();
          page.focus("form.align [type=submit]");
          page.keyboard().press("Enter");
          page.locator("#answers").waitFor();
          assertThat(page.evaluate("document.activeElement.id")).isEqualTo("answered");
          assertThat(words(page.locator(".summary")))
              .isEqualTo("Réponse trouvée pour 1 valeur sur 2, soit 2 lignes sur 3.");
          page.focus(".decide select");
          page.keyboard().press("ArrowDown");
          page.locator(".chosen-count", has("1 valeur")).waitFor();
          assertThat(words(row(page, "Marsielle"))).contains("votre choix Marseille 13055");
          page.keyboard().press("ArrowDown");
          assertThat(words(row(page, "Marsielle"))).doesNotContain("votre choix Marseille");
          page.keyboard().press("ArrowUp");
          assertThat(words(page.locator(".summary")))
              .isEqualTo("Réponse trouvée pour 2 valeurs sur 2, soit 3 lignes sur 3.");
          assertThat(kept(page, "[data-form=csv]"))
              .isEqualTo(
                  """
                  liste-codes.csv
                  \uFEFFvaleur,communes,communes:label,communes:score,communes:match,communes:next
                  Troarn,14712,Troarn,100,true,
                  Marsielle,13055,Marseille,,true,
                  Troarn,14712,Troarn,100,true,
                  """);
        });
  }

  @Test
  void what_looks_like_codes_is_never_taken_for_names() {
    on(
        1280,
        ColorScheme.LIGHT,
        "/aligner",
        page -> {
          paste(page, "75001\n75002\n33000\n69001\n");
          PlaywrightAssertions.assertThat(page.locator("#from")).hasValue("codes-postaux");
          paste(page, "14712\n49144\n74011\n99999\n");
          PlaywrightAssertions.assertThat(page.locator("#from")).hasValue("communes");
          paste(page, "XX99\nYY88\nZ777\n");
          PlaywrightAssertions.assertThat(page.locator("#from")).hasValue("");
          paste(page, "9999\n8888\n7777\n");
          PlaywrightAssertions.assertThat(page.locator("#from")).hasValue("?");
          page.click("form.align [type=submit]");
          assertThat(words(page.locator(".trouble")))
              .startsWith("Ces valeurs ressemblent à des codes");
        });
  }

  @Test
  void each_step_breaks_no_rule_of_accessibility() {
    for (int width : new int[] {320, 1280}) {
      for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
        on(
            width,
            scheme,
            "/aligner",
            page -> {
              isAccessible(page, "empty " + width + scheme);
              page.click("[data-sample=names]");
              page.locator("#meaning-step").waitFor();
              isAccessible(page, "meaning " + width + scheme);
              align(page);
              isAccessible(page, "answers " + width + scheme);
            });
      }
    }
  }

  @Test
  void a_list_that_cannot_be_read_is_told_in_words() {
    on(
        1280,
        ColorScheme.LIGHT,
        "/aligner?lang=en",
        page -> {
          page.setInputFiles(
              "#file",
              new FilePayload(
                  "x.xlsx", "application/octet-stream", new byte[] {'P', 'K', 3, 4, 0}));
          page.locator(".trouble p").waitFor();
          assertThat(words(page.locator(".trouble")))
              .isEqualTo(
                  "The compressed file stops before its end: it was cut on its way. The file is not"
                      + " read.");
        });
  }

  @Test
  void a_long_list_is_answered_whole() {
    on(
        1280,
        ColorScheme.LIGHT,
        "/aligner",
        page -> {
          StringBuilder list = new StringBuilder("commune;insee\n");
          for (int i = 0; i < 100_000; i++) {
            list.append(i % 2 == 0 ? "Lyon" : "<b>Troarn</b> " + i % 1000)
                .append(';')
                .append(i % 3 == 0 ? "01091" : "14712")
                .append('\n');
          }
          page.setInputFiles(
              "#file",
              new FilePayload(
                  "longue.csv", "text/csv", list.toString().getBytes(StandardCharsets.UTF_8)));
          page.locator("#meaning-step").waitFor();
          page.selectOption("#column", "#2");
          page.selectOption("#from-edition", "date");
          page.fill("#from-date", "2018-01-01");
          align(page);
          assertThat(words(page.locator(".summary")))
              .isEqualTo(
                  "Réponse trouvée pour 1 valeur sur 2, soit 33 334 lignes sur 100 000."
                      .replace("33 334", "33\u202f334")
                      .replace("100 000", "100\u202f000"));
          page.selectOption("#column", "#1");
          page.selectOption("#from", "");
          align(page);
          page.click(".filters button:has-text('tous')");
          assertThat(page.locator(".decide tbody tr").count()).isEqualTo(100);
          page.click("#more");
          assertThat(page.locator(".decide tbody tr").count()).isEqualTo(200);
          assertThat(page.locator(".decide b").count()).isZero();
        });
  }

  @Test
  void without_scripts_the_page_says_what_to_do_instead() {
    try (BrowserContext context = context(390, false, ColorScheme.LIGHT)) {
      Page page = context.newPage();
      page.navigate("/aligner");
      assertThat(words(page.locator("noscript"))).startsWith("Cette page a besoin de JavaScript.");
      assertThat(page.locator("form.align").isVisible()).isFalse();
    }
  }
}
