package fr.pivot.formats.cog;

import fr.pivot.formats.InputFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;

/** INSEE's whole files, which are not part of the project: tests without them are skipped. */
public final class OfficialFiles {

  private static final Path FOLDER =
      Path.of(System.getProperty("pivot.shared", "../shared"), "data", "insee_cog");

  private OfficialFiles() {}

  /** A file under its own name. */
  public static InputFile get(String name) {
    return get(name, name);
  }

  /** A file under another name than the one it has in the folder. */
  public static InputFile get(String name, String as) {
    Path plain = FOLDER.resolve(name);
    Path zipped = FOLDER.resolve(name + ".gz");
    Assumptions.assumeTrue(
        Files.exists(plain) || Files.exists(zipped),
        () -> "skipped: INSEE's file " + name + " is not in " + FOLDER + " (-Dpivot.shared)");
    if (Files.exists(plain)) {
      return new InputFile(as, () -> Files.newInputStream(plain));
    }
    return new InputFile(as, () -> unzip(zipped));
  }

  private static InputStream unzip(Path file) throws IOException {
    return new GZIPInputStream(Files.newInputStream(file), 1 << 16);
  }

  /** The list of communes of an edition. */
  public static InputFile communes(int edition) {
    return get(edition == 2019 ? "communes-01012019.csv" : "v_commune_" + edition + ".csv");
  }

  /** The events that an edition knows of. */
  public static InputFile events(int edition) {
    return get(edition == 2019 ? "mvtcommune-01012019.csv" : "v_mvtcommune_" + edition + ".csv");
  }
}
