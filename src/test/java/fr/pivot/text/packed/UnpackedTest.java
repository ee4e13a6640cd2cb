package fr.pivot.text.packed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.pivot.finding.Rule;
import fr.pivot.text.sheet.SpreadsheetTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

public class UnpackedTest {

  private static final byte[] TEXT = "code;nom\n01001;Abergement\n".getBytes(UTF_8);

  /** As much as asked of the same byte, out of no memory. */
  private static final class Endless extends InputStream {
    private long left;

    Endless(long length) {
      left = length;
    }

    @Override
    public int read() {
      return left-- > 0 ? ' ' : -1;
    }

    @Override
    public int read(byte[] to, int offset, int length) {
      if (left <= 0) {
        return -1;
      }
      int count = (int) Math.min(left, length);
      Arrays.fill(to, offset, offset + count, (byte) ' ');
      left -= count;
      return count;
    }
  }

  public static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private static byte[] zip(Object... namesAndContents) throws IOException {
    Map<String, byte[]> parts = new LinkedHashMap<>();
    for (int i = 0; i < namesAndContents.length; i += 2) {
      parts.put((String) namesAndContents[i], (byte[]) namesAndContents[i + 1]);
    }
    return SpreadsheetTest.zip(parts);
  }

  private static String read(byte[] packed, Unpacked.Compression expected) throws IOException {
    Unpacked unpacked = Unpacked.open(new ByteArrayInputStream(packed), Unpacked.MAX_INFLATED);
    assertThat(unpacked.compression()).isEqualTo(expected);
    try (InputStream in = unpacked.stream()) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private static void refuses(byte[] packed, String message) {
    assertThatThrownBy(
            () -> {
              InputStream in = new ByteArrayInputStream(packed);
              Unpacked.open(in, 1L << 30).stream().transferTo(OutputStream.nullOutputStream());
            })
        .isInstanceOf(RefusedFileException.class)
        .hasMessage(message);
  }

  @Example
  void a_file_that_is_not_compressed_stays_as_it_is() throws IOException {
    assertThat(read(TEXT, Unpacked.Compression.NONE)).isEqualTo(new String(TEXT, UTF_8));
    assertThat(read(new byte[0], Unpacked.Compression.NONE)).isEmpty();
    assertThat(read(new byte[] {'P'}, Unpacked.Compression.NONE)).isEqualTo("P");
  }

  @Example
  void members_of_a_gzip_file_are_one_file() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(gzip("code\n".getBytes(UTF_8)));
    out.write(gzip("01001\n".getBytes(UTF_8)));
    assertThat(read(out.toByteArray(), Unpacked.Compression.GZIP)).isEqualTo("code\n01001\n");
  }

  @Example
  void the_only_file_of_an_archive_is_read_and_the_noise_of_desktops_passed_over()
      throws IOException {
    byte[] archive =
        zip(
            "dossier/", new byte[0],
            "__MACOSX/._communes.csv", new byte[100],
            "dossier/../../communes.csv", TEXT,
            "dossier/.DS_Store", new byte[100]);
    assertThat(read(archive, Unpacked.Compression.ZIP)).isEqualTo(new String(TEXT, UTF_8));
  }

  @Example
  void several_files_are_refused_with_their_names() throws IOException {
    refuses(zip("a.csv", TEXT, "b.csv", TEXT), "several-entries: a.csv, b.csv");
    Object[] parts = new Object[40];
    for (int i = 0; i < parts.length; i += 2) {
      parts[i] = "f" + i / 2;
      parts[i + 1] = TEXT;
    }
    refuses(zip(parts), "several-entries: f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, …");
  }

  @Example
  void several_files_of_a_long_archive_are_refused_at_the_end_of_the_first() throws IOException {
    byte[] noise = new byte[Unpacked.HELD + 1];
    new Random(1).nextBytes(noise);
    byte[] archive = zip("a.bin", noise, "b.csv", TEXT);
    try (InputStream in = Unpacked.open(new ByteArrayInputStream(archive), 1L << 30).stream()) {
      assertThat(in.readNBytes(noise.length - 1)).hasSize(noise.length - 1);
      assertThatThrownBy(in::readAllBytes).hasMessage("several-entries: a.bin, b.csv, …");
    }
  }

