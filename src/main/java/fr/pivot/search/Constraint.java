package fr.pivot.search;

import fr.pivot.registry.Point;
import fr.pivot.search.index.IndexedCodes;
import fr.pivot.text.Words;
import java.util.Arrays;
import java.util.Set;

/** What something known of a concept means for the codes of a referential at a point. */
sealed interface Constraint {

  /** How well a code agrees, from 0 to 1. */
  double agreement(Point point, IndexedCodes codes, int rank);

  /**
   * Only these codes agree: those under a département, those of a postal code.
   *
   * @param ranks their ranks, in order
   * @param ever the ranks of all codes that ever agreed, in order
   * @param near the ranks of codes that are not far from there, in order: those of the postal codes
   *     that begin with the same two digits
   */
  record Codes(int[] ranks, int[] ever, int[] near) implements Constraint {

    private static final double NEAR = 0.8;

    @Override
    public double agreement(Point point, IndexedCodes codes, int rank) {
      if (Arrays.binarySearch(ranks, rank) >= 0) {
        return 1;
      }
      return Arrays.binarySearch(near, rank) >= 0 ? NEAR : 0;
    }
  }

  /** A figure agrees the better, the nearer it is: 1,000 and 800 agree to 0.8. */
  record Figure(String measure, long value) implements Constraint {
    @Override
    public double agreement(Point point, IndexedCodes codes, int rank) {
      long stated = codes.lastFigure(rank, measure);
      long least = Math.min(stated, value);
      long most = Math.max(stated, value);
      return most <= 0 ? 1 : (double) Math.max(0, least) / most;
    }
  }

  /** An attribute agrees where it is the same text but for accents, case and punctuation. */
  record Attribute(String name, Set<String> values) implements Constraint {
    @Override
    public double agreement(Point point, IndexedCodes codes, int rank) {
      for (int row = codes.firstRow(rank + 1) - 1; row >= codes.firstRow(rank); row--) {
        String stated = codes.attributes(row).get(name);
        if (stated != null && codes.isStated(row, point.release())) {
          return values.contains(Words.bare(stated)) ? 1 : 0;
        }
      }
      return 0;
    }
  }

  /** A level agrees where it is one of some. */
  record Levels(Set<String> levels) implements Constraint {
    @Override
    public double agreement(Point point, IndexedCodes codes, int rank) {
      int row = codes.firstRow(rank + 1) - 1;
      return levels.contains(point.referential().levels().get(codes.levelRank(row)).id()) ? 1 : 0;
    }
  }
}
