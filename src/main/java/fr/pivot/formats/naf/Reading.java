package fr.pivot.formats.naf;

import fr.pivot.finding.Findings;
import fr.pivot.finding.Place;
import fr.pivot.finding.Rule;
import fr.pivot.formats.CodeCells;
import fr.pivot.formats.InputFile;
import fr.pivot.formats.PairedCodes;
import fr.pivot.formats.ReadOptions;
import fr.pivot.formats.ReleaseTarget;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Coverage;
import fr.pivot.referential.Link;
import fr.pivot.referential.Relation;
import fr.pivot.referential.ReleaseHead;
import fr.pivot.referential.ReleaseRows;
import fr.pivot.referential.SourceFile;
import fr.pivot.referential.Text;
import fr.pivot.referential.correspondence.Association;
import fr.pivot.referential.correspondence.CorrespondenceHead;
import fr.pivot.referential.correspondence.Match;
import fr.pivot.text.sheet.Cells;
import fr.pivot.text.sheet.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One reading of some files of NAF: all of them are read before any release is given. */
final class Reading {

  private static final String HOMEPAGE = "https://www.insee.fr/fr/information/2406147";
  private static final String SECTION = "SECTION ";
  private static final Pattern ANY_REV2 = Pattern.compile("[A-U]|\\d{2}(?:\\.\\d(?:\\d[A-Z]?)?)?");
  private static final Pattern DAY_MONTH_YEAR =
      Pattern.compile("(\\d{2})/(\\d{2})/(?:20)?(\\d{2})");
  private static final Pattern NACE_CLASS = Pattern.compile("\\d{2}\\.\\d{2}");

  /** A list, in memory: what it was read from and what it says. */
  private record Codelist(SourceFile source, List<ConceptState> states, List<Link> links) {}

  /** A table, in memory. */
  private record Passage(SourceFile source, Edition from, Edition to, PairedCodes pairs) {}

  private final ReadOptions options;
  private final Findings findings;
  private final Map<Edition, Codelist> lists = new EnumMap<>(Edition.class);
  private final Map<Layout, Passage> passages = new EnumMap<>(Layout.class);
  private final Map<Object, String> files = new HashMap<>();

  Reading(ReadOptions options, Findings findings) {
    this.options = options;
    this.findings = findings;
  }

  /** Reads a file. */
  void take(InputFile file, Layout layout, Table table) throws IOException {
    switch (layout) {
      case REV1_TO_REV2 -> readRev1ToRev2(file, table);
      case REV2_TO_2025 -> readRev2To2025(file, table);
      default -> {
        Optional<Edition> edition = edition(file, layout, table);
        if (edition.isEmpty()) {
          findings.add(Rule.UNKNOWN_EDITION.at(Place.file(file.name()), file.name()));
        } else if (isFirst(file, edition.get())) {
          Codelist list = new Codelist(file.toSourceFile(), new ArrayList<>(), new ArrayList<>());
          lists.put(edition.get(), list);
          if (layout == Layout.REV2) {
            readRev2(table, list);
          } else {
            readFinest(edition.get(), layout, table, list);
          }
        }
      }
    }
  }

  private Optional<Edition> edition(InputFile file, Layout layout, Table table) {
    if (options.edition() != null) {
      String given = options.edition();
      return List.of(Edition.values()).stream().filter(e -> e.id().equals(given)).findFirst();
    }
    if (layout == Layout.REV2) {
      return Optional.of(Edition.REV2);
    }
    if (layout == Layout.NAF2025) {
      return Optional.of(Edition.NAF2025);
    }
    String title =
        table.titles().stream()
            .map(Cells::texts)
            .flatMap(List::stream)
            .collect(Collectors.joining(" "));
    return Edition.find(title).or(() -> Edition.find(file.name()));
  }

  private boolean isFirst(InputFile file, Object kind) {
    String other = files.putIfAbsent(kind, file.name());
    if (other != null) {
      findings.add(Rule.DUPLICATE_FILE.at(Place.file(file.name()), other));
    }
    return other == null;
  }

  private CodeCells cells() {
    return new CodeCells(findings, options.repairLeadingZeros());
  }

