package fr.pivot.registry;

import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many codes were asked for since the start, one by one and in bulk: by referential, edition
 * and outcome, and by nothing that says who asked or which codes. There are as many counts as
 * editions.
 */
@Singleton
public final class AskedCodes {

  private final Map<Edition, Tally> tallies = new ConcurrentHashMap<>();

  /** What became of a question for a code. */
  public enum Outcome {
    /** There was an answer. */
    FOUND,
    /** The code exists, but not on that day. */
    NOT_IN_FORCE,
    /** Nobody knows of that day. */
    NOT_KNOWN,
    /** No edition ever knew it. */
    UNKNOWN;

    /** As it is written: {@code not-in-force}. */
    public String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** That of an answer. */
    public static Outcome of(CodeAnswer answer) {
      return switch (answer) {
        case CodeAnswer.Found _ -> FOUND;
        case CodeAnswer.NotInForce _ -> NOT_IN_FORCE;
        case CodeAnswer.BeforeHorizon _ -> NOT_KNOWN;
        case CodeAnswer.Unknown _ -> UNKNOWN;
      };
    }
  }

  /**
   * An edition.
   *
   * @param referential the id of its referential
   */
  public record Edition(String referential, String edition) implements Comparable<Edition> {

    @Override
    public int compareTo(Edition other) {
      int first = referential.compareTo(other.referential);
      return first != 0 ? first : edition.compareTo(other.edition);
    }
  }

  /** The counts of an edition; safe for any number of threads. */
  public static final class Tally {
    private final LongAdder[] counts = new LongAdder[Outcome.values().length];

    Tally() {
      for (int i = 0; i < counts.length; i++) {
        counts[i] = new LongAdder();
      }
    }

    /** Counts an answer. */
    public void count(Outcome outcome) {
      counts[outcome.ordinal()].increment();
    }

    /** How many there were. */
    public long total(Outcome outcome) {
      return counts[outcome.ordinal()].sum();
    }
  }

  /** The counts of the edition of a point. */
  public Tally of(Point point) {
    return tallies.computeIfAbsent(
        new Edition(point.referential().id(), point.release().edition()), _ -> new Tally());
  }

  /** All counts, by edition. */
  public Map<Edition, Tally> list() {
    return new TreeMap<>(tallies);
  }
}
