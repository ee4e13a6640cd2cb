package fr.pivot.search;

import fr.pivot.lookup.NamesOfCodes;
import fr.pivot.lookup.NamesOfCodes.Named;
import fr.pivot.lookup.NamesOfCodes.Wanted;
import fr.pivot.registry.Point;
import fr.pivot.registry.Registry;
import fr.pivot.registry.RegistryCaches;
import fr.pivot.search.SearchMemory.At;
import fr.pivot.search.index.NameIndex;
import fr.pivot.search.index.NameIndexFiles;
import fr.pivot.search.index.NameIndexes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds concepts by their names in one registry. Immutable: a publication makes another. Safe for
 * any number of threads.
 */
public final class NameSearch implements NamesOfCodes.Snapshot {

  private static final int[] NOBODY = {};
  private static final double[] NO_SCORES = {};

  private final Registry registry;
  private final NameIndexes indexes;
  private final Contexts contexts;
  private final SearchMemory memory;

  NameSearch(
      Registry registry, NameIndexFiles files, SearchMemory memory, @Nullable NameSearch before) {
    this.registry = registry;
    this.memory = memory;
    this.indexes = new NameIndexes(registry, files, before == null ? null : before.indexes);
    this.contexts = new Contexts(registry, indexes, memory);
  }

  /** A search in a registry; its indexes are made when they are first needed, and not kept. */
  public static NameSearch of(Registry registry) {
    return new NameSearch(
        registry, new NameIndexFiles(null), new SearchMemory(new RegistryCaches()), null);
  }

  @Override
  public Registry registry() {
    return registry;
  }

  /** Whether a property can be said of the codes of a point: {@code departement}, {@code dep}. */
  public boolean knows(Point point, String property) {
    return contexts.knows(point, property);
  }

  /** The names of what can be said of the codes of a point. */
  public List<String> listProperties(Point point) {
    return contexts.listProperties(point);
  }

  /** Makes the indexes that are missing. */
  void prepare() {
    indexes.makeAll();
  }

  /** How many names there are at a point, those that differ by more than accents and the like. */
  int countNames(Point point) {
    NameIndex index = indexes.get(point.referential().id());
    return index == null ? 0 : index.size();
  }

  /** What a question may have meant at a point, the best first. */
  public List<Hit> search(Point point, Query query) {
    return search(List.of(point), query).getFirst();
  }

  /**
   * The same at each of several points. What is found at once, everywhere, leaves less to look for:
   * what does not come among the best of all points together may be left out.
   */
  List<List<Hit>> search(List<Point> points, Query query) {
    QuestionText text = QuestionText.of(query.text());
    List<@Nullable Begun> all = new ArrayList<>(points.size());
    double[][] best = new double[points.size()][];
    for (Point point : points) {
      Begun begun = begin(point, query, text);
      best[all.size()] = begun == null ? NO_SCORES : begun.ranking().bestScores();
      all.add(begun);
    }
    // Where most names are is searched first.
    IntStream.range(0, best.length)
        .boxed()
        .sorted(Comparator.comparingInt((Integer i) -> -countNames(points.get(i))))
        .forEachOrdered(
            i -> {
              Begun begun = all.get(i);
              if (begun != null) {
                begun.end(best.length == 1 ? 0 : leastNeeded(best, query.limit()));
                best[i] = begun.ranking().bestScores();
              }
            });
    return all.stream().map(b -> b == null ? List.<Hit>of() : b.ranking().list()).toList();
  }

  /** The score of the last that is wanted of all; 0 where there are not as many. */
  private static double leastNeeded(double[][] best, int limit) {
    double[] all = new double[best.length * limit];
    int size = 0;
    for (double[] one : best) {
      System.arraycopy(one, 0, all, size, one.length);
      size += one.length;
    }
    Arrays.sort(all, 0, size);
    return size < limit ? 0 : all[size - limit];
  }

  /** A question at a point of which what is found at once is found. */
  private record Begun(Ranking ranking, List<Interpretation> ways) {

    void end(double least) {
      for (Interpretation way : ways) {
        if (way != ways.getFirst()) {
          ranking.addBeginnings(way);
        }
        ranking.addLike(way, least);
      }
    }
  }

  private @Nullable Begun begin(Point point, Query query, QuestionText text) {
    NameIndex index = indexes.get(point.referential().id());
    if (index == null || text.text().isEmpty()) {
      return null;
    }
    CurrentCodes present =
        memory
            .points()
            .get(
                registry,
                new At(point.release().id(), point.day()),
                _ -> new CurrentCodes(point, index.codes(), memory.heirs()));
    Ranking ranking =
        new Ranking(point, index, present, query, constraints(point, query.contexts()));
    String code = text.text();
    ranking.addCode(code);
    contexts.findLinked(point, code).ifPresent(codes -> ranking.addLinked(code, codes));
    List<ParsedQuestion> ways = ParsedQuestion.list(text, point, contexts);
    List<Interpretation> read = new ArrayList<>(ways.size());
    for (ParsedQuestion way : ways) {
      read.add(ranking.read(way, constraints(point, way.contexts())));
    }
    read.forEach(ranking::addSame);
    if (!read.isEmpty()) {
      ranking.addBeginnings(read.getFirst());
    }
    return new Begun(ranking, read);
  }

  @Override
  public List<Named> find(Point point, Wanted wanted) {
    Query query =
        new Query(
            wanted.text(),
            Query.Mode.TYPED,
            wanted.levels(),
            List.of(),
            wanted.among(),
            wanted.ceased(),
            wanted.limit());
    return search(point, query).stream().map(Hit::named).toList();
  }

  /** What is known of a concept, worked out. */
  private List<Ranking.Known> constraints(Point point, List<Context> asked) {
    if (asked.isEmpty()) {
      return List.of();
    }
    List<Ranking.Known> known = new ArrayList<>(asked.size());
    for (Context context : asked) {
      Optional<Constraint> constraint = contexts.find(point, context);
      if (constraint.isPresent()) {
        known.add(new Ranking.Known(context.property(), constraint.get(), context.required()));
      } else if (context.required()) {
        known.add(
            new Ranking.Known(
                context.property(), new Constraint.Codes(NOBODY, NOBODY, NOBODY), true));
      }
    }
    return known;
  }
}
