package fr.pivot.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.PivotTest;
import fr.pivot.http.ContractClient;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Asks for what the registry does not hold, over HTTP, on 1 March 2026, with the referentials that
 * ship: days before a history begins, and days between two lists. Between those of 1 January 2019
 * and 2021 none ships.
 */
@PivotTest
class NotKnownHttpTest {

  private static final String REFERENTIALS = "/v1/referentials/";
  private static final String UNTIL_2019 =
      "\"known\":{\"from\":\"2019-01-01\",\"to\":\"2019-01-02\"}";

  private final ContractClient client;

  NotKnownHttpTest(ContractClient client) {
    this.client = client;
  }

  private String ok(String address) {
    HttpResponse<String> response = client.get(REFERENTIALS + address);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return response.body();
  }

  private String problem(String address, String... headers) {
    HttpResponse<String> response = client.get(address, headers);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(404);
    return response.body();
  }

  // --- Before the history begins ---

  @Test
  void a_day_before_the_history_is_not_told_as_one_on_which_a_code_was_not_in_force() {
    // Lists of EPCI ship from 2019 on; this one is in the first of them.
    String address = REFERENTIALS + "epci/codes/240100891?date=2016-04-01";
    assertThat(problem(address, "Accept-Language", "en"))
        .contains("\"type\":\"/problems/before-horizon\"")
        .contains(
            "\"detail\":\"Nothing is known of 2016-04-01 in epci, whose history begins on"
                + " 2019-01-01: ask for that day or a later one.\"")
        .contains("\"referential\":\"epci\",\"date\":\"2016-04-01\",\"horizon\":\"2019-01-01\"")
        .contains("\"firstKnown\":{\"label\":\"")
        .contains("\"from\":\"2019-01-01\"")
        .doesNotContain("validity");
    assertThat(problem(address, "Accept-Language", "fr"))
        .contains("\"title\":\"Jour d'avant l'historique\"")
        .contains("demander ce jour-là ou un jour ultérieur");
  }

