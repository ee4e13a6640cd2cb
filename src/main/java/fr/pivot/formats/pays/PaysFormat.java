package fr.pivot.formats.pays;

import fr.pivot.finding.Findings;
import fr.pivot.finding.Rule;
import fr.pivot.finding.Severity;
import fr.pivot.formats.CodeCells;
import fr.pivot.formats.FileHead;
import fr.pivot.formats.InputFile;
import fr.pivot.formats.OneTable;
import fr.pivot.formats.PairedCodes;
import fr.pivot.formats.ReadOptions;
import fr.pivot.formats.Recognised;
import fr.pivot.formats.ReleaseFormat;
import fr.pivot.formats.ReleaseTarget;
import fr.pivot.formats.Years;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Coverage;
import fr.pivot.referential.Link;
import fr.pivot.referential.Relation;
import fr.pivot.referential.ReleaseHead;
import fr.pivot.referential.ReleaseRows;
import fr.pivot.referential.SourceFile;
import fr.pivot.referential.Text;
import fr.pivot.referential.Validity;
import fr.pivot.referential.correspondence.Association;
import fr.pivot.referential.correspondence.CorrespondenceHead;
import fr.pivot.referential.correspondence.Match;
import fr.pivot.text.sheet.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Countries and territories by INSEE's five-digit code, and the table from it to ISO 3166-1: {@code
 * v_pays_territoire_2025.csv}, or its copy with English columns ({@code cog-countries@2025.csv}).
 *
 * <p>Only what exists is taken: countries (ACTUAL 1) and territories with a code of their own
 * (ACTUAL 4). The table leads to the edition of ISO 3166-1 that Pivot ships, because INSEE names
 * none. Some territories have no ISO code, and those of Spain and Portugal share one with their
 * country.
 *
 * @see <a href="https://www.insee.fr/fr/information/2560452">INSEE, code officiel géographique</a>
 */
public final class PaysFormat implements ReleaseFormat {

  private static final String ID = "pays";
  private static final String HOMEPAGE = "https://www.insee.fr/fr/information/2560452";

  /** The edition of ISO 3166-1 that the table leads to. */
  private static final String ISO_EDITION = "4.15";

  /** Gibraltar with Akrotiri and Dhekelia, of which the ISO code stands for Gibraltar. */
  private static final String WITH_MORE = "99133";

  private static final Pattern CODE = Pattern.compile("99\\d{3}");
  private static final Pattern ALPHA_2 = Pattern.compile("[A-Z]{2}");
  private static final String COUNTRY = "1";
  private static final String TERRITORY = "4";

  /** The names of the columns in one of the two layouts. */
  private record Columns(
      String code,
      String status,
      String above,
      String label,
      String official,
      String alpha2,
      String alpha3,
      String number) {
    static final Columns INSEE =
        new Columns(
            "cog", "actual", "crpay", "libcog", "libenr", "codeiso2", "codeiso3", "codenum3");
    static final Columns COPY =
        new Columns(
            "code",
            "actual_id",
            "parent_code",
            "name",
            "official_name",
            "iso2_code",
            "iso3_code",
            "num3_code");

    static Columns of(Table table) {
      return table.has("libcog") ? INSEE : COPY;
    }

    List<String> all() {
      return List.of(code, status, above, label, official, alpha2, alpha3, number);
    }
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public Text sign() {
    return new Text(
        "les colonnes cog et libcog, ou iso2_code et actual_id",
        "the columns cog and libcog, or iso2_code and actual_id");
  }

  @Override
  public Optional<Recognised> recognise(FileHead head) {
    return head.hasTable(PaysFormat::isHeader) ? Optional.of(Recognised.LIST) : Optional.empty();
  }

  @Override
  public void read(
      List<InputFile> files, ReadOptions options, Findings findings, ReleaseTarget target)
      throws IOException {
    OneTable.readEdition(
        files,
        options,
        findings,
        (file, edition) ->
            OneTable.read(
                file,
                PaysFormat::isHeader,
                findings,
                table -> {
                  if (table.requires(Columns.of(table).all())) {
                    new Reading(edition, options, findings).run(table, file.toSourceFile(), target);
                  }
                }));
  }

  private static boolean isHeader(List<String> names) {
    return (names.contains("cog") && names.contains("libcog"))
        || (names.contains("iso2_code") && names.contains("actual_id"));
  }

  /** One reading of one file. */
  private static final class Reading {
    private final Years edition;
    private final Validity validity;
    private final Findings findings;
    private final CodeCells cells;
    private final List<ConceptState> states = new ArrayList<>();
    private final List<Link> links = new ArrayList<>();
    private final PairedCodes pairs = new PairedCodes();

    Reading(Years edition, ReadOptions options, Findings findings) {
      this.edition = edition;
      this.validity = Validity.since(edition.day());
      this.findings = findings;
      this.cells = new CodeCells(findings, options.repairLeadingZeros());
    }

    void run(Table table, SourceFile source, ReleaseTarget target) throws IOException {
      long errors = findings.count(Severity.ERROR);
      Columns columns = Columns.of(table);
      table.forEach(row -> take(row, columns));
      if (findings.count(Severity.ERROR) > errors) {
        return;
      }
      ReleaseRows rows =
          target.open(
              new ReleaseHead(ID, edition.edition(), edition.day(), null, List.of(source)),
              new Coverage(true, Set.of(ID), true, false, false, null));
      states.forEach(rows::concept);
      links.forEach(rows::link);
      Consumer<Association> lines =
          target.openCorrespondence(
              new CorrespondenceHead(
                  "pays-" + edition.edition() + ".iso-3166-1",
                  new Text(
                      "Codes de pays de l'Insee → ISO 3166-1",
                      "INSEE's country codes to ISO 3166-1"),
                  "Insee",
                  HOMEPAGE,
                  new CorrespondenceHead.Side(ID, edition.edition()),
                  new CorrespondenceHead.Side("iso-3166-1", ISO_EDITION),
                  null,
                  List.of(source)));
      pairs.toAssociations().forEach(lines);
    }

    private void take(Table.Row row, Columns columns) {
      String status = row.get(columns.status());
      if (!status.equals(COUNTRY) && !status.equals(TERRITORY)) {
        findings.add(Rule.IGNORED_ROW.at(row.place(columns.status()), status));
        return;
      }
      String code = cells.require(row, columns.code(), CODE);
      String label = cells.text(row, columns.label());
      String above = cells.find(row, columns.above(), CODE);
      String iso = cells.find(row, columns.alpha2(), ALPHA_2);
      if (code.isEmpty() || !cells.isNew(row, code, row.fields())) {
        return;
      }
      String official = row.get(columns.official());
      Map<String, String> attributes = new HashMap<>();
      put(attributes, "nomOfficiel", official);
      put(attributes, "iso2", iso);
      put(attributes, "iso3", row.get(columns.alpha3()));
      put(attributes, "num3", row.get(columns.number()));
      boolean territory = status.equals(TERRITORY);
      states.add(
          new ConceptState(
              code,
              validity,
              territory ? "territoire" : "pays",
              label,
              Map.of(),
              attributes,
              false));
      if (!above.isEmpty()) {
        links.add(new Link(code, Relation.BROADER, ID, above, validity, false));
      }
      if (!iso.isEmpty()) {
        @Nullable Match match = code.equals(WITH_MORE) ? Match.NARROWER : null;
        pairs.add(code, iso, match, null, null, Map.of());
      }
    }

    private static void put(Map<String, String> map, String key, String value) {
      if (!value.isEmpty()) {
        map.put(key, value);
      }
    }
  }
}
