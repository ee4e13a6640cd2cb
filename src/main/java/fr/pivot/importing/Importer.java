package fr.pivot.importing;

import fr.pivot.catalog.Catalog;
import fr.pivot.catalog.CatalogStore;
import fr.pivot.catalog.Release;
import fr.pivot.finding.Findings;
import fr.pivot.finding.Place;
import fr.pivot.finding.Rule;
import fr.pivot.formats.InputFile;
import fr.pivot.formats.ReadOptions;
import fr.pivot.formats.ReleaseFormat;
import fr.pivot.formats.Years;
import fr.pivot.importing.StagingStore.Staged;
import fr.pivot.importing.StagingStore.StagedCorrespondence;
import fr.pivot.referential.CorrespondenceHead;
import fr.pivot.referential.Coverage;
import fr.pivot.referential.DayHead;
import fr.pivot.referential.ReleaseHead;
import fr.pivot.referential.SourceFile;
import fr.pivot.text.packed.RefusedFileException;
import io.micronaut.serde.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Brings files in: reads and stages them where nobody sees, checks the whole, and publishes it in
 * one transaction, or nothing of it.
 */
@Singleton
public class Importer {

  private final ImportStore store;
  private final CatalogStore catalog;
  private final ObjectMapper json;

  Importer(ImportStore store, CatalogStore catalog, ObjectMapper json) {
    this.store = store;
    this.catalog = catalog;
    this.json = json;
  }

  /**
   * What the caller wants of an import.
   *
   * @param read how to read the files
   * @param acceptCountDrop whether an edition may lose more codes than looks right
   */
  public record Options(ReadOptions read, boolean acceptCountDrop) {}

  /** Learns how far an import is, in words for a person. */
  @FunctionalInterface
  public interface Progress {
    /** Nobody listens. */
    Progress SILENT = _ -> {};

    /** What the step of an edition that is made again begins with; its name follows. */
    String AGAIN = "again ";

    /** A step begins. */
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
    List<Checksum> checksums = new ArrayList<>(files.size());
    Findings damage = new Findings();
    for (InputFile file : files) {
      try {
        checksums.add(Checksum.of(file));
      } catch (RefusedFileException e) {
        damage.add(
            Rule.UNREADABLE_FILE.at(Place.file(file.name()), String.valueOf(e.getMessage())));
      }
    }
    if (damage.hasErrors()) {
      return new ImportOutcome.Rejected(damage);
    }
    String optionsJson = json.writeValueAsString(describe(format, files, options));
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
                  run(transaction, id, format, files, checksums, options, findings, progress));
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

