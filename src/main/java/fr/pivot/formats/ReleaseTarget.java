package fr.pivot.formats;

import fr.pivot.referential.Association;
import fr.pivot.referential.CorrespondenceHead;
import fr.pivot.referential.Coverage;
import fr.pivot.referential.ReleaseHead;
import fr.pivot.referential.ReleaseRows;
import java.util.List;
import java.util.function.Consumer;

/** Takes the releases that a reading yields; one set of files may yield several. */
public interface ReleaseTarget {

  /** Begins a release; its rows may be given from then on, in between those of others. */
  default ReleaseRows open(ReleaseHead head, Coverage coverage) {
    return openSeries(List.of(head), coverage).statedBy(0, 0);
  }

  /**
   * Begins several releases of one referential, the oldest first, whose rows are given once for all
   * the editions that state them.
   */
  SeriesRows openSeries(List<ReleaseHead> heads, Coverage coverage);

  /**
   * Begins a published table between two releases, each of which is either published already or
   * opened by the same reading.
   *
   * @return takes its lines, in any order
   */
  default Consumer<Association> openCorrespondence(CorrespondenceHead head) {
    throw new UnsupportedOperationException("takes no correspondences: " + head.id());
  }

  /** Takes the rows of a series. */
  @FunctionalInterface
  interface SeriesRows {
    /**
     * Takes rows that several consecutive releases of the series state alike.
     *
     * @param first the rank in the series of the first that does, from 0
     * @param last the rank of the last that does
     */
    ReleaseRows statedBy(int first, int last);
  }
}
