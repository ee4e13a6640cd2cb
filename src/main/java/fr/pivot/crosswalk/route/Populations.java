package fr.pivot.crosswalk.route;

import fr.pivot.catalog.Release;
import fr.pivot.crosswalk.lineage.Arrival;
import fr.pivot.crosswalk.lineage.Share;
import fr.pivot.referential.Measure;
import fr.pivot.referential.Succession;
import fr.pivot.referential.correspondence.Match;
import fr.pivot.registry.Codes;
import fr.pivot.registry.Point;
import fr.pivot.registry.Registry;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Weighs the targets of a split by the figures that an edition states of them. */
final class Populations {

  private Populations() {}

  /**
   * The targets with their shares, by the figures of the nearest edition that states one for each
   * of them as they were; without shares where there is no such edition, or where a target also
   * holds what is not of the source.
   */
  static List<Arrival> weigh(Registry registry, Point point, List<Arrival> targets) {
    Codes book = point.codes();
    if (book.referential().measures().isEmpty()
        || !targets.stream().allMatch(Populations::isWithin)) {
      return targets;
    }
    String measure = book.referential().measures().getFirst();
    List<Release> nearest =
        registry.catalog().listReleases(point.referential().id()).stream()
            .filter(r -> r.measures() > 0)
            .sorted(
                Comparator.comparingLong(
                    (Release r) -> Math.abs(r.position() - point.date().toEpochDay())))
            .toList();
    for (Release release : nearest) {
      List<Arrival> weighed = weigh(book, point, release, measure, targets);
      if (weighed != null) {
        return weighed;
      }
    }
    return targets;
  }

  /** Whether all of a target is the source: else its figures count what came from elsewhere. */
  private static boolean isWithin(Arrival target) {
    return target.match() == Match.NARROWER || target.match() == Match.EXACT;
  }

  private static @Nullable List<Arrival> weigh(
      Codes book, Point point, Release release, String measure, List<Arrival> targets) {
    List<Long> figures = new ArrayList<>(targets.size());
    long total = 0;
    for (Arrival target : targets) {
      Long figure = figure(book, release, measure, target.code());
      if (figure == null
          || figure < 0
          || !isUnchanged(book, release, target.code(), point.date())) {
        return null;
      }
      figures.add(figure);
      total = Math.addExact(total, figure);
    }
    if (total == 0) {
      return null;
    }
    List<Arrival> weighed = new ArrayList<>(targets.size());
    for (int i = 0; i < targets.size(); i++) {
      Share share = Share.of(figures.get(i), total, measure, release.edition());
      weighed.add(new Arrival(targets.get(i).code(), targets.get(i).match(), share));
    }
    return weighed;
  }

  private static @Nullable Long figure(Codes book, Release release, String measure, String code) {
    for (Measure stated : book.listMeasures(code, release)) {
      if (stated.name().equals(measure)) {
        return stated.value();
      }
    }
    return null;
  }

  /** Whether nothing was merged into or taken from a unit between a day and that of an edition. */
  private static boolean isUnchanged(Codes book, Release release, String code, LocalDate day) {
    LocalDate stated = release.head().referenceDate();
    LocalDate first = day.isBefore(stated) ? day : stated;
    LocalDate last = day.isBefore(stated) ? stated : day;
    String referential = book.referential().id();
    for (Succession row : book.listSuccessionsTo(referential, code, release)) {
      if (row.date().isAfter(first) && !row.date().isAfter(last) && !code.equals(row.code())) {
        return false;
      }
    }
    for (Succession row : book.listSuccessionsFrom(code, release)) {
      if (row.date().isAfter(first)
          && !row.date().isAfter(last)
          && row.referentialAfter().equals(referential)
          && !code.equals(row.codeAfter())) {
        return false;
      }
    }
    return book.isInForce(code, release, stated);
  }
}
