package fr.pivot.validation.plan;

import fr.pivot.referential.CheckRule;
import fr.pivot.validation.detection.ColumnNames;
import fr.pivot.validation.detection.ColumnSample;
import fr.pivot.validation.detection.Detector;
import fr.pivot.validation.detection.Sample;
import fr.pivot.validation.value.Days;
import fr.pivot.validation.value.Reading;
import fr.pivot.validation.value.WrittenName;
import fr.pivot.validation.value.Yardstick;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Finds which columns of a file belong together, from its first rows: a code and what it lies in, a
 * code and its name.
 */
public final class RelatedColumns {

  /** The share of the first rows on which two columns must agree to belong together. */
  private static final double AGREEMENT = 0.8;

  /** How many rows must tell that a column names codes, or that its values are cut. */
  private static final int FEWEST = 3;

  /** How many of the first rows are looked at for names. */
  private static final int NAMES = 40;

  private final Detector detector;
  private final Sample sample;

  RelatedColumns(Detector detector, Sample sample) {
    this.detector = detector;
    this.sample = sample;
  }

  /** The relations between bound columns, and those of the columns that name their codes. */
  List<ColumnRelation> list(List<CheckedColumn> bounds) {
    List<ColumnRelation> ties = new ArrayList<>();
    List<Fit> numbers = new ArrayList<>();
    for (int i = 0; i < bounds.size(); i++) {
      Map<String, List<Fit>> above = new LinkedHashMap<>();
      for (int j = 0; j < bounds.size(); j++) {
        if (i != j && isAbove(bounds.get(i), bounds.get(j))) {
          above
              .computeIfAbsent(
                  bounds.get(j).check().yardstick().referential().id(), _ -> new ArrayList<>())
              .add(fit(bounds, i, j));
        }
      }
      if (isSiret(bounds.get(i))) {
        above.values().forEach(fits -> numbers.addAll(best(fits, Fit.BY_NUMBERS)));
        continue;
      }
      for (List<Fit> fits : above.values()) {
        // Where several fit alike and no name tells, the row does not say which is meant.
        List<Fit> best = best(fits, Fit.BY_NAMES);
        if (best.size() == 1 && best.getFirst().holds()) {
          ties.add(best.getFirst().tie());
        }
      }
    }
    // A column of legal units is that of those columns of establishments that fit it best.
    numbers.stream()
        .filter(Fit::holds)
        .collect(
            Collectors.groupingBy(fit -> fit.tie().with(), LinkedHashMap::new, Collectors.toList()))
        .values()
        .forEach(fits -> best(fits, Fit.BY_NUMBERS).forEach(fit -> ties.add(fit.tie())));
    Map<Integer, Label> labels = new TreeMap<>();
    for (int i = 0; i < bounds.size(); i++) {
      label(bounds, i)
          .ifPresent(
              label ->
                  labels.merge(label.tie().rank(), label, (a, b) -> b.share() > a.share() ? b : a));
    }
    labels.values().forEach(label -> ties.add(label.tie()));
    return ties;
  }

  /** The day that counts for a column in a row. */
  private static LocalDate day(CheckedColumn bound, String[] row) {
    return bound.dateRank() < 0
        ? bound.check().yardstick().date()
        : Days.read(row[bound.dateRank()]).orElse(bound.check().yardstick().date());
  }

  /**
   * A column that names the codes of another one.
   *
   * @param tie which column, and whose codes
   * @param share on which part of the first rows the two agree
   */
  private record Label(ColumnRelation tie, double share) {}

  private static boolean isSiret(CheckedColumn bound) {
    return bound.check().yardstick().referential().check() == CheckRule.SIRET;
  }

  private static boolean isAbove(CheckedColumn bound, CheckedColumn other) {
    Yardstick below = bound.check().yardstick();
    Yardstick above = other.check().yardstick();
    return isSiret(bound)
        ? above.referential().check() == CheckRule.LUHN && above.referential().partial()
        : below.referential().findLink(above.referential().id()).isPresent()
            && !below.referential().id().equals(above.referential().id());
  }

  /**
   * How well two columns go together.
   *
   * @param tie the two
   * @param compared how many of the first rows tell
   * @param agreeing on how many of these they agree
   * @param words how many words the names of both begin with
   */
  private record Fit(ColumnRelation.Within tie, int compared, int agreeing, int words) {

