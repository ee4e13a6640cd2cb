package fr.pivot.formats.genericode;

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
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Coverage;
import fr.pivot.referential.ReleaseHead;
import fr.pivot.referential.ReleaseRows;
import fr.pivot.referential.SourceFile;
import fr.pivot.referential.Text;
import fr.pivot.referential.Validity;
import fr.pivot.text.sheet.Xml;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * A code list in OASIS genericode ({@code .gc}), such as those of the Publications Office of the
 * European Union. The column {@code code} (or the first one that is required) has the codes, and
 * {@code fra_label} and its like the labels.
 *
 * <p>The referential is the last part of the list's canonical URI ({@code currency}), the edition
 * its version; its day is the date that the version begins with. {@code --edition
 * my-referential@2024} says both otherwise. The referential has to be described and to have a level
 * named {@code code}.
 *
 * @see <a href="https://docs.oasis-open.org/codelist/genericode/v1.0/genericode-v1.0.html">OASIS,
 *     genericode 1.0</a>
 */
public final class GenericodeFormat implements ReleaseFormat {

  private static final String LEVEL = "code";
  private static final String NAMESPACE = "http://docs.oasis-open.org/codelist/ns/genericode/";
  private static final Pattern DAY = Pattern.compile("(\\d{4})-?(\\d{2})-?(\\d{2})(?!\\d).*");
  private static final Pattern YEAR = Pattern.compile("((?:19|20)\\d{2})(?!\\d).*");

  /** The languages of labels, from ISO 639-2 as columns are named to ISO 639-1. */
  private static final Map<String, String> LANGUAGES =
      Map.ofEntries(
          Map.entry("bul", "bg"),
          Map.entry("ces", "cs"),
          Map.entry("dan", "da"),
          Map.entry("deu", "de"),
          Map.entry("ell", "el"),
          Map.entry("eng", "en"),
          Map.entry("est", "et"),
          Map.entry("fin", "fi"),
          Map.entry("fra", "fr"),
          Map.entry("gle", "ga"),
          Map.entry("hrv", "hr"),
          Map.entry("hun", "hu"),
          Map.entry("ita", "it"),
          Map.entry("lav", "lv"),
          Map.entry("lit", "lt"),
          Map.entry("mlt", "mt"),
          Map.entry("nld", "nl"),
          Map.entry("pol", "pl"),
          Map.entry("por", "pt"),
          Map.entry("ron", "ro"),
          Map.entry("slk", "sk"),
          Map.entry("slv", "sl"),
          Map.entry("spa", "es"),
          Map.entry("swe", "sv"));

  @Override
  public String id() {
    return "genericode";
  }

  @Override
  public Text sign() {
    return new Text(
        "un document XML <CodeList> d'OASIS genericode",
        "an XML document <CodeList> of OASIS genericode");
  }

  @Override
  public Optional<Recognised> recognise(FileHead head) {
    return head.root()
        .filter(root -> root.name().equals("CodeList") && root.namespace().startsWith(NAMESPACE))
        .map(_ -> Recognised.LIST);
  }

  @Override
  public void read(
      List<InputFile> files, ReadOptions options, Findings findings, ReleaseTarget target)
      throws IOException {
    for (InputFile file : files) {
      if (file != files.getFirst()) {
        findings.add(Rule.DUPLICATE_FILE.at(Place.file(file.name()), files.getFirst().name()));
        continue;
      }
      long errors = findings.count(Severity.ERROR);
      Codelist list = new Codelist(file, findings);
      try (InputStream bytes = file.content().open()) {
        list.read(Xml.open(bytes));
      } catch (XMLStreamException malformed) {
        long line = malformed.getLocation() == null ? 0 : malformed.getLocation().getLineNumber();
        findings.add(Rule.UNREADABLE_FILE.at(new Place(file.name(), Math.max(0, line), null)));
      }
      if (findings.count(Severity.ERROR) == errors) {
        list.give(options, file.toSourceFile(), target);
      }
    }
  }

  /** One reading of one list. */
  private static final class Codelist {
    private final InputFile file;
    private final Findings findings;
    private final Map<String, Map<String, String>> rows = new LinkedHashMap<>();
    private String name = "";
    private String uri = "";
    private String version = "";
    private String codes = "";
    private boolean recognised;

    Codelist(InputFile file, Findings findings) {
      this.file = file;
      this.findings = findings;
    }

