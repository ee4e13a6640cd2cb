package fr.pivot.formats.comptes;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.formats.InputFile;
import fr.pivot.formats.ReadFiles;
import fr.pivot.formats.SharedFiles;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComptesFormatTest {

  private static final String PLAN =
      """
      <?xml version='1.0' encoding='ISO-8859-1'?>
      <Nomenclature Norme="M57" Declinaison="M57_A" Exer="2023"><Nature>
      <Chapitres><Chapitre Code="002" Libelle="Résultat de fonctionnement reporté"/></Chapitres>
      <Comptes>
      <Compte Code="020" Libelle="Dépenses imprévues" Lib_court="Dépenses imprévues" DR="020"/>
      <Compte Code="10" Libelle="Dotations, fonds divers et réserves" Lib_court="Dotations">
      <Compte Code="102" Libelle="Dotations et fonds d'investissement" Lib_court=""/></Compte>
      </Comptes></Nature>
      <Fonction><RefFonctionnelles><RefFonc Code="0" Libelle="Services généraux">
      <RefFonc Code="020" Libelle="Administration générale"/></RefFonc></RefFonctionnelles></Fonction>
      </Nomenclature>
      """;

  private static InputFile latin1(String name, String content) {
    byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
    return new InputFile(name, () -> new ByteArrayInputStream(bytes));
  }

  @Test
  void accounts_and_functions_are_told_apart() {
    ReadFiles read = ReadFiles.of(new ComptesFormat(), latin1("planDeCompte.xml", PLAN));
    assertThat(read.described()).isEmpty();
    assertThat(read.release("m57-a@2023").get("020").label()).isEqualTo("Dépenses imprévues");
    assertThat(read.release("m57-a@2023").get("020").attributes())
        .isEqualTo(Map.of("chapitreDR", "020"));
    assertThat(read.release("m57-a@2023").links("102")).containsExactly("broader m57-a:10");
    assertThat(read.release("m57-a-fonctions@2023").get("020").label())
        .isEqualTo("Administration générale");
    assertThat(read.release("m57-a-fonctions@2023").links("020"))
        .containsExactly("broader m57-a-fonctions:0");
  }

  @Test
  void an_entity_is_not_fetched_and_a_cut_file_is_refused() {
    String entity =
        "<?xml version='1.0'?><!DOCTYPE Nomenclature [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>"
            + "<Nomenclature Declinaison=\"M57\" Exer=\"2023\"><Compte Code=\"1\" Libelle=\"&e;\"/></Nomenclature>";
    ReadFiles read = ReadFiles.of(new ComptesFormat(), latin1("plan.xml", entity));
    assertThat(read.releases).isEmpty();
    ReadFiles cut = ReadFiles.of(new ComptesFormat(), latin1("plan.xml", PLAN.substring(0, 500)));
    assertThat(cut.releases).isEmpty();
    assertThat(cut.described().getFirst()).startsWith("unreadable-file plan.xml:");
  }

  @Test
  void a_name_that_tells_another_year_than_the_file_is_reported() {
    ReadFiles read =
        ReadFiles.of(new ComptesFormat(), SharedFiles.get("comptes/plans/2022_M57.xml"));
    assertThat(read.described())
        .singleElement()
        .asString()
        .startsWith("settled-contradiction 2022_M57.xml:")
        .endsWith("Exer 2022 → 2020");
    assertThat(read.releases).containsOnlyKeys("m57@2020", "m57-fonctions@2020");
  }

  @Test
  void the_plan_of_2023_has_2055_accounts_and_240_functions() {
    ReadFiles read =
        ReadFiles.of(new ComptesFormat(), SharedFiles.get("comptes/plans/2023_M57_A.xml"));
    assertThat(read.described()).isEmpty();
    assertThat(read.release("m57-a@2023").states).hasSize(2055);
    assertThat(read.release("m57-a-fonctions@2023").states).hasSize(240);
    assertThat(
            ReadFiles.of(
                    new ComptesFormat(), SharedFiles.get("comptes/plan-de-compte-M52-M52-2021.xml"))
                .releases)
        .containsOnlyKeys("m52@2021", "m52-fonctions@2021");
  }
}
