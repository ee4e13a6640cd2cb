package fr.pivot.crosswalk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fr.pivot.crosswalk.changes.Changes;
import fr.pivot.crosswalk.lineage.Arrival;
import fr.pivot.crosswalk.lineage.Doubt;
import fr.pivot.crosswalk.lineage.Share;
import fr.pivot.referential.SuccessionKind;
import fr.pivot.referential.correspondence.Match;
import fr.pivot.registry.Registry;
import fr.pivot.registry.memory.ReadRegistry;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Codes from one referential to another, with what ships with Pivot. */
class CrosswalkShippedTest {

  @SuppressWarnings("NullAway.Init")
  private static Registry registry;

  @BeforeAll
  static void read() throws IOException {
    registry = ReadRegistry.shipped();
  }

  private static Translation translate(String from, String to, String code) {
    return Probe.crosswalk(registry, from, to).translate(code);
  }

  private static String told(String from, String to, String code) {
    Translation translation = translate(from, to, code);
    return translation.status().id()
        + ' '
        + translation.targets().stream().map(Arrival::code).collect(Collectors.joining("|"));
  }

  private static Share share(Arrival target) {
    return Objects.requireNonNull(target.share(), target.code());
  }

  private static String route(String from, String to) {
    return Probe.crosswalk(registry, from, to).route().stream()
        .map(s -> s.getClass().getSimpleName() + ' ' + s.to())
        .collect(Collectors.joining("; "));
  }

  @Test
  void a_commune_of_2014_has_an_epci_of_2026() {
    assertThat(route("communes@2014-01-01", "epci@2026"))
        .isEqualTo("ThroughTime communes@2026,2026-01-01; AlongLinks epci@2026,2026-01-01");
    Translation translation = translate("communes@2014-01-01", "epci@2026", "01091");
    assertThat(translation.status()).isEqualTo(Status.MERGED);
    assertThat(translation.targets())
        .containsExactly(new Arrival("240100891", Match.BROADER, Share.WHOLE));
    assertThat(translation.with()).contains("01033", "01205", "01044");
    assertThat(translation.events().getFirst()).hasSize(1);
  }

  @Test
  void an_island_without_an_epci_has_none() {
    // Île-d'Yeu is one of four communes that belong to no EPCI.
    assertThat(told("communes@2026", "epci@2026", "85113")).isEqualTo("none ");
  }

  @Test
  void an_epci_is_split_into_its_communes_by_their_population() {
    Translation translation = translate("epci@2026", "communes@2026", "240100891");
    assertThat(translation.status()).isEqualTo(Status.SPLIT);
    assertThat(translation.targets()).hasSize(12);
    assertThat(translation.targets())
        .allSatisfy(
            t -> {
              assertThat(t.match()).isEqualTo(Match.NARROWER);
              assertThat(share(t).basis()).isEqualTo("population");
              assertThat(share(t).edition()).isEqualTo("2026");
            });
    double sum = translation.targets().stream().mapToDouble(t -> share(t).value()).sum();
    assertThat(sum).isCloseTo(1, within(1e-9));
    // Valserhône has 16,712 of 22,212 inhabitants.
    assertThat(share(translation.targets().getFirst()).text()).startsWith("0.75");
  }

  /** Shares of hundreds of communes, brought together; all communes of the Ain lie in an EPCI. */
  @Test
  void a_departement_is_shared_out_among_the_epci_of_its_communes() {
    Translation translation = translate("departements@2026", "epci@2026", "01");
    assertThat(translation.targets()).extracting(Arrival::code).contains("240100891", "200071751");
    assertThat(
            translation.targets().stream()
                .map(t -> share(t))
                .reduce((a, b) -> Objects.requireNonNull(Share.sum(a, b))))
        .hasValue(Share.of(1, 1, "population", "2026"));
  }

  @Test
  void a_split_is_shared_by_population() {
    Translation translation = translate("communes@2019", "communes@2026", "14712");
    assertThat(translation.status()).isEqualTo(Status.SPLIT);
    assertThat(translation.targets().stream().map(Arrival::code)).containsExactly("14666", "14712");
    assertThat(translation.targets().stream().mapToDouble(t -> share(t).value()).sum())
        .isCloseTo(1, within(1e-9));
  }

