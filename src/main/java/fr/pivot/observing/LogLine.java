package fr.pivot.observing;

import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import fr.pivot.text.JsonWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Writes what is logged as an object of JSON in a line: logback's own, with its time as a date that
 * people read too, and with the first frames of an exception instead of all of them.
 */
public final class LogLine extends JsonEncoder {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxxx");

  /** How many frames of an exception are told, and of how many that caused it. */
  private static final int FRAMES = 4;

  private static final int CAUSES = 4;

  @Override
  public byte[] encode(ILoggingEvent event) {
    byte[] rest = super.encode(event);
    JsonWriter json = new JsonWriter();
    Instant at = Instant.ofEpochMilli(event.getTimeStamp());
    json.beginObject()
        .member("time", TIME.format(ZonedDateTime.ofInstant(at, ZoneId.systemDefault())));
    if (event.getThrowableProxy() != null) {
      json.member("exception", shorten(event.getThrowableProxy()));
    }
    json.endObject();
    byte[] first = json.take();
    // The one ends in a brace, the other begins with one: both become a comma.
    byte[] line = new byte[first.length + rest.length - 1];
    System.arraycopy(first, 0, line, 0, first.length);
    line[first.length - 1] = ',';
    System.arraycopy(rest, 1, line, first.length, rest.length - 1);
    return line;
  }

  private static String shorten(@Nullable IThrowableProxy thrown) {
    StringBuilder text = new StringBuilder();
    IThrowableProxy each = thrown;
    for (int depth = 0; each != null && depth < CAUSES; depth++, each = each.getCause()) {
      text.append(depth == 0 ? "" : " <- ").append(each.getClassName());
      if (each.getMessage() != null) {
        text.append(": ").append(each.getMessage());
      }
      var frames = each.getStackTraceElementProxyArray();
      for (int i = 0; i < Math.min(FRAMES, frames.length); i++) {
        text.append(i == 0 ? " at " : ", ").append(frames[i].getStackTraceElement());
      }
    }
    return text.toString();
  }
}
