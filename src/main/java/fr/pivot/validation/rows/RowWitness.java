package fr.pivot.validation.rows;

import fr.pivot.text.Words;
import fr.pivot.validation.value.Witness;
import fr.pivot.validation.value.WrittenName;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The other fields of the row of a code.
 *
 * @param row the row
 * @param of the column of the code
 * @param columns all columns of codes
 */
record RowWitness(RowFields row, CodeColumn of, CodeColumn[] columns) implements Witness {

  /** Longer fields are no names, in bytes. */
  private static final int LONGEST_NAME = 200;

  @Override
  public boolean says(List<String> words) {
    return row.any((rank, from, to) -> isNearest(rank) && holds(from, to, words));
  }

  @Override
  public boolean any(Predicate<String> test) {
    return row.any(
        (rank, from, to) ->
            rank != of.bound.rank()
                && from < to
                && to - from <= LONGEST_NAME
                && test.test(row.text(from, to)));
  }

  @Override
  public boolean names(@Nullable String label) {
    return label != null
        && row.any(
            (rank, from, to) ->
                rank != of.bound.rank()
                    && to - from >= label.length() / 2
                    && to - from <= LONGEST_NAME
                    && WrittenName.of(row.text(from, to)).means(label));
  }

  /** Of several codes of one kind, what is said goes with the nearest, or the one before it. */
  private boolean isNearest(int rank) {
    int mine = of.bound.rank();
    int distance = Math.abs(mine - rank);
    for (CodeColumn other : columns) {
      int its = Math.abs(other.bound.rank() - rank);
      if (other != of
          && other.referential().equals(of.referential())
          && (its < distance || its == distance && other.bound.rank() < mine)) {
        return false;
      }
    }
    return true;
  }

  /** Whether a field holds a word, though it be stuck to the one before: VilleurbanneCEDEX. */
  private boolean holds(int from, int to, List<String> words) {
    if (from == to || to - from > CodeColumn.LONGEST_REMEMBERED) {
      return false;
    }
    String text = Words.fold(row.text(from, to));
    return words.stream().anyMatch(word -> holds(text, word));
  }

  private static boolean holds(String text, String word) {
    for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      int end = at + word.length();
      if (end == text.length() || !Character.isLetter(text.charAt(end))) {
        return true;
      }
    }
    return false;
  }
}
