package fr.pivot.validation.rows;

import fr.pivot.admission.Work;
import java.util.List;

/**
 * The keys of the rows of a file: which came before, and on which line. Belongs to one thread. A
 * key is remembered by a hash of 64 bits, so that ten million of them take 200 MB at most; of as
 * many different keys, two are taken for one with a probability below 3 in a million. The memory
 * for them is held by the work.
 */
final class Keys {

  /** How many keys are remembered; later rows are compared with these. */
  private static final int MOST = 1 << 23;

  private long[] hashes = new long[1 << 12];
  private long[] lines = new long[1 << 12];
  private int size;

  /** The line on which a key came first; 0 where it comes for the first time. */
  long add(List<String> key, long line) {
    long hash = hash(key);
    int mask = hashes.length - 1;
    int slot = (int) (hash >>> 32) & mask;
    while (hashes[slot] != 0) {
      if (hashes[slot] == hash) {
        return lines[slot];
      }
      slot = slot + 1 & mask;
    }
    if (size < MOST) {
      hashes[slot] = hash;
      lines[slot] = line;
      if (++size * 2 > hashes.length) {
        grow();
      }
    }
    return 0;
  }

  private void grow() {
    Work.current().hold(2L * Long.BYTES * 2 * hashes.length);
    long[] oldHashes = hashes;
    long[] oldLines = lines;
    hashes = new long[oldHashes.length * 2];
    lines = new long[hashes.length];
    int mask = hashes.length - 1;
    for (int i = 0; i < oldHashes.length; i++) {
      if (oldHashes[i] != 0) {
        int slot = (int) (oldHashes[i] >>> 32) & mask;
        while (hashes[slot] != 0) {
          slot = slot + 1 & mask;
        }
        hashes[slot] = oldHashes[i];
        lines[slot] = oldLines[i];
      }
    }
  }

  /** FNV-1a over the characters, mixed at the end (the finaliser of MurmurHash3); never 0. */
  private static long hash(List<String> key) {
    long hash = 0xCBF29CE484222325L;
    for (String part : key) {
      for (int i = 0; i < part.length(); i++) {
        hash = (hash ^ part.charAt(i)) * 0x100000001B3L;
      }
      hash = (hash ^ Character.MAX_VALUE) * 0x100000001B3L;
    }
    hash ^= hash >>> 33;
    hash *= 0xFF51AFD7ED558CCDL;
    hash ^= hash >>> 33;
    hash *= 0xC4CEB9FE1A85EC53L;
    hash ^= hash >>> 33;
    return hash == 0 ? 1 : hash;
  }
}
