package fr.pivot.validation.detection;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.validation.Shipped;
import fr.pivot.validation.detection.Detector.Candidate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which referential columns hold. */
class DetectorTest {

  private static String told(String header, String... values) {
    ColumnSample column = new ColumnSample(header, 0);
    for (String value : values) {
      column.add(value);
    }
    List<Candidate> candidates = Shipped.detector().detect(column);
    return candidates.isEmpty() || !candidates.getFirst().isAccepted()
        ? "nothing"
        : candidates.getFirst().content().name().toLowerCase(java.util.Locale.ROOT)
            + " of "
            + candidates.getFirst().referential().id();
  }

  @Test
  void the_name_decides_between_two_referentials_that_fit() {
    // Each is a commune and a postal code.
    String[] both = {"01500", "13100", "33000", "59000", "92000"};
    assertThat(told("code_insee", both)).isEqualTo("codes of communes");
    assertThat(told("code_postal", both)).isEqualTo("codes of codes-postaux");
  }

  @Test
  void the_values_decide_where_the_name_says_nothing() {
    assertThat(told("c1", "01004", "2A004", "33063", "69123", "97105", "14712", "49007", "35238"))
        .isEqualTo("codes of communes");
    assertThat(told("x", "62.01Z", "01.11Z", "47.11F")).isEqualTo("codes of naf");
    assertThat(told("tiers", "21860194600013", "21750001600019", "21690123100011"))
        .isEqualTo("codes of siret");
  }

  @Test
  void numbers_that_happen_to_be_codes_are_not_taken_for_them() {
    String[] amounts =
        IntStream.range(0, 200)
            .mapToObj(i -> Integer.toString(10_000 + i * 397))
            .toArray(String[]::new);
    assertThat(told("montant", amounts)).isEqualTo("nothing");
    assertThat(told("annee", "2018", "2019", "2020", "2021", "2022")).isEqualTo("nothing");
    assertThat(told("id", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10")).isEqualTo("nothing");
    assertThat(told("age", "34", "35", "52", "61", "18", "75", "92", "44")).isEqualTo("nothing");
    assertThat(told("reponse", "oui", "non")).isEqualTo("nothing");
    assertThat(told("nature", "CA", "CC", "CU", "ME")).isEqualTo("nothing");
  }

  @Test
  void a_column_of_names_is_one_of_labels() {
    assertThat(told("Département", "Finistère", "Côtes-d'Armor", "ILLE-ET-VILAINE"))
        .isEqualTo("labels of departements");
  }

  @Test
  void a_name_that_is_sure_holds_where_all_values_are_damaged() {
    assertThat(told("siret", "2,10104E+13", "3,94E+13")).isEqualTo("codes of siret");
    assertThat(told("code_insee", "6084", "6026", "6069")).isEqualTo("codes of communes");
  }

  @Test
  void years_in_names_are_passed_over() {
    assertThat(told("Code Siren 2024 EPCI", "200054781", "240100750")).isEqualTo("codes of epci");
    assertThat(told("Code Insee 2024 Commune", "01004")).isEqualTo("codes of communes");
  }

  @Test
  void a_name_alone_is_not_believed() {
    // DECP of Marseille and Valence, 2024; the election of 2017, a number within the département.
    assertThat(told("lieuExecution.typeCode", "Code département", "Code postal"))
        .isEqualTo("nothing");
    assertThat(told("titulaire_id_2", "CDL")).isEqualTo("nothing");
    assertThat(told("Code de la commune", "53", "54", "55", "184")).isEqualTo("nothing");
    // "Extraction de houille" and "Terrils ou crassier de mines" in one cell of a list of friches.
    assertThat(told("activite_code", "B05.10Z|V89.04Z")).isEqualTo("nothing");
  }

  @Test
  void what_was_not_seen_is_not_believed() {
    assertThat(told("siret")).isEqualTo("nothing");
    assertThat(told("siret", "", " ")).isEqualTo("nothing");
    assertThat(told("siret", "NULL", "-")).isEqualTo("nothing");
  }

  @Test
  void amounts_below_a_name_with_commune_in_it_are_none() {
    // DGCL, DSR 2020: 17087 and 23047 are communes too, as every third number of five digits is.
    assertThat(
            told(
                "dsr_garantie_commune_nouvelle_fraction_cible",
                "0 8924 53207 7883 42793 16907 23405 130882 46837 6719 6692 20158 33585 61549 3731"
                    .split(" ")))
        .isEqualTo("nothing");
    assertThat(
            told(
                "commune_montant",
                "17087 27019 23047 6376 174455 145065 89572 61989 141353 242905 67612 22889 135370"
                    .split(" ")))
        .isEqualTo("nothing");
  }

  @Test
  void codes_without_punctuation_tell_as_much() {
    assertThat(told("CODE_NAF2", "7820Z", "4932Z", "5630Z")).isEqualTo("codes of naf");
    assertThat(told("#1", "8412Z", "9602A")).isEqualTo("codes of naf");
    // Classes of the NACE without their point would be years.
    assertThat(told("annee", "2011", "2012", "2013", "2014", "2015", "2016")).isEqualTo("nothing");
  }

  @Test
  void blanks_within_a_number_make_it_no_less_telling() {
    assertThat(told("#9", "218 601 946 00013", "217 500 016 00019")).isEqualTo("codes of siret");
  }

  @Test
  void a_siren_below_the_name_of_a_siret_is_one() {
    assertThat(told("siret", "217500016", "218601946")).isEqualTo("codes of siren");
    assertThat(told("idBeneficiaire", "217500016")).isEqualTo("codes of siren");
    assertThat(told("siren", "21860194600013", "21750001600019")).isEqualTo("codes of siret");
  }

  @Test
  void numbers_of_the_right_form_are_held_to_their_name_whatever_their_check_digit() {
    assertThat(told("siret", "21860194600014", "21750001600018")).isEqualTo("codes of siret");
    assertThat(told("num_pdl", "14543476106188", "14543476106187")).isEqualTo("nothing");
  }
}
