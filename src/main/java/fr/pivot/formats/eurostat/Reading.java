package fr.pivot.formats.eurostat;

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
import fr.pivot.referential.Validity;
import fr.pivot.referential.correspondence.Association;
import fr.pivot.referential.correspondence.CorrespondenceHead;
import fr.pivot.referential.correspondence.Match;
import fr.pivot.text.sheet.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One reading of some files: all of them are read before any release is given. */
final class Reading {

  /**
   * Classes of CPA that Eurostat's table takes for classes of NACE, because it cuts the codes of
   * CPA: NACE has no class 03.00 and no class 31.00.
   */
  private static final Set<String> NOT_OF_NACE = Set.of("03.00", "31.00");

  /** Stands for any code of NAICS in Eurostat's table. */
  private static final String ANY_NAICS = "00";

  /** The codes of NAICS that Eurostat's table does not name: all that are above its industries. */
  private static final String ABOVE_INDUSTRIES = "^(?!\\d{6}$)";

  /** What the files say of a code; what none says is empty. */
  private static final class Entry {
    private String label = "";
    private String broader = "";
    private String isic = "";
    private final Map<String, String> attributes = new LinkedHashMap<>();
  }

  /** A list, and the files that say something of it. */
  private static final class Codelist {
    private final List<SourceFile> sources = new ArrayList<>();
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private Entry entry(String code) {
      return entries.computeIfAbsent(code, _ -> new Entry());
    }
  }

  private record Passage(
      Edition from, Edition to, SourceFile source, String publisher, PairedCodes pairs) {}

  private final Findings findings;
  private final boolean repair;
  private final Map<Edition, Codelist> lists = new EnumMap<>(Edition.class);
  private final Map<String, Passage> passages = new LinkedHashMap<>();
  private final Set<Object> read = new HashSet<>();

  Reading(ReadOptions options, Findings findings) {
    this.findings = findings;
    this.repair = options.repairLeadingZeros();
  }

  private boolean isFirst(InputFile file, Object kind) {
    boolean first = read.add(kind);
    if (!first) {
      findings.add(Rule.DUPLICATE_FILE.at(Place.file(file.name())));
    }
    return first;
  }

  private Codelist list(Edition edition, InputFile file) throws IOException {
    Codelist list = lists.computeIfAbsent(edition, _ -> new Codelist());
    list.sources.add(file.toSourceFile());
    return list;
  }

  /** Reads a CSV file or a spreadsheet. */
  void take(InputFile file, Layout layout, Table table) throws IOException {
    if (isFirst(file, layout)) {
      Edition target = layout.target();
      if (target == null) {
        readList(layout, table, list(layout.edition(), file));
      } else {
        readTable(file, layout, target, table);
      }
    }
  }

  private void readList(Layout layout, Table table, Codelist list) throws IOException {
    CodeCells cells = new CodeCells(findings, repair);
    String[] section = {""};
    table.forEach(
        row -> {
          String code = cells.require(row, layout.codes(), layout.edition().pattern());
          if (code.isEmpty() || !cells.isNew(row, code, row.fields())) {
            return;
          }
          Entry entry = list.entry(code);
          if (layout == Layout.ISIC_4) {
            // The list goes from each section to the divisions in it.
            if (code.length() == 1) {
              section[0] = code;
            } else if (code.length() == 2) {
              entry.broader = section[0];
            }
          }
          if (layout.second().equals("level")) {
            above(entry, row.get("superior"));
          } else {
            String label = cells.text(row, layout.second());
            entry.label = entry.label.isEmpty() ? label : entry.label;
            above(entry, row.get("parent"));
          }
          note(entry, "includes", row.get("include"));
          note(entry, "includesAlso", row.get("includealso") + row.get("include_also"));
          note(entry, "excludes", row.get("exclude"));
        });
  }

  private static void above(Entry entry, String code) {
    if (!code.isEmpty() && !code.equals("NA")) {
      entry.broader = code;
    }
  }

  private static void note(Entry entry, String name, String text) {
    if (!text.isEmpty() && !text.equals("NA")) {
      entry.attributes.putIfAbsent(name, text);
    }
  }

  private void readTable(InputFile file, Layout layout, Edition target, Table table)
      throws IOException {
    PairedCodes pairs = new PairedCodes();
    Edition source = layout.edition();
    @Nullable Codelist named = source == Edition.NAICS_2017 ? list(source, file) : null;
    passages.put(
        layout.name(), new Passage(source, target, file.toSourceFile(), "Eurostat", pairs));
    CodeCells cells = new CodeCells(findings, repair);
    table.forEach(
        row -> {
          String from = cells.require(row, layout.codes(), source.pattern());
          String to = cells.require(row, layout.second(), target.pattern());
          if (from.isEmpty() || to.isEmpty() || !cells.isNew(row, from + " → " + to, List.of())) {
            return;
          }
          if ((layout == Layout.NACE_2_TO_CPA_21 && NOT_OF_NACE.contains(from))
              || (source == Edition.NAICS_2017 && from.equals(ANY_NAICS))) {
            findings.add(Rule.IGNORED_ROW.at(row.place(layout.codes()), from));
            return;
          }
          if (named != null) {
            name(named, from, row);
          }
          Map<String, String> attributes = new HashMap<>();
          put(attributes, "comment", row.get("comment") + row.get("notes"));
          pairs.add(from, to, match(row, attributes), null, null, attributes);
        });
  }

