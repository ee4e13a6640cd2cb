package fr.pivot.catalog;

import org.jooq.DSLContext;

/**
 * Seals: fingerprints of the rows beside the statements (editions, descriptors, sources, what was
 * published when), which {@link VerificationStore} holds the rows against.
 */
public final class SealStore {

  private SealStore() {}

  /** Seals what a transaction wrote; comes last in it, before its commit. */
  public static void seal(DSLContext transaction) {
    transaction.execute("select seal_written()");
  }
}
