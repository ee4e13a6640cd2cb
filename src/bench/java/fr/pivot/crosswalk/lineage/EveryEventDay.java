package fr.pivot.crosswalk.lineage;

import fr.pivot.catalog.Release;
import fr.pivot.registry.Registry;
import fr.pivot.registry.memory.ReadRegistry;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;

/**
 * Asks every commune that an event names, of every day on which something happened, what it is on
 * the day of the edition, and back, and on the next day on which something happened, and back;
 * prints where {@link Lineage} and {@link TerritoryOracle} disagree.
 */
final class EveryEventDay {

  private final LineageTrial trial;
  private long asked;
  private long wrong;

  private EveryEventDay(LineageTrial trial) {
    this.trial = trial;
  }

  /** Takes the editions whose official files are read; none for what ships. */
  public static void main(String[] args) throws IOException {
    Registry registry =
        args.length == 0
            ? ReadRegistry.shipped()
            : ReadRegistry.official(Arrays.stream(args).mapToInt(Integer::parseInt).toArray());
    long wrong = 0;
    for (Release release : registry.catalog().listReleases("communes")) {
      EveryEventDay all = new EveryEventDay(new LineageTrial(registry, release));
      all.run();
      System.out.printf(
          "%s: %d days, %,d questions, %d disagreements%n",
          release.edition(), all.trial.days().size(), all.asked, all.wrong);
      wrong += all.wrong;
    }
    System.exit(wrong == 0 ? 0 : 1);
  }

  private void run() {
    List<LocalDate> days = trial.days();
    for (int i = 0; i < days.size(); i++) {
      LocalDate day = days.get(i);
      LocalDate next = i + 1 < days.size() ? days.get(i + 1) : trial.referenceDay();
      ask(day, trial.referenceDay());
      ask(trial.referenceDay(), day);
      ask(day, next);
      ask(next, day);
    }
  }

  private void ask(LocalDate from, LocalDate to) {
    for (String code : trial.listMoved(from)) {
      asked++;
      trial
          .compare(code, from, to)
          .ifPresent(
              how -> {
                wrong++;
                System.out.println(how);
              });
    }
  }
}
