package fr.pivot.formats;

import fr.pivot.referential.correspondence.Association;
import fr.pivot.referential.correspondence.Match;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a table that pairs codes and mostly does not say how they match. Publishers seldom
 * do; they give pairs, sometimes with a mark on the codes that are only partly meant.
 *
 * <p>Where a line says nothing, the table itself tells: a code that stands in several lines is
 * partly meant in each of them, and {@link #match} says what follows. That holds as far as the
 * table is complete.
 */
public final class PairedCodes {

  private record Line(
      String source,
      String target,
      @Nullable Match match,
      @Nullable BigDecimal share,
      @Nullable String basis,
      Map<String, String> attributes) {}

  private final List<Line> lines = new ArrayList<>();
  private final Map<String, Set<String>> targets = new HashMap<>();
  private final Map<String, Set<String>> sources = new HashMap<>();

  /**
   * How a target matches a source of which each is meant wholly or partly, as INSEE marks it with a
   * trailing {@code p} in its tables between editions of NAF.
   *
   * @param sourcePartial whether only a part of the source is meant: the rest of it goes elsewhere
   * @param targetPartial whether only a part of the target is meant: the rest comes from elsewhere
   * @return exact where both are whole; narrower where all of the target is a part of the source;
   *     broader where all of the source is a part of the target; related where parts of both meet
   */
  public static Match match(boolean sourcePartial, boolean targetPartial) {
    if (sourcePartial) {
      return targetPartial ? Match.RELATED : Match.NARROWER;
    }
    return targetPartial ? Match.BROADER : Match.EXACT;
  }

  /** Takes a pair that says nothing more. */
  public void add(String source, String target) {
    add(source, target, null, null, null, Map.of());
  }

  /**
   * Takes a line.
   *
   * @param match how the target matches, where the line says so
   * @param share what part of the source goes to the target; null where nobody says
   * @param basis what the share counts; null with the share
   * @param attributes what else the line says, by name
   */
  public void add(
      String source,
      String target,
      @Nullable Match match,
      @Nullable BigDecimal share,
      @Nullable String basis,
      Map<String, String> attributes) {
    lines.add(new Line(source, target, match, share, basis, attributes));
    targets.computeIfAbsent(source, _ -> new HashSet<>()).add(target);
    sources.computeIfAbsent(target, _ -> new HashSet<>()).add(source);
  }

  /**
   * The lines, in the order they were given, each with its match: the one that it states, else
   * exact for a source and a target that stand in no other line; narrower for a target that stands
   * in no other; broader for a source that stands in no other; related for a pair of which both
   * have other partners.
   */
  public List<Association> toAssociations() {
    return lines.stream()
        .map(
            line ->
                new Association(
                    line.source(),
                    line.target(),
                    line.match() == null
                        ? match(
                            targets.getOrDefault(line.source(), Set.of()).size() > 1,
                            sources.getOrDefault(line.target(), Set.of()).size() > 1)
                        : line.match(),
                    line.share(),
                    line.basis(),
                    line.attributes()))
        .toList();
  }
}
