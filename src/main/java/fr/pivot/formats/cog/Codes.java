package fr.pivot.formats.cog;

import fr.pivot.finding.Findings;
import fr.pivot.finding.Rule;
import fr.pivot.text.sheet.Delimited;
import java.util.regex.Pattern;

/** Reads codes out of rows, and catches those that a spreadsheet turned into numbers. */
final class Codes {

  /** A kind of code. */
  enum Form {
    /** Commune, associée, déléguée or municipal arrondissement: five characters. */
    COMMUNE("\\d{5}|2[AB]\\d{3}", 5),
    /** Département: two characters, three overseas. */
    DEPARTEMENT("\\d{2}|2[AB]|9[78]\\d", 2),
    /** Région: two digits. */
    REGION("\\d{2}", 2),
    /** Arrondissement: its département and one digit. */
    ARRONDISSEMENT("\\d{3}|2[AB]\\d|9[78]\\d{2}", 3),
    /** Canton: its département and two characters, of which pseudo-cantons have letters. */
    CANTON("(?:\\d{2}|2[AB]|9[78]\\d)[0-9A-Z]{2}", 4),
    /** Collectivity with the powers of a département: two or three characters, then what it is. */
    COLLECTIVITY("(?:\\d[0-9A-Z]|9[78]\\d)[A-Z]", 3),
    /** Overseas collectivity: three digits. */
    OVERSEAS("9[78]\\d", 3);

    private final Pattern pattern;
    private final int width;

    Form(String pattern, int width) {
      this.pattern = Pattern.compile(pattern);
      this.width = width;
    }

    private boolean matches(String code) {
      return pattern.matcher(code).matches();
    }

    /** Only the first nine départements, and nine of the régions, have a zero to lose. */
    private boolean lostZero(String code) {
      return code.length() == width - 1 && code.chars().allMatch(c -> c >= '0' && c <= '9');
    }
  }

  private final Findings findings;
  private final boolean repair;

  /**
   * Reads codes.
   *
   * @param repair whether to give back the zeros that were lost
   */
  Codes(Findings findings, boolean repair) {
    this.findings = findings;
    this.repair = repair;
  }

  /** The code in a column; empty where there is none, and where it is wrong, which is reported. */
  String read(Delimited.Row row, String column, Form form) {
    return check(row, column, row.get(column), form);
  }

  /** A code made of several columns, the given one among them; empty where it is wrong. */
  String check(Delimited.Row row, String column, String code, Form form) {
    if (code.isEmpty() || form.matches(code)) {
      return code;
    }
    if (form.lostZero(code)) {
      String whole = "0" + code;
      if (repair) {
        findings.add(Rule.REPAIRED_LEADING_ZERO.at(row.place(column), code, whole));
        return whole;
      }
      findings.add(Rule.LOST_LEADING_ZERO.at(row.place(column), code, whole));
      return "";
    }
    findings.add(Rule.MALFORMED_CODE.at(row.place(column), code));
    return "";
  }

  /** The code in a column that must have one; empty where it is missing or wrong: both reported. */
  String require(Delimited.Row row, String column, Form form) {
    if (row.get(column).isEmpty()) {
      findings.add(Rule.EMPTY_VALUE.at(row.place(column)));
      return "";
    }
    return read(row, column, form);
  }
}
