package fr.pivot.validation.value;

import fr.pivot.registry.NameWords;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

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

  /** The same of a name that stands beside another one; saints do not count either. */
  private static final int FEWEST_LETTERS_OF_PART = 4;

  /** What many names begin with. */
  private static final Set<String> SAINTS = Set.of("saint", "sainte", "saints", "saintes");

  /** What stands between two names in one field: a slash, or a dash with spaces around it. */
  private static final Pattern BETWEEN = Pattern.compile("/| [-–] ");

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

    /**
     * Whether it is short for a label: each of its words begins one of the label's, in their order,
     * between which only small ones are left out; the label may go on.
     */
    boolean isShortFor(Form label) {
      if (group != label.group) {
        return false;
      }
      List<String> longer = label.words.words();
      int place = 0;
      int letters = 0;
      for (String word : words.words()) {
        while (place < longer.size()
            && !longer.get(place).startsWith(word)
            && NameWords.isSmall(longer.get(place))) {
          place++;
        }
        if (place == longer.size() || !longer.get(place).startsWith(word)) {
          return false;
        }
        letters += NameWords.isSmall(word) || SAINTS.contains(word) ? 0 : word.length();
        place++;
      }
      return letters >= FEWEST_LETTERS_OF_PART;
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
    String[] names = BETWEEN.split(text, -1);
    if (names.length > 1) {
      for (String part : names) {
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

  /**
   * A name, the same without what is said beside it in brackets, and the name of an EPCI without
   * what is said after a second kind: {@code CC Grand Orb Communauté de Communes en Languedoc}.
   */
  private static List<Form> list(String name) {
    List<Form> forms = new ArrayList<>(2);
    forms.add(Form.of(name));
    String main = withoutAside(name);
    if (!main.equals(name)) {
      forms.add(Form.of(main));
    }
    NameWords words = forms.getFirst().words();
    for (int i = 1; i < words.words().size() && !words.kind().isEmpty(); i++) {
      if (!NameWords.kind(words.words().get(i)).isEmpty()) {
        forms.add(Form.of(words.lead() + ' ' + String.join(" ", words.words().subList(0, i))));
        break;
      }
    }
    return forms;
  }

  /**
   * Whether nothing speaks against that it means what a publisher calls so: it does, or it, or one
   * of two names in the field, is short for that, as fields that are too narrow have it. {@code
   * ST-HILAIRE D.T/TALMONT S.H} may be {@code Saint-Hilaire-de-Talmont}.
   */
  public boolean mayMean(String label) {
    if (means(label)) {
      return true;
    }
    Form name = Form.of(label);
    return isCut && parts.isEmpty() && whole.stream().anyMatch(words -> words.isShortFor(name))
        || parts.stream().anyMatch(part -> part.isShortFor(name));
  }

  /** Whether it is made of two of some names: {@code CERGY PONTOISE}. */
  public boolean joinsTwo(Collection<String> labels) {
    List<String> names = labels.stream().map(label -> NameWords.of(label).bare()).toList();
    return whole.stream()
        .map(form -> form.words().bare())
        .anyMatch(
            bare ->
                names.stream()
                    .anyMatch(
                        first ->
                            bare.startsWith(first)
                                && names.contains(bare.substring(first.length()))));
  }

  /** Whether it means what a publisher calls so; of two names in one field, one may do. */
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
