package fr.pivot.importing;

import fr.pivot.formats.InputFile;
import fr.pivot.text.packed.Unpacked;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files of this machine, as readers take them: {@code .gz} files are read as they are. */
public final class LocalFiles {

  private LocalFiles() {}

  /** A file to read. Its first two bytes, not its name, tell whether it is compressed. */
  public static InputFile of(Path path) {
    String name = String.valueOf(path.getFileName());
    return new InputFile(
        name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name, () -> open(path));
  }

  private static InputStream open(Path path) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
    try {
      return Unpacked.gunzip(in);
    } catch (IOException | RuntimeException failed) {
      in.close();
      throw failed;
    }
  }
}
