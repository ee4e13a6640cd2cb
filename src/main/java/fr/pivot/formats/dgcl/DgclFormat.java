package fr.pivot.formats.dgcl;

import fr.pivot.finding.Findings;
import fr.pivot.finding.Place;
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
import fr.pivot.referential.DayHead;
import fr.pivot.referential.Link;
import fr.pivot.referential.Measure;
import fr.pivot.referential.Relation;
import fr.pivot.referential.ReleaseHead;
import fr.pivot.referential.ReleaseRows;
import fr.pivot.referential.SourceFile;
import fr.pivot.referential.Text;
import fr.pivot.referential.Validity;
import fr.pivot.referential.correspondence.Association;
import fr.pivot.referential.correspondence.CorrespondenceHead;
import fr.pivot.referential.correspondence.Match;
import fr.pivot.text.CheckDigits;
import fr.pivot.text.sheet.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The EPCI of a year by their SIREN, and the table from the communes to them ({@code
 * epcicom2025.xlsx}). A commune lies wholly within its EPCI, so that all lines match as broader;
 * they carry the commune's own SIREN. Four communes on islands are in no EPCI, and in no line.
 *
 * <p>What a commune belongs to on 1 January is so whichever edition of the communes tells of the
 * day, so that the file is also a list of that day ({@link DayHead}), of use where no edition of
 * the communes has its year. The table between two editions then waits for the one of the communes.
 *
 * @see <a
 *     href="https://www.collectivites-locales.gouv.fr/institutions/liste-et-composition-des-epci-fiscalite-propre">DGCL,
 *     liste et composition des EPCI à fiscalité propre</a>
 */
public final class DgclFormat implements ReleaseFormat {

  private static final String ID = "epci";
  private static final String COMMUNES = "communes";
  private static final String HOMEPAGE =
      "https://www.collectivites-locales.gouv.fr/institutions/liste-et-composition-des-epci-fiscalite-propre";
  private static final Pattern SIREN = Pattern.compile("\\d{9}");
  private static final Pattern COMMUNE = Pattern.compile("(?:\\d{2}|2[AB])\\d{3}");
  private static final List<String> COLUMNS =
      List.of(
          "siren",
          "raison_sociale",
          "nature_juridique",
          "mode_financ",
          "nb_membres",
          "total_pop_tot",
          "total_pop_mun",
          "insee",
          "siren_membre");

  @Override
  public String id() {
    return "dgcl";
  }

  @Override
  public Text sign() {
    return new Text("les colonnes siren_membre et insee", "the columns siren_membre and insee");
  }

  @Override
  public Optional<Recognised> recognise(FileHead head) {
    return head.hasTable(DgclFormat::isHeader) ? Optional.of(Recognised.LIST) : Optional.empty();
  }

  @Override
  public void read(
      List<InputFile> files, ReadOptions options, Findings findings, ReleaseTarget target)
      throws IOException {
    OneTable.readFirst(
        files,
        findings,
        file ->
            OneTable.read(
                file,
                DgclFormat::isHeader,
                findings,
                table -> {
                  Optional<Years> edition = Years.find(edition(file, table), options.edition());
                  if (edition.isEmpty()) {
                    findings.add(Rule.UNKNOWN_EDITION.at(Place.file(file.name()), file.name()));
                  } else if (table.requires(COLUMNS)) {
                    new Reading(edition.get(), options, findings)
                        .run(table, file.toSourceFile(), target);
                  }
                }));
  }

  private static boolean isHeader(List<String> names) {
    return names.contains("siren_membre") && names.contains("insee");
  }

  /** The column of the members' populations bears the year: {@code pmun_2025}. */
  private static String edition(InputFile file, Table table) {
    return table.header().stream()
        .filter(n -> n.startsWith("pmun_"))
        .map(n -> n.substring("pmun_".length()))
        .findFirst()
        .orElse(file.name());
  }

  /** One reading of one file. */
  private static final class Reading {
    private final Years edition;
    private final Findings findings;
    private final CodeCells cells;
    private final CodeCells members;
    private final Map<String, List<String>> epci = new LinkedHashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private final Map<String, Place> places = new HashMap<>();
    private final List<ConceptState> states = new ArrayList<>();
    private final List<Measure> measures = new ArrayList<>();
    private final List<Association> lines = new ArrayList<>();

    Reading(Years edition, ReadOptions options, Findings findings) {
      this.edition = edition;
      this.findings = findings;
      this.cells = new CodeCells(findings, options.repairLeadingZeros());
      this.members = new CodeCells(findings, options.repairLeadingZeros());
    }

