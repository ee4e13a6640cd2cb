package fr.pivot.crosswalk.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.pivot.crosswalk.Crosswalk;
import fr.pivot.crosswalk.Probe;
import fr.pivot.finding.Findings;
import fr.pivot.finding.ProblemException;
import fr.pivot.registry.Registry;
import fr.pivot.registry.memory.ReadRegistry;
import fr.pivot.table.AnnotatedTable;
import fr.pivot.text.detected.Overrides;
import fr.pivot.text.sheet.Cells;
import fr.pivot.text.sheet.Spreadsheet;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spreadsheets come back as workbooks, with columns added. */
class TranslatedWorkbookTest {

  @SuppressWarnings("NullAway.Init")
  private static Registry registry;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  @BeforeAll
  static void read() throws IOException {
    registry = ReadRegistry.shipped();
  }

  private Path workbook() throws IOException {
    Path file = folder.resolve("in.xlsx");
    try (OutputStream out = Files.newOutputStream(file);
        Workbook workbook = new Workbook(out, "test", null)) {
      Worksheet sheet = workbook.newWorksheet("Données");
      Object[][] rows = {
        {"INSEE", "nom", "montant"},
        {"01091", "Châtillon", 12.5},
        {"14712", "Troarn, ou Saline", 7},
        {"", "personne", 1}
      };
      for (int row = 0; row < rows.length; row++) {
        for (int column = 0; column < rows[row].length; column++) {
          if (rows[row][column] instanceof Number number) {
            sheet.value(row, column, number);
          } else {
            sheet.value(row, column, String.valueOf(rows[row][column]));
          }
        }
      }
    }
    return file;
  }

  private static Crosswalk pair() {
    return Probe.crosswalk(registry, "communes@2018-01-01", "communes@2026");
  }

  private static FileTranslations.Request request(String policy, List<String> measures) {
    return new FileTranslations.Request(
        "communes@2018-01-01",
        "communes@2026",
        "insee",
        policy,
        measures,
        List.of(),
        new byte[0],
        Overrides.NONE);
  }

  private List<String> translate(String policy, List<String> measures) throws IOException {
    Path output = folder.resolve(policy + ".xlsx");
    try (AnnotatedTable table =
        FileTranslations.open(
            pair(), "in.xlsx", Files.newInputStream(workbook()), request(policy, measures))) {
      assertThat(table.isSpreadsheet()).isTrue();
      table.writeWorkbook(output);
    }
    List<String> lines = new ArrayList<>();
    Findings findings = new Findings();
    try (Spreadsheet sheets =
            Spreadsheet.open("out.xlsx", () -> Files.newInputStream(output), findings)
                .orElseThrow();
        Spreadsheet.Rows rows = sheets.open(sheets.sheets().getFirst())) {
      assertThat(sheets.sheets()).containsExactly("Données");
      for (Optional<Cells> row = rows.next(); row.isPresent(); row = rows.next()) {
        lines.add(String.join(";", row.get().texts()) + ' ' + row.get().numbers());
      }
    }
    assertThat(findings.hasErrors()).isFalse();
    return lines;
  }

  @Test
  void values_are_kept_numbers_stay_numbers_and_codes_stay_text() throws IOException {
    assertThat(translate("list", List.of()))
        .containsExactly(
            "INSEE;nom;montant;communes@2026;communes@2026:label;communes@2026:status {}",
            "01091;Châtillon;12.5;01033;Valserhône;merged {2}",
            "14712;Troarn, ou Saline;7;14666|14712;Sannerville|Troarn;split {2}",
            ";personne;1 {2}");
  }

  @Test
  void figures_are_summed_in_a_workbook_too() throws IOException {
    assertThat(translate("weights", List.of("montant")))
        .containsExactly(
            "communes@2026;communes@2026:label;communes@2026:status;INSEE;montant;rows {}",
            "01033;Valserhône;placed;;12.5;1 {4, 5}",
            "14666;Sannerville;placed;;2;1 {4, 5}",
            "14712;Troarn;placed;;5;1 {4, 5}",
            ";;empty;;1;1 {4, 5}");
  }

  @Test
  void a_file_that_is_no_workbook_is_a_problem() throws IOException {
    Path broken = folder.resolve("broken.xlsx");
    Files.write(broken, new byte[] {'P', 'K', 3, 4, 0, 0, 0});
    assertThatThrownBy(
            () ->
                FileTranslations.open(
                    pair(), "b.xlsx", Files.newInputStream(broken), request("all", List.of())))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().type().slug()).isEqualTo("refused-file"));
  }
}
