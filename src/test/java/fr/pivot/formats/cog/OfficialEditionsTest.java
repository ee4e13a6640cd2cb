package fr.pivot.formats.cog;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.finding.Findings;
import fr.pivot.finding.Rule;
import fr.pivot.formats.InputFile;
import fr.pivot.formats.ReadOptions;
import fr.pivot.text.sheet.Delimited;
import java.io.IOException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * INSEE's whole files of six editions, held against each other: what the events of an edition make
 * of a day, against what the list of that day says.
 */
@TestInstance(Lifecycle.PER_CLASS)
class OfficialEditionsTest {

  private final Map<Integer, ReadReleases> editions = new HashMap<>();

  @ParameterizedTest
  @CsvSource({
    // edition, communes in force, associées and déléguées in force, events, repeated rows
    "2019, 34970, 2917, 13157, 6",
    "2021, 34965, 2732, 13470, 5",
    "2023, 34945, 2573, 13834, 0",
    "2024, 34935, 2564, 13284, 0",
    "2025, 34875, 2628, 13534, 0",
    "2026, 34875, 2576, 13734, 0"
  })
  void every_edition_is_read_whole_and_without_error(
      int edition, int communes, int parts, int events, int repeated) {
    ReadReleases read = edition(edition);
    assertThat(read.findings.hasErrors()).as(read.described().toString()).isFalse();
    assertThat(read.findings.counts().keySet())
        .isSubsetOf(Rule.DUPLICATE_ROW, Rule.SETTLED_CONTRADICTION);
    LocalDate day = LocalDate.of(edition, 1, 1);
    assertThat(read.communes().inForce(day, "commune")).hasSize(communes);
    assertThat(
            read.deleguees().inForce(day, "associee").size()
                + read.deleguees().inForce(day, "deleguee").size())
        .isEqualTo(parts);
    assertThat(read.get("arrondissements-municipaux").inForce(day, "arrondissement-municipal"))
        .hasSize(45);
    assertThat(read.releases.values().stream().mapToInt(r -> r.successions.size()).sum())
        .isEqualTo(events - repeated);
    assertThat(read.described(Rule.DUPLICATE_ROW)).hasSize(repeated);
  }

  @ParameterizedTest
  @ValueSource(ints = {2019, 2021, 2023, 2024, 2025, 2026})
  void every_edition_finds_its_own_list_in_force(int edition) throws IOException {
    ReadReleases read = edition(edition);
    LocalDate day = LocalDate.of(edition, 1, 1);
    assertThat(read.communes().inForce(day, "commune")).isEqualTo(listed(edition, "COM"));
    assertThat(read.deleguees().inForce(day, "associee")).isEqualTo(listed(edition, "COMA"));
    assertThat(read.deleguees().inForce(day, "deleguee")).isEqualTo(listed(edition, "COMD"));
    assertThat(read.get("arrondissements-municipaux").inForce(day, "arrondissement-municipal"))
        .isEqualTo(listed(edition, "ARM"));
  }

  /**
   * The events of 2026 give back the communes of every list, code by code, and the names but for
   * six communes nouvelles whose hyphens INSEE has added to the past since.
   */
  @ParameterizedTest
  @ValueSource(ints = {2019, 2021, 2023, 2024, 2025, 2026})
  void the_edition_of_2026_knows_the_communes_of_every_list(int year) throws IOException {
    SortedMap<String, String> expected = listed(year, "COM");
    if (year == 2019) {
      assertThat(expected.put("14406", "Moulins-en-Bessin")).isEqualTo("Moulins en Bessin");
      assertThat(expected.put("39378", "Les Trois-Châteaux")).isEqualTo("Les Trois Châteaux");
      assertThat(expected.put("60054", "Les Hauts-Talican")).isEqualTo("Les Hauts Talican");
      assertThat(expected.put("60209", "La Corne-en-Vexin")).isEqualTo("La Corne en Vexin");
      assertThat(expected.put("60682", "Villers-Saint-Frambourg-Ognon"))
          .isEqualTo("Villers Saint Frambourg-Ognon");
      assertThat(expected.put("72128", "Val-d'Étangson")).isEqualTo("Val d'Étangson");
    }
    assertThat(edition(2026).communes().inForce(LocalDate.of(year, 1, 1), "commune"))
        .isEqualTo(expected);
  }

