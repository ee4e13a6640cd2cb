package fr.pivot.bench;

import fr.pivot.catalog.Reference;
import fr.pivot.registry.Codes;
import fr.pivot.registry.Point;
import fr.pivot.registry.Points;
import fr.pivot.registry.Registry;
import fr.pivot.registry.memory.ReadRegistry;
import fr.pivot.search.Context;
import fr.pivot.search.Hit;
import fr.pivot.search.NameSearch;
import fr.pivot.search.Query;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Pivot's own search in the race; it knows no other names than the registry that it is given. */
final class OwnNames {

  private static final LocalDate TODAY = LocalDate.of(2026, 3, 1);

  private OwnNames() {}

  /** Takes the folder of the race, or nothing: then tells what all shipped referentials take. */
  public static void main(String[] args) throws Exception {
    Registry registry = ReadRegistry.shipped();
    if (args.length == 0) {
      weigh(registry);
      return;
    }
    Point communes = point(registry, "communes");
    NameRace.run(
        "Pivot",
        Path.of(args[0]),
        _ -> {
          NameSearch search = NameSearch.of(registry);
          return (text, departement) -> {
            List<Context> contexts =
                departement == null
                    ? List.of()
                    : List.of(new Context("departement", List.of(departement), false));
            List<Hit> hits =
                search.search(communes, new Query(text, Query.Mode.WHOLE, Set.of(), contexts, 5));
            return hits.isEmpty() ? null : hits.getFirst().code();
          };
        });
  }

  private static Point point(Registry registry, String referential) {
    return Points.find(registry, Reference.latest(referential), TODAY);
  }

  private static void weigh(Registry registry) {
    List<Point> points = new ArrayList<>();
    for (Codes book : registry.listAll()) {
      points.add(point(registry, book.referential().id()));
    }
    long before = NameRace.heap();
    long begin = System.nanoTime();
    NameSearch search = NameSearch.of(registry);
    int answered = 0;
    for (Point point : points) {
      Query query = new Query("Paris", Query.Mode.WHOLE, Set.of(), List.of(), 5);
      answered += search.search(point, query).isEmpty() ? 0 : 1;
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "names of %d referentials: %.1f MB of heap, built in %.2f s (%d answer \"Paris\")%n",
        points.size(),
        (NameRace.heap() - before) / 1e6,
        seconds,
        answered);
    if (search.registry() != registry) {
      throw new IllegalStateException("the search must be held until its heap is measured");
    }
  }
}
