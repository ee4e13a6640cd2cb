package fr.pivot.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Asks for addresses at a steady pace, whether answers come or not, and tells how long they took
 * from when each question was due: {@code PacedQuestions PORT RATE SECONDS FILE} prints how many
 * were asked, how many were not answered with 200, and the 50th, 99th and last of a hundred in
 * milliseconds.
 */
public final class PacedQuestions {

  private static final int CONNECTIONS = 8;

  private PacedQuestions() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[0]);
    int rate = Integer.parseInt(args[1]);
    int count = rate * Integer.parseInt(args[2]);
    List<String> addresses = Files.readAllLines(Path.of(args[3]));
    long[] taken = new long[count];
    AtomicInteger next = new AtomicInteger();
    AtomicInteger errors = new AtomicInteger();
    long begin = System.nanoTime();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    Connection connection = new Connection(port);
                    for (int n = next.getAndIncrement(); n < count; n = next.getAndIncrement()) {
                      long due = begin + n * 1_000_000_000L / rate;
                      sleepUntil(due);
                      if (!connection.isAnswered(addresses.get(n % addresses.size()))) {
                        errors.incrementAndGet();
                      }
                      taken[n] = System.nanoTime() - due;
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    Arrays.sort(taken);
    System.out.printf(
        Locale.ROOT,
        "%d %d %.2f %.2f %.2f%n",
        count,
        errors.get(),
        taken[count / 2] / 1e6,
        taken[count * 99 / 100] / 1e6,
        taken[count - 1] / 1e6);
  }

  private static void sleepUntil(long due) {
    long left = due - System.nanoTime();
    if (left > 0) {
      try {
        Thread.sleep(left / 1_000_000, (int) (left % 1_000_000));
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** One connection, which is kept as long as the server does. */
  private static final class Connection {
    private final int port;
    private Socket socket;
    private InputStream in;

    Connection(int port) {
      this.port = port;
    }

    boolean isAnswered(String address) {
      try {
        if (socket == null) {
          socket = new Socket("127.0.0.1", port);
          socket.setTcpNoDelay(true);
          socket.setSoTimeout(10_000);
          in = new BufferedInputStream(socket.getInputStream());
        }
        String request = "GET " + address + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        String status = line();
        int length = 0;
        for (String header = line(); !header.isEmpty(); header = line()) {
          if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
            length = Integer.parseInt(header.substring(15).strip());
          }
        }
        in.skipNBytes(length);
        return status.startsWith("HTTP/1.1 200");
      } catch (IOException e) {
        socket = null;
        return false;
      }
    }

    private String line() throws IOException {
      StringBuilder line = new StringBuilder();
      for (int b = in.read(); b != '\n'; b = in.read()) {
        if (b < 0) {
          throw new IOException("cut off");
        }
        if (b != '\r') {
          line.append((char) b);
        }
      }
      return line.toString();
    }
  }
}
