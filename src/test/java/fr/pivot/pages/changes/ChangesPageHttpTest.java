package fr.pivot.pages.changes;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.PivotTest;
import fr.pivot.http.ContractClient;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Reads the page of changes over HTTP, on 1 March 2026, with the referentials that ship. */
@PivotTest
class ChangesPageHttpTest {

  private static final Pattern SPACES = Pattern.compile("\\s+");
  private static final Pattern TAGS = Pattern.compile("<[^>]*>");
  private static final Pattern LINKS = Pattern.compile("href=\"([^\"]*)\"");

  private final ContractClient client;

  ChangesPageHttpTest(ContractClient client) {
    this.client = client;
  }

  private String page(String address) {
    HttpResponse<String> response = client.get(address);
    assertThat(response.statusCode()).as(address).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type"))
        .as(address)
        .hasValue("text/html;charset=utf-8");
    return response.body();
  }

  /** What a page says below its title, without its marks. */
  private String words(String address) {
    String body = page(address);
    String text =
        TAGS.matcher(body.substring(body.indexOf("<h1>")))
            .replaceAll(" ")
            .replace("&#39;", "'")
            .replace("&amp;", "&");
    return SPACES.matcher(text.replace('\u00a0', ' ').replace('\u202f', ' ')).replaceAll(" ");
  }

  private List<String> links(String address, String beginning) {
    List<String> links = new ArrayList<>();
    Matcher matcher = LINKS.matcher(page(address));
    while (matcher.find()) {
      String link = matcher.group(1).replace("&amp;", "&");
      if (link.startsWith(beginning)) {
        links.add(link);
      }
    }
    return links;
  }

  private String problem(String address, int status) {
    HttpResponse<String> response = client.get(address);
    assertThat(response.statusCode()).as(address).isEqualTo(status);
    return response.body();
  }

  @Test
  void without_parameters_it_tells_what_the_last_edition_of_the_communes_changed() {
    assertThat(words("/changements"))
        .contains("Ce qui a changé")
        .contains(
            "Communes de France de 2025 à 2026 20 changements 19 changements de nom"
                + " 1 changement de statut ou de rattachement")
        .contains("Changement de nom Cransac 12083 Cransac-les-Thermes 12083 Aveyron (12)");
    assertThat(words("/changements?lang=en"))
        .contains("French communes from 2025 to 2026 20 changes 19 renamed 1 moved")
        .contains("1 January 2026 at the latest Renaming");
  }

  @Test
  void on_1_january_2025_forty_six_communes_were_made_of_a_hundred_and_ten() {
    // INSEE: 46 communes nouvelles on 1 January 2025, of 110 communes (v_mvtcommune_2026, MOD 32).
    String address = "/changements?de=2024&a=2025&nature=merged";
    assertThat(words(address)).contains("110 codes fusionnés");
    Matcher rows = Pattern.compile("<th scope=\"row\">Fusion</th>").matcher(page(address));
    assertThat(rows.results().count()).isEqualTo(46);
  }

  @Test
  void a_merger_is_one_row_in_its_territory() {
    assertThat(words("/changements?ref=communes&de=2024&a=2026&nature=merged&dans=departements:14"))
        .contains("Communes de France de 2024 à 2026, Calvados (14)")
        .contains(
            "Fusion Gerrots 14300 Victot-Pontfol 14743 Victot-en-Auge 14743"
                + " Fusion May-sur-Orne 14408 Saint-Martin-de-Fontenay 14623"
                + " Saint-Martin-de-May 14408")
        .doesNotContain("Ruffieu");
  }

  @Test
  void codes_lead_to_their_pages_on_the_eve_and_on_the_day() {
    assertThat(
            links(
                "/changements?de=2024&nature=merged&dans=Calvados",
                "/referentiels/communes/codes/14"))
        .contains(
            "/referentiels/communes/codes/14300?date=2024-12-31",
            "/referentiels/communes/codes/14743?date=2025-01-01");
  }

