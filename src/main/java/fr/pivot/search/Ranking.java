package fr.pivot.search;

import fr.pivot.referential.ConceptState;
import fr.pivot.registry.Knowledge;
import fr.pivot.registry.NameWords;
import fr.pivot.registry.Point;
import fr.pivot.search.Hit.Feature;
import fr.pivot.search.Hit.Former;
import fr.pivot.search.Hit.Kind;
import fr.pivot.search.index.IndexedCodes;
import fr.pivot.search.index.NameIndex;
import fr.pivot.search.index.WordMatches;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a question may have meant, and ranks it. The best reasons come first: the code, the
 * name, a beginning of the name, all its words, nearly its spelling; then the greater population,
 * the shorter name, the higher level, the code. Serves one question.
 */
final class Ranking {

  private static final double OTHER_LANGUAGE = 2;
  private static final double PART = 2;
  private static final double ACRONYM = 8;
  private static final double OTHER_ARTICLE = 4;
  private static final double PASSED_OVER = 4;
  private static final double OTHER_KIND = 5;
  private static final double FORMER = 3;
  private static final double FORMER_NEARLY = 1.5;
  private static final double ONE_OF_SEVERAL_HEIRS = 5;
  private static final double LINKED = 92;
  static final double BEGINNING = 90;
  private static final double CODE_BEGINNING = 88;
  static final double ALL_WORDS = 80;
  private static final double NEARLY = 74;
  private static final double NOT_EXACT = 94;

  /** How far a score that is given may be from the one that was worked out. */
  private static final double ROUNDING = 0.01;

  /** How many more are collected than asked for, since some turn out to be less likely. */
  static final int SPARE = 20;

  /** What is left of a score where something else that is known contradicts it. */
  static final double CONTRADICTED = 0.7;

  /** Sets of codes up to this size are gone through name by name. */
  private static final int FEW = 2_500;

  static final int MOST_KEYS = 2_000;

  private final Point point;
  private final NameIndex index;
  private final IndexedCodes codes;
  private final CurrentCodes present;
  private final Query query;
  private final double least;
  private final boolean typed;
  private final int @Nullable [] among;
  private final List<Known> known;
  private final Map<Integer, Found> concepts = new HashMap<>();

  /**
   * Something known of the concept.
   *
   * @param property what it is called in answers
   * @param constraint what it means here
   * @param required whether what contradicts it is no answer
   */
  record Known(String property, Constraint constraint, boolean required) {

    /** How much of a score a contradiction takes away. */
    double weight() {
      return switch (constraint) {
        case Constraint.Codes _, Constraint.Levels _ -> 1 - CONTRADICTED;
        case Constraint.Attribute _ -> 0.2;
        case Constraint.Figure _ -> 0.15;
      };
    }
  }

  /** A concept with its best reason. */
  private record Found(
      int rank,
      int row,
      double score,
      double nameScore,
      Kind kind,
      String name,
      boolean exact,
      @Nullable Former former,
      boolean alone,
      boolean contradicted,
      List<Known> known) {}

  Ranking(
      Point point,
      NameIndex index,
      CurrentCodes present,
      Query query,
      double least,
      List<Known> known) {
    this.point = point;
    this.index = index;
    this.codes = index.codes();
    this.present = present;
    this.query = query;
    this.least = least;
    this.typed = query.mode() == Query.Mode.TYPED;
    this.among = among(query, codes);
    this.known = known;
  }

  /** The ranks of the codes that answers may be, if they are few; null where they are many. */
  private static int @Nullable [] among(Query query, IndexedCodes all) {
    Set<String> codes = query.among();
    return codes == null || codes.size() > FEW
        ? null
        : codes.stream().mapToInt(all::rank).filter(r -> r >= 0).sorted().toArray();
  }

  /** The smallest of the sets of codes among what is known, if it is small. */
  private int @Nullable [] few(List<Known> all, boolean requiredOnly) {
    int[] least = null;
    for (Known one : all) {
      if (one.constraint() instanceof Constraint.Codes(int[] _, int[] ever, int[] _)
          && (one.required() || !requiredOnly)
          && ever.length <= FEW
          && (least == null || ever.length < least.length)) {
        least = ever;
      }
    }
    if (among != null && (least == null || among.length < least.length)) {
      least = among;
    }
    return least;
  }

