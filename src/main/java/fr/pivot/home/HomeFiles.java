package fr.pivot.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The files of a home folder, for who reads them without asking its server.
 *
 * @param data the folder of the data, where {@link EmbeddedDatabase} keeps them
 * @param codebooks the folder of what is made of them
 */
public record HomeFiles(Path data, Path codebooks) {

  /** Those of the home of a server. */
  public static HomeFiles of(EmbeddedDatabase database) {
    return of(database.home());
  }

  private static HomeFiles of(Path home) {
    return new HomeFiles(home.resolve("postgres/data"), home.resolve("codebooks"));
  }

  /**
   * Those of a home whose data are whole: its server runs, or was stopped. Empty where there is no
   * such home, where its server was cut off or others may write to it, and where it is the copy of
   * one whose server runs; {@link EmbeddedDatabase#open} tells what is wrong.
   */
  public static Optional<HomeFiles> find(Path home) {
    try {
      Path real = home.toRealPath();
      HomeFiles files = of(real);
      if (!Files.exists(files.data().resolve("PG_VERSION"))) {
        return Optional.empty();
      }
      OwnFiles.requireOwn(real);
      Optional<Postmaster> told = Postmaster.read(files.data());
      boolean whole =
          told.isPresent()
              ? told.get().serves(files.data()) && told.get().isAlive()
              : !Files.exists(Postmaster.file(files.data()));
      return whole ? Optional.of(files) : Optional.empty();
    } catch (IOException | HomeException _) {
      return Optional.empty();
    }
  }
}
