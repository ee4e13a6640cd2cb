package fr.pivot.lookup;

import fr.pivot.http.Answers.Prepared;
import fr.pivot.http.connection.HotSource;
import fr.pivot.registry.AskedCodes.Outcome;
import fr.pivot.registry.AskedCodes.Tally;
import fr.pivot.registry.CurrentRegistry;
import fr.pivot.registry.Registry;
import fr.pivot.registry.RegistryCache;
import fr.pivot.registry.RegistryCaches;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the answers given lately, by address, up to {@value #HEAVIEST} bytes. What is asked
 * often stays, however much else is asked once. An answer belongs to one registry and one day: a
 * publication, or midnight, ends it.
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
  private static final int OVERHEAD = 320;

  private final CurrentRegistry registries;
  private final Clock clock;
  private final RegistryCache<String, Dated> answers;
  private volatile Day day;

  HotAnswers(CurrentRegistry registries, Clock clock, RegistryCaches caches) {
    this.registries = registries;
    this.clock = clock;
    this.answers =
        caches.make(
            "hot-answers",
            HEAVIEST,
            (address, dated) -> OVERHEAD + address.length() + dated.answer().body().length);
    this.day = Day.of(clock.millis(), clock.getZone());
  }

  /** A day, which begins and ends at these milliseconds. */
  private record Day(LocalDate date, long begin, long end) {

    static Day of(long now, ZoneId zone) {
      LocalDate date = LocalDate.ofInstant(Instant.ofEpochMilli(now), zone);
      return new Day(
          date,
          date.atStartOfDay(zone).toInstant().toEpochMilli(),
          date.plusDays(1).atStartOfDay(zone).toInstant().toEpochMilli());
    }

    boolean contains(long now) {
      return begin <= now && now < end;
    }
  }

  private record Dated(Day day, Prepared answer, @Nullable Tally asked) implements Ready {

    @Override
    public void given() {
      if (asked != null) {
        asked.count(Outcome.FOUND);
      }
    }
  }

  @Override
  public @Nullable Ready find(String address) {
    Registry registry = registries.currentOrNull();
    Dated known = registry == null ? null : answers.find(registry, address);
    return known != null && known.day().contains(clock.millis()) ? known : null;
  }

  /**
   * Remembers an answer, unless it is long.
   *
   * @param registry what it was read from
   * @param today the day that it was made on
   */
  public void put(String address, Registry registry, LocalDate today, Prepared answer) {
    put(address, registry, today, answer, null);
  }

  /**
   * Remembers the answer for a code, unless it is long.
   *
   * @param registry what it was read from
   * @param today the day that it was made on
   * @param asked counts how often it is given
   */
  void put(
      String address, Registry registry, LocalDate today, Prepared answer, @Nullable Tally asked) {
    if (answer.body().length > LONGEST_BODY
        || address.length() > LONGEST_ADDRESS
        || registry != registries.currentOrNull()) {
      return;
    }
    long millis = clock.millis();
    Day now = day;
    if (!now.contains(millis)) {
      now = Day.of(millis, clock.getZone());
      day = now;
    }
    if (today.equals(now.date())) {
      answers.put(registry, address, new Dated(now, answer, asked));
    }
  }
}
