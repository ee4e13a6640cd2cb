package fr.pivot.crosswalk;

import fr.pivot.catalog.Release;
import fr.pivot.codebook.ReadRegistry;
import fr.pivot.codebook.Registry;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Asks every commune of every day on which something happened what it is on the day of the edition,
 * and back, and on the next day on which something happened, and back; prints where {@link Lineage}
 * and {@link TerritoryOracle} disagree.
 */
final class EveryEventDay {

  private EveryEventDay() {}

  /** Takes the editions whose official files are read; none for what ships. */
  public static void main(String[] args) throws IOException {
    Registry registry =
        args.length == 0
            ? ReadRegistry.shipped()
            : ReadRegistry.official(Arrays.stream(args).mapToInt(Integer::parseInt).toArray());
    long wrong = 0;
    for (Release release : registry.catalog().listReleases("communes")) {
      LineageTrial trial = new LineageTrial(registry, release);
      List<LocalDate> days = trial.days();
      long[] asked = new long[1];
      List<String> disagreements =
          IntStream.range(0, days.size())
              .boxed()
              .flatMap(
                  i -> {
                    LocalDate day = days.get(i);
                    LocalDate next = i + 1 < days.size() ? days.get(i + 1) : trial.referenceDay();
                    List<Optional<String>> found =
                        IntStream.of(0, 1, 2, 3)
                            .boxed()
                            .flatMap(
                                way -> {
                                  LocalDate other = way < 2 ? trial.referenceDay() : next;
                                  LocalDate from = way % 2 == 0 ? day : other;
                                  LocalDate to = way % 2 == 0 ? other : day;
                                  List<String> codes = trial.listInForce(from);
                                  asked[0] += codes.size();
                                  return codes.stream().map(c -> trial.compare(c, from, to));
                                })
                            .toList();
                    return found.stream().flatMap(Optional::stream);
                  })
              .toList();
      System.out.printf(
          "%s: %d days, %,d questions, %d disagreements%n",
          release.edition(), days.size(), asked[0], disagreements.size());
      disagreements.stream().limit(50).forEach(System.out::println);
      wrong += disagreements.size();
    }
    System.exit(wrong == 0 ? 0 : 1);
  }
}
