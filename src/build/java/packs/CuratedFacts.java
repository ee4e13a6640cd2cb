package packs;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * The few facts that no package tells, each from a public law or from INSEE's geographical code,
 * typed by hand.
 */
final class CuratedFacts {

  private CuratedFacts() {}

  /** The day from which INSEE dates the history of communes. */
  static final LocalDate COMMUNES_HORIZON = LocalDate.of(1943, 1, 1);

  /**
   * The reorganisation of the Paris region (law 64-707 of 10 July 1964) came into force on this
   * day: until then 75 and 78 were the Seine and Seine-et-Oise.
   */
  static final LocalDate DEPARTEMENTS_HORIZON = LocalDate.of(1968, 1, 1);

  /** The thirteen metropolitan regions of law 2015-29 of 16 January 2015. */
  static final LocalDate REGIONS_HORIZON = LocalDate.of(2016, 1, 1);

  /** The first day of départements that are younger than the horizon. */
  static final Map<String, LocalDate> DEPARTEMENT_BEGINNINGS =
      Map.of(
          // Law 75-356 of 15 May 1975 divides Corsica.
          "2A", LocalDate.of(1976, 1, 1),
          "2B", LocalDate.of(1976, 1, 1),
          // Organic law 2009-969: Mayotte is a département from the renewal of its council.
          "976", LocalDate.of(2011, 3, 31),
          // Organic law 2007-223: Saint-Barthélemy and Saint-Martin leave Guadeloupe.
          "977", LocalDate.of(2007, 2, 23),
          "978", LocalDate.of(2007, 2, 23));

  /** Codes of the Paris region that meant something else, or nothing, before 1968. */
  static final List<String> PARIS_REGION = List.of("75", "78", "91", "92", "93", "94", "95");

  /** A former département: Corsica until it was divided. */
  record FormerDepartement(
      String code, String label, String chefLieu, LocalDate end, List<String> heirs) {}

  static final List<FormerDepartement> FORMER_DEPARTEMENTS =
      List.of(
          new FormerDepartement(
              "20", "Corse", "20004", LocalDate.of(1976, 1, 1), List.of("2A", "2B")));

  /** A change of name. */
  record Renaming(String code, String before, LocalDate date) {}

  static final List<Renaming> DEPARTEMENT_RENAMINGS =
      List.of(
          // Decree of 10 October 1969: Pyrénées-Atlantiques.
          new Renaming("64", "Basses-Pyrénées", LocalDate.of(1969, 10, 10)),
          // Decree of 13 April 1970: Alpes-de-Haute-Provence.
          new Renaming("04", "Basses-Alpes", LocalDate.of(1970, 4, 13)),
          // Decree of 27 February 1990: Côtes-d'Armor.
          new Renaming("22", "Côtes-du-Nord", LocalDate.of(1990, 2, 27)));

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
