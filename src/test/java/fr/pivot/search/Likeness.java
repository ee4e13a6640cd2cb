package fr.pivot.search;

import fr.pivot.text.Words;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How alike two ways of writing a name are, the closest first: they have the same key in one of
 * these. It is told without the search, which has its own idea of it.
 */
enum Likeness {
  /** The same letters. */
  LETTERS {
    @Override
    String key(String name) {
      return name;
    }
  },
  /** The same words, but for accents, case, punctuation and usual abbreviations. */
  FOLDED {
    @Override
    String key(String name) {
      Matcher behind = ARTICLE_BEHIND.matcher(name);
      String ordered = behind.matches() ? behind.group(2) + ' ' + behind.group(1) : name;
      String folded = ' ' + Words.fold(ordered) + ' ';
      for (Map.Entry<String, String> form : FORMS.entrySet()) {
        folded = folded.replace(form.getKey(), form.getValue());
      }
      return folded.strip();
    }
  },
  /** The same letters, wherever words end. */
  JOINED {
    @Override
    String key(String name) {
      return FOLDED.key(name).replace(" ", "");
    }
  },
  /** The same but for the article that the name begins with. */
  WITHOUT_ARTICLE {
    @Override
    String key(String name) {
      return FOLDED.key(name).replaceFirst("^(?:le|la|les|l) ", "").replace(" ", "");
    }
  },
  /** The same words that say something, in any order. */
  WORDS {
    @Override
    String key(String name) {
      return Arrays.stream(FOLDED.key(name).split(" "))
          .filter(word -> !SMALL.contains(word))
          .sorted()
          .collect(Collectors.joining(" "));
    }
  };

  private static final Pattern ARTICLE_BEHIND =
      Pattern.compile("(.+?)(?:\\s*\\(|,\\s*)(le|la|les|l['’]?)\\s*\\)?", Pattern.CASE_INSENSITIVE);

  private static final Map<String, String> FORMS =
      Map.of(
          " st ", " saint ",
          " ste ", " sainte ",
          " communaute de communes ", " cc ",
          " communaute d agglomeration ", " ca ",
          " communaute urbaine ", " cu ");

  private static final Set<String> SMALL =
      Set.of(
          "a au aux cc ca cu d de des du en et l la le les lez metropole s sous ss sur".split(" "));

  /** What names that are so alike have in common. */
  abstract String key(String name);
}
