package fr.pivot.registry;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.TestDatabase;
import fr.pivot.catalog.Release;
import fr.pivot.importing.Imports;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Link;
import fr.pivot.referential.LinkType;
import fr.pivot.referential.Measure;
import fr.pivot.referential.Referential;
import fr.pivot.referential.Relation;
import fr.pivot.referential.Succession;
import fr.pivot.registry.CodeAnswer.Found;
import fr.pivot.registry.CodeAnswer.Status;
import io.micronaut.context.ApplicationContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every implementation of {@link Codes} answers: a kit that is run on the memory and on the
 * rows of the database. Another implementation is one more line of {@link #implementations}.
 */
class CodesTest {

  private static final long SEED = 20_261_130;

  /** A maker of the codes of a referential. */
  private interface Maker {
    Codes of(String referential);
  }

  @SuppressWarnings("NullAway.Init")
  private static TestDatabase database;

  @SuppressWarnings("NullAway.Init")
  private static ApplicationContext context;

  @SuppressWarnings("NullAway.Init")
  private static Registry registry;

  @SuppressWarnings("NullAway.Init")
  private static Connection connection;

  @BeforeAll
  static void load() throws SQLException {
    database = TestDatabase.shipped();
    context = database.start();
    registry = Imports.registry(context);
    connection = database.connect();
  }

  @AfterAll
  static void close() throws SQLException {
    connection.close();
    context.close();
    database.close();
  }

  static Stream<Named<Maker>> implementations() {
    return Stream.of(Named.of("memory", CodesTest::memory), Named.of("rows", CodesTest::rows));
  }

  private static Codes memory(String referential) {
    return registry.findCodes(referential).orElseThrow();
  }

  private static Codes rows(String referential) {
    Referential described = registry.catalog().findReferential(referential).orElseThrow();
    return new StoredCodes(DSL.using(connection, SQLDialect.POSTGRES), described);
  }

  private static Release release(String referential, String edition) {
    return registry.catalog().findRelease(referential, edition).orElseThrow();
  }

  private static LocalDate day(String text) {
    return LocalDate.parse(text);
  }

  @ParameterizedTest
  @MethodSource("implementations")
  void a_code_is_known_as_its_publisher_writes_it_and_found_as_people_do(Maker maker) {
    Codes naf = maker.of("naf");
    assertThat(naf.contains("62.01Z")).isTrue();
    assertThat(naf.contains("6201Z")).isFalse();
    assertThat(naf.findCanonical("6201z")).contains("62.01Z");
    assertThat(naf.findCanonical("62.01Z")).contains("62.01Z");
    assertThat(naf.findCanonical("99.99Z")).isEmpty();
    assertThat(naf.findCanonical("")).isEmpty();
    assertThat(naf.listBeginning("62.0", 3)).containsExactly("62.0", "62.01", "62.01Z");
    assertThat(naf.listBeginning("62.01Z", 3)).containsExactly("62.01Z");
    assertThat(naf.listBeginning("62.01Z ", 3)).isEmpty();
  }

  /** Official: 01091 changes its name on 1973-11-01 and goes into Valserhône on 2019-01-01. */
  @ParameterizedTest
  @MethodSource("implementations")
  void a_code_is_in_force_from_its_first_day_to_the_day_before_its_end(Maker maker) {
    Codes communes = maker.of("communes");
    Release release = release("communes", "2026");
    for (String out : List.of("1942-12-31", "2019-01-01")) {
      assertThat(communes.isInForce("01091", release, day(out))).as(out).isFalse();
      assertThat(communes.findLabel("01091", release, day(out))).as(out).isNull();
      assertThat(communes.findState("01091", release, day(out))).as(out).isNull();
    }
    for (String in : List.of("1973-11-01", "2018-12-31")) {
      assertThat(communes.isInForce("01091", release, day(in))).as(in).isTrue();
      assertThat(communes.findLabel("01091", release, day(in))).isEqualTo("Châtillon-en-Michaille");
    }
    assertThat(communes.findLabel("01091", release, day("1973-10-31")))
        .isEqualTo("Châtillon-de-Michaille");
    assertThat(communes.find("01091", release, day("2026-01-01")))
        .isInstanceOf(Answer.NotInForce.class);
    assertThat(communes.find("01999", release, day("2026-01-01"))).isEqualTo(new Answer.Unknown());
    assertThat(communes.listSuccessionsFrom("01091", release))
        .extracting(Succession::referentialAfter, Succession::codeAfter)
        .contains(org.assertj.core.groups.Tuple.tuple("communes", "01033"));
  }

  @ParameterizedTest
  @MethodSource("implementations")
  void many_codes_are_found_at_once_in_the_order_asked_and_each_once(Maker maker) {
    Codes communes = maker.of("communes");
    Release release = release("communes", "2026");
    Map<String, Answer> all =
        communes.findAll(List.of("75056", "01091", "nothing", "75056"), release, day("2026-01-01"));
    assertThat(all.keySet()).containsExactly("75056", "01091", "nothing");
    assertThat(all.get("75056")).isInstanceOf(Answer.InForce.class);
    assertThat(all.get("01091")).isInstanceOf(Answer.NotInForce.class);
    assertThat(all.get("nothing")).isInstanceOf(Answer.Unknown.class);
  }

  @ParameterizedTest
  @MethodSource("implementations")
  void pages_end_where_the_next_begin_and_hold_together_all_there_is(Maker maker) {
    Codes departements = maker.of("departements");
    Release release = registry.catalog().findLatest("departements").orElseThrow();
    LocalDate date = release.head().referenceDate();
    Codes.Filter now = new Codes.Filter(Status.IN_FORCE, Set.of(), null);
    List<String> codes = new ArrayList<>();
    String after = "";
    Codes.Page page;
    do {
      page = departements.listPage(release, date, now, after, 7);
      assertThat(page.total()).isEqualTo(departements.listInForce(release, date).size());
      assertThat(page.codes()).hasSizeLessThanOrEqualTo(7);
      page.codes().forEach(found -> codes.add(found.state().code()));
      after = codes.getLast();
    } while (page.more());
    assertThat(codes).isEqualTo(departements.listInForce(release, date));
    assertThat(departements.listPage(release, date, now, after, 7).codes()).isEmpty();
    assertThat(departements.listPage(release, date, now, "2A", 1).codes())
        .extracting(found -> found.state().code())
        .containsExactly("2B");
    // A page may begin after what is no code.
    assertThat(departements.listPage(release, date, now, "2A0", 1).codes())
        .extracting(found -> found.state().code())
        .containsExactly("2B");
    Codes.Filter few = new Codes.Filter(null, Set.of(), Set.of("75", "78", "nothing", "2B"));
    assertThat(departements.listPage(release, date, few, "", 2))
        .satisfies(
            p -> {
              assertThat(p.total()).isEqualTo(3);
              assertThat(p.more()).isTrue();
              assertThat(p.codes()).extracting(f -> f.state().code()).containsExactly("2B", "75");
            });
    Codes.Filter gone = new Codes.Filter(Status.CEASED, Set.of(), null);
    assertThat(departements.listPage(release, date, gone, "", 100).codes())
        .allSatisfy(f -> assertThat(f.status()).isEqualTo(Status.CEASED))
        .extracting(f -> f.state().code())
        .contains("20");
  }

  @ParameterizedTest
  @MethodSource("implementations")
  void links_lead_up_and_down(Maker maker) {
    Codes communes = maker.of("communes");
    Release release = release("communes", "2019");
    LocalDate date = day("2019-01-01");
    assertThat(communes.listLinks("01033", release, date))
        .extracting(Link::referential, Link::target)
        .contains(org.assertj.core.groups.Tuple.tuple("epci", "240100891"));
    assertThat(communes.listCodesLinkedTo(Relation.BROADER, "epci", "240100891", release, date))
        .contains("01033")
        .isSorted();
    assertThat(communes.statesLinks(Relation.BROADER, "epci", release, date)).isTrue();
    assertThat(communes.statesLinks(Relation.BROADER, "naf", release, date)).isFalse();
    assertThat(communes.listMeasures("01033", release))
        .containsExactly(new Measure("01033", "population", 11_666));
  }

  /** All that the contract says, of many codes on many days in all editions: one as the other. */
  @Test
  void nothing_outside_can_tell_which_it_asks() {
    Random random = new Random(SEED);
    for (String id : List.of("naf", "departements", "regions", "cpv", "iso-3166-1", "epci")) {
      Codes memory = memory(id);
      Codes rows = rows(id);
      List<Release> releases = registry.catalog().listReleases(id);
      assertThat(rows.size()).as(id).isEqualTo(memory.size());
      assertThat(rows.listLinkTypes()).as(id).containsExactlyElementsOf(memory.listLinkTypes());
      List<String> codes = CodeLists.all(memory);
      assertThat(CodeLists.all(rows)).as(id).isEqualTo(codes);
      Release latest = releases.getLast();
      assertThat(everything(rows, latest)).as(id).isEqualTo(everything(memory, latest));
      for (int i = 0; i < 12; i++) {
        String code = codes.get(random.nextInt(codes.size()));
        Release release = releases.get(random.nextInt(releases.size()));
        LocalDate date =
            LocalDate.of(1955 + random.nextInt(75), 1, 1).plusDays(random.nextInt(3) - 1);
        assertThat(answers(rows, code, release, date))
            .as("%s %s %s %s", id, code, release.edition(), date)
            .isEqualTo(answers(memory, code, release, date));
      }
    }
  }

  private static Map<String, @Nullable Object> everything(Codes codes, Release release) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    List<ConceptState> states = new ArrayList<>();
    codes.forEachState(release, states::add);
    all.put("states", states);
    all.put("successions", codes.listSuccessions(release).stream().sorted(SUCCESSIONS).toList());
    for (LinkType type : codes.listLinkTypes()) {
      all.put("first day of " + type, codes.findFirstDay(type, release));
    }
    all.put("in force", codes.listInForce(release, release.head().referenceDate()));
    return all;
  }

  private static final Comparator<Succession> SUCCESSIONS =
      Comparator.comparing(Succession::toString);

  private static Map<String, @Nullable Object> answers(
      Codes codes, String code, Release release, LocalDate date) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put(
        "canonical", codes.findCanonical(code.toLowerCase(java.util.Locale.ROOT).replace(".", "")));
    all.put("answer", codes.find(code, release, date));
    all.put("in force", codes.isInForce(code, release, date));
    all.put("label", codes.findLabel(code, release, date));
    all.put("state", codes.findState(code, release, date));
    all.put("states", codes.listStates(code, release));
    all.put("beginning", codes.listBeginning(code.substring(0, 1), 20));
    List<Link> links = codes.listLinks(code, release, date);
    all.put("links", links);
    all.put("all links", codes.listLinks(code, release));
    for (LinkType type : codes.listLinkTypes()) {
      all.put("links of " + type, codes.listLinks(code, type, release));
    }
    for (Link link : links) {
      all.put(
          "beside by " + link,
          codes.listCodesLinkedTo(
              link.relation(), link.referential(), link.target(), release, date));
      all.put(
          "ever beside by " + link,
          codes.listCodesEverLinkedTo(link.relation(), link.referential(), link.target(), release));
    }
    all.put("measures", Set.copyOf(codes.listMeasures(code, release)));
    all.put("from", Set.copyOf(codes.listSuccessionsFrom(code, release)));
    all.put("to", Set.copyOf(codes.listSuccessionsTo(codes.referential().id(), code, release)));
    List<@Nullable Status> statuses = new ArrayList<>(List.of(Status.values()));
    statuses.add(null);
    for (Status status : statuses) {
      for (Set<String> levels : levels(codes.referential())) {
        Codes.Page page =
            codes.listPage(release, date, new Codes.Filter(status, levels, null), code, 5);
        all.put("page of " + status + levels, describe(page));
      }
    }
    return all;
  }

  private static List<Set<String>> levels(Referential referential) {
    List<Set<String>> all = new ArrayList<>(List.of(Set.of()));
    if (!referential.levels().isEmpty()) {
      all.add(Set.of(referential.levels().getLast().id()));
    }
    return all;
  }

  private static List<Object> describe(Codes.Page page) {
    List<Object> all = new ArrayList<>(List.of(page.total(), page.more()));
    for (Found found : page.codes()) {
      all.add(found.state());
      all.add(found.status());
    }
    return all;
  }
}
