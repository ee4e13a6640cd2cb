package fr.pivot.formats.dgcl;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.formats.ReadFiles;
import fr.pivot.formats.ReadFiles.Correspondence;
import fr.pivot.formats.SharedFiles;
import fr.pivot.referential.DayHead;
import fr.pivot.referential.Measure;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DgclFormatTest {

  private static final String HEADER =
      "dept,siren,raison_sociale,nature_juridique,mode_financ,nb_membres,total_pop_tot,"
          + "total_pop_mun,dep_com,insee,siren_membre,nom_membre,ptot_2025,pmun_2025\n";

  private static ReadFiles read(String lines) {
    return ReadFiles.of(new DgclFormat(), ReadFiles.file("epcicom.csv", HEADER + lines));
  }

  @Test
  void an_epci_is_told_once_and_its_members_lie_in_it() {
    ReadFiles read =
        read(
            """
            2B,242020105,CC de Calvi Balagne,CC,FPU,2,12842,12638,2B,2B025,212000251,Avapessa,81,81
            2B,242020105,CC de Calvi Balagne,CC,FPU,2,12842,12638,2B,2B050,212000509,Calvi,5981,5866
            ,,,,,,,,,,,,,
            """);
    assertThat(read.described()).isEmpty();
    ReadFiles.Release epci = read.release("epci@2025");
    assertThat(epci.get("242020105").attributes())
        .isEqualTo(Map.of("nature", "CC", "modeFinancement", "FPU"));
    assertThat(epci.measures)
        .containsExactly(
            new Measure("242020105", "population", 12638),
            new Measure("242020105", "populationTotale", 12842));
    Correspondence table = read.correspondence("communes-2025.epci-2025");
    assertThat(table.from("2B025")).containsExactly("242020105 broader");
    assertThat(table.get("2B025", "242020105").attributes())
        .isEqualTo(Map.of("siren", "212000251"));
  }

  @Test
  void what_communes_belong_to_on_the_first_day_of_the_year_is_a_list_of_that_day() {
    ReadFiles read =
        read(
            """
            2B,242020105,CC de Calvi Balagne,CC,FPU,1,12842,12638,2B,2B050,212000509,Calvi,5981,5866
            """);
    assertThat(read.days)
        .containsOnlyKeys(
            new DayHead(
                "communes", LocalDate.of(2025, 1, 1), Set.of("epci", "siren"), Set.of("epci")));
    assertThat(read.days.values().iterator().next())
        .extracting(
            l -> l.code() + " " + l.relation().id() + " " + l.referential() + " " + l.target())
        .containsExactly("2B050 broader epci 242020105", "2B050 related siren 212000509");
  }

  @Test
  void a_row_that_was_lost_shows_in_the_number_of_members() {
    assertThat(
            read("2B,242020105,CC de Calvi Balagne,CC,FPU,2,12842,12638,2B,2B025,212000251,Avapessa,81,81\n")
                .described())
        .containsExactly("conflicting-row epcicom.csv:2 nb_membres 2 → 1");
  }

  @Test
  void a_siren_that_does_not_prove_itself_is_refused() {
    assertThat(
            read("2B,242020106,CC de Calvi Balagne,CC,FPU,1,12842,12638,2B,2B025,212000251,Avapessa,81,81\n")
                .described())
        .containsExactly("bad-check-digit epcicom.csv:2 siren 242020106");
  }

  @ParameterizedTest
  @CsvSource({
    "dgcl_epci/epcicom2019.csv, 2019, 1259, 34966",
    "dgcl_epci/epcicom2020.csv, 2020, 1255, 34964",
    "dgcl_epci/epcicom2021.csv, 2021, 1254, 34961",
    "dgcl_epci/epcicom2022.csv, 2022, 1255, 34951",
    "dgcl_epci/epcicom2023.csv, 2023, 1255, 34941",
    "dgcl_epci/epcicom2024.csv, 2024, 1255, 34931",
    "dgcl_epci/epcicom2025.csv, 2025, 1255, 34871",
    "insee_natif/epcicom2025.xlsx, 2025, 1255, 34871"
  })
  void the_year_has_as_many_epci_and_members_as_the_dgcl_says(
      String file, String year, int epci, int communes) {
    ReadFiles read = ReadFiles.of(new DgclFormat(), SharedFiles.get(file));
    assertThat(read.described()).isEmpty();
    assertThat(read.release("epci@" + year).states).hasSize(epci);
    Correspondence table = read.correspondence("communes-" + year + ".epci-" + year);
    assertThat(table.lines).hasSize(communes);
    for (String island : new String[] {"22016", "29083", "29155", "85113"}) {
      assertThat(table.from(island)).isEmpty();
    }
  }
}
