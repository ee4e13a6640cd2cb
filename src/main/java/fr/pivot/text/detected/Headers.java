package fr.pivot.text.detected;

import fr.pivot.text.detected.HeadRecords.HeadRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Finds the header among the first records of a table: under titles, which fill fewer columns, and
 * the last one where it is repeated or told twice. Whether a record is a header or data is told by
 * what stands below it: a name above numbers is a name, a code above codes of the same shape is
 * not.
 */
final class Headers {

  /** How far down a header may stand. */
  private static final int TITLES = 30;

  /** How many rows are compared with it. */
  private static final int ROWS = 200;

  /** A second line of names is believed where it stands above as many columns of numbers. */
  private static final int NUMBERS_BELOW_NAMES = 3;

  private static final Pattern ADDRESS = Pattern.compile("\\S+@\\S+\\.\\S+|https?://.*");

  /**
   * Where the header is.
   *
   * @param index its rank among the records, from 0; negative where there is none
   * @param columns the names, {@code #n} where the nth has none
   * @param again how many records right above it are headers, too
   */
  record Header(int index, double confidence, List<String> columns, int again) {}

  private final List<HeadRecord> records;

  /** How many fields a row has, and how many of them say something. */
  private final int width;

  private final int filled;

  private Headers(List<HeadRecord> records) {
    this.records = records;
    this.width = HeadRecords.usualCount(records);
    int[] counts =
        records.stream().mapToInt(HeadRecord::filled).filter(n -> n > 0).sorted().toArray();
    this.filled = counts.length == 0 ? 0 : counts[counts.length / 2];
  }

  /** Finds the header. */
  static Header find(List<HeadRecord> records) {
    return new Headers(records).find();
  }

  /** The header that the caller says; its index is negative where there is none. */
  static Header at(List<HeadRecord> records, OptionalInt index) {
    return new Headers(records).header(index.orElse(-1), 1, 0);
  }

  private Header header(int index, double confidence, int again) {
    List<String> columns = new ArrayList<>();
    List<String> names = index < 0 ? List.of() : records.get(index).fields();
    for (int i = 0; i < (index < 0 ? width : names.size()); i++) {
      String name = index < 0 ? "" : names.get(i).strip();
      columns.add(name.isEmpty() ? "#" + (i + 1) : name);
    }
    return new Header(index, confidence, columns, again);
  }

  private Header find() {
    int first = -1;
    for (int i = 0; i < Math.min(records.size(), TITLES) && first < 0; i++) {
      HeadRecord record = records.get(i);
      boolean title = 2 * record.filled() < filled || 2 * record.fields().size() < width;
      first = title || record.filled() == 0 ? -1 : i;
    }
    if (first < 0) {
      return header(-1, 0.1, 0);
    }
    double evidence = evidence(first);
    if (evidence < 0) {
      return header(-1, sure(evidence), 0);
    }
    int last = first;
    while (last + 1 < records.size()
        && (records.get(last + 1).fields().equals(records.get(last).fields())
            || namesAgain(last + 1))) {
      last++;
    }
    return header(last, sure(evidence), last - first);
  }

  private double sure(double evidence) {
    return Math.min(1, 0.5 + Math.abs(evidence) / Math.min(4, 2.0 * Math.max(1, filled)));
  }

  private boolean namesAgain(int index) {
    List<String> names = records.get(index).fields();
    int above = 0;
    for (int column = 0; column < names.size(); column++) {
      if (Below.read(records, index, column).areNumbers()) {
        if (names.get(column).isBlank() || hasDigitsOnly(names.get(column))) {
          return false;
        }
        above++;
      }
    }
    long different = names.stream().map(String::strip).distinct().count();
    return above >= NUMBERS_BELOW_NAMES && different == names.size();
  }

  /** Positive where a record is a header, negative where it is data. */
  private double evidence(int index) {
    List<String> names = records.get(index).fields();
    double evidence = 0;
    for (int column = 0; column < names.size(); column++) {
      String name = names.get(column).strip();
      if (!name.isEmpty()) {
        evidence += evidence(name, Below.read(records, index, column));
      }
    }
    return evidence;
  }

  private static double evidence(String name, Below below) {
    if (ADDRESS.matcher(name).matches()) {
      return -1;
    }
    if (hasDigitsOnly(name)) {
      return isYear(name) && !below.areYears() ? 0 : below.areNumbers() ? -2 : -1;
    }
    if (below.areNumbers()) {
      return 1;
    }
    if (below.rows > 2 && below.alike) {
      return below.shape.equals(shape(name)) ? -1 : 0.5;
    }
    if (below.namesake) {
      return -0.5;
    }
    return !hasDigit(name) && below.withDigit > 0.8 * below.rows ? 0.3 : 0;
  }

  private static boolean isYear(String text) {
    return text.length() == 4
        && (text.startsWith("19") || text.startsWith("20"))
        && isDigit(text.charAt(2))
        && isDigit(text.charAt(3));
  }

  private static boolean hasDigit(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isDigit(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasDigitsOnly(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isLetter(text.charAt(i))) {
        return false;
      }
    }
    return hasDigit(text);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** A text with all its letters and all its digits made the same. */
  private static String shape(String text) {
    char[] shape = text.toCharArray();
    for (int i = 0; i < shape.length; i++) {
      shape[i] = isDigit(shape[i]) ? '9' : Character.isLetter(shape[i]) ? 'A' : shape[i];
    }
    return new String(shape);
  }

  /** What stands below a name. */
  private static final class Below {
    private int rows;
    private int numbers;
    private int years;
    private int withDigit;
    private boolean namesake;
    private String shape = "";
    private boolean alike = true;

    static Below read(List<HeadRecord> records, int index, int column) {
      Below below = new Below();
      List<String> names = records.get(index).fields();
      String name = names.get(column).strip();
      for (int i = index + 1; i < Math.min(records.size(), index + 1 + ROWS); i++) {
        List<String> fields = records.get(i).fields();
        String value = column < fields.size() ? fields.get(column).strip() : "";
        if (!value.isEmpty() && !fields.equals(names)) {
          below.add(value, name);
        }
      }
      return below;
    }

    private void add(String value, String name) {
      rows++;
      numbers += hasDigitsOnly(value) ? 1 : 0;
      years += isYear(value) ? 1 : 0;
      withDigit += hasDigit(value) ? 1 : 0;
      namesake |= value.equals(name);
      if (alike) {
        String next = shape(value);
        alike = rows == 1 || next.equals(shape);
        shape = next;
      }
    }

    boolean areNumbers() {
      return rows > 0 && numbers >= 0.9 * rows;
    }

    boolean areYears() {
      return rows > 0 && years >= 0.9 * rows;
    }
  }
}
