package fr.pivot.validation;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.validation.Detector.Candidate;
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
}
