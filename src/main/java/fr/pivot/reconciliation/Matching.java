package fr.pivot.reconciliation;

import fr.pivot.finding.Problem;
import fr.pivot.finding.ProblemException;
import fr.pivot.finding.ProblemType;
import fr.pivot.reconciliation.Endpoint.Entity;
import fr.pivot.reconciliation.Question.Given;
import fr.pivot.referential.Text;
import fr.pivot.registry.CodeAnswer.Status;
import fr.pivot.registry.CodeView;
import fr.pivot.registry.Point;
import fr.pivot.search.Context;
import fr.pivot.search.Hit;
import fr.pivot.search.Query;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds what queries mean. */
final class Matching {

  private final Endpoint endpoint;
  private final Properties properties;

  Matching(Endpoint endpoint, Properties properties) {
    this.endpoint = endpoint;
    this.properties = properties;
  }

  /**
   * The answer to a query.
   *
   * @param candidates what it may mean, the best first; at most one of them is a match
   * @param problem why there are none, or why none of them is certain; null where all was heeded
   */
  record Result(List<Candidate> candidates, @Nullable Problem problem) {}

  /** Where one query looks. */
  private record Place(Scope scope, Set<String> levels) {}

  /** Answers a query. */
  Result answer(Question question) {
    if (question.problem() != null) {
      return new Result(List.of(), question.problem());
    }
    try {
      return find(question);
    } catch (ProblemException e) {
      return new Result(List.of(), e.problem());
    }
  }

  private Result find(Question question) {
    List<Place> places = places(question);
    Map<String, Candidate> found = new LinkedHashMap<>();
    @Nullable Problem unheeded = null;
    boolean safe = true;
    Set<String> unknown = unknown(question, places);
    if (!unknown.isEmpty()) {
      List<Property> known = new ArrayList<>();
      places.forEach(place -> known.addAll(properties.listGivens(place.scope())));
      unheeded = Properties.unknown(unknown.iterator().next(), known);
      safe = false;
      if (question.givens().stream()
          .anyMatch(g -> g.required() && unknown.contains(g.property()))) {
        return new Result(List.of(), unheeded);
      }
    }
    for (String id : question.ids()) {
      endpoint.find(id).flatMap(Matching::whole).ifPresent(c -> keep(found, c));
    }
    List<String> texts = texts(question);
    for (String text : texts) {
      Optional<Candidate> named = curie(text, places);
      if (named.isPresent()) {
        keep(found, named.get());
        continue;
      }
      for (Place place : places) {
        look(question, place, text, found);
      }
    }
    List<Candidate> candidates = new ArrayList<>(found.values());
    candidates.sort(
        Comparator.comparing(Candidate::score, Comparator.reverseOrder())
            .thenComparing(Candidate::match, Comparator.reverseOrder())
            .thenComparing(
                c -> endpoint.countLinksTo(c.entity().scope()), Comparator.reverseOrder()));
    long certain = candidates.stream().filter(Candidate::match).count();
    boolean decide = safe && certain == 1 && candidates.getFirst().match();
    return new Result(
        candidates.stream()
            .limit(question.limit())
            .map(c -> c.match() && !decide ? c.withMatch(false) : c)
            .toList(),
        unheeded);
  }

  /**
   * What is looked for: names; where only properties are given, the code among them, or nothing.
   */
  private static List<String> texts(Question question) {
    if (!question.names().isEmpty() || !question.ids().isEmpty()) {
      return question.names();
    }
    for (Given given : question.givens()) {
      if (given.property().equals("code")) {
        return given.values();
      }
    }
    throw ProblemType.INVALID_QUERY
        .with("query", ProblemType.shorten(question.key()))
        .with("expected", new Text("un nom ou un code", "a name or a code"))
        .exception();
  }

  private static void keep(Map<String, Candidate> found, Candidate candidate) {
    String key = candidate.entity().scope().reference() + ":" + candidate.entity().code();
    found.merge(key, candidate, (a, b) -> b.score() > a.score() ? b : a);
  }

