package fr.pivot.cli.session;

import fr.pivot.home.HomeException;
import fr.pivot.referential.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the environment says. What is empty counts as not said. Where it says what nobody
 * understands, nothing starts: a setting that is silently not heeded is found out too late.
 */
public final class Settings {

  /** What Kubernetes tells of a service that is called pivot, to whoever runs beside it. */
  private static final Pattern OF_KUBERNETES =
      Pattern.compile("PIVOT_SERVICE_(HOST|PORT).*|PIVOT_PORT_[0-9]+_.*");

  private final Map<String, String> environment;

  /** Reads an environment. */
  Settings(Map<String, String> environment) {
    this.environment = environment;
  }

  /** The environment of this process. */
  public static Settings here() {
    return new Settings(System.getenv());
  }

  /**
   * What is said.
   *
   * @param value what
   * @param origin the variable that says it, or the file that it names
   */
  public record Said(String value, String origin) {}

  /**
   * What is said of a setting; empty where nothing is.
   *
   * @throws HomeException where it is not to be understood
   */
  public Optional<Said> find(Setting setting) {
    String value = said(setting.variable());
    String file = setting.isSecret() ? said(setting.fileVariable()) : null;
    if (file != null) {
      if (value != null) {
        throw new HomeException(
            setting.variable() + " et " + setting.fileVariable() + " sont donnés tous deux.",
            setting.variable() + " and " + setting.fileVariable() + " are both given.");
      }
      return Optional.of(new Said(read(setting, Path.of(file)), file));
    }
    if (value == null) {
      return Optional.empty();
    }
    Text range = setting.range();
    if (range != null && !setting.allows(value)) {
      throw new HomeException(
          setting.variable() + " vaut « " + value + " » ; attendu : " + range.fr() + '.',
          setting.variable() + " is \"" + value + "\"; expected: " + range.en() + '.');
    }
    return Optional.of(new Said(value, setting.variable()));
  }

  private @Nullable String said(String variable) {
    String value = environment.get(variable);
    return value == null || value.isBlank() ? null : value.strip();
  }

  private static String read(Setting setting, Path file) {
    try {
      return Files.readString(file).stripTrailing();
    } catch (IOException e) {
      throw new HomeException(
          setting.fileVariable() + " nomme un fichier qui ne peut pas être lu : " + file,
          setting.fileVariable() + " names a file that cannot be read: " + file,
          e);
    }
  }

  /** What is said of a setting, or null. */
  public @Nullable String value(Setting setting) {
    return find(setting).map(Said::value).orElse(null);
  }

  /**
   * Goes on only where all of it is understood.
   *
   * @throws HomeException where it is not
   */
  public void check() {
    for (String variable : environment.keySet()) {
      if (variable.startsWith("PIVOT_") && !isKnown(variable)) {
        String near = nearest(variable);
        throw new HomeException(
            variable
                + " n'est pas un réglage de Pivot ; le plus proche est "
                + near
                + " (« pivot config » les donne tous).",
            variable
                + " is no setting of Pivot; the nearest is "
                + near
                + " (\"pivot config\" lists all of them).");
      }
    }
    for (Setting setting : Setting.values()) {
      find(setting);
    }
  }

  private static boolean isKnown(String variable) {
    return OF_KUBERNETES.matcher(variable).matches()
        || Arrays.stream(Setting.values())
            .anyMatch(
                setting ->
                    setting.variable().equals(variable)
                        || setting.isSecret() && setting.fileVariable().equals(variable));
  }

  /** The setting whose name is most like another. */
  static String nearest(String variable) {
    return Arrays.stream(Setting.values())
        .map(Setting::variable)
        .min(Comparator.comparingInt(known -> distance(known, variable)))
        .orElseThrow();
  }

  /** How many letters are to be changed, added or left out to make one of the other. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    Arrays.setAll(row, i -> i);
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }

  /** What a server is told of it: properties, by name. */
  Map<String, Object> properties() {
    Map<String, Object> properties = new TreeMap<>();
    for (Setting setting : Setting.values()) {
      find(setting)
          .filter(_ -> !setting.isSecret())
          .ifPresent(
              said ->
                  properties.put(
                      setting.property(),
                      switch (said.value()) {
                        case "on" -> "true";
                        case "off" -> "false";
                        default -> said.value();
                      }));
    }
    return properties;
  }
}
