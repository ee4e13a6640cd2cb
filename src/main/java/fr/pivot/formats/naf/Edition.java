package fr.pivot.formats.naf;

import fr.pivot.referential.Validity;
import fr.pivot.referential.correspondence.CorrespondenceHead;
import fr.pivot.text.sheet.Table;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An edition of NAF. Each replaced the one before on the day that its decree set: no. 92-1129 of 2
 * October 1992, no. 2002-1622 of 31 December 2002 and no. 2007-1888 of 26 December 2007.
 */
enum Edition {
  /** The first one, in force from 1993. Its finest level are the 696 classes. */
  NAF1993("1993", LocalDate.of(1993, 1, 1), LocalDate.of(2003, 1, 1), "\\d{2}\\.\\d[A-Z]"),
  /** Révision 1, in force from 2003. Its finest level are the 712 classes. */
  REV1("rev1", LocalDate.of(2003, 1, 1), LocalDate.of(2008, 1, 1), "\\d{2}\\.\\d[A-Z]"),
  /** Révision 2, in force from 2008. Its finest level are the 732 sub-classes. */
  REV2("rev2", LocalDate.of(2008, 1, 1), null, "\\d{2}\\.\\d{2}[A-Z]"),
  /**
   * NAF 2025, approved by decree no. 2025-736 of 31 July 2025. It is the French form of NACE rev.
   * 2.1, which applies from 1 January 2025 (Commission Delegated Regulation (EU) 2023/137), and
   * that is its day here; the APE codes of enterprises follow it from 2027, so that révision 2 has
   * no end yet. Its finest level are the 747 sub-classes.
   */
  NAF2025("2025", LocalDate.of(2025, 1, 1), null, "\\d{2}\\.\\d{2}[A-Z]");

  private final String id;
  private final Validity validity;
  private final LocalDate begin;
  private final Pattern finest;

  Edition(String id, LocalDate begin, @Nullable LocalDate end, String finest) {
    this.id = id;
    this.begin = begin;
    this.validity = new Validity(begin, end);
    this.finest = Pattern.compile(finest);
  }

  /** Its name among the editions. */
  String id() {
    return id;
  }

  /** The day that it began to apply. */
  LocalDate begin() {
    return begin;
  }

  /** When its codes were in force. */
  Validity validity() {
    return validity;
  }

  /** What its finest codes look like. */
  Pattern finest() {
    return finest;
  }

  /** The level of its finest codes: until révision 2, sub-classes were called classes. */
  String finestLevel() {
    return this == NAF1993 || this == REV1 ? "classe" : "sous-classe";
  }

  CorrespondenceHead.Side side() {
    return new CorrespondenceHead.Side("naf", id);
  }

  /** The edition that a title or a file's name tells of. */
  static Optional<Edition> find(String text) {
    String plain = Table.normalise(text).replace('é', 'e').replaceAll("[ ._-]", "");
    if (plain.contains("rev1") || plain.contains("2003")) {
      return Optional.of(REV1);
    }
    if (plain.contains("rev2") || plain.contains("2008")) {
      return Optional.of(REV2);
    }
    if (plain.contains("2025")) {
      return Optional.of(NAF2025);
    }
    return plain.contains("1993") ? Optional.of(NAF1993) : Optional.empty();
  }
}
