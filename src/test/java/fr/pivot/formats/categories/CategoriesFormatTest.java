package fr.pivot.formats.categories;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.formats.ReadFiles;
import fr.pivot.formats.ReadOptions;
import fr.pivot.formats.SharedFiles;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CategoriesFormatTest {

  @Test
  void a_list_of_the_third_level_leaves_the_others_to_the_edition_before() {
    ReadFiles read =
        ReadFiles.of(
            new CategoriesFormat(),
            new ReadOptions("2022-09", false),
            ReadFiles.file(
                "categorie_juridique_niveau3.csv",
                "Code,Libellé\n1000,Entrepreneur individuel\n5710,\"SAS, société par actions simplifiée\"\n"));
    assertThat(read.described()).isEmpty();
    assertThat(read.release("categories-juridiques@2022-09").coverage.uncoveredCodes())
        .isEqualTo("^\\d{1,2}$");
    assertThat(read.release("categories-juridiques@2022-09").links).isEmpty();
  }

  @Test
  void without_a_date_the_edition_is_asked_for() {
    assertThat(
            ReadFiles.of(
                    new CategoriesFormat(),
                    ReadFiles.file("cj.csv", "Code,Libellé\n1000,Entrepreneur individuel\n"))
                .described())
        .containsExactly("unknown-edition cj.csv:0 cj.csv");
  }

  @Test
  void the_spreadsheet_of_july_2018_has_three_levels() {
    ReadFiles read =
        ReadFiles.of(new CategoriesFormat(), SharedFiles.get("cj/cj_juillet_2018.xls"));
    assertThat(read.described()).isEmpty();
    ReadFiles.Release release = read.release("categories-juridiques@2018-07");
    assertThat(release.levels())
        .isEqualTo(Map.of("niveau-1", 9L, "niveau-2", 37L, "niveau-3", 260L));
    assertThat(release.links("5710")).containsExactly("broader categories-juridiques:57");
    assertThat(release.links("57")).containsExactly("broader categories-juridiques:5");
    assertThat(release.links("5")).isEmpty();
  }
}
