package fr.pivot.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.pivot.PivotTest;
import fr.pivot.http.ContractClient;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Follows what is published and what changes over HTTP, with the referentials that ship. */
@PivotTest
class FeedHttpTest {

  private static final String ATOM = "http://www.w3.org/2005/Atom";
  private static final String CHANGES = "/v1/referentials/communes/changes?format=atom";

  private final EmbeddedServer server;
  private final ContractClient client;

  FeedHttpTest(EmbeddedServer server, ContractClient client) {
    this.server = server;
    this.client = client;
  }

  private HttpResponse<String> ok(String address, String... headers) {
    HttpResponse<String> response = client.get(address, headers);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return response;
  }

  /** A feed, held to the rules of RFC 4287. */
  private Element feed(String address) throws Exception {
    HttpResponse<String> response = ok(address);
    assertThat(response.headers().firstValue("Content-Type"))
        .hasValue("application/atom+xml;charset=utf-8");
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    Element feed =
        factory
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(response.body().getBytes(StandardCharsets.UTF_8)))
            .getDocumentElement();
    assertThat(feed.getLocalName()).isEqualTo("feed");
    isWhole(feed, Set.of("subtitle", "generator", "author", "entry", "link"));
    // 4.1.1: an author, unless every entry has one; a feed should have a link to itself.
    assertThat(text(one(one(feed, "author"), "name"))).isNotBlank();
    assertThat(link(feed, "self")).isEqualTo(server.getURI().resolve(address).toString());
    Set<String> ids = new HashSet<>(Set.of(text(one(feed, "id"))));
    Instant before = Instant.parse(text(one(feed, "updated")));
    for (Element entry : list(feed, "entry")) {
      isWhole(entry, Set.of("link", "summary", "category"));
      // 4.1.2: without content, a link to the alternate.
      assertThat(URI.create(link(entry, "alternate")).isAbsolute()).isTrue();
      assertThat(text(one(entry, "summary"))).isNotBlank();
      assertThat(ids.add(text(one(entry, "id")))).as("its id is its own").isTrue();
      Instant updated = Instant.parse(text(one(entry, "updated")));
      assertThat(updated).isBeforeOrEqualTo(before);
      before = updated;
      for (Element category : list(entry, "category")) {
        assertThat(category.getAttribute("term")).isNotBlank();
      }
    }
    return feed;
  }

  /** What feeds and entries must have once, and that they have nothing else but what is named. */
  private static void isWhole(Element element, Set<String> others) {
    assertThat(URI.create(text(one(element, "id"))).isAbsolute()).isTrue();
    assertThat(text(one(element, "title"))).isNotBlank();
    assertThat(text(one(element, "updated"))).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:.*Z");
    Set<String> known = new HashSet<>(others);
    known.addAll(Set.of("id", "title", "updated"));
    for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
      assertThat(child.getNamespaceURI()).isEqualTo(ATOM);
      assertThat(known).contains(child.getLocalName());
    }
    Set<String> links = new HashSet<>();
    for (Element link : list(element, "link")) {
      assertThat(link.getAttribute("href")).isNotBlank();
      assertThat(links.add(link.getAttribute("rel") + link.getAttribute("type"))).isTrue();
    }
  }

  private static List<Element> list(Element parent, String name) {
    List<Element> list = new ArrayList<>();
    for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element element && name.equals(element.getLocalName())) {
        list.add(element);
      }
    }
    return list;
  }

  private static Element one(Element parent, String name) {
    List<Element> all = list(parent, name);
    assertThat(all).as(name).hasSize(1);
    return all.getFirst();
  }

  private static String text(Element element) {
    return element.getTextContent();
  }

  private static String link(Element parent, String relation) {
    return list(parent, "link").stream()
        .filter(l -> l.getAttribute("rel").equals(relation))
        .map(l -> l.getAttribute("href"))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> titles(Element feed) {
    return list(feed, "entry").stream()
        .map(e -> text(one(e, "title")).replace('\u00a0', ' '))
        .toList();
  }

  private static String summary(Element feed, int entry) {
    return text(one(list(feed, "entry").get(entry), "summary"))
        .replace('\u00a0', ' ')
        .replace('\u202f', ' ');
  }

  @Test
  void links_lead_where_a_proxy_says_and_no_cache_gives_them_to_others() {
    HttpResponse<String> behind =
        ok(
            "/feed.atom?referential=communes",
            "X-Forwarded-Proto",
            "https",
            "X-Forwarded-Host",
            "pivot.example.fr");
    assertThat(behind.body()).contains("href=\"https://pivot.example.fr/feed.atom");
    assertThat(String.join(", ", behind.headers().allValues("Vary"))).contains("X-Forwarded-Host");
    assertThat(ok("/feed.atom?referential=communes", "X-Forwarded-Host", "x\"><script>").body())
        .contains("href=\"http://localhost:8080/feed.atom")
        .doesNotContain("script");
  }

  @Test
  void each_edition_that_was_published_is_an_entry_that_says_what_it_changed() throws Exception {
    Element feed = feed("/feed.atom?referential=communes");
    assertThat(titles(feed))
        .containsExactly(
            "Communes de France, édition 2026",
            "Communes de France, édition 2025",
            "Communes de France, édition 2024",
            "Communes de France, édition 2023",
            "Communes de France, édition 2022",
            "Communes de France, édition 2021",
            "Communes de France, édition 2019");
    assertThat(summary(feed, 0))
        .endsWith(
            " en vigueur au 1er janvier 2026. Depuis l’édition 2025 : 19 changements"
                + " de nom, 1 changement de statut ou de rattachement."
                + " Source : Insee.");
    assertThat(summary(feed, 6)).endsWith(" en vigueur au 1er janvier 2019. Source : Insee.");
    assertThat(link(list(feed, "entry").getFirst(), "alternate"))
        .isEqualTo(server.getURI().resolve("/referentiels/communes@2026").toString());
    assertThat(text(one(feed, "title")).replace('\u00a0', ' '))
        .isEqualTo("Éditions publiées : Communes de France");
  }

  @Test
  void a_feed_speaks_english_with_the_same_entries() throws Exception {
    Element english = feed("/feed.atom?referential=communes&lang=en");
    assertThat(english.getAttributeNS("http://www.w3.org/XML/1998/namespace", "lang"))
        .isEqualTo("en");
    assertThat(titles(english)).startsWith("French communes, edition 2026");
    assertThat(summary(english, 0))
        .endsWith(
            " in force on 1 January 2026. Since the edition 2025: 19 renamed,"
                + " 1 moved. Source: Insee.");
    assertThat(ids(english)).isEqualTo(ids(feed("/feed.atom?referential=communes")));
  }

  private static List<String> ids(Element feed) {
    return list(feed, "entry").stream().map(e -> text(one(e, "id"))).toList();
  }

  @Test
  void all_publications_are_told_fifty_at_most() throws Exception {
    Element feed = feed("/feed.atom");
    assertThat(list(feed, "entry")).hasSize(50);
    assertThat(titles(feed)).contains("Communes de France, édition 2026");
  }

  @Test
  void an_epci_is_followed_without_dates() throws Exception {
    Element feed = feed(CHANGES + "&within=epci:200065597");
    assertThat(titles(feed))
        .containsExactly(
            "Rétablissement : Saline (14712) → Sannerville (14666)",
            "Partage : Saline (14712) → Troarn (14712)");
    assertThat(summary(feed, 0))
        .isEqualTo(
            "Le 1er janvier 2021 au plus tard, après le 1er janvier 2019 : Sannerville (14666) est"
                + " rétabli, séparé de Saline (14712). Déduit en comparant les éditions (Communes"
                + " de France, 2021).");
    assertThat(link(list(feed, "entry").getFirst(), "alternate"))
        .isEqualTo(server.getURI().resolve("/referentiels/communes/codes/14666").toString());
    assertThat(one(list(feed, "entry").getFirst(), "category").getAttribute("term"))
        .isEqualTo("restored");
    assertThat(text(one(feed, "title")))
        .isEqualTo("Changements, Communes de France, CU Caen la Mer 200065597");
  }

  @Test
  void changes_are_followed_by_kind_the_last_edition_first() throws Exception {
    Element feed = feed(CHANGES + "&within=departements:14&kind=merged&lang=en");
    assertThat(titles(feed))
        .containsExactly(
            "Merger: Gerrots (14300) → Victot-en-Auge (14743)",
            "Merger: May-sur-Orne (14408) → Saint-Martin-de-May (14408)",
            "Merger: Saint-Martin-de-Fontenay (14623) → Saint-Martin-de-May (14408)",
            "Merger: Victot-Pontfol (14743) → Victot-en-Auge (14743)");
    assertThat(link(list(feed, "entry").getFirst(), "alternate"))
        .endsWith("/referentiels/communes/codes/14743?lang=en");
  }

  @Test
  void a_stretch_is_a_feed_too_and_a_change_keeps_its_id() throws Exception {
    Element whole = feed(CHANGES + "&within=departements:14&kind=merged");
    Element stretch = feed(CHANGES + "&within=departements:14&kind=merged&from=2024&to=2025");
    assertThat(ids(stretch)).isEqualTo(ids(whole));
    assertThat(list(feed(CHANGES + "&to=2019"), "entry")).isEmpty();
    assertThat(list(feed(CHANGES + "&from=1943-01-01"), "entry")).hasSize(200);
  }

  @Test
  void a_feed_is_what_a_reader_of_feeds_gets_from_the_same_address() {
    HttpResponse<String> response =
        ok("/v1/referentials/communes/changes?from=2025", "Accept", "application/atom+xml");
    assertThat(response.body()).startsWith("<?xml version=\"1.0\" encoding=\"utf-8\"?><feed ");
    String tag = response.headers().firstValue("ETag").orElseThrow();
    assertThat(
            client
                .get(
                    "/v1/referentials/communes/changes?from=2025",
                    "Accept",
                    "application/atom+xml",
                    "If-None-Match",
                    tag)
                .statusCode())
        .isEqualTo(304);
    assertThat(client.get("/v1/referentials/communes/changes?kind=merged").statusCode())
        .isEqualTo(400);
  }

  @Test
  void publications_are_listed_a_page_at_a_time() throws Exception {
    JsonNode all = json("/v1/changes?limit=1000");
    assertThat(all.get("total").asInt()).isEqualTo(77);
    assertThat(all.get("items")).hasSize(77);
    assertThat(all.get("next").isNull()).isTrue();
    List<String> walked = new ArrayList<>();
    String address = "/v1/changes?limit=30";
    while (!address.isEmpty()) {
      HttpResponse<String> page = ok(address);
      assertThat(page.headers().firstValue("X-Total-Count")).hasValue("77");
      new ObjectMapper()
          .readTree(page.body())
          .get("items")
          .forEach(
              i -> walked.add(i.get("referential").asText() + '@' + i.get("edition").asText()));
      String link = page.headers().firstValue("Link").orElse("");
      address = link.isEmpty() ? "" : link.substring(1, link.indexOf('>'));
    }
    List<String> whole = new ArrayList<>();
    all.get("items")
        .forEach(i -> whole.add(i.get("referential").asText() + '@' + i.get("edition").asText()));
    assertThat(walked).isEqualTo(whole).doesNotHaveDuplicates();
    assertThat(client.get("/v1/changes?cursor=xyz").statusCode()).isEqualTo(400);
    assertThat(client.get("/v1/changes?referential=comunes").statusCode()).isEqualTo(404);
    assertThat(client.get("/feed.atom?referential=comunes").statusCode()).isEqualTo(404);
  }

  private JsonNode json(String address) throws Exception {
    return new ObjectMapper().readTree(ok(address).body());
  }

  @Test
  void a_publication_says_what_it_holds_and_what_it_changed() throws Exception {
    JsonNode last = json("/v1/changes?referential=communes&limit=1").get("items").get(0);
    assertThat(last.get("edition").asText()).isEqualTo("2026");
    assertThat(last.get("previous").asText()).isEqualTo("2025");
    assertThat(last.get("referenceDate").asText()).isEqualTo("2026-01-01");
    assertThat(last.get("changes").toString()).isEqualTo("{\"renamed\":19,\"moved\":1}");
    JsonNode changes = json(last.get("changesUri").asText());
    assertThat(changes.get("counts")).isEqualTo(last.get("changes"));
    assertThat(json(last.get("uri").asText()).get("digest")).isEqualTo(last.get("digest"));
    assertThat(ok("/v1/changes?referential=communes&format=csv").body().lines().toList())
        .hasSize(8)
        .startsWith(
            "published,referential,edition,referenceDate,issued,count,total,digest,previous,"
                + "created,ceased,renamed,recoded,merged,split,restored,moved,other,uri")
        .anyMatch(
            l ->
                l.contains(",communes,2026,2026-01-01,")
                    && l.endsWith(
                        ",2025,0,0,19,0,0,0,0,1,0,/v1/referentials/communes/releases/2026"));
    assertThat(ok("/v1/changes?limit=3&format=ndjson").body().lines().count()).isEqualTo(3);
  }
}
