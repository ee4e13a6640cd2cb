package packs;

import java.io.IOException;
import java.nio.file.Path;

/** Writes all packs from a folder of unpacked sources. */
final class Rebuild {

  private Rebuild() {}

  /**
   * Runs it.
   *
   * @param arguments the folder of the sources and that of the referentials
   */
  public static void main(String[] arguments) throws IOException {
    Path sources = Path.of(arguments[0]);
    Path referentials = Path.of(arguments[1]);
    new Nomenclatures(sources, referentials).write();
    new Territories(referentials).write(Edition.all(sources));
  }
}
