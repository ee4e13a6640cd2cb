package fr.pivot.text.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A file is opened as its dialect says. */
class DelimitedBytesTest {

  private static DelimitedBytes open(String file, Charset charset, int mark, int headerLine)
      throws IOException {
    return DelimitedBytes.open(
        new ByteArrayInputStream(file.getBytes(charset)),
        new Dialect(charset, mark, ';', headerLine));
  }

  private static List<String> first(DelimitedBytes file, RecordBlocks blocks) throws IOException {
    RecordScanner scanner = file.scanner(0);
    List<String> fields = new ArrayList<>();
    for (RecordBlock block = blocks.next(() -> false);
        block != null;
        block = blocks.next(() -> false)) {
      scanner.read(block);
      while (scanner.next()) {
        fields.add(scanner.line() + " " + scanner.record() + " " + scanner.field(0));
      }
    }
    return fields;
  }

  private static String head(DelimitedBytes file) {
    RecordBlock head = file.head();
    return new String(head.bytes, head.start, head.length(), file.bufferCharset());
  }

  @Test
  void titles_stand_before_the_header() throws IOException {
    DelimitedBytes file =
        open("\"Titre\nsur deux lignes\"\n\ncode;é\n1;2\n", StandardCharsets.UTF_8, 0, 4);
    assertThat(file.header()).containsExactly("code", "é");
    assertThat(head(file)).isEqualTo("\"Titre\nsur deux lignes\"\n\ncode;é\n");
    assertThat(first(file, file.blocks())).containsExactly("5 4 1");
  }

  @Test
  void titles_may_be_longer_than_a_block() throws IOException {
    String titles = "\"a\n".repeat(3) + "titre\n".repeat(100_000);
    DelimitedBytes file = open(titles + "code;x\r\n1;2", StandardCharsets.UTF_8, 0, 100_004);
    assertThat(file.header()).containsExactly("code", "x");
    assertThat(head(file)).isEqualTo(titles + "code;x\r\n");
    assertThat(first(file, file.blocks())).hasSize(1).first().asString().endsWith(" 1");
  }

  @Test
  void a_file_without_a_header_has_numbered_columns() throws IOException {
    DelimitedBytes file = open("1;2;3\n4;5\n", StandardCharsets.UTF_8, 0, 0);
    assertThat(file.header()).containsExactly("#1", "#2", "#3");
    assertThat(file.head().length()).isZero();
    assertThat(first(file, file.blocks())).containsExactly("1 1 1", "2 2 4");
  }

  @Test
  void a_header_that_is_not_there_has_no_names() throws IOException {
    assertThat(open("a;b\n", StandardCharsets.UTF_8, 0, 2).header()).isEmpty();
    assertThat(open("", StandardCharsets.UTF_8, 0, 1).header()).isEmpty();
    assertThat(open("", StandardCharsets.UTF_8, 0, 0).header()).isEmpty();
  }

  @Test
  void the_mark_is_passed_over_and_wide_texts_are_read_as_utf_8() throws IOException {
    DelimitedBytes marked = open("\uFEFFcode;é\nà;2\n", StandardCharsets.UTF_16BE, 2, 1);
    assertThat(marked.header()).containsExactly("code", "é");
    assertThat(first(marked, marked.blocks())).containsExactly("2 2 à");
    assertThat(marked.bufferCharset()).isEqualTo(StandardCharsets.UTF_8);
    byte[] narrow = "ça".getBytes(StandardCharsets.UTF_8);
    assertThat(marked.toFile(narrow, narrow.length))
        .isEqualTo("ça".getBytes(StandardCharsets.UTF_16BE));
  }
}
