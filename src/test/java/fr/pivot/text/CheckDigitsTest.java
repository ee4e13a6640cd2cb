package fr.pivot.text;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.finding.Findings;
import fr.pivot.text.sheet.Delimited;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    assertThat(CheckDigits.isLuhn("35600000000014")).as("passes Luhn's formula only").isTrue();
    assertThat(CheckDigits.isSiret("35600000000014")).isFalse();
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

  @Example
  void social_security_numbers_pass_by_their_key() {
    assertThat(CheckDigits.isNir("255081416802538")).as("the specimen card").isTrue();
    assertThat(CheckDigits.isNir("255081416802537")).isFalse();
    assertThat(CheckDigits.isNir("2550814168025")).isFalse();
    assertThat(CheckDigits.isNir("25508141680253B")).isFalse();
  }

  @Example
  void corsica_counts_as_nineteen_and_eighteen() {
    assertThat(CheckDigits.nirKey("180122A004001"))
        .isEqualTo(CheckDigits.nirKey("1801219004001"))
        .isEqualTo(97 - (int) (1_801_219_004_001L % 97));
    assertThat(CheckDigits.nirKey("180122B033001")).isEqualTo(CheckDigits.nirKey("1801218033001"));
    assertThat(CheckDigits.isNir("253072A07300443")).isTrue();
    assertThat(CheckDigits.isNir("253072B07300470")).isTrue();
    assertThat(CheckDigits.isNir("180123A00400101")).as("there is no 3A").isFalse();
  }

  @Property
  void the_key_completes_any_social_security_number(
      @ForAll @NumericChars @StringLength(13) String thirteen) {
    assertThat(CheckDigits.isNir(thirteen + "%02d".formatted(CheckDigits.nirKey(thirteen))))
        .isTrue();
  }

  @Property
  void changing_one_digit_never_goes_unseen_by_the_key_of_a_social_security_number(
      @ForAll @NumericChars @StringLength(13) String thirteen,
      @ForAll @IntRange(max = 12) int position,
      @ForAll @IntRange(min = 1, max = 9) int by) {
    assertThat(CheckDigits.nirKey(changed(thirteen, position, by)))
        .isNotEqualTo(CheckDigits.nirKey(thirteen));
  }

  /** The examples of the standard's registry for six countries. */
  @Example
  void account_numbers_pass_modulo_97() {
    for (String iban :
        List.of(
            "FR1420041010050500013M02606",
            "DE89370400440532013000",
            "GB29NWBK60161331926819",
            "BE68539007547034",
            "NO9386011117947",
            "MT84MALT011000012345MTLCAST001S")) {
      assertThat(CheckDigits.isIban(iban)).as(iban).isTrue();
    }
    assertThat(CheckDigits.isIban("FR1420041010050500013M02607")).isFalse();
    assertThat(CheckDigits.isIban("fr1420041010050500013m02606")).as("small letters").isFalse();
    assertThat(CheckDigits.isIban("FR14 2004 1010 0505 0001 3M02 606")).as("blanks").isFalse();
    assertThat(CheckDigits.isIban("")).isFalse();
    assertThat(CheckDigits.isIban("21310117300010")).as("a SIRET").isFalse();
  }

  @Property
  void changing_one_digit_never_goes_unseen_by_an_account_number(
      @ForAll @NumericChars @StringLength(23) String account,
      @ForAll @IntRange(max = 22) int position,
      @ForAll @IntRange(min = 1, max = 9) int by) {
    int key = 98 - new BigInteger(account + "152700").mod(BigInteger.valueOf(97)).intValue();
    String start = "FR%02d".formatted(key);
    assertThat(CheckDigits.isIban(start + account)).isTrue();
    assertThat(CheckDigits.isIban(start + changed(account, position, by))).isFalse();
  }

  private static String changed(String digits, int position, int by) {
    char[] changed = digits.toCharArray();
    changed[position] = (char) ('0' + (changed[position] - '0' + by) % 10);
    return new String(changed);
  }
}