  @Test
  void a_commune_that_absorbed_twice_is_shared_among_all_that_it_gave_back() {
    Translation translation = translate("communes@1973-06-01", "communes@1990-01-01", "57460");
    assertThat(translation.status()).isEqualTo(Status.SPLIT);
    assertThat(translation.targets().stream().map(Arrival::code))
        .containsExactly("57069", "57460", "57570");
    assertThat(translation.targets().stream().mapToDouble(t -> share(t).value()).sum())
        .isCloseTo(1, within(1e-9));
    assertThat(told("communes@1990-01-01", "communes@1973-06-01", "57069"))
        .isEqualTo("merged 57460");
  }

  @Test
  void targets_that_hold_more_than_the_source_have_no_shares() {
    // Lénizeul came to Val-de-Meuse in 1974, and nobody says which piece it has been in since 2012.
    Translation translation = translate("communes@1973-01-01", "communes@2026", "52332");
    assertThat(translation.status()).isEqualTo(Status.SPLIT);
    assertThat(translation.targets())
        .extracting(Arrival::code)
        .containsExactly("52033", "52332", "52465");
    assertThat(translation.targets()).extracting(Arrival::share).containsOnlyNulls();
  }

  @Test
  void a_commune_that_only_its_part_says_was_given_back_was_given_back() {
    // INSEE, v_mvtcommune_2026.csv, line 7275: 55245 gave 55386 back; the package only says that
    // it was created, and that its commune associée ended in it. 7274: with it went 55273.
    assertThat(told("communes@1975-01-01", "communes@1990-01-01", "55245"))
        .isEqualTo("split 55245|55386");
    assertThat(told("communes@1990-01-01", "communes@1975-01-01", "55386"))
        .isEqualTo("merged 55245");
    assertThat(told("communes@1970-01-01", "communes@1990-01-01", "55273"))
        .isEqualTo("merged 55386");
  }

  /**
   * What the package only says was created or ended; lines of v_mvtcommune_2026.csv. Where a target
   * took from elsewhere too, nobody says how much.
   */
  @Test
  void communes_created_out_of_others_and_communes_divided_are_told_with_all_of_them() {
    // 7354 to 7369: eight communes gave the new town its land.
    assertThat(told("communes@1980-01-01", "communes@1982-01-01", "27528"))
        .isEqualTo("ambiguous 27528|27701");
    assertThat(told("communes@1982-01-01", "communes@1980-01-01", "27701"))
        .isEqualTo("ambiguous 27351|27365|27471|27474|27528|27537|27598|27651");
    // 7609 to 7612.
    assertThat(told("communes@1970-01-01", "communes@2026", "91122"))
        .isEqualTo("ambiguous 91122|91692");
    // 11426 and 11427.
    assertThat(told("communes@1968-03-01", "communes@1968-03-02", "08227"))
        .isEqualTo("ambiguous 08203|08454");
    // 12315, 13351, 12051, 13314, 13412.
    assertThat(told("communes@1964-01-01", "communes@1965-01-01", "45117"))
        .isEqualTo("ambiguous 45093|45313");
    assertThat(told("communes@1950-01-01", "communes@1951-01-01", "51385"))
        .isEqualTo("ambiguous 51440|51487|51503");
    assertThat(told("communes@1966-01-01", "communes@1967-01-01", "51606"))
        .isEqualTo("ambiguous 51235|51313|51369");
    assertThat(told("communes@1951-01-01", "communes@1952-01-01", "60606"))
        .isEqualTo("ambiguous 60509|60587");
    assertThat(told("communes@1949-01-01", "communes@1950-01-01", "77362"))
        .isEqualTo("ambiguous 77066|77444");
    // 6865.
    assertThat(told("communes@1989-01-01", "communes@1988-12-31", "97361"))
        .isEqualTo("merged 97306");
  }

