package fr.pivot.lookup;

import fr.pivot.http.Answers.Prepared;
import fr.pivot.http.HotSource;
import fr.pivot.registry.CurrentRegistry;
import fr.pivot.registry.Registry;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the answers given lately, by address. It is a table of pairs of slots without locks or
 * bookkeeping: a new answer pushes the older one of its pair out. A table belongs to one registry
 * and one day: a publication, or midnight, begins another.
 *
 * <p>Most of what a lookup costs beyond a constant answer is routing, writing the JSON and its
 * headers; this takes it away for addresses that are asked again. There is room for every commune
 * that ever was, and it holds at most {@value #HEAVIEST} bytes.
 */
@Singleton
public final class HotAnswers implements HotSource {

  private static final int SLOTS = 1 << 16;
  private static final int LONGEST_ADDRESS = 200;
  private static final int LONGEST_BODY = 16_384;
  private static final long HEAVIEST = 48L << 20;

  /** How many slots are looked at to make room for an answer. */
  private static final int MOST_GONE = 256;

  /** What an entry weighs beside its texts: objects, headers of arrays, references. */
  private static final int OVERHEAD = 200;

  private final CurrentRegistry registries;
  private final Clock clock;
  private volatile @Nullable Table table;

  HotAnswers(CurrentRegistry registries, Clock clock) {
    this.registries = registries;
    this.clock = clock;
  }

  private record Entry(String address, Prepared answer) {
    int weight() {
      return OVERHEAD + address.length() + answer.body().length;
    }
  }

  /** The answers of one registry on one day, which begins and ends at these milliseconds. */
  private static final class Table {
    private final Registry registry;
    private final long begin;
    private final long end;
    private final AtomicReferenceArray<@Nullable Entry> slots = new AtomicReferenceArray<>(SLOTS);
    private final LongAdder weight = new LongAdder();
    private final AtomicInteger hand = new AtomicInteger();

    Table(Registry registry, long now, ZoneId zone) {
      this.registry = registry;
      LocalDate day = LocalDate.ofInstant(java.time.Instant.ofEpochMilli(now), zone);
      this.begin = day.atStartOfDay(zone).toInstant().toEpochMilli();
      this.end = day.plusDays(1).atStartOfDay(zone).toInstant().toEpochMilli();
    }

    /** Lets answers go, in turn, until there is room for another. */
    void makeRoom(int needed) {
      for (int i = 0; i < MOST_GONE && weight.sum() + needed > HEAVIEST; i++) {
        Entry gone = slots.getAndSet(hand.getAndIncrement() & SLOTS - 1, null);
        if (gone != null) {
          weight.add(-gone.weight());
        }
      }
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
    int slot = slot(address);
    Entry entry = now.slots.getAcquire(slot);
    if (entry == null || !entry.address().equals(address)) {
      entry = now.slots.getAcquire(slot ^ 1);
    }
    return entry != null && entry.address().equals(address) ? entry.answer() : null;
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
    if (!today.equals(
        LocalDate.ofInstant(java.time.Instant.ofEpochMilli(now.begin), clock.getZone()))) {
      return;
    }
    int slot = slot(address);
    Entry entry = new Entry(address, answer);
    now.makeRoom(entry.weight());
    Entry older = now.slots.getAcquire(slot);
    now.weight.add(entry.weight());
    Entry gone = now.slots.getAndSet(slot ^ 1, older);
    if (gone != null) {
      now.weight.add(-gone.weight());
    }
    now.slots.setRelease(slot, entry);
  }

  private static int slot(String address) {
    return address.hashCode() * 0x9E3779B9 >>> 16;
  }
}