    void read(XMLStreamReader xml) throws XMLStreamException {
      boolean identification = false;
      int agency = 0;
      while (xml.hasNext()) {
        int event = xml.next();
        if (event == XMLStreamConstants.START_ELEMENT) {
          switch (xml.getLocalName()) {
            case "CodeList" -> recognised = true;
            case "Identification" -> identification = true;
            case "Agency" -> agency++;
            case "ShortName" -> {
              if (identification && agency == 0 && name.isEmpty()) {
                name = xml.getElementText().strip();
              }
            }
            case "Version" -> version = identification ? xml.getElementText().strip() : version;
            case "CanonicalUri" -> {
              if (identification && uri.isEmpty()) {
                uri = xml.getElementText().strip();
              }
            }
            case "Column" -> column(xml);
            case "Row" -> row(xml);
            default -> {}
          }
        } else if (event == XMLStreamConstants.END_ELEMENT) {
          switch (xml.getLocalName()) {
            case "Identification" -> identification = false;
            case "Agency" -> agency--;
            default -> {}
          }
        }
      }
      if (!recognised) {
        findings.add(Rule.UNRECOGNISED_FILE.at(Place.file(file.name())));
      }
    }

    private void column(XMLStreamReader xml) {
      String id = xml.getAttributeValue(null, "Id");
      if (id != null
          && (id.equalsIgnoreCase("code")
              || (codes.isEmpty() && "required".equals(xml.getAttributeValue(null, "Use"))))) {
        codes = id;
      }
    }

    private void row(XMLStreamReader xml) throws XMLStreamException {
      long line = xml.getLocation().getLineNumber();
      Map<String, String> values = new LinkedHashMap<>();
      @Nullable String column = null;
      while (xml.hasNext()) {
        int event = xml.next();
        if (event == XMLStreamConstants.START_ELEMENT) {
          if (xml.getLocalName().equals("Value")) {
            column = xml.getAttributeValue(null, "ColumnRef");
          } else if (xml.getLocalName().equals("SimpleValue") && column != null) {
            values.put(column, xml.getElementText().strip());
          }
        } else if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals("Row")) {
          break;
        }
      }
      String code = values.getOrDefault(codes, "");
      if (code.isEmpty()) {
        findings.add(Rule.EMPTY_VALUE.at(new Place(file.name(), line, codes)));
        return;
      }
      Map<String, String> same = rows.putIfAbsent(code, values);
      if (same != null) {
        Rule rule = same.equals(values) ? Rule.DUPLICATE_ROW : Rule.CONFLICTING_ROW;
        findings.add(rule.at(new Place(file.name(), line, codes), code));
      }
    }

    void give(ReadOptions options, SourceFile source, ReleaseTarget target) {
      String referential =
          (uri.isEmpty() ? name : uri.substring(uri.lastIndexOf('/') + 1))
              .toLowerCase(Locale.ROOT)
              .replaceAll("[^a-z0-9]+", "-");
      String edition = version;
      String given = options.edition();
      if (given != null) {
        int at = given.indexOf('@');
        referential = at > 0 ? given.substring(0, at) : referential;
        edition = given.substring(at + 1);
      }
      @Nullable LocalDate day = day(edition);
      day = day == null ? day(version) : day;
      if (day == null) {
        findings.add(Rule.UNKNOWN_EDITION.at(Place.file(file.name()), edition));
        return;
      }
      ReleaseRows concepts =
          target.open(
              new ReleaseHead(referential, edition, day, null, List.of(source)),
              Coverage.whole(Set.of()));
      Validity validity = Validity.since(day);
      rows.forEach((code, values) -> concepts.concept(state(code, values, validity)));
    }

    private ConceptState state(String code, Map<String, String> values, Validity validity) {
      Map<String, String> labels = new HashMap<>();
      Map<String, String> attributes = new HashMap<>();
      String named = "";
      for (Map.Entry<String, String> value : values.entrySet()) {
        String column = value.getKey();
        @Nullable String language =
            column.endsWith("_label")
                ? LANGUAGES.get(column.substring(0, column.length() - "_label".length()))
                : null;
        if (language != null) {
          labels.put(language, value.getValue());
        } else if (column.equalsIgnoreCase("name")) {
          named = value.getValue();
        } else if (!column.equals(codes) && !value.getValue().isEmpty()) {
          attributes.put(column, value.getValue());
        }
      }
      @Nullable String french = labels.remove("fr");
      String label = french != null ? french : named.isEmpty() ? code : named;
      return new ConceptState(code, validity, LEVEL, label, labels, attributes, false);
    }

    private static @Nullable LocalDate day(String version) {
      Matcher whole = DAY.matcher(version);
      try {
        if (whole.matches()) {
          return LocalDate.of(
              Integer.parseInt(whole.group(1)),
              Integer.parseInt(whole.group(2)),
              Integer.parseInt(whole.group(3)));
        }
      } catch (DateTimeException noDay) {
        return null;
      }
      Matcher year = YEAR.matcher(version);
      return year.matches() ? LocalDate.of(Integer.parseInt(year.group(1)), 1, 1) : null;
    }
  }
}
