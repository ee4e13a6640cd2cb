package fr.pivot.catalog;

import fr.pivot.referential.Referential;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which referentials and published releases exist at one moment. Immutable: a publication makes a
 * new one.
 */
public final class Catalog {

  private final long publication;
  private final Map<String, Referential> referentials;
  private final Map<String, List<Release>> releases;

  /**
   * Makes a catalog.
   *
   * @param publication how many publications it knows of
   * @param referentials those described
   * @param releases the published releases of them all, in any order
   */
  public Catalog(
      long publication, Collection<Referential> referentials, Collection<Release> releases) {
    this.publication = publication;
    Map<String, Referential> byId = new TreeMap<>();
    referentials.forEach(r -> byId.put(r.id(), r));
    Map<String, List<Release>> byReferential = new TreeMap<>();
    releases.stream()
        .sorted(Comparator.comparingInt(Release::position))
        .forEach(
            r ->
                byReferential
                    .computeIfAbsent(r.head().referential(), _ -> new ArrayList<>())
                    .add(r));
    byReferential.replaceAll((_, list) -> List.copyOf(list));
    this.referentials = Collections.unmodifiableMap(byId);
    this.releases = byReferential;
  }

  /** How many publications it knows of: grows with each, in the order in which they are seen. */
  public long publication() {
    return publication;
  }

  /** All referentials, by id. */
  public Collection<Referential> listReferentials() {
    return referentials.values();
  }

  /** The referential of that id. */
  public Optional<Referential> findReferential(String id) {
    return Optional.ofNullable(referentials.get(id));
  }

  /** The referential by whose codes people say where something is; empty where there is none. */
  public Optional<Referential> findLocating() {
    return referentials.values().stream().filter(r -> r.usage().locates()).findFirst();
  }

  /** The editions of a referential, the oldest first; empty where it has none or is unknown. */
  public List<Release> listReleases(String referential) {
    return releases.getOrDefault(referential, List.of());
  }

  /** All published editions, the last published first; those of one moment by their days. */
  public List<Release> listPublications() {
    return releases.values().stream()
        .flatMap(List::stream)
        .sorted(
            Comparator.comparing(Release::publishedAt)
                .thenComparingInt(Release::position)
                .reversed()
                .thenComparing(r -> r.head().referential())
                .thenComparing(Release::edition))
        .toList();
  }

  /** When something was last published; null where nothing ever was. */
  public @Nullable Instant lastPublished() {
    return releases.values().stream()
        .flatMap(List::stream)
        .map(Release::publishedAt)
        .max(Comparator.naturalOrder())
        .orElse(null);
  }

  /** The edition of that name. */
  public Optional<Release> findRelease(String referential, String edition) {
    return listReleases(referential).stream().filter(r -> r.edition().equals(edition)).findFirst();
  }

  /** The latest edition. */
  public Optional<Release> findLatest(String referential) {
    List<Release> list = listReleases(referential);
    return list.isEmpty() ? Optional.empty() : Optional.of(list.getLast());
  }

  /** The edition before one; empty for the oldest. */
  public Optional<Release> findBefore(Release release) {
    List<Release> list = listReleases(release.head().referential());
    int place = list.indexOf(release);
    return place < 1 ? Optional.empty() : Optional.of(list.get(place - 1));
  }

  /**
   * What a reference stands for.
   *
   * @param today the day meant where the reference names neither date nor edition
   */
  public Resolution resolve(Reference reference, LocalDate today) {
    Referential referential = referentials.get(reference.referential());
    if (referential == null) {
      return new Resolution.UnknownReferential(reference.referential());
    }
    List<Release> list = listReleases(referential.id());
    if (list.isEmpty()) {
      return new Resolution.NoEdition(referential);
    }
    String edition = reference.edition();
    LocalDate date = reference.date();
    if (edition == null) {
      return new Resolution.Resolved(
          referential, list.getLast(), date == null ? today : date, false, date != null);
    }
    Optional<Release> release = findRelease(referential.id(), edition);
    if (release.isEmpty()) {
      return new Resolution.UnknownEdition(
          referential, edition, list.stream().map(Release::edition).toList());
    }
    return new Resolution.Resolved(
        referential,
        release.get(),
        date == null ? release.get().head().referenceDate() : date,
        true,
        true);
  }

  /**
   * The edition of another referential to read beside a given one: the edition of the same name;
   * else the latest that is not younger; else the oldest.
   */
  public Optional<Release> findBeside(Release release, String referential) {
    List<Release> list = listReleases(referential);
    if (list.isEmpty()) {
      return Optional.empty();
    }
    Release beside = list.getFirst();
    for (Release candidate : list) {
      if (candidate.edition().equals(release.edition())) {
        return Optional.of(candidate);
      }
      if (candidate.position() <= release.position()) {
        beside = candidate;
      }
    }
    return Optional.of(beside);
  }
}
