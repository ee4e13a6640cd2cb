package fr.pivot.formats.comptes;

import fr.pivot.finding.Findings;
import fr.pivot.finding.Place;
import fr.pivot.finding.Rule;
import fr.pivot.finding.Severity;
import fr.pivot.formats.FileHead;
import fr.pivot.formats.InputFile;
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
import fr.pivot.text.sheet.Xml;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The accounts (by nature) and the functions of an account plan of local authorities: M14, M4, M52,
 * M57.
 *
 * <p>A variant of a plan (its {@code Declinaison}: M57_A, M14_COM_SUP3500) is a referential and a
 * year is an edition of it, because the variants of one year are in force side by side: as editions
 * of one referential they would contradict each other. Functions are a referential of their own
 * ({@code m57-a-fonctions}), because 020 is an account and a function.
 *
 * <p>The year is the one that the file states (its {@code Exer}). Copies are known whose names tell
 * another one; that is reported, and {@code --edition} overrides.
 *
 * @see <a
 *     href="https://www.collectivites-locales.gouv.fr/finances-locales/instructions-budgetaires-et-comptables">DGCL,
 *     instructions budgétaires et comptables</a>
 */
public final class ComptesFormat implements ReleaseFormat {

  private static final Pattern CODE = Pattern.compile("\\d{1,12}");
  private static final Pattern YEAR = Pattern.compile("(19|20)\\d\\d");
  private static final List<String> CHAPTERS = List.of("DR", "DOES", "DOIS", "RR", "ROES", "ROIS");

  @Override
  public String id() {
    return "comptes";
  }

  @Override
  public Text sign() {
    return new Text(
        "un document XML <Nomenclature Declinaison=\"…\">",
        "an XML document <Nomenclature Declinaison=\"…\">");
  }

  @Override
  public Optional<Recognised> recognise(FileHead head) {
    return head.root()
        .filter(
            root -> root.name().equals("Nomenclature") && root.attributes().contains("Declinaison"))
        .map(_ -> Recognised.LIST);
  }

  @Override
  public void read(
      List<InputFile> files, ReadOptions options, Findings findings, ReleaseTarget target)
      throws IOException {
    Map<String, String> variants = new HashMap<>();
    for (InputFile file : files) {
      Plan plan = new Plan(file, options, findings);
      long errors = findings.count(Severity.ERROR);
      try (InputStream bytes = file.content().open()) {
        plan.read(Xml.open(bytes));
      } catch (XMLStreamException malformed) {
        findings.add(
            Rule.UNREADABLE_FILE.at(
                new Place(
                    file.name(),
                    Math.max(
                        0,
                        malformed.getLocation() == null
                            ? 0
                            : malformed.getLocation().getLineNumber()),
                    null)));
      }
      String other = variants.putIfAbsent(plan.variant, file.name());
      if (other != null) {
        // One edition a reading: what it does not state comes from the one published before.
        findings.add(Rule.DUPLICATE_FILE.at(Place.file(file.name()), other));
      }
      if (findings.count(Severity.ERROR) == errors) {
        plan.give(file.toSourceFile(), target);
      }
    }
  }

  /** An account or a function. */
  private record Entry(String label, String above, Map<String, String> attributes) {}

  /** One reading of one plan. */
  private static final class Plan {
    private final InputFile file;
    private final ReadOptions options;
    private final Findings findings;
    private final Map<String, Entry> accounts = new LinkedHashMap<>();
    private final Map<String, Entry> functions = new LinkedHashMap<>();
    private final Deque<String> above = new ArrayDeque<>();
    private String variant = "";
    private String year = "";

    Plan(InputFile file, ReadOptions options, Findings findings) {
      this.file = file;
      this.options = options;
      this.findings = findings;
    }

