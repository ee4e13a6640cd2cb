package fr.pivot.publishing;

import fr.pivot.catalog.Release;
import fr.pivot.crosswalk.changes.ChangeLists;
import fr.pivot.referential.Referential;
import fr.pivot.referential.SuccessionKind;
import fr.pivot.registry.Registry;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An edition that was published here, and what it changed.
 *
 * @param before the edition before it; null for the oldest
 * @param counts how many changes it brought since then, by kind
 */
record Publication(
    Referential referential,
    Release release,
    @Nullable Release before,
    Map<SuccessionKind, Integer> counts) {

  /** The publication of an edition. */
  static Publication of(Registry registry, ChangeLists lists, Release release) {
    return new Publication(
        registry.catalog().findReferential(release.head().referential()).orElseThrow(),
        release,
        registry.catalog().findBefore(release).orElse(null),
        lists.count(registry, release));
  }

  /** Where it is told of as data. */
  String address() {
    return "/v1/referentials/" + referential.id() + "/releases/" + release.edition();
  }

  /** Where its changes are, one by one; null for the oldest edition. */
  @Nullable String changes() {
    return before == null
        ? null
        : "/v1/referentials/"
            + referential.id()
            + "/changes?from="
            + before.edition()
            + "&to="
            + release.edition();
  }
}
