package fr.pivot.pages.referential;

import fr.pivot.catalog.Catalog;
import fr.pivot.catalog.Release;
import fr.pivot.pages.Frame;
import fr.pivot.pages.changes.ChangeTable;
import fr.pivot.referential.Level;
import fr.pivot.referential.Referential;
import fr.pivot.referential.SuccessionKind;
import fr.pivot.referential.Text;
import fr.pivot.referential.correspondence.CorrespondenceHead;
import fr.pivot.referential.correspondence.CorrespondenceHead.Side;
import fr.pivot.registry.Correspondence;
import fr.pivot.registry.Registry;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the page of a referential says.
 *
 * @param release the edition that is told of; null where none is loaded
 * @param pinned whether that edition was asked for by name
 * @param levels how many codes each level has
 * @param changes what it changed; null for the oldest edition, and where none is loaded
 * @param releases its editions, the youngest first
 * @param tables the published tables that lead from or to it
 */
public record ReferentialPage(
    Frame frame,
    Registry registry,
    Referential referential,
    @Nullable Release release,
    boolean pinned,
    Map<String, Integer> levels,
    @Nullable Changed changes,
    List<Release> releases,
    List<CorrespondenceHead> tables) {

  /**
   * What an edition changed.
   *
   * @param before the edition before it
   * @param counts how many changes there were since, by kind
   * @param first the first of them
   */
  record Changed(Release before, Map<SuccessionKind, Integer> counts, ChangeTable first) {

    /** How many changes there were. */
    int total() {
      return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
  }

  /** The page of a referential, perhaps at an edition. */
  static ReferentialPage of(
      Frame frame,
      Registry registry,
      Referential referential,
      @Nullable Release release,
      boolean pinned,
      Map<String, Integer> levels,
      @Nullable Changed changes) {
    Catalog catalog = registry.catalog();
    return new ReferentialPage(
        frame,
        registry,
        referential,
        release,
        pinned,
        levels,
        changes,
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
    return levels.getOrDefault(level.id(), 0);
  }

  /** What a referential that codes are tied to is called. */
  Text titleOf(String id) {
    return registry.catalog().findReferential(id).map(Referential::title).orElse(new Text(id, id));
  }
}
