package fr.pivot.search;

import fr.pivot.referential.ConceptState;
import fr.pivot.registry.Knowledge;
import fr.pivot.registry.Point;
import fr.pivot.search.Hit.Feature;
import fr.pivot.search.Hit.Former;
import fr.pivot.search.Hit.Kind;
import fr.pivot.search.Ranking.Known;
import fr.pivot.search.index.IndexedCodes;
import fr.pivot.search.index.NameIndex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The concepts that a question may have meant, each with its best reason. The best score comes
 * first; of those that score alike the code comes before a name, then the greater population, the
 * shorter name, the higher level, the code. Serves one question.
 */
final class FoundConcepts {

  private final Point point;
  private final NameIndex index;
  private final IndexedCodes codes;
  private final CurrentCodes present;
  private final Query query;
  private final Map<Integer, Found> concepts = new HashMap<>();

  /**
   * What was found to agree; its text is made for what is answered alone.
   *
   * @param text the text where it is known; null for what a row calls its code
   * @param row the row
   * @param language the language in which it calls it so
   */
  record Name(@Nullable String text, int row, String language) {

    static Name of(String text) {
      return new Name(text, -1, NameIndex.OWN);
    }
  }

  /** A concept with its best reason. */
  private record Found(
      int rank,
      int row,
      double score,
      double nameScore,
      Kind kind,
      Name name,
      boolean exact,
      @Nullable Former former,
      boolean alone,
      boolean contradicted,
      List<Known> known) {}

  FoundConcepts(Point point, NameIndex index, CurrentCodes present, Query query) {
    this.point = point;
    this.index = index;
    this.codes = index.codes();
    this.present = present;
    this.query = query;
  }

  /** How many there are. */
  int size() {
    return concepts.size();
  }

  /** Whether there is an answer that fits exactly and that nothing contradicts. */
  boolean isSettled() {
    for (Found found : concepts.values()) {
      if ((found.kind() == Kind.NAME || found.kind() == Kind.CODE && found.exact())
          && !found.contradicted()) {
        return true;
      }
    }
    return false;
  }

  /** Whether nothing below a score is needed any more. */
  boolean isEnough(double score) {
    int count = 0;
    for (Found found : concepts.values()) {
      if (found.score() >= score && ++count >= query.limit()) {
        return true;
      }
    }
    return false;
  }

  /** The best scores, as many as are wanted at most, the best last. */
  double[] bestScores() {
    double[] all = new double[concepts.size()];
    int size = 0;
    for (Found found : concepts.values()) {
      all[size++] = found.score();
    }
    Arrays.sort(all);
    return Arrays.copyOfRange(all, Math.max(0, size - query.limit()), size);
  }

  /**
   * Offers a reason to take a concept, which is kept where it is the best one so far.
   *
   * @param rank the rank of the concept's code
   * @param row the row of it that is answered
   * @param nameScore how well the name or the code agrees
   * @param name the name or the code that does
   * @param exact whether it agrees exactly
   * @param former where the name is of the past; null where it is one of today
   * @param alone whether the name leads to nothing else
   * @param all what is known of the concept
   */
  void offer(
      int rank,
      int row,
      double nameScore,
      Kind kind,
      Name name,
      boolean exact,
      @Nullable Former former,
      boolean alone,
      List<Known> all) {
    Found before = concepts.get(rank);
    if (before != null && before.score() >= nameScore) {
      return;
    }
    if (!query.levels().isEmpty()
        && !query.levels().contains(point.referential().levels().get(codes.levelRank(row)).id())) {
      return;
    }
    Set<String> allowed = query.among();
    if (allowed != null && !allowed.contains(codes.code(rank))) {
      return;
    }
    double score = nameScore;
    boolean contradicted = false;
    boolean sure = exact;
    for (Known one : all) {
      double agreement = one.constraint().agreement(point, codes, rank);
      if (agreement < 0.5) {
        if (one.required()) {
          return;
        }
        contradicted = true;
      } else if (agreement < 1 && one.constraint() instanceof Constraint.Codes) {
        sure = false;
      }
      score *= 1 - one.weight() * (1 - agreement);
    }
    if (before == null || score > before.score()) {
      concepts.put(
          rank,
          new Found(
              rank, row, score, nameScore, kind, name, sure, former, alone, contradicted, all));
    }
  }

  /** A concept with how long its name is: what is compared often is counted once. */
  private record Ordered(Found found, int length) {}

  /** What was collected, the best first. */
  List<Hit> list() {
    Comparator<Ordered> order =
        Comparator.comparingDouble((Ordered o) -> -o.found().score())
            .thenComparing(o -> o.found().kind() != Kind.CODE)
            .thenComparingInt(o -> -index.weight(o.found().rank()))
            .thenComparingInt(Ordered::length)
            .thenComparingInt(o -> codes.levelRank(o.found().row()))
            .thenComparingInt(o -> o.found().rank());
    List<Found> all =
        concepts.values().stream()
            .map(f -> new Ordered(f, codes.labelLength(f.row())))
            .sorted(order)
            .map(Ordered::found)
            .toList();
    List<Hit> hits = new ArrayList<>(Math.min(all.size(), query.limit()));
    for (Found found : all.subList(0, Math.min(all.size(), query.limit()))) {
      hits.add(hit(found, hits.isEmpty() && isCertain(found, all)));
    }
    return hits;
  }

  /** Whether the best answer can be taken without a look. */
  private static boolean isCertain(Found best, List<Found> all) {
    if (!best.exact() || best.contradicted() || !best.alone()) {
      return false;
    }
    if (best.kind() == Kind.CODE) {
      return true;
    }
    for (Found other : all) {
      if (other != best && other.kind() == Kind.NAME && !other.contradicted()) {
        return false;
      }
    }
    return true;
  }

  private Hit hit(Found found, boolean certain) {
    List<Feature> features = new ArrayList<>(1 + found.known().size());
    features.add(new Feature("name", round(found.nameScore())));
    for (Known one : found.known()) {
      features.add(
          new Feature(
              one.property(), round(100 * one.constraint().agreement(point, codes, found.rank()))));
    }
    return new Hit(
        codes.code(found.rank()),
        codes.label(found.row()),
        point.referential().levels().get(codes.levelRank(found.row())).id(),
        present.holds(found.row()),
        round(found.score()),
        found.kind(),
        text(found.name()),
        withDoubt(found.former()),
        index.weight(found.rank()),
        features,
        certain);
  }

  private String text(Name name) {
    String text = name.text();
    return text == null ? codes.label(name.row(), name.language()) : text;
  }

  /**
   * The same with what two lists leave open of its end: only what is answered is asked for that.
   */
  private @Nullable Former withDoubt(@Nullable Former former) {
    if (former == null) {
      return null;
    }
    Knowledge knowledge = codes.codes().knowledge(point.release());
    for (ConceptState state : codes.codes().listStates(former.code(), point.release())) {
      if (former.until().equals(state.validity().to())) {
        return new Former(former.code(), former.until(), knowledge.findEndsAfter(state));
      }
    }
    return former;
  }

  private static double round(double score) {
    return Math.round(score * 100) / 100.0;
  }
}