  /**
   * INSEE has rewritten the past of communes associées and déléguées most of all. Where the edition
   * of 2026 no longer knows one that a list names, its events say that it ended by then (INSEE
   * learned of suppressions years late), or never was: they have no row that begins it, or end it
   * on the day it begins. Where it knows one more, its events begin it by then: a commune déléguée
   * that the list left out, or still called associée.
   */
  @ParameterizedTest
  @CsvSource({
    // year, level, type, no longer known, known besides
    "2019, associee, COMA, 45, 0",
    "2019, deleguee, COMD, 52, 21",
    "2021, associee, COMA, 24, 0",
    "2021, deleguee, COMD, 150, 19",
    "2023, associee, COMA, 3, 0",
    "2023, deleguee, COMD, 25, 0",
    "2024, associee, COMA, 2, 0",
    "2024, deleguee, COMD, 18, 0",
    "2025, associee, COMA, 1, 0",
    "2025, deleguee, COMD, 12, 0",
    "2026, associee, COMA, 0, 0",
    "2026, deleguee, COMD, 0, 0"
  })
  void the_edition_of_2026_differs_from_the_lists_of_deleguees_as_its_events_say(
      int year, String level, UnitType type, int lost, int besides) throws IOException {
    LocalDate day = LocalDate.of(year, 1, 1);
    SortedMap<String, String> expected = listed(year, type.name());
    SortedMap<String, String> known = edition(2026).deleguees().inForce(day, level);
    List<Event> events = events(2026);

    SortedSet<String> noLonger = new TreeSet<>(expected.keySet());
    noLonger.removeAll(known.keySet());
    assertThat(noLonger).hasSize(lost);
    Predicate<String> endedByThen =
        code ->
            events.stream().anyMatch(e -> isOn(e.before(), type, code) && !e.date().isAfter(day));
    Predicate<String> neverBegan =
        code -> events.stream().noneMatch(e -> isOn(e.after(), type, code));
    assertThat(noLonger).allMatch(endedByThen.or(neverBegan));

    SortedSet<String> more = new TreeSet<>(known.keySet());
    more.removeAll(expected.keySet());
    assertThat(more).hasSize(besides);
    assertThat(more)
        .allMatch(
            code ->
                events.stream()
                    .anyMatch(e -> isOn(e.after(), type, code) && !e.date().isAfter(day)));

    SortedMap<String, String> renamed = new TreeMap<>(known);
    renamed.keySet().retainAll(expected.keySet());
    renamed.entrySet().removeIf(e -> e.getValue().equals(expected.get(e.getKey())));
    // The déléguées at the heart of Brantôme en Périgord and Mesnils-sur-Iton were listed under the
    // names of the whole communes.
    assertThat(renamed)
        .isEqualTo(
            type == UnitType.COMD && year <= 2021
                ? Map.of("24064", "Brantôme", "27198", "Damville")
                : Map.of());
  }

  /** Figures that INSEE publishes: 36,679 communes in 1999, 36,682 in 2010, 35,357 in 2018. */
  @ParameterizedTest
  @CsvSource({
    "1999, 36679",
    "2010, 36682",
    "2015, 36658",
    "2016, 35885",
    "2017, 35416",
    "2018, 35357",
    "2019, 34970",
    "2020, 34968",
    "2022, 34955"
  })
  void the_communes_of_a_year_are_as_many_as_insee_says(int year, int communes) {
    assertThat(edition(2026).communes().inForce(LocalDate.of(year, 1, 1), "commune"))
        .hasSize(communes);
  }

  @Test
  void editions_disagree_about_the_last_day_of_2015() {
    LocalDate day = LocalDate.of(2015, 12, 31);
    assertThat(edition(2023).communes().inForce(day, "commune"))
        .containsKey("44060")
        .doesNotContainKey("49382");
    assertThat(edition(2024).communes().inForce(day, "commune"))
        .containsKey("49382")
        .doesNotContainKey("44060");
  }