  @Test
  void communes_overseas_begin_with_the_law_that_made_them_communes_of_departements() {
    // 6252; law 46-451 of 19 March 1946; law of 15 September 1947.
    assertThat(told("communes@2011-03-30", "communes@2026", "97611")).isEqualTo("unknown ");
    assertThat(told("communes@2011-03-31", "communes@2026", "97611")).isEqualTo("single 97611");
    assertThat(told("communes@1946-03-20", "communes@2026", "97101")).isEqualTo("unknown ");
    assertThat(told("communes@1946-03-21", "communes@2026", "97101")).isEqualTo("single 97101");
    assertThat(told("communes@1947-09-16", "communes@2026", "06163")).isEqualTo("unknown ");
    assertThat(told("communes@1988-12-31", "communes@2026", "97361")).isEqualTo("unknown ");
  }

  @Test
  void a_postal_code_of_many_communes_is_ambiguous() {
    Translation translation = translate("codes-postaux@2026", "communes@2026", "51300");
    assertThat(translation.status()).isEqualTo(Status.AMBIGUOUS);
    assertThat(translation.doubt()).isEqualTo(Doubt.SEVERAL_TIED);
    assertThat(translation.targets()).hasSize(46);
  }

  @Test
  void a_postal_code_of_paris_leads_to_paris() {
    assertThat(told("codes-postaux@2026", "communes@2026", "75001")).isEqualTo("merged 75056");
    assertThat(told("arrondissements-municipaux@2026", "communes@2026", "69381"))
        .isEqualTo("merged 69123");
  }

  @Test
  void a_commune_deleguee_is_followed_to_the_commune_it_lies_in_and_to_its_epci() {
    assertThat(told("communes-deleguees@2019", "communes@2026", "01091")).isEqualTo("merged 01033");
    assertThat(told("communes-deleguees@2019", "epci@2026", "01091")).isEqualTo("merged 240100891");
    assertThat(told("communes-deleguees@2018-01-01", "communes@2026", "14666"))
        .isEqualTo("single 14666");
    assertThat(told("communes@2015-01-01", "communes-deleguees@2026", "01091"))
        .isEqualTo("single 01091");
  }

  @Test
  void a_hierarchy_goes_up_and_down() {
    assertThat(told("departements@2026", "regions@2026", "01")).isEqualTo("merged 84");
    assertThat(told("regions@2026", "departements@2026", "84"))
        .isEqualTo("split 01|03|07|15|26|38|42|43|63|69|73|74");
  }

  /** Law 2015-29 of 16 January 2015: Rhône-Alpes and Auvergne are one since 2016. */
  @Test
  void regions_are_followed_through_the_mergers_of_2016() {
    assertThat(told("regions@2015-01-01", "regions@2026", "82")).isEqualTo("merged 84");
    assertThat(told("regions@2026", "regions@2015-01-01", "84")).isEqualTo("split 82|83");
    assertThat(told("departements@2015-01-01", "regions@2026", "67")).isEqualTo("merged 44");
    assertThat(told("communes@2010-01-01", "regions@2010-01-01", "01004")).isEqualTo("merged 82");
    assertThat(told("communes@2015-01-01", "regions@2016-01-01", "01004")).isEqualTo("merged 84");
  }

  /** Law 64-707 of 10 July 1964: Hauts-de-Seine also took in nine communes of Seine-et-Oise. */
  @Test
  void the_seine_was_shared_out_in_1968() {
    assertThat(translate("departements@1967-06-01", "departements@2026", "75").targets())
        .extracting(Arrival::code)
        .containsExactly("75", "92", "93", "94");
    assertThat(translate("departements@1967-06-01", "departements@2026", "78").targets())
        .extracting(Arrival::code)
        .containsExactly("78", "91", "92", "93", "94", "95");
    // Antony, which was 75002 in the Seine and is 92002 in Hauts-de-Seine.
    assertThat(told("communes@1967-06-01", "departements@1967-06-01", "75002"))
        .isEqualTo("merged 75");
    assertThat(told("communes@1967-06-01", "departements@2026", "75002")).isEqualTo("merged 92");
    assertThat(told("departements@1967-06-01", "regions@1967-06-01", "78")).isEqualTo("merged 11");
  }

  @Test
  void a_sub_class_of_naf_has_the_nace_class_of_its_class() {
    assertThat(told("naf@rev2", "nace@rev2", "62.01Z")).isEqualTo("merged 62.01");
    assertThat(told("naf@rev2", "nace@rev2", "6201z")).isEqualTo("merged 62.01");
  }

