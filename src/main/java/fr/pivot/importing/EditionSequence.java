package fr.pivot.importing;

import fr.pivot.finding.Findings;
import fr.pivot.finding.Place;
import fr.pivot.finding.Rule;
import fr.pivot.finding.Severity;
import fr.pivot.importing.StagingStore.Staged;
import fr.pivot.importing.StatedStore.Edition;
import fr.pivot.importing.StatedStore.Stated;
import fr.pivot.referential.Referential;
import fr.pivot.referential.ReleaseHead;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the releases of an import one after the other, the oldest edition first, each completed
 * from the edition before it; and makes the later editions again that were completed from another
 * one until then. What an edition says is thus what the files of its imports state, over the
 * edition before, and what the lists of a day say of it, whichever came in first.
 *
 * <p>An edition that stands for itself (its files state everything, as a pack does) ends such a
 * chain, also once it was superseded by files that state a part: these were completed from it.
 */
final class EditionSequence {

  /** The files that a release was made from, as the registry keeps them. */
  @FunctionalInterface
  interface Sources {
    String of(ReleaseHead head) throws IOException;
  }

  private final ImportStore.Transaction transaction;
  private final StagingStore staging;
  private final CarryOverStore carryOver;
  private final StatedStore stated;
  private final DayListStore lists;
  private final CheckStore checks;
  private final PublicationStore publication;
  private final Findings findings;
  private final Importer.Progress progress;
  private final Map<Staged, String> published = new LinkedHashMap<>();
  private final List<String> unchanged = new ArrayList<>();

  EditionSequence(
      ImportStore.Transaction transaction,
      StagingStore staging,
      CheckStore checks,
      PublicationStore publication,
      Findings findings,
      Importer.Progress progress) {
    this.transaction = transaction;
    this.staging = staging;
    this.carryOver = transaction.carryOver();
    this.stated = transaction.stated();
    this.lists = transaction.dayLists();
    this.checks = checks;
    this.publication = publication;
    this.findings = findings;
    this.progress = progress;
  }

  /** The releases of the import that were published, with their digests. */
  Map<Staged, String> published() {
    return published;
  }

  /** The names of the editions that were published already, just so. */
  List<String> unchanged() {
    return unchanged;
  }

  /**
   * Checks and publishes all that is staged. Once there is an error nothing more is published, and
   * the rest is checked.
   */
  void publish(boolean acceptCountDrop, Sources sources, long importId) throws IOException {
    Map<String, List<Staged>> groups = new LinkedHashMap<>();
    for (Staged release : staging.releases()) {
      groups.computeIfAbsent(release.head().referential(), _ -> new ArrayList<>()).add(release);
    }
    for (List<Staged> group : groups.values()) {
      publish(group, acceptCountDrop, sources, importId);
    }
    checks.checkTargets(groups.values().stream().flatMap(List::stream).toList(), importId);
  }

  private void publish(
      List<Staged> releases, boolean acceptCountDrop, Sources sources, long importId)
      throws IOException {
    List<Staged> whole = releases.stream().filter(r -> r.coverage().isWhole()).toList();
    for (Staged release : whole) {
      carryOver.place(release, false, null);
      carryOver.complete(release);
    }
    carryOver.fingerprint(whole);
    whole.forEach(release -> checks.check(release, acceptCountDrop));
    if (whole.size() == releases.size() && publication.isFirst(releases)) {
      if (!findings.hasErrors()) {
        publication.writeFirst(releases);
        for (Staged release : releases) {
          String digest = publication.digest(release);
          publication.record(
              release, digest, release.head().issued(), sources.of(release.head()), importId);
          published.put(release, digest);
        }
      }
      return;
    }
    Referential referential = releases.getFirst().referential();
    NavigableMap<Integer, Staged> mine = new TreeMap<>();
    for (Staged release : releases) {
      if (mine.put(release.position(), release) != null) {
        findings.add(
            Rule.EDITION_CONFLICT.at(
                Place.file(release.head().referential() + '@' + release.head().edition()),
                release.head().edition()));
      }
    }
    NavigableMap<Integer, Edition> again = new TreeMap<>();
    for (Integer position = mine.firstKey(); position != null; ) {
      Staged release = mine.get(position);
      Edition edition =
          release == null
              ? again.get(position)
              : release.coverage().isNothing()
                  ? stated.findCompleted(release.head()).orElse(null)
                  : null;
      boolean changed =
          edition == null
              ? publish(
                  Objects.requireNonNull(release),
                  acceptCountDrop,
                  sources.of(Objects.requireNonNull(release).head()),
                  importId)
              : publishAgain(
                  referential,
                  edition,
                  release == null ? edition.sources() : sources.of(release.head()));
      if (changed) {
        stated
            .findCompletedAfter(referential.id(), position)
            .ifPresent(later -> again.put(later.position(), later));
      }
      position = earliest(mine.higherKey(position), again.higherKey(position));
    }
  }

