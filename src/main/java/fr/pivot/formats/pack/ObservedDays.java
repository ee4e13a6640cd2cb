package fr.pivot.formats.pack;

import fr.pivot.formats.ReleaseTarget.SeriesRows;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Link;
import fr.pivot.referential.Measure;
import fr.pivot.referential.ReleaseHead;
import fr.pivot.referential.ReleaseRows;
import fr.pivot.referential.Succession;
import java.time.LocalDate;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Passes the rows of a pack on and, once all were given, says on which days its lists were seen.
 * What the pack states holds. A release that states nothing is one of a series of lists: whatever
 * has dates that were worked out was seen on the reference days of the series up to its own.
 */
final class ObservedDays implements SeriesRows {

  private final SeriesRows releases;
  private final Set<String> derived = new HashSet<>();
  private final BitSet measured = new BitSet();

  ObservedDays(SeriesRows releases) {
    this.releases = releases;
  }

  /** What a release or a pack states of them; null where it does not. */
  static @Nullable Map<String, List<LocalDate>> stated(JsonFields release) {
    if (!release.has("observed")) {
      return null;
    }
    JsonFields observed = release.object("observed");
    Map<String, List<LocalDate>> days = new TreeMap<>();
    observed.names().forEach(part -> days.put(part, observed.dates(part)));
    return days;
  }

  @Override
  public ReleaseRows statedBy(int first, int last) {
    return new Rows(releases.statedBy(first, last), first, last);
  }

  /**
   * Gives the days.
   *
   * @param stated what each release states of them, null for one that does not
   */
  void give(List<ReleaseHead> heads, List<@Nullable Map<String, List<LocalDate>>> stated) {
    for (int i = 0; i < heads.size(); i++) {
      ReleaseRows release = releases.statedBy(i, i);
      @Nullable Map<String, List<LocalDate>> days = stated.get(i);
      if (days != null) {
        days.forEach(release::observed);
        continue;
      }
      List<LocalDate> series =
          heads.subList(0, i + 1).stream().map(ReleaseHead::referenceDate).toList();
      derived.forEach(part -> release.observed(part, series));
      if (measured.get(i)) {
        release.observed(ReleaseRows.MEASURES, List.of(series.getLast()));
      }
    }
  }

  /** Passes rows on. */
  private final class Rows implements ReleaseRows {
    private final ReleaseRows rows;
    private final int first;
    private final int last;

    Rows(ReleaseRows rows, int first, int last) {
      this.rows = rows;
      this.first = first;
      this.last = last;
    }

    @Override
    public void concept(ConceptState state) {
      if (state.derived()) {
        derived.add(CONCEPTS);
      }
      rows.concept(state);
    }

    @Override
    public void link(Link link) {
      if (link.derived()) {
        derived.add(link.referential());
      }
      rows.link(link);
    }

    @Override
    public void succession(Succession succession) {
      rows.succession(succession);
    }

    @Override
    public void measure(Measure measure) {
      measured.set(first, last + 1);
      rows.measure(measure);
    }
  }
}
