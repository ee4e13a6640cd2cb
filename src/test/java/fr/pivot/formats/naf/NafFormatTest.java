package fr.pivot.formats.naf;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.formats.InputFile;
import fr.pivot.formats.ReadFiles;
import fr.pivot.formats.ReadOptions;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NafFormatTest {

  private static ReadFiles read(String... fixtures) {
    return read(new ReadOptions(null, false), fixtures);
  }

  private static ReadFiles read(ReadOptions options, String... fixtures) {
    InputFile[] files = new InputFile[fixtures.length];
    for (int i = 0; i < fixtures.length; i++) {
      files[i] = ReadFiles.resource(NafFormatTest.class, fixtures[i]);
    }
    return ReadFiles.of(new NafFormat(), options, files);
  }

  @Test
  void the_title_above_the_header_tells_the_edition_and_its_decree_the_validity() {
    ReadFiles read = read("liste_rev1.csv");
    assertThat(read.described()).isEmpty();
    ReadFiles.Release rev1 = read.release("naf@rev1");
    assertThat(rev1.head.referenceDate()).isEqualTo("2003-01-01");
    assertThat(rev1.get("72.2C").label()).isEqualTo("Autres activités de réalisation de logiciels");
    assertThat(rev1.get("72.2C").level()).isEqualTo("classe");
    assertThat(rev1.get("72.2C").validity().to()).isEqualTo(LocalDate.of(2008, 1, 1));
  }

  @Test
  void a_section_holds_the_divisions_below_it() {
    ReadFiles read = read("int_courts.csv");
    assertThat(read.described()).isEmpty();
    ReadFiles.Release rev2 = read.release("naf@rev2");
    assertThat(rev2.levels())
        .isEqualTo(
            Map.of("section", 2L, "division", 2L, "groupe", 2L, "classe", 2L, "sous-classe", 3L));
    assertThat(rev2.get("A").label()).isEqualTo("AGRICULTURE, SYLVICULTURE ET PÊCHE");
    assertThat(rev2.links("62")).containsExactly("broader naf:J", "related nace:62");
    assertThat(rev2.links("62.02A")).containsExactly("broader naf:62.02", "related nace:62.02");
    assertThat(rev2.get("01.11Z").attributes().get("libelle40"))
        .isEqualTo("Cult céréale, légumineuse, graine oléag.");
  }

  @Test
  void a_mark_after_a_code_is_no_part_of_it_and_decides_the_match() {
    ReadFiles read = read("table_rev1_rev2.csv");
    assertThat(read.described()).isEmpty();
    ReadFiles.Correspondence table = read.correspondence("naf-rev1.naf-rev2");
    assertThat(table.from("72.2C"))
        .containsExactly("62.01Z related", "62.02A related", "62.02B narrower", "62.09Z related");
    assertThat(table.from("72.2A"))
        .containsExactly("58.21Z related", "58.29A related", "58.29B related", "58.29C related");
    assertThat(table.from("72.1Z")).containsExactly("62.02A broader");
    assertThat(table.from("99.0Z")).containsExactly("99.00Z exact");
    assertThat(table.get("72.2C", "62.01Z").attributes())
        .containsEntry("partial", "both")
        .containsKey("content");
    assertThat(table.get("99.0Z", "99.00Z").attributes()).isEmpty();
    assertThat(read.releases).isEmpty();
  }

  @Test
  void the_pairs_of_the_table_to_2025_tell_the_match() {
    ReadFiles read = read("table_rev2_2025.csv");
    assertThat(read.described()).isEmpty();
    ReadFiles.Correspondence table = read.correspondence("naf-rev2.naf-2025");
    assertThat(table.head.source()).hasToString("naf@rev2");
    assertThat(table.head.target()).hasToString("naf@2025");
    assertThat(table.from("10.71B")).containsExactly("47.24Y broader");
    assertThat(table.from("01.19Z")).containsExactly("01.13Y related", "01.19Y narrower");
    assertThat(table.from("99.00Z")).containsExactly("99.00Y exact");
    assertThat(table.get("01.19Z", "01.13Y").attributes()).containsEntry("type", "Multiple");
  }

  @Test
  void what_is_wrong_is_told_with_its_place_and_nothing_is_given() {
    ReadFiles read = read("liste_fautive.csv");
    assertThat(read.described())
        .containsExactly(
            "lost-leading-zero liste_fautive.csv:3 code 1.1A → 01.1A",
            "malformed-code liste_fautive.csv:4 code 72.2",
            "empty-value liste_fautive.csv:5 libellé",
            "conflicting-row liste_fautive.csv:7 72.2C",
            "duplicate-row liste_fautive.csv:8 72.2C",
            "ragged-row liste_fautive.csv:9 3 → 2");
    assertThat(read.releases).isEmpty();
  }

  @Test
  void an_edition_that_nothing_tells_is_asked_for() {
    assertThat(read("liste_sans_titre.csv").described())
        .containsExactly("unknown-edition liste_sans_titre.csv:0 liste_sans_titre.csv");
    assertThat(read(new ReadOptions("1993", false), "liste_sans_titre.csv").releases)
        .containsOnlyKeys("naf@1993");
  }

  @Test
  void a_lost_zero_is_given_back_where_that_is_asked_for() {
    ReadFiles read =
        ReadFiles.of(
            new NafFormat(),
            new ReadOptions("rev1", true),
            ReadFiles.file("x.csv", "Code,Libellé\n1.1A,Culture de céréales\n"));
    assertThat(read.described()).containsExactly("repaired-leading-zero x.csv:2 code 1.1A → 01.1A");
    assertThat(read.release("naf@rev1").get("01.1A").label()).isEqualTo("Culture de céréales");
  }

  @Test
  void a_file_of_something_else_is_not_recognised() {
    ReadFiles read =
        ReadFiles.of(new NafFormat(), ReadFiles.file("x.csv", "COM,LIBELLE\n01004,Ambérieu\n"));
    assertThat(read.described()).containsExactly("unrecognised-file x.csv:0");
  }
}
