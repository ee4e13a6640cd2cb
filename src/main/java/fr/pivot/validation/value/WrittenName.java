package fr.pivot.validation.value;

import fr.pivot.registry.NameWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A name as somebody wrote it, held against names as publishers write them. That the two say the
 * same is what counts: {@code LE PONT SUR SEINE} and {@code Pont-sur-Seine (Le)}, {@code CC DES 2
 * VALLEES} and {@code Communauté de communes des Deux Vallées}, {@code TERRENOIRE/ST ETIENNE} and
 * {@code Saint-Étienne}.
 */
public final class WrittenName {

  /** Values that are as long as this, or longer, may have been cut. */
  public static final int SHORTEST_CUT = 20;

  /** How many letters a name that was cut still has, articles and kinds not counted. */
  private static final int FEWEST_LETTERS = 10;

  private static final Map<String, String> NUMBERS =
      Map.of(
          "deux", "2", "trois", "3", "quatre", "4", "cinq", "5", "six", "6", "sept", "7", "huit",
          "8", "neuf", "9", "dix", "10");

  /** What tells the kind of an EPCI, and changes with it while its code stays. */
  private static final Set<String> KINDS =
      Set.of(
          "cc",
          "ca",
          "cu",
          "ept",
          "communaute",
          "communes",
          "agglomeration",
          "agglo",
          "urbaine",
          "metropole");

  /** The words of which one alone makes a name that of an EPCI. */
  private static final Set<String> GROUPS = Set.of("communaute", "agglomeration", "metropole");

  private final String text;
  private final boolean isCut;
  private final List<Form> whole;
  private final List<Form> parts = new ArrayList<>(0);

  /**
   * What is compared of a name.
   *
   * @param words its words, without its article and its kind
   * @param group whether it is the name of an EPCI
   */
  private record Form(NameWords words, boolean group) {

    static Form of(String name) {
      NameWords words = NameWords.of(name);
      return new Form(
          words, !words.kind().isEmpty() || words.words().stream().anyMatch(GROUPS::contains));
    }

    /**
     * What carries the sense, without gaps: no small words, numbers in figures; all where that is
     * nothing.
     *
     * @param kind whether what tells the kind of an EPCI is kept
     */
    String core(boolean kind) {
      StringBuilder core = new StringBuilder();
      for (String word : words.words()) {
        if (!NameWords.isSmall(word) && (kind || !KINDS.contains(word))) {
          core.append(inFigures(word));
        }
      }
      return core.isEmpty() ? words.bare() : core.toString();
    }

    boolean means(Form label, boolean isCut) {
      if (group && !label.group) {
        return words.bare().equals(label.words.bare()) && words.kind().isEmpty();
      }
      boolean kind = !label.group;
      return isSame(words.bare(), label.words.bare(), isCut)
          || isSame(core(kind), label.core(kind), isCut);
    }

    private static boolean isSame(String written, String name, boolean isCut) {
      return written.equals(name)
          || isCut && written.length() >= FEWEST_LETTERS && name.startsWith(written);
    }
  }

  private WrittenName(String text, boolean isCut) {
    this.text = text;
    this.isCut = isCut;
    this.whole = list(text);
    if (text.indexOf('/') >= 0) {
      for (String part : text.split("/")) {
        if (!Reading.isBlank(part)) {
          parts.add(Form.of(part));
        }
      }
    }
  }

  /** A name that is written whole. */
  public static WrittenName of(String text) {
    return new WrittenName(text, false);
  }

  /**
   * A name of a column.
   *
   * @param cut the length at which the values of the column are cut; 0 where they are not
   */
  public static WrittenName of(String text, int cut) {
    return new WrittenName(text, cut >= SHORTEST_CUT && text.length() == cut);
  }

  /** The name as it is written. */
  public String text() {
    return text;
  }

  /** A small number in figures, without zeros before it; other words as they are. */
  static String inFigures(String word) {
    int zeros = 0;
    while (zeros < word.length() - 1 && word.charAt(zeros) == '0') {
      zeros++;
    }
    return NUMBERS.getOrDefault(word, word.substring(zeros));
  }

  /** A name without what is said beside it in brackets. */
  static String withoutAside(String name) {
    int open = name.lastIndexOf('(');
    return open > 0 && name.stripTrailing().endsWith(")") ? name.substring(0, open) : name;
  }

  /** A name, and the same without what is said beside it. */
  private static List<Form> list(String name) {
    String main = withoutAside(name);
    return main.equals(name) ? List.of(Form.of(name)) : List.of(Form.of(name), Form.of(main));
  }

  /** Whether it means what a publisher calls so; of two names with a slash between, one may do. */
  public boolean means(String label) {
    for (Form name : list(label)) {
      if (whole.stream().anyMatch(words -> words.means(name, isCut))) {
        return true;
      }
      for (Form part : parts) {
        if (part.means(name, isCut && part == parts.getLast())) {
          return true;
        }
      }
    }
    return false;
  }
}
