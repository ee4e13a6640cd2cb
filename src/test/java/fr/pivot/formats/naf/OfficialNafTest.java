package fr.pivot.formats.naf;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.formats.PairedCodes;
import fr.pivot.formats.ReadFiles;
import fr.pivot.formats.ReadFiles.Correspondence;
import fr.pivot.formats.ReadFiles.Release;
import fr.pivot.formats.SharedFiles;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.correspondence.Association;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** INSEE's whole files of NAF. */
class OfficialNafTest {

  private static ReadFiles read(String name) {
    ReadFiles read = ReadFiles.of(new NafFormat(), SharedFiles.get("naf/" + name));
    assertThat(read.described()).isEmpty();
    return read;
  }

  @ParameterizedTest
  @CsvSource({
    "NAF1993.csv, naf@1993, classe, 696",
    "naf1993_liste_n5.xlsx, naf@1993, classe, 696",
    "NAFRev1.csv, naf@rev1, classe, 712",
    "naf2003_liste_n5.xlsx, naf@rev1, classe, 712",
    "NAF2025.csv, naf@2025, sous-classe, 747"
  })
  void the_finest_level_has_as_many_codes_as_insee_says(
      String file, String reference, String level, long codes) {
    assertThat(read(file).release(reference).levels()).isEqualTo(Map.of(level, codes));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"NAFRev2.csv", "int_courts_naf_rev_2.latin1.csv", "int_courts_naf_rev_2.xlsx"})
  void revision_2_has_five_levels(String file) {
    Release rev2 = read(file).release("naf@rev2");
    assertThat(rev2.levels())
        .isEqualTo(
            Map.of(
                "section",
                21L,
                "division",
                88L,
                "groupe",
                272L,
                "classe",
                615L,
                "sous-classe",
                732L));
    assertThat(rev2.get("A").label()).isEqualTo("AGRICULTURE, SYLVICULTURE ET PÊCHE");
    assertThat(rev2.links("47")).containsExactly("broader naf:G", "related nace:47");
  }

  @Test
  void text_and_spreadsheet_say_the_same() {
    assertThat(read("int_courts_naf_rev_2.xlsx").release("naf@rev2").states)
        .isEqualTo(read("int_courts_naf_rev_2.latin1.csv").release("naf@rev2").states);
    assertThat(read("table_NAF1-NAF2.xlsx").correspondence("naf-rev1.naf-rev2").lines)
        .hasSameElementsAs(read("table_NAF1-NAF2.csv").correspondence("naf-rev1.naf-rev2").lines);
  }

  @ParameterizedTest
  @ValueSource(strings = {"table_NAF1-NAF2.csv", "table_NAF1-NAF2.xlsx"})
  void the_table_from_revision_1_to_2_has_1326_links(String file) {
    Correspondence table = read(file).correspondence("naf-rev1.naf-rev2");
    assertThat(table.lines).hasSize(1326);
    assertThat(table.matches())
        .isEqualTo(Map.of("exact", 259L, "narrower", 205L, "broader", 157L, "related", 705L));
    assertThat(heirs(table).values().stream().filter(n -> n > 1).count()).isEqualTo(296);
    assertThat(heirs(table)).hasSize(712);
    assertThat(table.from("72.2C"))
        .containsExactly("62.01Z related", "62.02A related", "62.02B narrower", "62.09Z related");
  }

  @Test
  void the_marks_of_partial_codes_say_what_the_pairs_say() {
    Correspondence table = read("table_NAF1-NAF2.xlsx").correspondence("naf-rev1.naf-rev2");
    PairedCodes pairs = new PairedCodes();
    table.lines.forEach(a -> pairs.add(a.source(), a.target()));
    assertThat(pairs.toAssociations().stream().map(Association::match))
        .containsExactlyElementsOf(table.lines.stream().map(Association::match).toList());
  }

  @Test
  void the_table_from_revision_2_to_2025_has_1223_links() {
    Correspondence table =
        read("naf_rev2_to_naf2025_insee_2026-01.csv").correspondence("naf-rev2.naf-2025");
    assertThat(table.lines).hasSize(1223);
    assertThat(heirs(table)).hasSize(732).containsEntry("47.91B", 36L);
    assertThat(table.from("10.71B")).containsExactly("47.24Y broader");
    assertThat(table.to("46.89Y")).isEmpty();
    Set<String> reached = table.lines.stream().map(Association::target).collect(Collectors.toSet());
    List<String> listed =
        read("NAF2025.csv").release("naf@2025").states.stream().map(ConceptState::code).toList();
    assertThat(listed).containsAll(reached);
    assertThat(listed.stream().filter(code -> !reached.contains(code))).containsExactly("46.89Y");
  }

  @Test
  void both_tables_keep_to_the_lists() {
    Set<String> rev1 = codes("NAFRev1.csv", "naf@rev1");
    Set<String> rev2 = codes("NAFRev2.csv", "naf@rev2");
    Correspondence first = read("table_NAF1-NAF2.csv").correspondence("naf-rev1.naf-rev2");
    assertThat(heirs(first).keySet()).isEqualTo(rev1);
    assertThat(rev2).containsAll(first.lines.stream().map(Association::target).toList());
    Correspondence second =
        read("naf_rev2_to_naf2025_insee_2026-01.csv").correspondence("naf-rev2.naf-2025");
    assertThat(rev2).containsAll(heirs(second).keySet());
  }

  @ParameterizedTest
  @ValueSource(strings = {"naf2008_5_niveaux.csv", "table_NAF2-NA.latin1.csv"})
  void files_that_say_less_are_known_and_left_aside(String file) {
    ReadFiles read = ReadFiles.of(new NafFormat(), SharedFiles.get("naf/" + file));
    assertThat(read.described()).containsExactly("ignored-file " + file + ":0");
  }

  private static Set<String> codes(String file, String reference) {
    return read(file).release(reference).states.stream()
        .map(ConceptState::code)
        .collect(Collectors.toSet());
  }

  private static Map<String, Long> heirs(Correspondence table) {
    return table.lines.stream()
        .collect(Collectors.groupingBy(Association::source, Collectors.counting()));
  }
}