  /** The codes of the finest level, with their labels. */
  private void readFinest(Edition edition, Layout layout, Table table, Codelist list)
      throws IOException {
    CodeCells cells = cells();
    boolean with2025 = layout == Layout.NAF2025;
    String codes =
        with2025
            ? table.header().stream()
                .filter(n -> n.startsWith("naf 2025"))
                .findFirst()
                .orElseThrow()
            : "code";
    String labels = with2025 ? "intitulés" : "libellé";
    table.forEach(
        row -> {
          String code = cells.require(row, codes, edition.finest());
          String label = cells.text(row, labels);
          if (code.isEmpty() || !cells.isNew(row, code, row.fields())) {
            return;
          }
          list.states().add(state(edition, code, edition.finestLevel(), label, Map.of()));
          if (with2025) {
            String nace = cells.find(row, "nace rev.2.1", NACE_CLASS);
            String own = code.substring(0, 5);
            if (!nace.isEmpty() && !nace.equals(own)) {
              findings.add(Rule.CONFLICTING_ROW.at(row.place("nace rev.2.1"), nace, own));
            }
            list.links().add(link(edition, code, Relation.RELATED, "nace", own));
          }
        });
  }

  /** The five levels: a section, then what lies in it. */
  private void readRev2(Table table, Codelist list) throws IOException {
    CodeCells cells = cells();
    String labels = column(table, "intitulés de la naf rév. 2");
    String[] section = {""};
    table.forEach(
        row -> {
          String written = row.get("code");
          if (written.isEmpty() && row.get(labels).isEmpty()) {
            return;
          }
          String code =
              written.startsWith(SECTION)
                  ? cells.read(row, "code", written.substring(SECTION.length()).strip(), ANY_REV2)
                  : cells.require(row, "code", ANY_REV2);
          String label = cells.text(row, labels);
          if (code.isEmpty()) {
            return;
          }
          Map<String, String> shorter = new LinkedHashMap<>();
          put(shorter, "libelle65", row.get(column(table, "intitulés naf rév. 2, en 65")));
          put(shorter, "libelle40", row.get(column(table, "intitulés naf rév. 2, en 40")));
          if (!cells.isNew(row, code, List.of(label, shorter.toString()))) {
            return;
          }
          list.states().add(state(Edition.REV2, code, level(code), label, shorter));
          if (code.length() == 1) {
            section[0] = code;
          } else if (code.length() == 2 && section[0].isEmpty()) {
            findings.add(Rule.CONFLICTING_ROW.at(row.place("code"), code, SECTION.strip()));
          } else {
            String broader = code.length() == 2 ? section[0] : broader(code);
            list.links().add(link(Edition.REV2, code, Relation.BROADER, "naf", broader));
          }
          list.links()
              .add(
                  link(
                      Edition.REV2,
                      code,
                      Relation.RELATED,
                      "nace",
                      code.substring(0, Math.min(5, code.length()))));
        });
  }

  private static String level(String code) {
    return switch (code.length()) {
      case 1 -> "section";
      case 2 -> "division";
      case 4 -> "groupe";
      case 5 -> "classe";
      default -> "sous-classe";
    };
  }

  /** 62.01Z lies in 62.01, in 62.0, in 62. */
  private static String broader(String code) {
    return code.substring(0, code.length() == 4 ? 2 : code.length() - 1);
  }

  /**
   * INSEE's table from rév. 1 to rév. 2. A {@code p} after a code says that only a part of it is
   * meant, and that decides the match.
   */
  private void readRev1ToRev2(InputFile file, Table table) throws IOException {
    if (!isFirst(file, Layout.REV1_TO_REV2)) {
      return;
    }
    PairedCodes pairs = new PairedCodes();
    passages.put(
        Layout.REV1_TO_REV2, new Passage(file.toSourceFile(), Edition.REV1, Edition.REV2, pairs));
    CodeCells cells = cells();
    table.forEach(
        row -> {
          String from = marked(cells, row, "naf rév. 1", Edition.REV1);
          String to = marked(cells, row, "naf rév. 2", Edition.REV2);
          if (from.isEmpty() || to.isEmpty() || !cells.isNew(row, from + " → " + to, List.of())) {
            return;
          }
          boolean partOfSource = row.get("naf rév. 1").endsWith("p");
          boolean partOfTarget = row.get("naf rév. 2").endsWith("p");
          Map<String, String> attributes = new HashMap<>();
          if (partOfSource || partOfTarget) {
            attributes.put("partial", partOfSource ? partOfTarget ? "both" : "source" : "target");
          }
          put(attributes, "content", row.get("précisions sur la nature du lien"));
          put(attributes, "comment", row.get("commentaires"));
          put(attributes, "changed", day(row.get("date modification")));
          Match match = PairedCodes.match(partOfSource, partOfTarget);
          pairs.add(from, to, match, null, null, attributes);
        });
  }

