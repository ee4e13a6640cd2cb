package fr.pivot.formats.hexasmal;

import fr.pivot.finding.Findings;
import fr.pivot.finding.Rule;
import fr.pivot.finding.Severity;
import fr.pivot.formats.CodeCells;
import fr.pivot.formats.FileHead;
import fr.pivot.formats.InputFile;
import fr.pivot.formats.OneTable;
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
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * La Poste's postal codes, and the tables from them to the communes and to the municipal
 * arrondissements of Paris, Lyon and Marseille; in the layout with coordinates and in the one
 * without.
 *
 * <p>La Poste lists the arrondissements instead of the three communes: the table to the communes
 * leads to 75056, 69123 and 13055, the other one to 75101 and its like. A postal code serves
 * communes and parts of them, so that all lines match as related. A postal code has no name; its
 * label is the name that most of its lines write on an envelope ({@code libellé d'acheminement}).
 *
 * <p>La Poste publishes twice a year. The file of January is the edition of the year, any other one
 * that of its month ({@code 2025-07}); both lead to the communes of the year, and their tables wait
 * for it where it is not published yet.
 *
 * @see <a href="https://www.data.gouv.fr/fr/datasets/base-officielle-des-codes-postaux/">La Poste,
 *     base officielle des codes postaux</a>
 */
public final class HexasmalFormat implements ReleaseFormat {

  private static final String ID = "codes-postaux";
  private static final String COMMUNES = "communes";
  private static final String DISTRICTS = "arrondissements-municipaux";
  private static final String HOMEPAGE =
      "https://www.data.gouv.fr/fr/datasets/base-officielle-des-codes-postaux/";

  private static final Pattern COMMUNE = Pattern.compile("(?:\\d{2}|2[AB])\\d{3}");
  private static final Pattern POSTAL = Pattern.compile("\\d{5}");
  private static final Pattern PARIS = Pattern.compile("751(?:0[1-9]|1\\d|20)");
  private static final Pattern LYON = Pattern.compile("6938[1-9]");
  private static final Pattern MARSEILLE = Pattern.compile("132(?:0[1-9]|1[0-6])");

  /** Countries, by INSEE's codes of them: La Poste serves Monaco. */
  private static final Pattern NO_COMMUNE = Pattern.compile("99\\d{3}");

  @Override
  public String id() {
    return "hexasmal";
  }

  @Override
  public Text sign() {
    return new Text(
        "les colonnes Code_postal, Code_commune_INSEE et Libellé_d_acheminement",
        "the columns Code_postal, Code_commune_INSEE and Libellé_d_acheminement");
  }

  @Override
  public Optional<Recognised> recognise(FileHead head) {
    // Many tables of addresses have both codes; the line of destination is La Poste's alone.
    return head.hasTable(
            names -> isHeader(names) && column(names, "libell").contains("acheminement"))
        ? Optional.of(Recognised.LIST)
        : Optional.empty();
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
                HexasmalFormat::isHeader,
                findings,
                table ->
                    new Reading(edition, table, options, findings)
                        .run(file.toSourceFile(), target)));
  }

  private static boolean isHeader(List<String> names) {
    return names.contains("code_postal") && !commune(names).isEmpty();
  }

  private static String commune(List<String> names) {
    return column(names, "code_commune");
  }

  private static String column(List<String> names, String beginning) {
    return names.stream()
        .filter(n -> n.replaceAll("[# ]", "").startsWith(beginning))
        .findFirst()
        .orElse("");
  }

  /** What the lines about a postal code and a commune say besides. */
  private static final class Line {
    private final SortedSet<String> destinations = new TreeSet<>();
    private final SortedSet<String> places = new TreeSet<>();
  }

  /** One reading of one file. */
  private static final class Reading {
    private final Years edition;
    private final Table table;
    private final Findings findings;
    private final CodeCells cells;
    private final Map<String, Map<String, Integer>> names = new TreeMap<>();
    private final Map<String, Map<String, Line>> communes = new TreeMap<>();
    private final Map<String, Map<String, Line>> districts = new TreeMap<>();

    Reading(Years edition, Table table, ReadOptions options, Findings findings) {
      this.edition = edition;
      this.table = table;
      this.findings = findings;
      this.cells = new CodeCells(findings, options.repairLeadingZeros());
    }

    void run(SourceFile source, ReleaseTarget target) throws IOException {
      long errors = findings.count(Severity.ERROR);
      String communeColumn = commune(table.header());
      String destinationColumn = column(table.header(), "libell");
      table.forEach(
          row -> {
            String postal = cells.require(row, "code_postal", POSTAL);
            String commune = cells.require(row, communeColumn, COMMUNE);
            if (!postal.isEmpty()
                && !commune.isEmpty()
                && cells.isNew(row, row.fields(), row.fields())) {
              take(row, postal, commune, row.get(destinationColumn));
            }
          });
      if (findings.count(Severity.ERROR) == errors) {
        give(source, target);
      }
    }

    private void take(Table.Row row, String postal, String commune, String destination) {
      names.computeIfAbsent(postal, _ -> new HashMap<>()).merge(destination, 1, Integer::sum);
      if (NO_COMMUNE.matcher(commune).matches()) {
        findings.add(Rule.IGNORED_ROW.at(row.place(), commune));
        return;
      }
      String whole = whole(commune);
      note(communes, postal, whole, row, destination);
      if (!whole.equals(commune)) {
        note(districts, postal, commune, row, destination);
      }
    }

    private static void note(
        Map<String, Map<String, Line>> table,
        String postal,
        String code,
        Table.Row row,
        String destination) {
      Line line =
          table
              .computeIfAbsent(postal, _ -> new TreeMap<>())
              .computeIfAbsent(code, _ -> new Line());
      if (!destination.isEmpty()) {
        line.destinations.add(destination);
      }
      if (!row.get("ligne_5").isEmpty()) {
        line.places.add(row.get("ligne_5"));
      }
    }

    private static String whole(String commune) {
      if (PARIS.matcher(commune).matches()) {
        return "75056";
      }
      if (LYON.matcher(commune).matches()) {
        return "69123";
      }
      return MARSEILLE.matcher(commune).matches() ? "13055" : commune;
    }

    private void give(SourceFile source, ReleaseTarget target) {
      Validity validity = Validity.since(edition.day());
      ReleaseRows rows =
          target.open(
              new ReleaseHead(ID, edition.edition(), edition.day(), null, List.of(source)),
              new Coverage(true, Set.of(COMMUNES, DISTRICTS), true, false, false, null));
      names.forEach(
          (postal, destinations) ->
              rows.concept(
                  new ConceptState(
                      postal,
                      validity,
                      "code-postal",
                      mostFrequent(destinations),
                      Map.of(),
                      Map.of(),
                      false)));
      give(communes, COMMUNES, rows, validity, source, target);
      give(districts, DISTRICTS, rows, validity, source, target);
    }

    private static String mostFrequent(Map<String, Integer> names) {
      return names.entrySet().stream()
          .max(
              Map.Entry.<String, Integer>comparingByValue()
                  .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
          .orElseThrow()
          .getKey();
    }

    private void give(
        Map<String, Map<String, Line>> table,
        String referential,
        ReleaseRows rows,
        Validity validity,
        SourceFile source,
        ReleaseTarget target) {
      if (table.isEmpty()) {
        return;
      }
      Consumer<Association> lines =
          target.openWaitingCorrespondence(
              new CorrespondenceHead(
                  ID + "-" + edition.edition() + "." + referential + "-" + edition.year(),
                  new Text("Codes postaux → " + referential, "Postal codes to " + referential),
                  "La Poste",
                  HOMEPAGE,
                  new CorrespondenceHead.Side(ID, edition.edition()),
                  new CorrespondenceHead.Side(referential, edition.year()),
                  null,
                  List.of(source)));
      table.forEach(
          (postal, codes) ->
              codes.forEach(
                  (code, line) -> {
                    rows.link(
                        new Link(postal, Relation.RELATED, referential, code, validity, false));
                    Map<String, String> attributes = new HashMap<>();
                    put(attributes, "acheminement", line.destinations);
                    put(attributes, "ligne5", line.places);
                    lines.accept(
                        new Association(postal, code, Match.RELATED, null, null, attributes));
                  }));
    }

    private static void put(Map<String, String> map, String key, Set<String> values) {
      if (!values.isEmpty()) {
        map.put(key, String.join("|", values));
      }
    }
  }
}
