package fr.pivot.formats;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;

/** Publishers' whole files, which are not part of the project: tests without them are skipped. */
public final class SharedFiles {

  private static final Path SHARED = Path.of(System.getProperty("pivot.shared", "../shared"));
  private static final Path FOLDER = SHARED.resolve("data");
  private static final Path SAMPLES = SHARED.resolve("samples");

  private SharedFiles() {}

  /** A file by its path in the folder, given under its own name and uncompressed. */
  public static InputFile get(String path) {
    Path plain = FOLDER.resolve(path);
    Path zipped = FOLDER.resolve(path + ".gz");
    Assumptions.assumeTrue(
        Files.exists(plain) || Files.exists(zipped),
        () -> "skipped: the publisher's file " + path + " is not in " + FOLDER);
    String name = String.valueOf(plain.getFileName());
    if (Files.exists(plain)) {
      return new InputFile(name, () -> Files.newInputStream(plain));
    }
    return new InputFile(name, () -> unzip(zipped));
  }

  /** The folder of all of them. */
  public static Path folder() {
    Assumptions.assumeTrue(
        Files.isDirectory(FOLDER), () -> "skipped: there are no publishers' files in " + FOLDER);
    return FOLDER;
  }

  /** Tables as people published them, with what is known of them. */
  public static Path samples() {
    Assumptions.assumeTrue(
        Files.isDirectory(SAMPLES), () -> "skipped: there are no published tables in " + SAMPLES);
    return SAMPLES;
  }

  private static InputStream unzip(Path file) throws IOException {
    return new GZIPInputStream(Files.newInputStream(file), 1 << 16);
  }
}
