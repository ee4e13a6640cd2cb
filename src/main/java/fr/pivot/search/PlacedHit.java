package fr.pivot.search;

import fr.pivot.referential.Kind;
import fr.pivot.registry.CodeAnswer;
import fr.pivot.registry.CodeAnswer.Found;
import fr.pivot.registry.CodeView;
import fr.pivot.registry.Point;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/**
 * A hit and where it was found.
 *
 * @param before how many better ones its referential has
 */
public record PlacedHit(Point point, Hit hit, int before) {

  private static final Comparator<PlacedHit> ORDER =
      Comparator.comparingDouble((PlacedHit p) -> -p.hit().score())
          .thenComparingInt(p -> -p.hit().weight())
          // One of each referential comes before the twenty postal codes of Paris.
          .thenComparingInt(PlacedHit::before)
          .thenComparing(p -> p.point().referential().kind() == Kind.ENTITY)
          .thenComparing(p -> p.point().referential().kind());

  /** Where it is or what stands above it, to tell those of one name apart. */
  public Optional<String> place() {
    return CodeAnswer.find(point, hit.code()) instanceof Found found
        ? Localities.find(new CodeView(point, found))
        : Optional.empty();
  }

  /** What a question may have meant at several points, the best first, as many as it wants. */
  public static List<PlacedHit> list(NameSearch search, List<Point> points, Query query) {
    List<PlacedHit> found = new ArrayList<>();
    List<List<Hit>> hits = search(search, points, query);
    for (int i = 0; i < hits.size(); i++) {
      int before = 0;
      for (Hit hit : hits.get(i)) {
        found.add(new PlacedHit(points.get(i), hit, before++));
      }
    }
    found.sort(ORDER);
    return List.copyOf(found.subList(0, Math.min(query.limit(), found.size())));
  }

  /**
   * What is found at each point. Where most names are is searched first: what is found there leaves
   * less to look for elsewhere.
   */
  private static List<List<Hit>> search(NameSearch search, List<Point> points, Query query) {
    List<List<Hit>> hits = new ArrayList<>(Collections.nCopies(points.size(), List.of()));
    PriorityQueue<Double> best = new PriorityQueue<>();
    IntStream.range(0, points.size())
        .boxed()
        .sorted(Comparator.comparingInt((Integer i) -> -search.countNames(points.get(i))))
        .forEachOrdered(
            i -> {
              double least = best.size() < query.limit() ? 0 : best.peek();
              List<Hit> own = search.search(points.get(i), query, least);
              for (Hit hit : own) {
                best.add(hit.score());
                if (best.size() > query.limit()) {
                  best.remove();
                }
              }
              hits.set(i, own);
            });
    return hits;
  }
}
