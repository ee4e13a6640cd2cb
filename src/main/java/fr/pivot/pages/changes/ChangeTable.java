package fr.pivot.pages.changes;

import fr.pivot.catalog.Release;
import fr.pivot.crosswalk.changes.Changes.Change;
import fr.pivot.referential.LinkType;
import fr.pivot.referential.Referential;
import fr.pivot.referential.SuccessionKind;
import fr.pivot.referential.Text;
import fr.pivot.registry.Codes;
import fr.pivot.registry.Kin;
import fr.pivot.registry.Point;
import fr.pivot.registry.Registry;
import fr.pivot.registry.Registry.Node;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Changes as a table: by day, the latest first, and what belongs together in one row, as the
 * communes that merge into one.
 *
 * @param days the days that have changes
 * @param placed whether rows say where they are: not where they all are in one place
 */
public record ChangeTable(List<Day> days, boolean placed) {

  /** Changes of a day in the order in which they are told: codes before what they belong to. */
  private static final Comparator<Change> ORDER =
      Comparator.comparing(
              (Change c) -> c.date() == null ? LocalDate.MIN : c.date(), Comparator.reverseOrder())
          .thenComparing(c -> c.kind() == SuccessionKind.MOVED);

  /**
   * The changes of a day.
   *
   * @param date the day; null for those whose day nobody says
   */
  public record Day(@Nullable LocalDate date, List<Row> rows) {

    /**
     * Whether the day was worked out by comparing editions, so that the real one may be earlier.
     */
    public boolean isDerived() {
      return rows.stream().allMatch(Row::derived);
    }
  }

  /**
   * What happened to one or several codes together.
   *
   * @param property what the link that changed leads to; null where none did
   * @param before the codes before, with what they were on the eve
   * @param after the codes after, or what the link leads to now
   * @param left what the link that changed led to
   * @param where the départements
   * @param derived whether it was worked out by comparing editions
   */
  public record Row(
      SuccessionKind kind,
      @Nullable Text property,
      List<Named> before,
      List<Named> after,
      List<Named> left,
      String where,
      boolean derived) {

    /** What happened, in a few words. */
    public Text title() {
      if (property != null) {
        return new Text("Rattachement : " + property.fr(), "Place: " + property.en());
      }
      return kind == SuccessionKind.MOVED
          ? new Text("Changement de statut", "Change of status")
          : kind.title();
    }
  }

  /**
   * A code and what it was called.
   *
   * @param kind what it is, where it is of another referential; else null
   * @param day the day on which it was so; null where nobody says
   */
  public record Named(
      String referential,
      String code,
      @Nullable String label,
      @Nullable Text kind,
      @Nullable LocalDate day) {}

  /** Whether a day of it was worked out by comparing editions. */
  public boolean isDerived() {
    return days.stream().anyMatch(d -> d.date() != null && d.isDerived());
  }

  /** What belongs together, each in a group, in the order in which a table tells it. */
  static List<List<Change>> group(List<Change> changes) {
    Map<List<@Nullable Object>, List<Change>> groups = new LinkedHashMap<>();
    changes.stream()
        .sorted(ORDER)
        .forEach(c -> groups.computeIfAbsent(key(c), _ -> new ArrayList<>()).add(c));
    return List.copyOf(groups.values());
  }

  /** What changes that belong together share. */
  private static List<@Nullable Object> key(Change c) {
    List<@Nullable Object> key = new ArrayList<>(Arrays.asList(c.date(), c.kind(), c.derived()));
    if (c.property() != null) {
      key.addAll(Arrays.asList(c.property(), c.before(), c.after()));
    } else if (c.kind() == SuccessionKind.MERGED) {
      key.addAll(Arrays.asList(c.referentialAfter(), c.codeAfter()));
    } else if (c.kind() == SuccessionKind.SPLIT) {
      key.addAll(Arrays.asList(c.referentialAfter(), c.code(), null));
    } else {
      key.addAll(Arrays.asList(c.referentialAfter(), c.code(), c.codeAfter()));
    }
    return key;
  }

  /** A table of groups of changes between two points. */
  public static ChangeTable of(Point from, Point to, List<List<Change>> groups) {
    return new Builder(from, to).build(groups);
  }

