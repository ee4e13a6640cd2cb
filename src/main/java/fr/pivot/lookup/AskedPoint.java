package fr.pivot.lookup;

import fr.pivot.catalog.Reference;
import fr.pivot.finding.ProblemType;
import fr.pivot.http.Freshness;
import fr.pivot.http.RequestTarget;
import fr.pivot.referential.Text;
import fr.pivot.registry.Point;
import fr.pivot.registry.Points;
import fr.pivot.registry.Registry;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Pattern;

/** The point and the code that the address of a request asks about. */
public final class AskedPoint {

  private static final Pattern EDITION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

  private AskedPoint() {}

  /**
   * The point that a request asks about: the reference in its path, then its {@code release} and
   * {@code date} parameters, which win.
   *
   * @param registry the registry that answers the request
   * @param today the day that is meant where none is said
   * @param segment the place of the reference in the path
   */
  public static Point find(Registry registry, LocalDate today, RequestTarget target, int segment) {
    Reference reference = Points.reference(target.segment(segment));
    if (target.query() != null) {
      Optional<String> edition =
          target.find(
              "release",
              EDITION,
              32,
              new Text("une édition, comme 2026", "an edition, such as 2026"));
      if (edition.isPresent()) {
        reference = reference.withEdition(edition.get());
      }
      Optional<LocalDate> date = target.findDate("date");
      if (date.isPresent()) {
        reference = reference.withDate(date.get());
      }
    }
    return Points.find(registry, reference, today);
  }

  /** The code in a path. */
  public static String code(RequestTarget target, int segment) {
    String code = target.segment(segment);
    if (!Points.isCode(code)) {
      throw ProblemType.MALFORMED_CODE.problem().exception();
    }
    return code;
  }

  /** How long an answer given at a point may be kept. */
  public static Freshness freshness(Point point) {
    return new Freshness(point.resolved().pinned(), point.release().publishedAt());
  }
}
