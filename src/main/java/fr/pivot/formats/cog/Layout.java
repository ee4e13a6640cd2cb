package fr.pivot.formats.cog;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The kinds of files of the COG, told apart by the columns of their headers: file names vary from
 * year to year and from copy to copy.
 */
enum Layout {
  /**
   * {@code v_commune_depuis_1943}, {@code v_commune_comer_depuis_1943}: every commune ever, with
   * dates: the same as the events say, and less.
   */
  COMMUNES_SINCE_1943("date_debut", "date_fin"),
  /** {@code v_commune}: communes, associées, déléguées and arrondissements in force. */
  COMMUNES("typecom", "com", "tncc", "libelle", "reg", "dep", "comparent"),
  /** {@code v_mvtcommune}: what happened since 1943. */
  EVENTS(
      "mod",
      "date_eff",
      "typecom_av",
      "com_av",
      "tncc_av",
      "libelle_av",
      "typecom_ap",
      "com_ap",
      "tncc_ap",
      "libelle_ap"),
  /** {@code France2018.txt}: the layout of the editions up to 2018. */
  OLD_COMMUNES("actual", "reg", "dep", "com", "ar", "ct", "pole", "tncc", "artmin", "nccenr"),
  /**
   * {@code historiq2018.txt}: events in the layout of the editions up to 2018, which do not tell
   * the territory before from the one after; later editions state all of them anew.
   */
  OLD_EVENTS("mod", "eff", "dep", "com", "comech"),
  /** {@code v_canton}. */
  CANTONS("can", "dep", "reg", "tncc", "libelle"),
  /** {@code v_arrondissement}. */
  ARRONDISSEMENTS("arr", "dep", "reg", "cheflieu", "tncc", "libelle"),
  /** {@code v_ctcd}: collectivities with the powers of a département. */
  COLLECTIVITIES("ctcd", "reg", "cheflieu", "tncc", "libelle"),
  /** {@code v_departement}. */
  DEPARTEMENTS("dep", "reg", "cheflieu", "tncc", "libelle"),
  /** {@code v_region}. */
  REGIONS("reg", "cheflieu", "tncc", "libelle"),
  /** {@code v_comer}: the overseas collectivities. */
  OVERSEAS_COLLECTIVITIES("comer", "tncc", "libelle"),
  /** {@code v_commune_comer}: their communes, districts and circonscriptions. */
  OVERSEAS_COMMUNES("com_comer", "tncc", "libelle", "nature_zonage", "comer"),
  /** {@code v_pays_territoire}: countries and foreign territories. */
  COUNTRIES("cog", "libcog");

  private final List<String> columns;

  Layout(String... columns) {
    this.columns = List.of(columns);
  }

  /** The columns it cannot do without, in lower case. */
  List<String> columns() {
    return columns;
  }

  /** Whether this format takes nothing from such a file. */
  boolean isIgnored() {
    return switch (this) {
      case COMMUNES_SINCE_1943, OLD_EVENTS, COUNTRIES -> true;
      default -> false;
    };
  }

  /**
   * The layout that a header shows. The columns that make the difference suffice: those that are
   * missing besides are reported one by one.
   *
   * @param has whether the header has a column
   */
  static Optional<Layout> find(Predicate<String> has) {
    if (has.test("com_av") || has.test("com_ap")) {
      return Optional.of(EVENTS);
    }
    if (has.test("date_debut") && has.test("date_fin")) {
      return Optional.of(COMMUNES_SINCE_1943);
    }
    if (has.test("typecom")) {
      return Optional.of(COMMUNES);
    }
    if (has.test("actual") && has.test("pole")) {
      return Optional.of(OLD_COMMUNES);
    }
    if (has.test("comech")) {
      return Optional.of(OLD_EVENTS);
    }
    if (has.test("com_comer")) {
      return Optional.of(OVERSEAS_COMMUNES);
    }
    if (has.test("comer")) {
      return Optional.of(OVERSEAS_COLLECTIVITIES);
    }
    if (has.test("cog") && has.test("libcog")) {
      return Optional.of(COUNTRIES);
    }
    if (has.test("can") && (has.test("compct") || has.test("burcentral") || has.test("typect"))) {
      return Optional.of(CANTONS);
    }
    if (has.test("cheflieu")) {
      if (has.test("arr")) {
        return Optional.of(ARRONDISSEMENTS);
      }
      if (has.test("ctcd")) {
        return Optional.of(COLLECTIVITIES);
      }
      if (has.test("dep")) {
        return Optional.of(DEPARTEMENTS);
      }
      if (has.test("reg")) {
        return Optional.of(REGIONS);
      }
    }
    return Optional.empty();
  }
}