  /** A table of the first changes between two points, as many as are wanted or a few more. */
  public static ChangeTable first(Point from, Point to, List<Change> changes, int wanted) {
    List<List<Change>> few = new ArrayList<>();
    int count = 0;
    for (List<Change> group : group(changes)) {
      if (count >= wanted) {
        break;
      }
      few.add(group.subList(0, Math.min(group.size(), wanted)));
      count += group.size();
    }
    return of(from, to, few);
  }

  /** Gathers it. */
  private static final class Builder {

    private final Point from;
    private final Point to;
    private final Registry registry;
    private final Release witness;
    private final Referential referential;

    Builder(Point from, Point to) {
      this.from = from;
      this.to = to;
      this.registry = to.registry();
      this.witness = Release.younger(from.release(), to.release());
      this.referential = to.referential();
    }

    ChangeTable build(List<List<Change>> groups) {
      List<Day> days = new ArrayList<>();
      List<Row> rows = new ArrayList<>();
      LocalDate day = null;
      for (List<Change> group : groups) {
        LocalDate date = group.getFirst().date();
        if (!rows.isEmpty() && !Objects.equals(date, day)) {
          days.add(new Day(day, List.copyOf(rows)));
          rows.clear();
        }
        day = date;
        rows.add(row(group));
      }
      if (!rows.isEmpty()) {
        days.add(new Day(day, List.copyOf(rows)));
      }
      long places =
          days.stream().flatMap(d -> d.rows().stream()).map(Row::where).distinct().count();
      return new ChangeTable(days, places > 1);
    }

    private Row row(List<Change> group) {
      Change first = group.getFirst();
      LocalDate date = first.date();
      LocalDate eve = date == null ? null : date.minusDays(1);
      Map<Node, Named> before = new LinkedHashMap<>();
      Map<Node, Named> after = new LinkedHashMap<>();
      Set<String> where = new TreeSet<>();
      for (Change change : group) {
        if (change.code() != null) {
          Node node = new Node(referential.id(), change.code());
          before.put(node, named(node, change.label(), eve));
          place(change.code(), eve == null ? from.date() : eve, where);
        }
        if (change.codeAfter() != null && change.property() == null) {
          Node node = new Node(change.referentialAfter(), change.codeAfter());
          after.put(node, named(node, change.labelAfter(), date));
          if (node.referential().equals(referential.id())) {
            place(node.code(), date == null ? to.date() : date, where);
          }
        }
      }
      LinkType link = first.property() == null ? null : link(first.property());
      return new Row(
          first.kind(),
          link == null ? null : title(link.referential()),
          List.copyOf(before.values()),
          link == null ? List.copyOf(after.values()) : targets(link, first.after(), date),
          link == null ? List.of() : targets(link, first.before(), eve),
          String.join(", ", where),
          first.derived());
    }

    private @Nullable LinkType link(String property) {
      return referential.links().stream()
          .filter(l -> l.property().equals(property))
          .findFirst()
          .orElse(null);
    }

    private Text title(String id) {
      return registry
          .catalog()
          .findReferential(id)
          .map(r -> r.levels().size() == 1 ? r.levels().getFirst().title() : r.title())
          .orElse(new Text(id, id));
    }

    private List<Named> targets(LinkType link, List<String> codes, @Nullable LocalDate day) {
      LocalDate around = day == null ? to.date() : day;
      return codes.stream()
          .map(code -> new Node(link.referential(), code))
          .map(
              n ->
                  new Named(
                      n.referential(),
                      n.code(),
                      Kin.label(registry, witness, n, around),
                      null,
                      day))
          .toList();
    }

    private Named named(Node node, @Nullable String label, @Nullable LocalDate day) {
      Text kind =
          node.referential().equals(referential.id())
              ? null
              : Kin.kind(registry, witness, node, day == null ? to.date() : day);
      return new Named(node.referential(), node.code(), label, kind, day);
    }

    /** Adds where a code is on a day: in which départements. */
    private void place(String code, LocalDate day, Set<String> where) {
      Codes book = to.codes();
      String locating = registry.catalog().findLocating().map(Referential::id).orElse("");
      book.listLinks(code, witness, day).stream()
          .filter(l -> l.referential().equals(locating))
          .map(l -> new Node(locating, l.target()))
          .forEach(
              n -> {
                String label = Kin.label(registry, witness, n, day);
                where.add((label == null ? "" : label + ' ') + '(' + n.code() + ')');
              });
    }
  }
}
