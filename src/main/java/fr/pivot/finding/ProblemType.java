package fr.pivot.finding;

import fr.pivot.referential.Text;
import java.util.Locale;

/**
 * Every kind of problem that an answer can report. Its address, {@code /problems/} and the slug, is
 * public API: it never changes its meaning. Words in braces in a detail stand for the members of
 * the problem of that name.
 */
public enum ProblemType {
  /** What was sent is not HTTP, JSON, UTF-8 or the like. */
  MALFORMED_REQUEST(
      400,
      "Requête mal formée",
      "Malformed request",
      "La requête ne peut pas être lue.",
      "The request cannot be read."),
  /** A reference is not in the notation {@code referential[@at]}. */
  MALFORMED_REFERENCE(
      400,
      "Référence mal formée",
      "Malformed reference",
      "« {value} » n'est pas une référence : écrire « communes », « communes@2019 »,"
          + " « communes@2015-06-01 » ou « communes@2023,2015-12-31 ».",
      "\"{value}\" is not a reference: write \"communes\", \"communes@2019\","
          + " \"communes@2015-06-01\" or \"communes@2023,2015-12-31\"."),
  /** A code that no referential could hold. */
  MALFORMED_CODE(
      400,
      "Code mal formé",
      "Malformed code",
      "Un code a de 1 à 100 caractères et aucun caractère de contrôle.",
      "A code has 1 to 100 characters and no control character."),
  /** The operation does not declare that parameter. */
  UNKNOWN_PARAMETER(
      400,
      "Paramètre inconnu",
      "Unknown parameter",
      "L'opération n'a pas de paramètre « {parameter} » ; elle connaît : {known}.",
      "The operation has no parameter \"{parameter}\"; it knows: {known}."),
  /** A parameter that is given more than once. */
  DUPLICATE_PARAMETER(
      400,
      "Paramètre répété",
      "Duplicate parameter",
      "Le paramètre « {parameter} » est donné plusieurs fois ; une liste s'écrit avec des"
          + " virgules.",
      "The parameter \"{parameter}\" is given several times; a list is written with commas."),
  /** A parameter whose value the contract does not allow. */
  INVALID_PARAMETER(
      400,
      "Paramètre invalide",
      "Invalid parameter",
      "La valeur du paramètre « {parameter} » n'est pas permise ; attendu : {expected}.",
      "The value of the parameter \"{parameter}\" is not allowed; expected: {expected}."),
  /** {@code fields} names what a code of this referential does not have. */
  UNKNOWN_FIELD(
      400,
      "Champ inconnu",
      "Unknown field",
      "« {field} » n'est pas un champ des codes de {referential} ; champs connus : {known}.",
      "\"{field}\" is not a field of the codes of {referential}; known fields: {known}."),
  /** A CSV body without the column that holds the codes. */
  UNKNOWN_COLUMN(
      400,
      "Colonne introuvable",
      "Column not found",
      "Le fichier n'a pas la colonne demandée, ou aucune ne s'impose ; ses colonnes : {columns}.",
      "The file does not have the column asked for, or none stands out; its columns: {columns}."),
  /** No such referential. */
  UNKNOWN_REFERENTIAL(
      404,
      "Référentiel inconnu",
      "Unknown referential",
      "Il n'y a pas de référentiel « {referential} ».",
      "There is no referential \"{referential}\"."),
  /** The referential has no such edition. */
  UNKNOWN_EDITION(
      404,
      "Édition inconnue",
      "Unknown edition",
      "Le référentiel {referential} n'a pas d'édition « {edition} » ; éditions : {editions}.",
      "The referential {referential} has no edition \"{edition}\"; editions: {editions}."),
  /** The referential is described, but none of its editions has been imported. */
  NO_EDITION(
      404,
      "Aucune édition",
      "No edition",
      "Aucune édition du référentiel {referential} n'est encore publiée.",
      "No edition of the referential {referential} has been published yet."),
  /** Nobody ever used that code. */
  UNKNOWN_CODE(
      404,
      "Code inconnu",
      "Unknown code",
      "« {code} » n'a jamais été un code de {referential}.",
      "\"{code}\" was never a code of {referential}."),
  /** The code was or will be used, but not at that point. */
  CODE_NOT_IN_FORCE(
      404,
      "Code qui n'est pas en vigueur",
      "Code not in force",
      "« {code} » n'est pas en vigueur le {date} dans {referential} (édition {release}).",
      "\"{code}\" is not in force on {date} in {referential} (edition {release})."),
  /** Two lists differ about the code, and the day lies between them. */
  NOT_KNOWN_AT_DATE(
      404,
      "Code dont on ne sait rien ce jour-là",
      "Not known on that day",
      "On ne sait pas si « {code} » est en vigueur le {date} dans {referential} : la liste d'avant"
          + " ne l'a pas, celle d'après l'a.",
      "It is not known whether \"{code}\" is in force on {date} in {referential}: the list before"
          + " does not have it, the one after does."),
  /** The day lies before the first one of which anything is known. */
  BEFORE_HORIZON(
      404,
      "Jour d'avant l'historique",
      "Before the history begins",
      "Du {date}, rien n'est su dans {referential}, dont l'historique commence le {horizon} :"
          + " demander ce jour-là ou un jour ultérieur.",
      "Nothing is known of {date} in {referential}, whose history begins on {horizon}: ask for that"
          + " day or a later one."),
  /** No correspondence of that id is published. */
  UNKNOWN_CORRESPONDENCE(
      404,
      "Table de passage inconnue",
      "Unknown correspondence",
      "Il n'y a pas de table de passage « {correspondence} ».",
      "There is no correspondence \"{correspondence}\"."),
  /** No operation has that address. */
  NOT_FOUND(
      404,
      "Adresse inconnue",
      "Not found",
      "Rien ne répond à cette adresse ; /openapi.yaml les décrit toutes.",
      "Nothing answers at this address; /openapi.yaml describes them all."),
  /** The address knows other methods. */
  METHOD_NOT_ALLOWED(
      405,
      "Méthode non permise",
      "Method not allowed",
      "Cette adresse ne connaît pas cette méthode ; l'en-tête Allow dit lesquelles.",
      "This address does not know this method; the Allow header says which it does."),
  /** No format of the operation is acceptable to the client. */
  NOT_ACCEPTABLE(
      406,
      "Format non disponible",
      "Not acceptable",
      "L'opération ne répond dans aucun des formats demandés.",
      "The operation answers in none of the formats asked for."),
  /** The client was too slow. */
  REQUEST_TIMEOUT(
      408,
      "Délai dépassé",
      "Request timeout",
      "La requête n'est pas arrivée à temps.",
      "The request did not arrive in time."),
  /** The request contradicts what is being done. */
  CONFLICT(
      409,
      "Conflit",
      "Conflict",
      "La requête contredit une opération en cours.",
      "The request contradicts an operation in progress."),
  /** The body, or a part of it, is larger than the limit. */
  TOO_LARGE(
      413,
      "Requête trop grande",
      "Too large",
      "La requête, ou une de ses lignes, dépasse la limite.",
      "The request, or one of its lines, exceeds the limit."),
  /** The address is longer than the limit. */
  URI_TOO_LONG(
      414,
      "Adresse trop longue",
      "URI too long",
      "L'adresse demandée dépasse la limite.",
      "The address asked for exceeds the limit."),
  /** The operation does not read bodies of that type. */
  UNSUPPORTED_MEDIA_TYPE(
      415,
      "Type de contenu non pris en charge",
      "Unsupported media type",
      "L'opération ne lit pas les contenus de ce type.",
      "The operation does not read bodies of this type."),
  /** Two correspondences of which neither leads to a new edition of a side of the other. */
  UNRELATED_CORRESPONDENCES(
      422,
      "Tables sans lien",
      "Unrelated correspondences",
      "« {with} » ne mène d'aucun côté de « {correspondence} » à une autre édition.",
      "\"{with}\" leads from no side of \"{correspondence}\" to another edition."),
  /** The request is well-formed but means nothing. */
  UNPROCESSABLE(
      422,
      "Requête sans effet possible",
      "Unprocessable",
      "La requête est lisible, mais son contenu ne peut pas être traité.",
      "The request can be read, but its content cannot be processed."),
  /** A query of a batch that is not what the protocol says. */
  INVALID_QUERY(
      422,
      "Question invalide",
      "Invalid query",
      "La question « {query} » ne peut pas être traitée ; attendu : {expected}.",
      "The query \"{query}\" cannot be processed; expected: {expected}."),
  /** No type of that id: neither a referential nor one of its levels. */
  UNKNOWN_TYPE(
      422,
      "Type inconnu",
      "Unknown type",
      "Il n'y a pas de type « {typeId} » ; types : {known}.",
      "There is no type \"{typeId}\"; types: {known}."),
  /** A property that concepts of this kind do not have. */
  UNKNOWN_PROPERTY(
      422,
      "Propriété inconnue",
      "Unknown property",
      "Il n'y a pas de propriété « {property} » ; propriétés : {known}.",
      "There is no property \"{property}\"; properties: {known}."),
  /** No successions, links or published tables lead from one point to the other. */
  NO_ROUTE(
      422,
      "Aucun chemin",
      "No route",
      "Aucun enchaînement de mouvements, de liens et de tables publiées ne mène de {from} à {to}.",
      "No succession, link or published table leads from {from} to {to}."),
  /** {@code line} of the choices that came with a file is none of them can be made of. */
  INVALID_CHOICES(
      422,
      "Choix inutilisables",
      "Unusable choices",
      "La ligne {line} des choix ne peut pas être suivie ; attendu : {expected}.",
      "Line {line} of the choices cannot be followed; expected: {expected}."),
  /** A form without a part called {@code file}. */
  MISSING_FILE(
      400,
      "Fichier manquant",
      "Missing file",
      "Le formulaire n'a pas de partie « file ».",
      "The form has no part \"file\"."),
  /** A file that cannot be read as a table. */
  REFUSED_FILE(
      422,
      "Fichier refusé",
      "File refused",
      "{reason} Le fichier n'est pas lu.",
      "{reason} The file is not read."),
  /** A column that should hold figures holds something else. */
  NOT_A_NUMBER(
      422,
      "Nombre illisible",
      "Not a number",
      "« {value} », ligne {line}, colonne « {column} », n'est pas un nombre.",
      "\"{value}\", line {line}, column \"{column}\", is not a number."),
  /** The client asks too often. */
  TOO_MANY_REQUESTS(
      429,
      "Trop de requêtes",
      "Too many requests",
      "Trop de requêtes ; l'en-tête Retry-After dit quand réessayer.",
      "Too many requests; the Retry-After header says when to try again."),
  /** The headers are longer than the limit. */
  HEADERS_TOO_LARGE(
      431,
      "En-têtes trop grands",
      "Headers too large",
      "Les en-têtes de la requête dépassent la limite.",
      "The headers of the request exceed the limit."),
  /** Broken software. */
  INTERNAL(
      500,
      "Erreur interne",
      "Internal error",
      "Une erreur s'est produite ; elle est consignée.",
      "Something went wrong; it has been logged."),
  /** As much is being worked on as the machine can bear. */
  BUSY(
      503,
      "Service occupé",
      "Busy",
      "Autant de travaux sont en cours que le service en supporte, et d'autres attendent ;"
          + " l'en-tête Retry-After dit quand réessayer.",
      "As much is being worked on as the service can bear, and more is waiting; the Retry-After"
          + " header says when to try again."),
  /** The database cannot be reached, or the referentials are not loaded yet. */
  UNAVAILABLE(
      503,
      "Service indisponible",
      "Unavailable",
      "Le service ne peut pas répondre pour l'instant ; réessayer bientôt.",
      "The service cannot answer for now; try again soon."),
  /** An answer that has to be written to a file first finds no place on the disk. */
  INSUFFICIENT_STORAGE(
      507,
      "Disque plein",
      "Disk full",
      "Le disque du service n'a plus de place pour préparer la réponse ; rien n'en a été gardé."
          + " Réessayer plus tard, ou demander une réponse plus petite.",
      "The service has no room left on its disk to prepare the answer; nothing of it was kept. Try"
          + " again later, or ask for a smaller answer.");

  private final int status;
  private final Text title;
  private final Text detail;

  ProblemType(int status, String titleFr, String titleEn, String detailFr, String detailEn) {
    this.status = status;
    this.title = new Text(titleFr, titleEn);
    this.detail = new Text(detailFr, detailEn);
  }

  /** Its name in addresses: {@code unknown-code}. */
  public String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The HTTP status that goes with it. */
  public int status() {
    return status;
  }

  /** What it is called. */
  public Text title() {
    return title;
  }

  /** What it says, with the members in braces. */
  public Text detail() {
    return detail;
  }

  /** A problem of this type. */
  public Problem problem() {
    return new Problem(this, java.util.Map.of());
  }

  /** A problem of this type with a member. */
  public Problem with(String member, @org.jspecify.annotations.Nullable Object value) {
    return problem().with(member, value);
  }

  /** The problem of a parameter whose value is not what was expected. */
  public static ProblemException invalid(String parameter, Text expected) {
    return INVALID_PARAMETER.with("parameter", parameter).with("expected", expected).exception();
  }

  /** A text from outside, short enough to be quoted. */
  public static String shorten(String text) {
    return text.length() <= 100 ? text : text.substring(0, 100) + "…";
  }
}
