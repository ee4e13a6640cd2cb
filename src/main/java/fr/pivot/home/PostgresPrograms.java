package fr.pivot.home;

import fr.pivot.text.Sha256;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/**
 * The programs of PostgreSQL: those that come with Pivot, unpacked once into the home folder, or
 * those that are installed on the machine.
 */
final class PostgresPrograms {

  /** The oldest PostgreSQL that the migrations run on. */
  private static final int OLDEST = 15;

  /** Who root is in a namespace of its own; PostgreSQL refuses to run as root itself. */
  private static final List<String> NOT_AS_ROOT = List.of("unshare", "--user");

  private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+)");

  /** Where programs are had from. */
  @FunctionalInterface
  private interface Source {
    /** The folder that they are in. */
    Path open() throws IOException;
  }

  private final Source source;
  private @Nullable Path bin;
  private int version;

  private PostgresPrograms(Source source) {
    this.source = source;
  }

  /** What a program that has ended said, and its exit code. */
  record Outcome(int exit, String said) {}

  /**
   * Those that are installed on the machine.
   *
   * @param bin the folder of {@code initdb} and {@code pg_ctl}, as {@code
   *     /usr/lib/postgresql/17/bin}
   * @throws HomeException when they are not there, or too old
   */
  static PostgresPrograms installed(Path bin) throws IOException {
    for (String program : List.of("initdb", "pg_ctl", "postgres")) {
      if (!Files.isExecutable(bin.resolve(program))) {
        throw new HomeException(
            "PIVOT_POSTGRES_BIN doit nommer le dossier des programmes de PostgreSQL, comme"
                + " /usr/lib/postgresql/17/bin ; « "
                + program
                + " » n'est pas dans "
                + bin,
            "PIVOT_POSTGRES_BIN must name the folder of PostgreSQL's programs, as"
                + " /usr/lib/postgresql/17/bin; there is no \""
                + program
                + "\" in "
                + bin);
      }
    }
    int version = askVersion(bin);
    if (version < OLDEST) {
      throw new HomeException(
          "Pivot demande PostgreSQL " + OLDEST + " ou plus récent ; " + bin + " en a le " + version,
          "Pivot needs PostgreSQL " + OLDEST + " or later; " + bin + " has " + version);
    }
    return new PostgresPrograms(() -> bin);
  }

  /**
   * Those that come with Pivot, from a folder of their own under the one that is given; unpacked
   * there first where they are not yet, once they are needed: who joins a server that runs needs
   * none. A process that dies over it leaves nothing that the next one takes for whole.
   */
  static PostgresPrograms bundled(Path folder) {
    return new PostgresPrograms(() -> openBundle(folder));
  }

  private static Path openBundle(Path folder) throws IOException {
    String bundle = bundleName();
    String digest = digest(bundle);
    Path whole = folder.resolve(digest.substring(0, 12));
    if (!Files.isDirectory(whole)) {
      Path fresh = OwnFiles.makeFolder(folder).resolve("unpacking");
      OwnFiles.delete(fresh);
      OwnFiles.makeFolder(fresh);
      unpack(bundle, fresh);
      Files.move(fresh, whole);
    }
    return whole.resolve("bin");
  }

  private static String bundleName() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    String name =
        "/postgres-"
            + (system.startsWith("windows")
                ? "windows"
                : system.startsWith("mac") ? "darwin" : "linux")
            + "-"
            + (machine.equals("aarch64") ? "arm_64" : "x86_64")
            + ".txz";
    if (PostgresPrograms.class.getResource(name) == null) {
      throw new HomeException(
          "Pivot ne contient pas de PostgreSQL pour ce système ("
              + system
              + ", "
              + machine
              + "). Indiquez celui de la machine par PIVOT_POSTGRES_BIN, ou un serveur par"
              + " PIVOT_DATABASE_URL.",
          "Pivot holds no PostgreSQL for this system ("
              + system
              + ", "
              + machine
              + "). Name the machine's own with PIVOT_POSTGRES_BIN, or a server with"
              + " PIVOT_DATABASE_URL.");
    }
    return name;
  }

  private static InputStream open(String bundle) throws IOException {
    InputStream in = PostgresPrograms.class.getResourceAsStream(bundle);
    if (in == null) {
      throw new IOException("the programs of PostgreSQL are gone from the class path");
    }
    return in;
  }

  private static String digest(String bundle) throws IOException {
    MessageDigest digest = Sha256.begin();
    try (InputStream in = new DigestInputStream(open(bundle), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return Sha256.end(digest);
  }

  private static void unpack(String bundle, Path folder) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(
            new XZInputStream(new BufferedInputStream(open(bundle), 1 << 16)))) {
      for (TarArchiveEntry entry; (entry = tar.getNextEntry()) != null; ) {
        Path file = folder.resolve(entry.getName()).normalize();
        if (!file.startsWith(folder)) {
          throw new IOException("an entry leads out of the folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
          OwnFiles.makeFolder(file);
        } else if (entry.isSymbolicLink()) {
          Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
        } else {
          OwnFiles.makeFolder(file.resolveSibling(""));
          Files.copy(tar, file);
          if ((entry.getMode() & 0100) != 0) {
            allowToRun(file);
          }
        }
      }
    }
  }

  private static void allowToRun(Path file) throws IOException {
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Set<PosixFilePermission> permissions = EnumSet.copyOf(Files.getPosixFilePermissions(file));
      permissions.add(PosixFilePermission.OWNER_EXECUTE);
      Files.setPosixFilePermissions(file, permissions);
    }
  }

  private static int askVersion(Path bin) throws IOException {
    Outcome outcome = run(List.of(bin.resolve("postgres").toString(), "--version"), null);
    Matcher version = VERSION.matcher(outcome.said());
    if (!version.find()) {
      throw new IOException("'postgres --version' says: " + outcome.said());
    }
    return Integer.parseInt(version.group(1));
  }

  /** The folder that they are in. */
  synchronized Path bin() throws IOException {
    Path known = bin;
    if (known == null) {
      known = source.open();
      bin = known;
    }
    return known;
  }

  /** Their major version, as 18. */
  synchronized int version() throws IOException {
    if (version == 0) {
      version = askVersion(bin());
    }
    return version;
  }

  /**
   * Runs one to its end.
   *
   * @param input what it reads, or null for nothing
   */
  Outcome run(@Nullable String input, String program, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(NOT_AS_ROOT);
    }
    command.add(bin().resolve(program).toString());
    command.addAll(arguments);
    return run(command, input);
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static Outcome run(List<String> command, @Nullable String input) throws IOException {
    // To a file and not a pipe: a server that goes on would keep a pipe open.
    Path said = Files.createTempFile("pivot-postgres", ".log");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
      builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
      builder.environment().put("LC_ALL", "C");
      Process process = builder.start();
      try (var out = process.getOutputStream()) {
        if (input != null) {
          out.write(input.getBytes(StandardCharsets.UTF_8));
        }
      }
      return new Outcome(process.waitFor(), Files.readString(said, StandardCharsets.ISO_8859_1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while running " + command.getLast(), e);
    } finally {
      Files.deleteIfExists(said);
    }
  }
}
