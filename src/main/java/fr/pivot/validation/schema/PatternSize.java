package fr.pivot.validation.schema;

/**
 * How many steps a pattern is compiled into, at most: a repetition is written out, so that {@code
 * ((a{1000}){1000}){1000}} would be a thousand million of them.
 */
final class PatternSize {

  private final String pattern;
  private int at;

  private PatternSize(String pattern) {
    this.pattern = pattern;
  }

  /** An estimate that is too large rather than too small. */
  static long of(String pattern) {
    PatternSize size = new PatternSize(pattern);
    long steps = 0;
    while (size.at < pattern.length()) {
      // A closing bracket too many: what is wrong is told by who compiles it.
      steps = add(steps, size.alternatives());
      size.at++;
    }
    return steps;
  }

  /** What stands up to the end of a group, or of the pattern. */
  private long alternatives() {
    long sum = 0;
    long last = 0;
    while (at < pattern.length() && pattern.charAt(at) != ')') {
      long times = times();
      if (times > 0) {
        sum = add(sum, multiply(last, times - 1));
        last = multiply(last, times);
        continue;
      }
      last = atom();
      sum = add(sum, last);
    }
    return sum;
  }

  private long atom() {
    char c = pattern.charAt(at++);
    if (c == '(') {
      long group = add(2, alternatives());
      at++;
      return group;
    }
    if (c == '[') {
      skipClass();
    } else if (c == '\\') {
      int from = at;
      skipEscape();
      return at - from;
    }
    return 1;
  }

  private void skipClass() {
    if (at < pattern.length() && pattern.charAt(at) == '^') {
      at++;
    }
    int first = at;
    while (at < pattern.length() && (pattern.charAt(at) != ']' || at == first)) {
      at += pattern.charAt(at) == '\\' ? 2 : 1;
    }
    at++;
  }

  /**
   * {@code \d}, but also <code>\p{L}</code>, <code>\x{10FFFF}</code> and {@code \Q(as it is)\E}.
   */
  private void skipEscape() {
    char escaped = at < pattern.length() ? pattern.charAt(at) : ' ';
    at++;
    if (escaped == 'Q') {
      int end = pattern.indexOf("\\E", at);
      at = end < 0 ? pattern.length() : end + 2;
    } else if ("pPx".indexOf(escaped) >= 0 && at < pattern.length() && pattern.charAt(at) == '{') {
      int end = pattern.indexOf('}', at);
      at = end < 0 ? pattern.length() : end + 1;
    }
  }

  /** How often a repetition that stands here repeats, and passes it; 0 where none stands here. */
  private long times() {
    int end = pattern.charAt(at) == '{' ? pattern.indexOf('}', at) : -1;
    String[] bounds = end < 0 ? new String[0] : pattern.substring(at + 1, end).split(",", 2);
    if (bounds.length == 0 || !bounds[0].matches("\\d{1,9}")) {
      return 0;
    }
    at = end + 1;
    long least = Long.parseLong(bounds[0]);
    long most =
        bounds.length == 2 && bounds[1].matches("\\d{1,9}") ? Long.parseLong(bounds[1]) : least + 1;
    return Math.max(1, Math.max(least, most));
  }

  private static long add(long a, long b) {
    return Math.min(Integer.MAX_VALUE, a + b);
  }

  private static long multiply(long a, long b) {
    return Math.min(Integer.MAX_VALUE, a * b);
  }
}