  @Example
  void a_million_entries_are_refused_at_the_second() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (int i = 0; i < 1_000_000; i++) {
        zip.putNextEntry(new ZipEntry(Integer.toString(i)));
      }
    }
    refuses(out.toByteArray(), "several-entries: 0, 1, …");
  }

  @Example
  void an_archive_that_is_compressed_by_what_is_not_here_is_refused() throws IOException {
    byte[] archive =
        SpreadsheetTest.byMethod(
            SpreadsheetTest.ZSTANDARD, zip("a.csv", "code\n01004\n".getBytes(UTF_8)));
    assertThatThrownBy(() -> Unpacked.open(new ByteArrayInputStream(archive), 1L << 30))
        .isInstanceOf(RefusedFileException.class);
  }

  @Example
  void an_archive_within_an_archive_is_refused() throws IOException {
    refuses(gzip(gzip(TEXT)), "nested-archive");
    refuses(gzip(zip("a.csv", TEXT)), "nested-archive");
    refuses(zip("a.csv.gz", gzip(TEXT)), "nested-archive: a.csv.gz");
    refuses(zip("a.zip", zip("a.csv", TEXT)), "nested-archive");
    refuses(zip("a.zip", zip("a.csv", TEXT, "b.csv", TEXT)), "nested-archive");
  }

  @Example
  void a_spreadsheet_is_an_archive_that_stays_as_it_is() throws IOException {
    byte[] xlsx = SpreadsheetTest.xlsx("");
    for (byte[] packed : new byte[][] {xlsx, gzip(xlsx), zip("a.xlsx", xlsx)}) {
      try (InputStream in = Unpacked.open(new ByteArrayInputStream(packed), 1L << 30).stream()) {
        assertThat(in.readAllBytes()).isEqualTo(xlsx);
      }
    }
  }

  @Example
  void a_bomb_is_refused_when_it_passes_the_limit_or_comes_from_too_little() throws IOException {
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(gzip)) {
      new Endless(200L << 20).transferTo(out);
    }
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(zip)) {
      out.putNextEntry(new ZipEntry("a.csv"));
      new Endless(200L << 20).transferTo(out);
    }
    for (byte[] bomb : new byte[][] {gzip.toByteArray(), zip.toByteArray()}) {
      refuses(bomb, "oversized-file");
      long[] inflated = new long[1];
      try (InputStream in = Unpacked.open(new ByteArrayInputStream(bomb), 1L << 40).stream()) {
        assertThatThrownBy(() -> count(in, inflated)).hasMessage("oversized-file");
      }
      assertThat(inflated[0]).isLessThan(64L << 20);
    }
    byte[] noise = new byte[1 << 20];
    new Random(1).nextBytes(noise);
    InputStream in = Unpacked.open(new ByteArrayInputStream(gzip(noise)), 1 << 19).stream();
    assertThatThrownBy(in::readAllBytes).hasMessage("oversized-file");
  }

  private static void count(InputStream in, long[] total) throws IOException {
    byte[] buffer = new byte[1 << 16];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      total[0] += read;
    }
  }

  @Property(tries = 200)
  void a_truncated_file_is_said_to_be_truncated(@ForAll @IntRange(min = 4, max = 46) int length)
      throws IOException {
    byte[] gzip = gzip(TEXT);
    if (length < gzip.length) {
      refuses(Arrays.copyOf(gzip, length), "truncated-file");
    }
    byte[] zip = zip("a.csv", TEXT);
    refuses(Arrays.copyOf(zip, length), "truncated-file");
    refuses(Arrays.copyOf(zip, zip.length - 1), "truncated-file");
  }

  @Property(tries = 1_000)
  void a_damaged_file_is_the_same_or_refused(
      @ForAll boolean zipped, @ForAll @IntRange(min = 2) int place, @ForAll byte damage)
      throws IOException {
    byte[] packed = zipped ? zip("a.csv", TEXT) : gzip(TEXT);
    packed[2 + place % (packed.length - 2)] ^= damage;
    try {
      InputStream in = new ByteArrayInputStream(packed);
      byte[] read = Unpacked.open(in, Unpacked.MAX_INFLATED).stream().readAllBytes();
      assertThat(read).isIn(TEXT, packed);
    } catch (RefusedFileException refused) {
      assertThat(refused.rule())
          .isIn(Rule.TRUNCATED_FILE, Rule.UNREADABLE_FILE, Rule.EMPTY_FILE, Rule.SEVERAL_ENTRIES);
    }
  }

  @Example
  void bytes_that_cannot_be_had_are_another_matter() throws IOException {
    byte[] gzip = gzip(TEXT);
    InputStream lost =
        new InputStream() {
          private int at;

          @Override
          public int read() throws IOException {
            if (at == gzip.length / 2) {
              throw new IOException("the disk is gone");
            }
            return gzip[at++] & 0xFF;
          }
        };
    assertThatThrownBy(() -> Unpacked.open(lost, 1 << 20).stream().readAllBytes())
        .hasMessage("the disk is gone");
  }

  @Example
  void gunzip_inflates_gzip_and_nothing_else() throws IOException {
    byte[] archive = zip("a.csv", TEXT);
    assertThat(Unpacked.gunzip(new ByteArrayInputStream(gzip(TEXT))).readAllBytes())
        .isEqualTo(TEXT);
    assertThat(Unpacked.gunzip(new ByteArrayInputStream(archive)).readAllBytes())
        .isEqualTo(archive);
  }
}
