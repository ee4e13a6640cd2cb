package fr.pivot.validation.value;

import fr.pivot.catalog.Release;
import fr.pivot.registry.Codes;
import fr.pivot.text.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The codes in force on a day by what they are called, however that is written. */
public final class Labels {

  private static final Pattern ORDINAL = Pattern.compile("0*(\\d+)(?:er|ere|e|eme|ieme)?");

  private final Map<String, List<String>> codes;

  private Labels(Map<String, List<String>> codes) {
    this.codes = codes;
  }

  public static Labels of(Yardstick yardstick) {
    Codes book = yardstick.codes();
    Release release = yardstick.release();
    Map<String, List<String>> codes = new HashMap<>();
    if (book != null && release != null) {
      for (String code : book.listInForce(release, yardstick.date())) {
        String label = book.findLabel(code, release, yardstick.date());
        if (label != null) {
          codes.computeIfAbsent(key(label), _ -> new ArrayList<>(1)).add(code);
        }
      }
    }
    return new Labels(codes);
  }

  /** The codes of that name, in order; empty where nothing is called so. */
  public List<String> find(String name) {
    return codes.getOrDefault(key(name), List.of());
  }

  /**
   * Whether two names are one, however they are written: {@code C.A.P.I} and {@code CAPI}, {@code
   * LYON 3EME} and {@code Lyon 3e Arrondissement}.
   */
  public static boolean areSame(String one, String other) {
    String a = key(one);
    String b = key(other);
    return a.equals(b) || dense(a).equals(dense(b));
  }

  /** A key without gaps, its numbers without what makes them ordinals. */
  private static String dense(String key) {
    StringBuilder dense = new StringBuilder(key.length());
    for (String word : key.split(" ")) {
      Matcher ordinal = ORDINAL.matcher(word);
      if (ordinal.matches()) {
        dense.append(ordinal.group(1));
      } else if (!word.equals("arrondissement")) {
        dense.append(word);
      }
    }
    return dense.toString();
  }

  /** A name without case, accents and punctuation, its saints written out, its article left out. */
  static String key(String name) {
    StringBuilder key = new StringBuilder(name.length());
    for (String word : Words.fold(name).split(" ")) {
      String whole =
          switch (word) {
            case "st" -> "saint";
            case "ste" -> "sainte";
            case "sts" -> "saints";
            case "stes" -> "saintes";
            default -> word;
          };
      boolean article =
          key.isEmpty()
              && (whole.equals("le")
                  || whole.equals("la")
                  || whole.equals("les")
                  || whole.equals("l"));
      if (!article) {
        key.append(key.isEmpty() ? "" : " ").append(whole);
      }
    }
    // "La Haye (La)" and its like: what is only an article stays.
    return key.isEmpty() ? Words.fold(name) : key.toString();
  }
}
