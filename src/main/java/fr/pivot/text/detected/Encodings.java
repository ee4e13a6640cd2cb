package fr.pivot.text.detected;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells the encoding of a French text from its first bytes. A byte order mark settles it. Else what
 * is valid UTF-8 is UTF-8: in another encoding it would almost never be. Between the encodings of
 * one byte a letter, that one is chosen in which the bytes beyond ASCII are letters of French words
 * in their place; the general detectors know neither the old Macintosh nor the old PC among them.
 *
 * <p>Lines are judged one by one, because exports that were put together from several files are in
 * two encodings. The encoding is then that of most lines.
 */
final class Encodings {

  static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

  /** The first of equals is taken: text in ISO-8859-1 is windows-1252 too. */
  private static final List<Charset> ONE_BYTE =
      List.of(
          WINDOWS_1252,
          Charset.forName("ISO-8859-15"),
          Charset.forName("x-MacRoman"),
          Charset.forName("IBM850"));

  private static final List<char[]> TABLES = ONE_BYTE.stream().map(Encodings::table).toList();

  /** What comes after a head without any accent may have some. */
  private static final double ALL_ASCII_SO_FAR = 0.9;

  /**
   * An encoding.
   *
   * @param markLength how many bytes of byte order mark there are
   * @param strayLines how many lines are not in it
   * @param firstStrayLine the first of them, from 1; 0 where there is none
   */
  record Encoding(
      Charset charset, int markLength, double confidence, long strayLines, long firstStrayLine) {}

  private Encodings() {}

  /**
   * The encoding of a text.
   *
   * @param head its first bytes
   * @param whole whether these are all
   * @param said the encoding that the caller says; null where it is to be detected
   */
  static Encoding detect(byte[] head, boolean whole, @Nullable Charset said) {
    if (said != null && !said.equals(StandardCharsets.UTF_16)) {
      int mark = markLength(head, said);
      boolean utf8 = said.equals(StandardCharsets.UTF_8);
      Lines lines = utf8 ? Lines.read(head, mark, whole) : new Lines();
      return new Encoding(said, mark, 1, lines.invalid, lines.firstInvalid);
    }
    if (begins(head, 0xFE, 0xFF)) {
      return new Encoding(StandardCharsets.UTF_16BE, 2, 1, 0, 0);
    }
    if (begins(head, 0xFF, 0xFE)) {
      return new Encoding(StandardCharsets.UTF_16LE, 2, 1, 0, 0);
    }
    if (said != null) {
      boolean big = zeros(head, 0) > zeros(head, 1);
      return new Encoding(big ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE, 0, 1, 0, 0);
    }
    int mark = markLength(head, StandardCharsets.UTF_8);
    if (mark == 0 && zeros(head, 1) > 0.5 && zeros(head, 0) < 0.02) {
      return new Encoding(StandardCharsets.UTF_16LE, 0, 0.95, 0, 0);
    }
    if (mark == 0 && zeros(head, 0) > 0.5 && zeros(head, 1) < 0.02) {
      return new Encoding(StandardCharsets.UTF_16BE, 0, 0.95, 0, 0);
    }
    Lines lines = Lines.read(head, mark, whole);
    if (mark > 0 || lines.valid > lines.invalid || lines.invalid == 0) {
      double sure = mark > 0 ? 1 : 1 - Math.pow(0.1, (double) lines.sequences);
      if (lines.sequences == 0 && mark == 0) {
        sure = whole ? 1 : ALL_ASCII_SO_FAR;
      }
      if (lines.invalid > 0) {
        sure *= (double) lines.valid / (lines.valid + lines.invalid);
      }
      return new Encoding(StandardCharsets.UTF_8, mark, sure, lines.invalid, lines.firstInvalid);
    }
    return oneByte(head, lines);
  }

  private static Encoding oneByte(byte[] head, Lines lines) {
    long[] scores = new long[TABLES.size()];
    boolean[] occurs = new boolean[256];
    for (int i = 0; i < head.length; i++) {
      int length = head[i] < 0 ? Lines.sequence(head, i) : 0;
      if (length > 1) {
        // A line in UTF-8 among others.
        i += length - 1;
      } else if (head[i] < 0) {
        occurs[head[i] & 0xFF] = true;
        int before = i == 0 ? ' ' : head[i - 1];
        int after = i + 1 == head.length ? ' ' : head[i + 1];
        for (int t = 0; t < scores.length; t++) {
          scores[t] += score(before, TABLES.get(t)[head[i] & 0xFF], after);
        }
      }
    }
    int best = 0;
    for (int t = 1; t < scores.length; t++) {
      best = scores[t] > scores[best] ? t : best;
    }
    long next = Long.MIN_VALUE;
    for (int t = 0; t < scores.length; t++) {
      if (!sameText(TABLES.get(t), TABLES.get(best), occurs)) {
        next = Math.max(next, scores[t]);
      }
    }
    double sure = 0.3;
    if (scores[best] > 0) {
      double lead = (double) (scores[best] - Math.max(0, next)) / scores[best];
      double amount = 1 - 1.0 / (1 + scores[best] / 10.0);
      sure = 0.5 + 0.48 * lead * amount;
    }
    // What is valid UTF-8 by chance is rare: these lines are in it.
    return new Encoding(ONE_BYTE.get(best), 0, sure, lines.valid, lines.firstValid);
  }

