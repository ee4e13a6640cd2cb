package fr.pivot.crosswalk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Answers that are rightly lost when an official file is imported, with the reason: the older
 * answer was not true, and the publisher says so.
 */
final class Explained {

  private static final Path FILE = Path.of("src/test/resources/crosswalk/lost-explained.tsv");

  /**
   * Answers that are lost.
   *
   * @param pair the references, as {@link Unanswered#pairs} names them
   * @param code the codes
   * @param reason the reason, with its source
   */
  private record Line(Pattern pair, Pattern code, String reason) {}

  private final List<Line> lines;

  private Explained(List<Line> lines) {
    this.lines = lines;
  }

  /** Reads the reasons. */
  static Explained read() throws IOException {
    return new Explained(
        Files.readAllLines(FILE, StandardCharsets.UTF_8).stream()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .map(line -> line.split("\t", -1))
            .map(f -> new Line(Pattern.compile(f[0]), Pattern.compile(f[1]), f[2]))
            .toList());
  }

  /** Why the answer to a code between two references is lost; null where nobody says why. */
  @Nullable String reason(String pair, String code) {
    for (Line line : lines) {
      if (line.pair().matcher(pair).matches() && line.code().matcher(code).matches()) {
        return line.reason();
      }
    }
    return null;
  }
}