  @Test
  void a_territory_is_named_by_its_name_or_its_code() {
    for (String text : List.of("Calvados", "calvados", "14", "departements:14", "Calvados+(14)")) {
      assertThat(words("/changements?de=2024&dans=" + text))
          .as(text)
          .contains("Communes de France de 2024 à 2026, Calvados (14) Département Calvados (14)");
    }
    assertThat(words("/changements?de=2019&dans=CU+Caen+la+Mer"))
        .contains("CU Caen la Mer (200065597)")
        .contains("Rétablissement Saline 14712 Sannerville 14666")
        .contains("Partage Saline 14712 Troarn 14712")
        .contains("2 changements ");
  }

  @Test
  void a_code_that_moves_into_a_territory_counts_there_and_where_it_left() {
    String told =
        "Rattachement : EPCI Saint-Sylvain 14659 dans CC Cingal-Suisse Normande 200066710"
            + " dans CC Val ès Dunes 200065589";
    assertThat(words("/changements?de=2024&dans=epci:200066710")).contains(told);
    assertThat(words("/changements?de=2024&dans=epci:200065589")).contains(told);
    assertThat(words("/changements?de=2024&dans=epci:200065597")).doesNotContain("Saint-Sylvain");
  }

  @Test
  void what_may_be_several_territories_is_asked_and_never_chosen() {
    assertThat(words("/changements?dans=Paris"))
        .contains("« Paris » peut être plusieurs territoires. Lequel ?")
        .contains("Paris 75 Département")
        .doesNotContain("codes fusionnés");
    assertThat(links("/changements?dans=Paris", "/changements?"))
        .contains("/changements?ref=communes&de=2025&a=2026&dans=departements:75");
    assertThat(words("/changements?dans=xyzzyx&lang=en"))
        .contains("No territory is called \"xyzzyx\".");
    assertThat(words("/changements?dans=Calvadoz"))
        .contains("Aucun territoire ne s’appelle « Calvadoz ». Un de ceux-ci ? Calvados 14");
  }

  @Test
  void what_was_not_known_yet_is_said() {
    assertThat(words("/changements?de=2015-01-01&dans=epci:200065597"))
        .contains("Communes de France du 1er janvier 2015 à 2026, CU Caen la Mer (200065597)")
        .contains("Ce qui appartenait à ce territoire n’est pas connu au 1er janvier 2015");
    assertThat(words("/changements?de=2015-01-01&dans=departements:14"))
        .doesNotContain("n’est pas connu");
  }

  @Test
  void nothing_is_said_plainly() {
    assertThat(words("/changements?dans=epci:200065597"))
        .contains("Rien n’a changé. Et depuis 2019 ?");
    assertThat(words("/changements?ref=cpv"))
        .contains("Une seule édition est chargée : il n’y a rien à comparer.");
    assertThat(words("/changements?nature=split")).contains("Aucun changement de cette nature.");
  }

  @Test
  void the_same_is_there_as_a_table_and_as_a_feed() {
    List<String> data =
        links("/changements?de=2024&nature=merged&dans=Calvados", "/v1/referentials/");
    String same =
        "/v1/referentials/communes/changes?from=2024&to=2026&kind=merged"
            + "&within=departements:14&format=";
    assertThat(data)
        .contains(
            same + "csv",
            same + "csv&separator=;&bom=true",
            same + "json",
            "/v1/referentials/communes/changes?format=atom&kind=merged&within=departements:14");
    for (String address : data) {
      assertThat(client.get(address).statusCode()).as(address).isEqualTo(200);
    }
    assertThat(client.get(same + "csv&separator=;&bom=true").body().lines().count()).isEqualTo(5);
    assertThat(page("/changements"))
        .contains(
            "<link rel=\"alternate\" type=\"application/atom+xml\""
                + " href=\"/v1/referentials/communes/changes?format=atom\">");
  }

