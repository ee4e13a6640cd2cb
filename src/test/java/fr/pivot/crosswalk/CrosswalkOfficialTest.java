package fr.pivot.crosswalk;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import fr.pivot.crosswalk.lineage.Arrival;
import fr.pivot.crosswalk.lineage.Share;
import fr.pivot.formats.cog.OfficialFiles;
import fr.pivot.registry.Codes;
import fr.pivot.registry.Point;
import fr.pivot.registry.Registry;
import fr.pivot.registry.memory.ReadRegistry;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The communes between dates, against INSEE's own files of 2023 and 2026. */
class CrosswalkOfficialTest {

  @SuppressWarnings("NullAway.Init")
  private static Registry registry;

  @BeforeAll
  static void read() throws IOException {
    registry = ReadRegistry.official(2023, 2026);
  }

  private static Translation translate(String from, String to, String code) {
    return Probe.crosswalk(registry, from, to).translate(code);
  }

  private static String told(String from, String to, String code) {
    Translation translation = translate(from, to, code);
    List<String> targets = translation.targets().stream().map(Arrival::code).toList();
    return translation.status().id() + ' ' + String.join("|", targets);
  }

  @Test
  void each_of_the_84_former_codes_with_several_heirs_is_answered() throws IOException {
    Map<String, Integer> outcomes = new TreeMap<>();
    try (CsvReader<NamedCsvRecord> rows =
        CsvReader.builder()
            .ofNamedCsvRecord(Path.of("src/test/resources/crosswalk/former-codes.csv"))) {
      for (NamedCsvRecord row : rows) {
        String code = row.getField("code");
        Translation translation =
            translate("communes@" + row.getField("day"), "communes@2026", code);
        String outcome = row.getField("outcome");
        outcomes.merge(outcome, 1, Integer::sum);
        assertThat(
                translation.targets().stream()
                    .map(Arrival::code)
                    .reduce((a, b) -> a + '|' + b)
                    .orElse(""))
            .as(code)
            .isEqualTo(row.getField("targets"));
        switch (outcome) {
          case "settled" ->
              assertThat(translation.status()).as(code).isIn(Status.SINGLE, Status.MERGED);
          case "ambiguous" -> {
            assertThat(translation.status()).as(code).isEqualTo(Status.AMBIGUOUS);
            assertThat(translation.doubt()).as(code).isNotNull();
          }
          default -> assertThat(translation.status()).as(code).isEqualTo(Status.NONE);
        }
      }
    }
    assertThat(outcomes).isEqualTo(Map.of("settled", 61, "ambiguous", 21, "none", 2));
  }

  /**
   * But for the overseas collectivities, of which INSEE's files say nothing and the package lists
   * those of today.
   */
  @Test
  void what_ships_tells_of_every_commune_what_insee_tells() throws IOException {
    Registry shipped = ReadRegistry.shipped();
    for (int year : List.of(1943, 1950, 1965, 1980, 2000)) {
      String then = "communes@" + year + "-02-01";
      assertThat(heirs(shipped, then, "communes@2026"))
          .as(then)
          .isEqualTo(heirs(registry, then, "communes@2026"));
      assertThat(heirs(shipped, "communes@2026", then))
          .as("to " + then)
          .isEqualTo(heirs(registry, "communes@2026", then));
    }
  }

  private static Map<String, String> heirs(Registry registry, String from, String to) {
    Map<String, String> heirs = new TreeMap<>();
    for (Translation translation : Probe.crosswalk(registry, from, to).listAll()) {
      if (!translation.code().matches("(97[578]|98).*|97123|97127")) {
        heirs.put(
            translation.code(),
            translation.status().id() + translation.targets().stream().map(Arrival::code).toList());
      }
    }
    return heirs;
  }

  @Test
  void sannerville_went_from_itself_to_itself() {
    assertThat(told("communes@2016-12-31", "communes@2018-01-01", "14666"))
        .isEqualTo("merged 14712");
    assertThat(told("communes@2016-12-31", "communes@2026", "14666")).isEqualTo("single 14666");
    assertThat(told("communes@2026", "communes@2016-12-31", "14666")).isEqualTo("single 14666");
    assertThat(told("communes@2018-01-01", "communes@2026", "14712"))
        .isEqualTo("split 14666|14712");
  }

