package fr.pivot.registry.memory;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.TestDatabase;
import fr.pivot.catalog.Release;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Referential;
import fr.pivot.referential.Relation;
import fr.pivot.registry.Codes;
import fr.pivot.registry.Registry;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of codebooks save a start its reading; they never change an answer. */
@Order(Integer.MAX_VALUE - 2)
class CodebookFilesTest {

  private static final Registry SAMPLE = SampleRegistry.registry();

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  @Test
  void what_is_read_back_gives_the_same_answers() {
    CodebookFiles files = new CodebookFiles(folder.toString());
    for (Codes codes : SAMPLE.listAll()) {
      Codebook codebook = (Codebook) codes;
      List<Release> releases = releases(codebook.referential());
      files.keep(codebook, releases);
      Codebook back = files.find(codebook.referential(), releases).orElseThrow();
      assertThat(answers(back, releases)).isEqualTo(answers(codebook, releases));
    }
  }

  @Test
  void a_file_is_good_for_its_editions_and_its_descriptor_only() {
    CodebookFiles files = new CodebookFiles(folder.toString());
    Codebook communes = (Codebook) SAMPLE.findCodes("communes").orElseThrow();
    List<Release> releases = releases(communes.referential());
    files.keep(communes, releases);
    assertThat(files.find(communes.referential(), releases.subList(0, 1))).isEmpty();
    assertThat(files.find(described(communes.referential()), releases)).isEmpty();
    assertThat(files.find(communes.referential(), releases)).isPresent();
  }

  @Test
  void a_damaged_file_counts_as_missing() throws IOException {
    CodebookFiles files = new CodebookFiles(folder.toString());
    Codebook communes = (Codebook) SAMPLE.findCodes("communes").orElseThrow();
    List<Release> releases = releases(communes.referential());
    files.keep(communes, releases);
    Path file = folder.resolve("communes.codebook");
    byte[] good = Files.readAllBytes(file);
    Random random = new Random(1);
    for (int i = 0; i < good.length; i += good.length / 40) {
      byte[] bad = good.clone();
      bad[i] ^= (byte) (1 + random.nextInt(255));
      Files.write(file, bad);
      assertThat(files.find(communes.referential(), releases)).as("changed at " + i).isEmpty();
    }
    for (int length = 0; length < good.length; length += good.length / 20) {
      Files.write(file, Arrays.copyOf(good, length));
      assertThat(files.find(communes.referential(), releases)).as("cut at " + length).isEmpty();
    }
  }

  @Test
  void what_else_lies_in_the_folder_is_left_alone_and_disturbs_nobody() throws IOException {
    List<String> strangers =
        List.of(
            "film.part",
            ".part",
            "notes.2026.part",
            "communes.codebook.part",
            "communes.99999999999999999999.1.part",
            "communes.-1.1.part");
    for (String stranger : strangers) {
      Files.writeString(folder.resolve(stranger), "mine");
    }
    Files.createDirectories(folder.resolve("communes.999999999.2.part").resolve("within"));
    // A process that is no longer there, as its number is above all that systems give.
    Files.writeString(folder.resolve("communes.999999999.1.part"), "half");
    CodebookFiles files = new CodebookFiles(folder.toString());
    Codebook communes = (Codebook) SAMPLE.findCodes("communes").orElseThrow();
    List<Release> releases = releases(communes.referential());
    files.keep(communes, releases);
    assertThat(files.find(communes.referential(), releases)).isPresent();
    for (String stranger : strangers) {
      assertThat(folder.resolve(stranger)).hasContent("mine");
    }
    assertThat(folder.resolve("communes.999999999.2.part")).isDirectory();
    assertThat(folder.resolve("communes.999999999.1.part")).doesNotExist();
  }

