package fr.pivot.validation.detection;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.registry.Codes;
import fr.pivot.validation.Shipped;
import fr.pivot.validation.value.Yardstick;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Of which year codes are. */
class VintageTest {

  private static Vintage of(String referential, List<String> codes) {
    return Objects.requireNonNull(Vintage.find(Shipped.yardstick(referential), codes));
  }

  private static List<String> inForce(int year) {
    Yardstick yardstick = Shipped.yardstick("communes");
    Codes book = Objects.requireNonNull(yardstick.codes());
    return book.listInForce(Objects.requireNonNull(yardstick.release()), LocalDate.of(year, 1, 1));
  }

  @Test
  void a_whole_list_fits_the_years_that_hold_all_of_it() {
    List<String> codes = inForce(2019);
    Vintage vintage = of("communes", codes);
    // Communes only merged in those years, so that those before hold the same and more.
    assertThat(vintage.text()).isEqualTo("2017-2020");
    assertThat(vintage.fitting()).isEqualTo(codes.size());
    assertThat(vintage.known()).isEqualTo(codes.size());
    assertThat(vintage.runnerUp()).isNotNull();
    assertThat(vintage.runnerUpFitting()).isLessThan(codes.size());
  }

  @Test
  void a_code_that_retired_ends_the_range() {
    List<String> codes = new ArrayList<>(inForce(2019));
    codes.add("01091");
    assertThat(of("communes", codes).text()).isEqualTo("2017-2018");
  }

  @Test
  void a_few_codes_fit_decades() {
    assertThat(of("communes", List.of("01004", "69123")).text()).isEqualTo("1968-2026");
    // Châtillon-en-Michaille was a commune until 2018.
    assertThat(of("communes", List.of("01004", "01091")).text()).isEqualTo("1968-2018");
  }

  @Test
  void years_in_several_pieces_are_all_told() {
    // Sannerville was one until 2016, and is one again.
    assertThat(of("communes", List.of("14666")).text()).isEqualTo("1968-2016,2021-2026");
  }

  @Test
  void what_is_no_code_has_no_vintage() {
    assertThat(Vintage.find(Shipped.yardstick("communes"), List.of("99999", "ABC"))).isNull();
    assertThat(Vintage.find(Shipped.yardstick("communes"), List.of())).isNull();
    assertThat(Vintage.find(Shipped.yardstick("siret"), List.of("21860194600013"))).isNull();
  }

  @Test
  void classifications_fit_editions() {
    Vintage vintage = of("naf", List.of("62.01Z", "01.11Z"));
    assertThat(vintage.years()).isFalse();
    assertThat(vintage.text()).isEqualTo("rev2");
  }
}