  private static boolean sameText(char[] one, char[] other, boolean[] occurs) {
    for (int b = 128; b < 256; b++) {
      if (occurs[b] && one[b] != other[b]) {
        return false;
      }
    }
    return true;
  }

  /** How well a character beyond ASCII stands between two bytes of a French text. */
  private static int score(int before, char c, int after) {
    boolean inWord = isLetter(before) && isLetter(after);
    if (c == '\uFFFD' || Character.isISOControl(c)) {
      return -20;
    }
    if (Character.isLowerCase(c)) {
      int shouted = isUpper(before) && isUpper(after) ? -6 : 0;
      return shouted
          + switch (c) {
            case 'é' -> 10;
            case 'è', 'à' -> 7;
            case 'ê', 'ç', 'ô' -> 5;
            case 'î', 'â', 'û', 'ù', 'ï', 'ë', 'œ' -> 4;
            case 'ü', 'ö', 'ä', 'ñ', 'á', 'í', 'ó', 'ú', 'æ', 'ÿ' -> 1;
            default -> -4;
          };
    }
    if (Character.isUpperCase(c)) {
      int humped = before >= 'a' && before <= 'z' ? -12 : 0;
      return humped
          + switch (c) {
            case 'É' -> 5;
            case 'È', 'À', 'Ê', 'Ç', 'Ô', 'Î', 'Â', 'Û', 'Ù', 'Ï', 'Ë', 'Œ' -> 3;
            default -> -2;
          };
    }
    return switch (c) {
      case '’' -> inWord ? 4 : 0;
      case '«', '»', '“', '”', '–', '—', '…', '°', '€', '²', '³', '\u00A0' -> inWord ? -4 : 1;
      default -> inWord ? -8 : -5;
    };
  }

  private static boolean isUpper(int b) {
    return b >= 'A' && b <= 'Z';
  }

  private static boolean isLetter(int b) {
    return isUpper(b) || (b >= 'a' && b <= 'z') || b < 0;
  }

  private static char[] table(Charset charset) {
    char[] table = new char[256];
    for (int b = 0; b < table.length; b++) {
      table[b] = new String(new byte[] {(byte) b}, charset).charAt(0);
    }
    return table;
  }

  private static int markLength(byte[] head, Charset charset) {
    if (charset.equals(StandardCharsets.UTF_16BE)) {
      return begins(head, 0xFE, 0xFF) ? 2 : 0;
    }
    if (charset.equals(StandardCharsets.UTF_16LE)) {
      return begins(head, 0xFF, 0xFE) ? 2 : 0;
    }
    return begins(head, 0xEF, 0xBB, 0xBF) ? 3 : 0;
  }

  private static boolean begins(byte[] head, int... bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (i == head.length || (head[i] & 0xFF) != bytes[i]) {
        return false;
      }
    }
    return true;
  }

  /** The share of zeros among the bytes at even (0) or odd (1) places. */
  private static double zeros(byte[] head, int parity) {
    int zeros = 0;
    int all = 0;
    for (int i = parity; i < head.length; i += 2) {
      zeros += head[i] == 0 ? 1 : 0;
      all++;
    }
    return all == 0 ? 0 : (double) zeros / all;
  }

  /** Which lines with more than ASCII are valid UTF-8 and which are not. */
  private static final class Lines {
    private long valid;
    private long firstValid;
    private long invalid;
    private long firstInvalid;
    private long sequences;

    static Lines read(byte[] head, int from, boolean whole) {
      Lines lines = new Lines();
      long line = 1;
      boolean wide = false;
      boolean broken = false;
      int at = from;
      while (at < head.length) {
        int length = sequence(head, at);
        if (length < 0) {
          broken |= whole;
          break;
        }
        wide |= length > 1;
        broken |= length == 0;
        lines.sequences += length > 1 ? 1 : 0;
        byte b = head[at];
        at += Math.max(1, length);
        if (b == '\n' || (b == '\r' && !(at < head.length && head[at] == '\n'))) {
          lines.add(line++, wide, broken);
          wide = false;
          broken = false;
        }
      }
      lines.add(line, wide, broken);
      return lines;
    }

    private void add(long line, boolean wide, boolean broken) {
      if (broken) {
        firstInvalid = invalid++ == 0 ? line : firstInvalid;
      } else if (wide) {
        firstValid = valid++ == 0 ? line : firstValid;
      }
    }

    /**
     * The length of the UTF-8 sequence at a place; 0 where there is none, negative where the bytes
     * end within it.
     */
    static int sequence(byte[] bytes, int at) {
      int first = bytes[at];
      if (first >= 0) {
        return 1;
      }
      first &= 0xFF;
      int length = first >= 0xC2 && first < 0xE0 ? 2 : first >= 0xE0 && first < 0xF0 ? 3 : 4;
      if (first < 0xC2 || first > 0xF4) {
        return 0;
      }
      for (int i = 1; i < length; i++) {
        if (at + i == bytes.length) {
          return -1;
        }
        int next = bytes[at + i] & 0xFF;
        boolean tooLow =
            i == 1 && ((first == 0xE0 && next < 0xA0) || (first == 0xF0 && next < 0x90));
        boolean tooHigh =
            i == 1 && ((first == 0xED && next > 0x9F) || (first == 0xF4 && next > 0x8F));
        if (next < 0x80 || next > 0xBF || tooLow || tooHigh) {
          return 0;
        }
      }
      return length;
    }
  }
}
