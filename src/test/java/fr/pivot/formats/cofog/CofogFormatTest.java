package fr.pivot.formats.cofog;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.formats.ReadFiles;
import fr.pivot.formats.SharedFiles;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CofogFormatTest {

  @Test
  void a_class_lies_in_a_group_and_has_its_heading_in_three_languages() {
    ReadFiles read =
        ReadFiles.of(
            new CofogFormat(),
            ReadFiles.file(
                "cofog.csv",
                """
                Code,Description_EN,Description_FR,Description_ES,ExplanatoryNote
                01,General public services,Services généraux des administrations publiques,Servicios públicos generales,
                01.1.1,Executive and legislative organs  (CS),Fonctionnement des organes exécutifs et législatifs (SC),Órganos ejecutivos y legislativos (SC),
                """));
    assertThat(read.described()).isEmpty();
    assertThat(read.release("cofog@1999").links("01.1.1")).containsExactly("broader cofog:01.1");
    assertThat(read.release("cofog@1999").get("01").labels())
        .isEqualTo(Map.of("en", "General public services", "es", "Servicios públicos generales"));
  }

  @Test
  void the_whole_list_has_ten_divisions() {
    ReadFiles read = ReadFiles.of(new CofogFormat(), SharedFiles.get("cofog/cofog.csv"));
    assertThat(read.described()).isEmpty();
    assertThat(read.release("cofog@1999").levels())
        .isEqualTo(Map.of("division", 10L, "groupe", 69L, "classe", 109L));
  }
}
