package fr.pivot.search;

import fr.pivot.registry.NameWords;
import fr.pivot.registry.Point;
import fr.pivot.search.FoundConcepts.Name;
import fr.pivot.search.Hit.Former;
import fr.pivot.search.Hit.Kind;
import fr.pivot.search.index.IndexedCodes;
import fr.pivot.search.index.NameIndex;
import fr.pivot.search.index.WordMatches;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks for what a question may have meant at a point, and says how well each reason answers it.
 * The best reasons come first: the code, the name, a beginning of the name, all its words, nearly
 * its spelling. Serves one question.
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
  private final boolean typed;
  private final int @Nullable [] among;
  private final List<Known> known;
  private final FoundConcepts found;

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

  Ranking(Point point, NameIndex index, CurrentCodes present, Query query, List<Known> known) {
    this.point = point;
    this.index = index;
    this.codes = index.codes();
    this.present = present;
    this.query = query;
    this.typed = query.mode() == Query.Mode.TYPED;
    this.among = among(query, codes);
    this.known = known;
    this.found = new FoundConcepts(point, index, present, query);
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
      found.offer(rank, row, score, kind, Name.of(name), score >= 100, null, true, known);
    } else {
      int last = present.lastRow(rank);
      if (last >= 0) {
        addFormer(rank, last, score, kind, Name.of(name), score >= 100, known);
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

  /** Adds what begins so, where the text may be unfinished and may mean anything. */
  void addBeginnings(Interpretation way) {
    if (typed && way.required() == null) {
      String bare = way.words().bare();
      int[] range = index.range(bare);
      NameIndex.Heaviest heaviest = index.heaviest(range[0], range[1]);
      int left = MOST_KEYS;
      for (int key = heaviest.next(); key >= 0 && left > 0; key = heaviest.next(), left--) {
        if (index.length(key) > bare.length()) {
          offer(key, BEGINNING, Kind.PREFIX, way);
        }
        if (found.size() >= query.limit() + SPARE) {
          return;
        }
      }
    }
  }

  /**
   * Adds what is called nearly so, or so among other words; what begins so is there already.
   *
   * @param least the score of which nothing below is needed
   */
  void addLike(Interpretation way, double least) {
    if (typed
        && way.required() == null
        && (found.isEnough(BEGINNING - FORMER) || least > ALL_WORDS + ROUNDING)) {
      return;
    }
    if (typed) {
      new NearNames(index, query, way, this::offer).addAll(false);
    }
    // Names that are there exactly need no look at those that are spelt like them.
    if (!found.isSettled()
        && !(typed && (found.isEnough(ALL_WORDS - FORMER) || least > NEARLY + ROUNDING))) {
      way.matches().forEach(WordMatches::spell);
      new NearNames(index, query, way, this::offer).addAll(true);
    }
  }

  /** What a name that is quite near scores. */
  static double nearly(Query query) {
    return query.mode() == Query.Mode.TYPED ? NEARLY : NOT_EXACT;
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
          double worse = exact ? way.otherwiseWritten(codes.label(row, language)) : 0;
          Name said = new Name(null, row, language);
          found.offer(rank, row, own - worse, kind, said, exact, null, true, all);
          return;
        }
        if (present.end(row) != null) {
          ended = row;
        }
      }
    }
    if (ended >= 0) {
      double worse = exact ? way.otherwiseWritten(codes.label(ended, language)) : 0;
      addFormer(rank, ended, own - worse, kind, new Name(null, ended, language), exact, all);
    }
  }

  private void addFormer(
      int rank, int row, double score, Kind kind, Name name, boolean exact, List<Known> all) {
    LocalDate end = present.end(row);
    if (end == null) {
      return;
    }
    Former former = new Former(codes.code(rank), end, null);
    if (query.ceased()) {
      found.offer(rank, row, score, kind, name, exact, former, true, all);
      return;
    }
    int[] heirs = present.find(rank, row);
    if (heirs.length == 0) {
      found.offer(rank, row, score - 2 * FORMER, kind, name, false, former, false, all);
    }
    for (int heir : heirs) {
      int now = present.row(heir);
      if (now >= 0) {
        double own =
            score
                - (exact ? FORMER : FORMER_NEARLY)
                - (heirs.length > 1 ? ONE_OF_SEVERAL_HEIRS : 0);
        found.offer(heir, now, own, kind, name, exact, former, heirs.length == 1, all);
      }
    }
  }

  /** The best scores so far, as many as are wanted at most, the best last. */
  double[] bestScores() {
    return found.bestScores();
  }

  /** What was collected, the best first. */
  List<Hit> list() {
    return found.list();
  }
}
