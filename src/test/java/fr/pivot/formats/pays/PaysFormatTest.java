package fr.pivot.formats.pays;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.formats.ReadFiles;
import fr.pivot.formats.ReadFiles.Correspondence;
import fr.pivot.formats.SharedFiles;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PaysFormatTest {

  @Test
  void insees_own_layout_leaves_out_what_is_no_more() {
    ReadFiles read =
        ReadFiles.of(
            new PaysFormat(),
            ReadFiles.file(
                "v_pays_territoire_2025.csv",
                """
                COG,ACTUAL,CRPAY,ANI,LIBCOG,LIBENR,CODEISO2,CODEISO3,CODENUM3
                99134,1,,,Espagne,Royaume d'Espagne,ES,ESP,724
                99313,4,99134,,Territoires espagnols en Afrique du Nord,"Ceuta, Melilla",ES,ESP,724
                99141,2,99109,1990,République démocratique allemande,,,,
                """));
    assertThat(read.described())
        .containsExactly("ignored-row v_pays_territoire_2025.csv:4 actual 2");
    assertThat(read.release("pays@2025").links("99313")).containsExactly("broader pays:99134");
    assertThat(read.correspondence("pays-2025.iso-3166-1").to("ES"))
        .containsExactly("99134", "99313");
  }

  @Test
  void every_country_of_2025_but_kosovo_has_an_iso_code() {
    ReadFiles read = ReadFiles.of(new PaysFormat(), SharedFiles.get("pays/cog-countries@2025.csv"));
    assertThat(read.described()).isEmpty();
    assertThat(read.release("pays@2025").levels())
        .isEqualTo(Map.of("pays", 197L, "territoire", 32L));
    Correspondence table = read.correspondence("pays-2025.iso-3166-1");
    assertThat(table.lines).hasSize(215);
    assertThat(table.from("99100")).containsExactly("FR exact");
    assertThat(table.from("99313")).containsExactly("ES broader");
    assertThat(table.from("99133")).containsExactly("GI narrower");
    assertThat(
            read.release("pays@2025").states.stream()
                .filter(s -> s.level().equals("pays") && table.from(s.code()).isEmpty())
                .map(s -> s.label()))
        .containsExactly("Kosovo");
  }
}
