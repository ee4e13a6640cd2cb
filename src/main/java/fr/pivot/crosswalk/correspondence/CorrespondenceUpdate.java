package fr.pivot.crosswalk.correspondence;

import fr.pivot.referential.correspondence.Association;
import fr.pivot.referential.correspondence.CorrespondenceHead.Side;
import fr.pivot.referential.correspondence.Match;
import fr.pivot.registry.Correspondence;
import fr.pivot.registry.Registry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A proposal for a correspondence of which one side has a new edition: given A→B and A→A*, a
 * candidate A*→B; given A→B and B→B*, a candidate A→B*. People complete it: {@code pivot import
 * correspondence} reads what is left of its lines.
 *
 * <p>The lines and their flags are those of {@code updateCorrespondenceTable} in Eurostat's <a
 * href="https://cran.r-project.org/package=correspondenceTables">correspondenceTables</a>, named
 * here by the sides of the proposal: one line for each old code and each pair of a new and a kept
 * code that it leads to, and one for each code that leads nowhere.
 */
public final class CorrespondenceUpdate {

  /** Something that people should look at in a line. */
  public enum Flag {
    /** The old code of the line leads, in this or another line, to a new code that differs. */
    CODE_CHANGED,
    /** The code goes to several codes of the side of reference, where it should go to one. */
    REVIEW,
    /** Another line has the same source and target: the pair is reached by several old codes. */
    REDUNDANT,
    /** The line leads to no source. */
    NO_MATCH_TO_SOURCE,
    /** The line leads to no target. */
    NO_MATCH_TO_TARGET,
    /** The source stands in its edition, and in neither of the tables. */
    NO_MATCH_FROM_SOURCE,
    /** The target stands in its edition, and in neither of the tables. */
    NO_MATCH_FROM_TARGET,
    /** The new code is called differently from the old one, case and punctuation apart. */
    LABEL_CHANGED;

    /** The flag as it is written. */
    public String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * The side of which each code of the other side should lead to one code at most: the coarser of
   * the two. It decides which lines are to be reviewed.
   */
  public enum Reference {
    /** Neither side is. */
    NONE,
    /** The source side. */
    SOURCE,
    /** The target side. */
    TARGET;

    /** The side as it is written. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A code of a line.
   *
   * @param label what it is called, or null where its edition does not know it
   */
  public record Named(String code, @Nullable String label) {}

  /**
   * A line of the proposal.
   *
   * @param source the source code, or null where there is none
   * @param target the target code, or null where there is none
   * @param match what the target is, seen from the source, as far as the routes of the pair agree;
   *     null where a code is missing
   * @param through the old code that they have in common, or null
   */
  public record Line(
      @Nullable Named source,
      @Nullable Named target,
      @Nullable Match match,
      @Nullable Named through,
      Set<Flag> flags) {}

  private final Side source;
  private final Side target;
  private final List<Line> lines;

  private CorrespondenceUpdate(Side source, Side target, List<Line> lines) {
    this.source = source;
    this.target = target;
    this.lines = lines;
  }

  /** The source side of the proposal. */
  public Side source() {
    return source;
  }

  /** The target side of the proposal. */
  public Side target() {
    return target;
  }

  /** Its lines, by source, target and old code; those that lack one of them last. */
  public List<Line> listLines() {
    return lines;
  }

  /**
   * Proposes the correspondence that takes the place of another.
   *
   * @param base the correspondence to replace
   * @param other the one between a side of it and that side's new edition, in either direction
   * @return empty where the two have no side in common, or both
   */
  public static Optional<CorrespondenceUpdate> propose(
      Registry registry, Correspondence base, Correspondence other, Reference reference) {
    Side a = base.head().source();
    Side b = base.head().target();
    Side from = other.head().source();
    Side to = other.head().target();
    boolean sourceIsOld = a.equals(from) || a.equals(to);
    Side old = sourceIsOld ? a : b;
    Side kept = sourceIsOld ? b : a;
    if (!old.equals(from) && !old.equals(to)) {
      return Optional.empty();
    }
    Side fresh = old.equals(from) ? to : from;
    if (fresh.equals(kept) || fresh.equals(old)) {
      return Optional.empty();
    }
    Table toFresh = new Table(other, old.equals(from));
    Table toKept = new Table(base, sourceIsOld);
    List<Route> routes = new Routes(registry, old, fresh, kept, toFresh, toKept).list();
    return Optional.of(
        sourceIsOld
            ? new CorrespondenceUpdate(
                fresh, kept, lines(registry, routes, true, old, fresh, kept, toFresh, reference))
            : new CorrespondenceUpdate(
                kept, fresh, lines(registry, routes, false, old, fresh, kept, toFresh, reference)));
  }

