package fr.pivot.importing;

import fr.pivot.catalog.Catalog;
import fr.pivot.catalog.CatalogStore;
import fr.pivot.catalog.Release;
import fr.pivot.finding.Findings;
import fr.pivot.finding.Rule;
import fr.pivot.formats.InputFile;
import fr.pivot.formats.ReleaseFormat;
import fr.pivot.importing.StagingStore.Staged;
import fr.pivot.importing.StagingStore.StagedCorrespondence;
import fr.pivot.referential.Coverage;
import fr.pivot.referential.DayHead;
import fr.pivot.referential.ReleaseHead;
import fr.pivot.referential.SourceFile;
import fr.pivot.referential.correspondence.CorrespondenceHead;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** One import under way, in its transaction: what it was asked, and what it has so far. */
final class ImportRun {

  /** A step of an import. */
  private interface Work {
    /** Does it; an outcome ends the import, and the steps after are left out. */
    Optional<ImportOutcome> run(ImportRun run) throws Exception;
  }

  /** The steps, in their order. */
  private enum Step {
    READING(ImportRun::read),
    RECORDING_DAYS(ImportRun::recordDays),
    LOCKING_RELEASES(ImportRun::lockReleases),
    RECALLING_TABLES(ImportRun::recallTables),
    CHECKING(ImportRun::publishEditions),
    CHECKING_TABLES(ImportRun::checkTables),
    PUBLISHING(ImportRun::publishTables),
    COMMITTING(ImportRun::commit);

    private final Work work;

    Step(Work work) {
      this.work = work;
    }

    /** Its name, as whoever follows the import is told it. */
    String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * What an import was asked.
   *
   * @param id its number in the log of imports
   * @param checksums of the files, in their order
   */
  record Asked(
      long id,
      ReleaseFormat format,
      List<InputFile> files,
      List<SourceFile> checksums,
      Importer.Options options) {}

  private final Asked asked;
  private final ImportStore.Transaction transaction;
  private final CatalogStore catalog;
  private final StoredJson json;
  private final Findings findings;
  private final StagingStore staging;
  private final WaitingStore waiting;
  private final CheckStore checks;
  private final PublicationStore publication;

  /** The tables that have both their sides, with nothing wrong about them so far. */
  private final List<StagedCorrespondence> complete = new ArrayList<>();

  /** The tables that were published, with their digests. */
  private final Map<StagedCorrespondence, String> tables = new LinkedHashMap<>();

  private Importer.Progress progress = Importer.Progress.SILENT;
  private final EditionSequence editions;

  ImportRun(
      Asked asked,
      ImportStore.Transaction transaction,
      CatalogStore catalog,
      StoredJson json,
      Findings findings) {
    this.asked = asked;
    this.transaction = transaction;
    this.catalog = catalog;
    this.json = json;
    this.findings = findings;
    this.staging = transaction.staging(catalog::findReferential, findings);
    this.waiting = transaction.waiting();
    this.checks = transaction.checks(findings);
    this.publication = transaction.publication();
    this.editions =
        new EditionSequence(
            transaction, staging, checks, publication, findings, step -> progress.step(step));
  }

  /** Runs the steps; what the last of them did not commit is undone by the caller. */
  ImportOutcome run(Importer.Progress listener) throws Exception {
    progress = listener;
    for (Step step : Step.values()) {
      progress.step(step.id());
      Optional<ImportOutcome> outcome = step.work.run(this);
      if (outcome.isPresent()) {
        return outcome.get();
      }
    }
    throw new IllegalStateException("the last step has an outcome");
  }

  /** Has the format read the files into staging. */
  private Optional<ImportOutcome> read() throws Exception {
    asked.format().read(asked.files(), asked.options().read(), findings, staging);
    return findings.hasErrors() ? rejected() : Optional.empty();
  }

  private Optional<ImportOutcome> rejected() {
    return Optional.of(new ImportOutcome.Rejected(findings));
  }

  /**
   * Keeps the lists of a day, and stages anew the editions that say otherwise of the day: they say
   * what they said but for that.
   */
  private Optional<ImportOutcome> recordDays() {
    SortedSet<String> referentials = new TreeSet<>();
    for (DayHead list : staging.days()) {
      referentials.add(list.referential());
      referentials.addAll(list.whole());
    }
    referentials.forEach(this::lock);
    staging.finishDays();
    if (!referentials.isEmpty()) {
      DayListStore lists = transaction.dayLists();
      lists.record(staging.days(), asked.id());
      Catalog now = catalog.load();
      for (String referential : referentials) {
        SortedSet<String> contradicted = new TreeSet<>();
        staging.days().forEach(d -> contradicted.addAll(lists.listContradicted(d, referential)));
        contradicted.stream()
            .filter(edition -> !isStaged(referential, edition))
            .map(edition -> now.findRelease(referential, edition).orElseThrow())
            .forEach(release -> staging.open(withSources(release.head()), Coverage.nothing()));
      }
    }
    return Optional.empty();
  }

