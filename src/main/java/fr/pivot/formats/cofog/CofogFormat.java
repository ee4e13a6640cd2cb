package fr.pivot.formats.cofog;

import fr.pivot.finding.Findings;
import fr.pivot.finding.Severity;
import fr.pivot.formats.CodeCells;
import fr.pivot.formats.FileHead;
import fr.pivot.formats.InputFile;
import fr.pivot.formats.OneTable;
import fr.pivot.formats.ReadOptions;
import fr.pivot.formats.Recognised;
import fr.pivot.formats.ReleaseFormat;
import fr.pivot.formats.ReleaseTarget;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Coverage;
import fr.pivot.referential.Link;
import fr.pivot.referential.Relation;
import fr.pivot.referential.ReleaseHead;
import fr.pivot.referential.ReleaseRows;
import fr.pivot.referential.Text;
import fr.pivot.referential.Validity;
import fr.pivot.text.sheet.Table;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * COFOG, with its headings in French, English and Spanish: {@code cofog.csv}. There is one edition,
 * that of 1999.
 *
 * @see <a href="https://unstats.un.org/unsd/classifications/Econ">United Nations, COFOG</a>
 */
public final class CofogFormat implements ReleaseFormat {

  private static final String ID = "cofog";
  private static final String EDITION = "1999";
  private static final LocalDate DAY = LocalDate.of(1999, 1, 1);
  private static final Pattern CODE = Pattern.compile("\\d{2}(?:\\.\\d{1,2}(?:\\.\\d)?)?");
  private static final List<String> LEVELS = List.of("division", "groupe", "classe");
  private static final List<String> COLUMNS =
      List.of("code", "description_en", "description_fr", "description_es");

  @Override
  public String id() {
    return ID;
  }

  @Override
  public Text sign() {
    return new Text("les colonnes Code et Description_EN", "the columns Code and Description_EN");
  }

  @Override
  public Optional<Recognised> recognise(FileHead head) {
    return head.hasTable(CofogFormat::isHeader) ? Optional.of(Recognised.LIST) : Optional.empty();
  }

  @Override
  public void read(
      List<InputFile> files, ReadOptions options, Findings findings, ReleaseTarget target)
      throws IOException {
    for (InputFile file : files) {
      OneTable.read(
          file,
          CofogFormat::isHeader,
          findings,
          table -> {
            if (table.requires(COLUMNS)) {
              read(file, table, options, findings, target);
            }
          });
    }
  }

  private static boolean isHeader(List<String> names) {
    return names.contains("code") && names.contains("description_en");
  }

  private static void read(
      InputFile file, Table table, ReadOptions options, Findings findings, ReleaseTarget target)
      throws IOException {
    long errors = findings.count(Severity.ERROR);
    CodeCells cells = new CodeCells(findings, options.repairLeadingZeros());
    Validity validity = Validity.since(DAY);
    List<ConceptState> states = new ArrayList<>();
    table.forEach(
        row -> {
          String code = cells.require(row, "code", CODE);
          String label = cells.text(row, "description_fr");
          if (code.isEmpty() || !cells.isNew(row, code, row.fields())) {
            return;
          }
          Map<String, String> labels = new HashMap<>();
          put(labels, "en", row.get("description_en"));
          put(labels, "es", row.get("description_es"));
          Map<String, String> attributes = new HashMap<>();
          put(attributes, "note", row.get("explanatorynote"));
          String level = LEVELS.get((int) code.chars().filter(c -> c == '.').count());
          states.add(new ConceptState(code, validity, level, label, labels, attributes, false));
        });
    if (findings.count(Severity.ERROR) > errors) {
      return;
    }
    ReleaseRows rows =
        target.open(
            new ReleaseHead(ID, EDITION, DAY, null, List.of(file.toSourceFile())),
            Coverage.whole(Set.of(ID)));
    for (ConceptState state : states) {
      rows.concept(state);
      int dot = state.code().lastIndexOf('.');
      if (dot > 0) {
        rows.link(
            new Link(
                state.code(),
                Relation.BROADER,
                ID,
                state.code().substring(0, dot),
                validity,
                false));
      }
    }
  }

  private static void put(Map<String, String> map, String key, String value) {
    if (!value.isEmpty()) {
      map.put(key, value);
    }
  }
}
