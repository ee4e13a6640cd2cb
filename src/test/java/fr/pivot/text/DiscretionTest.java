package fr.pivot.text;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.referential.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is repeated of people's files and what is not; all values are made up. */
class DiscretionTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "255081416802538",
        "255081416802500",
        "2550814168025",
        "2 55 08 14 168 025 01",
        "1.55.08.14.168.025.97",
        "253072A07300400",
        "1 53 07 2b 073 004",
        "assuré 255081416802500, ouvert",
        "0612345678",
        "06.12.34.56.78",
        "+33 6 12 34 56 78",
        "+33 (0)6 12 34 56 78",
        "0033612345678",
        "+49 30 123456789",
        "a@exemple.invalid",
        "écrire à a@exemple.invalid.",
        "a@b",
        "FR7612345987650000000000097",
        "FR76 1234 5987 6500 0000 0000 097",
        "de00370400440532013000",
        "4970101234567890",
        "AB-987-ZQ",
        "1234 ZQ 75",
        "98XQ12345",
        "123456789AB",
        "17 rue des Ifs",
        "18 bis, avenue des Ifs",
        "M. Zorglub",
        "Mme Quaxandre",
        "Zorglub, né(e) le 12/03/1951"
      })
  void in_doubt_a_form_is_personal_whatever_its_key(String value) {
    assertThat(Discretion.looksPersonal(value)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "01004",
        "2A004",
        "75001",
        "97411",
        "240100891",
        "213101173",
        "21310117300010",
        "213 101 173 00010",
        "62.01Z",
        "79311000-0",
        "FRK26",
        "FR12213101173",
        "W751234567",
        "0750001A",
        "1234567.89",
        "1 234 567,89",
        "2026-03-01",
        "01/03/2026",
        "48.85661, 2.35222",
        "Saint-Rémy-lès-Chevreuse",
        "L'Île-d'Yeu",
        "Rue",
        "CC de la Plaine de l'Ain",
        "@ville_exemple"
      })
  void codes_places_and_figures_are_not(String value) {
    assertThat(Discretion.looksPersonal(value)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "num_secu",
        "N° sécu",
        "NIR",
        "numSecu",
        "matricule",
        "nom",
        "NOM",
        "Prénom",
        "nom_usage",
        "nomNaissance",
        "nomBeneficiaire",
        "beneficiaire",
        "date_naissance",
        "ddn",
        "né le",
        "courriel",
        "e-mail",
        "tel_mairie",
        "adresse",
        "num_voie",
        "Complément d'adresse",
        "iban"
      })
  void columns_are_called_after_persons(String name) {
    assertThat(Discretion.isPersonal(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "commune",
        "nom_commune",
        "Nom de la commune",
        "Nom Officiel Région",
        "libelle",
        "code_insee",
        "siret_beneficiaire",
        "idBeneficiaire",
        "titulaire_id_1",
        "nomAttribuant",
        "adresse_mairie",
        "objet",
        "montant",
        "numero",
        "x"
      })
  void others_are_not(String name) {
    assertThat(Discretion.isPersonal(name)).isFalse();
  }

  @Test
  void the_shape_of_a_value_is_told_in_its_place() {
    assertThat(Discretion.shape("2 55 08 14 168 025 01"))
        .isEqualTo(new Text("15 chiffres", "15 digits"));
    assertThat(Discretion.shape("Zorglub")).isEqualTo(new Text("7 caractères", "7 characters"));
    assertThat(Discretion.shape("7")).isEqualTo(new Text("1 chiffre", "1 digit"));
  }

  @Test
  void a_name_of_a_column_that_is_a_value_is_told_by_its_number() {
    assertThat(Discretion.name("commune", 2)).isEqualTo("commune");
    assertThat(Discretion.name("0612345678", 2)).isEqualTo("#3");
  }

  @Test
  void long_texts_are_read_in_no_time() {
    for (String part : new String[] {"1", "1 ", "a@", "FR76", "FR76 1a ", "1 bis ", "né "}) {
      long start = System.nanoTime();
      Discretion.looksPersonal(part.repeat(100_000));
      assertThat(System.nanoTime() - start).as(part).isLessThan(1_000_000_000L);
    }
  }
}
