package fr.pivot.validation.value;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.catalog.Release;
import fr.pivot.registry.Codes;
import fr.pivot.validation.Shipped;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names as files have them, beside the labels of the codes in the same rows. */
class WrittenNameTest {

  private static final Pattern ARTICLE = Pattern.compile("(?:(Le|La|Les) |(L'))(.+)");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = true,
      value = {
        // ASP, référentiel des communes 2023
        "TAMPON (LE)                    | Le Tampon",
        "AJOUPA-BOUILLON (L')           | L'Ajoupa-Bouillon",
        "GARDES/SAINT-GEORGES-DES-      | Les Gardes",
        "TERRENOIRE/ST ETIENNE          | Saint-Étienne",
        "TERRENOIRE/ST ETIENNE          | Terrenoire",
        "SAINT-CHRISTOL-LES-ALES        | Saint-Christol-lez-Alès",
        "INGRANDES-LE FRESNE LOIRE      | Ingrandes-Le Fresne sur Loire",
        "MORNE-A-EAU                    | Morne-à-l'Eau",
        "APPROUAGUE                     | Approuague (chef-lieu Régina)",
        // DGCL, garanties de DSR 2020
        "TOUROUVRE EN PERCHE            | Tourouvre au Perche",
        "' WINGERSHEIM LES 4 BANS '     | Wingersheim les Quatre Bans",
        // Insee, composition des EPCI au 1er janvier 2022; LOVAC 2020
        "CA Loire Forez Agglomération   | CA Loire Forez Agglomération (LFA)",
        "CC Saint-Flour Communauté      | CC de Saint-Flour",
        "CC Pays de Fontenay-Vendée     | CC du Pays de Fontenay-Vendée",
        "CC Cœur d'Ostrevent            | CA Coeur d'Ostrevent",
        "CC des Deux Vallées            | CC des 2 Vallées",
        "CA du Pays de Dreux            | CA Agglo du Pays de Dreux",
        "CA Toulon Provence Méditerranée| Métropole Toulon-Provence-Méditerranée",
        "Communauté de communes du Pays de Gex | CC du Pays de Gex (CCPG)",
        // SIAE du Bas-Rhin 2019; postal lines of Lyon
        "SCHWEIGHOUSE/MODER             | Schweighouse-sur-Moder",
        "LYON 3EME                      | Lyon 3e Arrondissement",
        "PARIS 01                       | Paris 1er Arrondissement",
        "C.A.P.I                        | CAPI",
      })
  void what_people_write_otherwise_is_no_difference(String written, String label) {
    assertThat(WrittenName.of(written).means(label)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = true,
      value = {
        // ASP, référentiel des communes 2023: two names in 26 characters
        "VIEVILLE/VIGNEULLES-LES-HA | Viéville-sous-les-Côtes",
        "HAUTS-DE-CHEE/HARGEVILLE   | Hargeville-sur-Chée",
        "ST-HILAIRE D.T/TALMONT S.H | Saint-Hilaire-de-Talmont",
        "ST-MARTIN COAILL/STCHAMOND | Saint-Martin-en-Coailleux",
        "ST MICHEL ECLUSE LEPAR/ROC | Saint-Michel-l'Écluse-et-Léparon",
        "SAINT-NICOL-EN-FOR/HAYANGE | Saint-Nicolas-en-Forêt",
        "ST ETIENNE / VILLEFRANCHE  | Saint-Étienne-des-Landes",
        "ENCLAVE/SAINT-LEGER-DE-LA- | L'Enclave-de-la-Martinière",
        "N. D. DE FRESNAY/ST MARTIN | Notre-Dame-de-Fresnay",
        "CHAUMERE - DOMAGNE         | Chaumeré",
        "POTERIE - LAMBALLE         | La Poterie",
        "MASOS                      | Los Masos",
        // LOVAC 2020
        "CC Grand Orb               | CC Grand Orb Communauté de Communes en Languedoc",
      })
  void a_narrow_field_has_short_names(String written, String label) {
    assertThat(WrittenName.of(written).mayMean(label)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = true,
      value = {
        "SAINT JULIEN/SAINT-MARTIN  | Saint-Lucien",
        "SAINT-SULPICE/HAM          | Estouilly",
        "COUMELOIS/VAL-DE-VESLE     | Courmelois",
        "HAUT-MAISNIL / QUOEUX      | Haut-Maînil",
        // another commune is called so
        "SALLES                     | Les Salles-de-Castillon",
        "COURTEILLE                 | Courteilles",
        "ST/HAM                     | Saint-Lucien",
        "CC Issoire                 | Issoire",
        "CC Pays Vaison Ventoux     | CC Vaison Ventoux",
      })
  void what_is_no_short_form_is_a_difference(String written, String label) {
    assertThat(WrittenName.of(written).mayMean(label)).isFalse();
  }

  @Test
  void a_field_that_is_full_may_have_short_words() {
    String full = "ST-REMY-EN-B-ST-GENEST-ET-";
    String label = "Saint-Remy-en-Bouzemont-Saint-Genest-et-Isson";
    assertThat(WrittenName.of(full, 26).mayMean(label)).isTrue();
    assertThat(WrittenName.of(full).mayMean(label)).isFalse();
  }

  @Test
  void two_names_may_be_written_as_one() {
    List<String> served = List.of("Boisemont", "Cergy", "Neuville-sur-Oise", "Pontoise");
    assertThat(WrittenName.of("CERGY PONTOISE").joinsTwo(served)).isTrue();
    assertThat(WrittenName.of("Cergy-Pontoise").joinsTwo(served)).isTrue();
    assertThat(WrittenName.of("CERGY").joinsTwo(served)).isFalse();
    assertThat(WrittenName.of("CERGY VILLE").joinsTwo(served)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = true,
      value = {
        "Saline                      | Commes",
        "CHARVORNAY                  | Chavornay",
        "SAINT JULIEN/SAINT-MARTIN   | Saint-Lucien",
        "CA du Choletais             | CA Cholet Agglomération",
        "CC Issoire                  | Issoire",
        "Métropole de Lyon           | Lyon",
        "SAINT-PIERRE-LES-FRANQUEVI  | Saint-Pierre-lès-Franqueville",
        "Vallées                     | CC des Deux Vallées",
        "12                          | 21",
      })
  void what_is_called_otherwise_is_a_difference(String written, String label) {
    assertThat(WrittenName.of(written).means(label)).isFalse();
  }

  @Test
  void a_name_that_was_cut_is_the_one_that_begins_so() {
    assertThat(
            WrittenName.of("SAINT-PIERRE-LES-FRANQUEVI", 26).means("Saint-Pierre-lès-Franqueville"))
        .isTrue();
    assertThat(WrittenName.of("TAILLEVILLE/DOUVRES-LA-DEL", 26).means("Douvres-la-Délivrande"))
        .isTrue();
    assertThat(WrittenName.of("SAINT-PIERRE-LES-FRANQUEVI", 26).means("Saint-Pierre-lès-Bitry"))
        .isFalse();
    // Shorter than the others are cut: it is whole.
    assertThat(
            WrittenName.of("SAINT-PIERRE-LES-FRANQUEV", 26).means("Saint-Pierre-lès-Franqueville"))
        .isFalse();
    assertThat(WrittenName.of("Saint-Pierre", 12).means("Saint-Pierre-lès-Bitry")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"communes", "communes-deleguees", "departements", "regions", "epci"})
  void every_name_is_itself_in_capitals_with_its_article_behind(String referential) {
    Yardstick yardstick = Shipped.yardstick(referential);
    Codes book = Objects.requireNonNull(yardstick.codes());
    Release release = Objects.requireNonNull(yardstick.release());
    assertThat(
            Stream.of(book.listInForce(release, yardstick.date()).toArray(String[]::new))
                .map(code -> Objects.requireNonNull(yardstick.label(code)))
                .filter(label -> !WrittenName.of(asFilesHaveIt(label)).means(label)))
        .isEmpty();
  }

  private static String asFilesHaveIt(String label) {
    Matcher article = ARTICLE.matcher(label);
    String text = label;
    if (article.matches()) {
      String first = article.group(1) == null ? article.group(2) : article.group(1);
      text = article.group(3) + " (" + first + ')';
    }
    return Normalizer.normalize(text, Normalizer.Form.NFD)
        .replaceAll("\\p{M}", "")
        .toUpperCase(Locale.ROOT)
        .replaceAll("\\bSAINT-", "ST ")
        .replace('-', ' ');
  }
}
