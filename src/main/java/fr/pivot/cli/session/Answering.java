package fr.pivot.cli.session;

import fr.pivot.crosswalk.Crosswalks;
import fr.pivot.crosswalk.changes.ChangeAnswers;
import fr.pivot.crosswalk.file.FileTranslations;
import fr.pivot.http.EdgeClock;
import fr.pivot.lookup.CodeAnswers;
import fr.pivot.pages.alone.TemplatedReports;
import fr.pivot.reconciliation.file.FileReconciliations;
import fr.pivot.registry.CurrentRegistry;
import fr.pivot.registry.Points;
import fr.pivot.registry.Registry;
import fr.pivot.registry.RegistryCaches;
import fr.pivot.search.NameSearches;
import fr.pivot.validation.Validations;
import fr.pivot.validation.report.ReportPages;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What answers the questions of one command, from its start to its end. Where the files of the home
 * folder say what is published, they are asked and nothing else starts; elsewhere the database is,
 * and the files are made for the next command.
 */
public final class Answering implements AutoCloseable {

  private static final String NO_REFERENTIAL = "";

  private final Registry registry;
  private final Points points;
  private final @Nullable Path codebooks;
  private final @Nullable Installation installation;

  private Answering(
      Registry registry, @Nullable Path codebooks, @Nullable Installation installation) {
    this.registry = registry;
    this.points = new Points(new One(registry), EdgeClock.inParis());
    this.codebooks = codebooks;
    this.installation = installation;
  }

  /** One registry, which is never swapped: a command answers as of one moment. */
  private record One(Registry current) implements CurrentRegistry {
    @Override
    public Registry currentOrNull() {
      return current;
    }

    /** It was read to answer with. */
    @Override
    public Duration sinceReached() {
      return Duration.ZERO;
    }

    @Override
    public void onSwap(Runnable follower) {
      // It never is.
    }
  }

  /** Opens the whole registry. */
  public static Answering open(Console console, @Nullable Path home) throws IOException {
    return open(console, home, null);
  }

  /** Opens what exists, without any code. */
  public static Answering openCatalog(Console console, @Nullable Path home) throws IOException {
    return open(console, home, NO_REFERENTIAL);
  }

  /**
   * Opens what answers about the codes of one referential need: the whole would take longer.
   *
   * @param referential its id; null for the whole registry
   */
  public static Answering open(Console console, @Nullable Path home, @Nullable String referential)
      throws IOException {
    KnownHome known = KnownHome.find(home);
    Registry filed = known == null ? null : known.find(referential);
    if (known != null && filed != null) {
      return new Answering(filed, known.codebooks(), null);
    }
    Installation installation = Installation.open(console, home);
    try {
      Registry read = installation.read(referential);
      return new Answering(read, installation.codebooks(), installation);
    } catch (IOException | RuntimeException e) {
      installation.close();
      throw e;
    }
  }

  /** What is asked. */
  public Registry registry() {
    return registry;
  }

  /** Where points are found. */
  public Points points() {
    return points;
  }

  /** Answers about codes. */
  public CodeAnswers codes() {
    return new CodeAnswers(points);
  }

  /** Answers about what changed. */
  public ChangeAnswers changes() {
    return new ChangeAnswers(points);
  }

  /** Checks files. */
  public Validations validations() {
    return new Validations(points);
  }

  /** Makes pages of reports. */
  public ReportPages reports() {
    return new TemplatedReports();
  }

  /** Translates files. */
  public FileTranslations translations() {
    return new FileTranslations(points, new Crosswalks(new RegistryCaches()));
  }

  /** Gives names their codes in files. */
  public FileReconciliations reconciliations() {
    return new FileReconciliations(searches(), points);
  }

  /** Finds names. */
  public NameSearches searches() {
    return NameSearches.of(
        new One(registry), points, codebooks == null ? null : codebooks.toString());
  }

  @Override
  public void close() {
    if (installation != null) {
      installation.close();
    }
  }
}
