package fr.pivot.validation;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.finding.Rule;
import fr.pivot.finding.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Writes the page of the rules for those who publish files, {@code docs/regles.md}, and fails when
 * the page is not what the rules say: {@code mvn test -Dtest=RulesPageTest -Dpivot.docs=write}
 * writes it anew.
 */
class RulesPageTest {

  private static final Path PAGE = Path.of("docs", "regles.md");
  private static final Path SOURCES = Path.of("src", "main", "java", "fr", "pivot");
  private static final Pattern MENTION = Pattern.compile("\\bRule\\.([A-Z_]{2,})\\b");

  /** Readers that only imports use. */
  private static final Set<String> IMPORTING =
      Set.of("Table.java", "Delimited.java", "DelimitedSheet.java");

  /** What somebody who publishes a file is to do. */
  private static final Map<Rule, String> ADVICE = advice();

  private static Map<Rule, String> advice() {
    Map<Rule, String> a = new EnumMap<>(Rule.class);
    a.put(
        Rule.UNREADABLE_FILE, "Rouvrir le fichier dans son logiciel et l'enregistrer de nouveau.");
    a.put(Rule.OVERSIZED_FILE, "Donner le fichier non compressé, ou le couper en plusieurs.");
    a.put(Rule.UNRECOGNISED_FILE, "Donner un fichier CSV, xlsx, xls ou ods.");
    a.put(Rule.EMPTY_FILE, "Vérifier l'export : rien n'a été écrit.");
    a.put(Rule.TRUNCATED_FILE, "Télécharger ou compresser le fichier de nouveau.");
    a.put(Rule.SEVERAL_ENTRIES, "Sortir de l'archive le fichier à contrôler.");
    a.put(Rule.NESTED_ARCHIVE, "Sortir le fichier de l'archive intérieure.");
    a.put(
        Rule.NOT_A_TABLE, "Donner un fichier CSV, xlsx, xls ou ods ; ni PDF, ni image, ni texte.");
    a.put(Rule.UNKNOWN_SHEET, "Choisir une des feuilles que le rapport énumère.");
    a.put(Rule.MISSING_HEADER, "Donner le numéro de la ligne qui porte les noms des colonnes.");
    a.put(Rule.OVERSIZED_LINE, "Vérifier le séparateur de lignes et les guillemets non fermés.");
    a.put(Rule.TOO_MANY_COLUMNS, "Vérifier le séparateur, ou présenter les données en lignes.");
    a.put(
        Rule.TOO_MANY_CELLS,
        "Supprimer les lignes et les colonnes vides, ou enregistrer la feuille en CSV.");
    a.put(Rule.TOO_MANY_ENTRIES, "Sortir de l'archive le fichier à contrôler.");
    a.put(Rule.MIXED_ENCODING, "Enregistrer tout le fichier en UTF-8.");
    a.put(Rule.MISSING_COLUMN, "Ajouter la colonne que le schéma exige, ou corriger son nom.");
    a.put(
        Rule.RAGGED_ROW,
        "Mettre entre guillemets les valeurs qui contiennent le séparateur ; compléter la ligne.");
    a.put(Rule.EMPTY_VALUE, "Remplir la valeur.");
    a.put(Rule.MALFORMED_CODE, "Vérifier la valeur à sa source.");
    a.put(
        Rule.LOST_LEADING_ZERO,
        "Rétablir le zéro (fait par la réparation) ; mettre la colonne au format texte.");
    a.put(Rule.BAD_CHECK_DIGIT, "Vérifier le numéro à sa source : un chiffre est faux ou déplacé.");
    a.put(Rule.MALFORMED_DATE, "Écrire la date AAAA-MM-JJ.");
    a.put(Rule.UNKNOWN_CODE, "Vérifier le code à sa source.");
    a.put(
        Rule.CODE_NOT_YET_IN_FORCE,
        "Vérifier la date du fait, ou prendre le code qui était en vigueur ce jour-là.");
    a.put(
        Rule.NOT_KNOWN_AT_DATE,
        "Rien, si le code est le bon : l'historique connu commence après ce jour, ou deux listes"
            + " qui l'entourent diffèrent.");
    a.put(
        Rule.CODE_NO_LONGER_IN_FORCE,
        "Prendre le code qui a suivi, s'il est seul (fait par la réparation) ; ou dire la date du"
            + " fait avec « date ».");
    a.put(
        Rule.CODE_OF_ANOTHER_EDITION,
        "Dire l'édition du fichier (« naf@rev2 »), ou prendre le code qui a suivi.");
    a.put(
        Rule.CODE_OF_ANOTHER_REFERENTIAL,
        "Remplacer le code, par exemple le code postal par le code INSEE de la commune ; ou"
            + " renommer la colonne.");
    a.put(
        Rule.CODE_OF_A_PART,
        "Rien, si cette précision est voulue ; la réparation donne le code de l'ensemble.");
    a.put(
        Rule.UNLISTED_CODE,
        "Rien pour une adresse ; pour joindre par commune, prendre le code INSEE ou le code postal"
            + " ordinaire.");
    a.put(
        Rule.UNCONFIRMED_CODE,
        "Vérifier le code si la ligne doit être jointe : le détail dit ce qu'il peut être.");
    a.put(Rule.AMBIGUOUS_CODE, "Choisir parmi les codes proposés.");
    a.put(
        Rule.LABEL_FOR_CODE,
        "Mettre le code à la place du nom (fait par la réparation quand un seul code porte ce"
            + " nom).");
    a.put(Rule.PLACEHOLDER_VALUE, "Laisser la case vide, ou chercher le code.");
    a.put(Rule.SUPERFLUOUS_ZERO, "Ôter le zéro (fait par la réparation).");
    a.put(Rule.STRAY_CHARACTERS, "Ôter espaces et guillemets (fait par la réparation).");
    a.put(Rule.LETTER_CASE, "Écrire le code comme son éditeur (fait par la réparation).");
    a.put(
        Rule.CODE_PUNCTUATION,
        "Rien d'obligatoire ; la réparation écrit le code comme son éditeur.");
    a.put(
        Rule.STORED_AS_NUMBER,
        "Ôter les décimales (fait par la réparation) ; mettre la colonne au format texte.");
    a.put(
        Rule.DIGITS_LOST,
        "Reprendre la colonne à sa source et l'ouvrir comme texte dans le tableur : les chiffres"
            + " perdus ne se retrouvent pas.");
    a.put(Rule.OVERSEAS_FORM, "Écrire le code sur cinq chiffres (fait par la réparation).");
    a.put(
        Rule.INCONSISTENT_COLUMNS,
        "Vérifier à la source laquelle des deux colonnes dit vrai ; celle que le reste de la ligne"
            + " contredit le plus est nommée.");
    a.put(
        Rule.LABEL_MISMATCH,
        "Vérifier le code et le nom : l'un est d'une autre ligne, ou ancien. Article déplacé, mots"
            + " abrégés et fin coupée ne comptent pas.");
    a.put(Rule.DUPLICATE_KEY, "Ôter la ligne en double, ou corriger la clé.");
    a.put(Rule.SCHEMA_TYPE, "Écrire la valeur comme le type du schéma le demande.");
    a.put(Rule.SCHEMA_CONSTRAINT, "Corriger la valeur selon la contrainte indiquée.");
    a.put(
        Rule.SPREADSHEET_FORMULA,
        "Ôter le signe initial s'il n'est pas voulu ; la valeur n'est jamais changée par la"
            + " réparation.");
    a.put(
        Rule.PERSONAL_DATA,
        "Vérifier que la colonne peut être publiée ; la retirer sinon. Ses valeurs ne sont jamais"
            + " reprises dans un rapport.");
    a.put(
        Rule.SECOND_HEADER, "Ne garder qu'une ligne d'en-tête, ou dire laquelle avec « header ».");
    a.put(
        Rule.UNCONFIRMED_COLUMN,
        "Rien, si le nom dit autre chose que ces codes ; sinon désigner la colonne"
            + " (« columns »), et elle est contrôlée.");
    return a;
  }

