package fr.pivot.validation.report;

import fr.pivot.text.ChunkStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A file with its repairs, as a stream that checks it while it is read. */
public final class RepairedStream extends ChunkStream {

  private final Validation validation;

  /** The repaired file of a validation, which is closed with it. */
  public RepairedStream(Validation validation) {
    this.validation = validation;
  }

  @Override
  protected byte @Nullable [] nextChunk() throws IOException {
    Validation.Part part = validation.next();
    return part == null ? null : part.bytes();
  }

  @Override
  public void close() throws IOException {
    validation.close();
  }
}
