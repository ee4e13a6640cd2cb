package packs;

import java.time.LocalDate;
import java.util.List;

/**
 * The few facts that no package tells, each from a public law or from INSEE's geographical code,
 * typed by hand.
 */
final class CuratedFacts {

  private CuratedFacts() {}

  /** The day from which INSEE dates the history of communes. */
  static final LocalDate COMMUNES_HORIZON = LocalDate.of(1943, 1, 1);

  /** A day on which all arrondissements municipaux existed; the package gives no history. */
  static final LocalDate ARRONDISSEMENTS_MUNICIPAUX_HORIZON = LocalDate.of(1968, 1, 1);

  /** A commune that the history of the package leaves out. */
  record FormerCommune(String code, String label, LocalDate end, String codeAfter) {}

  /**
   * Organic law 2007-223 of 21 February 2007: INSEE ends both communes on 23 February, and the
   * lists of the overseas collectivities know them under a new code.
   */
  static final List<FormerCommune> FORMER_COMMUNES =
      List.of(
          new FormerCommune("97123", "Saint-Barthélemy", LocalDate.of(2007, 2, 23), "97701"),
          new FormerCommune("97127", "Saint-Martin", LocalDate.of(2007, 2, 23), "97801"));
}
