package fr.pivot.pages;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.PivotTest;
import fr.pivot.http.ContractClient;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Reads pages over HTTP as they are sent, on 1 March 2026, with the referentials that ship. */
@PivotTest
class PagesHttpTest {

  private static final String BROWSER =
      "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
  private static final String COMMUNES = "/referentiels/communes/codes/";
  private static final Pattern SPACES = Pattern.compile("\\s+");
  private static final Pattern TAGS = Pattern.compile("<[^>]*>");

  private final EmbeddedServer server;
  private final ContractClient client;

  PagesHttpTest(EmbeddedServer server, ContractClient client) {
    this.server = server;
    this.client = client;
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
        .contains(
            "En vigueur depuis le 1er janvier 1943 au moins, où commence l’historique ; sous ce nom"
                + " depuis le 1er janvier 2021 au plus tard.")
        .contains("1er juillet 1972 Fusion Bures-sur-Dives 14114 Troarn 14712 → devient")
        .contains("1er janvier 2017 Fusion Sannerville 14666 Troarn 14712 → devient Saline 14712")
        .contains("Département Calvados 14")
        .contains("EPCI CU Caen la Mer 200065597")
        .contains("Population (édition 2026) 3 439")
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
        .contains(
            "Le 1er juin 2018, ce code n’était pas en vigueur ; il l’est de nouveau depuis le"
                + " 1er janvier 2021 au plus tard. Son dernier jour avait été le 31 décembre 2016."
                + " Il était devenu : Saline 14712");
  }

  @Test
  void a_day_found_by_comparing_editions_is_the_latest_that_it_can_be() {
    // INSEE has Troarn and Sannerville apart again on 31 December 2019; the pack that ships has the
    // editions 2019 and 2021, and knows no more than that.
    assertThat(words(COMMUNES + "14666"))
        .contains("En vigueur depuis le 1er janvier 2021 au plus tard.")
        .contains("1er janvier 2017 Fusion")
        .contains("1er janvier 2021 au plus tard, après le 1er janvier 2019 Rétablissement")
        .contains(
            "En tirets : jour trouvé en comparant deux éditions ; le vrai est entre l’édition"
                + " d’avant et ce jour-là.");
    assertThat(words(COMMUNES + "14666?lang=en"))
        .contains("In force since 1 January 2021 at the latest.");
    assertThat(words(COMMUNES + "14712?date=2018-06-01"))
        .contains("sous ce nom depuis le 1er janvier 2017 jusqu’au 31 décembre 2020 au plus tard.");
    assertThat(words("/referentiels/epci/codes/200000172?lang=en")).contains("at the latest");
  }

  @Test
  void a_day_before_a_code_is_told_of_as_past() {
    assertThat(words(COMMUNES + "92012?date=1960-01-01"))
        .contains(
            "Le 1er janvier 1960, ce code n’était pas encore en vigueur ; il l’est depuis le"
                + " 1er janvier 1968.")
        .doesNotContain("Il le sera")
        .doesNotContain("n’est pas encore en vigueur");
    assertThat(words(COMMUNES + "92012?date=1960-01-01&lang=en"))
        .contains(
            "On 1 January 1960 this code was not yet in force; it has been since 1 January 1968.");
    assertThat(words(COMMUNES + "75056?date=1930-01-01"))
        .contains("On ne sait pas si ce code était en vigueur le 1er janvier 1930.")
        .contains("Son historique commence le 1er janvier 1943.");
  }

  @Test
  void what_two_lists_differ_about_is_known_until_the_first_of_them() {
    // DGCL's list of 1 January 2020, which does not ship, has Pomas in Carcassonne Agglo already.
    assertThat(words(COMMUNES + "11293?date=2020-01-01"))
        .contains(
            "CC du Limouxin 200071926 su jusqu’au 1er janvier 2019 ; change au plus tard le"
                + " 1er janvier 2021");
    assertThat(words(COMMUNES + "11293?date=2019-01-01"))
        .contains("CC du Limouxin 200071926")
        .doesNotContain("su jusqu’au");
    assertThat(words(COMMUNES + "11293?date=2021-01-01")).doesNotContain("su jusqu’au");
    // Merged into Neuilly-lès-Dijon on 28 February 2019, says INSEE.
    assertThat(words(COMMUNES + "21213?date=2020-01-01"))
        .contains(
            "jusqu’au 31 décembre 2020 au plus tard. Ce n’est su que jusqu’au 1er janvier 2019.");
    assertThat(words(COMMUNES + "21213?date=2018-01-01")).doesNotContain("n’est su que");
    assertThat(words("/referentiels/epci/codes/200090579?date=2020-06-01&lang=en"))
        .contains("It is not known whether this code was in force on 1 June 2020.")
        .doesNotContain("was not yet in force");
    assertThat(words("/referentiels/epci/codes/200090579?date=2016-06-01"))
        .contains("On ne sait pas si ce code était en vigueur le 1er juin 2016.");
  }

