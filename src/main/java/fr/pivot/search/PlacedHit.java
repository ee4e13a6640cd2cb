package fr.pivot.search;

import fr.pivot.referential.Kind;
import fr.pivot.registry.CodeAnswer;
import fr.pivot.registry.CodeAnswer.Found;
import fr.pivot.registry.CodeView;
import fr.pivot.registry.Point;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

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
    List<List<Hit>> hits = search.search(points, query);
    for (int i = 0; i < hits.size(); i++) {
      int before = 0;
      for (Hit hit : hits.get(i)) {
        found.add(new PlacedHit(points.get(i), hit, before++));
      }
    }
    found.sort(ORDER);
    return List.copyOf(found.subList(0, Math.min(query.limit(), found.size())));
  }
}