    void read(XMLStreamReader xml) throws XMLStreamException {
      while (xml.hasNext()) {
        int event = xml.next();
        boolean start = event == XMLStreamConstants.START_ELEMENT;
        if (!start && event != XMLStreamConstants.END_ELEMENT) {
          continue;
        }
        switch (xml.getLocalName()) {
          case "Nomenclature" -> {
            if (start) {
              open(xml);
            }
          }
          case "Compte" -> take(xml, start, accounts);
          case "RefFonc" -> take(xml, start, functions);
          default -> {}
        }
      }
      if (variant.isEmpty()) {
        findings.add(Rule.UNRECOGNISED_FILE.at(Place.file(file.name())));
      }
    }

    private void open(XMLStreamReader xml) {
      variant = attribute(xml, "Declinaison");
      String stated = attribute(xml, "Exer");
      String given = options.edition() == null ? stated : options.edition();
      if (!YEAR.matcher(given).matches()) {
        findings.add(
            Rule.UNKNOWN_EDITION.at(
                new Place(file.name(), xml.getLocation().getLineNumber(), "Exer"), given));
        return;
      }
      year = given;
      Optional<Years> named = Years.find(file.name(), null);
      if (options.edition() == null && named.isPresent() && !named.get().year().equals(stated)) {
        findings.add(
            Rule.SETTLED_CONTRADICTION.at(
                new Place(file.name(), xml.getLocation().getLineNumber(), "Exer"),
                named.get().year(),
                stated));
      }
    }

    private void take(XMLStreamReader xml, boolean start, Map<String, Entry> entries) {
      if (!start) {
        above.pop();
        return;
      }
      long line = xml.getLocation().getLineNumber();
      String code = attribute(xml, "Code");
      String label = attribute(xml, "Libelle");
      String parent = above.isEmpty() ? "" : above.peek();
      above.push(code);
      if (!CODE.matcher(code).matches()) {
        findings.add(Rule.MALFORMED_CODE.at(new Place(file.name(), line, "Code"), code));
        return;
      }
      if (label.isEmpty()) {
        findings.add(Rule.EMPTY_VALUE.at(new Place(file.name(), line, "Libelle"), code));
      }
      Map<String, String> attributes = new HashMap<>();
      String shorter = attribute(xml, "Lib_court");
      if (!shorter.isEmpty() && !shorter.equals(label)) {
        attributes.put("libelleCourt", shorter);
      }
      for (String chapter : CHAPTERS) {
        String value = attribute(xml, chapter);
        if (!value.isEmpty()) {
          attributes.put("chapitre" + chapter, value);
        }
      }
      Entry entry = new Entry(label, parent, attributes);
      Entry same = entries.putIfAbsent(code, entry);
      if (same != null) {
        Rule rule = same.equals(entry) ? Rule.DUPLICATE_ROW : Rule.CONFLICTING_ROW;
        findings.add(rule.at(new Place(file.name(), line, "Code"), code));
      }
    }

    private static String attribute(XMLStreamReader xml, String name) {
      String value = xml.getAttributeValue(null, name);
      return value == null ? "" : value.strip();
    }

    void give(SourceFile source, ReleaseTarget target) {
      String id = variant.toLowerCase(Locale.ROOT).replace('_', '-');
      give(id, "compte", accounts, source, target);
      if (!functions.isEmpty()) {
        give(id + "-fonctions", "fonction", functions, source, target);
      }
    }

    private void give(
        String id,
        String level,
        Map<String, Entry> entries,
        SourceFile source,
        ReleaseTarget target) {
      LocalDate day = LocalDate.of(Integer.parseInt(year), 1, 1);
      Validity validity = Validity.since(day);
      ReleaseRows rows =
          target.open(
              new ReleaseHead(id, year, day, null, List.of(source)),
              new Coverage(true, Set.of(id), true, true, true, null));
      entries.forEach(
          (code, entry) -> {
            rows.concept(
                new ConceptState(
                    code, validity, level, entry.label(), Map.of(), entry.attributes(), false));
            if (!entry.above().isEmpty()) {
              rows.link(new Link(code, Relation.BROADER, id, entry.above(), validity, false));
            }
          });
    }
  }
}
