package fr.pivot.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Asks an engine of names the same questions as the others, and tells what that costs. */
public final class NameRace {

  /**
   * A name that engines are built from.
   *
   * @param name the name
   * @param code the code of today that it leads to
   * @param departement the département of the code; empty where there is none
   * @param population of the code; 0 where it is not known
   * @param former whether nothing is called so any more
   */
  public record Name(
      String name, String code, String departement, long population, boolean former) {}

  private record Question(String kind, String code, String departement, String text) {}

  /** What answers. */
  public interface Engine {

    /** The code of the first answer; null where there is none. */
    @Nullable String first(String text, @Nullable String departement) throws Exception;

    /** What the engine takes in memory, in bytes, where it is not in this process; else 0. */
    default long bytes() throws Exception {
      return 0;
    }

    /** The CPU time of other processes that answer, in seconds. */
    default double cpu() throws Exception {
      return 0;
    }
  }

  /** How an engine is built. */
  public interface Builder {

    /** An engine over some names. */
    Engine build(List<Name> names) throws Exception;
  }

  private NameRace() {}

  /**
   * Builds an engine, warms it up with all questions, asks them again and prints one line: its
   * name, seconds to build, MB, questions per CPU second, and in percent the right first answers of
   * each kind, in alphabetical order, and of all with the département known.
   *
   * @param folder where the names and the questions are
   */
  public static void run(String title, Path folder, Builder builder) throws Exception {
    List<Name> names = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("names"))) {
      String[] cells = line.split("\t", -1);
      names.add(
          new Name(cells[0], cells[1], cells[2], Long.parseLong(cells[3]), cells[4].equals("1")));
    }
    List<Question> questions = readQuestions(folder);
    long before = heap();
    long begin = System.nanoTime();
    Engine engine = builder.build(names);
    engine.first("Paris", null);
    double build = (System.nanoTime() - begin) / 1e9;
    double megabytes = Math.max(heap() - before, engine.bytes()) / 1e6;
    Map<String, int[]> right = new TreeMap<>();
    int[] given = new int[2];
    for (Question question : questions) {
      count(right.computeIfAbsent(question.kind(), _ -> new int[2]), question, engine, null);
    }
    for (Question question : questions) {
      count(given, question, engine, question.departement());
    }
    double cpu = cpu() + engine.cpu();
    for (Question question : questions) {
      engine.first(question.text(), null);
    }
    cpu = cpu() + engine.cpu() - cpu;
    StringBuilder line = new StringBuilder();
    line.append(
        String.format(
            Locale.ROOT, "%s\t%.2f\t%.1f\t%.0f", title, build, megabytes, questions.size() / cpu));
    right.values().forEach(r -> line.append(percent(r)));
    System.out.println(line.append(percent(given)));
  }

  private static void count(
      int[] of, Question question, Engine engine, @Nullable String departement) throws Exception {
    of[0] += question.code().equals(engine.first(question.text(), departement)) ? 1 : 0;
    of[1]++;
  }

  private static String percent(int[] right) {
    return String.format(Locale.ROOT, "\t%.2f", 100.0 * right[0] / right[1]);
  }

  private static List<Question> readQuestions(Path folder) throws IOException {
    List<Question> questions = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("questions"))) {
      String[] cells = line.split("\t", 4);
      questions.add(new Question(cells[0], cells[1], cells[2], cells[3]));
    }
    return questions;
  }

  private static double cpu() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getProcessCpuTime()
        / 1e9;
  }

  /** What is in use after everything else was let go of. */
  static long heap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
