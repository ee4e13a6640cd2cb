package fr.pivot.validation;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.finding.Rule;
import fr.pivot.referential.Text;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values as real files have them, against what ships with Pivot. */
class CodeCheckTest {

  private static String told(String referential, String value) {
    Verdict verdict = Shipped.check(referential, value);
    return verdict.outcome().id()
        + (verdict.rule() == null ? "" : ' ' + verdict.rule().code())
        + (verdict.repair() == null ? "" : ' ' + verdict.repair());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = true,
      value = {
        "communes      | 01004            | valid 01004",
        "communes      | 1004             | repairable lost-leading-zero 01004",
        "communes      | 1004.0           | repairable lost-leading-zero 01004",
        "communes      | 2a004            | repairable letter-case 2A004",
        "communes      | '\u00A001004 '   | repairable stray-characters 01004",
        "communes      | '01004\u200E'    | repairable stray-characters 01004",
        "communes      | '''01004'        | repairable stray-characters 01004",
        "communes      | 973353           | repairable overseas-form 97353",
        "communes      | 75113            | valid code-of-a-part 75056",
        "communes      | 01091            | obsolete code-no-longer-in-force 01033",
        "communes      | 75001            | obsolete code-of-another-referential",
        "communes      | 35000            | unknown code-of-another-referential",
        "communes      | 99999            | unknown placeholder-value",
        "communes      | -                | malformed placeholder-value",
        "communes      | 1220             | unknown unknown-code",
        "communes      | Massy            | malformed label-for-code",
        "communes      | ZZ001            | malformed malformed-code",
        "departements  | 1                | repairable lost-leading-zero 01",
        "departements  | 035              | repairable superfluous-zero 35",
        "departements  | 2a               | repairable letter-case 2A",
        "departements  | Essonne          | malformed label-for-code 91",
        "departements  | ILLE-ET-VILAINE  | malformed label-for-code 35",
        "naf           | 62.01Z           | valid 62.01Z",
        "naf           | 6201Z            | valid code-punctuation 62.01Z",
        "naf           | 62.01z           | repairable letter-case 62.01Z",
        "cpv           | 03300000         | valid 03300000",
        "cpv           | 03300000-2       | valid 03300000",
        "cpv           | 03300000-3       | badCheckDigit bad-check-digit",
        "cpv           | INX 67151000-0   | malformed malformed-code",
        "epci          | ZZZZZZZZZ        | malformed placeholder-value",
        "siren         | 217500016        | valid 217500016",
        "siren         | 217500017        | badCheckDigit bad-check-digit",
        "siret         | 21860194600013   | valid 21860194600013",
        "siret         | 21860194600000   | badCheckDigit bad-check-digit",
        "siret         | 218 601 946 00013| repairable stray-characters 21860194600013",
        "siret         | 35338402700036.0 | repairable stored-as-number 35338402700036",
        "siret         | '2,10104E+13'    | malformed digits-lost",
        "siret         | 3.94E+13         | malformed digits-lost",
        "siret         | 218601946        | malformed code-of-another-referential",
        "siret         | AUCUN            | malformed placeholder-value",
      })
  void a_value_is_what_it_is(String referential, String value, String expected) {
    assertThat(told(referential, value)).isEqualTo(expected);
  }

  @Test
  void blanks_of_every_kind_say_nothing() {
    for (String blank : new String[] {"", " ", "\u00A0", "\u202F\t", "\u200B", "\uFEFF"}) {
      assertThat(told("communes", blank)).isEqualTo("empty");
    }
  }

  @ParameterizedTest
  @CsvSource({
    // Lists of EPCI ship from 2019 on: who knows what an act of 2016 names?
    "epci, 240100891, 2016-04-01, valid not-known-at-date 240100891",
    "epci, 240100123, 2016-04-01, unknown not-known-at-date",
    "epci, 240100123, 2022-01-01, unknown code-of-another-referential",
    "epci, 240100891, 2019-01-01, valid 240100891",
    "communes, 01004, 1942-12-31, valid not-known-at-date 01004",
    // Merged on 28 February 2019; the lists that ship are of 1 January 2019 and 2021.
    "communes, 21213, 2020-01-01, valid not-known-at-date 21213",
    "communes, 21213, 2019-01-01, valid 21213",
    "epci, 200090579, 2020-06-01, valid not-known-at-date 200090579",
    "epci, 200090579, 2018-12-31, valid not-known-at-date 200090579",
    "epci, 200090579, 2019-01-01, future code-not-yet-in-force",
  })
  void what_is_not_known_of_a_day_is_no_error(
      String referential, String value, LocalDate day, String expected) {
    Verdict verdict = Shipped.check(referential).check(value, day);
    assertThat(
            verdict.outcome().id()
                + (verdict.rule() == null ? "" : ' ' + verdict.rule().code())
                + (verdict.repair() == null ? "" : ' ' + verdict.repair()))
        .isEqualTo(expected);
  }

  @Test
  void the_siret_of_la_poste_follow_their_own_rule() {
    // A real post office: the sum of the digits is a multiple of five, Luhn's is none of ten.
    assertThat(told("siret", "35600000013016")).isEqualTo("valid 35600000013016");
    assertThat(told("siret", "35600000000048")).isEqualTo("valid 35600000000048");
    assertThat(told("siret", "35600000013017")).isEqualTo("badCheckDigit bad-check-digit");
  }

  @Test
  void a_code_that_retired_says_until_when_and_what_it_became() {
    assertThat(Shipped.check("communes", "01091").detail())
        .isEqualTo(
            new Text(
                "01091 Châtillon-en-Michaille, jusqu'au 2018-12-31 ; devenu 01033 Valserhône",
                "01091 Châtillon-en-Michaille, until 2018-12-31; became 01033 Valserhône"));
  }

  @Test
  void what_is_right_on_the_day_of_the_fact_is_right() {
    CodeCheck check = Shipped.check("communes");
    LocalDate before = LocalDate.of(2018, 12, 31);
    assertThat(check.check("01091", before).outcome()).isEqualTo(Outcome.VALID);
    assertThat(check.check("01091", before.plusDays(1)).outcome()).isEqualTo(Outcome.OBSOLETE);
  }

  @Test
  void a_code_that_was_used_again_is_judged_by_its_day() {
    CodeCheck check = Shipped.check("communes");
    // Villotran until 2018, Les Hauts-Talican since 2024.
    assertThat(check.check("60694", LocalDate.of(2015, 1, 1)).outcome()).isEqualTo(Outcome.VALID);
    assertThat(check.check("60694", LocalDate.of(2021, 1, 1)).outcome())
        .isEqualTo(Outcome.OBSOLETE);
    assertThat(check.check("60694", LocalDate.of(2025, 1, 1)).outcome()).isEqualTo(Outcome.VALID);
  }

  @Test
  void a_commune_of_the_future_is_not_in_force_yet() {
    CodeCheck check = Shipped.check("communes");
    Verdict verdict = check.check("2A004", LocalDate.of(1970, 1, 1));
    assertThat(verdict.rule()).isEqualTo(Rule.CODE_NOT_YET_IN_FORCE);
    assertThat(verdict.outcome()).isEqualTo(Outcome.FUTURE);
    assertThat(verdict.repair()).isNull();
  }

  @Test
  void a_split_is_suggested_and_never_chosen() {
    Verdict verdict = Shipped.check("communes", "24149");
    assertThat(verdict.outcome()).isEqualTo(Outcome.OBSOLETE);
    assertThat(verdict.suggestions()).hasSizeGreaterThan(1);
    assertThat(verdict.repair()).isNull();
  }
}
