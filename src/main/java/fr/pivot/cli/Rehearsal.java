package fr.pivot.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * Runs several commands in one process, one per line of the standard input, words parted by a
 * space: what the launcher has Java record once, so that later commands take their classes
 * ready-made.
 */
public final class Rehearsal {

  private Rehearsal() {}

  /** Runs them all, and ends with the highest of their exit codes. */
  public static void main(String[] args) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    int highest = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      highest = Math.max(highest, Pivot.run(line.split(" ")));
    }
    System.exit(highest);
  }
}
