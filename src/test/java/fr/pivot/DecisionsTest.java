package fr.pivot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds the decisions under {@code docs/decisions} to their form: numbered without a gap, each once
 * in the list, and naming only classes that there are.
 */
class DecisionsTest {

  private static final Path FOLDER = Path.of("docs", "decisions");
  private static final Path LIST = FOLDER.resolve("README.md");

  private static final Pattern NAME = Pattern.compile("(\\d{4})-[a-z0-9]+(?:-[a-z0-9]+)*\\.md");
  private static final Pattern HEAD =
      Pattern.compile(
          "# (\\d{4})\\. (\\S.*)\n\n"
              + "- Status: (accepted|superseded by \\d{4})\n"
              + "- Date: (20\\d{2}-[01]\\d-[0-3]\\d)\n\n"
              + "\\S(?s:.*)");
  private static final Pattern LINE =
      Pattern.compile("(?m)^- \\[(\\d{4})]\\(([^)]+)\\) \\*\\*(.+?)\\*\\*: .+\\.$");
  private static final Pattern LINK = Pattern.compile("]\\(([^)#]+)\\)");

  private static final Pattern CLASS = Pattern.compile("`([A-Z][a-z0-9]\\w*)(?:\\.[a-z]\\w*)?`");

  /** What is written like the name of a class and is none. */
  private static final Set<String> OTHER_NAMES = Set.of("Never", "Origin", "Paris", "St");

  static List<Path> decisions() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> !file.equals(LIST)).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("decisions")
  void a_decision_has_its_number_a_status_and_a_day(Path file) throws IOException {
    assertThat(file.getFileName().toString()).matches(NAME);
    assertThat(Files.readString(file)).matches(HEAD).startsWith("# " + number(file) + ". ");
  }

  @Test
  void numbers_have_no_gap_and_stand_once() throws IOException {
    List<String> expected = new ArrayList<>();
    for (int n = 1; n <= decisions().size(); n++) {
      expected.add("%04d".formatted(n));
    }
    assertThat(decisions()).extracting(DecisionsTest::number).containsExactlyElementsOf(expected);
  }

  @Test
  void the_list_has_each_decision_once_under_its_title() throws IOException {
    List<String> listed =
        LINE.matcher(Files.readString(LIST))
            .results()
            .map(line -> line.group(1) + " " + line.group(2) + " " + line.group(3))
            .toList();
    List<String> written = new ArrayList<>();
    for (Path file : decisions()) {
      String title = Files.readString(file).lines().findFirst().orElseThrow().substring(8);
      written.add(number(file) + " " + file.getFileName() + " " + title);
    }
    assertThat(listed).containsExactlyInAnyOrderElementsOf(written);
  }

  @ParameterizedTest
  @MethodSource("decisions")
  void links_lead_somewhere_and_classes_exist(Path file) throws IOException {
    String text = Files.readString(file);
    assertThat(LINK.matcher(text).results().map(link -> FOLDER.resolve(link.group(1))))
        .allSatisfy(target -> assertThat(target).exists());
    assertThat(
            CLASS
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .filter(DecisionsTest::isOurs))
        .allSatisfy(name -> assertThat(classes()).contains(name));
  }

  private static boolean isOurs(String name) {
    return !OTHER_NAMES.contains(name);
  }

  private static String number(Path file) {
    return file.getFileName().toString().substring(0, 4);
  }

  private static Set<String> classes() {
    try (Stream<Path> files = Files.walk(Path.of("src"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".java"))
          .map(name -> name.substring(0, name.length() - ".java".length()))
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
