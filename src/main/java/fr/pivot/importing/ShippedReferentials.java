package fr.pivot.importing;

import fr.pivot.catalog.Catalog;
import fr.pivot.catalog.CatalogStore;
import fr.pivot.formats.ReadOptions;
import fr.pivot.formats.pack.DescriptorReader;
import fr.pivot.formats.pack.PackFormat;
import fr.pivot.importing.files.LocalFiles;
import fr.pivot.referential.Referential;
import fr.pivot.text.Sha256;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The referentials that come with Pivot: a folder each, with a descriptor and a folder an edition;
 * and correspondences between them, a folder each in any folder beside. What the registry has taken
 * in once is not read again.
 */
@Singleton
public class ShippedReferentials {

  private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(1);

  private final CatalogStore catalog;
  private final ImportStore imports;
  private final Importer importer;

  ShippedReferentials(CatalogStore catalog, ImportStore imports, Importer importer) {
    this.catalog = catalog;
    this.imports = imports;
    this.importer = importer;
  }

  /**
   * An edition that could not be taken in. The others were.
   *
   * @param pack its folder
   * @param outcome what is wrong with it
   */
  public record Refused(Path pack, ImportOutcome outcome) {}

  /**
   * Publishes what the folder holds and the registry does not have yet. Of several nodes that start
   * on one database, one does it and the others wait.
   *
   * @param folder the folder of the referentials
   * @param progress told the name of each edition before it is read
   * @return the editions refused; empty where all is well
   */
  public List<Refused> publishMissing(Path folder, Importer.Progress progress) throws IOException {
    Map<String, Referential> described = new LinkedHashMap<>();
    Map<Path, String> packs = new LinkedHashMap<>();
    for (Path referential : list(folder)) {
      Path descriptor = referential.resolve("descriptor.json");
      if (Files.isRegularFile(descriptor)) {
        String text = Files.readString(descriptor);
        described.put(text, read(descriptor, text));
      }
      for (Path pack : list(referential)) {
        Path head = pack.resolve("datapackage.json");
        if (Files.isRegularFile(head)) {
          packs.put(pack, LocalFiles.of(head).toSourceFile().sha256());
        }
      }
    }
    if (isKnown(described, packs)) {
      return List.of();
    }
    return imports.alone("shipped referentials", () -> publish(described, packs, progress));
  }

  private boolean isKnown(Map<String, Referential> described, Map<Path, String> packs) {
    Catalog known = catalog.load();
    return described.values().stream().allMatch(r -> isKnown(known, r))
        && imports.listPublished(packs.values()).containsAll(packs.values());
  }

  private static boolean isKnown(Catalog known, Referential referential) {
    return known.findReferential(referential.id()).filter(referential::equals).isPresent();
  }

  private List<Refused> publish(
      Map<String, Referential> described, Map<Path, String> packs, Importer.Progress progress)
      throws IOException {
    Catalog known = catalog.load();
    described.forEach(
        (text, referential) -> {
          if (!isKnown(known, referential)) {
            catalog.describe(referential, text);
          }
        });
    packs.values().removeAll(imports.listPublished(packs.values()));
    List<Refused> refused = new ArrayList<>();
    // Correspondences come last: their sides are releases of other packs.
    List<Path> correspondences = new ArrayList<>();
    for (Path pack : packs.keySet()) {
      if (PackFormat.isCorrespondence(LocalFiles.of(pack.resolve("datapackage.json")))) {
        correspondences.add(pack);
      } else {
        publish(pack, progress, refused);
      }
    }
    for (Path pack : correspondences) {
      publish(pack, progress, refused);
    }
    return refused;
  }

  /**
   * The digest of what decides what {@link #publishMissing} does: the descriptors, and the heads of
   * the packs.
   *
   * @param folder the folder of the referentials
   */
  public static String digest(Path folder) throws IOException {
    MessageDigest digest = Sha256.begin();
    for (Path referential : list(folder)) {
      digest(digest, referential.resolve("descriptor.json"));
      for (Path pack : list(referential)) {
        digest(digest, pack.resolve("datapackage.json"));
      }
    }
    return Sha256.end(digest);
  }

  private static void digest(MessageDigest digest, Path file) throws IOException {
    if (Files.isRegularFile(file)) {
      digest.update((file + "\n").getBytes(StandardCharsets.UTF_8));
      digest.update(Files.readAllBytes(file));
    }
  }

  private static Referential read(Path file, String text) throws IOException {
    return DescriptorReader.read(
        file.toString(), new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private void publish(Path pack, Importer.Progress progress, List<Refused> refused)
      throws IOException {
    Path referential = pack.getParent();
    progress.step(
        (referential == null ? "" : referential.getFileName() + "@") + pack.getFileName());
    ImportOutcome outcome = importOnceFree(pack);
    if (outcome instanceof ImportOutcome.Rejected) {
      refused.add(new Refused(pack, outcome));
    }
  }

  /** Imports a pack, after whoever imports something of the same referential at the moment. */
  private ImportOutcome importOnceFree(Path pack) throws IOException {
    while (true) {
      try {
        return importer.run(
            new PackFormat(),
            list(pack).stream().map(LocalFiles::of).toList(),
            new Importer.Options(new ReadOptions(null, false), true),
            Importer.Progress.SILENT);
      } catch (ImportConflictException _) {
        try {
          Thread.sleep(BETWEEN_ATTEMPTS);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IOException("interrupted while another import goes on", e);
        }
      }
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children.sorted().toList();
    }
  }
}
