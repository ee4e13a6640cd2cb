package fr.pivot.lookup;

import fr.pivot.referential.ReleaseRows;
import fr.pivot.registry.Knowledge;
import fr.pivot.registry.Knowledge.ListsAround;
import fr.pivot.registry.Point;
import fr.pivot.text.JsonWriter;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is not known of a list of codes on a day between two lists of its publisher: which of the
 * codes that only the later one has were in force already.
 *
 * @param around the days of both lists
 * @param codes the codes that only the later one has and that the list would show
 */
record BetweenLists(ListsAround around, List<String> codes) {

  /** The lists around the day of a point; null where the day is that of a list. */
  static @Nullable BetweenLists find(Point point) {
    ListsAround around = point.knowledge().findListsAround(ReleaseRows.CONCEPTS, point.date());
    return around == null ? null : new BetweenLists(around, List.of());
  }

  /**
   * The same with the codes that belong to a page.
   *
   * @param filter which codes the list shows
   * @param after the last code of the page before; empty for the first page
   * @param last the last code of the page; null where no page follows
   */
  BetweenLists with(Point point, CodeFilter filter, String after, @Nullable String last) {
    LocalDate next = around.after();
    if (next == null) {
      return this;
    }
    Knowledge knowledge = point.knowledge();
    return new BetweenLists(
        around,
        filter.listOn(next, after, last).stream()
            .filter(code -> !point.holds(code))
            .filter(code -> knowledge.isDoubtful(code, point.date()))
            .toList());
  }

  /** Writes it into the object of a list. */
  void writeTo(JsonWriter json) {
    json.name("lists")
        .beginObject()
        .member("before", around.before())
        .member("after", around.after())
        .endObject();
    if (!codes.isEmpty()) {
      json.name("notKnown").value(codes);
    }
  }
}