  /** Mayotte became a département on 31 March 2011; editions tell differently what was before. */
  @Test
  void mayotte_was_renumbered_in_the_edition_of_2023_and_appears_in_that_of_2026() {
    ReadReleases renumbered = edition(2023);
    assertThat(renumbered.communes().history("98511"))
        .containsExactly("1943-01-01 2011-03-31 commune Mamoudzou");
    assertThat(renumbered.communes().history("97611"))
        .containsExactly("2011-03-31 … commune Mamoudzou");
    assertThat(renumbered.communes().successions("2011-03-31"))
        .contains("41 recoded 98511 → 97611");
    assertThat(edition(2024).communes().history("98511")).isEmpty();
    assertThat(edition(2024).communes().history("97611"))
        .containsExactly("1943-01-01 … commune Mamoudzou");
    assertThat(edition(2026).communes().history("98511")).isEmpty();
    assertThat(edition(2026).communes().history("97611"))
        .containsExactly("2011-03-31 … commune Mamoudzou");
    assertThat(edition(2026).communes().successions("2011-03-31"))
        .contains("20 created null → 97611");
  }

  @Test
  void contradictions_are_settled_one_way_and_told() {
    assertThat(edition(2019).described(Rule.SETTLED_CONTRADICTION))
        .containsExactly(
            "settled-contradiction mvtcommune-01012019.csv:5496 COMD 76108 → en vigueur jusqu'au"
                + " 2014-01-01");
    assertThat(edition(2021).described(Rule.SETTLED_CONTRADICTION))
        .extracting(f -> f.substring(f.indexOf("COM")))
        .containsExactlyInAnyOrder(
            "COM 73006 → en vigueur le 2021-01-01",
            "COM 52529 → en vigueur le 2021-01-01",
            "COM 08490 → en vigueur le 2021-01-01",
            "COM 52064 → en vigueur le 2021-01-01",
            "COMD 50139 → en vigueur jusqu'au 2020-03-15",
            "COMD 50319 → en vigueur jusqu'au 2020-03-15",
            "COMD 76108 → en vigueur jusqu'au 2014-01-01");
    for (int year : List.of(2023, 2024, 2025)) {
      assertThat(edition(year).described(Rule.SETTLED_CONTRADICTION))
          .extracting(f -> f.substring(f.indexOf("COM")))
          .containsExactlyInAnyOrder(
              "COM 52064 → en vigueur le " + year + "-01-01",
              "COM 13055 → en vigueur le " + year + "-01-01");
    }
    assertThat(edition(2026).described(Rule.SETTLED_CONTRADICTION))
        .extracting(f -> f.substring(f.indexOf("COM")))
        .containsExactlyInAnyOrder(
            "COM 49220 → en vigueur le 2026-01-01", "COM 13055 → en vigueur le 2026-01-01");
  }

  @Test
  void nonsard_is_restored_and_grows_on_one_day() {
    for (int year : List.of(2019, 2023, 2026)) {
      assertThat(edition(year).communes().history("55386"))
          .containsExactly(
              "1943-01-01 1973-01-01 commune Nonsard", "1983-01-01 … commune Nonsard-Lamarche");
      assertThat(edition(year).communes().history("55273"))
          .containsExactly("1943-01-01 1973-01-01 commune Lamarche-en-Woëvre");
      assertThat(edition(year).deleguees().history("55273"))
          .containsExactly("1973-01-01 … associee Lamarche-en-Woëvre");
    }
  }

  @Test
  void the_file_of_2023_that_lost_its_zeros_is_refused_line_by_line() {
    ReadReleases read =
        ReadReleases.of(OfficialFiles.communes(2023), zerosLost("v_mvtcommune_2023.csv"));
    assertThat(read.releases).isEmpty();
    assertThat(read.findings.counts()).containsOnly(Map.entry(Rule.LOST_LEADING_ZERO, 1922L));
    assertThat(read.described())
        .hasSize(Findings.LIMIT)
        .startsWith(
            "lost-leading-zero v_mvtcommune_2023.csv:2 COM_AV 1039 → 01039",
            "lost-leading-zero v_mvtcommune_2023.csv:2 COM_AP 1039 → 01039",
            "lost-leading-zero v_mvtcommune_2023.csv:3 COM_AV 1039 → 01039",
            "lost-leading-zero v_mvtcommune_2023.csv:3 COM_AP 1138 → 01138");
  }

