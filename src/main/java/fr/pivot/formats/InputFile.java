package fr.pivot.formats;

import java.io.IOException;
import java.io.InputStream;

/**
 * A file to read, already uncompressed.
 *
 * @param name its name, without folders and without {@code .gz}
 * @param content opens its bytes, as often as asked
 */
public record InputFile(String name, Content content) {

  /** Opens the bytes of a file. */
  @FunctionalInterface
  public interface Content {
    /** A new stream from the first byte, which the caller closes. */
    InputStream open() throws IOException;
  }
}
