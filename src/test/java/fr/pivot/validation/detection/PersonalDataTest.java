package fr.pivot.validation.detection;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.text.CheckDigits;
import fr.pivot.validation.detection.PersonalData.Kind;
import fr.pivot.validation.detection.PersonalData.Likeness;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;

class PersonalDataTest {

  private static Optional<Likeness> look(List<String> values) {
    PersonalData data = new PersonalData();
    values.forEach(data::add);
    return data.find();
  }

  private static void assertKind(Kind kind, String... values) {
    for (String value : values) {
      assertThat(PersonalData.findKind(value)).as(value).hasValue(kind);
    }
  }

  private static void assertNone(String... values) {
    for (String value : values) {
      assertThat(PersonalData.findKind(value)).as(value).isEmpty();
    }
  }

  @Example
  void addresses_of_persons_and_of_offices_are_addresses() {
    assertKind(
        Kind.EMAIL,
        "jeanne.martin@example.org",
        "contact@mairie-exemple.fr",
        "MAIRIE@EXEMPLE.FR",
        "mailto:o'hara+liste@sous.domaine.example.com",
        "Jeanne Martin <jeanne@example.org>",
        "écrire à accueil@example.org.",
        "a@example.org;b@example.org");
    assertNone(
        "@ville_exemple",
        "https://video.example.org/@chaine",
        "jeanne@example",
        "jeanne@192.168.0.1",
        "jeanne.@example.org",
        "jeanne@.example.org",
        "jeanne@example..org",
        "3 @ 2.50 €",
        "@");
  }

  @Example
  void french_telephone_numbers_are_known_however_they_are_written() {
    assertKind(
        Kind.PHONE,
        "0612345678",
        "06 12 34 56 78",
        "06.12.34.56.78",
        "06-12-34-56-78",
        "02\u00A031\u00A055\u00A055\u00A055",
        "+33 6 12 34 56 78",
        "+33 (0)6 12 34 56 78",
        "0033612345678",
        "+262 692 12 34 56");
    assertNone(
        "0012345678",
        "061234567",
        "06123456789",
        "3949",
        "+49 30 123456789",
        "612345678",
        "0,12345678");
  }

  @Example
  void social_security_numbers_are_known_by_their_key() {
    assertKind(
        Kind.NIR,
        "255081416802538",
        "2 55 08 14 168 025 38",
        "253072A07300443",
        "2 53 07 2b 073 004 70");
    assertNone("255081416802537", "355081416802538");
    assertKind(Kind.NIR_WITHOUT_KEY, "2550814168025", "1 80 12 2A 004 001");
    assertNone("2551314168025", "2550800168025", "2550814000025", "2550814168000");
  }

  @Example
  void account_numbers_are_known_by_modulo_97() {
    assertKind(
        Kind.IBAN,
        "FR14 2004 1010 0505 0001 3M02 606",
        "FR1420041010050500013M02606",
        "de89370400440532013000");
    assertNone("FR1420041010050500013M02607", "FR891234567890123");
  }

  @Example
  void codes_and_amounts_are_no_personal_data() {
    assertNone(
        "21310117300010",
        "213101173",
        "75001",
        "2A004",
        "01004",
        "62.01Z",
        "1234567.89",
        "1 234 567,89",
        "2026-03-01",
        "01/03/2026",
        "48.85661",
        "79311000-0",
        "FR1F8P68021001",
        "");
  }

  @Example
  void a_column_is_told_with_the_share_of_its_values() {
    assertThat(look(List.of("a@example.org", "", " ", "b@example.org", "-", "b@example.org")))
        .hasValue(new Likeness(Kind.EMAIL, 0.75));
    assertThat(look(List.of("0612345678", "0612345679", "a@example.org")))
        .hasValue(new Likeness(Kind.PHONE, 2 / 3.0));
    assertThat(look(List.of("", " "))).isEmpty();
    assertThat(look(List.of())).isEmpty();
  }

  @Example
  void few_doubtful_values_do_not_make_a_column_suspect() {
    assertThat(look(List.of("0612345678", "12", "13"))).isEmpty();
    assertThat(look(List.of("2550814168025", "12", "13"))).isEmpty();
    assertThat(look(List.of("255081416802538", "12", "13")))
        .hasValue(new Likeness(Kind.NIR, 1 / 3.0));
  }

  @Example
  void numbers_of_establishments_never_make_a_column_suspect() {
    List<String> sirets =
        IntStream.range(0, 10_000)
            .mapToObj("%08d"::formatted)
            .map(eight -> eight + CheckDigits.luhnDigit(eight) + "0001")
            .map(thirteen -> thirteen + CheckDigits.luhnDigit(thirteen))
            .toList();
    assertThat(look(sirets)).isEmpty();
  }

  @Example
  void two_halves_of_a_column_are_told_as_the_whole() {
    PersonalData first = new PersonalData();
    first.add("a@example.org");
    PersonalData second = new PersonalData();
    second.add("b");
    first.add(second);
    assertThat(first.find()).hasValue(new Likeness(Kind.EMAIL, 0.5));
  }

  @Example
  void long_texts_are_read_once() {
    String text = "@".repeat(50_000);
    assertNone(text, "a@".repeat(25_000), "a.".repeat(25_000), "1".repeat(50_000));
    assertKind(Kind.EMAIL, "x".repeat(50_000) + " a@example.org");
    assertNone("x".repeat(65) + "@example.org");
  }

  @Property
  void any_number_with_its_key_and_a_birth_is_a_social_security_number(
      @ForAll @IntRange(min = 1, max = 2) int sex,
      @ForAll @IntRange(max = 99) int year,
      @ForAll @IntRange(min = 1, max = 12) int month,
      @ForAll @NumericChars @StringLength(8) String rest) {
    String thirteen = "%d%02d%02d%s".formatted(sex, year, month, rest);
    assertKind(Kind.NIR, thirteen + "%02d".formatted(CheckDigits.nirKey(thirteen)));
  }
}
