package fr.pivot.finding;

import fr.pivot.referential.Text;

/**
 * A rule that data may break. Its {@link #code()} is public: programs filter on it, so it never
 * changes its meaning.
 */
public enum Rule {
  UNREADABLE_FILE(
      "unreadable-file",
      Severity.ERROR,
      new Text(
          "Le fichier ne peut pas être lu : corrompu, tronqué ou d'un autre format.",
          "The file cannot be read: corrupted, truncated or of another format.")),
  OVERSIZED_FILE(
      "oversized-file",
      Severity.ERROR,
      new Text(
          "Le fichier est démesuré, ou le devient une fois décompressé : il n'est pas lu.",
          "The file is oversized, or becomes so once it is inflated: it is not read.")),
  UNRECOGNISED_FILE(
      "unrecognised-file",
      Severity.ERROR,
      new Text(
          "Le fichier n'est d'aucun type connu de ce format.",
          "The file is of no kind that this format knows.")),
  EMPTY_FILE("empty-file", Severity.ERROR, new Text("Le fichier est vide.", "The file is empty.")),
  TRUNCATED_FILE(
      "truncated-file",
      Severity.ERROR,
      new Text(
          "Le fichier compressé s'arrête avant sa fin : il a été coupé en chemin.",
          "The compressed file stops before its end: it was cut on its way.")),
  SEVERAL_ENTRIES(
      "several-entries",
      Severity.ERROR,
      new Text(
          "L'archive contient plusieurs fichiers ; donnez-en un seul.",
          "The archive holds several files; give one of them.")),
  NESTED_ARCHIVE(
      "nested-archive",
      Severity.ERROR,
      new Text(
          "L'archive contient une archive : elle n'est pas ouverte.",
          "The archive holds an archive: it is not opened.")),
  NOT_A_TABLE(
      "not-a-table",
      Severity.ERROR,
      new Text(
          "Le contenu n'est ni un texte délimité ni un classeur.",
          "The content is neither delimited text nor a spreadsheet.")),
  UNKNOWN_SHEET(
      "unknown-sheet",
      Severity.ERROR,
      new Text(
          "Le classeur n'a pas de feuille visible de ce nom.",
          "The workbook has no visible sheet of that name.")),
  MISSING_HEADER(
      "missing-header",
      Severity.ERROR,
      new Text(
          "Aucun enregistrement ne commence à la ligne donnée pour l'en-tête.",
          "No record begins on the line given for the header.")),
  OVERSIZED_LINE(
      "oversized-line",
      Severity.ERROR,
      new Text(
          "La première ligne est démesurée : le fichier n'est pas lu.",
          "The first line is oversized: the file is not read.")),
  TOO_MANY_COLUMNS(
      "too-many-columns",
      Severity.ERROR,
      new Text(
          "Le fichier a plus de colonnes que le plus large des tableurs (16 384).",
          "The file has more columns than the widest spreadsheet (16,384).")),
  TOO_MANY_CELLS(
      "too-many-cells",
      Severity.ERROR,
      new Text(
          "La feuille a plus de 50 000 000 de cellules, les vides comprises, ou répète des lignes sur"
              + " plus de 2 000 000 de cellules.",
          "The sheet has more than 50,000,000 cells, empty ones included, or repeats rows over more"
              + " than 2,000,000 cells.")),
  TOO_MANY_ENTRIES(
      "too-many-entries",
      Severity.ERROR,
      new Text(
          "L'archive a plus de 10 000 entrées, dossiers compris.",
          "The archive has more than 10,000 entries, folders included.")),
  MIXED_ENCODING(
      "mixed-encoding",
      Severity.WARNING,
      new Text(
          "Des lignes ne sont pas dans l'encodage du reste du fichier : leurs lettres accentuées"
              + " sont mal lues, toutes les lignes sont gardées.",
          "Some lines are not in the encoding of the rest of the file: their accented letters are"
              + " misread, every line is kept.")),
  IGNORED_FILE(
      "ignored-file",
      Severity.INFO,
      new Text(
          "Le fichier est reconnu, mais ce format n'en tire rien.",
          "The file is recognised, but this format takes nothing from it.")),
  IGNORED_ROW(
      "ignored-row",
      Severity.INFO,
      new Text(
          "La ligne est lue, mais ce format n'en tire rien.",
          "The row is read, but this format takes nothing from it.")),
  MISSING_FILE(
      "missing-file",
      Severity.ERROR,
      new Text(
          "Il manque un fichier sans lequel l'édition serait incomplète.",
          "A file is missing without which the edition would be incomplete.")),
  DUPLICATE_FILE(
      "duplicate-file",
      Severity.ERROR,
      new Text(
          "Un autre fichier du même type est déjà donné.",
          "Another file of the same kind is given already.")),
  UNKNOWN_EDITION(
      "unknown-edition",
      Severity.ERROR,
      new Text(
          "L'édition ne se lit pas dans le nom du fichier ; précisez --edition.",
          "The file's name does not tell the edition; give --edition.")),
  EDITION_CONFLICT(
      "edition-conflict",
      Severity.ERROR,
      new Text(
          "Une autre édition a déjà ce nom ou cette date de référence.",
          "Another edition already has this name or this reference date.")),
  EMPTY_EDITION(
      "empty-edition",
      Severity.ERROR,
      new Text("L'édition ne contient aucun code.", "The edition holds no code.")),
  UNKNOWN_REFERENTIAL(
      "unknown-referential",
      Severity.ERROR,
      new Text("Le référentiel n'est pas décrit.", "The referential is not described.")),
  MISSING_COLUMN(
      "missing-column",
      Severity.ERROR,
      new Text("Une colonne attendue manque.", "An expected column is missing.")),
  RAGGED_ROW(
      "ragged-row",
      Severity.ERROR,
      new Text(
          "La ligne n'a pas le même nombre de champs que l'en-tête.",
          "The row does not have as many fields as the header.")),
  OVERSIZED_FIELD(
      "oversized-field",
      Severity.ERROR,
      new Text(
          "Un champ est démesuré, par exemple après un guillemet jamais fermé ; la lecture du"
              + " fichier s'arrête là.",
          "A field is oversized, for example after a quote that is never closed; the reading of the"
              + " file stops there.")),
  EMPTY_VALUE(
      "empty-value",
      Severity.ERROR,
      new Text("Une valeur obligatoire est vide.", "A required value is empty.")),
  MALFORMED_CODE(
      "malformed-code",
      Severity.ERROR,
      new Text("Le code n'a pas la forme attendue.", "The code does not have the expected form.")),
  NUMERIC_CODE(
      "numeric-code",
      Severity.ERROR,
      new Text(
          "Le code est enregistré comme un nombre par le tableur : ses zéros ont pu se perdre.",
          "The spreadsheet stores the code as a number: its zeros may be lost.")),
  LOST_LEADING_ZERO(
      "lost-leading-zero",
      Severity.ERROR,
      new Text(
          "Le code a perdu son zéro initial (tableur).",
          "The code lost its leading zero (spreadsheet).")),
  REPAIRED_LEADING_ZERO(
      "repaired-leading-zero",
      Severity.WARNING,
      new Text("Le zéro initial a été rétabli.", "The leading zero was restored.")),
  BAD_CHECK_DIGIT(
      "bad-check-digit",
      Severity.ERROR,
      new Text("La clé de contrôle est fausse.", "The check digit is wrong.")),
  MALFORMED_TEXT(
      "malformed-text",
      Severity.ERROR,
      new Text(
          "Le texte contient un caractère interdit (NUL).",
          "The text contains a forbidden character (NUL).")),
  MALFORMED_DATE(
      "malformed-date",
      Severity.ERROR,
      new Text("La date n'est pas au format AAAA-MM-JJ.", "The date is not YYYY-MM-DD.")),
  MALFORMED_NUMBER(
      "malformed-number",
      Severity.ERROR,
      new Text("La valeur n'est pas un nombre entier.", "The value is not a whole number.")),
  EMPTY_VALIDITY(
      "empty-validity",
      Severity.ERROR,
      new Text("La période se termine avant de commencer.", "The validity ends before it begins.")),
  UNKNOWN_LEVEL(
      "unknown-level",
      Severity.ERROR,
      new Text(
          "Le niveau n'est pas déclaré par le référentiel.",
          "The referential does not declare this level.")),
  OVERLAPPING_VALIDITIES(
      "overlapping-validities",
      Severity.ERROR,
      new Text(
          "Deux états du même code se recouvrent dans le temps.",
          "Two states of the same code overlap in time.")),
  DUPLICATE_ROW(
      "duplicate-row",
      Severity.WARNING,
      new Text("La ligne répète une autre ligne.", "The row repeats another one.")),
  CONFLICTING_ROW(
      "conflicting-row",
      Severity.ERROR,
      new Text(
          "La ligne contredit une autre ligne sur le même code.",
          "The row contradicts another one about the same code.")),
  ORPHAN_LINK(
      "orphan-link",
      Severity.ERROR,
      new Text(
          "Le lien part d'un code que la version ne définit pas.",
          "The link starts from a code that the release does not define.")),
  DANGLING_TARGET(
      "dangling-target",
      Severity.WARNING,
      new Text(
          "Le lien mène à un code que le référentiel visé ne connaît pas.",
          "The link leads to a code that the target referential does not know.")),
  IMPOSSIBLE_EVENT(
      "impossible-event",
      Severity.ERROR,
      new Text(
          "L'évènement contredit l'état des codes à sa date.",
          "The event contradicts the state of the codes on its date.")),
  SETTLED_CONTRADICTION(
      "settled-contradiction",
      Severity.WARNING,
      new Text(
          "Deux énoncés officiels se contredisent ; la suggestion dit ce qui a été retenu.",
          "Two official statements contradict each other; the suggestion says what was kept.")),
  UNKNOWN_EVENT_TYPE(
      "unknown-event-type",
      Severity.WARNING,
      new Text(
          "Type d'évènement inconnu ; l'évènement est conservé.",
          "Unknown event type; the event is kept.")),
  COUNT_DROP(
      "count-drop",
      Severity.ERROR,
      new Text(
          "L'édition perd une part anormale des codes de la précédente ; --accept-count-drop passe"
              + " outre.",
          "The edition loses an abnormal share of the previous one's codes; --accept-count-drop"
              + " overrides.")),
  COUNT_CHANGE(
      "count-change",
      Severity.INFO,
      new Text("Le nombre de codes en vigueur change.", "The number of codes in force changes.")),
  CARRIED_OVER(
      "carried-over",
      Severity.INFO,
      new Text(
          "Les fichiers ne couvrent pas cette part ; elle est reprise de l'édition précédente.",
          "The files do not cover this part; it is kept from the edition before.")),
  MADE_AGAIN(
      "made-again",
      Severity.INFO,
      new Text(
          "Cette édition tient une part de celle qui la précède, et celle-ci a changé ; elle a été"
              + " refaite.",
          "This edition keeps a part of the one before it, which has changed; it was made again.")),
  CORRESPONDENCE_ID(
      "correspondence-id",
      Severity.ERROR,
      new Text(
          "L'identifiant de la table n'est pas fait de minuscules, de chiffres, de points, de"
              + " tirets et de soulignés, ou deux tables le portent.",
          "The table's id is not made of small letters, digits, dots, hyphens and underscores, or"
              + " two tables have it.")),
  CORRESPONDENCE_SIDE(
      "correspondence-side",
      Severity.ERROR,
      new Text(
          "Un côté de la table est une édition qui n'est ni publiée ni dans cet import.",
          "A side of the table is an edition that is neither published nor in this import.")),
  CORRESPONDENCE_WAITS(
      "correspondence-waits",
      Severity.INFO,
      new Text(
          "La table attend qu'une édition de l'autre côté soit publiée ; elle le sera avec elle.",
          "The table waits for an edition of its other side, and will be published with it.")),
  CORRESPONDENCE_EMPTY(
      "correspondence-empty",
      Severity.ERROR,
      new Text("La table n'a aucune ligne.", "The table has no line.")),
  CORRESPONDENCE_CODE(
      "correspondence-code",
      Severity.ERROR,
      new Text(
          "L'édition de ce côté de la table n'a pas ce code.",
          "The edition on this side of the table does not have this code.")),
  CORRESPONDENCE_MATCH(
      "correspondence-match",
      Severity.ERROR,
      new Text(
          "Le rapport entre les codes n'est ni exact, ni narrower, ni broader, ni close, ni"
              + " related.",
          "How the codes match is none of exact, narrower, broader, close, related.")),
  CORRESPONDENCE_SHARE(
      "correspondence-share",
      Severity.ERROR,
      new Text("La part n'est pas un nombre de 0 à 1.", "The share is not a number from 0 to 1.")),
  CORRESPONDENCE_SHARES(
      "correspondence-shares",
      Severity.ERROR,
      new Text(
          "Les parts d'un code source n'ont pas 1 pour somme.",
          "The shares of a source code do not sum to 1.")),
  CORRESPONDENCE_CONFLICT(
      "correspondence-conflict",
      Severity.ERROR,
      new Text(
          "Deux lignes disent des choses différentes des deux mêmes codes.",
          "Two lines say different things of the same two codes.")),
  CORRESPONDENCE_REPEAT(
      "correspondence-repeat",
      Severity.WARNING,
      new Text(
          "La ligne en répète une autre ; elle est comptée une fois.",
          "The line repeats another; it counts once.")),
  CORRESPONDENCE_OPEN_LINE(
      "correspondence-open-line",
      Severity.WARNING,
      new Text(
          "Il manque un des deux codes ; la ligne est laissée de côté.",
          "One of the two codes is missing; the line is left out.")),
  CORRESPONDENCE_UNCOVERED(
      "correspondence-uncovered",
      Severity.WARNING,
      new Text(
          "Des codes en vigueur de ce côté ne sont dans aucune ligne ; les premiers sont cités.",
          "Codes in force on this side are in no line; the first are named.")),
  UNKNOWN_CODE(
      "unknown-code",
      Severity.ERROR,
      new Text(
          "Ce référentiel ne connaît pas ce code.", "This referential does not know the code.")),
  CODE_NOT_YET_IN_FORCE(
      "code-not-yet-in-force",
      Severity.ERROR,
      new Text("Le code n'est pas encore en vigueur.", "The code is not in force yet.")),
  NOT_KNOWN_AT_DATE(
      "not-known-at-date",
      Severity.INFO,
      new Text(
          "On ne sait pas si le code est en vigueur ce jour-là.",
          "It is not known whether the code is in force on that day.")),
  CODE_NO_LONGER_IN_FORCE(
      "code-no-longer-in-force",
      Severity.ERROR,
      new Text("Le code n'est plus en vigueur.", "The code is no longer in force.")),
  CODE_OF_ANOTHER_EDITION(
      "code-of-another-edition",
      Severity.ERROR,
      new Text(
          "Le code est d'une autre édition de ce référentiel.",
          "The code belongs to another edition of this referential.")),
  CODE_OF_ANOTHER_REFERENTIAL(
      "code-of-another-referential",
      Severity.ERROR,
      new Text("Le code est d'un autre référentiel.", "The code belongs to another referential.")),
  CODE_OF_A_PART(
      "code-of-a-part",
      Severity.WARNING,
      new Text(
          "Le code désigne une partie de ce qui est attendu, comme un arrondissement de Paris pour"
              + " sa commune.",
          "The code stands for a part of what is expected, as an arrondissement of Paris does for"
              + " its commune.")),
  UNLISTED_CODE(
      "unlisted-code",
      Severity.INFO,
      new Text(
          "Le code est d'un genre que la liste de son éditeur ne donne pas : il n'est pas vérifié.",
          "The code is of a kind that its publisher's list does not give: it is not verified.")),
  UNCONFIRMED_CODE(
      "unconfirmed-code",
      Severity.INFO,
      new Text(
          "Ce référentiel ne connaît pas ce code, et rien ne dit qu'il soit faux.",
          "This referential does not know the code, and nothing says that it is wrong.")),
  AMBIGUOUS_CODE(
      "ambiguous-code",
      Severity.ERROR,
      new Text(
          "Plusieurs codes sont possibles ; rien ne dit lequel.",
          "Several codes are possible; nothing says which.")),
  LABEL_FOR_CODE(
      "label-for-code",
      Severity.ERROR,
      new Text("C'est un libellé, pas un code.", "This is a label, not a code.")),
  PLACEHOLDER_VALUE(
      "placeholder-value",
      Severity.ERROR,
      new Text("La valeur tient lieu de case vide.", "The value stands in for an empty cell.")),
  SUPERFLUOUS_ZERO(
      "superfluous-zero",
      Severity.ERROR,
      new Text("Le code porte un zéro de trop.", "The code has a zero too many.")),
  STRAY_CHARACTERS(
      "stray-characters",
      Severity.ERROR,
      new Text(
          "Des espaces, des guillemets ou des caractères invisibles se mêlent au code.",
          "Blanks, quotes or invisible characters are mixed with the code.")),
  LETTER_CASE(
      "letter-case",
      Severity.ERROR,
      new Text(
          "Les lettres du code n'ont pas la casse officielle.",
          "The letters of the code are not in the official case.")),
  CODE_PUNCTUATION(
      "code-punctuation",
      Severity.WARNING,
      new Text(
          "La ponctuation du code n'est pas celle de son éditeur.",
          "The punctuation of the code is not its publisher's.")),
  STORED_AS_NUMBER(
      "stored-as-number",
      Severity.ERROR,
      new Text(
          "Le code est passé par un nombre à virgule (tableur).",
          "The code went through a decimal number (spreadsheet).")),
  DIGITS_LOST(
      "digits-lost",
      Severity.ERROR,
      new Text(
          "Le tableur a arrondi le code : ses derniers chiffres sont perdus.",
          "The spreadsheet rounded the code: its last digits are lost.")),
  OVERSEAS_FORM(
      "overseas-form",
      Severity.ERROR,
      new Text(
          "Le code d'outre-mer est écrit avec le département sur trois chiffres.",
          "The overseas code is written with the département on three digits.")),
  INCONSISTENT_COLUMNS(
      "inconsistent-columns",
      Severity.ERROR,
      new Text(
          "Le code contredit celui d'une autre colonne de la ligne.",
          "The code contradicts that of another column of the row.")),
  LABEL_MISMATCH(
      "label-mismatch",
      Severity.WARNING,
      new Text("Le libellé n'est pas celui du code.", "The label is not that of the code.")),
  DUPLICATE_KEY(
      "duplicate-key",
      Severity.ERROR,
      new Text("Une autre ligne porte déjà cette clé.", "Another row already has this key.")),
  SCHEMA_TYPE(
      "schema-type",
      Severity.ERROR,
      new Text(
          "La valeur n'est pas du type que le schéma annonce.",
          "The value is not of the type that the schema states.")),
  SCHEMA_CONSTRAINT(
      "schema-constraint",
      Severity.ERROR,
      new Text(
          "La valeur ne respecte pas une contrainte du schéma.",
          "The value breaks a constraint of the schema.")),
  SPREADSHEET_FORMULA(
      "spreadsheet-formula",
      Severity.WARNING,
      new Text(
          "Un tableur prendrait cette valeur pour une formule.",
          "A spreadsheet would take this value for a formula.")),
  PERSONAL_DATA(
      "personal-data",
      Severity.WARNING,
      new Text(
          "La colonne semble contenir des données personnelles.",
          "The column seems to hold personal data.")),
  SECOND_HEADER(
      "second-header",
      Severity.INFO,
      new Text(
          "La ligne nomme les colonnes, comme celle qui est prise pour l'en-tête : elle n'est pas"
              + " contrôlée.",
          "The row names the columns, as the one that is taken for the header does: it is not"
              + " checked.")),
  UNCONFIRMED_COLUMN(
      "unconfirmed-column",
      Severity.INFO,
      new Text(
          "Le nom de la colonne annonce des codes que ses valeurs ne sont pas : elle n'est pas"
              + " contrôlée comme telle.",
          "The name of the column announces codes that its values are not: it is not checked as"
              + " such.")),
  TOO_MANY_FINDINGS(
      "too-many-findings",
      Severity.INFO,
      new Text(
          "D'autres anomalies de la même règle ne sont pas détaillées.",
          "Further findings of the same rule are not detailed."));

  private final String code;
  private final Severity severity;
  private final Text message;

  Rule(String code, Severity severity, Text message) {
    this.code = code;
    this.severity = severity;
    this.message = message;
  }

  /** The stable name of the rule. */
  public String code() {
    return code;
  }

  /** How bad it is to break it. */
  public Severity severity() {
    return severity;
  }

  /** What it means to break it, in French and English. */
  public Text message() {
    return message;
  }

  /** A finding without a value. */
  public Finding at(Place place) {
    return new Finding(this, place, null, null);
  }

  /** A finding about a value. */
  public Finding at(Place place, String value) {
    return new Finding(this, place, value, null);
  }

  /** A finding about a value, with what it should probably be. */
  public Finding at(Place place, String value, String suggestion) {
    return new Finding(this, place, value, suggestion);
  }
}
