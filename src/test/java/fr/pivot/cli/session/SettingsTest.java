package fr.pivot.cli.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.pivot.home.HomeException;
import fr.pivot.http.client.ClientLimits;
import fr.pivot.http.connection.ConnectionLimits;
import fr.pivot.referential.Language;
import fr.pivot.referential.Text;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the environment says, and what it may not. */
class SettingsTest {

  private static final Path PAGE = Path.of("docs", "exploitation", "configuration.md");

  private static Settings settings(String... namesAndValues) {
    Map<String, String> environment = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      environment.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return new Settings(environment);
  }

  @Test
  void a_setting_that_nobody_knows_is_refused_with_the_nearest_one() {
    assertThatThrownBy(() -> settings("PIVOT_TRUSTED_PROXY", "10.0.0.1").check())
        .isInstanceOf(HomeException.class)
        .hasMessageContaining("PIVOT_TRUSTED_PROXY is no setting of Pivot")
        .hasMessageContaining("PIVOT_TRUSTED_PROXIES");
    assertThat(Settings.nearest("PIVOT_PROT")).isEqualTo("PIVOT_PORT");
    assertThat(Settings.nearest("PIVOT_ACESS_LOGS")).isEqualTo("PIVOT_ACCESS_LOG");
    assertThat(Settings.nearest("PIVOT_DATABASE_URI")).isEqualTo("PIVOT_DATABASE_URL");
    // A file may hold a secret, and nothing else.
    assertThatThrownBy(() -> settings("PIVOT_PORT_FILE", "/x").check())
        .hasMessageContaining("PIVOT_PORT_FILE is no setting");
    settings("PATH", "/bin", "PIVOT_PORT", "9000", "PIVOT_LOG", "").check();
  }

  @Test
  void what_kubernetes_says_of_a_service_called_pivot_is_not_meant_for_it() {
    settings(
            "PIVOT_SERVICE_HOST",
            "10.0.0.1",
            "PIVOT_SERVICE_PORT_HTTP",
            "80",
            "PIVOT_PORT_80_TCP_ADDR",
            "10.0.0.1")
        .check();
    assertThatThrownBy(() -> settings("PIVOT_PORT", "tcp://10.0.0.1:80").check())
        .hasMessage(
            "PIVOT_PORT is \"tcp://10.0.0.1:80\"; expected: a whole number from 0 to 65535.");
  }

  @Test
  void what_a_setting_may_not_say_is_refused_in_plain_words() {
    for (String[] wrong :
        new String[][] {
          {"PIVOT_PORT", "65536"},
          {"PIVOT_PORT", "-1"},
          {"PIVOT_LOG", "xml"},
          {"PIVOT_ACCESS_LOG", "yes"},
          {"PIVOT_DRAIN_NOTICE", "five seconds"},
          {"PIVOT_LIMITS_FILES", "0"},
          {"PIVOT_LIMITS_CLIENT_QUESTIONS", "many"},
          {"PIVOT_LIMITS_CLIENT_QUESTIONS_AT_ONCE", "0"},
          {"PIVOT_LIMITS_CONNECTIONS", "0"},
          {"PIVOT_LIMITS_CONNECTION_BYTES_PER_SECOND", "0"},
          {"PIVOT_LIMITS_CONNECTION_HEAD", "0s"},
          {"PIVOT_LIMITS_CONNECTION_IDLE", "500ms"},
          {"PIVOT_SECURITY_CONTACT", "securite@pivot.example"},
          {"PIVOT_SECURITY_CONTACT", "mailto:securite"},
          {"PIVOT_SECURITY_CONTACT", "http://pivot.example/securite"},
          {"PIVOT_SECURITY_CONTACT", "https://pivot.example/a b"},
          {"PIVOT_SECURITY_CONTACT", "https://pivot.example/\nExpires: never"}
        }) {
      assertThatThrownBy(() -> settings(wrong[0], wrong[1]).check())
          .as(wrong[0])
          .isInstanceOf(HomeException.class)
          .hasMessageStartingWith(wrong[0] + " is \"" + wrong[1] + "\"; expected: ");
    }
    assertThatThrownBy(() -> settings("PIVOT_LOG", "xml").check())
        .isInstanceOfSatisfying(
            HomeException.class,
            e ->
                assertThat(e.french())
                    .isEqualTo("PIVOT_LOG vaut « xml » ; attendu : l'un de : json, text."));
  }

