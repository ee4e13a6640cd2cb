package fr.pivot.crosswalk.lineage;

import fr.pivot.catalog.Release;
import fr.pivot.referential.Succession;
import fr.pivot.registry.Codes;
import fr.pivot.registry.Registry;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * The communes of one edition, followed by {@link Lineage} and judged by {@link TerritoryOracle}.
 */
public final class LineageTrial {

  private static final LocalDate FIRST = LocalDate.of(1943, 1, 1);

  private final Codes communes;
  private final Release release;
  private final Lineage lineage;
  private final TerritoryOracle oracle;
  private final List<String> codes;
  private final List<String> moved;
  private final List<LocalDate> days;

  public LineageTrial(Registry registry, Release release) {
    this.communes = registry.findCodes("communes").orElseThrow();
    this.release = release;
    this.lineage = new Lineage(registry, communes, release);
    this.oracle = new TerritoryOracle(registry, release);
    Set<String> all = new TreeSet<>();
    communes.forEachState(release, s -> all.add(s.code()));
    Set<String> some = new TreeSet<>();
    Set<LocalDate> dates = new TreeSet<>();
    for (Succession row : communes.listSuccessions(release)) {
      dates.add(row.date());
      if (row.code() != null) {
        some.add(row.code());
      }
      if (row.codeAfter() != null) {
        some.add(row.codeAfter());
      }
    }
    some.retainAll(all);
    this.codes = List.copyOf(all);
    this.moved = List.copyOf(some);
    this.days = List.copyOf(dates);
  }

  /** The days on which something happened, in order. */
  List<LocalDate> days() {
    return days;
  }

  /** The day of the edition. */
  LocalDate referenceDay() {
    return release.head().referenceDate();
  }

  /** The codes in force on a day that an event names, whenever. */
  List<String> listMoved(LocalDate day) {
    return moved.stream().filter(c -> communes.isInForce(c, release, day)).toList();
  }

  /**
   * A question drawn at random: half of them on communes to which something happened, half on days
   * of events or their eves.
   *
   * @return how the two disagree, if they do
   */
  public Optional<String> draw(Random random) {
    while (true) {
      List<String> from = random.nextBoolean() ? codes : moved;
      String code = from.get(random.nextInt(from.size()));
      LocalDate begin = drawDay(random);
      LocalDate end = drawDay(random);
      if (communes.isInForce(code, release, begin)) {
        return compare(code, begin, end);
      }
    }
  }

  private LocalDate drawDay(Random random) {
    if (random.nextBoolean()) {
      return days.get(random.nextInt(days.size())).minusDays(random.nextInt(2));
    }
    return FIRST.plusDays(random.nextInt((int) (referenceDay().toEpochDay() - FIRST.toEpochDay())));
  }

  /**
   * How the two disagree about what a code in force on a day is on another, or how there and back
   * do, if they do.
   */
  Optional<String> compare(String code, LocalDate from, LocalDate to) {
    Hop hop = from.isAfter(to) ? lineage.backward(code, from, to) : lineage.forward(code, from, to);
    Set<String> told = new TreeSet<>();
    hop.arrivals().forEach(a -> told.add(a.code()));
    TerritoryOracle.Verdict verdict = oracle.judge(code, from, to);
    boolean doubt = hop.doubt() != null;
    // That nobody knows how much of a commune its neighbours got is a doubt about figures, not
    // about where its ground is.
    boolean alike =
        told.equals(verdict.codes().keySet())
            && (hop.doubt() == Doubt.SHARED_OUT
                ? verdict.shared()
                : told.size() < 2 || doubt != verdict.isCertain());
    Set<String> oneWay = new TreeSet<>();
    for (String other : told) {
      Hop back =
          from.isAfter(to) ? lineage.forward(other, to, from) : lineage.backward(other, to, from);
      if (back.arrivals().stream().noneMatch(a -> a.code().equals(code))) {
        oneWay.add(other);
      }
    }
    if (alike && oneWay.isEmpty()) {
      return Optional.empty();
    }
    List<String> right = new ArrayList<>();
    verdict.codes().forEach((c, sure) -> right.add(sure ? c : c + '?'));
    return Optional.of(
        release.edition()
            + ": "
            + code
            + ' '
            + from
            + " -> "
            + to
            + ": told "
            + told
            + (doubt ? " (" + hop.doubt() + ')' : "")
            + ", right "
            + right
            + (oneWay.isEmpty() ? "" : ", and no way back from " + oneWay));
  }
}
