package fr.pivot.formats;

import fr.pivot.referential.SourceFile;
import fr.pivot.text.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

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

  /**
   * The file as releases name it: with the digest and the size of its bytes, read once for that.
   *
   * @throws IOException when the bytes cannot be had
   */
  public SourceFile toSourceFile() throws IOException {
    MessageDigest digest = Sha256.begin();
    long bytes = 0;
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = content.open()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
        bytes += read;
      }
    }
    return new SourceFile(name, null, Sha256.end(digest), bytes);
  }
}