  /**
   * Takes the heading of an industry of NAICS, which its table alone gives: the first one, where
   * lines differ.
   */
  private void name(Codelist naics, String code, Table.Row row) {
    Entry entry = naics.entry(code);
    String label = row.get("us naics 2017");
    if (entry.label.isEmpty()) {
      entry.label = label;
    } else if (!label.isEmpty() && !label.equals(entry.label)) {
      findings.add(Rule.SETTLED_CONTRADICTION.at(row.place("us naics 2017"), label, entry.label));
    }
  }

  /** What the table says of the match: that of ISIC to CPC marks the codes only partly meant. */
  private static @Nullable Match match(Table.Row row, Map<String, String> attributes) {
    if (row.get("isic4partial").isEmpty()) {
      return null;
    }
    boolean source = row.get("isic4partial").equals("1");
    boolean target = row.get("cpc21partial").equals("1");
    if (source || target) {
      attributes.put("partial", source ? target ? "both" : "source" : "target");
    }
    return PairedCodes.match(source, target);
  }

  private static void put(Map<String, String> map, String key, String value) {
    if (!value.isEmpty()) {
      map.put(key, value);
    }
  }

  /** Reads an outline of NACE. */
  void takeOutline(InputFile file) throws IOException {
    Edition edition = Outline.edition(file);
    if (!isFirst(file, "outline of " + edition)) {
      return;
    }
    Codelist list = list(edition, file);
    PairedCodes pairs = new PairedCodes();
    for (Outline.Entry line : Outline.read(file, findings)) {
      if (!edition.pattern().matcher(line.code()).matches()) {
        findings.add(
            Rule.MALFORMED_CODE.at(new Place(file.name(), line.line(), null), line.code()));
        continue;
      }
      Entry entry = list.entry(line.code());
      Map<String, String> properties = line.properties();
      entry.label = entry.label.isEmpty() ? properties.getOrDefault("label", "") : entry.label;
      above(entry, properties.getOrDefault("section", ""));
      String isic = properties.getOrDefault("isic", "");
      if (edition == Edition.NACE_2 && !isic.isEmpty()) {
        entry.isic = isic;
        pairs.add(line.code(), isic);
      } else {
        // Rev. 2.1 belongs to ISIC rev. 5.
        put(entry.attributes, "isicRev5", isic);
      }
    }
    if (edition == Edition.NACE_2) {
      passages.put(
          "outline",
          new Passage(Edition.NACE_2, Edition.ISIC_4, file.toSourceFile(), "Eurostat", pairs));
    }
  }

  /** A list of codes without their headings makes no release. */
  void requireHeadings() {
    lists.forEach(
        (edition, list) -> {
          if (list.entries.values().stream().allMatch(e -> e.label.isEmpty())) {
            findings.add(
                Rule.MISSING_FILE.at(
                    Place.file(list.sources.getFirst().name()),
                    edition.side().toString(),
                    "headings"));
            return;
          }
          list.entries.forEach(
              (code, entry) -> {
                if (entry.label.isEmpty()) {
                  findings.add(
                      Rule.EMPTY_VALUE.at(Place.file(list.sources.getFirst().name()), code));
                }
              });
        });
  }

  /** Gives what was read. */
  void give(ReleaseTarget target) {
    lists.forEach((edition, list) -> give(edition, list, target));
    passages.values().forEach(passage -> give(passage, target));
  }

  private static void give(Edition edition, Codelist list, ReleaseTarget target) {
    String id = edition.referential();
    Set<String> links = id.equals("nace") ? Set.of("nace", "isic") : Set.of(id);
    Validity validity = Validity.since(edition.day());
    ReleaseRows rows =
        target.open(
            new ReleaseHead(id, edition.id(), edition.day(), null, list.sources),
            edition == Edition.NAICS_2017
                ? new Coverage(false, Set.of(), false, false, false, ABOVE_INDUSTRIES)
                : Coverage.whole(links));
    list.entries.forEach(
        (code, entry) -> {
          rows.concept(
              new ConceptState(
                  code,
                  validity,
                  edition.level(code),
                  entry.label,
                  Map.of("en", entry.label),
                  entry.attributes,
                  false));
          String broader = entry.broader.isEmpty() ? edition.broader(code) : entry.broader;
          if (list.entries.containsKey(broader)) {
            rows.link(new Link(code, Relation.BROADER, id, broader, validity, false));
          }
          if (!entry.isic.isEmpty()) {
            rows.link(new Link(code, Relation.RELATED, "isic", entry.isic, validity, false));
          }
        });
  }

  private static void give(Passage passage, ReleaseTarget target) {
    String from = passage.from().referential() + "-" + passage.from().id();
    String to = passage.to().referential() + "-" + passage.to().id();
    Consumer<Association> lines =
        target.openCorrespondence(
            new CorrespondenceHead(
                from + "." + to,
                new Text(
                    "Table de passage d'Eurostat : "
                        + passage.from().side()
                        + " → "
                        + passage.to().side(),
                    "Eurostat's table from "
                        + passage.from().side()
                        + " to "
                        + passage.to().side()),
                passage.publisher(),
                "https://ec.europa.eu/eurostat/web/nace",
                passage.from().side(),
                passage.to().side(),
                null,
                List.of(passage.source())));
    passage.pairs().toAssociations().forEach(lines);
  }
}
