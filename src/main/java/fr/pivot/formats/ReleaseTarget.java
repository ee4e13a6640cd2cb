package fr.pivot.formats;

import fr.pivot.referential.Coverage;
import fr.pivot.referential.DayHead;
import fr.pivot.referential.Link;
import fr.pivot.referential.ReleaseHead;
import fr.pivot.referential.ReleaseRows;
import fr.pivot.referential.correspondence.Association;
import fr.pivot.referential.correspondence.CorrespondenceHead;
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

  /**
   * Begins a published table that comes with a list, and that waits for the edition of its other
   * side where that one is not published yet.
   *
   * @return takes its lines, in any order
   */
  default Consumer<Association> openWaitingCorrespondence(CorrespondenceHead head) {
    return openCorrespondence(head);
  }

  /**
   * Begins a list of what all codes of a referential are linked to on a day.
   *
   * @return takes its links, in any order
   */
  default Consumer<Link> openDay(DayHead head) {
    throw new UnsupportedOperationException("takes no lists of a day: " + head.referential());
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
