package fr.pivot.text.detected;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.pivot.finding.Rule;
import fr.pivot.text.bytes.Dialect;
import fr.pivot.text.packed.RefusedFileException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class DialectDetectorTest {

  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
  private static final Charset MAC_ROMAN = Charset.forName("x-MacRoman");
  private static final Charset CP850 = Charset.forName("IBM850");

  /** A way to write a table. */
  private record Way(Charset charset, boolean mark, char separator, String lineEnd) {

    byte[] write(List<List<String>> records) {
      StringBuilder text = new StringBuilder(mark ? "\uFEFF" : "");
      for (List<String> fields : records) {
        for (int i = 0; i < fields.size(); i++) {
          String field = fields.get(i);
          boolean quoted = field.indexOf(separator) >= 0 || field.indexOf('\n') >= 0;
          text.append(i > 0 ? String.valueOf(separator) : "")
              .append(quoted ? '"' + field + '"' : field);
        }
        text.append(lineEnd);
      }
      return text.toString().getBytes(charset);
    }
  }

  @Property(tries = 500)
  void what_is_written_is_detected(
      @ForAll("ways") Way way,
      @ForAll("rows") @Size(min = 3, max = 40) List<List<String>> rows,
      @ForAll("titles") List<List<String>> titles)
      throws IOException {
    List<String> names = List.of("Code département", "Libellé", "Montant", "Arrêté");
    DetectedDialect detected = detect(way.write(join(titles, List.of(names), rows)));
    assertThat(detected.dialect())
        .isEqualTo(
            new Dialect(
                way.charset.equals(ISO_8859_1) ? WINDOWS_1252 : way.charset,
                way.mark ? "\uFEFF".getBytes(way.charset).length : 0,
                way.separator,
                titles.size() + 1));
    assertThat(detected.columns()).isEqualTo(names);
    assertThat(detected.strayLines()).isZero();
  }

  @Property(tries = 300)
  void a_table_without_header_has_none(
      @ForAll("ways") Way way, @ForAll("rows") @Size(min = 3, max = 40) List<List<String>> rows)
      throws IOException {
    DetectedDialect detected = detect(way.write(rows));
    assertThat(detected.dialect().headerLine()).isZero();
    assertThat(detected.dialect().separator()).isEqualTo(way.separator);
    assertThat(detected.columns()).containsExactly("#1", "#2", "#3", "#4");
  }

  @Property(tries = 300)
  void what_the_caller_says_wins(
      @ForAll("ways") Way said, @ForAll byte[] anything, @ForAll boolean header)
      throws IOException {
    byte[] bytes = Arrays.copyOf("a\nb\n".getBytes(said.charset), 8 + anything.length);
    System.arraycopy(anything, 0, bytes, 8, anything.length);
    Overrides overrides =
        new Overrides(said.charset, said.separator, header ? Integer.valueOf(1) : 0, null);
    try {
      DetectedDialect detected = DialectDetector.detect(bytes, true, overrides);
      assertThat(detected.dialect())
          .isEqualTo(new Dialect(said.charset, 0, said.separator, header ? 1 : 0));
      assertThat(detected.charsetConfidence()).isEqualTo(1);
      assertThat(detected.separatorConfidence()).isEqualTo(1);
      assertThat(detected.headerConfidence()).isEqualTo(1);
    } catch (RefusedFileException binary) {
      assertThat(binary.rule()).isEqualTo(Rule.NOT_A_TABLE);
    }
  }

  @Property(tries = 2_000)
  void whatever_the_bytes_are_there_is_an_answer(@ForAll byte[] bytes, @ForAll boolean whole) {
    try {
      DetectedDialect detected = DialectDetector.detect(bytes, whole, Overrides.NONE);
      assertThat(detected.columns()).isNotEmpty();
      assertThat(detected.charsetConfidence()).isBetween(0.0, 1.0);
      assertThat(detected.separatorConfidence()).isBetween(0.0, 1.0);
      assertThat(detected.headerConfidence()).isBetween(0.0, 1.0);
    } catch (RefusedFileException refused) {
      assertThat(refused.rule()).isIn(Rule.EMPTY_FILE, Rule.NOT_A_TABLE, Rule.OVERSIZED_LINE);
    }
  }

  @Property(tries = 2_000)
  void whatever_the_text_is_there_is_an_answer(@ForAll("knots") String text) {
    try {
      DetectedDialect detected = DialectDetector.detect(text.getBytes(UTF_8), true, Overrides.NONE);
      assertThat(detected.columns()).isNotEmpty();
      assertThat(detected.dialect().headerLine()).isBetween(0, text.length() + 1);
    } catch (RefusedFileException refused) {
      assertThat(refused.rule()).isIn(Rule.EMPTY_FILE, Rule.NOT_A_TABLE);
    }
  }

  @Example
  void a_cut_in_the_middle_of_a_letter_is_no_error() throws IOException {
    byte[] bytes = "code;nom\n01;é\n02;é".getBytes(UTF_8);
    DetectedDialect detected =
        DialectDetector.detect(Arrays.copyOf(bytes, bytes.length - 1), false, Overrides.NONE);
    assertThat(detected.dialect().charset()).isEqualTo(UTF_8);
    assertThat(detected.strayLines()).isZero();
  }

  @Example
  void oe_and_the_euro_of_iso_8859_15_are_told_from_fractions() throws IOException {
    Charset latin9 = Charset.forName("ISO-8859-15");
    byte[] bytes = "nom;prix\nSacré-Cœur;1 €\nBœuf;2 €\n".getBytes(latin9);
    assertThat(detect(bytes).dialect().charset()).isEqualTo(latin9);
  }

  @Example
  void two_encodings_in_one_file_are_the_one_of_most_lines_and_the_others_are_counted()
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write("code;nom\n".getBytes(UTF_8));
    bytes.write("01;Fournée\n".getBytes(WINDOWS_1252));
    bytes.write("02;Boulangère\n03;Pâtissier\n".getBytes(UTF_8));
    DetectedDialect detected = detect(bytes.toByteArray());
    assertThat(detected.dialect().charset()).isEqualTo(UTF_8);
    assertThat(detected.strayLines()).isEqualTo(1);
    assertThat(detected.firstStrayLine()).isEqualTo(2);
    assertThat(detected.charsetConfidence()).isLessThan(0.7);

    bytes.write("04;Crêperie\n05;Épicerie\n".getBytes(WINDOWS_1252));
    detected = detect(bytes.toByteArray());
    assertThat(detected.dialect().charset()).isEqualTo(WINDOWS_1252);
    assertThat(detected.strayLines()).isEqualTo(2);
    assertThat(detected.firstStrayLine()).isEqualTo(3);
  }

  @Example
  void decimal_commas_do_not_separate() throws IOException {
    byte[] bytes = "code;taux;part\nA;1,5;2,25\nB;2,5;3,75\nC;0,5;4,50\n".getBytes(UTF_8);
    assertThat(detect(bytes).dialect().separator()).isEqualTo(';');
    assertThat(detect("1001,75056\n1002,75057\n".getBytes(UTF_8)).dialect().separator())
        .isEqualTo(',');
  }

  @Example
  void separators_and_lines_within_quotes_do_not_count() throws IOException {
    byte[] bytes = "nom,activités\nA,\"x;y;z\nx;y\"\nB,\"x;y;z\"\n".getBytes(UTF_8);
    assertThat(detect(bytes).dialect()).isEqualTo(new Dialect(UTF_8, 0, ',', 1));
  }

  @Example
  void a_quote_that_is_never_closed_is_a_letter() throws IOException {
    byte[] bytes = "code;nom\n01;\"A\n02;B\n03;C\n".getBytes(UTF_8);
    assertThat(detect(bytes).dialect()).isEqualTo(new Dialect(UTF_8, 0, ';', 1));
  }

  @Example
  void one_column_of_codes_has_no_header() throws IOException {
    DetectedDialect detected = detect("32216\n47033\n2A004\n".getBytes(UTF_8));
    assertThat(detected.dialect()).isEqualTo(new Dialect(UTF_8, 0, ',', 0));
    assertThat(detect("code\n32216\n2A004\n".getBytes(UTF_8)).dialect().headerLine()).isEqualTo(1);
  }

  @Example
  void a_repeated_header_ends_with_its_last_line() throws IOException {
    byte[] bytes = "code;nom;an\ncode;nom;an\n01001;A;2019\n01002;B;2020\n".getBytes(UTF_8);
    assertThat(detect(bytes).dialect().headerLine()).isEqualTo(2);
    assertThat(detect(bytes).otherHeaders()).containsExactly(1L);
  }

  @Example
  void of_long_names_and_short_ones_the_header_is_the_line_above_the_rows() throws IOException {
    String text =
        """
        Population en 2020;;;

        Code commune;Population;Superficie;Revenu médian
        CODGEO;P20_POP;SUPERF;MED20
        01001;771;15,95;22130
        01002;253;9,15;23430
        01004;14081;24,6;19620
        """;
    DetectedDialect detected = detect(text.getBytes(UTF_8));
    assertThat(detected.dialect().headerLine()).isEqualTo(4);
    assertThat(detected.columns()).containsExactly("CODGEO", "P20_POP", "SUPERF", "MED20");
    assertThat(detected.otherHeaders()).containsExactly(3L);
  }

  @Example
  void years_are_names_above_other_numbers() throws IOException {
    byte[] bytes = "insee;2019;2020\n04001;3;6\n04004;2;12\n04005;2;1\n".getBytes(UTF_8);
    assertThat(detect(bytes).columns()).containsExactly("insee", "2019", "2020");
  }

  @Example
  void columns_without_a_name_are_numbered_and_names_may_occur_twice() throws IOException {
    byte[] bytes = ";nom;nom;\n1;A;B;\n2;C;D;\n".getBytes(UTF_8);
    assertThat(detect(bytes).columns()).containsExactly("#1", "nom", "nom", "#4");
  }

  @Example
  void a_header_alone_is_a_header() throws IOException {
    assertThat(detect("code,nom\n".getBytes(UTF_8)).dialect().headerLine()).isEqualTo(1);
    assertThat(detect("code,nom".getBytes(UTF_8)).dialect().headerLine()).isEqualTo(1);
  }

  @Example
  void what_is_no_table_is_refused_with_its_kind() {
    assertThatThrownBy(() -> detect("<!DOCTYPE html>\n<html></html>".getBytes(UTF_8)))
        .hasMessage("not-a-table: HTML");
    assertThatThrownBy(() -> detect(" [\n {\"code\":\"01\"}]".getBytes(UTF_8)))
        .hasMessage("not-a-table: JSON");
    assertThatThrownBy(() -> detect("%PDF-1.7\n%âãÏÓ".getBytes(ISO_8859_1)))
        .hasMessage("not-a-table: PDF");
    assertThatThrownBy(() -> detect(new byte[1_000])).hasMessage("not-a-table");
    assertThatThrownBy(() -> detect(new byte[0])).hasMessage("empty-file");
    assertThatThrownBy(() -> detect("\n \r\n\n".getBytes(UTF_8))).hasMessage("empty-file");
    assertThatThrownBy(() -> detect(";;\n;;\n".getBytes(UTF_8))).hasMessage("empty-file");
  }

  @Example
  void a_nul_here_and_there_is_for_the_reader_of_its_row() throws IOException {
    byte[] bytes = "code;nom\n01;A\0\n02;B\n03;C\n".getBytes(UTF_8);
    assertThat(detect(bytes).dialect()).isEqualTo(new Dialect(UTF_8, 0, ';', 1));
  }

  @Example
  void a_header_line_that_is_not_there_is_refused() {
    Overrides fifth = new Overrides(null, null, 5, null);
    assertThatThrownBy(() -> DialectDetector.detect("a,b\n1,2\n".getBytes(UTF_8), true, fifth))
        .hasMessage("missing-header: 5");
  }

  @Example
  void encodings_and_separators_that_no_text_has_are_not_taken() {
    assertThatThrownBy(() -> new Overrides(Charset.forName("UTF-32"), null, null, null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Overrides(null, '"', null, null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Overrides(null, null, -1, null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static DetectedDialect detect(byte[] bytes) throws IOException {
    return DialectDetector.detect(bytes, true, Overrides.NONE);
  }

  @SafeVarargs
  private static List<List<String>> join(List<List<String>>... parts) {
    return Arrays.stream(parts).flatMap(List::stream).toList();
  }

  @Provide
  Arbitrary<Way> ways() {
    Arbitrary<Charset> charsets =
        Arbitraries.of(UTF_8, UTF_16LE, UTF_16BE, WINDOWS_1252, ISO_8859_1, MAC_ROMAN, CP850);
    return Combinators.combine(
            charsets,
            Arbitraries.of(true, false),
            Arbitraries.of(',', ';', '\t', '|'),
            Arbitraries.of("\n", "\r\n", "\r"))
        .as(
            (charset, mark, separator, end) ->
                new Way(charset, mark && charset.name().startsWith("UTF"), separator, end));
  }

  @Provide
  Arbitrary<List<List<String>>> rows() {
    Arbitrary<String> code = Arbitraries.integers().between(1001, 97424).map("%05d"::formatted);
    Arbitrary<String> word =
        Arbitraries.of(
            "Châtillon-en-Michaille",
            "Bâgé-Dommartin",
            "Saint-Étienne",
            "Pérouges, Ain",
            "Le Plessis-Trévise",
            "Noël; Élève",
            "Fère-Champenoise",
            "Bézenet",
            "Sèvres",
            "Besançon",
            "Aÿ-Champagne à l'été");
    Arbitrary<String> amount = Arbitraries.integers().between(0, 99_999).map(n -> n + ",5");
    Arbitrary<String> day = Arbitraries.integers().between(10, 28).map(d -> d + "/01/2024");
    return Combinators.combine(code, word, amount, day).as(List::of).list();
  }

  @Provide
  Arbitrary<List<List<String>>> titles() {
    return Arbitraries.of(
        List.of(),
        List.of(List.of("")),
        List.of(List.of("Marchés publics, achevés au 1er février")),
        List.of(List.of("Données arrêtées au 1er août"), List.of("")),
        List.of(List.of("Préfecture", "", "", ""), List.of("", "", "", "")));
  }

  @Provide
  Arbitrary<String> knots() {
    return Arbitraries.strings()
        .withChars('a', 'B', '1', '"', ',', ';', '\t', '|', '\n', '\r', ' ', 'é', '-', '\0')
        .ofMaxLength(200);
  }
}
