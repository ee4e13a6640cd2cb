package fr.pivot.search.index;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.catalog.Release;
import fr.pivot.registry.Registry;
import fr.pivot.registry.memory.Codebook;
import fr.pivot.registry.memory.SampleRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of names save a start the making of their index; they never change an answer. */
class NameIndexFilesTest {

  private static final Registry SAMPLE = SampleRegistry.registry();
  private static final Codebook COMMUNES = codebook("communes");
  private static final List<Release> RELEASES = SAMPLE.catalog().listReleases("communes");
  private static final FileTime LONG_AGO = FileTime.fromMillis(0);

  /** Before what is kept come the identity and the sum: 40 bytes. */
  private static final int HEAD = 40;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  @SuppressWarnings("NullAway.Init")
  private Path file;

  @SuppressWarnings("NullAway.Init")
  private NameIndexFiles files;

  @BeforeEach
  void begin() {
    file = folder.resolve("communes.names");
    files = new NameIndexFiles(folder.toString());
  }

  @Test
  void what_is_read_back_is_the_same_index() throws IOException {
    for (String id : List.of("communes", "naf", "odd", "departements")) {
      Codebook book = codebook(id);
      List<Release> releases = SAMPLE.catalog().listReleases(id);
      String made = text(NameIndex.of(book));
      assertThat(text(files.findOrMake(book, releases))).as(id).isEqualTo(made);
      Path kept = folder.resolve(id + ".names");
      Files.setLastModifiedTime(kept, LONG_AGO);
      assertThat(text(files.findOrMake(book, releases))).as(id).isEqualTo(made);
      assertThat(Files.getLastModifiedTime(kept)).as(id + " is read").isEqualTo(LONG_AGO);
    }
  }

  @Test
  void a_damaged_file_is_made_again() throws IOException {
    String made = text(files.findOrMake(COMMUNES, RELEASES));
    byte[] good = Files.readAllBytes(file);
    Random random = new Random(1);
    for (int i = 0; i < good.length; i += good.length / 30) {
      byte[] bad = good.clone();
      bad[i] ^= (byte) (1 + random.nextInt(255));
      Files.write(file, bad);
      assertThat(text(files.findOrMake(COMMUNES, RELEASES))).as("changed at " + i).isEqualTo(made);
      assertThat(file).hasBinaryContent(good);
    }
    for (int length = 0; length < good.length; length += good.length / 10) {
      Files.write(file, Arrays.copyOf(good, length));
      assertThat(text(files.findOrMake(COMMUNES, RELEASES))).as("cut at " + length).isEqualTo(made);
      assertThat(file).hasBinaryContent(good);
    }
  }

  @Test
  void a_file_of_other_editions_is_made_again() throws IOException {
    files.findOrMake(COMMUNES, RELEASES.subList(0, 1));
    byte[] other = Files.readAllBytes(file);
    String made = text(NameIndex.of(COMMUNES));
    assertThat(text(files.findOrMake(COMMUNES, RELEASES))).isEqualTo(made);
    assertThat(Files.readAllBytes(file)).isNotEqualTo(other);
  }

  @Test
  void what_is_no_file_of_names_disturbs_nobody() throws IOException {
    Files.createDirectories(file.resolve("within"));
    String made = text(NameIndex.of(COMMUNES));
    assertThat(text(files.findOrMake(COMMUNES, RELEASES))).isEqualTo(made);
    assertThat(file).isDirectory();
    try (var left = Files.list(folder)) {
      assertThat(left).containsExactly(file);
    }
  }

  @Test
  void where_nothing_can_be_written_the_index_is_made_each_time() throws IOException {
    Path none = Files.writeString(folder.resolve("none"), "");
    NameIndexFiles nowhere = new NameIndexFiles(none.resolve("within").toString());
    String made = text(NameIndex.of(COMMUNES));
    assertThat(text(nowhere.findOrMake(COMMUNES, RELEASES))).isEqualTo(made);
    assertThat(text(nowhere.findOrMake(COMMUNES, RELEASES))).isEqualTo(made);
    assertThat(text(new NameIndexFiles(null).findOrMake(COMMUNES, RELEASES))).isEqualTo(made);
  }

  /**
   * A file that an older Pivot wrote must not be taken for one of this one. Where this fails
   * because what is written has changed, or how names are taken apart, change {@code
   * NameIndexFiles.FORMAT} with the digest below.
   */
  @Test
  void what_is_written_changes_with_the_format_only() throws Exception {
    files.findOrMake(COMMUNES, RELEASES);
    byte[] bytes = Files.readAllBytes(file);
    assertThat(NameIndexFiles.FORMAT).isEqualTo("pivot names 1");
    assertThat(
            HexFormat.of()
                .formatHex(
                    MessageDigest.getInstance("SHA-256")
                        .digest(Arrays.copyOfRange(bytes, HEAD, bytes.length)))
                .substring(0, 16))
        .isEqualTo("7e9adf3830d6ff90");
  }

  private static Codebook codebook(String id) {
    return (Codebook) SAMPLE.findCodes(id).orElseThrow();
  }

  /** All that an index knows. */
  private static String text(NameIndex index) {
    StringBuilder all = new StringBuilder();
    for (int key = 0; key < index.size(); key++) {
      all.append('\n').append(index.weightOfKey(key)).append(' ').append(index.letterSet(key));
      for (int i = index.firstWord(key); i < index.firstWord(key + 1); i++) {
        int word = index.wordOfKey(i);
        all.append(' ').append(index.word(word)).append(' ').append(index.telling(word));
      }
      for (int name = index.firstName(key); name < index.firstName(key + 1); name++) {
        all.append("; ").append(index.rank(name)).append(' ').append(index.lead(name));
        all.append(' ').append(index.language(name));
        for (int i = index.firstRow(name); i < index.firstRow(name + 1); i++) {
          all.append(' ').append(index.row(i));
        }
      }
    }
    return all.toString();
  }
}
