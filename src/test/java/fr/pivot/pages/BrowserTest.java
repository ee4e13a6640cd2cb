package fr.pivot.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import fr.pivot.Await;
import io.micronaut.runtime.server.EmbeddedServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/**
 * A real browser for tests of pages. It needs Chromium and Node.js, as {@code apt install chromium
 * nodejs} brings them; where one is missing the tests are skipped and say which.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class BrowserTest {

  @SuppressWarnings("NullAway.Init") // given before the tests
  protected EmbeddedServer server;

  private @Nullable Playwright playwright;
  private @Nullable Browser browser;
  private String missing = "";

  private static Optional<Path> find(String... places) {
    List<Path> all = new ArrayList<>();
    for (String place : places) {
      if (place.startsWith("/")) {
        all.add(Path.of(place));
      } else {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(":")) {
          all.add(Path.of(folder, place));
        }
      }
    }
    return all.stream().filter(Files::isExecutable).findFirst();
  }

  @BeforeAll
  void open(EmbeddedServer server) {
    this.server = server;
    Optional<Path> chromium = find("chromium", "chromium-browser", "google-chrome");
    Optional<Path> node = find("node", "nodejs");
    if (chromium.isEmpty() || node.isEmpty()) {
      missing =
          "Pages are not read in a browser: "
              + (chromium.isEmpty() ? "Chromium" : "Node.js")
              + " is not installed (apt install chromium nodejs).";
      System.err.println(missing);
      return;
    }
    Map<String, String> environment = new HashMap<>();
    environment.put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    environment.put("PLAYWRIGHT_NODEJS_PATH", node.get().toString());
    playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(chromium.get())
                    .setChromiumSandbox(false));
  }

  @BeforeEach
  void skip() {
    assumeTrue(missing.isEmpty(), missing);
  }

  @AfterAll
  void close() {
    if (playwright != null) {
      playwright.close();
    }
  }

  /** A window of a width, with or without scripts. */
  protected BrowserContext context(int width, boolean scripts, ColorScheme scheme) {
    if (browser == null) {
      throw new IllegalStateException("no browser");
    }
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setBaseURL(server.getURL().toString())
                .setViewportSize(width, 900)
                .setColorScheme(scheme)
                .setLocale("fr-FR")
                .setJavaScriptEnabled(scripts));
    context.setDefaultTimeout(20_000);
    return context;
  }

  /** An address in a language. */
  protected static String in(String address, String language) {
    if (language.equals("fr")) {
      return address;
    }
    return address + (address.contains("?") ? "&lang=en" : "?lang=en");
  }

  /** Looks for what breaks a rule of accessibility on what a page shows now. */
  protected static void isAccessible(Page page, String as) {
    isAccessible(page, axe(page), as);
  }

  /** The same of colours alone, which are all that the dark changes. */
  protected static void isLegible(Page page, String as) {
    isAccessible(page, axe(page).withRules(List.of("color-contrast")), as);
  }

  /** The pages have no frames, so that axe need not ask each; what breaks no rule is not told. */
  private static AxeBuilder axe(Page page) {
    AxeRunOptions options = new AxeRunOptions();
    options.setResultTypes(List.of("violations"));
    return new AxeBuilder(page).setLegacyMode(true).options(options);
  }

  private static void isAccessible(Page page, AxeBuilder axe, String as) {
    List<Rule> violations = axe.analyze().getViolations();
    assertThat(
            violations.stream()
                .map(v -> v.getId() + ": " + v.getHelp() + ' ' + v.getNodes().getFirst().getHtml())
                .toList())
        .as(as)
        .isEmpty();
    fits(page, as);
  }

  /** Holds that nobody has to scroll sideways to read a page. */
  protected static void fits(Page page, String as) {
    assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
        .as("no sideways scrolling: " + as)
        .isTrue();
  }

  /** The words of what has the focus. */
  protected static String focused(Page page) {
    return ((String)
            page.evaluate(
                "[...document.activeElement.childNodes].filter(n => !n.ariaHidden)"
                    + ".map(n => n.textContent).join('')"))
        .strip();
  }

  /** Waits until something holds on a page. It is asked from outside: pages forbid eval. */
  protected static void until(Page page, String condition) {
    Await.until(
        condition, Duration.ofSeconds(30), () -> Boolean.TRUE.equals(page.evaluate(condition)));
  }
}
