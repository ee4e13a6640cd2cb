package fr.pivot.cli.session;

import fr.pivot.referential.Text;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the environment may say, and all of it: what it means, what holds where it says
 * nothing, and what it may say. The page {@code docs/exploitation/configuration.md} is made of
 * this.
 */
public enum Setting {
  HOME(
      "Le dossier de Pivot : la base embarquée, les tables en mémoire, les index. Un dossier à lui"
          + " seul.",
      "The folder of Pivot: the embedded database, the tables in memory, the indexes. A folder of"
          + " its own.",
      "~/.pivot",
      Kind.PATH),
  HOST(
      "L'adresse sur laquelle écouter ; 0.0.0.0 ou :: pour toutes.",
      "The address to listen on; 0.0.0.0 or :: for all.",
      "127.0.0.1",
      Kind.TEXT),
  PORT("Le port sur lequel écouter.", "The port to listen on.", "8080", Kind.PORT),
  TRUSTED_PROXIES(
      "Les mandataires dont les en-têtes Forwarded et X-Forwarded-* sont crus : des adresses ou des"
          + " réseaux, séparés par des virgules.",
      "The proxies whose Forwarded and X-Forwarded-* headers are believed: addresses or networks,"
          + " with commas between.",
      null,
      Kind.TEXT),
  DATABASE_URL(
      "Le serveur PostgreSQL (15 ou plus récent) à utiliser au lieu de la base embarquée, comme"
          + " jdbc:postgresql://base:5432/pivot.",
      "The PostgreSQL server (15 or later) to use instead of the embedded database, as"
          + " jdbc:postgresql://db:5432/pivot.",
      null,
      Kind.TEXT),
  DATABASE_USER(
      "Le rôle avec lequel s'y connecter.", "The role to connect to it as.", "postgres", Kind.TEXT),
  DATABASE_PASSWORD(
      "Son mot de passe ; mieux : PIVOT_DATABASE_PASSWORD_FILE.",
      "Its password; better: PIVOT_DATABASE_PASSWORD_FILE.",
      null,
      Kind.SECRET),
  POSTGRES_BIN(
      "Le dossier des programmes d'un PostgreSQL de la machine, à utiliser pour la base embarquée.",
      "The folder of the programs of a PostgreSQL on the machine, to use for the embedded database.",
      null,
      Kind.PATH),
  LOG(
      "La forme du journal de « serve » : json, un objet par ligne ; text, pour des personnes, ce qui est le cas sur un terminal.",
      "The form of what \"serve\" logs: json, an object a line; text, for people, as it is on a terminal.",
      null,
      Kind.oneOf("json", "text")),
  LOG_LEVEL(
      "Ce qui est journalisé : error, warn, info ou debug (avec les traces entières).",
      "What is logged: error, warn, info or debug (with whole traces).",
      "info",
      Kind.oneOf("error", "warn", "info", "debug")),
  ACCESS_LOG(
      "Une ligne par requête sur la sortie standard, sans adresse demandée ni adresse entière de qui"
          + " demande.",
      "A line of each request on the standard output, without the address that was asked or the"
          + " whole address of who asked.",
      "on",
      Kind.ON_OFF),
  METRICS_PORT(
      "Le port des mesures pour Prometheus (/metrics) ; sans lui, il n'y en a pas.",
      "The port of the figures for Prometheus (/metrics); without it there are none.",
      null,
      Kind.PORT),
  METRICS_HOST(
      "L'adresse sur laquelle elles sont données.",
      "The address that they are given on.",
      "127.0.0.1",
      Kind.TEXT),
  STATISTICS(
      "Compter chaque jour, sans rien retenir de qui demande, combien de codes sont demandés :"
          + " /statistiques.",
      "Count each day how many codes are asked for, keeping nothing of who asks: /statistiques.",
      "on",
      Kind.ON_OFF),
  DRAIN_NOTICE(
      "Combien de temps /health/ready dit « non » avant que rien de nouveau ne soit pris, à l'arrêt.",
      "How long /health/ready says no before nothing new is taken, at the end.",
      "5s",
      Kind.DURATION),
  LIMITS_FILES(
      "Combien de fichiers et de tables entières sont traités à la fois ; sinon, selon les processeurs et la mémoire.",
      "How many files and whole tables are worked on at a time; else by processors and heap.",
      null,
      Kind.count(1, 1_000)),
  LIMITS_BATCHES(
      "Combien de lots sont traités à la fois ; sinon, selon les processeurs.",
      "How many batches are worked on at a time; else by processors.",
      null,
      Kind.count(1, 1_000)),
  LIMITS_WAITING(
      "Combien attendent leur tour, de chaque sorte ; sinon, selon les places.",
      "How many of each wait for their turn; else by places.",
      null,
      Kind.count(0, 10_000)),
  LIMITS_WAIT("Combien de temps ils attendent.", "How long they wait.", "3s", Kind.DURATION),
  LIMITS_CLIENT_QUESTIONS(
      "Combien de questions un client peut poser par seconde ; 0 : autant qu'il veut.",
      "How many questions a client may ask a second; 0: as many as it likes.",
      "200",
      Kind.count(0, 10_000)),
  LIMITS_CLIENT_QUESTIONS_AT_ONCE(
      "Combien il peut en poser d'un coup, après un repos.",
      "How many it may ask at once, after a rest.",
      "2000",
      Kind.count(1, 1_000_000)),
  LIMITS_CLIENT_FILES(
      "Combien de fichiers et de tables entières un client peut faire traiter par minute ; 0 : autant"
          + " qu'il veut.",
      "How many files and whole tables a client may have worked on a minute; 0: as many as it likes.",
      "120",
      Kind.count(0, 10_000)),
  LIMITS_CLIENT_FILES_AT_ONCE(
      "Combien il peut en faire traiter d'affilée, après un repos.",
      "How many it may have worked on one after the other, after a rest.",
      "120",
      Kind.count(1, 10_000)),
  LIMITS_CLIENT_CONNECTIONS(
      "Combien de connexions un client peut avoir à la fois ; 0 : autant qu'il veut.",
      "How many connections a client may have at a time; 0: as many as it likes.",
      "100",
      Kind.count(0, 100_000)),
  LIMITS_CONNECTIONS(
      "Combien il y a de connexions à la fois, de tous les clients.",
      "How many connections there are at a time, of all clients.",
      "2000",
      Kind.count(1, 100_000)),
  LIMITS_CONNECTION_HEAD(
      "Combien de temps l'en-tête d'une requête peut mettre à venir.",
      "How long the head of a request may take to come.",
      "10s",
      Kind.SECONDS),
  LIMITS_CONNECTION_GRACE(
      "Combien de temps un corps, ou qui lit une réponse, peut faire attendre le serveur.",
      "How long a body, or who reads an answer, may keep the server waiting.",
      "30s",
      Kind.SECONDS),
  LIMITS_CONNECTION_BYTES_PER_SECOND(
      "Combien d'octets en rendent une seconde : le débit au-dessous duquel on est trop lent.",
      "How many bytes give a second of it back: the pace below which one is too slow.",
      "1024",
      Kind.count(1, 1_000_000)),
  LIMITS_CONNECTION_IDLE(
      "Combien de temps est gardée une connexion à laquelle rien n'est demandé.",
      "How long a connection is kept of which nothing is asked.",
      "60s",
      Kind.SECONDS),
  SECURITY_CONTACT(
      "À qui signaler une faille de ce serveur, dit à /.well-known/security.txt ; sans lui, cette"
          + " adresse n'existe pas.",
      "Whom to tell of a vulnerability of this server, as /.well-known/security.txt says; without it"
          + " there is no such address.",
      null,
      Kind.CONTACT),
  JAVA_OPTS(
      "Des options de Java de plus, comme -Xmx1g (lu par le lanceur).",
      "More options for Java, as -Xmx1g (read by the launcher).",
      null,
      Kind.TEXT),
  AOT(
      "off : démarrer sans le cache des classes (lu par le lanceur).",
      "off: start without the cache of classes (read by the launcher).",
      "on",
      Kind.ON_OFF);

