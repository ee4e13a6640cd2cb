package fr.pivot.text.sheet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.finding.Findings;
import fr.pivot.finding.Place;
import fr.pivot.finding.Rule;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class DelimitedTest {

  private final Findings findings = new Findings();

  @Example
  void commas_and_line_feeds() throws IOException {
    assertThat(read("COM,LIBELLE\n01004,Ambérieu-en-Bugey\n".getBytes(UTF_8)))
        .containsExactly("2 01004|Ambérieu-en-Bugey");
  }

  @Example
  void semicolons_quotes_and_carriage_returns_after_a_byte_order_mark() throws IOException {
    assertThat(read("\uFEFF\"com\";\"libelle\"\r\n\"01004\";\"A;\"\"B\"\"\"\r\n".getBytes(UTF_8)))
        .containsExactly("2 01004|A;\"B\"");
  }

  @Example
  void tabs_in_latin_1() throws IOException {
    byte[] bytes = "com\tlibelle\r\n44180\tVallons-de-l'Erdré\r\n".getBytes(ISO_8859_1);
    assertThat(read(bytes)).containsExactly("2 44180|Vallons-de-l'Erdré");
  }

  @Example
  void the_euro_sign_and_the_oe_of_windows() throws IOException {
    byte[] bytes = {
      'c', 'o', 'm', ',', 'l', 'i', 'b', 'e', 'l', 'l', 'e', '\n', '1', ',', (byte) 0x9C
    };
    assertThat(read(bytes)).containsExactly("2 1|œ");
  }

  @Example
  void the_unicode_text_of_spreadsheets() throws IOException {
    assertThat(read("\uFEFFcom\tlibelle\r\n01004\tAmbérieu\r\n".getBytes(UTF_16LE)))
        .containsExactly("2 01004|Ambérieu");
  }

  @Example
  void vertical_bars_and_spaces_around_names() throws IOException {
    assertThat(read(" Com | Libelle \n 01004 | Ambérieu \n".getBytes(UTF_8)))
        .containsExactly("2 01004|Ambérieu");
  }

  @Example
  void lines_are_counted_as_a_text_editor_counts_them() throws IOException {
    assertThat(read("com,libelle\n1,\"a\nb\"\n\n2,c\n".getBytes(UTF_8)))
        .containsExactly("2 1|a\nb", "5 2|c");
  }

  @Example
  void an_empty_last_row_is_passed_over() throws IOException {
    assertThat(read("com,libelle\r\n1,a\r\n,\r\n".getBytes(UTF_8))).containsExactly("2 1|a");
    assertThat(findings.list()).isEmpty();
  }

  @Example
  void a_ragged_row_is_reported_and_left_out() throws IOException {
    assertThat(read("com,libelle\n1\n2,b\n3,c,d\n".getBytes(UTF_8))).containsExactly("3 2|b");
    assertThat(findings.list())
        .containsExactly(
            Rule.RAGGED_ROW.at(new Place("f.csv", 2, null), "1", "2"),
            Rule.RAGGED_ROW.at(new Place("f.csv", 4, null), "3", "2"));
  }

  @Example
  void a_quote_that_is_never_closed_is_a_finding() throws IOException {
    String text = "com,libelle\n1,a\n2,\"" + "x".repeat(3 * Delimited.MAX_FIELD);
    assertThat(read(text.getBytes(UTF_8))).containsExactly("2 1|a");
    assertThat(findings.list())
        .containsExactly(Rule.OVERSIZED_FIELD.at(new Place("f.csv", 3, null)));
  }

  @Example
  void a_header_that_never_ends_is_a_finding() throws IOException {
    assertThat(read("x".repeat(3 * Delimited.MAX_FIELD).getBytes(UTF_8))).isEmpty();
    assertThat(findings.list())
        .containsExactly(Rule.UNREADABLE_FILE.at(new Place("f.csv", 1, null)));
  }

  @Example
  void an_empty_file_is_a_finding() throws IOException {
    assertThat(read(new byte[0])).isEmpty();
    assertThat(findings.list()).containsExactly(Rule.UNREADABLE_FILE.at(Place.file("f.csv")));
  }

  @Property(tries = 300)
  void what_is_written_is_read(@ForAll("rows") List<List<String>> rows) throws IOException {
    StringBuilder text = new StringBuilder("com,libelle\n");
    List<String> expected = new ArrayList<>();
    for (List<String> row : rows) {
      text.append(quote(row.get(0))).append(',').append(quote(row.get(1))).append("\r\n");
      expected.add(row.get(0) + "|" + row.get(1));
    }
    List<String> read = new ArrayList<>();
    read(text.toString().getBytes(UTF_8)).forEach(r -> read.add(r.substring(r.indexOf(' ') + 1)));
    assertThat(read).isEqualTo(expected);
  }

  @Provide
  Arbitrary<List<List<String>>> rows() {
    Arbitrary<String> field =
        Arbitraries.strings()
            .withChars('a', 'é', '"', ',', ';', '\t', '|', '\n', '€', '’')
            .ofMinLength(1)
            .ofMaxLength(8)
            .map(String::strip)
            .filter(s -> !s.isEmpty());
    return field.list().ofSize(2).list().ofMaxSize(20);
  }

  private static String quote(String field) {
    return '"' + field.replace("\"", "\"\"") + '"';
  }

  private List<String> read(byte[] bytes) throws IOException {
    List<String> rows = new ArrayList<>();
    Optional<Delimited> open =
        Delimited.open("f.csv", () -> new ByteArrayInputStream(bytes), findings);
    if (open.isPresent()) {
      try (Delimited file = open.get()) {
        assertThat(file.has("LIBELLE")).isTrue();
        file.forEach(r -> rows.add(r.line() + " " + r.get("com") + "|" + r.get("Libelle")));
      }
    }
    return rows;
  }
}
