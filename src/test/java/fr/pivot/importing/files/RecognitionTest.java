package fr.pivot.importing.files;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.finding.Rule;
import fr.pivot.formats.InputFile;
import fr.pivot.formats.ReleaseFormat;
import fr.pivot.formats.SharedFiles;
import fr.pivot.formats.correspondence.CorrespondenceFormat;
import fr.pivot.referential.correspondence.CorrespondenceHead.Side;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecognitionTest {

  /** What the list of sources says of the files: the first pattern that a path matches counts. */
  private static final Map<Pattern, String> EXPECTED = expected();

  private static Map<Pattern, String> expected() {
    Map<Pattern, String> map = new LinkedHashMap<>();
    map.put(Pattern.compile("insee_cog/(cog-.*|collectivites-outremer.*)"), "");
    map.put(Pattern.compile("insee_cog/.*"), "cog");
    map.put(Pattern.compile("naf/NAP-1973_1993.xlsx"), "");
    map.put(Pattern.compile("naf/.*"), "naf");
    map.put(Pattern.compile("nace_isic_cpa/.*"), "eurostat");
    map.put(Pattern.compile("pays/.*"), "pays");
    map.put(Pattern.compile("laposte/.*"), "hexasmal");
    map.put(Pattern.compile("dgcl_epci/.*|insee_natif/epcicom2025.xlsx"), "dgcl");
    map.put(Pattern.compile("cj/c.*"), "categories-juridiques");
    map.put(Pattern.compile("cofog/.*"), "cofog");
    map.put(Pattern.compile("comptes/pla.*\\.xml\\.gz"), "comptes");
    map.put(Pattern.compile(".*"), "");
    return map;
  }

  private static String expected(String path) {
    return EXPECTED.entrySet().stream()
        .filter(e -> e.getKey().matcher(path).matches())
        .findFirst()
        .orElseThrow()
        .getValue();
  }

  private static List<ReleaseFormat> formats() {
    List<ReleaseFormat> formats = new ArrayList<>(Recognition.FORMATS);
    formats.add(
        new CorrespondenceFormat(
            new Side("naf", "rev2"), new Side("naf", "2025"), null, null, null));
    return formats;
  }

  /** The ids of the formats that claim a file; of none, nothing. */
  private static String claimed(InputFile file) {
    try {
      Recognition one = Recognition.of(formats(), List.of(List.of(file)));
      return String.join(
          " ",
          Stream.concat(
                  one.batches().stream().map(Recognition.Batch::format),
                  one.unclear().stream().flatMap(u -> u.formats().stream()))
              .map(ReleaseFormat::id)
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputFile text(String name, String text) {
    return bytes(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private static InputFile bytes(String name, byte[] bytes) {
    return new InputFile(name, () -> new ByteArrayInputStream(bytes));
  }

  private static Map<String, String> claims(Path folder) throws IOException {
    Map<String, String> claims = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .filter(Files::isRegularFile)
          .forEach(f -> claims.put(folder.relativize(f).toString(), claimed(LocalFiles.of(f))));
    }
    return claims;
  }

  @Test
  void every_official_file_is_known_as_what_it_is() throws IOException {
    Map<String, String> claims = claims(SharedFiles.folder());
    Map<String, String> expected = new TreeMap<>();
    claims.keySet().forEach(path -> expected.put(path, expected(path)));
    assertThat(claims).isEqualTo(expected);
    assertThat(claims.values().stream().filter(id -> !id.isEmpty()).count()).isGreaterThan(100);
  }

  @Test
  void tables_that_people_published_are_nobody_s() throws IOException {
    assertThat(claims(SharedFiles.samples().resolve("open")).values()).containsOnly("");
  }

  @Test
  void shipped_packs_are_packs() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("referentials"), 3)) {
      List<Path> heads = files.filter(f -> f.endsWith("datapackage.json")).sorted().toList();
      assertThat(heads).hasSizeGreaterThan(15);
      for (Path head : heads) {
        List<InputFile> folder = new ArrayList<>();
        try (Stream<Path> all = Files.list(head.resolveSibling(""))) {
          all.sorted().map(LocalFiles::of).forEach(folder::add);
        }
        Recognition pack = Recognition.of(formats(), List.of(folder));
        assertThat(pack.unclear()).as(head.toString()).isEmpty();
        assertThat(pack.batches()).as(head.toString()).hasSize(1);
        assertThat(pack.batches().getFirst().format().id()).isEqualTo("pack");
        assertThat(pack.batches().getFirst().files()).isEqualTo(folder);
      }
    }
  }

  @Test
  void lists_are_read_before_tables_and_packs_apart() throws IOException {
    InputFile table = text("t.csv", "source,target\n01.11Z,01.11Y\n");
    InputFile passage = text("p.csv", "naf_rev2,naf_2025\n01.11Z,01.11Y\n");
    InputFile list = text("l.csv", "Code,Libellé\n01.1A,Culture de céréales\n");
    InputFile epci = text("e.csv", "siren,insee,siren_membre\n200069193,01001,210100012\n");
    InputFile descriptionOfTable =
        text(
            "datapackage.json",
            "{\"pivot\": {\"correspondence\": {}}, \"resources\": [{\"path\":"
                + " \"associations.csv.gz\"}]}");
    InputFile associations = text("associations.csv", "source,target,match\nA,B,exact\n");
    InputFile description =
        text("datapackage.json", "{\"pivot\": {}, \"resources\": [{\"path\": \"concepts.csv\"}]}");
    InputFile concepts = text("concepts.csv", "code,from,to,level,label\n");

    Recognition known =
        Recognition.of(
            formats(),
            List.of(
                List.of(associations, descriptionOfTable),
                List.of(table, passage, epci),
                List.of(concepts, description),
                List.of(list)));

    assertThat(known.unclear()).isEmpty();
    assertThat(known.batches().stream().map(b -> b.format().id()))
        .containsExactly("naf", "dgcl", "pack", "correspondence", "pack");
    assertThat(known.batches().stream().map(Recognition.Batch::files))
        .containsExactly(
            List.of(passage, list),
            List.of(epci),
            List.of(concepts, description),
            List.of(table),
            List.of(associations, descriptionOfTable));
  }

  @Test
  void a_file_of_two_formats_is_nobody_s() throws IOException {
    InputFile both = text("both.csv", "cog,libcog,siren_membre,insee\n99100,France,1,2\n");
    Recognition recognition = Recognition.of(formats(), List.of(List.of(both)));
    assertThat(recognition.batches()).isEmpty();
    assertThat(recognition.unclear().getFirst().formats().stream().map(ReleaseFormat::id))
        .containsExactly("pays", "dgcl");
  }

  @Test
  void names_of_files_do_not_count() {
    assertThat(claimed(text("v_commune_2026.csv", "a,b\n1,2\n"))).isEmpty();
    assertThat(
            claimed(
                text("x", "TYPECOM,COM,REG,DEP,CTCD,ARR,TNCC,NCC,NCCENR,LIBELLE,CAN,COMPARENT\n")))
        .isEqualTo("cog");
  }

  @Test
  void what_is_below_the_head_is_not_read() {
    byte[] head = "Code,Libellé\n1000,Entrepreneur individuel\n".getBytes(StandardCharsets.UTF_8);
    InputFile endless =
        new InputFile(
            "endless.csv",
            () ->
                new InputStream() {
                  private long at;

                  @Override
                  public int read() {
                    assertThat(at).as("bytes read").isLessThan(2 << 20);
                    int index = (int) (at++ % head.length);
                    return head[index] & 0xFF;
                  }
                });
    assertThat(claimed(endless)).isEqualTo("categories-juridiques");
  }

  @Test
  void hostile_bytes_are_nobody_s() throws IOException {
    byte[] noise = new byte[300_000];
    new Random(7).nextBytes(noise);
    assertShown(bytes("noise.bin", noise), "No table is seen in it.");
    assertShown(bytes("empty.csv", new byte[0]), Rule.EMPTY_FILE.message().en());
    assertShown(bytes("zeros", new byte[5_000_000]), Rule.OVERSIZED_FIELD.message().en());
    assertShown(
        text("page.csv", "<!DOCTYPE html>\n<html><head><title>Code,Libellé</title>"),
        "It is a page for a browser, and not the file itself.");
    assertShown(text("a.xml", "<a><b>c</b></a>"), "The XML document begins with <a>.");
    assertShown(text("list.json", "[{\"pivot\": {}}]"), "No table is seen in it.");
    assertShown(text("cut.json", "{\"pivot\": {\"edition\": "), "No table is seen in it.");
    assertShown(text("other.csv", "code,de,a\nNN,1,2\n"), "Its columns are: code, de, a.");
    assertShown(
        text("entities.xml", "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>"),
        "The XML document begins with <a>.");
    assertShown(bytes("bomb.xlsx", bomb()), Rule.OVERSIZED_FILE.message().en());
    assertShown(
        bytes("cut.xlsx", Arrays.copyOf(bomb(), 4_000)), Rule.UNREADABLE_FILE.message().en());
    assertShown(
        text("long.csv", "Code,Libellé\n" + "x".repeat(3_000_000)),
        "Its columns are: code, libellé.");
  }

  @Test
  void what_inflates_without_end_is_read_to_the_head(@TempDir Path folder) throws IOException {
    Path bomb = folder.resolve("bomb.csv.gz");
    try (var out = new GZIPOutputStream(Files.newOutputStream(bomb), 1 << 16)) {
      for (int i = 0; i < 2_000; i++) {
        out.write(new byte[1 << 16]);
      }
    }
    assertThat(claimed(LocalFiles.of(bomb))).isEmpty();
  }

  @Test
  void a_local_file_is_read_once(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("list.csv.gz");
    try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write("code,libellé\n1,un\n".getBytes(StandardCharsets.UTF_8));
    }
    InputFile input = LocalFiles.of(file);
    assertThat(input.name()).isEqualTo("list.csv");
    String digest = input.toSourceFile().sha256();
    Files.delete(file);
    assertThat(input.toSourceFile().sha256()).isEqualTo(digest);
    try (InputStream in = input.content().open()) {
      assertThat(in).hasContent("code,libellé\n1,un\n");
    }
  }

  @Test
  void a_file_that_is_too_large_to_be_kept_is_read_whole(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("large.csv");
    byte[] line = "0123456789abcde\n".getBytes(StandardCharsets.UTF_8);
    long lines = (33L << 20) / line.length;
    try (var out = new BufferedOutputStream(Files.newOutputStream(file))) {
      for (long i = 0; i < lines; i++) {
        out.write(line);
      }
    }
    InputFile input = LocalFiles.of(file);
    assertThat(input.toSourceFile().bytes()).isEqualTo(lines * line.length);
    assertThat(input.toSourceFile()).isEqualTo(input.toSourceFile());
  }

  private static void assertShown(InputFile file, String shown) throws IOException {
    Recognition recognition = Recognition.of(formats(), List.of(List.of(file)));
    assertThat(recognition.batches()).as(file.name()).isEmpty();
    assertThat(recognition.unclear().getFirst().formats()).as(file.name()).isEmpty();
    assertThat(recognition.unclear().getFirst().head().shown().en())
        .as(file.name())
        .isEqualTo(shown);
  }

  /** A workbook of a few kilobytes whose sheet is 64 MB of spaces. */
  private static byte[] bomb() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("xl/workbook.xml"));
      zip.write("<workbook/>".getBytes(StandardCharsets.UTF_8));
      zip.putNextEntry(new ZipEntry("xl/worksheets/sheet1.xml"));
      byte[] spaces = " ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < 64; i++) {
        zip.write(spaces);
      }
    }
    return bytes.toByteArray();
  }
}
