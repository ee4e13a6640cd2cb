package fr.pivot.registry.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import fr.pivot.catalog.Release;
import fr.pivot.registry.BriefCaches;
import fr.pivot.registry.CodeAnswer.Found;
import fr.pivot.registry.CodeAnswer.Status;
import fr.pivot.registry.Codes;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Pages of the codes of a codebook, by keyset: a page begins where the one before ended, and only
 * what it shows is built. Totals are counted once for each edition, day and filter and remembered,
 * so that a page of a million codes costs what one of a thousand does.
 */
final class CodePages {

  private static final int NONE = -1;

  /** How many totals are remembered: some hundred bytes each. */
  private static final int TOTALS = 500;

  private final Codebook book;
  private final Cache<Key, Integer> totals =
      Caffeine.newBuilder()
          .maximumSize(TOTALS)
          .recordStats(BriefCaches.LIST_TOTALS::counter)
          .build();

  CodePages(Codebook book) {
    this.book = book;
  }

  /** What a total depends on. A list among some codes is counted each time: they are few. */
  private record Key(long release, int day, @Nullable Status status, Set<String> levels) {}

  Codes.Page list(Release release, LocalDate date, Codes.Filter filter, String after, int limit) {
    Selection selection = new Selection(release, (int) date.toEpochDay(), filter);
    int[] among = filter.among() == null ? null : ranks(filter.among());
    int count = among == null ? book.size() : among.length;
    List<Found> page = new ArrayList<>(Math.min(limit, count));
    boolean more = false;
    for (int i = first(among, after); i < count && !more; i++) {
      int rank = among == null ? i : among[i];
      int row = selection.find(rank);
      if (row != NONE) {
        more = page.size() == limit;
        if (!more) {
          page.add(selection.found(rank, row));
        }
      }
    }
    return new Codes.Page(total(selection, filter, among), page, more);
  }

  private int total(Selection selection, Codes.Filter filter, int @Nullable [] among) {
    if (among != null) {
      return (int) Arrays.stream(among).filter(rank -> selection.find(rank) != NONE).count();
    }
    Key key = new Key(selection.release.id(), selection.day, filter.status(), filter.levels());
    return totals.get(key, _ -> selection.count());
  }

  /** Where the codes after one begin. */
  private int first(int @Nullable [] among, String after) {
    if (after.isEmpty()) {
      return 0;
    }
    int rank = book.rank(after);
    int next = rank < 0 ? -rank - 1 : rank + 1;
    if (among == null) {
      return next;
    }
    int place = Arrays.binarySearch(among, next);
    return place < 0 ? -place - 1 : place;
  }

  private int[] ranks(Set<String> codes) {
    return codes.stream().mapToInt(book::rank).filter(rank -> rank >= 0).sorted().toArray();
  }

  /** Chooses the row that a list shows of each code. */
  private final class Selection {

    private final Release release;
    private final int day;
    private final @Nullable Status status;
    private final boolean @Nullable [] levels;

    Selection(Release release, int day, Codes.Filter filter) {
      this.release = release;
      this.day = day;
      this.status = filter.status();
      this.levels = filter.levels().isEmpty() ? null : levels(filter.levels());
    }

    private boolean[] levels(Set<String> wanted) {
      boolean[] chosen = new boolean[book.referential().levels().size()];
      for (int i = 0; i < chosen.length; i++) {
        chosen[i] = wanted.contains(book.referential().levels().get(i).id());
      }
      return chosen;
    }

    /** The row to show of the code at a rank: the state in force, or else the nearest one. */
    int find(int rank) {
      int row = book.findRow(rank, release, day);
      if (row >= 0) {
        return isWanted(Status.IN_FORCE) && hasLevel(row) ? row : NONE;
      }
      if (status == Status.IN_FORCE) {
        return NONE;
      }
      row = nearest(rank);
      return row != NONE && isWanted(status(row)) && hasLevel(row) ? row : NONE;
    }

    /** The nearest of the states of a code that is not in force, past ones first. */
    private int nearest(int rank) {
      int nearest = NONE;
      for (int row = book.firstRow(rank); row < book.firstRow(rank + 1); row++) {
        if (book.isStated(row, release) && (nearest == NONE || book.begins(row) <= day)) {
          nearest = row;
        }
      }
      return nearest;
    }

    private Status status(int row) {
      return book.holds(row, day)
          ? Status.IN_FORCE
          : book.begins(row) > day ? Status.FUTURE : Status.CEASED;
    }

    private boolean isWanted(Status found) {
      return status == null || status == found;
    }

    private boolean hasLevel(int row) {
      return levels == null || levels[book.levelRank(row)];
    }

    Found found(int rank, int row) {
      return new Found(release, book.state(rank, row), status(row));
    }

    int count() {
      int count = 0;
      for (int rank = 0; rank < book.size(); rank++) {
        if (find(rank) != NONE) {
          count++;
        }
      }
      return count;
    }
  }
}
