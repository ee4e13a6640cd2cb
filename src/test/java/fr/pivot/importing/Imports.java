package fr.pivot.importing;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.TestDatabase;
import fr.pivot.finding.Finding;
import fr.pivot.formats.InputFile;
import fr.pivot.formats.ReadOptions;
import fr.pivot.formats.ReleaseFormat;
import fr.pivot.formats.cog.CogFormat;
import fr.pivot.formats.cog.OfficialFiles;
import fr.pivot.formats.pack.PackFormat;
import fr.pivot.importing.files.LocalFiles;
import fr.pivot.registry.Registry;
import fr.pivot.registry.memory.Registries;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Imports as the command line runs them, for tests. */
public final class Imports {

  private Imports() {}

  /** Imports files of a format. */
  public static ImportOutcome run(
      ApplicationContext context,
      ReleaseFormat format,
      List<InputFile> files,
      boolean repairLeadingZeros,
      boolean acceptCountDrop) {
    try {
      return context
          .getBean(Importer.class)
          .run(
              format,
              files,
              new Importer.Options(new ReadOptions(null, repairLeadingZeros), acceptCountDrop),
              Importer.Progress.SILENT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Imports INSEE's files. */
  public static ImportOutcome cog(ApplicationContext context, InputFile... files) {
    return run(context, new CogFormat(), List.of(files), false, false);
  }

  /** Imports the communes and the events of an official edition, which must be published. */
  public static ImportOutcome.Published official(ApplicationContext context, int edition) {
    return published(cog(context, OfficialFiles.communes(edition), OfficialFiles.events(edition)));
  }

  /** Imports the pack in a folder. */
  public static ImportOutcome pack(ApplicationContext context, Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return run(
          context, new PackFormat(), files.sorted().map(LocalFiles::of).toList(), false, true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The outcome, which must be a publication. */
  public static ImportOutcome.Published published(ImportOutcome outcome) {
    assertThat(outcome).as(describe(outcome)).isInstanceOf(ImportOutcome.Published.class);
    return (ImportOutcome.Published) outcome;
  }

  /** The outcome, which must be a refusal. */
  public static ImportOutcome.Rejected rejected(ImportOutcome outcome) {
    assertThat(outcome).as(describe(outcome)).isInstanceOf(ImportOutcome.Rejected.class);
    return (ImportOutcome.Rejected) outcome;
  }

  /** The releases that the outcome, which must say that nothing changed, names. */
  public static List<String> alreadyPublished(ImportOutcome outcome) {
    assertThat(outcome).as(describe(outcome)).isInstanceOf(ImportOutcome.AlreadyPublished.class);
    return ((ImportOutcome.AlreadyPublished) outcome).releases();
  }

  /** The findings, a line each. */
  public static String describe(ImportOutcome outcome) {
    StringBuilder text = new StringBuilder(outcome.getClass().getSimpleName());
    for (Finding finding : outcome.findings().list()) {
      text.append('\n').append(finding);
    }
    return text.toString();
  }

  /** The digest of each published release. */
  public static Map<String, String> digests(TestDatabase database) {
    Map<String, String> digests = new TreeMap<>();
    database
        .lines(
            """
            select f.name || '@' || l.edition, l.digest
              from release l join referential f on f.id = l.referential
             where l.state = 'published'
            """)
        .forEach(line -> digests.put(line.split(" ", 2)[0], line.split(" ", 2)[1]));
    return digests;
  }

  /** The registry as the database has it now. */
  public static Registry registry(ApplicationContext context) {
    Registries registries = context.getBean(Registries.class);
    registries.refresh();
    return registries.current();
  }

  /** Copies the descriptors of the shipped referentials, without their packs, into a folder. */
  static Path descriptorsOnly(Path folder) throws IOException {
    try (var referentials = Files.list(Path.of("referentials"))) {
      for (Path referential : referentials.toList()) {
        Path descriptor = referential.resolve("descriptor.json");
        if (Files.exists(descriptor)) {
          Path copy = folder.resolve(referential.getFileName());
          Files.createDirectories(copy);
          Files.copy(descriptor, copy.resolve("descriptor.json"));
        }
      }
    }
    return folder;
  }
}
