package fr.pivot.search;

import fr.pivot.search.Hit.Kind;
import fr.pivot.search.index.NameIndex;
import fr.pivot.search.index.WordMatches;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/** The names that are near a way to read a question, of which the nearest are offered. */
final class NearNames {

  private static final int MOST_OFFERED = 400;

  private final NameIndex index;
  private final Query query;
  private final Interpretation way;
  private final Offers offers;
  private final boolean typed;
  private final BitSet seen;
  private int[] keys = new int[64];
  private double[] scores = new double[64];
  private boolean[] whole = new boolean[64];
  private int size;
  private int tried;

  /** Takes the names of a key that answer a question to some degree. */
  interface Offers {
    void offer(int key, double score, Kind kind, Interpretation way);
  }

  NearNames(NameIndex index, Query query, Interpretation way, Offers offers) {
    this.index = index;
    this.query = query;
    this.way = way;
    this.offers = offers;
    this.typed = query.mode() == Query.Mode.TYPED;
    this.seen = new BitSet(index.size());
  }

  /**
   * Looks for the names, and offers them.
   *
   * @param spelt whether to look at spellings; otherwise at words alone
   */
  void addAll(boolean spelt) {
    int length = way.words().bare().length();
    if (!typed) {
      // Before the few, of which only the spelling is looked at.
      addWords();
    }
    int[] few = way.few();
    if (few != null) {
      for (int rank : few) {
        for (int i = index.firstKeyOfRank(rank); i < index.firstKeyOfRank(rank + 1); i++) {
          if (typed) {
            addTyped(index.keyOfRank(i));
          } else {
            addSpelling(index.keyOfRank(i), length);
          }
        }
      }
    }
    if (typed) {
      addWords();
    }
    if (spelt && way.required() == null) {
      int most = mostChanges(length);
      index.forEachLike(way.letters(), length, most, key -> addSpelling(key, most));
    }
    offerNearest();
  }

  /** How many letters of a whole name may be wrong. */
  private static int mostChanges(int length) {
    return length >= 12 ? 3 : WordMatches.mostChanges(length);
  }

  /** Adds the names that have words of the question, looked for by those that tell most. */
  private void addWords() {
    List<WordMatches> rarest = new ArrayList<>(way.matches());
    rarest.sort(Comparator.comparingLong(WordMatches::frequency));
    for (WordMatches one : rarest) {
      one.forEach(
          word -> {
            int to = index.firstKey(word + 1);
            if (tried + to - index.firstKey(word) <= Ranking.MOST_KEYS) {
              for (int i = index.firstKey(word); i < to; i++) {
                addWithWords(index.keyOfWord(i));
              }
            }
          });
    }
  }

  private void addTyped(int key) {
    if (index.startsWith(key, way.words().bare())) {
      if (isNew(key) && index.length(key) > way.words().bare().length()) {
        offers.offer(key, Ranking.BEGINNING, Kind.PREFIX, way);
      }
    } else {
      addWithWords(key);
    }
  }

  private boolean isNew(int key) {
    if (seen.get(key)) {
      return false;
    }
    seen.set(key);
    tried++;
    return true;
  }

  private void addWithWords(int key) {
    if (!isNew(key)) {
      return;
    }
    double spelling = way.spelling(key, way.words().bare().length());
    if (spelling < 1) {
      Interpretation.Covered covered = way.cover(key);
      if (covered.all() && typed) {
        keep(key, Ranking.ALL_WORDS, true);
      } else {
        keepNear(
            key,
            Math.max(spelling, covered.nearness()),
            covered.all() && covered.nearness() >= spelling);
      }
    }
  }

  private void addSpelling(int key, int most) {
    if (isNew(key)) {
      double spelling = way.spelling(key, most);
      if (spelling < 1) {
        keepNear(key, spelling, false);
      }
    }
  }

  private void keepNear(int key, double near, boolean allWords) {
    if (near >= Interpretation.LEAST) {
      keep(key, Ranking.nearly(query) * Math.min(Interpretation.LIKEST, near), allWords);
    }
  }

  private void keep(int key, double score, boolean allWords) {
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, 2 * size);
      scores = Arrays.copyOf(scores, 2 * size);
      whole = Arrays.copyOf(whole, 2 * size);
    }
    keys[size] = key;
    scores[size] = score;
    whole[size++] = allWords;
  }

  private void offerNearest() {
    Integer[] order = new Integer[size];
    Arrays.setAll(order, i -> i);
    Arrays.sort(
        order,
        Comparator.comparingDouble((Integer i) -> -scores[i])
            .thenComparingInt(i -> -index.weightOfKey(keys[i])));
    double best = 0;
    int offered = 0;
    for (int i : order) {
      best = Math.max(best, scores[i]);
      if (offered++ > query.limit() + Ranking.SPARE && scores[i] < Ranking.CONTRADICTED * best
          || offered > MOST_OFFERED) {
        return;
      }
      offers.offer(keys[i], scores[i], whole[i] ? Kind.WORDS : Kind.SPELLING, way);
    }
  }
}