  private static final String PREFIX = "PIVOT_";

  /** What properties begin with that belong together, the longest first. */
  private static final List<String> GROUPS =
      List.of("limits.client.", "limits.connection.", "limits.");

  private final Text meaning;
  private final @Nullable String standard;
  private final Kind kind;

  Setting(String french, String english, @Nullable String standard, Kind kind) {
    this.meaning = new Text(french, english);
    this.standard = standard;
    this.kind = kind;
  }

  /**
   * What a setting may say.
   *
   * @param range in words; null for anything
   * @param allows whether it may say this
   * @param secret whether what it says is not shown
   */
  private record Kind(@Nullable Text range, Predicate<String> allows, boolean secret) {
    private static final Pattern SPAN = Pattern.compile("[0-9]{1,6}(ms|s|m)");
    private static final Pattern SECONDS_OR_MINUTES = Pattern.compile("0*[1-9][0-9]{0,4}(s|m)");
    private static final Pattern ADDRESS =
        Pattern.compile(
            "mailto:[!-~&&[^@<>,]]+@[A-Za-z0-9.-]+|https://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[!-~]*)?");

    static final Kind TEXT = new Kind(null, _ -> true, false);
    static final Kind PATH = TEXT;
    static final Kind SECRET = new Kind(null, _ -> true, true);
    static final Kind ON_OFF = oneOf("on", "off");
    static final Kind PORT = count(0, 65_535);
    static final Kind DURATION =
        new Kind(
            new Text("une durée, comme 500ms, 5s ou 2m", "a time, as 500ms, 5s or 2m"),
            value -> SPAN.matcher(value).matches(),
            false);

