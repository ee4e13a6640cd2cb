package fr.pivot.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Holds connections by sending heads and bodies a byte a second, and by reading answers as slowly,
 * while lookups are asked all along: {@code SlowClients PORT PROCESS CONNECTIONS MOST_SECONDS}
 * prints when the server had closed the heads, the bodies, and all, and how the lookups were
 * answered. Who reads slowly does not see that it was closed: the descriptors of the server's
 * process tell.
 */
public final class SlowClients {

  private static final String LOOKUP = "/v1/referentials/communes/codes/01004";
  private static final String[] KINDS = {"head", "body", "reader"};
  private static final String[] BEGINNINGS = {
    "GET " + LOOKUP + " HTTP/1.1\r\nHost: localhost\r\nX-Slow: ",
    "POST /v1/referentials/communes/lookup HTTP/1.1\r\nHost: localhost\r\n"
        + "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n[\"",
    "GET /v1/crosswalk/table?from=communes@1990-01-01&to=communes@2026&format=json HTTP/1.1\r\n"
        + "Host: localhost\r\nConnection: close\r\n\r\n"
  };

  private SlowClients() {}

  /** One slow client. */
  private static final class Slow {
    final int kind;
    final SocketChannel channel;
    boolean open = true;

    Slow(int kind, int port) throws IOException {
      this.kind = kind;
      channel = SocketChannel.open();
      channel.socket().setReceiveBufferSize(4096);
      channel.connect(new InetSocketAddress("127.0.0.1", port));
      channel.write(ByteBuffer.wrap(BEGINNINGS[kind].getBytes(StandardCharsets.US_ASCII)));
      channel.configureBlocking(false);
    }

    /** Sends or reads a byte; says whether the connection is still there. */
    boolean goOn() {
      try {
        if (kind == 2) {
          ByteBuffer one = ByteBuffer.allocate(1);
          return channel.read(one) >= 0;
        }
        ByteBuffer answer = ByteBuffer.allocate(4096);
        int count = channel.read(answer);
        if (count >= 0) {
          channel.write(ByteBuffer.wrap(new byte[] {'1'}));
        }
        return count >= 0;
      } catch (IOException e) {
        return false;
      }
    }
  }

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[0]);
    Path descriptors = Path.of("/proc", args[1], "fd");
    int count = Integer.parseInt(args[2]);
    int most = Integer.parseInt(args[3]);
    long before = count(descriptors);
    AtomicBoolean ended = new AtomicBoolean();
    AtomicInteger errors = new AtomicInteger();
    List<Double> took = new ArrayList<>();
    Thread probe = Thread.ofPlatform().start(() -> probe(port, ended, errors, took));
    long begin = System.nanoTime();
    List<Slow> clients = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      clients.add(new Slow(i % KINDS.length, port));
    }
    double opened = (System.nanoTime() - begin) / 1e9;
    double now = opened;
    double[] closed = new double[KINDS.length];
    long held = count(descriptors) - before;
    // The probe has a connection, and another one that is just being closed.
    while (held > 2 && now < most) {
      Thread.sleep(1000);
      now = (System.nanoTime() - begin) / 1e9;
      for (Slow client : clients) {
        if (client.open && !client.goOn()) {
          client.open = false;
          closed[client.kind] = now;
        }
      }
      held = count(descriptors) - before;
    }
    ended.set(true);
    probe.join();
    System.out.printf(
        Locale.ROOT,
        "%d connections opened in %.1f s; the last head closed after %.1f s, the last body after"
            + " %.1f s, %s after %.1f s%n",
        count,
        opened,
        closed[0],
        closed[1],
        held > 2 ? held + " still there" : "all",
        now);
    double[] sorted = took.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    System.out.printf(
        Locale.ROOT,
        "lookups meanwhile: %d, errors %d, p50 %.2f ms, p99 %.2f ms, last %.2f ms%n",
        sorted.length,
        errors.get(),
        sorted[sorted.length / 2],
        sorted[sorted.length * 99 / 100],
        sorted[sorted.length - 1]);
    if (held > 2 || errors.get() > 0) {
      System.exit(1);
    }
  }

  private static long count(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.count();
    }
  }

  /** Asks on a connection that is kept, and on a new one now and then. */
  private static void probe(
      int port, AtomicBoolean ended, AtomicInteger errors, List<Double> took) {
    byte[] request =
        ("GET " + LOOKUP + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    Socket socket = null;
    for (int i = 0; !ended.get(); i++) {
      long begin = System.nanoTime();
      try {
        if (socket == null || i % 10 == 0) {
          if (socket != null) {
            socket.close();
          }
          socket = new Socket("127.0.0.1", port);
          socket.setTcpNoDelay(true);
          socket.setSoTimeout(5000);
        }
        socket.getOutputStream().write(request);
        if (!isAnswered(socket.getInputStream())) {
          errors.incrementAndGet();
        }
      } catch (IOException e) {
        errors.incrementAndGet();
        socket = null;
      }
      took.add((System.nanoTime() - begin) / 1e6);
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static boolean isAnswered(InputStream in) throws IOException {
    byte[] some = new byte[16_384];
    int filled = 0;
    while (filled < some.length) {
      int count = in.read(some, filled, some.length - filled);
      if (count < 0) {
        return false;
      }
      filled += count;
      String text = new String(Arrays.copyOf(some, filled), StandardCharsets.UTF_8);
      if (text.startsWith("HTTP/1.1 200") && text.endsWith("}")) {
        return text.contains("\"01004\"");
      }
    }
    return false;
  }
}