  @Test
  void what_no_edition_tells_of_a_day_is_said_to_be_unknown() {
    assertThat(words(COMMUNES + "14712?date=1950-01-01"))
        .contains("Département Calvados 14 Arrondissements départementaux rien n’est connu")
        .contains("EPCI à fiscalité propre rien n’est connu à cette date")
        .doesNotContain("Établissements publics territoriaux")
        .doesNotContain("Population");
    assertThat(words("/referentiels/arrondissements/codes/142?date=1990-01-01"))
        .doesNotContain("Rien n’est au-dessus de ce code.");
    assertThat(words(COMMUNES + "14712?date=2026-01-01"))
        .contains("Population (édition 2026) 3 439");
    assertThat(words("/referentiels/communes@2024/codes/14712"))
        .contains("Population (édition 2024)");
    assertThat(words("/referentiels/regions/codes/28"))
        .contains("Rien n’est au-dessus de ce code.");
  }

  @Test
  void each_edition_says_what_a_code_is_in_it() {
    assertThat(words(COMMUNES + "49144"))
        .contains("2026 1er janvier 2026 devenu → Vallons-de-l'Erdre 44180")
        .contains("2019 1er janvier 2019 devenu → Vallons-de-l'Erdre 44180")
        .contains("Ce qu’il est devenu est aujourd’hui dans")
        .contains("Département Loire-Atlantique 44")
        .contains("EPCI CC du Pays d'Ancenis");
    assertThat(page(COMMUNES + "49144").body())
        .contains("href=\"/referentiels/communes@2019/codes/44180\"");
    assertThat(words(COMMUNES + "14666")).contains("2019 1er janvier 2019 devenu → Saline 14712");
    assertThat(words("/referentiels/epci/codes/200093201?lang=en"))
        .contains("2019 1 January 2019 not in force yet");
    assertThat(words("/referentiels/departements/codes/20"))
        .contains("1er janvier 2026 partagé entre → Corse-du-Sud 2A , Haute-Corse 2B");
  }

  @Test
  void a_postal_code_is_as_old_as_itself_and_its_name_as_its_name() {
    assertThat(words("/referentiels/codes-postaux/codes/14670"))
        .contains(
            "En vigueur depuis le 1er janvier 2019 au moins, où commence l’historique ; sous ce nom"
                + " depuis le 1er janvier 2021 au plus tard.");
  }

  @Test
  void what_is_known_of_a_code_is_said_in_words() {
    assertThat(words("/referentiels/epci/codes/200065597"))
        .contains("Population totale (édition 2026)")
        .contains("Nature communauté urbaine")
        .contains("Mode de financement fiscalité professionnelle unique")
        .doesNotContain("modeFinancement");
    assertThat(words(COMMUNES + "14712")).doesNotContain("TNCC");
    assertThat(page("/referentiels/departements/codes/14").body())
        .contains(
            "<dt>Chef-lieu</dt><dd><a href=\""
                + COMMUNES
                + "14118\"><span>Caen</span> <span class=\"code\">14118</span></a>");
  }

  @Test
  void an_event_that_insee_names_in_french_is_marked_as_french() {
    assertThat(page(COMMUNES + "49144?lang=en").body())
        .contains(
            "<span class=\"soft note\" lang=\"fr\">changement de département + commune devenant"
                + " déléguée</span>");
    assertThat(page(COMMUNES + "49144").body()).contains("<span class=\"soft note\">changement");
  }

