package packs;

import java.util.List;

/**
 * The sections of NAF rév. 2 and the divisions they hold (decree 2007-1888 of 26 December 2007).
 */
final class NafSections {

  private NafSections() {}

  /**
   * A section.
   *
   * @param first its first division
   * @param last its last division
   */
  record Section(String code, int first, int last, String label) {}

  static final List<Section> ALL =
      List.of(
          new Section("A", 1, 3, "Agriculture, sylviculture et pêche"),
          new Section("B", 5, 9, "Industries extractives"),
          new Section("C", 10, 33, "Industrie manufacturière"),
          new Section(
              "D",
              35,
              35,
              "Production et distribution d'électricité, de gaz, de vapeur et d'air conditionné"),
          new Section(
              "E",
              36,
              39,
              "Production et distribution d'eau ; assainissement, gestion des déchets et"
                  + " dépollution"),
          new Section("F", 41, 43, "Construction"),
          new Section("G", 45, 47, "Commerce ; réparation d'automobiles et de motocycles"),
          new Section("H", 49, 53, "Transports et entreposage"),
          new Section("I", 55, 56, "Hébergement et restauration"),
          new Section("J", 58, 63, "Information et communication"),
          new Section("K", 64, 66, "Activités financières et d'assurance"),
          new Section("L", 68, 68, "Activités immobilières"),
          new Section("M", 69, 75, "Activités spécialisées, scientifiques et techniques"),
          new Section("N", 77, 82, "Activités de services administratifs et de soutien"),
          new Section("O", 84, 84, "Administration publique"),
          new Section("P", 85, 85, "Enseignement"),
          new Section("Q", 86, 88, "Santé humaine et action sociale"),
          new Section("R", 90, 93, "Arts, spectacles et activités récréatives"),
          new Section("S", 94, 96, "Autres activités de services"),
          new Section(
              "T",
              97,
              98,
              "Activités des ménages en tant qu'employeurs ; activités indifférenciées des ménages"
                  + " en tant que producteurs de biens et services pour usage propre"),
          new Section("U", 99, 99, "Activités extra-territoriales"));

  /** The section that a division belongs to. */
  static Section of(String division) {
    int number = Integer.parseInt(division);
    return ALL.stream()
        .filter(s -> s.first() <= number && number <= s.last())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no section holds division " + division));
  }
}
