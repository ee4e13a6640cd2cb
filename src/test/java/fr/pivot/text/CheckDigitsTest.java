package fr.pivot.text;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.finding.Findings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Assumptions;

class CheckDigitsTest {

  @Example
  void official_numbers_pass() {
    assertThat(CheckDigits.isSiren("120027016")).as("INSEE").isTrue();
    assertThat(CheckDigits.isSiret("12002701600563")).as("INSEE, head office").isTrue();
    assertThat(CheckDigits.isSiren("356000000")).as("La Poste").isTrue();
    assertThat(CheckDigits.isSiret("35600000000048")).as("La Poste, head office").isTrue();
  }

  @Example
  void an_establishment_of_la_poste_passes_by_the_sum_of_its_digits() {
    assertThat(CheckDigits.isLuhn("35600000049837")).isFalse();
    assertThat(CheckDigits.isSiret("35600000049837")).isTrue();
    assertThat(CheckDigits.isSiret("35600000049838")).isFalse();
  }

  @Example
  void anything_but_ascii_digits_of_the_right_length_fails() {
    assertThat(CheckDigits.isSiren("")).isFalse();
    assertThat(CheckDigits.isSiren("12002701")).isFalse();
    assertThat(CheckDigits.isSiren("120 027 016")).isFalse();
    assertThat(CheckDigits.isSiren("١٢٠٠٢٧٠١٦")).isFalse();
    assertThat(CheckDigits.isSiret("120027016")).isFalse();
  }

  @Example
  void the_procurement_vocabulary_weighs_its_digits() {
    assertThat(CheckDigits.cpvDigit("03000000")).isEqualTo(1);
    assertThat(CheckDigits.cpvDigit("03110000")).isEqualTo(5);
    assertThat(CheckDigits.cpvDigit("03113100")).isEqualTo(7);
    assertThat(CheckDigits.cpvDigit("18451000")).isEqualTo(5);
    assertThat(CheckDigits.cpvDigit("71355200")).isEqualTo(3);
  }

  @Example
  void the_regulation_does_not_keep_to_the_formula_for_fishing() {
    assertThat(CheckDigits.cpvDigit("03300000")).as("published as 03300000-2").isEqualTo(4);
  }

  /** The whole vocabulary as published, where it is at hand: 533 codes break the formula. */
  @Example
  void most_published_codes_of_the_procurement_vocabulary_follow_the_formula() throws IOException {
    Path file =
        Path.of(
            System.getProperty("pivot.shared", "../shared"),
            "data",
            "cpv",
            "cpv_uk_en_with_check_digit.csv.gz");
    Assumptions.assumeTrue(Files.exists(file), () -> "skipped: no " + file + " (-Dpivot.shared)");
    AtomicInteger follow = new AtomicInteger();
    AtomicInteger all = new AtomicInteger();
    try (Delimited cpv =
        Delimited.open(
                "cpv.csv", () -> new GZIPInputStream(Files.newInputStream(file)), new Findings())
            .orElseThrow()) {
      cpv.forEach(
          row -> {
            String code = row.get("cpv");
            all.incrementAndGet();
            if (CheckDigits.cpvDigit(code.substring(0, 8)) == code.charAt(9) - '0') {
              follow.incrementAndGet();
            }
          });
    }
    assertThat(all).hasValue(9458);
    assertThat(follow).hasValue(9458 - 533);
  }

  @Property
  void the_luhn_digit_completes_any_number(
      @ForAll @NumericChars @StringLength(min = 1, max = 18) String digits) {
    assertThat(CheckDigits.isLuhn(digits + CheckDigits.luhnDigit(digits))).isTrue();
  }

  @Property
  void changing_one_digit_never_goes_unseen_by_luhn(
      @ForAll @NumericChars @StringLength(8) String eight,
      @ForAll @IntRange(max = 8) int position,
      @ForAll @IntRange(min = 1, max = 9) int by) {
    String siren = eight + CheckDigits.luhnDigit(eight);
    assertThat(CheckDigits.isSiren(changed(siren, position, by))).isFalse();
  }

  @Property
  void changing_one_digit_never_goes_unseen_by_the_procurement_vocabulary(
      @ForAll @NumericChars @StringLength(8) String code,
      @ForAll @IntRange(max = 7) int position,
      @ForAll @IntRange(min = 1, max = 9) int by) {
    assertThat(CheckDigits.cpvDigit(changed(code, position, by)))
        .isNotEqualTo(CheckDigits.cpvDigit(code));
  }

  private static String changed(String digits, int position, int by) {
    char[] changed = digits.toCharArray();
    changed[position] = (char) ('0' + (changed[position] - '0' + by) % 10);
    return new String(changed);
  }
}