    void run(Table table, SourceFile source, ReleaseTarget target) throws IOException {
      long errors = findings.count(Severity.ERROR);
      table.forEach(this::take);
      epci.forEach(this::checkCount);
      if (findings.count(Severity.ERROR) > errors) {
        return;
      }
      ReleaseRows rows =
          target.open(
              new ReleaseHead(ID, edition.year(), edition.day(), null, List.of(source)),
              new Coverage(true, Set.of(), true, true, false, null));
      states.forEach(rows::concept);
      measures.forEach(rows::measure);
      Consumer<Link> links =
          target.openDay(new DayHead(COMMUNES, edition.day(), Set.of(ID, "siren"), Set.of(ID)));
      for (Association line : lines) {
        links.accept(link(line.source(), Relation.BROADER, ID, line.target()));
        String siren = line.attributes().get("siren");
        if (siren != null) {
          links.accept(link(line.source(), Relation.RELATED, "siren", siren));
        }
      }
      Consumer<Association> association =
          target.openWaitingCorrespondence(
              new CorrespondenceHead(
                  COMMUNES + "-" + edition.year() + "." + ID + "-" + edition.year(),
                  new Text(
                      "Communes → EPCI en " + edition.year(),
                      "Communes to EPCI in " + edition.year()),
                  "DGCL",
                  HOMEPAGE,
                  new CorrespondenceHead.Side(COMMUNES, edition.year()),
                  new CorrespondenceHead.Side(ID, edition.year()),
                  null,
                  List.of(source)));
      lines.forEach(association);
    }

    private Link link(String code, Relation relation, String referential, String target) {
      return new Link(code, relation, referential, target, Validity.since(edition.day()), true);
    }

    private void take(Table.Row row) {
      String siren = siren(row, "siren");
      String commune = cells.require(row, "insee", COMMUNE);
      String member = siren(row, "siren_membre");
      if (siren.isEmpty() || commune.isEmpty()) {
        return;
      }
      List<String> says = COLUMNS.subList(0, 7).stream().map(row::get).toList();
      List<String> same = epci.putIfAbsent(siren, says);
      if (same == null) {
        places.put(siren, row.place("nb_membres"));
        open(row, siren);
      } else if (!same.equals(says)) {
        findings.add(Rule.CONFLICTING_ROW.at(row.place(), siren));
      }
      counts.merge(siren, 1, Integer::sum);
      if (members.isNew(row, commune, List.of(siren, member))) {
        lines.add(
            new Association(
                commune,
                siren,
                Match.BROADER,
                null,
                null,
                member.isEmpty() ? Map.of() : Map.of("siren", member)));
      }
    }

    private String siren(Table.Row row, String column) {
      String siren = cells.require(row, column, SIREN);
      if (!siren.isEmpty() && !CheckDigits.isSiren(siren)) {
        findings.add(Rule.BAD_CHECK_DIGIT.at(row.place(column), siren));
      }
      return siren;
    }

    private void open(Table.Row row, String siren) {
      Map<String, String> attributes = new HashMap<>();
      put(attributes, "nature", row.get("nature_juridique"));
      put(attributes, "modeFinancement", row.get("mode_financ"));
      states.add(
          new ConceptState(
              siren,
              Validity.since(edition.day()),
              ID,
              cells.text(row, "raison_sociale"),
              Map.of(),
              attributes,
              false));
      measure(row, siren, "total_pop_mun", "population");
      measure(row, siren, "total_pop_tot", "populationTotale");
    }

    private void measure(Table.Row row, String siren, String column, String name) {
      try {
        measures.add(new Measure(siren, name, Long.parseLong(row.get(column))));
      } catch (NumberFormatException malformed) {
        findings.add(Rule.MALFORMED_NUMBER.at(row.place(column), row.get(column)));
      }
    }

    /** An EPCI says how many members it has: a file that lost rows shows it. */
    private void checkCount(String siren, List<String> says) {
      String stated = says.get(COLUMNS.indexOf("nb_membres"));
      String found = String.valueOf(counts.get(siren));
      if (!stated.equals(found)) {
        findings.add(
            Rule.CONFLICTING_ROW.at(
                places.getOrDefault(siren, new Place(null, 0, null)), stated, found));
      }
    }

    private static void put(Map<String, String> map, String key, String value) {
      if (!value.isEmpty()) {
        map.put(key, value);
      }
    }
  }
}
