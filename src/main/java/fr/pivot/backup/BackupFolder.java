package fr.pivot.backup;

import fr.pivot.text.Sha256;
import io.micronaut.serde.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The files of a backup: one for each table, as PostgreSQL's {@code copy} writes it, in gzip; and
 * {@value #MANIFEST}, which says what they are and is written last. A backup is written beside its
 * folder and renamed, so that a folder holds all of it or is not there.
 */
final class BackupFolder implements AutoCloseable {

  static final String MANIFEST = "manifest.json";

  private final Path target;
  private final Path part;

  private BackupFolder(Path target, Path part) {
    this.target = target;
    this.part = part;
  }

  /** What writes the rows of a table. */
  @FunctionalInterface
  interface Rows {
    /** Writes them all; answers how many there were. */
    long writeTo(OutputStream out) throws IOException;
  }

  /**
   * Begins a backup.
   *
   * @param target a folder that is not there, or empty
   * @throws BackupException when there is something in it
   */
  static BackupFolder begin(Path target) throws IOException {
    Path whole = target.toAbsolutePath().normalize();
    if (Files.isDirectory(whole)) {
      try (Stream<Path> inside = Files.list(whole)) {
        refuseUnless(inside.findAny().isEmpty(), target);
      }
    } else {
      refuseUnless(!Files.exists(whole), target);
    }
    Path part = whole.resolveSibling(whole.getFileName() + ".part");
    delete(part);
    Files.createDirectories(part);
    return new BackupFolder(whole, part);
  }

  private static void refuseUnless(boolean free, Path target) {
    if (!free) {
      throw new BackupException(
          "« " + target + " » existe et n'est pas vide : donnez à la sauvegarde un dossier neuf.",
          "\"" + target + "\" is there and is not empty: give the backup a new folder.");
    }
  }

  /** Writes a table; what it answers goes into the manifest. */
  Manifest.Table write(String name, List<String> columns, Rows rows) throws IOException {
    Path file = file(part, name);
    MessageDigest digest = Sha256.begin();
    long count;
    try (OutputStream out =
        new GZIPOutputStream(
            new DigestOutputStream(
                new BufferedOutputStream(Files.newOutputStream(file), 1 << 16), digest),
            1 << 16)) {
      count = rows.writeTo(out);
    }
    force(file);
    return new Manifest.Table(name, columns, count, Files.size(file), Sha256.end(digest));
  }

  /** Ends the backup: only now is it there. */
  void finish(Manifest manifest) throws IOException {
    Path file = part.resolve(MANIFEST);
    Files.write(file, ObjectMapper.getDefault().writeValueAsBytes(manifest));
    force(file);
    force(part);
    try {
      Files.deleteIfExists(target);
    } catch (DirectoryNotEmptyException _) {
      refuseUnless(false, target);
    }
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void force(Path path) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            path, Files.isDirectory(path) ? StandardOpenOption.READ : StandardOpenOption.WRITE)) {
      channel.force(true);
    } catch (IOException e) {
      // Not every system lets a folder be opened.
      if (!Files.isDirectory(path)) {
        throw e;
      }
    }
  }

  /** Leaves nothing of a backup that was not finished. */
  @Override
  public void close() throws IOException {
    delete(part);
  }

  private static void delete(Path tree) throws IOException {
    if (Files.isDirectory(tree)) {
      try (Stream<Path> all = Files.walk(tree)) {
        for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(each);
        }
      }
    }
  }

  /**
   * Reads what a backup says of itself, and every file of it.
   *
   * @throws BackupException when there is none, or a file is missing, cut or changed
   */
  static Manifest check(Path folder) throws IOException {
    Manifest manifest = read(folder);
    for (Manifest.Table table : manifest.tables()) {
      MessageDigest digest = Sha256.begin();
      Path file = file(folder, table.name());
      try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
        in.transferTo(OutputStream.nullOutputStream());
      } catch (NoSuchFileException _) {
        throw damaged(file);
      }
      if (!Sha256.end(digest).equals(table.sha256())) {
        throw damaged(file);
      }
    }
    return manifest;
  }

  private static Manifest read(Path folder) throws IOException {
    Path file = folder.resolve(MANIFEST);
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException _) {
      throw new BackupException(
          "« " + folder + " » n'est pas une sauvegarde : il n'y a pas de " + MANIFEST + ".",
          "\"" + folder + "\" is no backup: there is no " + MANIFEST + ".");
    }
    Manifest manifest;
    try {
      manifest = ObjectMapper.getDefault().readValue(bytes, Manifest.class);
    } catch (IOException _) {
      throw damaged(file);
    }
    // Names become parts of statements.
    if (manifest == null
        || manifest.tables().isEmpty()
        || !manifest.tables().stream()
            .allMatch(t -> isName(t.name()) && t.columns().stream().allMatch(c -> isName(c)))) {
      throw damaged(file);
    }
    if (manifest.format() != Manifest.FORMAT) {
      throw newer();
    }
    return manifest;
  }

  static BackupException newer() {
    return new BackupException(
        "Cette sauvegarde vient d'un Pivot plus récent : restaurez-la avec celui-là.",
        "This backup was made by a newer Pivot: restore it with that one.");
  }

  private static BackupException damaged(Path file) {
    return new BackupException(
        "La sauvegarde est abîmée : « "
            + file
            + " » manque, ou n'est plus ce qui a été écrit. Rien n'a été restauré.",
        "The backup is damaged: \""
            + file
            + "\" is missing, or no longer what was written. Nothing was restored.");
  }

  /** The rows of a table, as they were written. */
  static InputStream open(Path folder, Manifest.Table table) throws IOException {
    return new GZIPInputStream(
        new BufferedInputStream(Files.newInputStream(file(folder, table.name())), 1 << 16),
        1 << 16);
  }

  private static Path file(Path folder, String table) {
    return folder.resolve(table + ".copy.gz");
  }

  private static boolean isName(String name) {
    return name.matches("[a-z][a-z0-9_]*");
  }
}
