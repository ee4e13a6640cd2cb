package fr.pivot.formats.pack;

import fr.pivot.formats.ReleaseTarget.SeriesRows;
import fr.pivot.referential.ReleaseRows;
import java.util.List;

/** Reads rows that releases state. */
abstract class StatedRows extends PackedRows {

  StatedRows(PackedResource resource, List<String> required) {
    super(resource, required);
  }

  /** Gives the current row to the releases that state it. */
  abstract void take(ReleaseRows rows);

  @Override
  final void take(SeriesRows releases) {
    take(stating(releases));
  }
}
