import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Makes what packages hold and no other build needs: the Java that a release brings along, with the
 * modules that Pivot and its libraries use and no compiler; and the compressed pages of a Debian
 * package.
 *
 * <p>Arguments: the folder to make them in, the folder of the Debian package, the version.
 */
public final class MakePackageParts {

  /**
   * What the libraries ask for, and what is only found when it is sought: encodings of old files,
   * the names of days in French, zip files as folders, keys of elliptic curves for the server's
   * password.
   */
  private static final String MODULES =
      "java.base,java.desktop,java.instrument,java.logging,java.management,java.naming,"
          + "java.net.http,java.security.jgss,java.security.sasl,java.sql,java.transaction.xa,"
          + "java.xml,jdk.charsets,jdk.crypto.ec,jdk.jfr,jdk.localedata,jdk.management,jdk.net,"
          + "jdk.unsupported,jdk.zipfs";

  private static final String CHANGELOG =
      """
      pivot (%s) stable; urgency=medium

        * What changed is told in /usr/share/doc/pivot/CHANGELOG.md.

       -- The Pivot project <pivot@example.invalid>  Thu, 01 Jan 2026 00:00:00 +0000
      """;

  /** Makes the runtime with the tool of the JDK that this runs on. */
  public static void main(String[] args) throws IOException {
    makeRuntime(Path.of(args[0], "runtime"));
    Path debian = Files.createDirectories(Path.of(args[0], "debian"));
    compress(Files.readString(Path.of(args[1], "pivot.1")), debian.resolve("pivot.1.gz"));
    String version = args[2].replace("-SNAPSHOT", "~SNAPSHOT");
    compress(CHANGELOG.formatted(version), debian.resolve("changelog.gz"));
  }

  /** As gzip -9n makes it: the ninth byte says that nothing smaller was to be had. */
  private static void compress(String text, Path file) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Deflater best = new Deflater(Deflater.BEST_COMPRESSION, true);
    try (OutputStream out =
        new GZIPOutputStream(bytes) {
          {
            def = best;
          }
        }) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    best.end();
    byte[] compressed = bytes.toByteArray();
    compressed[8] = 2;
    Files.write(file, compressed);
  }

  private static void makeRuntime(Path runtime) throws IOException {
    if (Files.exists(runtime)) {
      try (Stream<Path> files = Files.walk(runtime)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    Files.createDirectories(runtime.getParent());
    int code =
        ToolProvider.findFirst("jlink")
            .orElseThrow()
            .run(
                System.out,
                System.err,
                "--add-modules",
                MODULES,
                "--include-locales=fr,en",
                "--strip-debug",
                "--no-header-files",
                "--no-man-pages",
                "--compress",
                "zip-6",
                "--output",
                runtime.toString());
    if (code != 0) {
      System.exit(code);
    }
  }

  private MakePackageParts() {}
}
