package fr.pivot.pages;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.http.ContractClient;
import io.micronaut.context.annotation.Property;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reads pages over HTTP as they are sent, on 1 March 2026, with the referentials that ship. */
@MicronautTest(transactional = false)
@Property(name = "pivot.test.registry", value = "shipped")
@Property(name = "datasources.default.enabled", value = "false")
@Property(name = "flyway.enabled", value = "false")
@Property(name = "micronaut.server.port", value = "-1")
class PagesHttpTest {

  private static final String BROWSER =
      "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
  private static final String COMMUNES = "/referentiels/communes/codes/";
  private static final Pattern SPACES = Pattern.compile("\\s+");
  private static final Pattern TAGS = Pattern.compile("<[^>]*>");

  private final EmbeddedServer server;
  private ContractClient client;

  PagesHttpTest(EmbeddedServer server) {
    this.server = server;
  }

  @BeforeEach
  void connect() {
    client = new ContractClient(server.getURI());
  }

  private HttpResponse<String> page(String address, String... headers) {
    HttpResponse<String> response = client.get(address, headers);
    assertThat(response.statusCode()).as(address).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type"))
        .as(address)
        .hasValue("text/html;charset=utf-8");
    return response;
  }

  /** What a page says, without its marks. */
  private String words(String address) {
    return words(page(address));
  }

  private static String words(HttpResponse<String> response) {
    String text =
        TAGS.matcher(response.body()).replaceAll(" ").replace("&#39;", "'").replace("&amp;", "&");
    return SPACES.matcher(text.replace('\u00a0', ' ').replace('\u202f', ' ')).replaceAll(" ");
  }

