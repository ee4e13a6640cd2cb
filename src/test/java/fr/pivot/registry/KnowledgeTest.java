package fr.pivot.registry;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.catalog.Release;
import fr.pivot.referential.CheckRule;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Kind;
import fr.pivot.referential.Level;
import fr.pivot.referential.Link;
import fr.pivot.referential.LinkType;
import fr.pivot.referential.Referential;
import fr.pivot.referential.Relation;
import fr.pivot.referential.ReleaseHead;
import fr.pivot.referential.Succession;
import fr.pivot.referential.SuccessionKind;
import fr.pivot.referential.Text;
import fr.pivot.referential.Validity;
import fr.pivot.registry.memory.CodebookBuilder;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Pomas (11293) and its EPCI: in DGCL's list of 1 January 2019 it is in the Limouxin, in those of 1
 * January 2020 and 2021 in Carcassonne Agglo. Crimolois (21213): merged into 21452 on 28 February
 * 2019 (v_mvtcommune_2026, lines 860 and 861).
 */
class KnowledgeTest {

  private static final Link LIMOUXIN = link("11293", "200071926", "2019-01-01", "2021-01-01");
  private static final Link CARCASSONNE = link("11293", "200035715", "2021-01-01", null);

  private static LocalDate day(String day) {
    return LocalDate.parse(day);
  }

  private static Validity validity(String from, @Nullable String to) {
    return new Validity(day(from), to == null ? null : day(to));
  }

  private static Link link(String code, String epci, String from, @Nullable String to) {
    return new Link(code, Relation.BROADER, "epci", epci, validity(from, to), true);
  }

  private static ConceptState state(
      String code, String label, String from, @Nullable String to, boolean derived) {
    return new ConceptState(
        code, validity(from, to), "commune", label, Map.of(), Map.of(), derived);
  }

  /** An edition of that day, whose lists were seen on those days. */
  private static Release release(String day, String... observed) {
    List<LocalDate> days = Stream.of(observed).map(LocalDate::parse).toList();
    return new Release(
        1,
        (int) day(day).toEpochDay(),
        new ReleaseHead("communes", day.substring(0, 4), day(day), null, List.of()),
        "0",
        2,
        1,
        2,
        1,
        0,
        Map.of("concepts", days, "epci", days),
        Instant.EPOCH);
  }

  private static Codes book(List<Link> links, Succession... successions) {
    CodebookBuilder book =
        new CodebookBuilder(
            new Referential(
                "communes",
                Kind.TERRITORY,
                new Text("communes", "communes"),
                new Text("", ""),
                "INSEE",
                null,
                null,
                "",
                Pattern.compile(".+"),
                CheckRule.NONE,
                "11293",
                List.of(new Level("commune", new Text("commune", "commune"))),
                List.of(new LinkType(Relation.BROADER, "epci", "epci", false, false)),
                List.of(),
                day("1943-01-01"),
                List.of(),
                false,
                List.of(),
                null,
                Referential.Usage.PLAIN));
    book.addState(state("11293", "Pomas", "1943-01-01", null, false), null, null);
    book.addState(state("21213", "Crimolois", "1943-01-01", "2021-01-01", true), null, null);
    links.forEach(link -> book.addLink(link, null, null));
    Stream.of(successions).forEach(succession -> book.addSuccession(succession, null, null));
    return book.build();
  }

  private static Succession merger(String day, boolean derived) {
    return new Succession(
        day(day), "21213", "communes", "21452", SuccessionKind.MERGED, null, derived);
  }

  @Test
  void what_two_lists_differ_about_is_known_until_the_first_of_them() {
    Knowledge knowledge =
        book(List.of(LIMOUXIN, CARCASSONNE))
            .knowledge(release("2021-01-01", "2019-01-01", "2021-01-01"));
    assertThat(knowledge.find(LIMOUXIN)).isEqualTo(validity("2019-01-01", "2019-01-02"));
    assertThat(knowledge.isKnown(LIMOUXIN, day("2019-01-01"))).isTrue();
    assertThat(knowledge.isKnown(LIMOUXIN, day("2020-01-01"))).isFalse();
    assertThat(knowledge.find(CARCASSONNE)).isNull();
    assertThat(knowledge.findBeginsAfter(CARCASSONNE)).isEqualTo(day("2019-01-01"));
  }

  @Test
  void a_list_of_the_day_itself_takes_the_mark_away() {
    Link until = link("11293", "200071926", "2019-01-01", "2020-01-01");
    Link since = link("11293", "200035715", "2020-01-01", null);
    Knowledge knowledge =
        book(List.of(until, since))
            .knowledge(release("2021-01-01", "2019-01-01", "2020-01-01", "2021-01-01"));
    assertThat(knowledge.isKnown(since, day("2020-01-01"))).isTrue();
    assertThat(knowledge.isKnown(since, day("2020-06-01"))).isTrue();
    assertThat(knowledge.isKnown(until, day("2019-06-01"))).isFalse();
  }

  @Test
  void what_is_carried_over_is_known_until_its_last_list() {
    Knowledge knowledge =
        book(List.of(LIMOUXIN, CARCASSONNE))
            .knowledge(release("2026-01-01", "2019-01-01", "2021-01-01", "2025-01-01"));
    assertThat(knowledge.find(CARCASSONNE)).isEqualTo(validity("2021-01-01", "2025-01-02"));
    assertThat(knowledge.isKnown(CARCASSONNE, day("2023-06-01"))).isTrue();
    assertThat(knowledge.isKnown(CARCASSONNE, day("2026-03-01"))).isFalse();
  }

  @Test
  void a_code_ends_when_its_publisher_says_and_else_between_two_lists() {
    Release release = release("2021-01-01", "2019-01-01", "2021-01-01");
    ConceptState crimolois = state("21213", "Crimolois", "1943-01-01", "2021-01-01", true);
    Knowledge derived = book(List.of(), merger("2021-01-01", true)).knowledge(release);
    assertThat(derived.find(crimolois)).isEqualTo(validity("1943-01-01", "2019-01-02"));
    assertThat(derived.isDoubtful("21213", day("2020-01-01"))).isTrue();
    assertThat(derived.isDoubtful("21213", day("2019-01-01"))).isFalse();
    assertThat(derived.findHappenedAfter(merger("2021-01-01", true))).isEqualTo(day("2019-01-01"));
    Knowledge stated = book(List.of(), merger("2021-01-01", false)).knowledge(release);
    assertThat(stated.find(crimolois)).isNull();
    assertThat(stated.findHappenedAfter(merger("2021-01-01", false))).isNull();
  }

  @Test
  void a_kind_of_link_is_not_known_before_the_first_of_them() {
    Knowledge knowledge =
        book(List.of(LIMOUXIN, CARCASSONNE))
            .knowledge(release("2021-01-01", "2019-01-01", "2021-01-01"));
    assertThat(knowledge.listUnknown("11293", day("2016-04-01")))
        .extracting(LinkType::property)
        .containsExactly("epci");
    assertThat(knowledge.listUnknown("11293", day("2019-01-01"))).isEmpty();
    // In force on the first day that is known, and in no EPCI then.
    assertThat(knowledge.listUnknown("21213", day("2016-04-01"))).isEmpty();
  }

  @Test
  void a_creation_on_the_first_day_of_the_history_is_none() {
    Succession created =
        new Succession(
            day("1943-01-01"), null, "communes", "11293", SuccessionKind.CREATED, null, false);
    Release release = release("2021-01-01");
    assertThat(book(List.of(), created).listSuccessions(release)).isEmpty();
  }
}