  @Test
  void what_no_list_has_may_have_been_a_code_before_the_first_one() {
    // The form of a SIREN, its check digit is right, and no list since 2019 has it.
    assertThat(problem(REFERENTIALS + "epci/codes/240100123?date=2012-01-01"))
        .contains("/problems/before-horizon");
    assertThat(problem(REFERENTIALS + "epci/codes/240100123?date=2022-01-01"))
        .contains("/problems/unknown-code");
    assertThat(problem(REFERENTIALS + "epci/codes/ABC?date=2012-01-01"))
        .contains("/problems/unknown-code");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/referentials/epci@2016-04-01/codes/240100891",
        "/v1/referentials/epci/codes?date=2016-04-01",
        "/v1/referentials/epci/codes?date=2016-04-01&format=csv",
        "/v1/referentials/epci/codes?date=2016-04-01&q=bellegarde",
        "/v1/referentials/communes/codes?date=1942-12-31",
        "/v1/referentials/epci/codes/240100891/descendants?date=2016-04-01",
        "/v1/referentials/communes/codes/01004/ancestors?date=2016-04-01&referential=epci",
        "/v1/referentials/epci/changes?from=2014-01-01&to=2016-01-01",
        "/v1/crosswalk?from=communes@2016-04-01&to=epci@2016-04-01&code=01004",
        "/v1/crosswalk?from=epci@2016-04-01&to=epci@2026&code=240100891",
        "/v1/crosswalk/table?from=communes@2026&to=epci@2016-04-01",
      })
  void every_question_before_it_is_that_problem(String address) {
    assertThat(problem(address)).contains("/problems/before-horizon").contains("\"horizon\":\"");
  }

  @Test
  void in_bulk_it_is_the_problem_of_the_item() {
    String items =
        "[{\"code\":\"240100891\",\"date\":\"2016-04-01\"},{\"code\":\"240100883\","
            + "\"date\":\"2019-01-01\"}]";
    HttpResponse<String> response =
        client.post(REFERENTIALS + "epci/lookup", "application/json", items);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body())
        .startsWith("[{\"input\":\"240100891\",\"status\":\"before-horizon\",\"problem\":{")
        .contains("\"type\":\"/problems/before-horizon\"")
        .contains("{\"input\":\"240100883\",\"code\":\"240100883\"");
    assertThat(
            client
                .post(
                    REFERENTIALS + "epci/lookup?fields=code,status",
                    "text/csv",
                    "code,date\r\n240100891,2016-04-01\r\n")
                .body())
        .isEqualTo("input,code,status,problem\r\n240100891,,before-horizon,before-horizon\r\n");
  }

  @Test
  void what_begins_with_the_history_may_have_begun_earlier() {
    assertThat(ok("epci/codes/240100883"))
        .contains("\"validity\":{\"from\":\"2019-01-01\",\"to\":null},\"beginsAtHorizon\":true,");
    assertThat(ok("communes/codes/01004?date=1950-01-01"))
        .contains("\"from\":\"1943-01-01\"")
        .contains("\"beginsAtHorizon\":true");
    // Ambérieu-en-Bugey has its name since 31 March 1955.
    assertThat(ok("communes/codes/01004")).doesNotContain("beginsAtHorizon");
    assertThat(ok("epci/codes?date=2019-01-01&limit=1")).contains("beginsAtHorizon");
    assertThat(ok("epci/codes/240100883/history")).contains("\"beginsAtHorizon\":true");
    assertThat(ok("epci/codes/240100883?format=csv&fields=code,from,beginsAtHorizon"))
        .isEqualTo("code,from,beginsAtHorizon\r\n240100883,2019-01-01,true\r\n");
    // A classification has no horizon: its codes begin with it.
    assertThat(ok("naf/codes/62.01Z")).doesNotContain("beginsAtHorizon");
  }

  @Test
  void what_lies_above_is_said_not_to_be_known_where_its_history_begins_later() {
    assertThat(ok("communes/codes/01004?date=2016-04-01"))
        .contains("\"referential\":\"departements\",\"code\":\"01\"")
        .doesNotContain("\"referential\":\"epci\"")
        .contains("\"notKnown\":[\"arrondissement\",\"epci\",\"codesPostaux\",\"siren\"]");
    assertThat(ok("communes/codes/01004/ancestors?date=2016-04-01"))
        .contains("\"referential\":\"departements\"")
        .contains("\"notKnown\":[\"arrondissements\",\"epci\"]");
    assertThat(ok("communes/codes/01004?date=2019-01-01")).doesNotContain("notKnown");
    assertThat(ok("communes/codes/01004")).doesNotContain("otKnown").doesNotContain("\"known\"");
  }

  @ParameterizedTest
  @CsvSource({
    "epci, 2016-04-01",
    "departements, 1960-01-01",
    "communes, 1940-01-01",
    "regions, 2010-01-01",
    "codes-postaux, 2010-01-01",
  })
  void the_first_day_of_a_history_creates_nothing(String referential, String from) {
    String answer = ok(referential + "/changes?from=" + from + "&to=2026");
    String horizon = answer.replaceFirst("(?s).*?\"horizon\":\"([^\"]*)\".*", "$1");
    assertThat(horizon).isGreaterThan(from);
    assertThat(answer)
        .doesNotContain("\"kind\":\"created\",\"date\":\"" + horizon + "\"")
        .doesNotContain("\"kind\":\"created\",\"date\":null");
  }

  @Test
  void nothing_is_created_where_nothing_is_known_of_before() {
    assertThat(ok("regions/changes?from=1950-01-01&to=1961-01-01")).contains("\"counts\":{}");
    assertThat(ok("naf/changes?from=1990-01-01&to=rev2")).contains("\"counts\":{}");
    assertThat(ok("epci/changes?from=2016-04-01&to=2019-01-01")).contains("\"total\":0");
    assertThat(ok("communes/changes?from=1940-01-01&to=1943-02-01")).contains("\"total\":0");
  }

  // --- Between two lists ---

  @Test
  void a_link_that_two_lists_differ_about_says_of_which_days_it_is_known() {
    // DGCL's list of 1 January 2020, which does not ship, has Pomas in Carcassonne Agglo already.
    assertThat(ok("communes/codes/11293?date=2020-01-01"))
        .contains(
            "{\"referential\":\"epci\",\"code\":\"200071926\",\"label\":\"CC du Limouxin\","
                + "\"level\":\"epci\","
                + UNTIL_2019
                + "}");
    assertThat(ok("communes/codes/11293?date=2019-01-01"))
        .contains("\"code\":\"200071926\"")
        .doesNotContain("\"known\"");
    assertThat(ok("communes/codes/11293?date=2021-01-01"))
        .contains("\"code\":\"200035715\"")
        .doesNotContain("\"known\"");
    assertThat(ok("communes@2020-01-01/codes/11293?format=csv&fields=code,epci,siren,known"))
        .isEqualTo(
            "code,epci,siren,known\r\n"
                + "11293,200071926,211102934,epci:2019-01-01/2019-01-02\r\n");
  }

  @Test
  void a_code_that_ended_between_two_lists_says_until_when_it_is_known() {
    // Crimolois was merged into Neuilly-lès-Dijon on 28 February 2019.
    assertThat(ok("communes/codes/21213?date=2020-01-01"))
        .contains("\"validity\":{\"from\":\"1943-01-01\",\"to\":\"2021-01-01\"}")
        .contains("\"known\":{\"from\":\"1943-01-01\",\"to\":\"2019-01-02\"}")
        .contains("\"attributesKnown\":{\"codesPostaux\":{\"from\":\"2019-01-01\"");
    assertThat(ok("communes/codes/21452?date=2026-03-01"))
        .contains("\"validity\":{\"from\":\"2021-01-01\",\"to\":null}")
        .contains("\"beginsAfter\":\"2019-01-01\"")
        .doesNotContain("\"known\"");
    assertThat(ok("communes/codes/21213/history"))
        .contains("\"date\":\"2021-01-01\",\"kind\":\"merged\"")
        .contains("\"derived\":true,\"dateAfter\":\"2019-01-01\"");
    assertThat(ok("communes/codes/21213/successors"))
        .contains("\"date\":\"2021-01-01\",\"dateAfter\":\"2019-01-01\"");
    assertThat(ok("communes/changes?from=2019&to=2021&kind=merged"))
        .contains("\"kind\":\"merged\",\"date\":\"2021-01-01\",\"dateAfter\":\"2019-01-01\"");
  }

  @Test
  void a_code_that_only_the_later_list_has_may_have_begun_before_it() {
    // DGCL's list of 1 January 2020, which does not ship, has it already.
    String address = REFERENTIALS + "epci/codes/200090579?date=2020-06-01";
    assertThat(problem(address, "Accept-Language", "en"))
        .contains("\"type\":\"/problems/not-known-at-date\"")
        .contains("\"beginsAfter\":\"2019-01-01\"");
    assertThat(problem(REFERENTIALS + "epci/codes/200090579?date=2019-01-01"))
        .contains("/problems/code-not-in-force");
  }

  @Test
  void a_list_says_between_which_lists_it_lies_and_what_only_the_later_one_has() {
    String lists = "\"lists\":{\"before\":\"2019-01-01\",\"after\":\"2021-01-01\"},";
    String first =
        "\"notKnown\":[\"200089456\",\"200090504\",\"200090561\",\"200090579\",\"200090751\","
            + "\"200093201\"],\"total\":1259,";
    String epci = "epci/codes?date=2020-06-01&fields=code&limit=";
    // Nine EPCI are in the list of 2021 and not in that of 2019; a page tells those of its stretch.
    assertThat(ok(epci + 1)).contains("\"date\":\"2020-06-01\"," + lists + "\"total\":1259");
    String page = ok(epci + 800);
    assertThat(page).contains(lists + first);
    String next = page.replaceFirst("(?s).*\"next\":\"([^\"]*)\".*", "$1");
    assertThat(ok(epci + 800 + "&cursor=" + next))
        .contains(lists + "\"notKnown\":[\"242300135\",\"242320000\",\"242320109\"],");

    // Sannerville stood alone again on 2020-01-01, Les Trois Lacs was divided on that day too.
    String communes = "communes/codes?date=2020-06-01&limit=1000&within=departements:";
    assertThat(ok(communes + 14)).contains("\"notKnown\":[\"14666\"],");
    assertThat(ok(communes + 75)).contains(lists).doesNotContain("otKnown");
    for (String form : new String[] {"csv", "ndjson"}) {
      HttpResponse<String> answer = client.get(REFERENTIALS + communes + "14&format=" + form);
      assertThat(answer.headers().firstValue("X-Not-Known")).hasValue("14666");
    }
  }

  @Test
  void the_list_of_a_day_that_is_known_says_nothing_of_lists() {
    assertThat(ok("epci/codes?date=2021-01-01&limit=1"))
        .doesNotContain("\"lists\"")
        .doesNotContain("otKnown");
    assertThat(ok("naf/codes?limit=1")).doesNotContain("\"lists\"");
    // Who asks for all codes sees the later ones, with the day after which they began.
    assertThat(ok("epci/codes?date=2020-06-01&status=future&limit=1"))
        .contains("\"code\":\"200089456\"")
        .contains("\"beginsAfter\":\"2019-01-01\"")
        .doesNotContain("otKnown");
  }

  @Test
  void what_stands_above_and_below_by_such_a_link_says_so_in_every_form() {
    String below = "epci/codes/200071926/descendants?date=2020-06-01";
    assertThat(ok(below))
        .contains("\"code\":\"11293\",\"label\":\"Pomas\",\"level\":\"commune\"," + UNTIL_2019)
        .contains("\"code\":\"11004\",\"label\":\"Alaigne\",\"level\":\"commune\"}");
    assertThat(ok(below + "&format=csv"))
        .startsWith("referential,code,label,level,known\r\n")
        .contains("communes,11293,Pomas,commune,2019-01-01/2019-01-02\r\n")
        .contains("communes,11004,Alaigne,commune,\r\n");
    assertThat(ok(below + "&format=ndjson"))
        .contains("\"label\":\"Pomas\",\"level\":\"commune\"," + UNTIL_2019 + "}\n");
    assertThat(ok("communes/codes/11293/ancestors?date=2020-06-01"))
        .contains(
            "\"code\":\"200071926\",\"label\":\"CC du Limouxin\",\"level\":\"epci\"," + UNTIL_2019)
        .containsOnlyOnce("\"known\"");
    assertThat(ok("epci/codes/200071926/descendants?date=2021-01-01&format=csv"))
        .startsWith("referential,code,label,level,known\r\n")
        .doesNotContain("/20");
    // The form of tables has no place for what is not known at all.
    HttpResponse<String> table =
        client.get(REFERENTIALS + "departements/codes/01/descendants?date=1955-01-01&format=csv");
    assertThat(table.headers().firstValue("X-Not-Known"))
        .hasValue("arrondissements, arrondissements-municipaux");
  }

  @Test
  void a_translation_by_such_a_link_says_so() {
    String there = "/v1/crosswalk?from=communes@2020-01-01&to=epci@2020-01-01&code=11293";
    assertThat(client.get(there).body()).contains("\"code\":\"200071926\"").contains(UNTIL_2019);
    assertThat(client.get(there.replace("2020", "2021")).body()).doesNotContain("\"known\"");
    assertThat(client.get(there + "&format=csv").body())
        .startsWith("code,label,status,target,targetLabel,match,share,basis,known\r\n")
        .endsWith(",2019-01-01/2019-01-02\r\n");
    HttpResponse<String> file =
        client.post(
            "/v1/crosswalk?from=communes@2020-01-01&to=epci@2020-01-01&policy=list",
            "text/csv",
            "code\r\n11293\r\n11069\r\n");
    assertThat(file.body())
        .startsWith("code,epci@2020-01-01,epci@2020-01-01:label,epci@2020-01-01:status,")
        .contains(":known\r\n")
        .contains(",2019-01-01/2019-01-02\r\n11069,200035715,CA Carcassonne Agglo,merged,\r\n");
  }

  @Test
  void figures_that_are_placed_by_such_a_link_have_a_line_of_their_own() {
    HttpResponse<String> file =
        client.post(
            "/v1/crosswalk?from=communes@2020-01-01&to=epci@2020-01-01&policy=weights&measure=n",
            "text/csv",
            "code;n\r\n11293;5\r\n11004;7\r\n11008;1\r\n");
    assertThat(file.body())
        .isEqualTo(
            "epci@2020-01-01;epci@2020-01-01:label;epci@2020-01-01:status;epci@2020-01-01:known;"
                + "code;n;rows\r\n"
                + "200071926;CC du Limouxin;placed;;;8;2\r\n"
                + "200071926;CC du Limouxin;placed;2019-01-01/2019-01-02;;5;1\r\n");
  }

  // --- What the list of a publisher leaves out ---

  @Test
  void a_referential_tells_what_its_list_leaves_out_and_the_short_names_that_nobody_states() {
    assertThat(ok("codes-postaux"))
        .contains("\"shortNames\":[],\"unlisted\":{\"title\":{\"fr\":\"code CEDEX, que la liste")
        .contains("\"words\":[\"cedex\"],\"beginning\":2}");
    assertThat(ok("regions"))
        .contains("{\"text\":\"PACA\",\"label\":\"Provence-Alpes-Côte d'Azur\"}")
        .contains("\"unlisted\":null");
  }
}