    /**
     * What is waited for is looked at now and then, and less than a second would be all the time.
     */
    static final Kind SECONDS =
        new Kind(
            new Text("une durée d'au moins 1s, comme 5s ou 2m", "a time from 1s on, as 5s or 2m"),
            value -> SECONDS_OR_MINUTES.matcher(value).matches(),
            false);

    static final Kind CONTACT =
        new Kind(
            new Text(
                "une adresse, comme mailto:securite@pivot.example ou https://pivot.example/securite",
                "an address, as mailto:security@pivot.example or https://pivot.example/security"),
            value -> ADDRESS.matcher(value).matches(),
            false);

    static Kind oneOf(String... values) {
      String list = String.join(", ", values);
      return new Kind(
          new Text("l'un de : " + list, "one of: " + list), Arrays.asList(values)::contains, false);
    }

    static Kind count(int least, int most) {
      return new Kind(
          new Text(
              "un nombre entier de " + least + " à " + most,
              "a whole number from " + least + " to " + most),
          value ->
              value.matches("[0-9]{1,9}")
                  && Integer.parseInt(value) >= least
                  && Integer.parseInt(value) <= most,
          false);
    }
  }

  /** Its name in the environment: {@code PIVOT_PORT}. */
  public String variable() {
    return PREFIX + name();
  }

  /** The name that is said to hold the path of a file with the value, of a secret. */
  public String fileVariable() {
    return variable() + "_FILE";
  }

  /** The property that it becomes within: {@code pivot.access-log}. */
  String property() {
    String name = name().toLowerCase(Locale.ROOT).replace('_', '-');
    for (String group : GROUPS) {
      String start = group.replace('.', '-');
      if (name.startsWith(start)) {
        return "pivot." + group + name.substring(start.length());
      }
    }
    return "pivot." + name;
  }

  /** What it means. */
  public Text meaning() {
    return meaning;
  }

  /** What holds where it is not said; null where nothing does. */
  public @Nullable String standard() {
    return standard;
  }

  /** What it may say, in words; null for anything. */
  public @Nullable Text range() {
    return kind.range();
  }

  /** Whether what it says is not shown. */
  public boolean isSecret() {
    return kind.secret();
  }

  boolean allows(String value) {
    return kind.allows().test(value);
  }

  static Optional<Setting> find(String variable) {
    return Arrays.stream(values()).filter(s -> s.variable().equals(variable)).findFirst();
  }
}
