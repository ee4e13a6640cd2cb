package fr.pivot.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toList;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Compares two recordings: bytes first, and where these differ, without what differs by nature.
 * Differences that begin in the same way are told once, with how many answers they are in and one
 * of these as an example.
 */
final class Differences {

  /** How much of a difference is shown. */
  private static final int WIDTH = 220;

  private static final int LINES = 14;

  /** What two runs of one build answer differently, and why that means nothing. */
  private static final List<Mask> BY_NATURE =
      List.of(
          new Mask(
              "when an edition was published in this home",
              "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z"),
          new Mask("the same, as a header", "(?m)^last-modified: .*$"),
          new Mask(
              "where the next page begins, which holds the day", "(?<=cursor=|\"next\":\")[\\w-]+"),
          new Mask("how long a command took", "\\b\\d+([.,]\\d+)?[  ]s\\b"));

  /**
   * A validator: it differs where the answer holds something that differs by nature, and where it
   * is made of the times of publications.
   */
  private static final Pattern ETAG = Pattern.compile("(?m)^etag: .*$");

  private static final Pattern MADE_OF_TIMES =
      Pattern.compile("GET /v1/referentials(/[^/?]+(/releases)?)?");

  private record Mask(String why, Pattern what) {
    Mask(String why, String what) {
      this(why, Pattern.compile(what));
    }
  }

  /** What a question is answered by two builds. */
  private record Pair(String question, List<String> before, List<String> after) {

    boolean isSame() {
      return before.equals(after);
    }

    /** How the first line that differs begins on both sides. */
    String kind() {
      int i = 0;
      while (i < before.size() && i < after.size() && before.get(i).equals(after.get(i))) {
        i++;
      }
      return beginning(before, i) + " | " + beginning(after, i);
    }

    /** What a line begins with, its figures and the values of its members aside. */
    private static String beginning(List<String> lines, int index) {
      String line = index < lines.size() ? lines.get(index) : "";
      String start = line.replaceAll("(\"[\\w-]+\":).*", "$1").replaceAll("\\d+", "0");
      return start.substring(0, Math.min(start.length(), 40));
    }
  }

  private final List<Pattern> said;
  private final int shown;
  private final Pattern asked;

  private Differences(List<Pattern> said, int shown, Pattern asked) {
    this.said = said;
    this.shown = shown;
    this.asked = asked;
  }

  /**
   * Takes two recordings, how many kinds of differences of a group are shown, which groups are
   * compared, and what is said to have changed. Ends with 1 where something else differs.
   */
  public static void main(String[] args) throws IOException {
    List<Pattern> said =
        Arrays.stream(args).skip(4).map(each -> Pattern.compile(each, Pattern.MULTILINE)).toList();
    boolean same =
        new Differences(said, Integer.parseInt(args[2]), Pattern.compile(args[3]))
            .compare(Path.of(args[0]), Path.of(args[1]));
    System.exit(same ? 0 : 1);
  }

  private boolean compare(Path before, Path after) throws IOException {
    TreeSet<String> groups = new TreeSet<>(listGroups(before));
    groups.addAll(listGroups(after));
    groups.removeIf(asked.asPredicate().negate());
    List<Pattern> daysBefore = namesOf(day(before));
    List<Pattern> daysAfter = namesOf(day(after));
    StringBuilder table = new StringBuilder();
    int[] sums = new int[3];
    for (String group : groups) {
      int answers = 0;
      int asSaid = 0;
      List<Pair> differing = new ArrayList<>();
      try (Archive old = new Archive(before.resolve(group + ".zip"));
          Archive young = new Archive(after.resolve(group + ".zip"))) {
        TreeSet<String> questions = new TreeSet<>(old.questions());
        questions.addAll(young.questions());
        for (String question : questions) {
          answers++;
          byte[] one = old.read(question);
          byte[] other = young.read(question);
          Pair pair = pair(question, one, other, daysBefore, daysAfter);
          if (!pair.isSame()) {
            Pair rest = new Pair(question, without(pair.before()), without(pair.after()));
            if (rest.isSame()) {
              asSaid++;
            } else {
              differing.add(rest);
            }
          }
        }
      }
      table.append(row(group, answers, asSaid, differing.size()));
      sums[0] += answers;
      sums[1] += asSaid;
      sums[2] += differing.size();
      show(group, differing);
    }
    System.out.printf(
        "%n%-28s %9s %9s %9s%n%s%s",
        "", "answers", "as said", "differ", table, row("all", sums[0], sums[1], sums[2]));
    System.out.println("not compared:");
    BY_NATURE.forEach(each -> System.out.println("  " + each.why() + ": " + each.what()));
    System.out.println("  validators of answers that hold one of these or the day: " + ETAG);
    System.out.println("  validators that are made of the times: " + MADE_OF_TIMES);
    return sums[2] == 0;
  }

  private static String row(String name, int answers, int asSaid, int differing) {
    return String.format(Locale.ROOT, "%-28s %9d %9d %9d%n", name, answers, asSaid, differing);
  }

  private void show(String group, List<Pair> differing) {
    Map<String, List<Pair>> kinds =
        differing.stream().collect(Collectors.groupingBy(Pair::kind, TreeMap::new, toList()));
    if (!kinds.isEmpty()) {
      System.out.printf(
          "%n== %s: %d answers differ, in %d ways%n", group, differing.size(), kinds.size());
    }
    kinds.values().stream()
        .sorted(Comparator.comparingInt(each -> -each.size()))
        .limit(shown)
        .forEach(
            each -> {
              Pair first = each.getFirst();
              System.out.printf(
                  "%n-- %d like %s%n%s", each.size(), cut(first.question()), diff(first));
            });
  }

