package fr.pivot.search;

import fr.pivot.codebook.Codebook;
import fr.pivot.lookup.Point;
import fr.pivot.search.Hit.Feature;
import fr.pivot.search.Hit.Former;
import fr.pivot.search.Hit.Kind;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
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
  private static final double OTHER_ACCENTS = 3.5;
  private static final double NO_ACCENTS = 0.25;
  private static final double OTHER_SPACES = 1;
  private static final double PASSED_OVER = 4;
  private static final double OTHER_KIND = 5;
  private static final double FORMER = 3;
  private static final double FORMER_NEARLY = 1.5;
  private static final double ONE_OF_SEVERAL_HEIRS = 5;
  private static final double LINKED = 92;
  private static final double BEGINNING = 90;
  private static final double CODE_BEGINNING = 88;
  private static final double ALL_WORDS = 80;
  private static final double NEARLY = 74;
  private static final double NOT_EXACT = 94;

  /** What is not at least as near is no answer. */
  private static final double LEAST = 0.6;

  /** What a name is nearer by, that begins with the same letter. */
  private static final double SAME_BEGINNING = 0.002;

  /** What a letter left out costs, or two that are swapped, where a wrong letter costs 1. */
  private static final double LIKELY = 0.75;

  /** How many more are collected than asked for, since some turn out to be less likely. */
  private static final int SPARE = 20;

  private static final int MOST_OFFERED = 400;
  private static final int MOST_WORDS = 12;

  /** What is left of a score where something else that is known contradicts it. */
  private static final double CONTRADICTED = 0.7;

  /** Sets of codes up to this size are gone through name by name. */
  private static final int FEW = 2_500;

  private static final int MOST_KEYS = 2_000;

  private final Point point;
  private final NameIndex index;
  private final Codebook book;
  private final Present present;
  private final Query query;
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

  Ranking(Point point, NameIndex index, Present present, Query query, List<Known> known) {
    this.point = point;
    this.index = index;
    this.book = index.book();
    this.present = present;
    this.query = query;
    this.known = known;
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
    Set<String> among = query.among();
    if (among != null && among.size() <= FEW && (least == null || among.size() < least.length)) {
      least = among.stream().mapToInt(book::rank).filter(r -> r >= 0).sorted().toArray();
    }
    return least;
  }

  /** Adds the code that the text is, and those that begin with it where it may be unfinished. */
  void addCode(String text) {
    Optional<String> code = book.findCanonical(text);
    if (code.isPresent()) {
      addCode(book.rank(code.get()), Kind.CODE, 100, code.get());
      return;
    }
    int missing = point.referential().example().length() - text.length();
    boolean digits = text.chars().allMatch(c -> c >= '0' && c <= '9');
    if (digits && missing > 0 && missing <= 2) {
      book.findCanonical("0".repeat(missing) + text)
          .ifPresent(padded -> addCode(book.rank(padded), Kind.CODE, 95, padded));
    }
    if (query.mode() == Query.Mode.TYPED) {
      String beginning = text.toUpperCase(Locale.ROOT);
      int rank = book.rank(beginning);
      boolean figures = beginning.chars().anyMatch(c -> c >= '0' && c <= '9');
      int left = MOST_KEYS;
      for (int i = rank < 0 ? -rank - 1 : rank;
          i < book.size() && left > 0 && book.code(i).startsWith(beginning);
          i++, left--) {
        addCode(i, Kind.CODE_PREFIX, figures ? BEGINNING + 1 : CODE_BEGINNING, book.code(i));
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
   * A way to read the question.
   *
   * @param known what is known of the concept, with what the text says beside the name
   * @param asked the way
   * @param whole the name with what stands before it, ready to be held against others
   * @param spelling the name without spaces, ready to be held against others
   * @param letters the set of its letters
   * @param matches the words that its words may be
   */
  record Way(
      Asked asked,
      List<Known> known,
      Spelling whole,
      Spelling spelling,
      long letters,
      List<WordMatches> matches) {

    /** The words of the name. */
    NameWords words() {
      return asked.name();
    }
  }

  /**
   * Prepares a way to read the question.
   *
   * @param asked the way
   * @param surroundings what the text itself says beside the name
   */
  Way read(Asked asked, List<Known> surroundings) {
    NameWords words = asked.name();
    List<Known> all = known;
    if (!surroundings.isEmpty()) {
      all = new ArrayList<>(known);
      all.addAll(surroundings);
    }
    boolean typed = query.mode() == Query.Mode.TYPED;
    List<WordMatches> matches = new ArrayList<>(words.words().size());
    for (int i = 0; i < words.words().size() && i < MOST_WORDS; i++) {
      boolean last = i == words.words().size() - 1;
      matches.add(new WordMatches(index, words.words().get(i), typed && last));
    }
    return new Way(
        asked,
        all,
        new Spelling(words.lead().replace(" ", "") + words.bare()),
        new Spelling(words.bare()),
        Spelling.letters(words.bare()),
        matches);
  }

  /** Adds what is called exactly so. */
  void addSame(Way way) {
    addSame(way.words(), way);
    way.words().withoutJoinedArticle().forEach(words -> addSame(words, way));
  }

  private void addSame(NameWords words, Way way) {
    int same = index.find(words.bare());
    if (same >= 0) {
      for (int name = index.firstName(same); name < index.firstName(same + 1); name++) {
        if (words.equals(way.words()) || words.lead().equals(index.lead(name))) {
          offerName(
              same, name, way.asked().whole() ? 100 : 100 - PASSED_OVER, Kind.NAME, words, way);
        }
      }
    }
  }

  /** Adds what is called nearly so, or so among other words. */
  void addLike(Way way) {
    boolean typed = query.mode() == Query.Mode.TYPED;
    if (typed && few(way.known(), true) == null) {
      addBeginnings(way);
      if (isEnough(BEGINNING - FORMER)) {
        return;
      }
    }
    if (!typed && isSettled()) {
      // Whole names that are there exactly need no look at those that are like them.
      return;
    }
    if (typed) {
      new Near(way).addAll(false);
    }
    if (!isSettled() && !(typed && isEnough(ALL_WORDS - FORMER))) {
      way.matches().forEach(WordMatches::spell);
      new Near(way).addAll(true);
    }
  }

  /** How many letters of a whole name may be wrong. */
  private static int mostChanges(int length) {
    return length >= 12 ? 3 : WordMatches.mostChanges(length);
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

  private void addBeginnings(Way way) {
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

  /** The names that are near a question, of which the nearest are offered. */
  private final class Near {
    private final Way way;
    private final BitSet seen = new BitSet(index.size());
    private int[] keys = new int[64];
    private double[] scores = new double[64];
    private boolean[] whole = new boolean[64];
    private int size;
    private int tried;

    Near(Way way) {
      this.way = way;
    }

    /**
     * Looks for the names, and offers them.
     *
     * @param spelt whether to look at spellings; otherwise at words alone
     */
    void addAll(boolean spelt) {
      int length = way.words().bare().length();
      boolean typed = query.mode() == Query.Mode.TYPED;
      if (!typed) {
        // Before the few, of which only the spelling is looked at.
        addWords();
      }
      int[] few = few(way.known(), false);
      if (few != null) {
        for (int rank : few) {
          for (int i = index.firstKeyOfRank(rank); i < index.firstKeyOfRank(rank + 1); i++) {
            if (typed) {
              addTyped(index.keyOfRank(i));
            } else {
              addSpelling(index.keyOfRank(i), length);
            }
          }
        }
      }
      if (typed) {
        addWords();
      }
      if (spelt && few(way.known(), true) == null) {
        int most = mostChanges(length);
        index.forEachLike(way.letters(), length, most, key -> addSpelling(key, most));
      }
      offerNearest();
    }

    /** Adds the names that have words of the question, looked for by those that tell most. */
    private void addWords() {
      List<WordMatches> rarest = new ArrayList<>(way.matches());
      rarest.sort(Comparator.comparingLong(WordMatches::frequency));
      for (WordMatches one : rarest) {
        one.forEach(
            word -> {
              int to = index.firstKey(word + 1);
              if (tried + to - index.firstKey(word) <= MOST_KEYS) {
                for (int i = index.firstKey(word); i < to; i++) {
                  addWithWords(index.keyOfWord(i));
                }
              }
            });
      }
    }

    private void addTyped(int key) {
      if (index.startsWith(key, way.words().bare())) {
        if (isNew(key) && index.length(key) > way.words().bare().length()) {
          offer(key, BEGINNING, Kind.PREFIX, way);
        }
      } else {
        addWithWords(key);
      }
    }

    private boolean isNew(int key) {
      if (seen.get(key)) {
        return false;
      }
      seen.set(key);
      tried++;
      return true;
    }

    private void addWithWords(int key) {
      if (!isNew(key)) {
        return;
      }
      double spelling = spelling(key, way.words().bare().length());
      if (spelling < 1) {
        Covered covered = cover(key, way.matches());
        if (covered.all() && query.mode() == Query.Mode.TYPED) {
          keep(key, ALL_WORDS, true);
        } else {
          keepNear(
              key,
              Math.max(spelling, covered.nearness()),
              covered.all() && covered.nearness() >= spelling);
        }
      }
    }

    private void addSpelling(int key, int most) {
      if (isNew(key)) {
        double spelling = spelling(key, most);
        if (spelling < 1) {
          keepNear(key, spelling, false);
        }
      }
    }

    private void keepNear(int key, double near, boolean allWords) {
      if (near >= LEAST) {
        boolean typed = query.mode() == Query.Mode.TYPED;
        keep(key, (typed ? NEARLY : NOT_EXACT) * Math.min(0.999, near), allWords);
      }
    }

    /**
     * How near the spelling of a name is, from 0 to 1, which is itself.
     *
     * @param most how many letters may be wrong
     */
    private double spelling(int key, int most) {
      int length = index.length(key);
      int longest = Math.max(length, way.words().bare().length());
      int bound = Math.min(most, (int) ((1 - LEAST) * longest / LIKELY));
      if (Long.bitCount(way.letters() ^ index.letterSet(key)) > 2 * bound) {
        return 0;
      }
      int changes = index.distance(way.spelling(), key, bound);
      if (changes > bound) {
        return 0;
      }
      if (changes == 0) {
        return 1;
      }
      double same = index.beginsWith(key, way.words().bare().charAt(0)) ? SAME_BEGINNING : 0;
      return Math.min(0.999, 1 - cost(changes, key) / longest + same);
    }

    /**
     * What changes cost. Of two names that are as many changes away, the one that explains them by
     * letters left out or swapped is likelier than the one that needs certain other letters: there
     * are twenty-five wrong letters for each right one.
     */
    private double cost(int changes, int key) {
      int leftOut = Math.max(0, index.length(key) - way.words().bare().length());
      int others = Math.max(0, changes - leftOut);
      int apart = Long.bitCount(way.letters() ^ index.letterSet(key));
      return LIKELY * Math.min(changes, leftOut) + (apart <= leftOut ? LIKELY : 1) * others;
    }

    private void keep(int key, double score, boolean allWords) {
      if (size == keys.length) {
        keys = Arrays.copyOf(keys, 2 * size);
        scores = Arrays.copyOf(scores, 2 * size);
        whole = Arrays.copyOf(whole, 2 * size);
      }
      keys[size] = key;
      scores[size] = score;
      whole[size++] = allWords;
    }

    private void offerNearest() {
      Integer[] order = new Integer[size];
      Arrays.setAll(order, i -> i);
      Arrays.sort(
          order,
          Comparator.comparingDouble((Integer i) -> -scores[i])
              .thenComparingInt(i -> -index.weightOfKey(keys[i])));
      double best = 0;
      int offered = 0;
      for (int i : order) {
        best = Math.max(best, scores[i]);
        if (offered++ > query.limit() + SPARE && scores[i] < CONTRADICTED * best
            || offered > MOST_OFFERED) {
          return;
        }
        offer(keys[i], scores[i], whole[i] ? Kind.WORDS : Kind.SPELLING, way);
      }
    }
  }

  /**
   * How much two names have in common, word by word.
   *
   * @param nearness from 0 to 1
   * @param all whether the name has every word of the question
   */
  private record Covered(double nearness, boolean all) {}

  private Covered cover(int key, List<WordMatches> matches) {
    int first = index.firstWord(key);
    int end = index.firstWord(key + 1);
    long used = 0;
    double asked = 0;
    double askedFound = 0;
    double found = 0;
    boolean all = true;
    boolean inOrder = true;
    int last = -1;
    for (WordMatches match : matches) {
      int best = -1;
      double bestNearness = 0;
      for (int i = first; i < end && i - first < 64; i++) {
        if ((used >> i - first & 1) == 0) {
          double nearness = match.nearness(index.wordOfKey(i));
          if (nearness > bestNearness) {
            best = i;
            bestNearness = nearness;
          }
        }
      }
      if (best < 0) {
        all = false;
        asked += match.telling();
        continue;
      }
      double telling = index.telling(index.wordOfKey(best));
      used |= 1L << best - first;
      asked += telling;
      askedFound += telling * bestNearness;
      found += telling * bestNearness;
      all &= bestNearness >= 1;
      inOrder &= best > last;
      last = best;
    }
    if (askedFound == 0) {
      return new Covered(0, false);
    }
    double whole = 0;
    for (int i = first; i < end; i++) {
      whole += index.telling(index.wordOfKey(i));
    }
    double ofQuestion = askedFound / asked;
    double ofName = found / whole;
    double nearness = 2 * ofQuestion * ofName / (ofQuestion + ofName);
    return new Covered(inOrder ? nearness : 0.97 * nearness, all);
  }

  private void offer(int key, double score, Kind kind, Way way) {
    for (int name = index.firstName(key); name < index.firstName(key + 1); name++) {
      offerName(key, name, score, kind, way.words(), way);
    }
  }

  private void offerName(int key, int name, double score, Kind kind, NameWords words, Way way) {
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
      own = Math.max(own, withLead(key, lead, way));
    }
    int rank = index.rank(name);
    int ended = -1;
    for (int i = index.firstRow(name); i < index.firstRow(name + 1); i++) {
      int row = index.row(i);
      if (present.isStated(row)) {
        if (present.holds(row)) {
          String text = text(row, language);
          double worse = exact ? otherwiseWritten(text, way) : 0;
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
      double worse = exact ? otherwiseWritten(text, way) : 0;
      addFormer(rank, ended, own - worse, kind, text, exact, all);
    }
  }

  /** How near a name is with what stands before it, where that may be wrong too. */
  private double withLead(int key, String lead, Way way) {
    String before = lead.replace(" ", "");
    int longest = Math.max(before.length() + index.length(key), way.whole().pattern().length());
    int changes = index.distance(way.whole(), before, key);
    return (query.mode() == Query.Mode.TYPED ? NEARLY : NOT_EXACT)
        * Math.min(0.999, 1 - (double) changes / longest);
  }

  /** What a name is worse by that has other accents or spaces than the question. */
  private static double otherwiseWritten(String name, Way way) {
    double worse = 0;
    String asked = accents(way.asked().text());
    String own = accents(name);
    if (!asked.equals(own)) {
      worse += asked.isEmpty() ? NO_ACCENTS : OTHER_ACCENTS;
    }
    if (spaces(name) != spaces(way.asked().text())) {
      worse += OTHER_SPACES;
    }
    return worse;
  }

  /** The letters of a text that have an accent, in small letters. */
  private static String accents(String text) {
    StringBuilder letters = new StringBuilder(0);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0xC0 && Character.isLetter(c)) {
        letters.append(Character.toLowerCase(c));
      }
    }
    return letters.toString();
  }

  private static int spaces(String text) {
    int count = 0;
    for (int i = 1; i < text.length() - 1; i++) {
      if (!Character.isLetterOrDigit(text.charAt(i))
          && Character.isLetterOrDigit(text.charAt(i - 1))) {
        count++;
      }
    }
    return count;
  }

  private String text(int row, String language) {
    return book.otherLabels(row).getOrDefault(language, book.label(row));
  }

  private void addFormer(
      int rank, int row, double score, Kind kind, String name, boolean exact, List<Known> all) {
    LocalDate end = present.end(row);
    if (end == null) {
      return;
    }
    Former former = new Former(book.code(rank), end);
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
        && !query.levels().contains(point.referential().levels().get(book.levelRank(row)).id())) {
      return;
    }
    Set<String> among = query.among();
    if (among != null && !among.contains(book.code(rank))) {
      return;
    }
    double score = nameScore;
    boolean contradicted = false;
    boolean sure = exact;
    for (Known one : all) {
      double agreement = one.constraint().agreement(point, rank);
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
            .thenComparingInt(f -> book.label(f.row()).length())
            .thenComparingInt(f -> book.levelRank(f.row()))
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
              one.property(), round(100 * one.constraint().agreement(point, found.rank()))));
    }
    return new Hit(
        book.code(found.rank()),
        book.label(found.row()),
        point.referential().levels().get(book.levelRank(found.row())).id(),
        present.holds(found.row()),
        round(found.score()),
        found.kind(),
        found.name(),
        found.former(),
        index.weight(found.rank()),
        features,
        certain);
  }

  private static double round(double score) {
    return Math.round(score * 100) / 100.0;
  }
}