  @Test
  void an_epci_names_all_its_communes() {
    HttpResponse<String> page = page("/referentiels/epci/codes/200067205");
    assertThat(words(page)).doesNotContain("premiers.");
    assertThat(page.body().split("<li><a href=\"" + COMMUNES, -1)).hasSizeGreaterThan(120);
    for (String large : List.of("departements/codes/62", "regions/codes/44")) {
      assertThat(page("/referentiels/" + large).body().length()).isLessThan(100_000);
    }
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
        .contains(
            "Ce qui a changé de 2025 à 2026 19 changements de nom"
                + " 1 changement de statut ou de rattachement Quoi Avant Après Département"
                + " 1er janvier 2026 au plus tard Changement de nom La Ville-aux-Bois 10411"
                + " Ville-aux-Bois 10411 Aube (10) Changement de nom Cransac 12083"
                + " Cransac-les-Thermes 12083 Aveyron (12)");
    assertThat(page("/referentiels/communes").body())
        .contains("href=\"/changements?ref=communes&amp;de=2025&amp;a=2026&amp;nature=renamed\"");
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
  }

  @Test
  void a_link_with_parameters_of_others_leads_to_the_page_without_them() {
    Map.of(
            "/?utm_source=lettre",
            "/",
            "/recherche?quoi=x",
            "/recherche",
            "/recherche?q=troarn&fbclid=1",
            "/recherche?q=troarn",
            "/recherche?fbclid=1&q=l%27%C3%8Ele+d%27Yeu&fbclid=2&lang=en",
            "/recherche?q=l%27%C3%8Ele+d%27Yeu&lang=en",
            COMMUNES + "14712?date=2018-06-01&utm_campaign=%FF",
            COMMUNES + "14712?date=2018-06-01")
        .forEach(
            (address, other) -> {
              HttpResponse<String> response = client.get(address);
              assertThat(response.statusCode()).as(address).isEqualTo(302);
              assertThat(response.headers().firstValue("Location")).as(address).hasValue(other);
              assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
              page(other);
            });
    assertThat(client.get("/v1/referentials?utm_source=lettre").statusCode()).isEqualTo(400);
    assertThat(client.get("/recherche?q=a&q=b").statusCode()).isEqualTo(400);
  }

  @Test
  void an_address_that_is_nearly_one_of_a_page_leads_there() {
    assertThat(words(problem("/aligne", 404)))
        .contains("Il n’y a pas de page à cette adresse.")
        .contains("Peut-être cherchiez-vous Aligner une liste")
        .contains("Les pages principales Chercher un code Contrôler un fichier")
        .doesNotContain("/openapi.yaml");
    assertThat(words(problem("/R%C3%A9f%C3%A9rentiel/communes", 404)))
        .contains("Peut-être cherchiez-vous Les référentiels");
    assertThat(words(problem("/guides/excel", 404)))
        .contains("Peut-être cherchiez-vous Les guides");
    assertThat(words(problem("/aligne?lang=en", 404)))
        .contains("Perhaps you were looking for Align a list");
    assertThat(words(problem("/nulle/part", 404)))
        .contains("Les pages principales")
        .doesNotContain("Peut-être cherchiez-vous");
  }

  @Test
  void a_code_of_another_referential_is_told_where_it_is_unknown() {
    HttpResponse<String> response = problem(COMMUNES + "93200", 404);
    assertThat(words(response)).contains("Ailleurs, « 93200 » est Code postal 93200 : ");
    assertThat(response.body()).contains("href=\"/referentiels/codes-postaux/codes/93200\"");
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
  void beside_what_is_called_exactly_so_nothing_is_spelt_nearly_so() {
    assertThat(words("/recherche?q=troarn&dans=communes"))
        .contains("c’est son nom")
        .doesNotContain("s’écrit presque ainsi");
    assertThat(words("/recherche?q=troarm&dans=communes"))
        .contains("Troarn 14712")
        .contains("s’écrit presque ainsi");
  }

  @Test
  void of_the_postal_codes_of_paris_three_are_shown_and_the_others_fold() {
    String body = page("/recherche?q=75056&dans=codes-postaux").body();
    assertThat(words("/recherche?q=75056&dans=codes-postaux")).contains("21 résultats");
    assertThat(body).containsOnlyOnce("<details>").contains("et 18 autres");
    assertThat(
            Pattern.compile("href=\"/referentiels/codes-postaux/codes/")
                .matcher(body.substring(0, body.indexOf("<details>")))
                .results()
                .count())
        .isEqualTo(3);
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