  private static List<String> listGroups(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(each -> each.getFileName().toString())
          .filter(each -> each.endsWith(".zip"))
          .map(each -> each.substring(0, each.length() - ".zip".length()))
          .toList();
    }
  }

  private static LocalDate day(Path folder) throws IOException {
    return LocalDate.parse(Files.readString(folder.resolve("day")).strip());
  }

  /**
   * The day of a recording as answers write it; it is replaced by a word, so that recordings of two
   * days can be compared.
   */
  private static List<Pattern> namesOf(LocalDate day) {
    return Stream.of(
            day.toString(),
            DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.FRENCH).format(day),
            DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH).format(day))
        .map(each -> Pattern.compile(Pattern.quote(each).replace(" ", "\\E[  ]\\Q")))
        .toList();
  }

  /**
   * Two answers without what differs by nature. Where their bodies are the same, their heads alone.
   */
  private static Pair pair(
      String question, byte[] one, byte[] other, List<Pattern> daysBefore, List<Pattern> daysAfter)
      throws IOException {
    int left = bodyOf(one);
    int right = bodyOf(other);
    boolean same = Arrays.equals(one, left, one.length, other, right, other.length);
    String before = same ? new String(one, 0, left, UTF_8) : text(one, left);
    String after = same ? new String(other, 0, right, UTF_8) : text(other, right);
    if (!same || MADE_OF_TIMES.matcher(question).matches()) {
      before = ETAG.matcher(before).replaceFirst("etag: (not compared)");
      after = ETAG.matcher(after).replaceFirst("etag: (not compared)");
    }
    return new Pair(question, lines(before, daysBefore), lines(after, daysAfter));
  }

  /** Where the body of an answer begins: after its first empty line. */
  private static int bodyOf(byte[] answer) {
    int i = 1;
    while (i < answer.length && (answer[i] != '\n' || answer[i - 1] != '\n')) {
      i++;
    }
    return Math.min(i + 1, answer.length);
  }

  /** An answer as text. A workbook is told as the files in it. */
  private static String text(byte[] answer, int body) throws IOException {
    if (body + 1 >= answer.length || answer[body] != 'P' || answer[body + 1] != 'K') {
      return new String(answer, UTF_8);
    }
    StringBuilder text = new StringBuilder(new String(answer, 0, body, UTF_8));
    Path file = Files.createTempFile("workbook", ".xlsx");
    Files.write(file, Arrays.copyOfRange(answer, body, answer.length));
    try (ZipFile workbook = new ZipFile(file.toFile())) {
      for (ZipEntry each : workbook.stream().toList()) {
        text.append(each.getName()).append('\n');
        text.append(new String(workbook.getInputStream(each).readAllBytes(), UTF_8)).append('\n');
      }
    } finally {
      Files.delete(file);
    }
    return text.toString();
  }

  /** The lines of a text without what is masked, long ones broken where JSON and HTML may be. */
  private static List<String> lines(String text, List<Pattern> days) {
    String rest = text;
    for (Mask mask : BY_NATURE) {
      rest = mask.what().matcher(rest).replaceAll("(not compared)");
    }
    for (Pattern day : days) {
      rest = day.matcher(rest).replaceAll("(today)");
    }
    List<String> lines = new ArrayList<>();
    for (String line : rest.split("\n", -1)) {
      if (line.length() < WIDTH) {
        lines.add(line);
      } else {
        lines.addAll(List.of(line.split("(?<=[\\[{,])(?=[\\[{\"])|(?=<)")));
      }
    }
    return lines;
  }

  /** Lines without what is said to have changed; a line that is all so may be there or not. */
  private List<String> without(List<String> lines) {
    List<String> rest = lines;
    for (Pattern each : said) {
      rest =
          rest.stream()
              .map(line -> each.matcher(line).replaceAll("(as said)"))
              .filter(line -> !line.equals("(as said)"))
              .toList();
    }
    return rest;
  }

  private static String cut(String text) {
    return text.length() <= WIDTH ? text : text.substring(0, WIDTH) + "…";
  }

  private static String diff(Pair pair) {
    try {
      Path one = Files.createTempFile("before", ".txt");
      Path other = Files.createTempFile("after", ".txt");
      try {
        Files.write(one, pair.before());
        Files.write(other, pair.after());
        Process diff =
            new ProcessBuilder("diff", "-U1", one.toString(), other.toString())
                .redirectErrorStream(true)
                .start();
        List<String> told = diff.inputReader(UTF_8).lines().skip(2).toList();
        StringBuilder out = new StringBuilder();
        told.stream()
            .limit(LINES)
            .forEach(each -> out.append("   ").append(cut(each)).append('\n'));
        if (told.size() > LINES) {
          out.append("   … ").append(told.size() - LINES).append(" more lines\n");
        }
        return out.toString();
      } finally {
        Files.delete(one);
        Files.delete(other);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The answers of a group; none where the recording lacks the group. */
  private static final class Archive implements AutoCloseable {
    private static final byte[] NOT_ASKED = "not asked".getBytes(UTF_8);

    private final Optional<ZipFile> file;

    Archive(Path path) throws IOException {
      file = Files.exists(path) ? Optional.of(new ZipFile(path.toFile(), UTF_8)) : Optional.empty();
    }

    List<String> questions() {
      return file.stream().flatMap(ZipFile::stream).map(ZipEntry::getName).toList();
    }

    byte[] read(String question) throws IOException {
      ZipEntry entry = file.map(each -> each.getEntry(question)).orElse(null);
      return entry == null ? NOT_ASKED : file.orElseThrow().getInputStream(entry).readAllBytes();
    }

    @Override
    public void close() throws IOException {
      if (file.isPresent()) {
        file.get().close();
      }
    }
  }
}
