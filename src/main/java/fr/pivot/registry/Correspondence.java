package fr.pivot.registry;

import fr.pivot.referential.correspondence.Association;
import fr.pivot.referential.correspondence.CorrespondenceHead;
import fr.pivot.referential.correspondence.Match;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A published table between two releases, in memory, read from either side. Immutable. */
public final class Correspondence {

  private final CorrespondenceHead head;
  private final String digest;
  private final Instant publishedAt;
  private final List<Association> associations;
  private final Map<String, List<Association>> bySource;
  private final Map<String, List<Association>> byTarget;
  private final @Nullable Match match;

  /**
   * Makes a table of its lines.
   *
   * @param digest the digest of its content, in hexadecimal
   * @param publishedAt when it was published here
   * @param associations its lines, in any order
   */
  public Correspondence(
      CorrespondenceHead head,
      String digest,
      Instant publishedAt,
      Collection<Association> associations) {
    this.head = head;
    this.digest = digest;
    this.publishedAt = publishedAt;
    this.associations =
        associations.stream()
            .sorted(Comparator.comparing(Association::source).thenComparing(Association::target))
            .toList();
    bySource = new TreeMap<>();
    byTarget = new TreeMap<>();
    for (Association association : this.associations) {
      bySource.computeIfAbsent(association.source(), _ -> new ArrayList<>(1)).add(association);
      byTarget.computeIfAbsent(association.target(), _ -> new ArrayList<>(1)).add(association);
    }
    bySource.replaceAll((_, list) -> List.copyOf(list));
    byTarget.replaceAll((_, list) -> List.copyOf(list));
    Set<Match> matches = EnumSet.noneOf(Match.class);
    this.associations.forEach(line -> matches.add(line.match()));
    match = matches.size() == 1 ? matches.iterator().next() : null;
  }

  /** What it says of itself. */
  public CorrespondenceHead head() {
    return head;
  }

  /** The digest of its content, in hexadecimal: equal content, equal digest. */
  public String digest() {
    return digest;
  }

  /** When it was published here. */
  public Instant publishedAt() {
    return publishedAt;
  }

  /** How all its lines match, seen from the source; null where they differ. */
  public @Nullable Match match() {
    return match;
  }

  /** Its lines, by source code and then by target code. */
  public List<Association> listAssociations() {
    return associations;
  }

  /** The lines of a source code, by target code. */
  public List<Association> listFrom(String source) {
    return bySource.getOrDefault(source, List.of());
  }

  /** The lines of a target code, by source code. */
  public List<Association> listTo(String target) {
    return byTarget.getOrDefault(target, List.of());
  }

  /** How many source codes it translates. */
  public int countSources() {
    return bySource.size();
  }

  /** How many target codes it leads to. */
  public int countTargets() {
    return byTarget.size();
  }
}