  @Test
  void eighty_years_are_cut_into_pages_that_hold_all_changes() {
    String first = "/changements?de=1943-01-01&a=2026";
    Matcher of = Pattern.compile("Page 1 sur (\\d+)").matcher(words(first));
    assertThat(of.find()).isTrue();
    int pages = Integer.parseInt(of.group(1));
    assertThat(page(first).length()).isLessThan(100_000);
    String last = words(first + "&page=" + pages);
    assertThat(last).contains("Page précédente").doesNotContain("Page suivante");
    assertThat(words(first + "&page=" + pages)).contains("1943");
    assertThat(problem(first + "&page=" + (pages + 1), 400)).contains("\"page\"");
  }

  @Test
  void a_day_may_be_written_as_in_france() {
    assertThat(words("/changements?de=01/06/2015&a=31%2F12%2F2016"))
        .isEqualTo(words("/changements?de=2015-06-01&a=2016-12-31"))
        .contains("Communes de France du 1er juin 2015 au 31 décembre 2016");
    assertThat(page("/changements?de=1/6/2015")).contains("value=\"2015-06-01\"");
  }

  @Test
  void what_cannot_be_read_stays_in_its_field_with_what_is_wrong_beside_it() {
    assertThat(words("/changements?de=2020"))
        .contains("De Il n’y a pas d’édition 2020. À")
        .contains("Une édition (2019, 2021 à 2026) ou un jour, comme 01/06/2015.")
        .doesNotContain("Communes de France de");
    assertThat(page("/changements?de=2020&a=2024&lang=en"))
        .contains(
            "name=\"de\" type=\"text\" value=\"2020\" maxlength=\"32\" list=\"editions\""
                + " autocomplete=\"off\" aria-invalid=\"true\""
                + " aria-describedby=\"de-wrong points\"><span class=\"wrong\" id=\"de-wrong\">"
                + "There is no edition 2020.</span>")
        .contains("value=\"2024\"")
        .containsOnlyOnce("aria-invalid");
    assertThat(words("/changements?de=2015-02-30"))
        .contains("De « 2015-02-30 » n’est ni une édition ni un jour.");
    assertThat(words("/changements?a=31/02/2024"))
        .contains("À « 31/02/2024 » n’est ni une édition ni un jour.");
    assertThat(words("/changements?de=2026&a=2019"))
        .contains("De « De » (2026) vient après « À » (2019).")
        .doesNotContain("Rien n’a changé");
    assertThat(words("/changements?de=%3Cb%3E&dans=Paris"))
        .contains("n’est ni une édition ni un jour")
        .doesNotContain("Lequel ?");
  }

  @Test
  void what_is_wrong_with_a_question_is_a_problem() {
    assertThat(problem("/changements?ref=comunes", 404)).contains("unknown-referential");
    assertThat(problem("/changements?nature=lost", 400)).contains("\"nature\"");
    assertThat(problem("/changements?ref=m57", 404)).contains("no-edition");
  }

  @Test
  void what_people_type_is_text_on_the_page() {
    assertThat(page("/changements?dans=%3Cscript%3Ealert(1)%3C/script%3E%22"))
        .doesNotContain("<script>alert")
        .contains("value=\"&lt;script>alert(1)&lt;/script>&#34;\"");
  }

  @Test
  void pages_of_territories_and_referentials_lead_here() {
    assertThat(links("/referentiels/departements/codes/14", "/changements?"))
        .contains("/changements?ref=communes&de=2019&a=2026&dans=departements:14");
    assertThat(links("/referentiels/epci/codes/200065597", "/changements?"))
        .contains("/changements?ref=communes&de=2019&a=2026&dans=epci:200065597");
    assertThat(links("/referentiels/communes", "/changements?"))
        .contains("/changements?ref=communes&de=2025&a=2026");
    assertThat(links("/?lang=en", "/changements")).contains("/changements?lang=en");
  }
}
