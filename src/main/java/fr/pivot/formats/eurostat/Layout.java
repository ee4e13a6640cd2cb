package fr.pivot.formats.eurostat;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of files that Eurostat hands out, told apart by the names of their first columns. A
 * layout has one edition and is a list, or has two and is a table between them.
 */
enum Layout {
  /** Codes with their level and the code above them, and no headings. */
  NACE_2_STRUCTURE(Edition.NACE_2, null, "nace rev. 2 code", "level"),
  /** The same, of rev. 2.1. */
  NACE_21_STRUCTURE(Edition.NACE_21, null, "nace rev. 2.1 code", "level"),
  /** Headings and explanatory notes. */
  NACE_2_NOTES(Edition.NACE_2, null, "nace rev. 2", "name"),
  /** Headings, levels and explanatory notes. */
  NACE_2_LONG(Edition.NACE_2, null, "nace2", "name"),
  ISIC_4(Edition.ISIC_4, null, "isic rev. 4", "description"),
  CPA_21(Edition.CPA_21, null, "cpa 2.1", "name"),
  CPC_21(Edition.CPC_21, null, "cpc 2.1", "cpc21title"),
  NACE_2_TO_21(Edition.NACE_2, Edition.NACE_21, "nace rev. 2 code", "nace rev. 2.1 code"),
  NACE_2_TO_CPA_21(Edition.NACE_2, Edition.CPA_21, "nace rev 2.", "cpa 2.1"),
  CPA_21_TO_CPC_21(Edition.CPA_21, Edition.CPC_21, "cpa 2.1", "cpc 2.1"),
  ISIC_4_TO_CPC_21(Edition.ISIC_4, Edition.CPC_21, "isic rev. 4", "cpc 2.1"),
  NAICS_2017_TO_NACE_2(Edition.NAICS_2017, Edition.NACE_2, "naics 2017", "nace rev. 2");

  private final Edition edition;
  private final @Nullable Edition target;
  private final String first;
  private final String second;

  Layout(Edition edition, @Nullable Edition target, String first, String second) {
    this.edition = edition;
    this.target = target;
    this.first = first;
    this.second = second;
  }

  /** The edition that it lists, or the source of the table. */
  Edition edition() {
    return edition;
  }

  /** The target of the table; null for a list. */
  @Nullable Edition target() {
    return target;
  }

  /** The column of its codes. */
  String codes() {
    return first;
  }

  /** The column of the target codes of a table, and of the headings of most lists. */
  String second() {
    return second;
  }

  static Optional<Layout> find(List<String> names) {
    for (Layout layout : values()) {
      if (names.size() > 1
          && names.get(0).equals(layout.first)
          && names.get(1).equals(layout.second)) {
        return Optional.of(layout);
      }
    }
    return Optional.empty();
  }
}
