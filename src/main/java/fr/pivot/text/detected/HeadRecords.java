package fr.pivot.text.detected;

import fr.pivot.text.bytes.DelimitedBytes;
import fr.pivot.text.sheet.Delimited;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The first records of a delimited text, and the separator under which they are most alike. A quote
 * that is not closed is a letter, as in {@link DelimitedBytes}.
 */
final class HeadRecords {

  /** How many are looked at. */
  static final int MOST = 400;

  private static final char[] SEPARATORS = {',', ';', '\t', '|'};

  /** How much a separator that is rarer in sentences and numbers is preferred. */
  private static final double[] PREFERENCE = {0.98, 1, 1, 0.97};

  /** Below it, records have nothing in common: the text is one column. */
  private static final double LEAST_LIKENESS = 0.3;

  /**
   * A record.
   *
   * @param line the line that it begins on, from 1
   * @param fields its fields without their quotes
   */
  record HeadRecord(long line, List<String> fields) {

    /** How many fields say something. */
    int filled() {
      int filled = 0;
      for (String field : fields) {
        filled += field.isBlank() ? 0 : 1;
      }
      return filled;
    }
  }

  /** A separator, and how sure it is, from 0 to 1. */
  record Separator(char character, double confidence) {}

  /** How alike records are: the field count that most have, and a mark from 0 to 1. */
  private record Likeness(double mark, boolean marksDecimals) {}

  private HeadRecords() {}

  /** The separator of a text; a comma where it is one column. */
  static Separator separator(String text, boolean whole) {
    Likeness[] likenesses = new Likeness[SEPARATORS.length];
    for (int s = 0; s < SEPARATORS.length; s++) {
      likenesses[s] = likeness(text, SEPARATORS[s], PREFERENCE[s], whole);
    }
    int best = -1;
    double first = 0;
    double second = 0;
    for (int s = 0; s < SEPARATORS.length; s++) {
      double mark = likenesses[s].mark;
      if (likenesses[s].marksDecimals && anotherSeparates(likenesses, s)) {
        mark /= 2;
      }
      if (mark > first) {
        second = first;
        first = mark;
        best = s;
      } else {
        second = Math.max(second, mark);
      }
    }
    if (first < LEAST_LIKENESS) {
      return oneColumn(text);
    }
    return new Separator(SEPARATORS[best], Math.min(1, first * (1 - second / first / 2)));
  }

  private static boolean anotherSeparates(Likeness[] likenesses, int than) {
    for (int s = 0; s < likenesses.length; s++) {
      if (s != than && likenesses[s].mark > 0.5) {
        return true;
      }
    }
    return false;
  }

  /** One column is torn by no separator that does not occur. */
  private static Separator oneColumn(String text) {
    for (char separator : SEPARATORS) {
      if (text.indexOf(separator) < 0) {
        return new Separator(separator, separator == SEPARATORS[0] ? 0.9 : 0.5);
      }
    }
    return new Separator(SEPARATORS[0], 0.1);
  }

  private static Likeness likeness(String text, char separator, double preference, boolean whole) {
    if (text.indexOf(separator) < 0) {
      return new Likeness(0, false);
    }
    List<HeadRecord> records =
        split(text, separator, whole).stream().filter(r -> r.filled() > 0).toList();
    Map<Integer, Integer> counts = new HashMap<>();
    records.forEach(r -> counts.merge(r.fields.size(), 1, Integer::sum));
    int usual = usual(counts);
    if (usual < 2) {
      return new Likeness(0, false);
    }
    int titles = 0;
    while (records.get(titles).fields.size() != usual) {
      titles++;
    }
    double share = (double) counts.getOrDefault(usual, 0) / (records.size() - Math.min(titles, 30));
    double mark =
        Math.min(1, share) * preference * (1 - 0.2 / usual) * Math.pow(0.9, Math.min(titles, 5));
    return new Likeness(mark, separator == ',' && areDecimals(records));
  }

