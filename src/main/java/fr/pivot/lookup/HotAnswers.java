package fr.pivot.lookup;

import fr.pivot.codebook.Registry;
import fr.pivot.http.Answers.Prepared;
import java.time.LocalDate;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the answers given lately, by address. It is a table of pairs of slots without locks or
 * bookkeeping: a new answer pushes the older one of its pair out. An answer counts only in the
 * registry and on the day that it was made for, so a publication empties the table at once.
 *
 * <p>Most of what a lookup costs beyond a constant answer is writing the JSON and its headers; this
 * takes it away for addresses that are asked again. It holds at most {@value #SLOTS} answers of
 * {@value #LONGEST} bytes, some ten megabytes with real codes.
 */
final class HotAnswers {

  private static final int SLOTS = 16_384;
  private static final int LONGEST = 4_096;

  private record Entry(String address, Registry registry, LocalDate today, Prepared answer) {
    boolean answers(String asked, Registry current, LocalDate day) {
      return registry == current && today.equals(day) && address.equals(asked);
    }
  }

  private final AtomicReferenceArray<@Nullable Entry> slots = new AtomicReferenceArray<>(SLOTS);

  /** The answer at an address, or null where none is remembered. */
  @Nullable Prepared find(String address, Registry registry, LocalDate today) {
    int slot = slot(address);
    Entry entry = slots.getPlain(slot);
    if (entry != null && entry.answers(address, registry, today)) {
      return entry.answer();
    }
    entry = slots.getPlain(slot ^ 1);
    return entry != null && entry.answers(address, registry, today) ? entry.answer() : null;
  }

  /** Remembers an answer, unless it is long. */
  void put(String address, Registry registry, LocalDate today, Prepared answer) {
    if (answer.body().length <= LONGEST) {
      int slot = slot(address);
      slots.setRelease(slot ^ 1, slots.getPlain(slot));
      slots.setRelease(slot, new Entry(address, registry, today, answer));
    }
  }

  private static int slot(String address) {
    int hash = address.hashCode() * 0x9E3779B9;
    return hash >>> 18;
  }
}
