package fr.pivot.formats.correspondence;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.finding.Finding;
import fr.pivot.finding.Findings;
import fr.pivot.finding.Place;
import fr.pivot.finding.Rule;
import fr.pivot.formats.InputFile;
import fr.pivot.formats.ReadOptions;
import fr.pivot.formats.ReleaseTarget;
import fr.pivot.referential.Coverage;
import fr.pivot.referential.ReleaseHead;
import fr.pivot.referential.correspondence.Association;
import fr.pivot.referential.correspondence.CorrespondenceHead;
import fr.pivot.referential.correspondence.CorrespondenceHead.Side;
import fr.pivot.referential.correspondence.Match;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class CorrespondenceFormatTest {

  private static final Side REV2 = new Side("naf", "rev2");
  private static final Side NEW = new Side("naf", "2025");

  private final Findings findings = new Findings();
  private final List<CorrespondenceHead> heads = new ArrayList<>();
  private final List<Association> lines = new ArrayList<>();

  private void read(CorrespondenceFormat format, String text, Charset charset) {
    byte[] bytes = text.getBytes(charset);
    InputFile file = new InputFile("table.csv", () -> new ByteArrayInputStream(bytes));
    try {
      format.read(List.of(file), new ReadOptions(null, false), findings, new Target());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read(String text) {
    read(new CorrespondenceFormat(REV2, NEW, null, null, null), text, StandardCharsets.UTF_8);
  }

  private final class Target implements ReleaseTarget {
    @Override
    public SeriesRows openSeries(List<ReleaseHead> releases, Coverage coverage) {
      throw new AssertionError("no release is in it");
    }

    @Override
    public Consumer<Association> openCorrespondence(CorrespondenceHead head) {
      heads.add(head);
      return lines::add;
    }
  }

  @Test
  void two_columns_are_enough_and_the_table_tells_the_matches() {
    read("source,target\n62.01Z,62.10Y\n47.91B,47.11Z\n47.91B,47.12Y\n");
    assertThat(findings.list()).isEmpty();
    assertThat(heads).hasSize(1);
    assertThat(heads.getFirst().id()).isEqualTo("naf-rev2.naf-2025");
    assertThat(heads.getFirst().title().fr()).isEqualTo("naf@rev2 → naf@2025");
    assertThat(heads.getFirst().sources()).extracting("name").containsExactly("table.csv");
    assertThat(lines)
        .containsExactly(
            new Association("62.01Z", "62.10Y", Match.EXACT, null, null, Map.of()),
            new Association("47.91B", "47.11Z", Match.NARROWER, null, null, Map.of()),
            new Association("47.91B", "47.12Y", Match.NARROWER, null, null, Map.of()));
  }

  @Test
  void french_columns_a_decimal_comma_other_columns_and_notes() {
    read(
        new CorrespondenceFormat(REV2, NEW, "ma-table", "Ma table", "Ville"),
        """
        Code_Source;Code_Cible;Correspondance;Part;Remarque;#flags
        62.01Z;62.10Y;broader;0,25;à revoir;review
        62.01Z;62.20Y;;0,75;;
        """,
        Charset.forName("windows-1252"));
    assertThat(findings.list()).isEmpty();
    assertThat(heads.getFirst().id()).isEqualTo("ma-table");
    assertThat(heads.getFirst().title().en()).isEqualTo("Ma table");
    assertThat(heads.getFirst().publisher()).isEqualTo("Ville");
    assertThat(lines)
        .containsExactly(
            new Association(
                "62.01Z",
                "62.10Y",
                Match.BROADER,
                new java.math.BigDecimal("0.25"),
                "none",
                Map.of("Remarque", "à revoir")),
            new Association(
                "62.01Z",
                "62.20Y",
                Match.NARROWER,
                new java.math.BigDecimal("0.75"),
                "none",
                Map.of()));
  }

  @Test
  void what_is_wrong_is_told_with_its_line_and_column() {
    read(
        """
        source,target,match,share
        62.01Z,,,
        62.01Z,62.10Y,same,
        62.01Z,62.10Y,exact,half
        """);
    assertThat(findings.list())
        .containsExactly(
            new Finding(
                Rule.CORRESPONDENCE_OPEN_LINE, new Place("table.csv", 2, "target"), "62.01Z", null),
            new Finding(
                Rule.CORRESPONDENCE_MATCH, new Place("table.csv", 3, "match"), "same", null),
            new Finding(
                Rule.CORRESPONDENCE_SHARE, new Place("table.csv", 4, "share"), "half", null));
  }

  @Test
  void a_file_without_both_codes_is_no_table() {
    read("code_source,label\n62.01Z,x\n");
    assertThat(findings.list())
        .containsExactly(
            new Finding(
                Rule.MISSING_COLUMN,
                new Place("table.csv", 1, "target"),
                "target",
                "target, cible, code_cible, target_code"));
    assertThat(heads).isEmpty();
  }
}
