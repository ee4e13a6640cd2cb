package fr.pivot.formats;

import fr.pivot.finding.Findings;
import fr.pivot.finding.Rule;
import fr.pivot.text.sheet.Table;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads codes out of tables, and catches those that a spreadsheet damaged: a number has no zero
 * before it, and none after its decimal point.
 */
public final class CodeCells {

  private final Findings findings;
  private final boolean repair;
  private final Map<Object, List<String>> seen = new HashMap<>();

  /**
   * Reads codes.
   *
   * @param repair whether to give back a leading zero that was lost
   */
  public CodeCells(Findings findings, boolean repair) {
    this.findings = findings;
    this.repair = repair;
  }

  /** The code in a column that must have one; empty where it is missing or wrong: both reported. */
  public String require(Table.Row row, String column, Pattern pattern) {
    if (row.get(column).isEmpty()) {
      findings.add(Rule.EMPTY_VALUE.at(row.place(column)));
      return "";
    }
    return read(row, column, row.get(column), pattern);
  }

  /** The code in a column; empty where there is none, and where it is wrong, which is reported. */
  public String find(Table.Row row, String column, Pattern pattern) {
    return row.get(column).isEmpty() ? "" : read(row, column, row.get(column), pattern);
  }

  /** A code made of what a column says; empty where it is wrong, which is reported. */
  public String read(Table.Row row, String column, String code, Pattern pattern) {
    if (row.isNumber(column) && code.indexOf('.') >= 0) {
      findings.add(Rule.NUMERIC_CODE.at(row.place(column), code));
      return "";
    }
    if (pattern.matcher(code).matches()) {
      return code;
    }
    String whole = "0" + code;
    if (code.charAt(0) >= '0' && code.charAt(0) <= '9' && pattern.matcher(whole).matches()) {
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

  /** The text of a column that must say something; a finding where it does not. */
  public String text(Table.Row row, String column) {
    if (row.get(column).isEmpty()) {
      findings.add(Rule.EMPTY_VALUE.at(row.place(column)));
    }
    return row.get(column);
  }

  /**
   * Whether nothing was read yet about a code. A row that repeats an earlier one, and a row that
   * contradicts one, are reported.
   *
   * @param key what the row is about
   * @param says what it says about it
   */
  public boolean isNew(Table.Row row, Object key, List<String> says) {
    List<String> same = seen.putIfAbsent(key, says);
    if (same != null) {
      Rule rule = same.equals(says) ? Rule.DUPLICATE_ROW : Rule.CONFLICTING_ROW;
      findings.add(rule.at(row.place(), key.toString()));
    }
    return same == null;
  }
}
