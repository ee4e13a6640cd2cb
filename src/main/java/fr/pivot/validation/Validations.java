package fr.pivot.validation;

import fr.pivot.finding.ProblemException;
import fr.pivot.referential.Language;
import fr.pivot.registry.Points;
import fr.pivot.registry.Registry;
import fr.pivot.table.HandedTable;
import fr.pivot.text.detected.Overrides;
import fr.pivot.text.detected.TabularFile;
import fr.pivot.validation.detection.Detector;
import fr.pivot.validation.plan.Repair;
import fr.pivot.validation.plan.Request;
import fr.pivot.validation.report.Detection;
import fr.pivot.validation.report.Validation;
import fr.pivot.validation.rows.FileCheck;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Detects what files hold and checks them, whoever asks. */
@Singleton
public final class Validations {

  private final Points points;
  private volatile @Nullable Detector detector;

  /** Checks files by the registry whose points these are. */
  public Validations(Points points) {
    this.points = points;
  }

  /**
   * Begins to check a file, which is read while the check is.
   *
   * @param name the file's name, as reports give it
   * @param in its bytes; closed with the check
   * @param repair where certain repairs go; null where none are wanted
   * @param language of what is said about values
   * @throws ProblemException where the file cannot be read, or where a column, a referential or an
   *     edition that is asked for does not exist
   */
  public Validation check(
      String name, InputStream in, Request request, @Nullable Repair repair, Language language)
      throws IOException {
    TabularFile.Opened source = HandedTable.open(name, in, request.overrides());
    try {
      FileCheck check = FileCheck.begin(detector(), source, request, repair, language);
      try {
        return new Validation(check, language);
      } catch (IOException | RuntimeException e) {
        check.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      source.close();
      throw HandedTable.problem(e);
    }
  }

  /**
   * Finds which columns of a file hold which referential.
   *
   * @param name the file's name, as the answer gives it
   * @param in its bytes, read to their end and closed
   * @param language of what is said
   * @throws ProblemException where the file cannot be read
   */
  public Detection detect(String name, InputStream in, Overrides overrides, Language language)
      throws IOException {
    try (TabularFile.Opened source = HandedTable.open(name, in, overrides)) {
      return Detection.of(detector(), source, language);
    } catch (IOException | RuntimeException e) {
      throw HandedTable.problem(e);
    }
  }

  private Detector detector() {
    Registry registry = points.registry();
    LocalDate today = points.today();
    Detector known = detector;
    if (known == null || known.registry() != registry || !known.today().equals(today)) {
      known = new Detector(registry, today);
      detector = known;
    }
    return known;
  }
}
