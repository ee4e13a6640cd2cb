package fr.pivot.validation.report;

import fr.pivot.finding.ProblemException;
import fr.pivot.table.HandedTable;
import fr.pivot.text.ChunkStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A report as a stream that checks the file while it is read: findings leave as they come, the sums
 * at the end. Where the file breaks off, the report says so and sums up what came before.
 */
public final class ReportStream extends ChunkStream {

  private final Validation validation;
  private final boolean lines;
  private boolean begun;
  private boolean any;
  private boolean ended;

  /**
   * Prepares a report.
   *
   * @param lines whether it is one JSON value a line, instead of one JSON object
   */
  public ReportStream(Validation validation, boolean lines) {
    this.validation = validation;
    this.lines = lines;
  }

  @Override
  protected byte @Nullable [] nextChunk() throws IOException {
    if (ended) {
      return null;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (!begun) {
      begun = true;
      write(out, "{\"file\":");
      out.writeBytes(validation.file());
      write(out, lines ? "}\n" : ",\"findings\":[");
    }
    Validation.Part part = null;
    try {
      part = validation.next();
    } catch (ProblemException e) {
      validation.interrupt(HandedTable.why(e));
    }
    if (part != null) {
      for (byte[] finding : part.findings()) {
        if (lines) {
          write(out, "{\"finding\":");
        } else if (any) {
          write(out, ",");
        }
        any = true;
        out.writeBytes(finding);
        if (lines) {
          write(out, "}\n");
        }
      }
      return out.toByteArray();
    }
    ended = true;
    write(out, lines ? "{\"summary\":{" : "],");
    out.writeBytes(validation.summary());
    write(out, lines ? "}}\n" : "}");
    return out.toByteArray();
  }

  private static void write(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws IOException {
    validation.close();
  }
}
