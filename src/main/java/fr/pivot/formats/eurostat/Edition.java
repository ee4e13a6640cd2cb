package fr.pivot.formats.eurostat;

import fr.pivot.referential.correspondence.CorrespondenceHead;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Pattern;

/** An edition of a classification that Eurostat's files speak of. */
enum Edition {
  /** Regulation (EC) No 1893/2006, which applies from 1 January 2008. */
  NACE_2("nace", "rev2", LocalDate.of(2008, 1, 1), "[A-U]|\\d{2}(?:\\.\\d\\d?)?"),
  /** Commission Delegated Regulation (EU) 2023/137, which applies from 1 January 2025. */
  NACE_21("nace", "rev2.1", LocalDate.of(2025, 1, 1), "[A-V]|\\d{2}(?:\\.\\d\\d?)?"),
  /** Published in 2008, for the same wave of revisions as NACE rev. 2. */
  ISIC_4("isic", "rev4", LocalDate.of(2008, 1, 1), "[A-U]|\\d{2,4}"),
  /** Commission Regulation (EU) No 1209/2014, which applies from 1 January 2015. */
  CPA_21("cpa", "2.1", LocalDate.of(2015, 1, 1), "[A-U]|\\d{2}(?:\\.\\d(?:\\d(?:\\.\\d\\d?)?)?)?"),
  /** Published in 2015. */
  CPC_21("cpc", "2.1", LocalDate.of(2015, 1, 1), "\\d{1,5}"),
  /** In use in the United States from 1 January 2017. */
  NAICS_2017("naics", "2017", LocalDate.of(2017, 1, 1), "\\d{2,6}");

  private static final List<String> LEVELS =
      List.of("section", "division", "groupe", "classe", "categorie", "sous-categorie");
  private static final List<String> NAICS_LEVELS =
      List.of("secteur", "sous-secteur", "groupe", "classe", "classe-nationale");

  private final String referential;
  private final String id;
  private final LocalDate day;
  private final Pattern pattern;

  Edition(String referential, String id, LocalDate day, String pattern) {
    this.referential = referential;
    this.id = id;
    this.day = day;
    this.pattern = Pattern.compile(pattern);
  }

  String referential() {
    return referential;
  }

  String id() {
    return id;
  }

  LocalDate day() {
    return day;
  }

  Pattern pattern() {
    return pattern;
  }

  CorrespondenceHead.Side side() {
    return new CorrespondenceHead.Side(referential, id);
  }

  /**
   * The level of a code: all these classifications add a character to go one deeper. NAICS begins
   * with two.
   */
  String level(String code) {
    int depth = code.replace(".", "").length();
    if (this == NAICS_2017) {
      return NAICS_LEVELS.get(depth - 2);
    }
    if (this == CPC_21) {
      return depth == 5 ? "sous-classe" : LEVELS.get(depth - 1);
    }
    return LEVELS.get(depth - 1);
  }

  /** The code that a code lies in by the way it is written; empty at the top. */
  String broader(String code) {
    int top = this == CPC_21 ? 1 : 2;
    if (code.length() <= top) {
      return "";
    }
    String shorter = code.substring(0, code.length() - 1);
    return shorter.endsWith(".") ? shorter.substring(0, shorter.length() - 1) : shorter;
  }
}
