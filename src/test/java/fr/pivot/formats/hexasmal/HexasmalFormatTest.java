package fr.pivot.formats.hexasmal;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.finding.Rule;
import fr.pivot.formats.ReadFiles;
import fr.pivot.formats.ReadFiles.Correspondence;
import fr.pivot.formats.ReadOptions;
import fr.pivot.formats.SharedFiles;
import org.junit.jupiter.api.Test;

class HexasmalFormatTest {

  private static final String LINES =
      """
      Code_commune_INSEE;Nom_de_la_commune;Code_postal;Libellé_d_acheminement;Ligne_5
      75116;PARIS 16;75016;PARIS;
      75116;PARIS 16;75116;PARIS;
      97501;MIQUELON LANGLADE;97500;ST PIERRE ET MIQUELON;LANGLADE
      97501;MIQUELON LANGLADE;97500;ST PIERRE ET MIQUELON;MIQUELON LANGLADE
      97502;ST PIERRE;97500;ST PIERRE ET MIQUELON;ST PIERRE
      98901;ILE DE CLIPPERTON;98799;ILE DE CLIPPERTON;
      99138;MONACO;98000;MONACO;
      """;

  @Test
  void an_arrondissement_leads_to_its_commune_and_in_another_table_to_itself() {
    ReadFiles read =
        ReadFiles.of(new HexasmalFormat(), ReadFiles.file("019HexaSmal_2026-01.csv", LINES));
    assertThat(read.correspondence("codes-postaux-2026.communes-2026").from("75016"))
        .containsExactly("75056 related");
    assertThat(
            read.correspondence("codes-postaux-2026.arrondissements-municipaux-2026").to("75116"))
        .containsExactly("75016", "75116");
    assertThat(
            read.correspondence("codes-postaux-2026.communes-2026")
                .get("97500", "97501")
                .attributes())
        .containsEntry("acheminement", "ST PIERRE ET MIQUELON")
        .containsEntry("ligne5", "LANGLADE|MIQUELON LANGLADE");
    assertThat(read.described()).containsExactly("ignored-row 019HexaSmal_2026-01.csv:8 99138");
    assertThat(read.release("codes-postaux@2026").get("98000").label()).isEqualTo("MONACO");
  }

  @Test
  void clipperton_has_a_postal_code_as_its_commune_says() {
    ReadFiles read =
        ReadFiles.of(new HexasmalFormat(), ReadFiles.file("019HexaSmal_2026-01.csv", LINES));
    assertThat(read.correspondence("codes-postaux-2026.communes-2026").from("98799"))
        .containsExactly("98901 related");
    assertThat(read.release("codes-postaux@2026").links("98799"))
        .containsExactly("related communes:98901");
  }

  @Test
  void the_file_of_july_is_an_edition_of_its_own() {
    ReadFiles read =
        ReadFiles.of(new HexasmalFormat(), ReadFiles.file("019HexaSmal_2025-07.csv", LINES));
    assertThat(read.release("codes-postaux@2025-07").head.referenceDate()).isEqualTo("2025-07-01");
    assertThat(read.correspondences).containsKey("codes-postaux-2025-07.communes-2025");
  }

  @Test
  void the_whole_file_of_2026_serves_35_007_communes() {
    ReadFiles read =
        ReadFiles.of(new HexasmalFormat(), SharedFiles.get("laposte/019HexaSmal_2026-01.csv"));
    assertThat(read.findings.counts()).containsOnlyKeys(Rule.IGNORED_ROW);
    assertThat(read.release("codes-postaux@2026").states).hasSize(6328);
    Correspondence communes = read.correspondence("codes-postaux-2026.communes-2026");
    assertThat(communes.from("51300")).hasSize(46);
    assertThat(communes.to("13055")).hasSize(16);
    // 35,007 codes, less 45 arrondissements and Monaco, plus three communes.
    assertThat(communes.lines.stream().map(a -> a.target()).distinct()).hasSize(34_964);
  }

  @Test
  void lost_zeros_are_refused_line_by_line_or_given_back_where_asked() {
    ReadFiles refused =
        ReadFiles.of(
            new HexasmalFormat(),
            SharedFiles.get("laposte/laposte_hexasmal_2021_ANOMALIE_zeros_perdus.csv"));
    assertThat(refused.releases).isEmpty();
    assertThat(refused.findings.counts()).containsKey(Rule.LOST_LEADING_ZERO);
    ReadFiles repaired =
        ReadFiles.of(
            new HexasmalFormat(),
            new ReadOptions(null, true),
            SharedFiles.get("laposte/laposte_hexasmal_2021_ANOMALIE_zeros_perdus.csv"));
    assertThat(repaired.findings.counts().get(Rule.REPAIRED_LEADING_ZERO))
        .isEqualTo(refused.findings.counts().get(Rule.LOST_LEADING_ZERO));
    assertThat(repaired.correspondence("codes-postaux-2021.communes-2021").from("01480"))
        .contains("01021 related");
  }
}