  private static int usual(Map<Integer, Integer> counts) {
    int usual = 0;
    int most = 0;
    for (Map.Entry<Integer, Integer> count : counts.entrySet()) {
      if (count.getValue() > most || (count.getValue() == most && count.getKey() > usual)) {
        usual = count.getKey();
        most = count.getValue();
      }
    }
    return usual;
  }

  /** Whether almost all commas stand between two digits, as those of French numbers do. */
  private static boolean areDecimals(List<HeadRecord> records) {
    int commas = 0;
    int decimals = 0;
    for (HeadRecord record : records) {
      for (int i = 1; i < record.fields.size(); i++) {
        String before = record.fields.get(i - 1);
        String after = record.fields.get(i);
        commas++;
        if (!before.isEmpty()
            && !after.isEmpty()
            && isDigit(before.charAt(before.length() - 1))
            && isDigit(after.charAt(0))) {
          decimals++;
        }
      }
    }
    return decimals > 0.8 * commas;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** How many fields most records have that say something. */
  static int usualCount(List<HeadRecord> records) {
    Map<Integer, Integer> counts = new HashMap<>();
    for (HeadRecord record : records) {
      if (record.filled() > 0) {
        counts.merge(record.fields.size(), 1, Integer::sum);
      }
    }
    return usual(counts);
  }

  /**
   * The first records of a text; one that may go on after its end is left out. Of fields beyond
   * those that a table may have, one is given.
   *
   * @param whole whether the text ends where its file does
   */
  static List<HeadRecord> split(String text, char separator, boolean whole) {
    List<HeadRecord> records = new ArrayList<>();
    long line = 1;
    int at = 0;
    while (at < text.length() && records.size() < MOST) {
      List<String> fields = new ArrayList<>();
      long begun = line;
      while (true) {
        String quoted = "";
        int from = at;
        if (at < text.length() && text.charAt(at) == '"') {
          StringBuilder inner = new StringBuilder();
          int closed = unquote(text, at, inner);
          quoted = inner.toString();
          for (; at < closed; at++) {
            line += endsLine(text, at) ? 1 : 0;
          }
          from = at;
        }
        while (at < text.length() && !isStop(text.charAt(at), separator)) {
          at++;
        }
        // One more than there may be shows that there are too many.
        if (fields.size() <= DialectDetector.MAX_COLUMNS) {
          fields.add(
              quoted.isEmpty() ? text.substring(from, at) : quoted + text.substring(from, at));
        }
        if (at == text.length() || text.charAt(at) != separator) {
          break;
        }
        at++;
      }
      if (at == text.length() && !whole) {
        return records;
      }
      if (at < text.length()) {
        boolean pair =
            text.charAt(at) == '\r' && at + 1 < text.length() && text.charAt(at + 1) == '\n';
        at += pair ? 2 : 1;
        line++;
      }
      records.add(new HeadRecord(begun, fields));
    }
    return records;
  }

  private static boolean isStop(char c, char separator) {
    return c == separator || c == '\n' || c == '\r';
  }

  private static boolean endsLine(String text, int at) {
    char c = text.charAt(at);
    return c == '\n' || (c == '\r' && !(at + 1 < text.length() && text.charAt(at + 1) == '\n'));
  }

  /** Where a quoted field ends, after its closing quote; negative where it has none. */
  private static int unquote(String text, int opening, StringBuilder to) {
    int limit = Math.min(text.length(), opening + Delimited.MAX_FIELD);
    int from = opening + 1;
    for (int at = from; at < limit; at++) {
      if (text.charAt(at) == '"') {
        boolean doubled = at + 1 < text.length() && text.charAt(at + 1) == '"';
        if (!doubled) {
          to.append(text, from, at);
          return at + 1;
        }
        to.append(text, from, at + 1);
        from = at + 2;
        at++;
      }
    }
    to.setLength(0);
    return -1;
  }
}
