package fr.pivot.importing;

import fr.pivot.catalog.CatalogStore;
import fr.pivot.finding.Findings;
import fr.pivot.finding.Place;
import fr.pivot.finding.Rule;
import fr.pivot.formats.InputFile;
import fr.pivot.formats.ReadOptions;
import fr.pivot.formats.ReleaseFormat;
import fr.pivot.referential.SourceFile;
import fr.pivot.text.packed.RefusedFileException;
import io.micronaut.serde.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings files in: reads and stages them where nobody sees, checks the whole, and publishes it in
 * one transaction, or nothing of it.
 */
@Singleton
public class Importer {

  private final ImportStore store;
  private final CatalogStore catalog;
  private final StoredJson json;

  Importer(ImportStore store, CatalogStore catalog, ObjectMapper json) {
    this.store = store;
    this.catalog = catalog;
    this.json = new StoredJson(json);
  }

  /**
   * What the caller wants of an import.
   *
   * @param read how to read the files
   * @param acceptCountDrop whether an edition may lose more codes than looks right
   */
  public record Options(ReadOptions read, boolean acceptCountDrop) {}

  /** Learns how far an import is, by the names of its steps: {@code reading}, {@code checking}. */
  @FunctionalInterface
  public interface Progress {
    /** Nobody listens. */
    Progress SILENT = _ -> {};

    /** What the step of an edition that is made again begins with; its name follows. */
    String AGAIN = "again ";

    /** A step begins; the steps and their order are those of {@code ImportRun}. */
    void step(String what);
  }

  /**
   * Imports files.
   *
   * @throws ImportConflictException when another import of the same referential is under way
   * @throws IOException when the files cannot be read at all
   */
  public ImportOutcome run(
      ReleaseFormat format, List<InputFile> files, Options options, Progress progress)
      throws IOException {
    List<SourceFile> checksums = new ArrayList<>(files.size());
    Findings damage = new Findings();
    for (InputFile file : files) {
      try {
        checksums.add(file.toSourceFile());
      } catch (RefusedFileException e) {
        damage.add(
            Rule.UNREADABLE_FILE.at(Place.file(file.name()), String.valueOf(e.getMessage())));
      }
    }
    if (damage.hasErrors()) {
      return new ImportOutcome.Rejected(damage);
    }
    String optionsJson = json.options(format, files, options);
    List<String> known = store.listPublishedFrom(format.id(), optionsJson, checksums);
    if (!known.isEmpty()) {
      return new ImportOutcome.AlreadyPublished(known, new Findings());
    }
    long id = store.begin(format.id(), optionsJson, checksums);
    Findings findings = new Findings();
    String ended = "failed";
    try {
      ImportOutcome outcome =
          store.inTransaction(
              transaction ->
                  new ImportRun(
                          new ImportRun.Asked(id, format, files, checksums, options),
                          transaction,
                          catalog,
                          json,
                          findings)
                      .run(progress));
      ended =
          switch (outcome) {
            case ImportOutcome.Published _ -> "published";
            case ImportOutcome.AlreadyPublished _ -> "already-published";
            case ImportOutcome.Rejected _ -> "rejected";
          };
      return outcome;
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new StagingException(e);
    } finally {
      end(id, ended, findings);
    }
  }

  private void end(long id, String outcome, Findings findings) throws IOException {
    try {
      store.end(id, outcome, json.findings(findings));
    } catch (RuntimeException e) {
      // The log of a failed import is worth less than the failure itself, which is being thrown.
      if (!outcome.equals("failed")) {
        throw e;
      }
    }
  }
}
