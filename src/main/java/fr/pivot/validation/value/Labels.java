package fr.pivot.validation.value;

import fr.pivot.catalog.Release;
import fr.pivot.registry.Codes;
import fr.pivot.registry.NameWords;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The codes in force on a day by what they are called, however that is written. */
public final class Labels {

  private final Map<String, List<String>> codes;

  private Labels(Map<String, List<String>> codes) {
    this.codes = codes;
  }

  /** The names of the codes of a yardstick. */
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

  /** The names that the codes of a yardstick have and had, as its edition tells them. */
  public static Labels ofAllTimes(Yardstick yardstick) {
    Codes book = yardstick.codes();
    Release release = yardstick.release();
    Map<String, List<String>> codes = new HashMap<>();
    if (book != null && release != null) {
      book.forEachCode(
          code ->
              book.listStates(code, release).stream()
                  .map(state -> key(state.label()))
                  .forEach(key -> codes.computeIfAbsent(key, _ -> new ArrayList<>(1)).add(code)));
    }
    return new Labels(codes);
  }

  /** The codes of that name, in order; empty where nothing is called so. */
  public List<String> find(String name) {
    return codes.getOrDefault(key(name), List.of());
  }

  /**
   * Whether a name is exactly that of codes, and they are called otherwise than a label that it may
   * mean too: {@code Prades} is not short for {@code Prades-le-Lez}.
   */
  public boolean areOthers(String name, String label) {
    String key = key(name);
    return codes.containsKey(key)
        && !key.equals(key(label))
        && !key.equals(key(WrittenName.withoutAside(label)));
  }

  /** A name as it is compared: the kind of an EPCI tells it apart, an article does not. */
  private static String key(String name) {
    NameWords words = NameWords.of(name);
    return words.kind()
        + ' '
        + words.words().stream().map(WrittenName::inFigures).collect(Collectors.joining(" "));
  }
}
