package fr.pivot.registry;

import fr.pivot.catalog.Reference;
import fr.pivot.catalog.Release;
import fr.pivot.catalog.Resolution;
import fr.pivot.finding.Problem;
import fr.pivot.finding.ProblemException;
import fr.pivot.finding.ProblemType;
import fr.pivot.referential.Referential;
import fr.pivot.referential.Text;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the point that a request asks about, or says what is wrong with it. */
@Singleton
public final class Points {

  private static final int LONGEST_CODE = 100;

  /** What bounds a stretch of time. */
  public static final Text EDITION_OR_DATE =
      new Text(
          "une édition ou une date, comme 2024 ou 2015-06-01",
          "an edition or a date, such as 2024 or 2015-06-01");

  private final CurrentRegistry current;
  private final Clock clock;

  /** Finds points of the registry that answers, on the day of a clock. */
  public Points(CurrentRegistry current, Clock clock) {
    this.current = current;
    this.clock = clock;
  }

  /** The registry that answers now; before the first is loaded, a problem says so. */
  public Registry registry() {
    try {
      return current.current();
    } catch (NotLoadedException _) {
      throw ProblemType.UNAVAILABLE.problem().exception();
    }
  }

  /** The day in Paris. */
  public LocalDate today() {
    return LocalDate.now(clock);
  }

  /** The point that a reference stands for. */
  public Point find(Reference reference) {
    return find(registry(), reference, today());
  }

  /**
   * The point of a registry that a reference stands for.
   *
   * @param today the day that is meant where none is said
   */
  public static Point find(Registry registry, Reference reference, LocalDate today) {
    return switch (registry.catalog().resolve(reference, today)) {
      case Resolution.Resolved resolved ->
          new Point(
              registry,
              registry
                  .findCodes(resolved.referential().id())
                  .orElseThrow(() -> ProblemType.UNAVAILABLE.problem().exception()),
              resolved);
      case Resolution.UnknownReferential(String referential) ->
          throw unknownReferential(registry, referential);
      case Resolution.UnknownEdition(Referential referential, String edition, var editions) ->
          throw ProblemType.UNKNOWN_EDITION
              .with("referential", referential.id())
              .with("edition", edition)
              .with("editions", editions)
              .exception();
      case Resolution.NoEdition(Referential referential) ->
          throw ProblemType.NO_EDITION.with("referential", referential.id()).exception();
    };
  }

  /** The point of an edition on its reference day. */
  public static Point find(Registry registry, Release release) {
    return find(
        registry,
        new Reference(release.head().referential(), release.edition(), null),
        release.head().referenceDate());
  }

  /**
   * A point of which something is known; a day before the history of its referential is a problem.
   */
  public static Point known(Point point) {
    if (point.referential().isBeforeHorizon(point.date())) {
      throw beforeHorizon(point).exception();
    }
    return point;
  }

  /**
   * The point of a referential that an edition or a date stands for.
   *
   * @param parameter the parameter that holds it
   * @param at what it holds: {@code 2024} or {@code 2015-06-01}
   */
  public static Point find(
      Registry registry, String referential, String parameter, String at, LocalDate today) {
    Reference reference =
        Reference.parse(referential + '@' + at)
            .orElseThrow(() -> ProblemType.invalid(parameter, EDITION_OR_DATE));
    return find(registry, reference, today);
  }

  /** Reads the notation of a reference. */
  public static Reference reference(String text) {
    return Reference.parse(text)
        .orElseThrow(
            () ->
                ProblemType.MALFORMED_REFERENCE
                    .with("value", text.length() <= 100 ? text : text.substring(0, 100) + "…")
                    .exception());
  }

  /** The problem of a referential that does not exist, with those whose names look like it. */
  public static ProblemException unknownReferential(Registry registry, String id) {
    List<String> near =
        listNear(registry.catalog().listReferentials().stream().map(Referential::id).toList(), id);
    var problem = ProblemType.UNKNOWN_REFERENTIAL.with("referential", id);
    return (near.isEmpty() ? problem : problem.with("suggestions", near)).exception();
  }

  /** Those of some names that look like another one, in their order. */
  public static List<String> listNear(List<String> names, String wanted) {
    return names.stream().filter(known -> distance(known, wanted) <= 2).toList();
  }

  /** How many letters must change to make one word of another (Levenshtein); 3 for more than 2. */
  private static int distance(String a, String b) {
    if (Math.abs(a.length() - b.length()) > 2) {
      return 3;
    }
    int[] before = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      before[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = before[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, 1 + Math.min(before[j], row[j - 1]));
      }
      before = row;
    }
    return Math.min(before[b.length()], 3);
  }

  /** Whether a text could be a code of something. */
  public static boolean isCode(String text) {
    if (text.isEmpty() || text.length() > LONGEST_CODE) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** The problem of a point before the history of its referential. */
  public static Problem beforeHorizon(Point point) {
    return beforeHorizon(point.referential().id(), point.referential().horizon(), point.date())
        .with("release", point.release().edition());
  }

  /**
   * The problem of a day before anything is known of it in a referential.
   *
   * @param horizon the first day of which something is known
   */
  public static Problem beforeHorizon(
      String referential, @Nullable LocalDate horizon, LocalDate date) {
    return ProblemType.BEFORE_HORIZON
        .with("referential", referential)
        .with("date", date)
        .with("horizon", horizon);
  }
}