  private ImportOutcome run(
      ImportStore.Transaction transaction,
      long id,
      ReleaseFormat format,
      List<InputFile> files,
      List<Checksum> checksums,
      Options options,
      Findings findings,
      Progress progress)
      throws Exception {
    progress.step("reading");
    StagingStore staging = transaction.staging(catalog::findReferential, findings);
    format.read(files, options.read(), findings, staging);
    if (findings.hasErrors()) {
      return new ImportOutcome.Rejected(findings);
    }
    DayListStore lists = transaction.dayLists();
    reissue(transaction, staging, lists, checksums, id);
    for (Staged staged : staging.releases()) {
      lock(transaction, staged.head().referential());
    }
    staging.finish();
    WaitingStore waiting = transaction.waiting();
    recall(staging, waiting);
    for (StagedCorrespondence staged : staging.correspondences()) {
      if (!transaction.lockCorrespondence(staged.head().id())) {
        throw new ImportConflictException(staged.head().id());
      }
    }
    progress.step("checking");
    CheckStore checks = transaction.checks(findings);
    PublicationStore publication = transaction.publication();
    EditionSequence editions =
        new EditionSequence(transaction, staging, checks, publication, findings, progress);
    editions.publish(options.acceptCountDrop(), head -> sources(head.sources(), checksums), id);
    List<StagedCorrespondence> complete = new ArrayList<>();
    for (StagedCorrespondence staged : staging.correspondences()) {
      if (isComplete(staged, waiting, findings)) {
        if (check(staged, transaction, checks, findings)) {
          complete.add(staged);
        }
      } else {
        waiting.keep(staged, sources(staged.head().sources(), checksums), id);
      }
    }
    if (findings.hasErrors()
        || (staging.releases().isEmpty() && staging.correspondences().isEmpty())) {
      return new ImportOutcome.Rejected(findings);
    }
    progress.step("publishing");
    List<String> unchanged = editions.unchanged();
    Map<StagedCorrespondence, String> tables = new LinkedHashMap<>();
    for (StagedCorrespondence staged : complete) {
      String digest = publication.digest(staged);
      if (publication.isPublished(staged, digest, descriptor(staged))) {
        unchanged.add(staged.head().id());
      } else {
        tables.put(staged, digest);
      }
    }
    if (editions.published().isEmpty() && tables.isEmpty()) {
      return new ImportOutcome.AlreadyPublished(unchanged, findings);
    }
    for (Map.Entry<StagedCorrespondence, String> table : tables.entrySet()) {
      StagedCorrespondence staged = table.getKey();
      publication.publish(
          staged,
          table.getValue(),
          descriptor(staged),
          sources(staged.head().sources(), checksums),
          id);
      waiting.forget(staged.head().id());
    }
    publication.renewStatistics();
    transaction.endPublished(id, json.writeValueAsString(FindingsReport.of(findings)));
    transaction.commit();
    Catalog now = catalog.load();
    List<Release> releases =
        editions.published().keySet().stream()
            .sorted(Comparator.comparingInt(Staged::number))
            .flatMap(s -> now.findRelease(s.head().referential(), s.head().edition()).stream())
            .toList();
    return new ImportOutcome.Published(
        releases,
        tables.entrySet().stream()
            .map(t -> new ImportOutcome.Table(t.getKey().head(), t.getValue()))
            .toList(),
        findings);
  }

  private static void lock(ImportStore.Transaction transaction, String referential) {
    if (!transaction.lock(referential)) {
      throw new ImportConflictException(referential);
    }
  }

  /**
   * Keeps the lists of a day, and stages anew the editions that say otherwise of the day: they say
   * what they said but for that.
   */
  private void reissue(
      ImportStore.Transaction transaction,
      StagingStore staging,
      DayListStore lists,
      List<Checksum> checksums,
      long id) {
    SortedSet<String> referentials = new TreeSet<>();
    for (DayHead list : staging.days()) {
      referentials.add(list.referential());
      referentials.addAll(list.whole());
    }
    referentials.forEach(referential -> lock(transaction, referential));
    staging.finishDays();
    if (referentials.isEmpty()) {
      return;
    }
    lists.record(staging.days(), id);
    Catalog now = catalog.load();
    for (String referential : referentials) {
      SortedSet<String> contradicted = new TreeSet<>();
      staging.days().forEach(d -> contradicted.addAll(lists.listContradicted(d, referential)));
      for (String edition : contradicted) {
        if (staging.releases().stream()
            .map(Staged::head)
            .noneMatch(h -> h.referential().equals(referential) && h.edition().equals(edition))) {
          Release release = now.findRelease(referential, edition).orElseThrow();
          staging.open(withSources(release.head(), checksums), Coverage.nothing());
        }
      }
    }
  }

  private static ReleaseHead withSources(ReleaseHead head, List<Checksum> checksums) {
    List<SourceFile> sources = new ArrayList<>(head.sources());
    for (Checksum file : checksums) {
      if (sources.stream().noneMatch(s -> s.sha256().equals(file.sha256()))) {
        sources.add(new SourceFile(file.name(), null, file.sha256(), file.bytes()));
      }
    }
    return new ReleaseHead(
        head.referential(), head.edition(), head.referenceDate(), head.issued(), sources);
  }