  /** The rules that the sources of some files mention. */
  private static Set<Rule> mentioned(Path folder, Predicate<String> files) throws IOException {
    Set<Rule> rules = EnumSet.noneOf(Rule.class);
    try (Stream<Path> all = Files.walk(folder).filter(Files::isRegularFile)) {
      for (Path file : all.filter(f -> files.test(String.valueOf(f.getFileName()))).toList()) {
        MENTION
            .matcher(Files.readString(file))
            .results()
            .map((MatchResult mention) -> Rule.valueOf(mention.group(1)))
            .forEach(rules::add);
      }
    }
    return rules;
  }

  private static String page(Set<Rule> ofFiles, Set<Rule> ofRows) {
    StringBuilder page =
        new StringBuilder(
            """
            # Ce que Pivot contrôle dans un fichier

            <!-- Écrit par RulesPageTest à partir de fr.pivot.finding.Rule : ne pas modifier à la main. -->

            `pivot validate` et `POST /v1/validations` nomment chaque anomalie par un code qui ne change jamais. Une
            **erreur** empêche de joindre la ligne, ou de lire le fichier ; un **avertissement** mérite un regard, une
            **information** dit ce qui n'a pas pu être jugé. Ce que « la réparation » fait est certain, et se lit à côté de
            la valeur d'origine (`<colonne>_pivot`) ; le reste est seulement proposé. Les valeurs
            qui semblent personnelles, par leur forme ou par le nom de leur colonne, ne sont reprises nulle part, sauf celles
            qui sont des codes ou des noms d'un référentiel : leur place et leur longueur sont dites.
            """);
    table(page, "Le fichier", ofFiles);
    table(page, "Les lignes et les valeurs", ofRows);
    return page.toString();
  }