  @Test
  void a_secret_may_be_in_a_file_and_is_no_property(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("password"), "s3cret\n");
    Settings said = settings("PIVOT_DATABASE_PASSWORD_FILE", file.toString());
    assertThat(said.value(Setting.DATABASE_PASSWORD)).isEqualTo("s3cret");
    assertThat(said.properties()).isEmpty();
    assertThatThrownBy(
            () ->
                settings(
                        "PIVOT_DATABASE_PASSWORD_FILE",
                        file.toString(),
                        "PIVOT_DATABASE_PASSWORD",
                        "other")
                    .check())
        .hasMessageContaining("are both given");
    assertThatThrownBy(() -> settings("PIVOT_DATABASE_PASSWORD_FILE", folder + "/none").check())
        .hasMessageContaining("names a file that cannot be read");
  }

  @Test
  void what_is_said_becomes_properties() {
    assertThat(
            settings(
                    "PIVOT_ACCESS_LOG",
                    "off",
                    "PIVOT_DRAIN_NOTICE",
                    "2m",
                    "PIVOT_LIMITS_WAIT",
                    "1s")
                .properties())
        .isEqualTo(
            Map.of(
                "pivot.access-log",
                "false",
                "pivot.drain-notice",
                "2m",
                "pivot.limits.wait",
                "1s"));
  }

  @Test
  void limits_of_clients_and_of_connections_arrive_where_they_hold() {
    Map<String, Object> properties =
        settings(
                "PIVOT_LIMITS_CLIENT_QUESTIONS",
                "0",
                "PIVOT_LIMITS_CLIENT_QUESTIONS_AT_ONCE",
                "7",
                "PIVOT_LIMITS_CLIENT_FILES",
                "8",
                "PIVOT_LIMITS_CLIENT_FILES_AT_ONCE",
                "9",
                "PIVOT_LIMITS_CLIENT_CONNECTIONS",
                "0",
                "PIVOT_LIMITS_CONNECTIONS",
                "11",
                "PIVOT_LIMITS_CONNECTION_HEAD",
                "12s",
                "PIVOT_LIMITS_CONNECTION_GRACE",
                "2m",
                "PIVOT_LIMITS_CONNECTION_BYTES_PER_SECOND",
                "14",
                "PIVOT_LIMITS_CONNECTION_IDLE",
                "15s")
            .properties();
    try (ApplicationContext context =
        ApplicationContext.builder()
            .enableDefaultPropertySources(false)
            .properties(properties)
            .build()
            .start()) {
      assertThat(context.getBean(ConnectionLimits.class))
          .isEqualTo(
              new ConnectionLimits(
                  11,
                  0,
                  Duration.ofSeconds(12),
                  Duration.ofMinutes(2),
                  14,
                  Duration.ofSeconds(15)));
      ClientLimits clients = context.getBean(ClientLimits.class);
      assertThat(clients.questionsPerSecond()).isZero();
      assertThat(clients.questionsAtOnce()).isZero();
      assertThat(clients.filesPerMinute()).isEqualTo(8);
      assertThat(clients.filesAtOnce()).isEqualTo(9);
    }
  }

  /** What is told of a setting that is not said is what holds then. */
  @Test
  void every_limit_is_a_property_that_something_reads_and_its_default_is_that_one()
      throws IOException {
    StringBuilder sources = new StringBuilder();
    try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        sources.append(Files.readString(file));
      }
    }
    Map<String, String> read = new HashMap<>();
    Matcher values = Pattern.compile("\\$\\{(pivot\\.limits\\.[a-z.-]+):([^}]*)}").matcher(sources);
    while (values.find()) {
      read.put(values.group(1), values.group(2));
    }
    assertThat(Arrays.stream(Setting.values()).map(Setting::property)).containsAll(read.keySet());
    for (Setting setting : Setting.values()) {
      if (setting.name().startsWith("LIMITS_")) {
        assertThat(read).containsKey(setting.property());
        if (setting.standard() != null) {
          assertThat(read).containsEntry(setting.property(), setting.standard());
        }
      }
    }
  }

  @Test
  void whom_to_tell_of_a_vulnerability_is_an_address() {
    for (String contact :
        new String[] {
          "mailto:securite@pivot.example",
          "https://pivot.example",
          "https://pivot.example:8443/securite?a=b"
        }) {
      Settings said = settings("PIVOT_SECURITY_CONTACT", contact);
      said.check();
      assertThat(said.properties()).isEqualTo(Map.of("pivot.security-contact", contact));
    }
  }

  @Test
  void the_page_of_the_settings_says_what_the_program_knows() throws IOException {
    String page = page();
    if ("write".equals(System.getProperty("pivot.docs"))) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE))
        .as("mvn test -Dtest=SettingsTest -Dpivot.docs=write writes it anew")
        .isEqualTo(page);
  }

  private static String page() {
    StringBuilder page = new StringBuilder();
    page.append(
        """
        # Configuration

        Tout ce que Pivot lit dans son environnement, et rien d'autre. `pivot config` dit ce qui vaut et d'où cela vient, sans
        montrer les secrets. `pivot serve` refuse de démarrer sur un réglage `PIVOT_*` qu'il ne connaît pas, en nommant le plus
        proche, et sur une valeur qui n'est pas permise. Un secret peut être dans un fichier : `PIVOT_DATABASE_PASSWORD_FILE`
        en donne le chemin.

        Cette page est écrite par le programme (`SettingsTest`).

        """);
    table(page, Language.FRENCH, "réglage", "par défaut", "peut valoir", "ce qu'il dit");
    page.append("\n## In English\n\n");
    table(page, Language.ENGLISH, "setting", "default", "may be", "what it says");
    return page.toString();
  }

  private static void table(StringBuilder page, Language language, String... heads) {
    page.append("| ").append(String.join(" | ", heads)).append(" |\n|---|---|---|---|\n");
    for (Setting setting : Setting.values()) {
      Text range = setting.range();
      String standard = setting.standard();
      page.append("| `").append(setting.variable()).append('`');
      if (setting.isSecret()) {
        page.append(" ou `".replace("ou", language == Language.FRENCH ? "ou" : "or"))
            .append(setting.fileVariable())
            .append('`');
      }
      page.append(" | ").append(standard == null ? "" : '`' + standard + '`');
      page.append(" | ").append(range == null ? "" : range.in(language));
      page.append(" | ").append(setting.meaning().in(language)).append(" |\n");
    }
  }
}
