import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Checks or applies google-java-format. It runs on the project's JDK, not inside Maven, because the
 * formatter reads Java with the parser of the JDK that it runs on.
 *
 * <p>Arguments: {@code check} or {@code apply}, the folder of the sources.
 */
public final class Format {

  /** Runs the check; ends with 1 where a file is not formatted. */
  public static void main(String[] args) throws Exception {
    boolean apply = args[0].equals("apply");
    Formatter formatter = new Formatter();
    List<Path> unformatted = new ArrayList<>();
    List<Path> files;
    try (Stream<Path> walk = Files.walk(Path.of(args[1]))) {
      files = walk.filter(p -> p.toString().endsWith(".java")).sorted().toList();
    }
    for (Path file : files) {
      String source = Files.readString(file);
      String formatted =
          formatter.formatSource(
              ImportOrderer.reorderImports(
                  RemoveUnusedImports.removeUnusedImports(source),
                  JavaFormatterOptions.Style.GOOGLE));
      if (!formatted.equals(source)) {
        unformatted.add(file);
        if (apply) {
          Files.writeString(file, formatted);
        }
      }
    }
    if (!apply && !unformatted.isEmpty()) {
      unformatted.forEach(file -> System.err.println("Not formatted: " + file));
      System.err.println("Run: mvn process-sources -Dformat.mode=apply");
      System.exit(1);
    }
  }
}
