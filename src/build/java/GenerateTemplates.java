import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.resolve.DirectoryCodeResolver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Turns the templates of the pages into Java classes, which the compiler then checks with the rest.
 * Files that have not changed are left alone, so that nothing is compiled again for them.
 *
 * <p>Arguments: the folder of the templates, the folder of the sources.
 */
public final class GenerateTemplates {

  private static final String PACKAGE = "fr.pivot.pages";
  private static final String CLASS = "public final class ";

  /** The package says that nothing in it is null; what the engine writes knows nothing of that. */
  private static final String UNMARKED = "@org.jspecify.annotations.NullUnmarked\n";

  /** Runs the generation. */
  public static void main(String[] args) throws IOException {
    Path sources = Path.of(args[1]);
    Path fresh = sources.resolveSibling("jte-fresh");
    TemplateEngine engine =
        TemplateEngine.create(
            new DirectoryCodeResolver(Path.of(args[0])),
            fresh,
            ContentType.Html,
            GenerateTemplates.class.getClassLoader(),
            PACKAGE);
    engine.setTrimControlStructures(true);
    engine.cleanAll();
    engine.generateAll();
    Set<Path> made = list(fresh);
    for (Path file : list(sources)) {
      if (!made.contains(file)) {
        Files.delete(sources.resolve(file));
      }
    }
    for (Path file : made) {
      Path target = sources.resolve(file);
      String source = Files.readString(fresh.resolve(file)).replace(CLASS, UNMARKED + CLASS);
      if (!Files.exists(target) || !Files.readString(target).equals(source)) {
        Files.createDirectories(target.getParent());
        Files.writeString(target, source);
      }
    }
  }

  private static Set<Path> list(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return Set.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).map(folder::relativize).collect(Collectors.toSet());
    }
  }
}
