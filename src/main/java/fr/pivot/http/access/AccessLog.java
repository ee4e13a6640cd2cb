package fr.pivot.http.access;

import fr.pivot.admission.Background;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Value;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/**
 * Writes a line of each request to the standard output: when it ended, its method, route and
 * status, how long it took, how many bytes were answered, its id and the network of its client. Who
 * answers never waits for who reads the lines: what is not read in time is left out, and how much
 * is told.
 */
@Singleton
@Bean(typed = AccessLog.class)
final class AccessLog implements Exchange.Follower {

  /** How many characters wait to be written at most. */
  private static final int MOST = 1 << 22;

  private static final long PAUSE = 200;
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss");
  private static final DateTimeFormatter OFFSET = DateTimeFormatter.ofPattern("xxx");

  private final boolean json;
  private final OutputStream out;
  private final Thread writer;
  private StringBuilder lines = new StringBuilder();
  private StringBuilder spare = new StringBuilder();
  private long lost;
  private long second = Long.MIN_VALUE;
  private String time = "";
  private String offset = "";

  /**
   * Writes to the standard output.
   *
   * @param form {@code json} or {@code text}
   */
  @Inject
  AccessLog(@Value("${pivot.log:text}") String form) {
    this(form.equals("json"), new FileOutputStream(FileDescriptor.out));
  }

  AccessLog(boolean json, OutputStream out) {
    this.json = json;
    this.out = out;
    this.writer = Background.start("access-log", this::write);
  }

  @Override
  public synchronized void ended(Exchange exchange) {
    if (lines.length() > MOST) {
      lost++;
      return;
    }
    long now = System.currentTimeMillis();
    if (json) {
      lines.append("{\"time\":\"");
      appendTime(now);
      lines.append("\",\"method\":\"").append(exchange.method());
      lines.append("\",\"route\":\"").append(exchange.route().template());
      lines.append("\",\"status\":").append(exchange.status());
      lines.append(",\"ms\":");
      appendMillis(exchange.nanos());
      lines.append(",\"bytes\":").append(exchange.bytes());
      lines.append(",\"requestId\":\"").append(exchange.id());
      lines.append("\",\"client\":\"").append(exchange.client());
      lines.append(exchange.isWhole() ? "\"}\n" : "\",\"left\":true}\n");
    } else {
      appendTime(now);
      lines.append(' ').append(exchange.method());
      lines.append(' ').append(exchange.route().template());
      lines.append(' ').append(exchange.status()).append(' ');
      appendMillis(exchange.nanos());
      lines.append(" ms ").append(exchange.bytes());
      lines.append(" B ").append(exchange.id());
      lines.append(' ').append(exchange.client());
      lines.append(exchange.isWhole() ? "\n" : " left\n");
    }
  }

  private void appendTime(long millis) {
    if (millis / 1000 != second) {
      second = millis / 1000;
      var at = Instant.ofEpochSecond(second).atZone(ZoneId.systemDefault());
      time = SECOND.format(at);
      offset = OFFSET.format(at);
    }
    int rest = (int) (millis % 1000);
    lines.append(time).append('.');
    lines.append((char) ('0' + rest / 100)).append((char) ('0' + rest / 10 % 10));
    lines.append((char) ('0' + rest % 10)).append(offset);
  }

  /** Milliseconds with three places. */
  private void appendMillis(long nanos) {
    long micros = nanos / 1000;
    int rest = (int) (micros % 1000);
    lines.append(micros / 1000).append('.');
    lines.append((char) ('0' + rest / 100)).append((char) ('0' + rest / 10 % 10));
    lines.append((char) ('0' + rest % 10));
  }

  private void write() {
    while (!Thread.currentThread().isInterrupted()) {
      flush();
      try {
        Thread.sleep(PAUSE);
      } catch (InterruptedException _) {
        break;
      }
    }
    flush();
  }

  private void flush() {
    StringBuilder full;
    synchronized (this) {
      if (lines.isEmpty()) {
        return;
      }
      if (lost > 0) {
        lines.append(json ? "{\"lost\":" + lost + "}\n" : lost + " lines were not written\n");
        lost = 0;
      }
      full = lines;
      lines = spare;
    }
    try {
      out.write(full.toString().getBytes(StandardCharsets.US_ASCII));
    } catch (IOException _) {
      // Nobody reads them any more.
    }
    full.setLength(0);
    synchronized (this) {
      spare = full;
    }
  }

  /** Writes what is left. */
  @PreDestroy
  void close() throws InterruptedException {
    writer.interrupt();
    writer.join(2_000);
  }
}
