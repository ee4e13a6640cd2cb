package fr.pivot.bench;

import fr.pivot.catalog.Reference;
import fr.pivot.registry.Codes;
import fr.pivot.registry.Points;
import fr.pivot.registry.Registry;
import fr.pivot.registry.memory.ReadRegistry;
import fr.pivot.search.NameSearch;
import fr.pivot.search.Query;
import java.io.IOException;
import java.time.LocalDate;
import java.time.Month;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Tells what codes and their names take in memory, after a collection of what nobody holds. */
final class Heap {

  private Heap() {}

  /** Takes nothing: tells of what lies under {@code referentials} where it is started. */
  public static void main(String[] args) throws IOException {
    long before = NameRace.heap();
    Registry registry = ReadRegistry.shipped();
    long codes = NameRace.heap() - before;
    NameSearch search = NameSearch.of(registry);
    int count = 0;
    for (Codes book : registry.listAll()) {
      count += book.size();
      search.search(
          Points.find(
              registry,
              Reference.latest(book.referential().id()),
              LocalDate.of(2026, Month.NOVEMBER, 30)),
          new Query("paris", Query.Mode.WHOLE, Set.of(), List.of(), 5));
    }
    long names = NameRace.heap() - before - codes;
    System.out.printf(
        Locale.ROOT,
        "%d\t%.1f\t%d\t%.1f\t%d%n",
        count,
        codes / 1e6,
        codes / count,
        names / 1e6,
        names / count);
    if (search.registry() != registry) {
      throw new IllegalStateException("the search must be held until its heap is measured");
    }
  }
}
