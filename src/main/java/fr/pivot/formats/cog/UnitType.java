package fr.pivot.formats.cog;

import java.util.Locale;
import java.util.Optional;

/**
 * INSEE's TYPECOM: what kind of territory a row is about. One code may be of several kinds at once.
 */
enum UnitType {
  /** A commune in its own right. */
  COM("communes", "commune"),
  /** A commune associée, in a merger of the law of 1971. */
  COMA("communes-deleguees", "associee"),
  /** A commune déléguée, in a commune nouvelle of the law of 2010. */
  COMD("communes-deleguees", "deleguee"),
  /** A municipal arrondissement of Paris, Lyon or Marseille. */
  ARM("arrondissements-municipaux", "arrondissement-municipal");

  private final String referential;
  private final String level;

  UnitType(String referential, String level) {
    this.referential = referential;
    this.level = level;
  }

  /** The referential that lists them. */
  String referential() {
    return referential;
  }

  /** Their level in it. */
  String level() {
    return level;
  }

  static Optional<UnitType> find(String typecom) {
    return switch (typecom.toUpperCase(Locale.ROOT)) {
      case "COM" -> Optional.of(COM);
      case "COMA" -> Optional.of(COMA);
      case "COMD" -> Optional.of(COMD);
      case "ARM" -> Optional.of(ARM);
      default -> Optional.empty();
    };
  }
}
