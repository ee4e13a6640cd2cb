package fr.pivot.search.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The words of an index that a word of a question may be: itself, those that begin with it where it
 * may be unfinished, and those that are spelt nearly so.
 */
public final class WordMatches {

  /** How much a word tells that nobody knows: as much as one of a hundredth of all names. */
  private static final double UNKNOWN = Math.log(100);

  private final NameIndex index;
  private final String word;
  private final int exact;
  private final int prefixFrom;
  private final int prefixTo;
  private int @Nullable [] near;
  private double[] nearness = new double[0];

  /** What an index has for a word, which may be the beginning of one. */
  public WordMatches(NameIndex index, String word, boolean unfinished) {
    this.index = index;
    this.word = word;
    int found = index.findWord(word);
    exact = found;
    prefixFrom = found < 0 ? -found - 1 : found;
    prefixTo = unfinished ? -index.findWord(word + Character.MAX_VALUE) - 1 : prefixFrom;
  }

  /** How many keys have one of the words that are known without looking at their spelling. */
  public long frequency() {
    long sum = exact >= 0 && prefixTo <= prefixFrom ? index.frequency(exact) : 0;
    for (int i = prefixFrom; i < prefixTo; i++) {
      sum += index.frequency(i);
    }
    return sum;
  }

  /** How much it tells where a name does not have it. */
  public double telling() {
    return exact >= 0 ? index.telling(exact) : UNKNOWN;
  }

  /** Gives all the words it may be. */
  public void forEach(IntConsumer consumer) {
    if (exact >= 0 && prefixTo <= prefixFrom) {
      consumer.accept(exact);
    }
    for (int i = prefixFrom; i < prefixTo; i++) {
      consumer.accept(i);
    }
    if (near != null) {
      for (int one : near) {
        consumer.accept(one);
      }
    }
  }

  /** How near a word of the index is, from 0 to 1. */
  public double nearness(int other) {
    if (other == exact || other >= prefixFrom && other < prefixTo) {
      return 1;
    }
    int at = near == null ? -1 : Arrays.binarySearch(near, other);
    return at < 0 ? 0 : nearness[at];
  }

  /** Looks for the words that are spelt nearly so; short words have none. */
  public void spell() {
    if (near != null) {
      return;
    }
    List<Near> found = new ArrayList<>();
    int most = mostChanges(word.length());
    if (most > 0) {
      Spelling spelling = new Spelling(word);
      index.forEachWordLike(
          Spelling.letters(word),
          word.length(),
          most,
          other -> {
            int length = index.word(other).length();
            int changes = spelling.distance(index.word(other), most);
            if (changes > 0 && changes <= most) {
              found.add(new Near(other, 1 - (double) changes / Math.max(length, word.length())));
            }
          });
      found.sort(Comparator.comparingInt(Near::word));
    }
    near = found.stream().mapToInt(Near::word).toArray();
    nearness = found.stream().mapToDouble(Near::nearness).toArray();
  }

  private record Near(int word, double nearness) {}

  /** How many letters of a text of some length may be wrong: none, one or two. */
  public static int mostChanges(int length) {
    if (length < 3) {
      return 0;
    }
    return length < 6 ? 1 : 2;
  }
}
