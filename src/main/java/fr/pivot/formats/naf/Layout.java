package fr.pivot.formats.naf;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The kinds of files of NAF, told apart by the names of their columns. */
enum Layout {
  /** Révision 1 to révision 2, whichever of the two comes first. */
  REV1_TO_REV2(names -> names.contains("naf rév. 1") && names.contains("naf rév. 2")),
  /** Révision 2 to NAF 2025. */
  REV2_TO_2025(names -> !source(names).isEmpty() && !target(names).isEmpty()),
  /** {@code int_courts_naf_rev_2}: the five levels of révision 2, with shorter labels. */
  REV2(
      names ->
          names.contains("code")
              && names.stream().anyMatch(n -> n.startsWith("intitulés de la naf rév. 2"))),
  /** The sub-classes of NAF 2025. */
  NAF2025(
      names ->
          names.contains("intitulés")
              && names.stream().anyMatch(n -> n.startsWith("naf 2025 sous-classes"))),
  /** The finest level of an edition that a title above names. */
  FINEST(names -> names.equals(List.of("code", "libellé"))),
  /** Which code of révision 2 lies in which: less than the list of its five levels says. */
  HIERARCHY(names -> names.contains("niv5") && names.contains("niv1")),
  /** Révision 2 to the aggregates of the national accounts. */
  AGGREGATES(names -> names.contains("sous classe") && names.contains("section"));

  /** A finest code of any edition, in lower case. */
  private static final Pattern CLASS = Pattern.compile("\\d{2}\\.\\d{1,2}[a-z]");

  private final Predicate<List<String>> header;

  Layout(Predicate<List<String>> header) {
    this.header = header;
  }

  /** Whether this format takes nothing from such a file. */
  boolean isIgnored() {
    return this == HIERARCHY || this == AGGREGATES;
  }

  /** Whether it leads from one edition to another. */
  boolean isTable() {
    return this == REV1_TO_REV2 || this == REV2_TO_2025;
  }

  /**
   * The layout of a table, if it is surely one of NAF: other lists have a code and a label, too.
   *
   * @param table the header, and the first rows below it
   */
  static Optional<Layout> recognise(List<List<String>> table) {
    return find(table.getFirst())
        .filter(layout -> layout != FINEST || table.stream().anyMatch(Layout::beginsWithClass));
  }

  private static boolean beginsWithClass(List<String> row) {
    return !row.isEmpty() && CLASS.matcher(row.getFirst()).matches();
  }

  static Optional<Layout> find(List<String> names) {
    for (Layout layout : values()) {
      if (layout.header.test(names)) {
        return Optional.of(layout);
      }
    }
    return Optional.empty();
  }

  /** The column of the codes of révision 2 in a table that leads to NAF 2025; empty if none. */
  static String source(List<String> names) {
    return column(names, ".*\\bnaf[ _]?r[ée]v\\.?[ _]?2\\b(?!\\.1).*");
  }

  /** The column of the codes of NAF 2025 in such a table; empty if none. */
  static String target(List<String> names) {
    return column(names, ".*\\bnaf[ _]?2025\\b.*");
  }

  private static String column(List<String> names, String pattern) {
    return names.stream()
        .filter(n -> n.matches(pattern) && !n.matches(".*(libell|intitul|sous-classes).*"))
        .findFirst()
        .orElse("");
  }
}