  /** The README's own example, with {@code --policy weights}. */
  @Test
  void figures_of_every_commune_of_1999_are_placed_in_a_region_of_2026() {
    assertThat(Probe.crosswalk(registry, "communes@1999-01-01", "regions@2026").listAll())
        .hasSize(36_771)
        .allSatisfy(
            t ->
                assertThat(
                        t.targets().size() == 1
                            || t.status() == Status.SPLIT
                                && t.targets().stream().allMatch(a -> a.share() != null))
                    .as(t.code())
                    .isTrue());
  }

  /** Mergers are told of communes; the SIREN of a commune that merged only ends. */
  @Test
  void a_commune_is_followed_to_its_heir_before_its_siren_is_asked_for() {
    assertThat(route("communes@2019", "siren@2026"))
        .isEqualTo("ThroughTime communes@2026,2026-01-01; AlongLinks siren@2026,2026-01-01");
    assertThat(route("siren@2026", "communes@2019"))
        .isEqualTo("AlongLinks communes@2026,2026-01-01; ThroughTime communes@2019,2019-01-01");
  }

  @Test
  void a_postal_code_is_in_the_departement_of_its_communes() {
    assertThat(route("codes-postaux@2026", "departements@2026"))
        .isEqualTo("AlongLinks communes@2026,2026-01-01; AlongLinks departements@2026,2026-01-01");
    assertThat(told("codes-postaux@2026", "departements@2026", "01000")).isEqualTo("merged 01");
    assertThat(told("codes-postaux@2026", "departements@2026", "75001")).isEqualTo("merged 75");
    assertThat(
            Probe.crosswalk(registry, "codes-postaux@2026", "regions@2026").listAll().stream()
                .filter(t -> t.status() == Status.NONE))
        .hasSizeLessThan(20);
  }

  @Test
  void codes_that_are_not_there_are_unknown() {
    assertThat(told("communes@2026", "communes@2019", "01091")).isEqualTo("unknown ");
    assertThat(told("communes@2026", "communes@2019", "99999")).isEqualTo("unknown ");
  }

  @Test
  void nothing_leads_from_words_of_procurement_to_currencies() {
    assertThat(
            Crosswalks.make(Probe.point(registry, "cpv@2008"), Probe.point(registry, "iso-4217")))
        .isEmpty();
  }

  @Test
  void the_same_point_is_no_step_at_all() {
    assertThat(route("naf@rev2", "naf@rev2")).isEmpty();
    assertThat(told("naf@rev2", "naf@rev2", "62.01Z")).isEqualTo("single 62.01Z");
  }

  @Test
  void changes_of_a_day_are_the_events_of_that_day() {
    assertThat(
            Changes.list(
                    Probe.point(registry, "communes@2018-12-31"),
                    Probe.point(registry, "communes@2019-01-01"))
                .stream()
                .filter(c -> "01091".equals(c.code()))
                .map(c -> c.kind().id() + ' ' + c.referentialAfter() + ' ' + c.labelAfter()))
        .containsExactly(
            "merged communes Valserhône", "moved communes-deleguees Châtillon-en-Michaille");
  }

  @Test
  void what_only_a_comparison_shows_is_listed_as_derived() {
    // The arrondissements of the Allier were redrawn on 1 January 2024.
    assertThat(
            Changes.list(
                Probe.point(registry, "communes@2023"), Probe.point(registry, "communes@2024")))
        .contains(
            new Changes.Change(
                SuccessionKind.MOVED,
                LocalDate.of(2024, 1, 1),
                "03016",
                "Barberier",
                "communes",
                "03016",
                "Barberier",
                null,
                "arrondissement",
                List.of("032"),
                List.of("033"),
                true,
                LocalDate.of(2023, 1, 1)));
    assertThat(
            Changes.list(Probe.point(registry, "epci@2024"), Probe.point(registry, "epci@2025"))
                .stream()
                .filter(c -> "200006930".equals(c.code()))
                .map(c -> c.kind().id() + ' ' + c.label() + " -> " + c.labelAfter()))
        .containsExactly("renamed CC du Haut Allier -> CC du Haut Allier Margeride");
  }
}