  @Test
  void a_commune_that_absorbed_twice_is_all_that_it_gave_back() {
    // Lines of v_mvtcommune_2026.csv: 9845, 9853, 8445 and 7399 to 7402.
    assertThat(told("communes@1973-06-01", "communes@1990-01-01", "57460"))
        .isEqualTo("split 57069|57460|57570");
    for (String code : List.of("57069", "57460", "57570")) {
      assertThat(told("communes@1990-01-01", "communes@1973-06-01", code))
          .isEqualTo("merged 57460");
    }
    // 10909, 10912, 10916, 8313 and 6784 to 6787.
    assertThat(told("communes@1973-01-01", "communes@2026", "52113"))
        .isEqualTo("split 52113|52145|52170");
    assertThat(told("communes@2026", "communes@1973-01-01", "52145")).isEqualTo("merged 52113");
    // 8267, 8269, 8270, 8109 and 6748 to 6751.
    assertThat(told("communes@1974-06-01", "communes@2026", "67513"))
        .isEqualTo("split 67026|67027|67513");
    assertThat(told("communes@2026", "communes@1974-06-01", "67026")).isEqualTo("merged 67513");
    // 10879, 10893, 8278 and 6229 to 6231.
    assertThat(told("communes@1973-01-01", "communes@2026", "52332"))
        .isEqualTo("split 52033|52332|52465");
    assertThat(told("communes@2026", "communes@1973-01-01", "52033")).isEqualTo("merged 52332");
  }

  @Test
  void chains_of_one_day_are_followed_to_their_end() {
    assertThat(told("communes@2017-12-31", "communes@2018-01-01", "49144"))
        .isEqualTo("merged 44180");
    assertThat(told("communes@2018-01-01", "communes@2017-12-31", "44180"))
        .isEqualTo("split 44017|44093|44180|44191|44219|49144");
  }

  @Test
  void codes_swapped_on_one_day_stay_apart() {
    assertThat(told("communes@2014-01-06", "communes@2014-01-07", "14697"))
        .isEqualTo("single 14472");
    assertThat(told("communes@2014-01-07", "communes@2014-01-06", "14472"))
        .isEqualTo("single 14697");
  }

  @Test
  void a_code_that_lived_one_day_has_its_day() {
    assertThat(told("communes@2015-12-30", "communes@2015-12-31", "44060"))
        .isEqualTo("single 49382");
    assertThat(told("communes@2015-12-31", "communes@2016-01-01", "49382"))
        .isEqualTo("merged 49160");
  }

  @Test
  void editions_that_disagree_about_a_day_each_tell_their_own() {
    assertThat(told("communes@2023,2015-12-30", "communes@2023,2015-12-31", "44060"))
        .isEqualTo("single 44060");
    assertThat(told("communes@2023,2015-12-31", "communes@2026,2015-12-31", "44060"))
        .isEqualTo("single 49382");
    assertThat(told("communes@2026,2015-12-31", "communes@2023,2015-12-31", "49382"))
        .isEqualTo("single 44060");
    assertThat(told("communes@2026", "communes@2023,2015-12-31", "49160"))
        .isEqualTo("split 44060|49160|49321");
  }

  @Test
  void dates_in_the_middle_of_a_year_are_honoured() {
    assertThat(told("communes@2024-03-03", "communes@2024-03-04", "12076"))
        .isEqualTo("single 12218");
    assertThat(told("communes@2024-03-04", "communes@2024-03-05", "12218"))
        .isEqualTo("single 12218");
  }

  @Test
  void a_code_that_was_given_to_another_commune_leads_to_where_its_own_lies() {
    // Villotran was 60694 until 2018; since 2024 that is Les Hauts-Talican, which it is a part of.
    Translation translation = translate("communes@2017-01-01", "communes@2026", "60694");
    assertThat(translation.targets())
        .containsExactly(
            new Arrival("60694", fr.pivot.referential.correspondence.Match.BROADER, Share.WHOLE));
    assertThat(translation.with()).containsExactly("60455");
  }

  @Test
  void neussargues_became_five_communes() {
    assertThat(told("communes@2024-12-31", "communes@2025-01-01", "15141"))
        .isEqualTo("split 15031|15035|15047|15141|15171");
  }

  @Test
  void corsica_and_the_seine_et_oise_changed_their_codes() {
    assertThat(told("communes@1975-12-31", "communes@2026", "20004")).isEqualTo("single 2A004");
    assertThat(told("communes@1967-12-31", "communes@1968-01-01", "78122"))
        .isEqualTo("single 91122");
  }

  @Test
  void mayotte_has_communes_since_2011_only() {
    assertThat(told("communes@2026", "communes@2011-03-30", "97608")).isEqualTo("none ");
    assertThat(told("communes@2023,2011-04-01", "communes@2023", "97608"))
        .isEqualTo("single 97608");
  }