  private List<Place> places(Question question) {
    if (question.types().isEmpty()) {
      return endpoint.scopes().stream().map(scope -> new Place(scope, Set.of())).toList();
    }
    Map<String, Scope> scopes = new LinkedHashMap<>();
    Map<String, Set<String>> levels = new LinkedHashMap<>();
    Set<String> whole = new HashSet<>();
    Set<String> narrow = new HashSet<>();
    for (String id : new LinkedHashSet<>(question.types())) {
      EntityType type = endpoint.getType(id);
      String key = type.scope().reference().toString();
      scopes.put(key, type.scope());
      Set<String> wanted = levels.computeIfAbsent(key, _ -> new LinkedHashSet<>());
      if (type.level() == null) {
        whole.add(key);
      } else {
        wanted.add(type.level().id());
        narrow.add(type.id());
      }
    }
    if (question.every() && (scopes.size() > 1 || narrow.size() > 1)) {
      return List.of();
    }
    List<Place> places = new ArrayList<>();
    scopes.forEach(
        (key, scope) ->
            places.add(
                new Place(
                    scope,
                    whole.contains(key) && !question.every()
                        ? Set.of()
                        : levels.getOrDefault(key, Set.of()))));
    return places;
  }

  /** The properties that no place knows. */
  private Set<String> unknown(Question question, List<Place> places) {
    Set<String> unknown = new LinkedHashSet<>();
    for (Given given : question.givens()) {
      String property = given.property();
      if (!property.equals(Properties.DATE)
          && !places.isEmpty()
          && places.stream().noneMatch(p -> endpoint.search().knows(p.scope().point(), property))) {
        unknown.add(property);
      }
    }
    return unknown;
  }

  private void look(Question question, Place place, String text, Map<String, Candidate> found) {
    Scope scope = place.scope();
    List<Context> contexts = new ArrayList<>();
    for (Given given : question.givens()) {
      if (given.property().equals(Properties.DATE)) {
        scope = new Scope(scope.reference(), at(question, scope, given));
        continue;
      }
      contexts.add(new Context(given.property(), values(given), given.required()));
    }
    // A few more than wanted, since a match must be the only one.
    Query query =
        new Query(text, Query.Mode.WHOLE, place.levels(), contexts, Math.max(question.limit(), 2));
    Scope dated = scope;
    // The search answers what a code that ceased became; its own concept is meant first.
    Optional<CodeView> past =
        Endpoint.find(dated, text)
            .flatMap(Entity::find)
            .filter(f -> f.status() != Status.IN_FORCE)
            .filter(f -> place.levels().isEmpty() || place.levels().contains(f.state().level()));
    past.ifPresent(
        f -> {
          Candidate whole = Candidate.of(dated, f);
          keep(found, contexts.isEmpty() ? whole : whole.withMatch(false));
        });
    for (Hit hit : endpoint.search().search(dated.point(), query)) {
      Candidate candidate = Candidate.of(dated, hit);
      keep(found, past.isPresent() ? candidate.withMatch(false) : candidate);
    }
  }

  private static List<String> values(Given given) {
    List<String> values = new ArrayList<>(given.values());
    for (String value : given.values()) {
      // Entities of all referentials are written with theirs: epci:200054781.
      int colon = value.indexOf(':');
      if (colon > 0 && colon < value.length() - 1 && value.indexOf(' ') < 0) {
        values.add(value.substring(colon + 1));
      }
    }
    return values;
  }

  private Point at(Question question, Scope scope, Given given) {
    for (String value : given.values()) {
      Optional<Point> point = endpoint.at(scope, value);
      if (point.isPresent()) {
        return point.get();
      }
    }
    throw ProblemType.INVALID_QUERY
        .with("query", ProblemType.shorten(question.key()))
        .with(
            "expected",
            new Text(
                "une date (2015-06-01) ou une édition pour « date »",
                "a date (2015-06-01) or an edition for \"date\""))
        .exception();
  }

  /** The entity that a text names in full, as {@code communes:93066}, where all answer. */
  private Optional<Candidate> curie(String text, List<Place> places) {
    if (text.indexOf(':') <= 0) {
      return Optional.empty();
    }
    return endpoint
        .find(text)
        .filter(
            e ->
                places.stream()
                    .anyMatch(
                        p -> p.scope().referential().id().equals(e.scope().referential().id())))
        .flatMap(Matching::whole);
  }

  private static Optional<Candidate> whole(Entity entity) {
    return entity.find().map(found -> Candidate.of(entity.scope(), found));
  }
}