  /** A correspondence read from one of its sides. */
  private record Table(Correspondence correspondence, boolean forward) {

    private static final Comparator<String> ORDER = Comparator.naturalOrder();

    String here(Association line) {
      return forward ? line.source() : line.target();
    }

    String there(Association line) {
      return forward ? line.target() : line.source();
    }

    Match match(Association line) {
      return forward ? line.match() : line.match().inverse();
    }

    List<Association> list(String code) {
      return forward ? correspondence.listFrom(code) : correspondence.listTo(code);
    }

    Set<String> codes(Function<Association, String> side) {
      Set<String> codes = new TreeSet<>(ORDER);
      correspondence.listAssociations().forEach(line -> codes.add(side.apply(line)));
      return codes;
    }
  }

  /**
   * How a new code and a kept one hang together.
   *
   * @param match what the kept code is, seen from the new one; null where one is missing
   * @param stray whether the code stands in its edition and in no table
   */
  private record Route(
      @Nullable String old,
      @Nullable String fresh,
      @Nullable String kept,
      @Nullable Match match,
      boolean stray) {

    List<String> pair() {
      return List.of(fresh == null ? "" : fresh, kept == null ? "" : kept);
    }
  }

  /** Finds every route through the old codes. */
  private record Routes(
      Registry registry, Side old, Side fresh, Side kept, Table toFresh, Table toKept) {

    List<Route> list() {
      Set<String> olds = toFresh.codes(toFresh::here);
      olds.addAll(toKept.codes(toKept::here));
      List<Route> routes = new ArrayList<>();
      olds.forEach(code -> through(code, routes));
      for (String code : uncovered(old, olds)) {
        routes.add(new Route(code, null, null, null, false));
      }
      for (String code : uncovered(fresh, toFresh.codes(toFresh::there))) {
        routes.add(new Route(null, code, null, null, true));
      }
      for (String code : uncovered(kept, toKept.codes(toKept::there))) {
        routes.add(new Route(null, null, code, null, true));
      }
      return routes;
    }

    private List<String> uncovered(Side side, Set<String> covered) {
      return new CorrespondenceSide(registry, side).listUncovered(covered);
    }

    private void through(String code, List<Route> routes) {
      List<Association> news = toFresh.list(code);
      List<Association> olds = toKept.list(code);
      for (Association n : news) {
        for (Association k : olds) {
          Match match = toFresh.match(n).inverse().then(toKept.match(k));
          routes.add(new Route(code, toFresh.there(n), toKept.there(k), match, false));
        }
        if (olds.isEmpty()) {
          routes.add(new Route(code, toFresh.there(n), null, null, false));
        }
      }
      if (news.isEmpty()) {
        olds.forEach(k -> routes.add(new Route(code, null, toKept.there(k), null, false)));
      }
    }
  }