  /** Adds the code that the text is, and those that begin with it where it may be unfinished. */
  void addCode(String text) {
    Optional<String> code = codes.codes().findCanonical(text);
    if (code.isPresent()) {
      addCode(codes.rank(code.get()), Kind.CODE, 100, code.get());
      return;
    }
    int missing = point.referential().example().length() - text.length();
    boolean digits = text.chars().allMatch(c -> c >= '0' && c <= '9');
    if (digits && missing > 0 && missing <= 2) {
      codes
          .codes()
          .findCanonical("0".repeat(missing) + text)
          .ifPresent(padded -> addCode(codes.rank(padded), Kind.CODE, 95, padded));
    }
    if (typed) {
      String beginning = text.toUpperCase(Locale.ROOT);
      boolean figures = beginning.chars().anyMatch(c -> c >= '0' && c <= '9');
      int left = MOST_KEYS;
      for (int i = codes.firstRank(beginning);
          i < codes.size() && left > 0 && codes.beginsWith(i, beginning);
          i++, left--) {
        addCode(i, Kind.CODE_PREFIX, figures ? BEGINNING + 1 : CODE_BEGINNING, codes.code(i));
      }
    }
  }

  /** Adds codes that are tied to what the text is the code of. */
  void addLinked(String text, Constraint.Codes codes) {
    for (int rank : codes.ranks()) {
      addCode(rank, Kind.LINKED, LINKED, text);
    }
  }

  private void addCode(int rank, Kind kind, double score, String name) {
    int row = present.row(rank);
    if (row >= 0) {
      offer(rank, row, score, kind, name, score >= 100, null, true, known);
    } else {
      int last = present.lastRow(rank);
      if (last >= 0) {
        addFormer(rank, last, score, kind, name, score >= 100, known);
      }
    }
  }

  /**
   * Prepares a way to read the question.
   *
   * @param asked the way
   * @param surroundings what the text itself says beside the name
   */
  Interpretation read(ParsedQuestion asked, List<Known> surroundings) {
    List<Known> all = known;
    if (!surroundings.isEmpty()) {
      all = new ArrayList<>(known);
      all.addAll(surroundings);
    }
    return new Interpretation(index, asked, all, few(all, true), few(all, false), typed);
  }

  /** Adds what is called exactly so. */
  void addSame(Interpretation way) {
    addSame(way.words(), way);
    way.words().withoutJoinedArticle().forEach(words -> addSame(words, way));
  }

  private void addSame(NameWords words, Interpretation way) {
    int same = index.find(words.bare());
    if (same >= 0) {
      for (int name = index.firstName(same); name < index.firstName(same + 1); name++) {
        if (words.equals(way.words()) || words.lead().equals(index.lead(name))) {
          offerName(same, name, way.isWhole() ? 100 : 100 - PASSED_OVER, Kind.NAME, words, way);
        }
      }
    }
  }

  /** Adds what is called nearly so, or so among other words. */
  void addLike(Interpretation way) {
    if (typed && way.required() == null) {
      addBeginnings(way);
      if (isEnough(BEGINNING - FORMER) || least > ALL_WORDS + ROUNDING) {
        return;
      }
    }
    if (typed) {
      new NearNames(index, query, way, this::offer).addAll(false);
    }
    // Names that are there exactly need no look at those that are spelt like them.
    if (!isSettled() && !(typed && isEnough(ALL_WORDS - FORMER))) {
      way.matches().forEach(WordMatches::spell);
      new NearNames(index, query, way, this::offer).addAll(true);
    }
  }

  /** What a name that is quite near scores. */
  static double nearly(Query query) {
    return query.mode() == Query.Mode.TYPED ? NEARLY : NOT_EXACT;
  }

  /** Whether there is an answer that fits exactly and that nothing contradicts. */
  private boolean isSettled() {
    for (Found found : concepts.values()) {
      if ((found.kind() == Kind.NAME || found.kind() == Kind.CODE && found.exact())
          && !found.contradicted()) {
        return true;
      }
    }
    return false;
  }

  /** Whether nothing below a score is needed any more. */
  private boolean isEnough(double score) {
    int count = 0;
    for (Found found : concepts.values()) {
      if (found.score() >= score && ++count >= query.limit()) {
        return true;
      }
    }
    return false;
  }

