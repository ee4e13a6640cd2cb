package fr.pivot.validation.detection;

import fr.pivot.text.CheckDigits;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a column looks like personal data, from its values one by one. It keeps counts and
 * never a value: who is about to publish such a column is warned, and its values are not repeated.
 * Each value takes time in proportion to its length at most.
 */
public final class PersonalData {

  /** What a value may be. */
  public enum Kind {
    /** An e-mail address, that of a person or of an office, alone or within a text. */
    EMAIL(0.1),
    /** A French telephone number: ten digits from 0, or nine after a country code. */
    PHONE(0.5),
    /** A social security number with its key. */
    NIR(0.1),
    /** A social security number without its key, which nothing but its form tells. */
    NIR_WITHOUT_KEY(0.5),
    /** An international bank account number. */
    IBAN(0.1);

    /** The share of values from which a column is suspect: low where the form leaves no doubt. */
    private final double threshold;

    Kind(double threshold) {
      this.threshold = threshold;
    }
  }

  /**
   * What a column looks like.
   *
   * @param kind what most of its values that look like something look like
   * @param share how many of its values that are not blank do, from 0 to 1
   */
  public record Likeness(Kind kind, double share) {}

  /** The longest of those numbers, an IBAN of 34 characters, with its spaces. */
  private static final int LONGEST_NUMBER = 50;

  /** No number of those has fewer digits: those of a telephone. */
  private static final int FEWEST_DIGITS = 10;

  /** La Réunion and Mayotte, Guadeloupe, Guyane, Martinique. */
  private static final List<String> OVERSEAS = List.of("262", "590", "594", "596");

  private static final int LONGEST_LOCAL_PART = 64;
  private static final int LONGEST_DOMAIN = 253;

  /** How many different values of a column are looked at. */
  private static final int MOST_VALUES = 500;

  private final long[] counts = new long[Kind.values().length];
  private long values;

  /**
   * The columns that seem to hold personal data, by their places in the header.
   *
   * @param bound the places of those that hold codes, which are none
   */
  public static Map<Integer, Likeness> findAll(List<ColumnSample> columns, Set<Integer> bound) {
    Map<Integer, Likeness> personal = new TreeMap<>();
    for (ColumnSample column : columns) {
      PersonalData data = new PersonalData();
      column.counts().keySet().stream().limit(MOST_VALUES).forEach(data::add);
      data.find()
          .filter(_ -> !bound.contains(column.rank()))
          .ifPresent(likeness -> personal.put(column.rank(), likeness));
    }
    return personal;
  }

  /** Takes a value; blank ones do not count. */
  public void add(String value) {
    if (value.isBlank()) {
      return;
    }
    values++;
    Kind kind = kind(value);
    if (kind != null) {
      counts[kind.ordinal()]++;
    }
  }

