package packs;

import fr.pivot.referential.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One edition of the French territories, from one version of the npm package
 * {@code @etalab/decoupage-administratif}.
 *
 * @param name the edition
 * @param day its reference day
 * @param issued the day the package's files were made
 * @param source the package
 * @param folder where its data is
 */
record Edition(String name, LocalDate day, LocalDate issued, SourceFile source, Path folder) {

  /** Which version states which edition; only the package's README tells, so it is kept here. */
  private static final Map<String, String> VERSIONS =
      new TreeMap<>(
          Map.of(
              "2019", "0.7.0",
              "2021", "1.1.1",
              "2022", "2.3.1",
              "2023", "3.1.1",
              "2024", "4.1.0",
              "2025", "5.3.0",
              "2026", "6.0.0"));

  static List<Edition> all(Path sources) throws IOException {
    List<Edition> editions = new ArrayList<>();
    for (var entry : VERSIONS.entrySet()) {
      String stem = "etalab-decoupage-administratif-" + entry.getValue();
      Path folder = sources.resolve(stem).resolve("package").resolve("data");
      editions.add(
          new Edition(
              entry.getKey(),
              LocalDate.of(Integer.parseInt(entry.getKey()), 1, 1),
              LocalDate.ofInstant(
                  Files.getLastModifiedTime(folder.resolve("communes.json")).toInstant(),
                  ZoneOffset.UTC),
              sourceFile(
                  sources.resolve(stem + ".tgz"),
                  "npm @etalab/decoupage-administratif " + entry.getValue()),
              folder));
    }
    return editions;
  }

  static SourceFile sourceFile(Path file, String origin) throws IOException {
    try (InputStream in =
        new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
      long bytes = in.transferTo(java.io.OutputStream.nullOutputStream());
      return new SourceFile(
          file.getFileName().toString(),
          origin,
          HexFormat.of().formatHex(((DigestInputStream) in).getMessageDigest().digest()),
          bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  List<Json> read(String file) throws IOException {
    return Json.array(folder.resolve(file + ".json"));
  }

  boolean has(String file) {
    return Files.exists(folder.resolve(file + ".json"));
  }
}