  /** A day that delimited text writes as 03/07/08, and a spreadsheet as a date. */
  private static String day(String written) {
    Matcher matcher = DAY_MONTH_YEAR.matcher(written);
    return matcher.matches()
        ? "20" + matcher.group(3) + "-" + matcher.group(2) + "-" + matcher.group(1)
        : written;
  }

  private static String marked(CodeCells cells, Table.Row row, String column, Edition edition) {
    String written = row.get(column);
    return written.endsWith("p")
        ? cells.read(row, column, written.substring(0, written.length() - 1), edition.finest())
        : cells.require(row, column, edition.finest());
  }

  /** INSEE's table from rév. 2 to 2025, which marks nothing: the pairs tell the match. */
  private void readRev2To2025(InputFile file, Table table) throws IOException {
    if (!isFirst(file, Layout.REV2_TO_2025)) {
      return;
    }
    PairedCodes pairs = new PairedCodes();
    passages.put(
        Layout.REV2_TO_2025,
        new Passage(file.toSourceFile(), Edition.REV2, Edition.NAF2025, pairs));
    CodeCells cells = cells();
    String source = Layout.source(table.header());
    String target = Layout.target(table.header());
    table.forEach(
        row -> {
          String from = cells.require(row, source, Edition.REV2.finest());
          String to = cells.require(row, target, Edition.NAF2025.finest());
          if (!from.isEmpty() && !to.isEmpty() && cells.isNew(row, from + " → " + to, List.of())) {
            Map<String, String> attributes = new HashMap<>();
            put(attributes, "type", row.get("type"));
            pairs.add(from, to, null, null, null, attributes);
          }
        });
  }

  private static String column(Table table, String beginning) {
    return table.header().stream().filter(n -> n.startsWith(beginning)).findFirst().orElse("");
  }

  private static void put(Map<String, String> map, String key, String value) {
    if (!value.isEmpty()) {
      map.put(key, value);
    }
  }

  private static ConceptState state(
      Edition edition, String code, String level, String label, Map<String, String> attributes) {
    return new ConceptState(code, edition.validity(), level, label, Map.of(), attributes, false);
  }

  private static Link link(
      Edition edition, String code, Relation relation, String referential, String target) {
    return new Link(code, relation, referential, target, edition.validity(), false);
  }

  /** Gives what was read. */
  void give(ReleaseTarget target) {
    lists.forEach(
        (edition, list) -> {
          ReleaseRows rows =
              target.open(
                  new ReleaseHead(
                      "naf", edition.id(), edition.begin(), null, List.of(list.source())),
                  Coverage.whole(Set.of("naf", "nace")));
          list.states().forEach(rows::concept);
          list.links().forEach(rows::link);
        });
    passages.values().forEach(passage -> give(passage, target));
  }

  private static void give(Passage passage, ReleaseTarget target) {
    String from = passage.from().id();
    String to = passage.to().id();
    Consumer<Association> lines =
        target.openCorrespondence(
            new CorrespondenceHead(
                "naf-" + from + ".naf-" + to,
                new Text(
                    "Table de passage de l'Insee : NAF " + from + " → NAF " + to,
                    "INSEE's table from NAF " + from + " to NAF " + to),
                "Insee",
                HOMEPAGE,
                passage.from().side(),
                passage.to().side(),
                null,
                List.of(passage.source())));
    passage.pairs().toAssociations().forEach(lines);
  }
}
