package fr.pivot.validation.detection;

import fr.pivot.referential.Referential;
import fr.pivot.text.Words;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the names of columns say about what they hold, as descriptors teach it. */
public final class ColumnNames {

  /** A name as its words, and without the gaps between them. */
  private record Alias(List<String> words, String joined) {}

  /**
   * What a column's name says of a referential.
   *
   * @param score how much: 1 where it is one of the names that the descriptor lists; less where it
   *     contains one; 0 where it says nothing of it
   * @param others the other referentials that list all that says so, or where the name says
   *     nothing, those that list most of its names: their codes stand in columns that are called
   *     alike
   */
  record Saying(double score, Set<String> others) {}

  private final Map<String, List<Alias>> aliases = new HashMap<>();

  /** The referentials that list a name, by the name without its gaps. */
  private final Map<String, Set<String>> listing = new HashMap<>();

  /** The referentials that list most of the names of one. */
  private final Map<String, Set<String>> sharing = new HashMap<>();

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
    aliases.forEach(
        (id, names) ->
            names.forEach(
                name -> listing.computeIfAbsent(name.joined(), _ -> new TreeSet<>()).add(id)));
    aliases.forEach(
        (id, names) -> {
          Map<String, Integer> shared = new TreeMap<>();
          names.forEach(
              name ->
                  listing
                      .getOrDefault(name.joined(), Set.of())
                      .forEach(other -> shared.merge(other, 1, Integer::sum)));
          shared.values().removeIf(count -> 2 * count <= names.size());
          sharing.put(id, without(id, shared.keySet()));
        });
  }

  private static Set<String> without(String id, Set<String> ids) {
    Set<String> others = new TreeSet<>(ids);
    others.remove(id);
    return others;
  }

  /** How much a column's name says that it holds a referential, from 0 to 1. */
  double score(String header, Referential referential) {
    return saying(header, referential).score();
  }

  /** What a column's name says of a referential. */
  Saying saying(String header, Referential referential) {
    List<String> words = Words.list(header);
    Saying saying = saying(words, referential);
    List<String> timeless = words.stream().filter(word -> !isYear(word)).toList();
    if (saying.score() == 1 || timeless.size() == words.size()) {
      return saying;
    }
    Saying other = saying(timeless, referential);
    return other.score() > saying.score() ? other : saying;
  }

  /** Whether a name says that codes stand below it, whichever they are. */
  public static boolean isCode(String header) {
    List<String> words = Words.list(header);
    return words.contains("code") || words.contains("codes");
  }

  private static boolean isYear(String word) {
    return word.length() == 4 && (word.startsWith("19") || word.startsWith("20"));
  }

  private Saying saying(List<String> words, Referential referential) {
    String id = referential.id();
    String joined = String.join("", words);
    Set<String> all = new HashSet<>(words);
    double best = 0;
    Set<String> others = sharing.getOrDefault(id, Set.of());
    for (Alias alias : joined.isEmpty() ? List.<Alias>of() : aliases.getOrDefault(id, List.of())) {
      Set<String> listed = listing.getOrDefault(alias.joined(), Set.of());
      if (alias.joined().equals(joined)) {
        return new Saying(1, without(id, listed));
      }
      if (all.containsAll(alias.words())) {
        others = best == 0 ? without(id, listed) : both(others, listed);
        best = Math.max(best, contained(alias.words()));
      }
    }
    return new Saying(best, others);
  }

  private static Set<String> both(Set<String> one, Set<String> other) {
    Set<String> both = new TreeSet<>(one);
    both.retainAll(other);
    return both;
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
