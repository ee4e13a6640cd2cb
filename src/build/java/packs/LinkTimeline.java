package packs;

import fr.pivot.referential.Link;
import fr.pivot.referential.Relation;
import fr.pivot.referential.Validity;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The links of a referential over time, dated as the states of a {@link Timeline} are. */
final class LinkTimeline {

  /** A link, dates apart. */
  record Key(String code, Relation relation, String referential, String target)
      implements Comparable<Key> {
    private static final Comparator<Key> ORDER =
        Comparator.comparing(Key::code)
            .thenComparing(Key::relation)
            .thenComparing(Key::referential)
            .thenComparing(Key::target);

    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }
  }

  private static final class Span {
    final @Nullable LocalDate from;
    @Nullable LocalDate to;
    boolean derived;

    Span(@Nullable LocalDate from, @Nullable LocalDate to, boolean derived) {
      this.from = from;
      this.to = to;
      this.derived = derived;
    }
  }

  private final TreeMap<Key, List<Span>> spans = new TreeMap<>();

  /** Adds a link with its dates; one that goes on from a span of the same link prolongs it. */
  void add(Key key, @Nullable LocalDate from, @Nullable LocalDate to, boolean derived) {
    List<Span> before = spans.computeIfAbsent(key, k -> new ArrayList<>());
    if (!before.isEmpty() && before.getLast().to != null && before.getLast().to.equals(from)) {
      before.getLast().to = to;
      before.getLast().derived |= derived;
    } else {
      before.add(new Span(from, to, derived));
    }
  }

  /** Takes the links that an edition shows, and ends those that it no longer does. */
  void advance(Set<Key> now, LocalDate day) {
    spans.forEach(
        (key, list) -> {
          Span last = list.getLast();
          if (last.to == null && !now.contains(key)) {
            last.to = day;
            last.derived = true;
          }
        });
    for (Key key : now) {
      List<Span> before = spans.computeIfAbsent(key, k -> new ArrayList<>());
      if (before.isEmpty() || before.getLast().to != null) {
        before.add(new Span(day, null, true));
      }
    }
  }

  List<Link> toLinks() {
    List<Link> links = new ArrayList<>();
    spans.forEach(
        (key, list) ->
            list.forEach(
                s ->
                    links.add(
                        new Link(
                            key.code(),
                            key.relation(),
                            key.referential(),
                            key.target(),
                            new Validity(s.from, s.to),
                            s.derived))));
    return links;
  }
}
