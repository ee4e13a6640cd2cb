package fr.pivot.reconciliation;

import fr.pivot.reconciliation.Endpoint.Entity;
import fr.pivot.referential.Language;
import fr.pivot.registry.CodeAnswer.Status;
import fr.pivot.registry.CodeView;
import fr.pivot.search.Hit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entity that a query may mean. What takes time to say of it is worked out when it is asked for:
 * most candidates are not among the best.
 *
 * @param entity the entity
 * @param name what it is called
 * @param level its level
 * @param hit how it was found by its name; null where it was named by its identifier
 * @param score how well it answers, from 0 to 100
 * @param features what the score was made of
 * @param match whether it can be taken without a look
 */
record Candidate(
    Entity entity,
    String name,
    String level,
    @Nullable Hit hit,
    double score,
    List<Hit.Feature> features,
    boolean match) {

  private static final double WHOLE = 100;

  /** What the search found. */
  static Candidate of(Scope scope, Hit hit) {
    return new Candidate(
        new Entity(scope, hit.code()),
        hit.label(),
        hit.level(),
        hit,
        hit.score(),
        hit.features(),
        hit.certain());
  }

  /** What an identifier names. */
  static Candidate of(Scope scope, CodeView view) {
    return new Candidate(
        new Entity(scope, view.code()),
        view.state().label(),
        view.state().level(),
        null,
        WHOLE,
        List.of(new Hit.Feature("code", WHOLE)),
        view.status() != Status.FUTURE);
  }

  Candidate withMatch(boolean decided) {
    return new Candidate(entity, name, level, hit, score, features, decided);
  }

  /** A few words that tell it from its namesakes. */
  String description(Language language) {
    return entity.find().map(view -> Descriptions.of(view, hit, language)).orElse("");
  }
}
