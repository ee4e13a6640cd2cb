package fr.pivot.home;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Folders and files that are their owner's alone: mode 0700 and 0600 where the system knows of
 * modes. Elsewhere (Windows) what lies in a person's own folder is theirs by inheritance.
 */
final class OwnFiles {

  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

  private OwnFiles() {}

  /** Makes a folder that is not there, and lets nobody else into it. */
  static Path makeFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder, asCreated(folder, FOLDER));
    }
    allow(folder, FOLDER);
    return folder;
  }

  /** Writes a file whole: who reads it finds what was there before, or this. */
  static void write(Path file, String content) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    Files.createFile(fresh, asCreated(fresh, FILE));
    Files.writeString(fresh, content, StandardCharsets.UTF_8);
    try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Deletes a file or a folder with all that is in it; does nothing where there is none. */
  static void delete(Path tree) throws IOException {
    if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> all = Files.walk(tree)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }

  /**
   * Refuses a home that somebody else could change: whoever can write there decides what runs and
   * what is answered.
   *
   * @throws HomeException when others may write to the folder, or when it is somebody else's
   */
  static void requireOwn(Path home) throws IOException {
    PosixFileAttributeView view = view(home);
    if (view == null) {
      return;
    }
    Set<PosixFilePermission> allowed = EnumSet.copyOf(view.readAttributes().permissions());
    allowed.retainAll(
        EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE));
    if (!allowed.isEmpty()) {
      throw new HomeException(
          "D'autres comptes de cette machine peuvent écrire dans "
              + home
              + " : ils pourraient changer ce que Pivot répond. Fermez ce dossier, par « chmod"
              + " go-w "
              + home
              + " », et recommencez.",
          "Other accounts of this machine may write to "
              + home
              + ": they could change what Pivot answers. Close the folder with \"chmod go-w "
              + home
              + "\" and try again.");
    }
    String owner = view.getOwner().getName();
    String self = System.getProperty("user.name");
    if (!owner.equals(self) && !"root".equals(self)) {
      throw new HomeException(
          "Le dossier "
              + home
              + " est à « "
              + owner
              + " », et Pivot tourne sous « "
              + self
              + " ». Lancez-le sous le compte de son dossier, ou donnez-lui-en un autre par --home.",
          "The folder "
              + home
              + " belongs to \""
              + owner
              + "\", and Pivot runs as \""
              + self
              + "\". Run it as the owner of its folder, or give it another one with --home.");
    }
  }

  private static void allow(Path path, Set<PosixFilePermission> permissions) throws IOException {
    PosixFileAttributeView view = view(path);
    if (view != null && !view.readAttributes().permissions().equals(permissions)) {
      view.setPermissions(permissions);
    }
  }

  private static FileAttribute<?>[] asCreated(Path path, Set<PosixFilePermission> permissions) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
        : new FileAttribute<?>[0];
  }

  private static @Nullable PosixFileAttributeView view(Path path) {
    return Files.getFileAttributeView(path, PosixFileAttributeView.class);
  }
}
