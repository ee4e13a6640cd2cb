package fr.pivot.formats;

import fr.pivot.referential.Coverage;
import fr.pivot.referential.ReleaseHead;
import fr.pivot.referential.ReleaseRows;

/** Takes the releases that a reading yields; one set of files may yield several. */
public interface ReleaseTarget {

  /** Begins a release; its rows may be given from then on, in between those of others. */
  ReleaseRows open(ReleaseHead head, Coverage coverage);
}