  @Test
  void writers_at_the_same_time_leave_one_whole_file() throws Exception {
    Codebook communes = (Codebook) SAMPLE.findCodes("communes").orElseThrow();
    List<Release> releases = releases(communes.referential());
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        all.add(
            threads.submit(
                () -> {
                  CodebookFiles files = new CodebookFiles(folder.toString());
                  for (int times = 0; times < 25; times++) {
                    files.keep(communes, releases);
                    assertThat(files.find(communes.referential(), releases)).isPresent();
                  }
                }));
      }
      for (Future<?> each : all) {
        each.get();
      }
    }
    try (var left = Files.list(folder)) {
      assertThat(left.map(p -> p.getFileName().toString())).containsExactly("communes.codebook");
    }
  }

  /**
   * A file that an older Pivot wrote must not be taken for one of this one. Where this fails
   * because what codebooks write has changed, change {@code CodebookFiles.FORMAT} with the digest
   * below.
   */
  @Test
  void what_is_written_changes_with_the_format_only() throws Exception {
    ColumnWriter columns = new ColumnWriter();
    ((Codebook) SAMPLE.findCodes("communes").orElseThrow()).writeTo(columns);
    assertThat(CodebookFiles.FORMAT).isEqualTo("pivot codebook 3");
    assertThat(
            HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(columns.toBytes()))
                .substring(0, 16))
        .isEqualTo("3dc92102cb53e268");
  }

  @Test
  void the_database_answers_where_a_file_is_damaged_and_the_file_is_made_again()
      throws IOException {
    try (TestDatabase database = TestDatabase.shipped()) {
      Map<String, Object> properties = Map.of("pivot.codebooks", folder.toString());
      Map<String, String> first = load(database, properties);
      Path file = folder.resolve("naf.codebook");
      byte[] good = Files.readAllBytes(file);
      byte[] bad = good.clone();
      bad[bad.length / 2] ^= 1;
      Files.write(file, bad);
      assertThat(load(database, properties)).isEqualTo(first);
      assertThat(file).hasBinaryContent(good);
      assertThat(load(database, properties)).isEqualTo(first);
    }
  }

  private static Map<String, String> load(TestDatabase database, Map<String, Object> properties) {
    try (ApplicationContext context = database.start(properties)) {
      Registries registries = context.getBean(Registries.class);
      registries.refresh();
      Registry registry = registries.current();
      Map<String, String> all = new TreeMap<>();
      for (Codes codes : registry.listAll()) {
        Codebook codebook = (Codebook) codes;
        String id = codebook.referential().id();
        List<Release> latest = registry.catalog().findLatest(id).stream().toList();
        all.put(id, Integer.toHexString(answers(codebook, latest).hashCode()));
      }
      assertThat(all).isNotEmpty();
      return all;
    }
  }

  private static List<Release> releases(Referential referential) {
    return SAMPLE.catalog().listReleases(referential.id());
  }

  /** All that a codebook says of releases, as text. */
  private static String answers(Codebook codebook, List<Release> releases) {
    StringBuilder all = new StringBuilder();
    for (Release release : releases) {
      codebook.forEachState(release, state -> all.append(text(state)).append('\n'));
      codebook.forEachMeasure(release, measure -> all.append(measure).append('\n'));
      codebook.listSuccessions(release).forEach(s -> all.append(s).append('\n'));
      LocalDate day = release.head().referenceDate();
      codebook.forEachLink(
          release,
          link ->
              all.append(link)
                  .append(
                      link.relation() == Relation.BROADER && codebook.size() > 10_000
                          ? 0
                          : codebook
                              .listCodesLinkedTo(
                                  link.relation(), link.referential(), link.target(), release, day)
                              .size())
                  .append('\n'));
      for (int rank = 0; rank < codebook.size(); rank++) {
        String code = codebook.code(rank);
        all.append(codebook.findCanonical(code.toLowerCase(Locale.ROOT)));
        all.append(codebook.listSuccessionsFrom(code, release));
        all.append(codebook.listSuccessionsTo(codebook.referential().id(), code, release))
            .append('\n');
      }
    }
    return all.toString();
  }

  private static String text(ConceptState state) {
    return Stream.of(
            state.code(),
            state.validity(),
            state.level(),
            state.label(),
            new TreeMap<>(state.labels()),
            new TreeMap<>(state.attributes()),
            state.derived())
        .map(Object::toString)
        .collect(Collectors.joining(" | "));
  }

  private static Referential described(Referential r) {
    return new Referential(
        r.id(),
        r.kind(),
        r.title(),
        r.description(),
        "another publisher",
        r.licence(),
        r.licenceUrl(),
        r.homepage(),
        r.pattern(),
        r.check(),
        r.example(),
        r.levels(),
        r.links(),
        r.measures(),
        r.horizon(),
        r.headers(),
        r.partial(),
        r.shortNames(),
        r.unlisted(),
        r.usage());
  }
}