  private static @Nullable Integer earliest(@Nullable Integer one, @Nullable Integer other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return Math.min(one, other);
  }

  /** Publishes a release of the import; false where its edition says just that already. */
  private boolean publish(Staged release, boolean acceptCountDrop, String sources, long importId) {
    boolean whole = release.coverage().isWhole();
    List<Stated> before = whole ? List.of() : stated.list(release.head());
    // What stands for itself is the base of what states a part of it; what was completed is not.
    boolean overOwn = !whole && before.isEmpty() && stated.isPublished(release.head());
    List<Stated> kept =
        before.stream().filter(s -> !release.coverage().states(s.coverage())).toList();
    if (whole) {
      carryOver.place(release, false, null);
    } else {
      if (!overOwn) {
        stated.gather(release);
      }
      complete(release, kept, overOwn);
      checks.check(release, acceptCountDrop);
      reportCarried(release);
    }
    if (findings.hasErrors()) {
      return false;
    }
    String digest = publication.digest(release);
    boolean same = publication.isPublished(release, digest);
    if (!same || !kept.isEmpty()) {
      publication.write(release);
    }
    if (same) {
      unchanged.add(release.head().referential() + '@' + release.head().edition());
    } else {
      publication.record(release, digest, release.head().issued(), sources, importId);
      published.put(release, digest);
    }
    stated.settle(release.head(), kept, whole || overOwn ? null : release);
    return !same;
  }

  /** Makes an edition again from what its files stated; false where that changes nothing. */
  private boolean publishAgain(Referential referential, Edition edition, String sources) {
    if (findings.hasErrors()) {
      return false;
    }
    String name = referential.id() + '@' + edition.head().edition();
    progress.step(Importer.Progress.AGAIN + name);
    List<Stated> all = stated.list(edition.head());
    Stated top = all.getLast();
    List<Stated> below = all.subList(0, all.size() - 1);
    Staged release = staging.reopen(referential, edition.head(), top.coverage());
    stated.load(top, release);
    complete(release, below, false);
    Findings wrong = new Findings();
    transaction.checks(wrong).check(release, true);
    wrong.list().stream().filter(f -> f.rule().severity() == Severity.ERROR).forEach(findings::add);
    if (findings.hasErrors()) {
      return false;
    }
    String digest = publication.digest(release);
    boolean same = publication.isPublished(release, digest);
    if (!same || !below.isEmpty()) {
      publication.write(release);
    }
    if (!same) {
      publication.record(release, digest, edition.head().issued(), sources, edition.importId());
      stated.settle(edition.head(), all, null);
      findings.add(Rule.MADE_AGAIN.at(Place.file(name)));
    }
    return !same;
  }

  /** Completes a release from its base, over what else its edition rests on. */
  private void complete(Staged release, List<Stated> kept, boolean overOwn) {
    @Nullable Staged below = null;
    for (Stated part : kept) {
      Staged lower = staging.reopen(release.referential(), release.head(), part.coverage());
      stated.load(part, lower);
      carryOver.place(lower, below != null, below);
      carryOver.complete(lower);
      carryOver.fingerprint(List.of(lower));
      publication.write(lower);
      below = lower;
    }
    carryOver.place(release, overOwn || below != null, below);
    carryOver.complete(release);
    lists.apply(release);
    carryOver.fingerprint(List.of(release));
  }

  private void reportCarried(Staged staged) {
    if (staged.coverage().isNothing()) {
      return;
    }
    Place place = Place.file(staged.head().referential() + '@' + staged.head().edition());
    staged.referential().links().stream()
        .filter(type -> !staged.coverage().links().contains(type.referential()))
        .forEach(type -> findings.add(Rule.CARRIED_OVER.at(place, type.referential())));
    if (!staged.coverage().measures()) {
      staged
          .referential()
          .measures()
          .forEach(name -> findings.add(Rule.CARRIED_OVER.at(place, name)));
    }
    @Nullable String codes = staged.coverage().uncoveredCodes();
    if (codes != null) {
      findings.add(Rule.CARRIED_OVER.at(place, codes));
    }
  }
}