    /** Numbers agree by design, whatever columns are called. */
    static final Comparator<Fit> BY_NUMBERS =
        Comparator.comparingDouble(Fit::likely).thenComparingInt(Fit::words);

    /**
     * A territory lies in the same one above in many rows by chance, so that names that begin alike
     * come first.
     */
    static final Comparator<Fit> BY_NAMES =
        Comparator.comparingInt(Fit::words).thenComparingDouble(Fit::likely);

    boolean holds() {
      return compared > 0 && agreeing >= AGREEMENT * compared;
    }

    /** The share on which they likely agree: few rows say less than many (Laplace). */
    private double likely() {
      return (agreeing + 1.0) / (compared + 2);
    }
  }

  /** The greatest, all of them where several are alike. */
  private static List<Fit> best(List<Fit> fits, Comparator<Fit> order) {
    Fit greatest = Collections.max(fits, order);
    return fits.stream().filter(fit -> order.compare(fit, greatest) == 0).toList();
  }

  private Fit fit(List<CheckedColumn> bounds, int i, int j) {
    CheckedColumn of = bounds.get(i);
    CheckedColumn with = bounds.get(j);
    ColumnRelation.Within tie =
        new ColumnRelation.Within(i, j, with.rank(), of.check(), with.check());
    int compared = 0;
    int agreeing = 0;
    for (String[] row : sample.rows()) {
      String code = of.check().check(row[of.rank()], day(of, row)).code();
      String other = with.check().check(row[with.rank()], day(with, row)).code();
      if (code != null && other != null) {
        compared++;
        agreeing += tie.contradiction(code, other, day(of, row)) == null ? 1 : 0;
      }
    }
    return new Fit(tie, compared, agreeing, ColumnNames.sharedWords(of.name(), with.name()));
  }

  /** The column that names the codes of another one best, where there is one. */
  private Optional<Label> label(List<CheckedColumn> bounds, int of) {
    CheckedColumn bound = bounds.get(of);
    Yardstick yardstick = bound.check().yardstick();
    // Like referentials call the same code differently, and so do their editions.
    if (yardstick.isByRule() || bound.isGuessed()) {
      return Optional.empty();
    }
    // Names are compared slowly: few rows tell, and the first of them that no column is one.
    List<String[]> rows = new ArrayList<>();
    List<String> codes = new ArrayList<>();
    for (String[] row : sample.rows()) {
      String code = bound.check().check(row[bound.rank()]).code();
      if (code != null && codes.size() < NAMES) {
        rows.add(row);
        codes.add(code);
      }
    }
    Label best = null;
    for (int rank = 0; rank < sample.columns().size(); rank++) {
      int column = rank;
      if (bounds.stream().anyMatch(b -> b.rank() == column)) {
        continue;
      }
      ColumnRelation tie =
          new ColumnRelation.Called(
              of,
              rank,
              yardstick,
              () -> detector.labels(yardstick),
              name -> detector.isName(yardstick.referential(), name),
              cut(sample.columns().get(rank)));
      int compared = 0;
      int agreeing = 0;
      for (int i = 0; i < rows.size() && compared - agreeing <= (1 - AGREEMENT) * NAMES; i++) {
        String label = rows.get(i)[rank];
        if (!Reading.isBlank(label)) {
          compared++;
          agreeing += tie.contradiction(codes.get(i), label, yardstick.date()) == null ? 1 : 0;
        }
      }
      double share = compared < FEWEST ? 0 : (double) agreeing / compared;
      if (share >= AGREEMENT && (best == null || share > best.share())) {
        best = new Label(tie, share);
      }
    }
    return Optional.ofNullable(best);
  }

  /**
   * The length at which the values of a column are cut; 0 where they are not. Of names that are
   * written whole the longest are few; where they are cut, all that are longer pile up there.
   */
  private static int cut(ColumnSample column) {
    int longest = 0;
    int there = 0;
    int before = 0;
    for (String value : column.counts().keySet()) {
      int length = value.length();
      if (length > longest) {
        before = length == longest + 1 ? there : 0;
        longest = length;
        there = 1;
      } else if (length == longest) {
        there++;
      } else if (length == longest - 1) {
        before++;
      }
    }
    return longest >= WrittenName.SHORTEST_CUT && there >= FEWEST && there > before ? longest : 0;
  }
}
