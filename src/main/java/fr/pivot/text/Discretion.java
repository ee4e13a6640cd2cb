package fr.pivot.text;

import fr.pivot.referential.Text;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which values of people's files are not repeated, wherever something is told of a file: those that
 * look as if they were of a person, and those of columns that are called as if they held such. In
 * doubt a value is not repeated; its place and its {@linkplain #shape shape} are told instead. What
 * a referential gives as a code or a name is public, and who knows that it is need not ask.
 */
public final class Discretion {

  /** Further characters of a value are not looked at: nobody repeats more. */
  private static final int MOST_READ = 2000;

  /** What a name of a column holds, its words side by side, that leaves no doubt. */
  private static final List<String> SURE_PARTS =
      List.of(
          "prenom",
          "courriel",
          "email",
          "telephone",
          "naissance",
          "datenais",
          "passeport",
          "passport",
          "patronym",
          "numsecu",
          "nosecu",
          "securitesociale",
          "birth",
          "firstname",
          "lastname",
          "surname",
          "nomusage",
          "nomdusage",
          "nomfamille",
          "nomdefamille",
          "motdepasse",
          "password");

  /** The words of names of columns that leave no doubt. */
  private static final Set<String> SURE_WORDS =
      Set.of(
          "nir",
          "nss",
          "secu",
          "mail",
          "mails",
          "mel",
          "tel",
          "tels",
          "portable",
          "mobile",
          "gsm",
          "fax",
          "phone",
          "iban",
          "rib",
          "ddn",
          "dnais",
          "nais",
          "naiss",
          "dob",
          "cni",
          "ine",
          "login",
          "civilite");

  /** The words of columns that may be about persons, or about organisations and places. */
  private static final Set<String> WORDS =
      Set.of(
          "nom",
          "noms",
          "name",
          "names",
          "identite",
          "adresse",
          "adresses",
          "adr",
          "address",
          "voie",
          "numvoie",
          "novoie",
          "rue",
          "street",
          "complement",
          "domicile",
          "lieudit",
          "beneficiaire",
          "beneficiaires",
          "titulaire",
          "demandeur",
          "usager",
          "assure",
          "allocataire",
          "agent",
          "salarie",
          "employe",
          "eleve",
          "etudiant",
          "patient",
          "conjoint",
          "pere",
          "mere",
          "enfant",
          "tuteur",
          "representant",
          "contact",
          "responsable",
          "proprietaire",
          "locataire",
          "adherent",
          "candidat",
          "elu",
          "signataire",
          "interlocuteur",
          "referent",
          "personne",
          "individu",
          "matricule",
          "immatriculation",
          "immat",
          "plaque");

  /** The words that say of such a column that it is about something else than a person. */
  private static final Set<String> OTHERWISE =
      Set.of(
          "code",
          "codes",
          "insee",
          "commune",
          "communes",
          "ville",
          "departement",
          "dep",
          "region",
          "epci",
          "interco",
          "canton",
          "arrondissement",
          "pays",
          "zone",
          "quartier",
          "iris",
          "qpv",
          "siret",
          "siren",
          "naf",
          "ape",
          "rna",
          "organisme",
          "organisation",
          "entreprise",
          "etablissement",
          "societe",
          "association",
          "structure",
          "collectivite",
          "attribuant",
          "acheteur",
          "mairie",
          "ecole",
          "gare",
          "station",
          "site",
          "equipement",
          "projet",
          "programme",
          "dispositif",
          "marche",
          "produit",
          "service",
          "fichier",
          "officiel",
          "court");

  /** Parties to subsidies and contracts, whose {@code id} is the number of a legal unit. */
  private static final Set<String> PARTIES =
      Set.of("beneficiaire", "attribuant", "titulaire", "acheteur");

  private static final String GAP = "[ \u00A0\u202F./()_-]";

  /** Nine digits and more, with what people put between them. */
  private static final Pattern NUMBER =
      Pattern.compile("(?<![\\p{L}\\d])\\+?\\(?\\d(?:" + GAP + "{0,3}\\d){8,24}(?!\\d)");

  private static final Pattern OTHER_FORMS =
      Pattern.compile(
          String.join(
              "|",
              // an e-mail address
              "[\\p{L}\\d._%+'-]@[\\p{L}\\d]",
              // a social security number of Corsica
              "(?<!\\d)[12]G?\\d\\dG?\\d\\dG?2[ABab]G?\\d{3}G?\\d{3}(?!\\d{3})".replace("G", GAP),
              // licence plates
              "(?<![\\p{L}\\d])[A-Z]{2}[- ]?\\d{3}[- ]?[A-Z]{2}(?![\\p{L}\\d])",
              "^\\d{1,4}[ -][A-Z]{2,3}[ -](?:\\d{2}|2[AB]|97\\d)$",
              // a passport, a pupil's number
              "^\\d{2}[A-Z]{2}\\d{5}$",
              "^\\d{10}[A-Z]$|^\\d{9}[A-Z]{2}$"));

  private static final Pattern WORDED =
      Pattern.compile(
          String.join(
              "|",
              // an address
              "(?<!\\d)\\d{1,4}(?: ?(?:bis|ter|quater|[a-d]))?,? (?:rue|avenue|av|boulevard|bd|chemin"
                  + "|impasse|all[ée]e|place|route|rte|quai|cours|square|lotissement|r[ée]sidence"
                  + "|hameau|passage|sentier|voie)(?!\\p{L})",
              // a person
              "^(?:m\\.|mr\\.?|mme\\.?|mlle|monsieur|madame|mademoiselle|dr\\.?|docteur) \\p{L}",
              "(?<!\\p{L})n[ée]e?(?:\\(e\\))? le(?!\\p{L})"),
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

  private static final Pattern ACCOUNT =
      Pattern.compile(
          "(?<![\\p{L}\\d])[A-Za-z]{2}\\d{2}(?:[ \u00A0\u202F-]?[A-Za-z\\d]){11,30}(?![\\p{L}\\d])");

  /** No account has fewer digits, nor has any other text so many. */
  private static final int DIGITS_OF_ACCOUNT = 10;

  private Discretion() {}

  /** Whether a value is not repeated, by what its column is called or by its form. */
  public static boolean withholds(String column, String value) {
    return isPersonal(column) || looksPersonal(value);
  }

  /** Whether a column is called as if it held what is of persons, in doubt too. */
  public static boolean isPersonal(String column) {
    if (isSurelyPersonal(column)) {
      return true;
    }
    List<String> words = Words.list(column);
    boolean isParty =
        (words.contains("id") || words.contains("identifiant"))
            && words.stream().anyMatch(PARTIES::contains);
    return !isParty
        && words.stream().anyMatch(WORDS::contains)
        && words.stream().noneMatch(OTHERWISE::contains);
  }

  /**
   * Whether a column is called as if it held what is of persons, and may as well hold names of
   * places: {@code nom}.
   */
  public static boolean isPersonalInDoubt(String column) {
    return isPersonal(column) && !isSurelyPersonal(column);
  }

  /** Whether a column is called as only such are that hold what is of persons. */
  private static boolean isSurelyPersonal(String column) {
    List<String> words = Words.list(column);
    String joined = String.join("", words);
    return words.stream().anyMatch(SURE_WORDS::contains)
        || SURE_PARTS.stream().anyMatch(joined::contains)
        || joined.equals("nele")
        || joined.equals("neele")
        || joined.equals("numss");
  }

  /**
   * Whether a value has the form of what is of a person: an address, of mail or of a house, the
   * number of a telephone, of social security, whatever its key, of an account, a card, a passport,
   * a pupil or a vehicle, or a name with its title.
   */
  public static boolean looksPersonal(String value) {
    String text = value.length() <= MOST_READ ? value : value.substring(0, MOST_READ);
    text = text.strip();
    if (OTHER_FORMS.matcher(text).find() || WORDED.matcher(text).find()) {
      return true;
    }
    Matcher number = NUMBER.matcher(text);
    while (number.find()) {
      if (isOfPerson(number.group())) {
        return true;
      }
    }
    Matcher account = ACCOUNT.matcher(text);
    while (account.find()) {
      if (digits(account.group()).length() >= DIGITS_OF_ACCOUNT) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOfPerson(String written) {
    String number = digits(written);
    int length = number.length();
    boolean isAbroad = written.startsWith("+") || number.startsWith("00");
    return switch (length) {
      case 10 -> isAbroad || number.charAt(0) == '0';
      case 13, 15 -> isAbroad || isBirth(number);
      case 16 -> true;
      default -> isAbroad && length >= 9 && length <= 17;
    };
  }

  /** Whether a number begins with a sex, a year and a month, those that are made up included. */
  private static boolean isBirth(String number) {
    int month = Integer.parseInt(number.substring(3, 5));
    return (number.charAt(0) == '1' || number.charAt(0) == '2')
        && (month >= 1 && month <= 12 || month >= 20 && month <= 42 || month >= 50);
  }

  private static String digits(String text) {
    return text.replaceAll("[^0-9]", "");
  }

  /** What is told in place of a value: how many characters it has, and of which sort. */
  public static Text shape(String value) {
    String bare = value.replaceAll(GAP, "");
    int length = bare.codePointCount(0, bare.length());
    boolean isNumber = bare.chars().allMatch(c -> c >= '0' && c <= '9');
    String fr = isNumber ? "chiffre" : "caractère";
    String en = isNumber ? "digit" : "character";
    String s = length > 1 ? "s" : "";
    return new Text(
        String.format(Locale.ROOT, "%d %s%s", length, fr, s),
        String.format(Locale.ROOT, "%d %s%s", length, en, s));
  }

  /** That a value is not repeated, in words. */
  public static Text withheld(String value) {
    Text shape = shape(value);
    return new Text(
        "Valeur non reprise : " + shape.fr() + '.', "Value not repeated: " + shape.en() + '.');
  }

  /** The name of a column, or its number where what stands in its place looks personal. */
  public static String name(String column, int rank) {
    return looksPersonal(column) ? "#" + (rank + 1) : column;
  }
}