  private static List<Line> lines(
      Registry registry,
      List<Route> routes,
      boolean freshIsSource,
      Side old,
      Side fresh,
      Side kept,
      Table toFresh,
      Reference reference) {
    Map<List<String>, Integer> repeats = new HashMap<>();
    Map<List<String>, Match> matches = new HashMap<>();
    Map<String, Set<String>> keptOf = new HashMap<>();
    Map<String, Set<String>> freshOf = new HashMap<>();
    for (Route route : routes) {
      repeats.merge(route.pair(), 1, Integer::sum);
      if (route.match() != null && route.fresh() != null && route.kept() != null) {
        matches.merge(route.pair(), route.match(), (m, n) -> m == n ? m : Match.RELATED);
        keptOf.computeIfAbsent(route.fresh(), _ -> new HashSet<>()).add(route.kept());
        freshOf.computeIfAbsent(route.kept(), _ -> new HashSet<>()).add(route.fresh());
      }
    }
    CorrespondenceSide oldSide = new CorrespondenceSide(registry, old);
    CorrespondenceSide freshSide = new CorrespondenceSide(registry, fresh);
    CorrespondenceSide keptSide = new CorrespondenceSide(registry, kept);
    Map<String, Set<String>> several =
        switch (reference) {
          case NONE -> Map.of();
          case SOURCE -> freshIsSource ? freshOf : keptOf;
          case TARGET -> freshIsSource ? keptOf : freshOf;
        };
    // The side whose codes should lead to one code of the side of reference.
    boolean freshIsReviewed = (reference == Reference.TARGET) == freshIsSource;
    List<Line> lines = new ArrayList<>();
    for (Route route : routes) {
      Named through = named(oldSide, route.old());
      Named newCode = named(freshSide, route.fresh());
      Named keptCode = named(keptSide, route.kept());
      Set<Flag> flags = EnumSet.noneOf(Flag.class);
      if (through != null && newCode != null) {
        String code = through.code();
        flag(
            flags,
            Flag.CODE_CHANGED,
            toFresh.list(code).stream().anyMatch(n -> !toFresh.there(n).equals(code)));
        flag(
            flags,
            Flag.LABEL_CHANGED,
            through.label() != null
                && newCode.label() != null
                && !plain(through.label()).equals(plain(newCode.label())));
      }
      if (newCode != null && keptCode != null) {
        String reviewed = freshIsReviewed ? newCode.code() : keptCode.code();
        flag(flags, Flag.REVIEW, several.getOrDefault(reviewed, Set.of()).size() > 1);
      }
      flag(
          flags,
          Flag.REDUNDANT,
          (newCode != null || keptCode != null) && repeats.getOrDefault(route.pair(), 0) > 1);
      boolean noFresh = newCode == null;
      boolean noKept = keptCode == null && (through != null || newCode != null);
      flag(flags, Flag.NO_MATCH_TO_SOURCE, freshIsSource ? noFresh : noKept);
      flag(flags, Flag.NO_MATCH_TO_TARGET, freshIsSource ? noKept : noFresh);
      boolean strayFresh = route.stray() && newCode != null;
      boolean strayKept = route.stray() && keptCode != null;
      flag(flags, Flag.NO_MATCH_FROM_SOURCE, freshIsSource ? strayFresh : strayKept);
      flag(flags, Flag.NO_MATCH_FROM_TARGET, freshIsSource ? strayKept : strayFresh);
      Match match = matches.get(route.pair());
      lines.add(
          freshIsSource
              ? new Line(newCode, keptCode, match, through, flags)
              : new Line(
                  keptCode, newCode, match == null ? null : match.inverse(), through, flags));
    }
    Comparator<@Nullable Named> missingLast =
        Comparator.nullsLast(Comparator.comparing(Named::code));
    lines.sort(
        Comparator.comparing(Line::source, missingLast)
            .thenComparing(Line::target, missingLast)
            .thenComparing(Line::through, missingLast));
    return List.copyOf(lines);
  }

  private static void flag(Set<Flag> flags, Flag flag, boolean set) {
    if (set) {
      flags.add(flag);
    }
  }

  private static @Nullable Named named(CorrespondenceSide side, @Nullable String code) {
    return code == null ? null : new Named(code, side.label(code));
  }

  /** A label without case and punctuation. */
  private static String plain(String label) {
    return label
        .replaceAll("[\\p{Punct}\\p{IsPunctuation}\\s]+", " ")
        .strip()
        .toLowerCase(Locale.ROOT);
  }

  /** The columns of the proposal as a table; those that begin with {@code #} are notes. */
  public static List<String> columns() {
    return List.of(
        "source",
        "target",
        "match",
        "#through",
        "#flags",
        "#source_label",
        "#target_label",
        "#through_label");
  }

  /** A line as cells of the table. */
  public static List<String> cells(Line line) {
    return List.of(
        code(line.source()),
        code(line.target()),
        line.match() == null ? "" : line.match().id(),
        code(line.through()),
        String.join(" ", line.flags().stream().map(Flag::id).toList()),
        label(line.source()),
        label(line.target()),
        label(line.through()));
  }

  private static String code(@Nullable Named named) {
    return named == null ? "" : named.code();
  }

  private static String label(@Nullable Named named) {
    return named == null || named.label() == null ? "" : named.label();
  }
}
