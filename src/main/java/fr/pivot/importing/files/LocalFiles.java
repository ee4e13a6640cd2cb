package fr.pivot.importing.files;

import fr.pivot.formats.InputFile;
import fr.pivot.text.packed.Unpacked;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.ref.SoftReference;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Files of this machine, as readers take them: {@code .gz} files are read as they are. */
public final class LocalFiles {

  /** The largest file that is kept while it is read again and again, in uncompressed bytes. */
  private static final int MOST_KEPT = 32 << 20;

  private LocalFiles() {}

  /**
   * A file to read. Its first two bytes, not its name, tell whether it is compressed. It is read
   * and inflated once, where there is memory for it; readers look at it several times.
   */
  public static InputFile of(Path path) {
    String name = String.valueOf(path.getFileName());
    Kept kept = new Kept(path);
    return new InputFile(
        name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name, kept::open);
  }

  private static InputStream read(Path path) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
    try {
      return Unpacked.gunzip(in);
    } catch (IOException | RuntimeException failed) {
      in.close();
      throw failed;
    }
  }

  /** What was read of a file, as long as the memory is not needed for something else. */
  private static final class Kept {
    private final Path path;
    private @Nullable SoftReference<byte[]> bytes;

    Kept(Path path) {
      this.path = path;
    }

    synchronized InputStream open() throws IOException {
      byte[] held = bytes == null ? null : bytes.get();
      if (held != null) {
        return new ByteArrayInputStream(held);
      }
      InputStream in = read(path);
      try {
        byte[] begin = in.readNBytes(MOST_KEPT);
        if (begin.length == MOST_KEPT) {
          return new SequenceInputStream(new ByteArrayInputStream(begin), in);
        }
        in.close();
        bytes = new SoftReference<>(begin);
        return new ByteArrayInputStream(begin);
      } catch (IOException | RuntimeException failed) {
        in.close();
        throw failed;
      }
    }
  }
}
