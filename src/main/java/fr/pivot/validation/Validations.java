package fr.pivot.validation;

import fr.pivot.codebook.Registry;
import fr.pivot.finding.Finding;
import fr.pivot.finding.Rule;
import fr.pivot.http.ProblemException;
import fr.pivot.http.ProblemType;
import fr.pivot.lookup.Points;
import fr.pivot.referential.Text;
import fr.pivot.text.DelimitedBytes;
import fr.pivot.text.Overrides;
import fr.pivot.text.RefusedFileException;
import fr.pivot.text.TabularFile;
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

  Validations(Points points) {
    this.points = points;
  }

  /** Where certain repairs go. */
  public enum Repair {
    /** In two columns after the one that is repaired: the code, and why it differs. */
    BESIDE,
    /** In the place of the value; each change is told. */
    IN_PLACE
  }

  /**
   * Begins to check a file, which is read while the check is.
   *
   * @param name the file's name, as reports give it
   * @param in its bytes; closed with the check
   * @param repair where certain repairs go; null where none are wanted
   * @param language of what is said about values: {@code fr} or {@code en}
   * @throws ProblemException where the file cannot be read, or where a column, a referential or an
   *     edition that is asked for does not exist
   */
  public Validation check(
      String name, InputStream in, Request request, @Nullable Repair repair, String language)
      throws IOException {
    TabularFile.Opened source = open(name, in, request.overrides());
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
      throw problem(e);
    }
  }

  /**
   * Finds which columns of a file hold which referential.
   *
   * @param name the file's name, as the answer gives it
   * @param in its bytes, read to their end and closed
   * @param language of what is said: {@code fr} or {@code en}
   * @throws ProblemException where the file cannot be read
   */
  public Detection detect(String name, InputStream in, Overrides overrides, String language)
      throws IOException {
    try (TabularFile.Opened source = open(name, in, overrides)) {
      return Detection.of(detector(), source, language);
    } catch (IOException | RuntimeException e) {
      throw problem(e);
    }
  }

  private static TabularFile.Opened open(String name, InputStream in, Overrides overrides)
      throws IOException {
    try {
      return switch (TabularFile.open(name, in, overrides)) {
        case TabularFile.Opened opened -> opened;
        case TabularFile.Refused(Finding reason) -> throw refused(reason);
      };
    } catch (IOException | RuntimeException e) {
      in.close();
      throw problem(e);
    }
  }

  /** What a file that cannot be read is answered with; anything else is left as it is. */
  static RuntimeException problem(Exception e) throws IOException {
    return switch (e) {
      case RefusedFileException refused -> refused(refused.at(""));
      case DelimitedBytes.RecordTooLongException tooLong ->
          ProblemType.TOO_LARGE
              .with("limit", DelimitedBytes.LONGEST_RECORD)
              .with("line", tooLong.line())
              .exception();
      case IOException lost when lost.getCause() instanceof ProblemException known -> known;
      case IOException lost -> throw lost;
      case RuntimeException broken -> broken;
      default -> new IllegalStateException(e);
    };
  }

  /** Why a file is not read, or not read further, in words. */
  public static Text why(ProblemException e) {
    return e.problem().members().get("reason") instanceof Text reason
        ? reason
        : new Text(e.problem().detail("fr"), e.problem().detail("en"));
  }

  private static ProblemException refused(Finding reason) {
    Rule rule = reason.rule();
    ProblemType type =
        rule == Rule.OVERSIZED_FILE || rule == Rule.OVERSIZED_LINE || rule == Rule.TOO_MANY_COLUMNS
            ? ProblemType.TOO_LARGE
            : ProblemType.REFUSED_FILE;
    var problem = type.with("reason", rule.message()).with("rule", rule.code());
    if (reason.place().line() > 0) {
      problem = problem.with("line", reason.place().line());
    }
    return (reason.value() == null ? problem : problem.with("found", reason.value())).exception();
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