  private void addBeginnings(Interpretation way) {
    String bare = way.words().bare();
    int[] range = index.range(bare);
    NameIndex.Heaviest heaviest = index.heaviest(range[0], range[1]);
    int left = MOST_KEYS;
    for (int key = heaviest.next(); key >= 0 && left > 0; key = heaviest.next(), left--) {
      if (index.length(key) > bare.length()) {
        offer(key, BEGINNING, Kind.PREFIX, way);
      }
      if (concepts.size() >= query.limit() + SPARE) {
        return;
      }
    }
  }

  private void offer(int key, double score, Kind kind, Interpretation way) {
    for (int name = index.firstName(key); name < index.firstName(key + 1); name++) {
      offerName(key, name, score, kind, way.words(), way);
    }
  }

  private void offerName(
      int key, int name, double score, Kind kind, NameWords words, Interpretation way) {
    List<Known> all = way.known();
    double own = score;
    boolean exact = kind == Kind.NAME;
    String language = index.language(name);
    if (language.equals(NameIndex.ACRONYM)) {
      own -= ACRONYM;
      exact = false;
    } else if (language.equals(NameIndex.PART)) {
      own -= PART;
    } else if (!language.equals(NameIndex.OWN)) {
      own -= OTHER_LANGUAGE;
    }
    String lead = index.lead(name);
    if (!lead.equals(words.lead())) {
      boolean otherKind = !words.kind().isEmpty() && !NameWords.kind(lead).equals(words.kind());
      own -= otherKind ? OTHER_KIND : kind == Kind.NAME ? OTHER_ARTICLE : 1;
      exact &= !otherKind;
    }
    if (kind == Kind.SPELLING && !(lead.isEmpty() && words.lead().isEmpty())) {
      own = Math.max(own, nearly(query) * way.withLead(key, lead));
    }
    int rank = index.rank(name);
    int ended = -1;
    for (int i = index.firstRow(name); i < index.firstRow(name + 1); i++) {
      int row = index.row(i);
      if (present.isStated(row)) {
        if (present.holds(row)) {
          String text = text(row, language);
          double worse = exact ? way.otherwiseWritten(text) : 0;
          offer(rank, row, own - worse, kind, text, exact, null, true, all);
          return;
        }
        if (present.end(row) != null) {
          ended = row;
        }
      }
    }
    if (ended >= 0) {
      String text = text(ended, language);
      double worse = exact ? way.otherwiseWritten(text) : 0;
      addFormer(rank, ended, own - worse, kind, text, exact, all);
    }
  }

  private String text(int row, String language) {
    return codes.label(row, language);
  }

  private void addFormer(
      int rank, int row, double score, Kind kind, String name, boolean exact, List<Known> all) {
    LocalDate end = present.end(row);
    if (end == null) {
      return;
    }
    Former former = new Former(codes.code(rank), end, null);
    if (query.ceased()) {
      offer(rank, row, score, kind, name, exact, former, true, all);
      return;
    }
    int[] heirs = present.find(rank, row);
    if (heirs.length == 0) {
      offer(rank, row, score - 2 * FORMER, kind, name, false, former, false, all);
    }
    for (int heir : heirs) {
      int now = present.row(heir);
      if (now >= 0) {
        double own =
            score
                - (exact ? FORMER : FORMER_NEARLY)
                - (heirs.length > 1 ? ONE_OF_SEVERAL_HEIRS : 0);
        offer(heir, now, own, kind, name, exact, former, heirs.length == 1, all);
      }
    }
  }

  private void offer(
      int rank,
      int row,
      double nameScore,
      Kind kind,
      String name,
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

  /** What was collected, the best first. */
  List<Hit> list() {
    List<Found> all = new ArrayList<>(concepts.values());
    all.sort(
        Comparator.comparingDouble((Found f) -> -f.score())
            .thenComparingInt(f -> -index.weight(f.rank()))
            .thenComparingInt(f -> codes.labelLength(f.row()))
            .thenComparingInt(f -> codes.levelRank(f.row()))
            .thenComparingInt(Found::rank));
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
        found.name(),
        withDoubt(found.former()),
        index.weight(found.rank()),
        features,
        certain);
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
