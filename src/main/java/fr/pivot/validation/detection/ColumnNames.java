package fr.pivot.validation.detection;

import fr.pivot.referential.Referential;
import fr.pivot.text.Words;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the names of columns say about what they hold, as descriptors teach it. */
public final class ColumnNames {

  /** A name as its words, and without the gaps between them. */
  private record Alias(List<String> words, String joined) {}

  private final Map<String, List<Alias>> aliases = new HashMap<>();

  ColumnNames(Collection<Referential> referentials) {
    for (Referential referential : referentials) {
      Set<List<String>> names = new HashSet<>();
      names.add(Words.list(referential.id()));
      referential.headers().forEach(header -> names.add(Words.list(header)));
      names.remove(List.of());
      aliases.put(
          referential.id(),
          names.stream().map(words -> new Alias(words, String.join("", words))).toList());
    }
  }

  /**
   * How much a column's name says that it holds a referential: 1 where it is one of the names that
   * the descriptor lists; less where it contains one; 0 where it says nothing of it.
   */
  double score(String header, Referential referential) {
    List<String> words = Words.list(header);
    double score = score(words, referential);
    List<String> timeless = words.stream().filter(word -> !isYear(word)).toList();
    return score == 1 || timeless.size() == words.size()
        ? score
        : Math.max(score, score(timeless, referential));
  }

  /** Whether a name says that codes stand below it, whichever they are. */
  static boolean isCode(String header) {
    List<String> words = Words.list(header);
    return words.contains("code") || words.contains("codes");
  }

  private static boolean isYear(String word) {
    return word.length() == 4 && (word.startsWith("19") || word.startsWith("20"));
  }

  private double score(List<String> words, Referential referential) {
    String joined = String.join("", words);
    if (joined.isEmpty()) {
      return 0;
    }
    Set<String> all = new HashSet<>(words);
    double best = 0;
    for (Alias alias : aliases.getOrDefault(referential.id(), List.of())) {
      if (alias.joined().equals(joined)) {
        return 1;
      }
      if (all.containsAll(alias.words())) {
        best = Math.max(best, contained(alias.words()));
      }
    }
    return best;
  }

  /** Long names are contained by design, short ones by chance. */
  private static double contained(List<String> alias) {
    if (alias.size() > 1) {
      return Math.min(0.9, 0.75 + 0.05 * alias.size());
    }
    int length = alias.getFirst().length();
    return length >= 5 ? 0.75 : length >= 4 ? 0.6 : length >= 3 ? 0.4 : 0.2;
  }

  /** The names of a column's neighbours share a beginning where they speak of the same thing. */
  public static int sharedWords(String one, String other) {
    List<String> a = Words.list(one);
    List<String> b = Words.list(other);
    int shared = 0;
    while (shared < Math.min(a.size(), b.size()) && a.get(shared).equals(b.get(shared))) {
      shared++;
    }
    return shared;
  }
}