  /** Stages the tables that waited for what this import holds. */
  private static void recall(StagingStore staging, WaitingStore waiting) {
    for (CorrespondenceHead head : waiting.listReady()) {
      if (staging.correspondences().stream().noneMatch(c -> c.head().id().equals(head.id()))) {
        waiting.recall(staging.recall(head));
      }
    }
  }

  /** Whether a table has both its sides, or must have them. */
  private static boolean isComplete(
      StagedCorrespondence staged, WaitingStore waiting, Findings findings) {
    if (staged.standing() != StagingStore.Standing.MAY_WAIT) {
      return true;
    }
    List<CorrespondenceHead.Side> missing = waiting.listMissing(staged.head());
    missing.forEach(
        side -> findings.add(Rule.CORRESPONDENCE_WAITS.at(staged.place(0, null), side.toString())));
    return missing.isEmpty();
  }

  /**
   * Checks a table; what is wrong with one that waited does not fail the import of another file,
   * and it goes on waiting.
   */
  private static boolean check(
      StagedCorrespondence staged,
      ImportStore.Transaction transaction,
      CheckStore checks,
      Findings findings) {
    if (staged.standing() != StagingStore.Standing.WAITED) {
      checks.check(staged);
      return true;
    }
    Findings own = new Findings();
    transaction.checks(own).check(staged);
    if (own.hasErrors()) {
      findings.add(Rule.CORRESPONDENCE_WAITS.at(staged.place(0, null), staged.head().id()));
    }
    return !own.hasErrors();
  }

  /** What a correspondence says of itself beside its sides, its lines and its files. */
  private String descriptor(StagedCorrespondence staged) throws IOException {
    CorrespondenceHead head = staged.head();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("title", Map.of("fr", head.title().fr(), "en", head.title().en()));
    map.put("publisher", head.publisher());
    if (head.homepage() != null) {
      map.put("homepage", head.homepage());
    }
    if (head.issued() != null) {
      map.put("issued", head.issued().toString());
    }
    return json.writeValueAsString(map);
  }

  /**
   * What an import is beside the bytes of its files. Their names count where they tell of which
   * year they are: the same bytes as the list of another year say something else.
   */
  private static Map<String, Object> describe(
      ReleaseFormat format, List<InputFile> files, Options options) {
    Map<String, Object> map = new TreeMap<>(format.settings());
    map.put("acceptCountDrop", options.acceptCountDrop());
    map.put("repairLeadingZeros", options.read().repairLeadingZeros());
    if (options.read().edition() != null) {
      map.put("edition", options.read().edition());
    }
    List<String> told =
        files.stream()
            .flatMap(file -> Years.find(file.name(), options.read().edition()).stream())
            .map(Years::edition)
            .distinct()
            .sorted()
            .toList();
    if (!told.isEmpty()) {
      map.put("told", told);
    }
    return map;
  }

  private String sources(List<SourceFile> stated, List<Checksum> checksums) throws IOException {
    List<Map<String, Object>> list = new ArrayList<>();
    if (stated.isEmpty()) {
      checksums.forEach(c -> list.add(source(c.name(), null, c.sha256(), c.bytes())));
    } else {
      stated.forEach(s -> list.add(source(s.name(), s.origin(), s.sha256(), s.bytes())));
    }
    return json.writeValueAsString(list);
  }

  private static Map<String, Object> source(
      String name, @Nullable String origin, String sha256, long bytes) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", name);
    if (origin != null) {
      map.put("origin", origin);
    }
    map.put("sha256", sha256);
    map.put("bytes", bytes);
    return map;
  }

  private void end(long id, String outcome, Findings findings) throws IOException {
    try {
      store.end(id, outcome, json.writeValueAsString(FindingsReport.of(findings)));
    } catch (RuntimeException e) {
      // The log of a failed import is worth less than the failure itself, which is being thrown.
      if (!outcome.equals("failed")) {
        throw e;
      }
    }
  }
}