  /** Besides its zeros, that file has another apostrophe in one name and another œ in another. */
  @Test
  void the_file_of_2023_that_lost_its_zeros_is_repaired_on_request() {
    ReadReleases read =
        ReadReleases.of(
            new ReadOptions(null, true),
            OfficialFiles.communes(2023),
            zerosLost("v_mvtcommune_2023.csv"));
    assertThat(read.findings.counts())
        .containsEntry(Rule.REPAIRED_LEADING_ZERO, 1922L)
        .containsEntry(Rule.SETTLED_CONTRADICTION, 2L)
        .hasSize(2);
    ReadReleases whole = edition(2023);
    for (String referential : whole.releases.keySet()) {
      ReadReleases.Release repaired = read.get(referential);
      assertThat(repaired.states).isEqualTo(whole.get(referential).states);
      assertThat(repaired.links).isEqualTo(whole.get(referential).links);
      assertThat(repaired.successions).isEqualTo(whole.get(referential).successions);
    }
  }

  @Test
  void the_divisions_of_2024_are_read() {
    ReadReleases read =
        ReadReleases.of(
            OfficialFiles.get("v_arrondissement_2024.csv"),
            OfficialFiles.get("v_departement_2024.csv"),
            OfficialFiles.get("v_region_2024.csv"));
    assertThat(read.described()).isEmpty();
    assertThat(read.get("arrondissements").states).hasSize(333);
    assertThat(read.get("departements").states).hasSize(101);
    assertThat(read.get("regions").states).hasSize(18);
    assertThat(read.get("departements").history("2A"))
        .containsExactly("2024-01-01 … departement Corse-du-Sud");
    assertThat(read.get("departements").links)
        .filteredOn(l -> l.code().equals("2A"))
        .singleElement()
        .satisfies(l -> assertThat(l.target()).isEqualTo("94"));
  }

  /**
   * The old list of 2018 and the events of 2026 agree on every code, and on every name but those
   * whose spelling INSEE has changed without an event since.
   */
  @Test
  void the_old_list_of_2018_is_what_the_events_of_2026_say() {
    ReadReleases read =
        ReadReleases.of(OfficialFiles.get("France2018.txt.latin1.tsv", "France2018.txt"));
    assertThat(read.described()).isEmpty();
    assertThat(read.releases.keySet())
        .containsExactlyInAnyOrder("communes", "arrondissements-municipaux");
    LocalDate day = LocalDate.of(2018, 1, 1);
    SortedMap<String, String> listed = read.communes().inForce(day, "commune");
    SortedMap<String, String> known = edition(2026).communes().inForce(day, "commune");
    assertThat(listed).hasSize(35_357);
    assertThat(listed.keySet()).isEqualTo(known.keySet());
    SortedMap<String, String> respelled = new TreeMap<>(listed);
    respelled.entrySet().removeAll(known.entrySet());
    assertThat(respelled)
        .isEqualTo(Map.of("14406", "Moulins en Bessin", "30243", "Saint-Christol-lès-Alès"));
    assertThat(read.communes().links)
        .filteredOn(l -> l.code().equals("01001"))
        .extracting(l -> l.referential() + " " + l.target())
        .containsExactly("departements 01", "regions 84", "arrondissements 012", "cantons 0108");
    assertThat(read.get("arrondissements-municipaux").links).hasSize(45);
  }

  private static InputFile zerosLost(String as) {
    return OfficialFiles.get("v_mvtcommune_2023_ANOMALIE_zeros_perdus.csv", as);
  }

  private ReadReleases edition(int edition) {
    return editions.computeIfAbsent(edition, ReadReleases::ofEdition);
  }

  private static boolean isOn(@Nullable Named side, UnitType type, String code) {
    return side != null && side.unit().equals(new Unit(type, code));
  }

  private static List<Event> events(int edition) throws IOException {
    InputFile input = OfficialFiles.events(edition);
    Findings findings = new Findings();
    try (Delimited file =
        Delimited.open(input.name(), input.content()::open, findings).orElseThrow()) {
      return new Tables(findings, new Codes(findings, false)).readEvents(file);
    }
  }

  /** The codes and labels of a type in the list of communes of a year, read as plain text. */
  private static SortedMap<String, String> listed(int year, String type) throws IOException {
    InputFile input = OfficialFiles.communes(year);
    SortedMap<String, String> labels = new TreeMap<>();
    try (Delimited file =
        Delimited.open(input.name(), input.content()::open, new Findings()).orElseThrow()) {
      file.forEach(
          row -> {
            if (row.get("typecom").equals(type)) {
              labels.put(row.get("com"), row.get("libelle"));
            }
          });
    }
    return labels;
  }
}