  private boolean isStaged(String referential, String edition) {
    return staging.releases().stream()
        .map(Staged::head)
        .anyMatch(h -> h.referential().equals(referential) && h.edition().equals(edition));
  }

  private void lock(String referential) {
    if (!transaction.lock(referential)) {
      throw new ImportConflictException(referential);
    }
  }

  /** A release as it is, made from the files of this import, too. */
  private ReleaseHead withSources(ReleaseHead head) {
    List<SourceFile> sources = new ArrayList<>(head.sources());
    for (SourceFile file : asked.checksums()) {
      if (sources.stream().noneMatch(s -> s.sha256().equals(file.sha256()))) {
        sources.add(file);
      }
    }
    return new ReleaseHead(
        head.referential(), head.edition(), head.referenceDate(), head.issued(), sources);
  }

  /** Takes the referentials for this import alone, and ends what is staged of their releases. */
  private Optional<ImportOutcome> lockReleases() {
    staging.releases().forEach(staged -> lock(staged.head().referential()));
    staging.finish();
    return Optional.empty();
  }

  /** Stages the tables that waited for what this import holds, and takes all tables for it. */
  private Optional<ImportOutcome> recallTables() {
    for (CorrespondenceHead head : waiting.listReady()) {
      if (staging.correspondences().stream().noneMatch(c -> c.head().id().equals(head.id()))) {
        waiting.recall(staging.recall(head));
      }
    }
    for (StagedCorrespondence staged : staging.correspondences()) {
      if (!transaction.lockCorrespondence(staged.head().id())) {
        throw new ImportConflictException(staged.head().id());
      }
    }
    return Optional.empty();
  }

  /** Completes, checks and publishes the editions, the oldest first. */
  private Optional<ImportOutcome> publishEditions() throws Exception {
    editions.publish(
        asked.options().acceptCountDrop(),
        head -> json.sources(head.sources(), asked.checksums()),
        asked.id());
    return Optional.empty();
  }

  /** Checks the tables that have both their sides, and keeps the others until they do. */
  private Optional<ImportOutcome> checkTables() throws Exception {
    for (StagedCorrespondence staged : staging.correspondences()) {
      if (!isComplete(staged)) {
        waiting.keep(staged, sources(staged), asked.id());
      } else if (isSound(staged)) {
        complete.add(staged);
      }
    }
    boolean nothing = staging.releases().isEmpty() && staging.correspondences().isEmpty();
    return findings.hasErrors() || nothing ? rejected() : Optional.empty();
  }

  /** Whether a table has both its sides, or must have them. */
  private boolean isComplete(StagedCorrespondence staged) {
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
  private boolean isSound(StagedCorrespondence staged) {
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

  /** Publishes the tables that say something new; where no edition does either, that is all. */
  private Optional<ImportOutcome> publishTables() throws Exception {
    List<String> unchanged = editions.unchanged();
    for (StagedCorrespondence staged : complete) {
      String digest = publication.digest(staged);
      if (publication.isPublished(staged, digest, json.descriptor(staged))) {
        unchanged.add(staged.head().id());
      } else {
        tables.put(staged, digest);
      }
    }
    if (editions.published().isEmpty() && tables.isEmpty()) {
      return Optional.of(new ImportOutcome.AlreadyPublished(unchanged, findings));
    }
    for (Map.Entry<StagedCorrespondence, String> table : tables.entrySet()) {
      StagedCorrespondence staged = table.getKey();
      publication.publish(
          staged, table.getValue(), json.descriptor(staged), sources(staged), asked.id());
      waiting.forget(staged.head().id());
    }
    return Optional.empty();
  }

  private String sources(StagedCorrespondence staged) throws Exception {
    return json.sources(staged.head().sources(), asked.checksums());
  }

  /** Makes all of it public at once. */
  private Optional<ImportOutcome> commit() throws Exception {
    publication.renewStatistics();
    transaction.endPublished(asked.id(), json.findings(findings));
    transaction.commitPublished();
    Catalog now = catalog.load();
    List<Release> releases =
        editions.published().keySet().stream()
            .sorted(Comparator.comparingInt(Staged::number))
            .flatMap(s -> now.findRelease(s.head().referential(), s.head().edition()).stream())
            .toList();
    return Optional.of(
        new ImportOutcome.Published(
            releases,
            tables.entrySet().stream()
                .map(t -> new ImportOutcome.Table(t.getKey().head(), t.getValue()))
                .toList(),
            findings));
  }
}
