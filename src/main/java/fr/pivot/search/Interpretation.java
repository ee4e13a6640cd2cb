package fr.pivot.search;

import fr.pivot.registry.NameWords;
import fr.pivot.search.Ranking.Known;
import fr.pivot.search.index.NameIndex;
import fr.pivot.search.index.Spelling;
import fr.pivot.search.index.WordMatches;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A way to read a question, made ready to be held against names. Serves one question. */
final class Interpretation {

  /** What is not at least as near is no answer. */
  static final double LEAST = 0.6;

  /** How near what is not the same can be at most. */
  static final double LIKEST = 0.999;

  private static final double OTHER_ACCENTS = 3.5;
  private static final double NO_ACCENTS = 0.25;
  private static final double OTHER_SPACES = 1;

  /** What a name is nearer by, that begins with the same letter. */
  private static final double SAME_BEGINNING = 0.002;

  /** What a letter left out costs, or two that are swapped, where a wrong letter costs 1. */
  private static final double LIKELY = 0.75;

  private static final int MOST_WORDS = 12;

  private final NameIndex index;
  private final ParsedQuestion asked;
  private final List<Known> known;
  private final int @Nullable [] required;
  private final int @Nullable [] few;

  /** The spelling of the name with and without what stands before it, once it is asked for. */
  private @Nullable Spelling whole;

  private @Nullable Spelling bare;

  private final long letters;
  private final boolean unfinished;

  /** The words that its words may be, once they are asked for. */
  private @Nullable List<WordMatches> matches;

  /**
   * Makes a way ready.
   *
   * @param known what is known of the concept, with what the text says beside the name
   * @param required the few codes of which the concept must be one; null where they are many
   * @param few the few codes of which it probably is one; null where they are many
   * @param unfinished whether the last word may be unfinished
   */
  Interpretation(
      NameIndex index,
      ParsedQuestion asked,
      List<Known> known,
      int @Nullable [] required,
      int @Nullable [] few,
      boolean unfinished) {
    this.index = index;
    this.asked = asked;
    this.known = known;
    this.required = required;
    this.few = few;
    this.letters = Spelling.letters(asked.name().bare());
    this.unfinished = unfinished;
  }

  private Spelling bare() {
    Spelling known = bare;
    if (known == null) {
      known = new Spelling(words().bare());
      bare = known;
    }
    return known;
  }

  private Spelling whole() {
    Spelling known = whole;
    if (known == null) {
      known = new Spelling(words().lead().replace(" ", "") + words().bare());
      whole = known;
    }
    return known;
  }

  /** The words of the name. */
  NameWords words() {
    return asked.name();
  }

  /** Whether nothing of the text is passed over. */
  boolean isWhole() {
    return asked.whole();
  }

  /** What is known of the concept. */
  List<Known> known() {
    return known;
  }

  /** The ranks of the few codes of which the concept must be one; null where they are many. */
  int @Nullable [] required() {
    return required;
  }

  /** The ranks of the few codes of which it probably is one; null where they are many. */
  int @Nullable [] few() {
    return few;
  }

  /** The words that its words may be. */
  List<WordMatches> matches() {
    List<WordMatches> known = matches;
    if (known == null) {
      List<String> words = words().words();
      known = new ArrayList<>(words.size());
      for (int i = 0; i < words.size() && i < MOST_WORDS; i++) {
        known.add(new WordMatches(index, words.get(i), unfinished && i == words.size() - 1));
      }
      matches = known;
    }
    return known;
  }

  /** The set of the letters of the name. */
  long letters() {
    return letters;
  }

  /**
   * How near the spelling of a name is, from 0 to 1, which is itself.
   *
   * @param most how many letters may be wrong
   */
  double spelling(int key, int most) {
    int length = index.length(key);
    int longest = Math.max(length, words().bare().length());
    int bound = Math.min(most, (int) ((1 - LEAST) * longest / LIKELY));
    int apart = Long.bitCount(letters ^ index.letterSet(key));
    if (apart > Spelling.mostApart(bound, length, words().bare().length())) {
      return 0;
    }
    int changes = index.distance(bare(), key, bound);
    if (changes > bound) {
      return 0;
    }
    if (changes == 0) {
      return 1;
    }
    double same = index.beginsWith(key, words().bare().charAt(0)) ? SAME_BEGINNING : 0;
    return Math.min(LIKEST, 1 - cost(changes, key) / longest + same);
  }

  /**
   * What changes cost. Of two names that are as many changes away, the one that explains them by
   * letters left out or swapped is likelier than the one that needs certain other letters: there
   * are twenty-five wrong letters for each right one.
   */
  private double cost(int changes, int key) {
    int leftOut = Math.max(0, index.length(key) - words().bare().length());
    int others = Math.max(0, changes - leftOut);
    int apart = Long.bitCount(letters ^ index.letterSet(key));
    return LIKELY * Math.min(changes, leftOut) + (apart <= leftOut ? LIKELY : 1) * others;
  }

  /**
   * How much two names have in common, word by word.
   *
   * @param nearness from 0 to 1
   * @param all whether the name has every word of the question
   */
  record Covered(double nearness, boolean all) {}

  /** How much of a name the question covers, and the other way round. */
  Covered cover(int key) {
    int first = index.firstWord(key);
    int end = index.firstWord(key + 1);
    long used = 0;
    double sought = 0;
    double found = 0;
    boolean all = true;
    boolean inOrder = true;
    int last = -1;
    for (WordMatches match : matches()) {
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
        sought += match.telling();
        continue;
      }
      double told = index.telling(index.wordOfKey(best));
      used |= 1L << best - first;
      sought += told;
      found += told * bestNearness;
      all &= bestNearness >= 1;
      inOrder &= best > last;
      last = best;
    }
    if (found == 0) {
      return new Covered(0, false);
    }
    double telling = 0;
    for (int i = first; i < end; i++) {
      telling += index.telling(index.wordOfKey(i));
    }
    double ofQuestion = found / sought;
    double ofName = found / telling;
    double nearness = 2 * ofQuestion * ofName / (ofQuestion + ofName);
    return new Covered(inOrder ? nearness : 0.97 * nearness, all);
  }

  /** How near a name is with what stands before it, where that may be wrong too, from 0 to 1. */
  double withLead(int key, String lead) {
    String before = lead.replace(" ", "");
    Spelling own = whole();
    int longest = Math.max(before.length() + index.length(key), own.pattern().length());
    int changes = index.distance(own, before, key);
    return Math.min(LIKEST, 1 - (double) changes / longest);
  }

  /** What a name is worse by that has other accents or spaces than the question. */
  double otherwiseWritten(String name) {
    double worse = 0;
    String written = accents(asked.text());
    String own = accents(name);
    if (!written.equals(own)) {
      worse += written.isEmpty() ? NO_ACCENTS : OTHER_ACCENTS;
    }
    if (spaces(name) != spaces(asked.text())) {
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
}
