package fr.pivot.lookup;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import fr.pivot.http.Answers.Prepared;
import fr.pivot.http.HotSource;
import fr.pivot.registry.CurrentRegistry;
import fr.pivot.registry.Registry;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the answers given lately, by address, up to {@value #HEAVIEST} bytes. What is asked
 * often stays, however much else is asked once. The answers belong to one registry and one day: a
 * publication, or midnight, begins others.
 *
 * <p>Most of what a lookup costs beyond a constant answer is routing, writing the JSON and its
 * headers; this takes it away for addresses that are asked again. There is room for every commune
 * that ever was.
 */
@Singleton
public final class HotAnswers implements HotSource {

  private static final int LONGEST_ADDRESS = 200;
  private static final int LONGEST_BODY = 16_384;
  private static final long HEAVIEST = 64L << 20;

  /** What an entry weighs beside its texts: objects, headers of arrays, references. */
  private static final int OVERHEAD = 300;

  private final CurrentRegistry registries;
  private final Clock clock;
  private volatile @Nullable Table table;

  HotAnswers(CurrentRegistry registries, Clock clock) {
    this.registries = registries;
    this.clock = clock;
  }

  /** The answers of one registry on one day, which begins and ends at these milliseconds. */
  private static final class Table {
    private final Registry registry;
    private final LocalDate day;
    private final long begin;
    private final long end;
    private final Cache<String, Prepared> answers =
        Caffeine.newBuilder()
            .maximumWeight(HEAVIEST)
            .executor(Runnable::run)
            .weigher(
                (String address, Prepared answer) ->
                    OVERHEAD + address.length() + answer.body().length)
            .build();

    Table(Registry registry, long now, ZoneId zone) {
      this.registry = registry;
      this.day = LocalDate.ofInstant(Instant.ofEpochMilli(now), zone);
      this.begin = day.atStartOfDay(zone).toInstant().toEpochMilli();
      this.end = day.plusDays(1).atStartOfDay(zone).toInstant().toEpochMilli();
    }

    boolean isOf(@Nullable Registry current, long now) {
      return registry == current && begin <= now && now < end;
    }
  }

  @Override
  public @Nullable Prepared find(String address) {
    Table now = table;
    if (now == null || !now.isOf(registries.currentOrNull(), clock.millis())) {
      return null;
    }
    return now.answers.getIfPresent(address);
  }

  /**
   * Remembers an answer, unless it is long.
   *
   * @param registry what it was read from
   * @param today the day that it was made on
   */
  public void put(String address, Registry registry, LocalDate today, Prepared answer) {
    if (answer.body().length > LONGEST_BODY || address.length() > LONGEST_ADDRESS) {
      return;
    }
    long millis = clock.millis();
    Table now = table;
    if (now == null || !now.isOf(registry, millis)) {
      if (registry != registries.currentOrNull()) {
        return;
      }
      now = new Table(registry, millis, clock.getZone());
      table = now;
    }
    if (today.equals(now.day)) {
      now.answers.put(address, answer);
    }
  }
}
