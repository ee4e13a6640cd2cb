package fr.pivot.search;

import fr.pivot.lookup.NamesOfCodes;
import fr.pivot.lookup.NamesOfCodes.Named;
import fr.pivot.lookup.NamesOfCodes.Wanted;
import fr.pivot.registry.Point;
import fr.pivot.registry.Registry;
import fr.pivot.search.index.NameIndex;
import fr.pivot.search.index.NameIndexFiles;
import fr.pivot.search.index.NameIndexes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds concepts by their names in one registry. Immutable: a publication makes another. Safe for
 * any number of threads.
 */
public final class NameSearch implements NamesOfCodes.Snapshot {

  /** Of how many points the heirs are remembered. */
  private static final int MOST_POINTS = 64;

  private static final int[] NOBODY = {};

  private final Registry registry;
  private final NameIndexes indexes;
  private final Contexts contexts;
  private final Map<At, CurrentCodes> presents = new ConcurrentHashMap<>();

  /** A point of this registry, by what tells it from others; the day is its number. */
  private record At(String referential, long release, int day) {}

  NameSearch(Registry registry, NameIndexFiles files, @Nullable NameSearch before) {
    this.registry = registry;
    this.indexes = new NameIndexes(registry, files, before == null ? null : before.indexes);
    this.contexts = new Contexts(registry, indexes);
  }

  /** A search in a registry; its indexes are made when they are first needed, and not kept. */
  public static NameSearch of(Registry registry) {
    return new NameSearch(registry, new NameIndexFiles(null), null);
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
    return search(point, query, 0);
  }

  /**
   * The same for whoever needs nothing below a score.
   *
   * @param least the score; what is below it may be left out
   */
  List<Hit> search(Point point, Query query, double least) {
    NameIndex index = indexes.get(point.referential().id());
    String text = query.text().strip();
    if (index == null || text.isEmpty()) {
      return List.of();
    }
    if (text.length() > Query.LONGEST) {
      text = text.substring(0, Query.LONGEST);
    }
    if (presents.size() >= MOST_POINTS) {
      presents.clear();
    }
    CurrentCodes present =
        presents.computeIfAbsent(
            new At(point.referential().id(), point.release().id(), point.day()),
            _ -> new CurrentCodes(point, index.codes()));
    Ranking ranking =
        new Ranking(point, index, present, query, least, constraints(point, query.contexts()));
    ranking.addCode(text);
    String code = text;
    contexts.findLinked(point, text).ifPresent(codes -> ranking.addLinked(code, codes));
    List<ParsedQuestion> ways = ParsedQuestion.list(text, point, contexts);
    List<Interpretation> read = new ArrayList<>(ways.size());
    for (ParsedQuestion way : ways) {
      read.add(ranking.read(way, constraints(point, way.contexts())));
    }
    read.forEach(ranking::addSame);
    read.forEach(ranking::addLike);
    return ranking.list();
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
