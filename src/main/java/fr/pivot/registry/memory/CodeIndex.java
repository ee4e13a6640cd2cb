package fr.pivot.registry.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The codes of a codebook, each once, in the order of code points: where a code stands is its rank.
 * Found by hash, by how they begin, and by what is left of them without case and punctuation.
 */
final class CodeIndex {

  private final PackedTexts codes;

  /** What is left of the codes that are written otherwise. */
  private final TextColumn variants;

  /** The rank of the first code of which that is left, by the number of the text. */
  private final int[] ranksOfVariants;

  /**
   * The ranks of the codes, from 1, by their hashes; 0 where there is none. Made at the first
   * question, because a command that reads a codebook may ask it nothing.
   */
  private volatile int @Nullable [] ranks;

  CodeIndex(PackedTexts codes) {
    this.codes = codes;
    int[] unfolded =
        IntStream.range(0, codes.size())
            .filter(rank -> !codes.isPlain(rank) && !codes.is(rank, fold(codes.get(rank))))
            .toArray();
    TextColumn.Builder folded = new TextColumn.Builder();
    for (int rank : unfolded) {
      folded.add(fold(codes.get(rank)));
    }
    variants = folded.buildSorted();
    ranksOfVariants = new int[variants.countTexts()];
    for (int i = unfolded.length - 1; i >= 0; i--) {
      ranksOfVariants[variants.number(i)] = unfolded[i];
    }
  }

  void writeTo(ColumnWriter columns) {
    codes.writeTo(columns);
  }

  int size() {
    return codes.size();
  }

  /** The code at a rank. */
  String code(int rank) {
    return codes.get(rank);
  }

  /** The codes at some ranks. */
  List<String> list(int[] some) {
    List<String> list = new ArrayList<>(some.length);
    for (int rank : some) {
      list.add(code(rank));
    }
    return list;
  }

  /** Whether the code at a rank begins with a text. */
  boolean beginsWith(int rank, String beginning) {
    return codes.beginsWith(rank, beginning);
  }

  /** The rank of a code written exactly so, or a negative number: {@code -(insertion rank) - 1}. */
  int rank(String code) {
    int[] index = ranks;
    if (index == null) {
      index = indexRanks(codes);
      ranks = index;
    }
    int mask = index.length - 1;
    for (int slot = slot(code.hashCode()) & mask; index[slot] > 0; slot = slot + 1 & mask) {
      int rank = index[slot] - 1;
      if (codes.is(rank, code)) {
        return rank;
      }
    }
    return codes.find(code);
  }

  /** The rank of the first code that does not come before a text. */
  int firstRank(String beginning) {
    int rank = rank(beginning);
    return rank < 0 ? -rank - 1 : rank;
  }

  /** The rank of the first code of which a folded text is left; negative where there is none. */
  int rankOfVariant(String folded) {
    int number = variants.find(folded);
    return number < 0 ? number : ranksOfVariants[number];
  }

  private static int[] indexRanks(PackedTexts codes) {
    int[] index = new int[Integer.highestOneBit(Math.max(1, codes.size())) << 2];
    int mask = index.length - 1;
    for (int rank = 0; rank < codes.size(); rank++) {
      int slot = slot(codes.hash(rank)) & mask;
      while (index[slot] > 0) {
        slot = slot + 1 & mask;
      }
      index[slot] = rank + 1;
    }
    return index;
  }

  private static int slot(int hash) {
    int spread = hash * 0x9E3779B9;
    return spread ^ spread >>> 15;
  }

  /** What is left of a text without case and punctuation. */
  static String fold(String text) {
    if (isFolded(text)) {
      return text;
    }
    StringBuilder folded = new StringBuilder(text.length());
    text.codePoints().filter(Character::isLetterOrDigit).forEach(folded::appendCodePoint);
    return folded.toString().toUpperCase(Locale.ROOT);
  }

  private static boolean isFolded(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!(c >= '0' && c <= '9' || c >= 'A' && c <= 'Z')) {
        return false;
      }
    }
    return true;
  }
}