  /** Every commune déléguée or associée lies where the list of communes says. */
  @Test
  void every_former_commune_that_is_still_a_part_leads_to_the_commune_it_lies_in()
      throws IOException {
    Map<String, Set<String>> lies = new HashMap<>();
    Set<String> current = new HashSet<>();
    try (CsvReader<NamedCsvRecord> rows =
        CsvReader.builder()
            .ofNamedCsvRecord(
                new InputStreamReader(
                    OfficialFiles.communes(2026).content().open(), StandardCharsets.UTF_8))) {
      for (NamedCsvRecord row : rows) {
        switch (row.getField("TYPECOM")) {
          case "COM" -> current.add(row.getField("COM"));
          case "COMD", "COMA" ->
              lies.computeIfAbsent(row.getField("COM"), _ -> new HashSet<>())
                  .add(row.getField("COMPARENT"));
          default -> {
            // arrondissements municipaux are parts of another kind
          }
        }
      }
    }
    List<String> wrong = new ArrayList<>();
    int checked = 0;
    for (int year : new int[] {1955, 1972, 1999, 2012, 2018}) {
      Crosswalk crosswalk =
          Probe.crosswalk(registry, "communes@" + year + "-01-01", "communes@2026");
      for (Translation translation : crosswalk.listAll()) {
        Set<String> point = lies.get(translation.code());
        if (point != null && !current.contains(translation.code())) {
          checked++;
          Set<String> told = new TreeSet<>();
          translation.targets().forEach(t -> told.add(t.code()));
          if (!told.equals(point)) {
            wrong.add(year + " " + translation.code() + " " + told + " " + point);
          }
        }
      }
    }
    // Two communes gave a part of themselves away before they merged: that part lies elsewhere.
    assertThat(wrong)
        .containsExactly(
            "1955 27651 [27471, 27701] [27471]",
            "1972 27651 [27471, 27701] [27471]",
            "1999 52427 [52266, 52331] [52331]");
    assertThat(checked).isGreaterThan(5_000);
  }

  @Test
  void both_directions_of_every_pair_of_years_tell_the_same_and_lose_nothing() {
    Codes book = registry.findCodes("communes").orElseThrow();
    for (int[] years :
        new int[][] {{1999, 2024}, {1999, 2013}, {2010, 2018}, {2015, 2019}, {2016, 2024}}) {
      String from = "communes@" + years[0] + "-01-01";
      String to = "communes@" + years[1] + "-01-01";
      Map<String, Set<String>> forward = new TreeMap<>();
      Map<String, Set<String>> backward = new TreeMap<>();
      for (Translation translation : Probe.crosswalk(registry, from, to).listAll()) {
        for (Arrival target : translation.targets()) {
          forward.computeIfAbsent(translation.code(), _ -> new TreeSet<>()).add(target.code());
        }
        if (translation.status() == Status.SINGLE) {
          assertThat(told(to, from, translation.targets().getFirst().code()))
              .isEqualTo("single " + translation.code());
        }
      }
      for (Translation translation : Probe.crosswalk(registry, to, from).listAll()) {
        for (Arrival target : translation.targets()) {
          backward.computeIfAbsent(target.code(), _ -> new TreeSet<>()).add(translation.code());
        }
      }
      assertThat(backward).isEqualTo(forward);
      Point begin = Probe.point(registry, from);
      Set<String> lost = new TreeSet<>(book.listInForce(begin.release(), begin.date()));
      lost.removeAll(forward.keySet());
      // The two communes of Guadeloupe that became collectivities on 22 February 2007.
      assertThat(lost).isEqualTo(years[0] < 2007 ? Set.of("97123", "97127") : Set.of());
    }
  }

  @Test
  void years_in_between_change_nothing() {
    Crosswalk whole = Probe.crosswalk(registry, "communes@1999-01-01", "communes@2012-01-01");
    for (int middle : new int[] {2000, 2003, 2007, 2011}) {
      Crosswalk first =
          Probe.crosswalk(registry, "communes@1999-01-01", "communes@" + middle + "-07-01");
      Crosswalk second =
          Probe.crosswalk(registry, "communes@" + middle + "-07-01", "communes@2012-01-01");
      for (Translation translation : whole.listAll()) {
        Set<String> direct = new TreeSet<>();
        translation.targets().forEach(t -> direct.add(t.code()));
        Set<String> composed = new TreeSet<>();
        for (Arrival between : first.translate(translation.code()).targets()) {
          second.translate(between.code()).targets().forEach(t -> composed.add(t.code()));
        }
        assertThat(composed).as(translation.code() + " by " + middle).isEqualTo(direct);
      }
    }
  }
}
