package fr.pivot.cli.session;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A file that shows how much of it was read, on the error output, where that is a terminal and the
 * reading takes long.
 */
public final class Progress extends FilterInputStream {

  private static final Duration PATIENCE = Duration.ofMillis(700);
  private static final Duration STEP = Duration.ofMillis(200);
  private static final int WIDTH = 30;

  private final long size;
  private final boolean isShown;
  private final long begin = System.nanoTime();
  private long last = begin;
  private long read;
  private boolean drawn;

  private Progress(InputStream in, long size, boolean isShown) {
    super(in);
    this.size = size;
    this.isShown = isShown;
  }

  /** Opens the file of a command. */
  public static InputStream open(FileOptions input) throws IOException {
    if (input.isInput()) {
      return System.in;
    }
    Path path = Path.of(input.file);
    return new Progress(Files.newInputStream(path), Files.size(path), Console.isTerminal());
  }

  @Override
  public int read() throws IOException {
    int one = super.read();
    count(one < 0 ? -1 : 1);
    return one;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    int count = super.read(to, offset, length);
    count(count);
    return count;
  }

  private void count(int more) {
    if (more < 0) {
      clear();
      return;
    }
    read += more;
    long now = System.nanoTime();
    if (isShown && now - begin > PATIENCE.toNanos() && now - last > STEP.toNanos()) {
      last = now;
      draw();
    }
  }

  private void draw() {
    drawn = true;
    int done = size == 0 ? WIDTH : (int) Math.min(WIDTH, WIDTH * read / size);
    System.err.printf(
        "\r  %s%s %3d %%  %d/%d MB ",
        "█".repeat(done),
        "░".repeat(WIDTH - done),
        size == 0 ? 100 : Math.min(100, 100 * read / size),
        read >> 20,
        size >> 20);
    System.err.flush();
  }

  private void clear() {
    if (drawn) {
      drawn = false;
      System.err.print("\r" + " ".repeat(WIDTH + 30) + "\r");
      System.err.flush();
    }
  }

  @Override
  public void close() throws IOException {
    clear();
    super.close();
  }
}
