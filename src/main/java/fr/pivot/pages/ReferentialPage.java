package fr.pivot.pages;

import fr.pivot.catalog.Catalog;
import fr.pivot.catalog.Release;
import fr.pivot.codebook.Correspondence;
import fr.pivot.codebook.Registry;
import fr.pivot.pages.Summaries.Summary;
import fr.pivot.referential.CorrespondenceHead;
import fr.pivot.referential.CorrespondenceHead.Side;
import fr.pivot.referential.Level;
import fr.pivot.referential.Referential;
import fr.pivot.referential.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the page of a referential says.
 *
 * @param release the edition that is told of; null where none is loaded
 * @param pinned whether that edition was asked for by name
 * @param summary what is counted of it; null with the edition
 * @param releases its editions, the youngest first
 * @param tables the published tables that lead from or to it
 */
record ReferentialPage(
    Frame frame,
    Registry registry,
    Referential referential,
    @Nullable Release release,
    boolean pinned,
    @Nullable Summary summary,
    List<Release> releases,
    List<CorrespondenceHead> tables) {

  /** The page of a referential, perhaps at an edition. */
  static ReferentialPage of(
      Frame frame,
      Registry registry,
      Referential referential,
      @Nullable Release release,
      boolean pinned,
      @Nullable Summary summary) {
    Catalog catalog = registry.catalog();
    return new ReferentialPage(
        frame,
        registry,
        referential,
        release,
        pinned,
        summary,
        catalog.listReleases(referential.id()).reversed(),
        registry.listCorrespondences().stream()
            .map(Correspondence::head)
            .filter(h -> isOf(h.source(), referential) || isOf(h.target(), referential))
            .toList());
  }

  private static boolean isOf(Side side, Referential referential) {
    return side.referential().equals(referential.id());
  }

  /** The referential as the page was asked for: with its edition where that was named. */
  String reference() {
    return pinned && release != null
        ? referential.id() + '@' + release.edition()
        : referential.id();
  }

  /** How many codes a level has. */
  int count(Level level) {
    return summary == null ? 0 : summary.levels().getOrDefault(level.id(), 0);
  }

  /** What a referential that codes are tied to is called. */
  Text titleOf(String id) {
    return registry.catalog().findReferential(id).map(Referential::title).orElse(new Text(id, id));
  }
}
