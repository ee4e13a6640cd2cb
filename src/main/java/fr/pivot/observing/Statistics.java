package fr.pivot.observing;

import fr.pivot.observing.StatisticsStore.Asked;
import fr.pivot.registry.AskedCodes;
import fr.pivot.registry.AskedCodes.Edition;
import fr.pivot.registry.AskedCodes.Outcome;
import io.micronaut.context.BeanProvider;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is public of what is asked: how many codes, by day, edition and outcome. Days are told once
 * they are over, so that nobody sees a count grow by one; no count below {@value #FEWEST} is told,
 * and sums are of those that are, so that no difference tells one either.
 */
@Singleton
public final class Statistics {

  /** The smallest count that is told. */
  public static final int FEWEST = 10;

  /** How many days are told. */
  public static final int DAYS = 31;

  private final AskedCodes asked;
  private final BeanProvider<StatisticsStore> store;
  private final Clock clock;
  private final Map<Asked, Long> kept = new HashMap<>();

  Statistics(AskedCodes asked, BeanProvider<StatisticsStore> store, Clock clock) {
    this.asked = asked;
    this.store = store;
    this.clock = clock;
  }

  /**
   * How often codes of an edition were asked for in a day.
   *
   * @param count 0 where it is less than {@link #FEWEST}
   */
  public record Line(LocalDate day, Edition edition, Outcome outcome, long count) {

    static Line of(LocalDate day, Edition edition, Outcome outcome, long total) {
      return new Line(day, edition, outcome, total < FEWEST ? 0 : total);
    }

    /** Whether the count is told. */
    public boolean isTold() {
      return count > 0;
    }
  }

  /** What is told of the last {@value #DAYS} days that are over, the last one first. */
  public List<Line> list() {
    LocalDate today = LocalDate.now(clock);
    return store.isPresent() ? store.get().list(today.minusDays(DAYS), today) : List.of();
  }

  /** The sum of the counts that are told. */
  public static long total(List<Line> lines) {
    return lines.stream().mapToLong(Line::count).sum();
  }

  /** Adds what was asked since the last time to what is kept of the day. */
  synchronized void keep() {
    Map<Asked, Long> more = new HashMap<>();
    asked
        .list()
        .forEach(
            (edition, tally) -> {
              for (Outcome outcome : Outcome.values()) {
                Asked key = new Asked(edition, outcome);
                long news = tally.total(outcome) - kept.getOrDefault(key, 0L);
                if (news > 0) {
                  more.put(key, news);
                }
              }
            });
    if (!more.isEmpty() && store.isPresent()) {
      store.get().add(LocalDate.now(clock), more);
      more.forEach((key, news) -> kept.merge(key, news, Long::sum));
    }
  }
}
