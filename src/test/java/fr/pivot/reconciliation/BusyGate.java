package fr.pivot.reconciliation;

import java.util.concurrent.CountDownLatch;

/** A gate with somebody in it, who stays until it is freed. */
final class BusyGate implements AutoCloseable {

  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread busy;

  private BusyGate(Gate gate, CountDownLatch inside) {
    this.busy = Thread.ofVirtual().start(() -> gate.pass(() -> stay(inside)));
  }

  /** Goes into a gate, and returns when inside. */
  static BusyGate of(Gate gate) throws InterruptedException {
    CountDownLatch inside = new CountDownLatch(1);
    BusyGate busy = new BusyGate(gate, inside);
    inside.await();
    return busy;
  }

  private boolean stay(CountDownLatch inside) {
    inside.countDown();
    try {
      done.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return true;
  }

  /** Leaves. */
  void free() {
    done.countDown();
  }

  /** Leaves, and waits until that is so. */
  @Override
  public void close() throws InterruptedException {
    free();
    busy.join();
  }
}
