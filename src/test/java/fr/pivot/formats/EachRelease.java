package fr.pivot.formats;

import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Coverage;
import fr.pivot.referential.Link;
import fr.pivot.referential.Measure;
import fr.pivot.referential.ReleaseHead;
import fr.pivot.referential.ReleaseRows;
import fr.pivot.referential.Succession;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** Gives the rows of a series to each of the releases that state them, as if read one by one. */
public record EachRelease(BiFunction<ReleaseHead, Coverage, ReleaseRows> opened)
    implements ReleaseTarget {

  @Override
  public SeriesRows openSeries(List<ReleaseHead> heads, Coverage coverage) {
    List<ReleaseRows> releases = heads.stream().map(head -> opened.apply(head, coverage)).toList();
    return (first, last) -> new Fan(releases.subList(first, last + 1));
  }

  private record Fan(List<ReleaseRows> releases) implements ReleaseRows {

    private void each(Consumer<ReleaseRows> action) {
      releases.forEach(action);
    }

    @Override
    public void concept(ConceptState state) {
      each(r -> r.concept(state));
    }

    @Override
    public void link(Link link) {
      each(r -> r.link(link));
    }

    @Override
    public void succession(Succession succession) {
      each(r -> r.succession(succession));
    }

    @Override
    public void measure(Measure measure) {
      each(r -> r.measure(measure));
    }
  }
}