  /** Takes what another one has seen. */
  public void add(PersonalData other) {
    values += other.values;
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
    }
  }

  /** What the column looks like; empty where too few of its values look like personal data. */
  public Optional<Likeness> find() {
    Likeness best = null;
    for (Kind kind : Kind.values()) {
      double share = values == 0 ? 0 : (double) counts[kind.ordinal()] / values;
      if (share > 0 && share >= kind.threshold && (best == null || share > best.share)) {
        best = new Likeness(kind, share);
      }
    }
    return Optional.ofNullable(best);
  }

  /** What a value looks like. */
  public static Optional<Kind> findKind(String value) {
    return Optional.ofNullable(kind(value));
  }

  private static @Nullable Kind kind(String value) {
    if (value.indexOf('@') >= 0 && holdsAddress(value)) {
      return Kind.EMAIL;
    }
    String number = compact(value);
    if (number.isEmpty()) {
      return null;
    }
    if (isPhone(number)) {
      return Kind.PHONE;
    }
    if (number.length() == 15 && isBirth(number) && CheckDigits.isNir(number)) {
      return Kind.NIR;
    }
    if (number.length() == 13 && isBirth(number) && isNirWithoutKey(number)) {
      return Kind.NIR_WITHOUT_KEY;
    }
    return isAccount(number) ? Kind.IBAN : null;
  }

  /**
   * A number without what people put between its digits, in capitals; empty where it cannot be any
   * of those, as most values cannot, which is seen without copying them.
   */
  private static String compact(String value) {
    int length = value.length();
    if (length < FEWEST_DIGITS || length > LONGEST_NUMBER) {
      return "";
    }
    int digits = 0;
    for (int i = 0; i < length; i++) {
      char c = value.charAt(i);
      if (c >= '0' && c <= '9') {
        digits++;
      }
    }
    if (digits < FEWEST_DIGITS) {
      return "";
    }
    char[] number = new char[length];
    int size = 0;
    for (int i = 0; i < length; i++) {
      char c = value.charAt(i);
      if (c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c == '+') {
        number[size++] = c;
      } else if (c >= 'a' && c <= 'z') {
        number[size++] = (char) (c - 'a' + 'A');
      } else if (!Character.isWhitespace(c)
          && !Character.isSpaceChar(c)
          && ".-/()".indexOf(c) < 0) {
        return "";
      }
    }
    return new String(number, 0, size);
  }

  /** The registry gives 27 characters to the accounts of France and Monaco. */
  private static boolean isAccount(String number) {
    boolean french = number.startsWith("FR") || number.startsWith("MC");
    return number.charAt(0) >= 'A'
        && (!french || number.length() == 27)
        && CheckDigits.isIban(number);
  }

  /**
   * A number of the French numbering plan (Arcep, décision 2018-0881): 0 or the code of the
   * country, then 1 to 9 and eight digits. The codes are those of France and of the overseas
   * départements.
   */
  private static boolean isPhone(String number) {
    String national = number;
    if (number.startsWith("00") || number.startsWith("+")) {
      String abroad = number.substring(number.startsWith("+") ? 1 : 2);
      int code = countryCode(abroad);
      if (code == 0) {
        return false;
      }
      national = abroad.substring(code);
      national = national.startsWith("0") ? national : "0" + national;
    }
    return national.length() == 10
        && national.charAt(0) == '0'
        && national.charAt(1) != '0'
        && isDigits(national, 0, 10);
  }

  /** How many digits the code of the country has; 0 where it is another country's. */
  private static int countryCode(String number) {
    if (number.startsWith("33")) {
      return 2;
    }
    return OVERSEAS.stream().anyMatch(number::startsWith) ? 3 : 0;
  }

  /** Whether a number begins with a sex, a year and a month, as a NIR does. */
  private static boolean isBirth(String number) {
    if (!isDigits(number, 0, 5)) {
      return false;
    }
    int month = Integer.parseInt(number.substring(3, 5));
    return (number.charAt(0) == '1' || number.charAt(0) == '2')
        // from 20 on, months that the register does not know
        && (month >= 1 && month <= 12 || month >= 20 && month <= 42 || month >= 50);
  }

  /** Whether a NIR has a known month, a place and a rank, which without key is all there is. */
  private static boolean isNirWithoutKey(String number) {
    boolean corsica = number.startsWith("2A", 5) || number.startsWith("2B", 5);
    return Integer.parseInt(number.substring(3, 5)) <= 12
        && (corsica || (isDigits(number, 5, 7) && !number.startsWith("00", 5)))
        && isDigits(number, 7, 13)
        && !number.startsWith("000", 7)
        && !number.startsWith("000", 10);
  }

  /** Whether there is an address around any at sign. */
  private static boolean holdsAddress(String value) {
    for (int at = value.indexOf('@'); at >= 0; at = value.indexOf('@', at + 1)) {
      if (isLocalPart(value, at) && isDomain(value, at + 1)) {
        return true;
      }
    }
    return false;
  }

  /** Whether what stands before the at sign is the name of a mailbox, without quotes. */
  private static boolean isLocalPart(String value, int end) {
    int start = end;
    while (start > 0
        && end - start <= LONGEST_LOCAL_PART
        && isOfLocalPart(value.charAt(start - 1))) {
      start--;
    }
    return start < end && end - start <= LONGEST_LOCAL_PART && value.charAt(end - 1) != '.';
  }

  private static boolean isOfLocalPart(char c) {
    return Character.isLetterOrDigit(c) || "._%+-'".indexOf(c) >= 0;
  }

  /** Whether a domain of several labels follows, the last of letters only. */
  private static boolean isDomain(String value, int start) {
    int end = start;
    while (end < value.length() && end - start <= LONGEST_DOMAIN && isOfDomain(value.charAt(end))) {
      end++;
    }
    String domain = value.substring(start, end);
    while (domain.endsWith(".")) { // the end of a sentence
      domain = domain.substring(0, domain.length() - 1);
    }
    int last = domain.lastIndexOf('.') + 1;
    return domain.length() <= LONGEST_DOMAIN
        && last > 1
        && !domain.startsWith(".")
        && !domain.contains("..")
        && domain.length() - last >= 2
        && domain.chars().skip(last).allMatch(Character::isLetter);
  }

  private static boolean isOfDomain(char c) {
    return Character.isLetterOrDigit(c) || c == '-' || c == '.';
  }

  private static boolean isDigits(String number, int from, int to) {
    for (int i = from; i < to; i++) {
      if (number.charAt(i) < '0' || number.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }
}