  private static void table(StringBuilder page, String title, Set<Rule> rules) {
    page.append("\n## ").append(title);
    page.append("\n\n| code | gravité | message | que faire |\n|---|---|---|---|\n");
    for (Rule rule : rules) {
      page.append("| `").append(rule.code()).append("` | ");
      page.append(severity(rule.severity())).append(" | ").append(rule.message().fr());
      page.append(" | ").append(ADVICE.get(rule)).append(" |\n");
    }
  }

  private static String severity(Severity severity) {
    return switch (severity) {
      case ERROR -> "erreur";
      case WARNING -> "avertissement";
      case INFO -> "information";
    };
  }

  @Test
  void the_page_of_the_rules_says_what_the_rules_say() throws IOException {
    Set<Rule> ofRows = mentioned(SOURCES.resolve("validation"), _ -> true);
    Set<Rule> ofFiles = mentioned(SOURCES.resolve("text"), f -> !IMPORTING.contains(f));
    ofRows.addAll(mentioned(SOURCES.resolve("registry"), "Misread.java"::equals));
    ofRows.removeAll(ofFiles);
    Set<Rule> all = EnumSet.copyOf(ofRows);
    all.addAll(ofFiles);
    assertThat(ADVICE.keySet()).as("the rules with advice").isEqualTo(all);
    String page = page(ofFiles, ofRows);
    if ("write".equals(System.getProperty("pivot.docs"))) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PAGE, page);
    }
    assertThat(PAGE)
        .as("mvn test -Dtest=RulesPageTest -Dpivot.docs=write writes it")
        .hasContent(page);
  }

  @Test
  void no_message_breaks_the_table() {
    for (Map.Entry<Rule, String> entry : ADVICE.entrySet()) {
      for (String text :
          List.of(entry.getKey().message().fr(), entry.getKey().message().en(), entry.getValue())) {
        assertThat(text).doesNotContain("|").doesNotContain("\n").endsWith(".");
      }
    }
  }
}