  /** A problem as a browser gets it. */
  private HttpResponse<String> problem(String address, int status) {
    HttpRequest request =
        HttpRequest.newBuilder(server.getURI().resolve(address)).header("Accept", BROWSER).build();
    try {
      HttpResponse<String> response =
          HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(response.statusCode()).as(address).isEqualTo(status);
      assertThat(response.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
      assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
      return response;
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(address, e);
    }
  }

  @Test
  void home_tells_what_is_loaded() {
    String words = words("/");
    assertThat(words)
        .contains("Que veut dire ce code, et qu’est-il devenu ?")
        .contains("Communes de France communes 2026 (7 éditions)")
        .contains("référentiels 20")
        .contains("éditions 77");
    assertThat(words("/?lang=en"))
        .contains("What does this code mean, and what became of it?")
        .contains("French communes communes 2026 (7 editions)")
        .contains("1 January 2026 Insee");
  }

  @Test
  void a_page_may_load_nothing_from_elsewhere_and_says_so_to_browsers() {
    HttpResponse<String> home = page("/");
    assertThat(home.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'")
        .contains("script-src 'self'")
        .doesNotContain("unsafe");
    for (String address :
        List.of("/", "/referentiels", "/referentiels/communes", COMMUNES + "14712", "/recherche")) {
      String body = page(address).body();
      assertThat(body).as(address).doesNotContain("<style").doesNotContain(" style=");
      assertThat(Pattern.compile("<script(?! src=\"/assets/)").matcher(body).find())
          .as(address)
          .isFalse();
      assertThat(Pattern.compile("(?:src|<link[^>]* href)=\"(?:https?:)?//").matcher(body).find())
          .as(address)
          .isFalse();
    }
  }

  @Test
  void a_page_is_kept_by_its_tag_for_a_minute() {
    HttpResponse<String> first = page(COMMUNES + "14712");
    assertThat(first.headers().firstValue("Cache-Control")).hasValue("public, max-age=60");
    String tag = first.headers().firstValue("ETag").orElseThrow();
    assertThat(client.get(COMMUNES + "14712", "If-None-Match", tag).statusCode()).isEqualTo(304);
  }

  @Test
  void files_that_pages_load_are_kept_for_ever_under_their_digest() {
    Matcher matcher = Pattern.compile("\"(/assets/[^\"]+)\"").matcher(page("/").body());
    int count = 0;
    while (matcher.find()) {
      HttpResponse<String> asset = client.get(matcher.group(1));
      assertThat(asset.statusCode()).isEqualTo(200);
      assertThat(asset.headers().firstValue("Cache-Control"))
          .hasValue("public, max-age=31536000, immutable");
      count++;
    }
    assertThat(count).isEqualTo(3);
    assertThat(client.get("/assets/000000000000/pivot.css").statusCode()).isEqualTo(404);
  }

  @Test
  void troarn_has_its_place_and_its_story() {
    String words = words(COMMUNES + "14712");
    assertThat(words)
        .contains("Commune Troarn 14712")
        .contains("En vigueur depuis le 1er janvier 2021.")
        .contains("1er juillet 1972 Fusion Bures-sur-Dives 14114 Troarn 14712 → devient")
        .contains("1er janvier 2017 Fusion Sannerville 14666 Troarn 14712 → devient Saline 14712")
        .contains("Département Calvados 14")
        .contains("EPCI CU Caen la Mer 200065597")
        .contains("Population 3 439")
        .contains("communes:14712");
    assertThat(page(COMMUNES + "14712").body())
        .contains("role=\"img\" aria-label=\"Dessin de la vie de 14712 Troarn")
        .contains("href=\"/id/communes/14712\"");
  }

  @Test
  void a_ceased_code_says_so_at_the_top_and_leads_to_its_heirs() {
    String words = words(COMMUNES + "49144");
    assertThat(words)
        .contains(
            "Freigné 49144 Ce code n’est plus en vigueur. Son dernier jour fut le 31 décembre 2017."
                + " Il est devenu : Vallons-de-l'Erdre 44180 Commune Freigné 44225 Commune"
                + " déléguée")
        .contains("Département Maine-et-Loire 49");
    assertThat(page(COMMUNES + "49144").body()).contains("href=\"" + COMMUNES + "44180\"");
  }

  @Test
  void a_day_can_be_moved_and_links_keep_it() {
    String body = page(COMMUNES + "14712?date=2018-06-01").body();
    assertThat(body)
        .contains("<span>Saline</span> <span class=\"code\">14712</span></h1>")
        .contains("value=\"2018-06-01\"")
        .contains("href=\"/referentiels/departements/codes/14?date=2018-06-01\"");
    assertThat(words(COMMUNES + "14666?date=2018-06-01"))
        .contains("Le 1er juin 2018, ce code n’était pas en vigueur.");
  }

  @Test
  void paris_has_its_arrondissements_and_no_event() {
    assertThat(words(COMMUNES + "75056"))
        .contains("En vigueur depuis le 1er janvier 1943 au moins, où commence l’historique.")
        .contains("Aucun évènement n’est connu depuis.")
        .contains("Arrondissements municipaux 20 Paris 1er Arrondissement 75101");
  }

  @Test
  void the_permanent_address_leads_browsers_to_the_page_and_programs_to_the_data() {
    assertThat(client.get("/id/communes/14712", "Accept", BROWSER).headers().firstValue("Location"))
        .hasValue(COMMUNES + "14712");
    assertThat(
            client
                .get("/id/communes@2024/14712", "Accept", BROWSER, "Accept-Language", "en")
                .headers()
                .firstValue("Location"))
        .hasValue("/referentiels/communes@2024/codes/14712?lang=en");
    for (String accept : List.of("*/*", "application/json", "text/turtle")) {
      assertThat(
              client.get("/id/communes/14712", "Accept", accept).headers().firstValue("Location"))
          .hasValue("/v1/referentials/communes/codes/14712");
    }
  }

  @Test
  void a_code_written_in_another_way_leads_to_its_page() {
    HttpResponse<String> response = client.get("/referentiels/naf/codes/6201z?lang=en");
    assertThat(response.statusCode()).isEqualTo(301);
    assertThat(response.headers().firstValue("Location"))
        .hasValue("/referentiels/naf/codes/62.01Z?lang=en");
  }

  @Test
  void a_page_in_english_links_to_pages_in_english() {
    String body = page(COMMUNES + "49144?lang=en").body();
    assertThat(body)
        .contains("<html lang=\"en\">")
        .contains("This code is no longer in force.")
        .contains("href=\"" + COMMUNES + "44180?lang=en\"")
        .contains("<link rel=\"alternate\" hreflang=\"fr\" href=\"" + COMMUNES + "49144\">")
        .contains("<link rel=\"alternate\" hreflang=\"en\" href=\"" + COMMUNES + "49144?lang=en\">")
        .contains("<span lang=\"fr\">Freigné</span>");
  }

  @Test
  void a_referential_says_what_changed_in_its_last_edition() {
    String words = words("/referentiels/communes");
    assertThat(words)
        .contains("Commune commune 34 969")
        .contains("Ce qui a changé de 2025 à 2026 19 Changement de nom")
        .contains("Cransac 12083 Cransac-les-Thermes 12083 1er janvier 2026");
    assertThat(words("/referentiels/communes@2022?lang=en"))
        .contains("What changed from 2021 to 2022");
    assertThat(words("/referentiels/m57")).contains("Aucune édition n’est chargée.");
  }

  @Test
  void a_problem_is_a_page_for_browsers_and_suggests() {
    HttpResponse<String> unknown = problem(COMMUNES + "1004", 404);
    assertThat(words(unknown))
        .contains("404 Code inconnu « 1004 » n'a jamais été un code de communes.")
        .contains("Peut-être cherchiez-vous Ambérieu-en-Bugey 01004")
        .contains("/problems/unknown-code");
    assertThat(unknown.body()).contains("href=\"" + COMMUNES + "01004\"");
    assertThat(unknown.headers().firstValue("Content-Security-Policy")).isPresent();
    assertThat(words(problem("/referentiels/comunes?lang=en", 404)))
        .contains("There is no referential \"comunes\".")
        .contains("Perhaps you were looking for communes");
    assertThat(words(problem("/nulle/part", 404))).contains("Adresse inconnue");
    assertThat(words(problem("/recherche?quoi=x", 400))).contains("Paramètre inconnu");
  }

  @Test
  void a_search_finds_what_is_called_so_and_what_was() {
    assertThat(words("/recherche?q=troarn"))
        .contains("Troarn 14712 Communes de France · Calvados (14) c’est son nom");
    assertThat(words("/recherche?q=saline&dans=communes"))
        .contains("Troarn 14712")
        .contains("Sannerville 14666")
        .contains("sous son ancien nom « Saline », jusqu’au 31 décembre 2020");
    assertThat(words("/recherche?q=zzzzzz&lang=en")).contains("No result");
    assertThat(words(problem("/recherche?q=x&dans=comunes", 404)))
        .contains("Peut-être cherchiez-vous communes");
  }

  @Test
  void what_people_type_is_text_on_the_page() {
    assertThat(page("/recherche?q=%3Cscript%3Ealert(1)%3C/script%3E%22%20onfocus=x").body())
        .doesNotContain("<script>alert")
        .contains("value=\"&lt;script>alert(1)&lt;/script>&#34; onfocus=x\"");
    assertThat(problem("/referentiels/communes/codes/%3Cimg%20src=x%3E", 404).body())
        .doesNotContain("<img");
  }
}
