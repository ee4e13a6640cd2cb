package fr.pivot.validation.value;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.finding.Rule;
import fr.pivot.referential.Text;
import fr.pivot.registry.CodeLists;
import fr.pivot.registry.Codes;
import fr.pivot.validation.Shipped;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
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
        "communes      | 75001            | obsolete code-no-longer-in-force",
        "communes      | 35000            | unknown code-of-another-referential",
        "communes      | 99999            | unknown placeholder-value",
        "communes      | -                | malformed placeholder-value",
        "communes      | 1220             | unknown unknown-code",
        "communes      | Massy            | malformed label-for-code",
        "communes      | ZZ001            | malformed malformed-code",
        "departements  | 1                | repairable lost-leading-zero 01",
        "departements  | 035              | repairable superfluous-zero 35",
        "departements  | 2a               | repairable letter-case 2A",
        "departements  | 2B               | valid 2B",
        "departements  | 2b               | repairable letter-case 2B",
        "departements  | 02A              | repairable superfluous-zero 2A",
        "departements  | 02B              | repairable superfluous-zero 2B",
        "departements  | 02a              | repairable superfluous-zero 2A",
        "departements  | ' 02B'           | repairable superfluous-zero 2B",
        "departements  | 013              | repairable superfluous-zero 13",
        "departements  | 971              | valid 971",
        "departements  | 02C              | malformed malformed-code",
        "communes      | 02A004           | repairable superfluous-zero 2A004",
        "communes      | 6E+4             | malformed digits-lost",
        "communes      | 12E3             | malformed malformed-code",
        "naf           | 12E3             | malformed malformed-code",
        "regions       | 26               | obsolete code-no-longer-in-force 27",
        "regions       | 35               | unknown unknown-code",
        "codes-postaux | 35000            | valid 35000",
        "codes-postaux | 49007            | unknown unknown-code",
        "codes-postaux | 35102            | unknown unknown-code",
        "departements  | ['01','03']      | malformed code-punctuation",
        "departements  | ['01','0Z']      | malformed malformed-code",
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
        "siret         | 35181600000000   | malformed digits-lost",
        "siret         | 35181600000000.0 | malformed digits-lost",
        "siret         | 5421000000000    | malformed digits-lost",
        "siret         | '3,51816E+13'    | malformed digits-lost",
        "siret         | 3.51816E+13      | malformed digits-lost",
        "siret         | 3.51816e13       | malformed digits-lost",
        "siret         | 3.5338402700036E13 | repairable stored-as-number 35338402700036",
        "siren         | 409000000        | malformed digits-lost",
        "siren         | '4,09E+08'       | malformed digits-lost",
        "siren         | 356000000        | valid 356000000",
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
    "epci, 240100123, 2022-01-01, unknown unconfirmed-code",
    "epci, 552100554, 2022-01-01, unknown unknown-code",
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = true,
      value = {
        // INSEE: 4 March 2024, and 28 February 2019; the lists that ship are of 1 January.
        "communes           | 12076 | jusqu'au 2024-12-31 au plus tard ; devenu 12218",
        "communes           | 21213 | jusqu'au 2020-12-31 au plus tard ; devenu 21452",
        "communes-deleguees | 01316 | jusqu'au 2020-12-31 au plus tard",
        "communes           | 01091 | jusqu'au 2018-12-31 ; devenu 01033 Valserhône",
        "communes           | 02695 | jusqu'au 2021-12-31 au plus tard ; devenu 02054",
        "regions            | 82    | jusqu'au 2015-12-31 ; devenu 84",
      })
  void a_day_that_lists_gave_is_the_latest_possible_one(String in, String code, String told) {
    assertThat(Shipped.check(in, code).detail()).extracting(Text::fr).asString().contains(told);
  }

  @Test
  void a_commune_that_never_was_a_commune_deleguee_is_told_to_have_been_a_commune() {
    // La Poste, communes nouvelles 2016: communes that were absorbed, told as déléguées.
    assertThat(Shipped.check("communes-deleguees", "61245").detail())
        .extracting(Text::fr)
        .isEqualTo("Peut-être : Communes de France : 61245 Maison-Maugis, jusqu'au 2015-12-31.");
    assertThat(Shipped.check("communes-deleguees", "08496").detail())
        .extracting(Text::fr)
        .isEqualTo("Peut-être : Communes de France : 08496 Wagnon.");
    // A postal code is not expected to have been a commune.
    assertThat(Shipped.check("codes-postaux", "61245").detail())
        .extracting(Text::fr)
        .asString()
        .doesNotContain("Maison-Maugis");
  }

  @Test
  void a_first_day_that_lists_gave_is_the_latest_possible_one() {
    assertThat(Shipped.check("epci").check("200090579", LocalDate.parse("2019-01-01")).detail())
        .extracting(Text::en)
        .asString()
        .endsWith(", from 2021-01-01 at the latest");
  }

  // --- What a value is elsewhere is said where that is sure, and asked where it is not ---

  /** What a row says beside a code: one text, for words and for names. */
  private record Beside(String text) implements Witness {

    @Override
    public boolean says(List<String> words) {
      return words.stream().anyMatch(text.toLowerCase(Locale.ROOT)::contains);
    }

    @Override
    public boolean names(@Nullable String label) {
      return label != null && WrittenName.of(text).means(label);
    }

    @Override
    public boolean any(Predicate<String> test) {
      return test.test(text);
    }
  }

  private static Verdict beside(String referential, String value, String text) {
    return Shipped.check(referential).check(value, Shipped.TODAY, new Beside(text));
  }

  @Test
  void a_cedex_code_that_is_also_a_commune_is_a_question() {
    // 49007 is Angers, and ANGERS CEDEX 01 at the École supérieure d'agriculture, says the
    // ministry's list of establishments of 2025.
    assertThat(Shipped.check("codes-postaux", "49007").detail())
        .isEqualTo(
            new Text(
                "Peut-être : code CEDEX, que la liste libre de La Poste ne donne pas ; ou :"
                    + " Communes de France : 49007 Angers.",
                "Perhaps: CEDEX code, which La Poste's free list does not give; or: French"
                    + " communes: 49007 Angers."));
  }

  @ParameterizedTest
  @CsvSource({
    "49007,ANGERS CEDEX 01",
    "35043,Rennes CEDEX",
    "62030,Arras CEDEX",
    "97157,Pointe-à-Pitre CEDEX",
    "97744,Saint-Denis Cedex9"
  })
  void a_row_tells_a_cedex_code(String code, String place) {
    Verdict verdict = beside("codes-postaux", code, place);
    assertThat(verdict.rule()).isEqualTo(Rule.UNLISTED_CODE);
    assertThat(verdict.outcome()).isEqualTo(Outcome.VALID);
    assertThat(verdict.repair()).isEqualTo(code);
    assertThat(verdict.detail())
        .isEqualTo(
            new Text(
                "D'après la ligne : code CEDEX, que la liste libre de La Poste ne donne pas.",
                "By the row: CEDEX code, which La Poste's free list does not give."));
  }

  @ParameterizedTest
  @CsvSource({
    // Agencies of Pôle emploi in 2019, schools of Ille-et-Vilaine, an employer of Wissembourg: La
    // Poste's CEDEX codes of the town that the row names, without the word.
    "07201,AUBENAS,unconfirmed-code",
    "22405,LAMBALLE,unconfirmed-code",
    "26105,ROMANS,unconfirmed-code",
    "26105,LAMBALLE,unknown-code",
    "20407,BASTIA,unconfirmed-code",
    "87067,LIMOGES,unconfirmed-code",
    "85109,LES SABLES D OLONNE,unconfirmed-code",
    "35171,BRUZ,unconfirmed-code",
    "67163,WISSEMBOURG,unconfirmed-code",
    // A commune of another département, and none.
    "07201,LIMOGES,unknown-code",
    "43114,BARRAGE DE LAVALETTE,unknown-code",
    "07201,,unknown-code",
    "99123,PARIS,unknown-code"
  })
  void a_commune_of_its_departement_makes_a_question_of_what_may_be_a_cedex_code(
      String code, @Nullable String place, String rule) {
    Verdict verdict = beside("codes-postaux", code, place == null ? "" : place);
    assertThat(verdict.rule()).extracting(Rule::code).isEqualTo(rule);
    assertThat(verdict.outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(verdict.repair()).isNull();
  }

  @Test
  void no_word_makes_a_cedex_code_of_what_cannot_be_one() {
    assertThat(beside("codes-postaux", "99123", "PARIS CEDEX").outcome())
        .isEqualTo(Outcome.UNKNOWN);
    assertThat(beside("codes-postaux", "3510", "RENNES CEDEX").rule())
        .isNotEqualTo(Rule.UNLISTED_CODE);
    assertThat(beside("codes-postaux", "35000", "RENNES CEDEX").rule()).isNull();
    assertThat(beside("communes", "35238", "RENNES CEDEX").rule()).isNull();
  }

  @Test
  void among_communes_a_cedex_code_is_of_another_referential() {
    Verdict verdict = beside("communes", "35913", "RENNES CEDEX 9");
    assertThat(verdict.rule()).isEqualTo(Rule.CODE_OF_ANOTHER_REFERENTIAL);
    assertThat(verdict.detail())
        .extracting(Text::fr)
        .isEqualTo(
            "Codes postaux : 35913, code CEDEX, que la liste libre de La Poste ne donne pas");
    assertThat(Shipped.check("communes", "35913").rule()).isEqualTo(Rule.UNKNOWN_CODE);
  }

  @Test
  void a_name_beside_a_code_tells_which_it_is() {
    // A public contract of Saint-Étienne Métropole, with the commune's code for a postal one.
    assertThat(beside("codes-postaux", "43114", "lapte").rule())
        .isEqualTo(Rule.CODE_OF_ANOTHER_REFERENTIAL);
    assertThat(beside("codes-postaux", "55012", "BAR LE DUC").rule())
        .isEqualTo(Rule.UNCONFIRMED_CODE);
    // Lisses was 78340 until 1967; Les Clayes-sous-Bois has it as its postal code.
    CodeCheck postal = Shipped.check("communes").knowing(List.of("78340", "78120", "78700"));
    assertThat(postal.check("78340").rule()).isEqualTo(Rule.CODE_OF_ANOTHER_REFERENTIAL);
    assertThat(beside("communes", "78340", "LES CLAYES SOUS BOIS").rule())
        .isEqualTo(Rule.CODE_OF_ANOTHER_REFERENTIAL);
    for (String name : List.of("LISSES", "Lisses")) {
      Verdict named = postal.check("78340", Shipped.TODAY, new Beside(name));
      assertThat(named.rule()).isEqualTo(Rule.CODE_NO_LONGER_IN_FORCE);
      assertThat(named.repair()).isEqualTo("91340");
    }
  }

  @Test
  void a_code_of_long_ago_is_no_postal_code_by_chance() {
    // The ASP's communes of all times: 35 of its lines hold a number that is a postal code, too.
    Codes book = Objects.requireNonNull(Shipped.yardstick("communes").codes());
    List<String> all = CodeLists.all(book);
    CodeCheck check = Shipped.check("communes").knowing(all);
    assertThat(check.check("8290").rule()).isEqualTo(Rule.CODE_NO_LONGER_IN_FORCE);
    assertThat(check.check("75004").rule()).isEqualTo(Rule.CODE_NO_LONGER_IN_FORCE);
    assertThat(check.check("13200").rule()).isEqualTo(Rule.UNKNOWN_CODE);
    long postal =
        all.stream()
            .filter(code -> check.check(code).rule() == Rule.CODE_OF_ANOTHER_REFERENTIAL)
            .count();
    assertThat(postal).isZero();
    assertThat(Shipped.check("communes", "17170").rule()).isEqualTo(Rule.CODE_NO_LONGER_IN_FORCE);
    // Postal codes of one town in a column of communes are told, however few.
    CodeCheck paris = Shipped.check("communes").knowing(List.of("75001"));
    assertThat(paris.check("75001").rule()).isEqualTo(Rule.CODE_OF_ANOTHER_REFERENTIAL);
    Verdict heir = paris.check("75001", Shipped.TODAY, new Beside("Alfortville"));
    assertThat(heir.rule()).isEqualTo(Rule.CODE_NO_LONGER_IN_FORCE);
  }

  @Test
  void a_departement_is_no_part_of_a_region_of_its_number() {
    // 26 was Bourgogne until 2015, which is a part of 27; that there is a département 26 proves
    // nothing, nor does that there is a département 35, which was no région ever.
    assertThat(Shipped.check("regions", "26").repair()).isEqualTo("27");
    Verdict verdict = Shipped.check("regions", "35");
    assertThat(verdict.repair()).isNull();
    assertThat(verdict.detail()).extracting(Text::fr).asString().startsWith("Peut-être : ");
  }

  @Test
  void a_siren_has_a_name_where_it_is_listed() {
    assertThat(Shipped.check("siret", "217500016").detail())
        .isEqualTo(new Text("Numéros SIREN : 217500016 Paris", "SIREN numbers: 217500016 Paris"));
    assertThat(Shipped.check("siret", "552100554").detail())
        .isEqualTo(
            new Text(
                "SIREN, d'après sa clé de contrôle : 552100554",
                "SIREN, by its check digit: 552100554"));
    // An EPCI of 2014, that ended before the first edition, has the check digit of all of them.
    Verdict ended = Shipped.check("epci", "240100651");
    assertThat(ended.rule()).isEqualTo(Rule.UNCONFIRMED_CODE);
    assertThat(ended.detail())
        .extracting(Text::fr)
        .isEqualTo(
            "Peut-être : code d'avant le 2019-01-01, que ce référentiel ne connaît pas ; ou :"
                + " SIREN, d'après sa clé de contrôle : 240100651.");
  }

  @Test
  void the_other_values_of_a_column_tell_what_is_mixed_into_it() {
    CodeCheck check = Shipped.check("codes-postaux");
    List<String> communes =
        List.of("75056", "13055", "69123", "92044", "93066", "94028", "95127", "78646", "91228");
    assertThat(check.knowing(communes).check("92044").rule())
        .isEqualTo(Rule.CODE_OF_ANOTHER_REFERENTIAL);
    // Communes of the second round of 2017 without their département: 24 is no région there.
    List<String> bare = List.of("24", "25", "26", "31", "33", "35", "37", "38", "40", "41", "42");
    assertThat(Shipped.check("communes").knowing(bare).check("24").rule())
        .isNotEqualTo(Rule.CODE_OF_ANOTHER_REFERENTIAL);
    // Postal codes among communes of the Nord, where one number in four is one, with CEDEX codes.
    List<String> postal = List.of("59680", "24710", "59720", "59730", "91320", "13793", "69342");
    assertThat(Shipped.check("communes").knowing(postal).check("59720").rule())
        .isEqualTo(Rule.CODE_OF_ANOTHER_REFERENTIAL);
    // CEDEX codes of Pôle emploi's agencies of 2019: some are communes too, by chance.
    List<String> cedex = List.of("55012", "25503", "63407", "87067", "20700", "56607", "93141");
    assertThat(check.knowing(cedex).check("55012").rule()).isEqualTo(Rule.UNKNOWN_CODE);
  }
}
