package fr.pivot.search;

import fr.pivot.crosswalk.Heirs;
import fr.pivot.crosswalk.Status;
import fr.pivot.crosswalk.Translation;
import fr.pivot.crosswalk.lineage.Arrival;
import fr.pivot.referential.Validity;
import fr.pivot.registry.Point;
import fr.pivot.registry.RegistryCache;
import fr.pivot.search.SearchMemory.At;
import fr.pivot.search.SearchMemory.Ended;
import fr.pivot.search.index.IndexedCodes;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What the states of the past are at a point: the concept that a former name leads to. Safe for any
 * number of threads; what was found is remembered.
 */
final class CurrentCodes {

  private static final int[] NOBODY = new int[0];

  private final Point point;
  private final IndexedCodes codes;
  private final int day;
  private final Heirs heirs;
  private final At at;
  private final RegistryCache<Ended, int[]> known;

  CurrentCodes(Point point, IndexedCodes codes, RegistryCache<Ended, int[]> known) {
    this.point = point;
    this.codes = codes;
    this.day = point.day();
    this.heirs = new Heirs(point);
    this.at = new At(point.release().id(), day);
    this.known = known;
  }

  /** Whether the edition states a row. */
  boolean isStated(int row) {
    return codes.isStated(row, point.release());
  }

  /** Whether a row holds on the day. */
  boolean holds(int row) {
    return codes.holds(row, day);
  }

  /** The row of the code at a rank that is in force at the point; negative where there is none. */
  int row(int rank) {
    for (int row = codes.firstRow(rank); row < codes.firstRow(rank + 1); row++) {
      if (isStated(row) && holds(row)) {
        return row;
      }
    }
    return -1;
  }

  /** The last row of the code at a rank that the edition states; negative where there is none. */
  int lastRow(int rank) {
    for (int row = codes.firstRow(rank + 1) - 1; row >= codes.firstRow(rank); row--) {
      if (isStated(row)) {
        return row;
      }
    }
    return -1;
  }

  /** The first day on which a row that ended no longer held; null where it did not end before. */
  @Nullable LocalDate end(int row) {
    LocalDate to = codes.validity(row).to();
    return to == null || to.isAfter(point.date()) ? null : to;
  }

  /** The ranks of the codes that what a row states is at the point; none where nothing follows. */
  int[] find(int rank, int row) {
    return known.get(point.registry(), new Ended(at, row), _ -> work(rank, row));
  }

  private int[] work(int rank, int row) {
    Validity validity = codes.validity(row);
    LocalDate end = validity.to();
    LocalDate last = end != null ? end.minusDays(1) : validity.from();
    if (last == null) {
      return NOBODY;
    }
    Translation translation = heirs.find(codes.code(rank), point.release(), last);
    if (translation.status() == Status.UNKNOWN) {
      return row(rank) >= 0 ? new int[] {rank} : NOBODY;
    }
    return translation.targets().stream()
        .map(Arrival::code)
        .mapToInt(codes::rank)
        .filter(r -> r >= 0)
        .distinct()
        .toArray();
  }
}
