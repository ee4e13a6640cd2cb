package fr.pivot.text;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.finding.Finding;
import fr.pivot.finding.Rule;
import fr.pivot.formats.SharedFiles;
import fr.pivot.text.bytes.Dialect;
import fr.pivot.text.detected.Overrides;
import fr.pivot.text.detected.TabularFile;
import fr.pivot.text.sheet.Spreadsheet;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Tables as people published them are opened as somebody who looked at each of them says. */
class PublishedSamplesTest {

  @Test
  void each_is_opened_in_its_encoding_with_its_separator_and_its_header() throws IOException {
    Path samples = SharedFiles.samples();
    Map<String, String> expected = new TreeMap<>();
    Map<String, String> found = new TreeMap<>();
    List<String> lines = Files.readAllLines(samples.resolve("columns.tsv"));
    for (String line : lines.subList(1, lines.size())) {
      // file, sheet, encoding, delimiter, header_row
      String[] fields = line.split("\t", -1);
      String said = String.join(" ", fields[1], fields[2], fields[3], fields[4]);
      if (expected.putIfAbsent(fields[0], said) == null) {
        Path file = samples.resolve("open").resolve(fields[0]);
        try (TabularFile.Opened opened = open(file)) {
          found.put(fields[0], describe(opened, file, fields[1], fields[2]));
        }
      }
    }
    assertThat(found).hasSize(45).isEqualTo(expected);
  }

  @Test
  void a_file_in_two_encodings_is_reported_and_read() throws IOException {
    Path file =
        SharedFiles.samples().resolve("open/commerces_saint_etienne_encodages_melanges.csv");
    try (TabularFile.Opened opened = open(file)) {
      assertThat(opened.findings()).extracting(Finding::rule).containsExactly(Rule.MIXED_ENCODING);
      assertThat(opened.detected().strayLines()).isEqualTo(25);
      assertThat(opened.detected().firstStrayLine()).isEqualTo(53);
      assertThat(opened.stream().readAllBytes()).isEqualTo(Files.readAllBytes(file));
    }
  }

  private static TabularFile.Opened open(Path file) throws IOException {
    String name = String.valueOf(file.getFileName());
    return (TabularFile.Opened) TabularFile.open(name, Files.newInputStream(file), Overrides.NONE);
  }

  /** What was found, in the words of the list. The first sheet has no name there. */
  private static String describe(
      TabularFile.Opened opened, Path file, String saidSheet, String saidEncoding)
      throws IOException {
    Dialect dialect = opened.detected().dialect();
    String header = Integer.toString(dialect.headerLine());
    if (opened.kind() != Spreadsheet.Kind.DELIMITED) {
      return String.join(" ", saidSheet.isEmpty() ? "" : opened.sheet(), "", "", header);
    }
    String separator = dialect.separator() == '\t' ? "TAB" : String.valueOf(dialect.separator());
    return String.join(
        " ", "", encoding(opened, Files.readAllBytes(file), saidEncoding), separator, header);
  }

  /** Of encodings in which the file says the same, the one that the list names. */
  private static String encoding(TabularFile.Opened opened, byte[] bytes, String said) {
    Charset charset = opened.detected().dialect().charset();
    if (opened.detected().strayLines() > 0) {
      return "mixed";
    }
    if (charset.equals(StandardCharsets.UTF_16LE) || charset.equals(StandardCharsets.UTF_16BE)) {
      return "utf-16";
    }
    Charset named = said.equals("latin-1") ? StandardCharsets.ISO_8859_1 : Charset.forName(said);
    boolean same = new String(bytes, named).equals(new String(bytes, charset));
    return same ? said : charset.name();
  }
}
