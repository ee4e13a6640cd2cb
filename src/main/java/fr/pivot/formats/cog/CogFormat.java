package fr.pivot.formats.cog;

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
import fr.pivot.referential.Text;
import fr.pivot.text.sheet.Delimited;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * INSEE's official geographical code: the CSV files published each year since 2019, and the lists
 * of communes published before in tab-separated text.
 *
 * <p>A file is recognised by its header. One reading takes the files of one edition and yields one
 * release for each referential that they speak of: {@code communes}, {@code communes-deleguees} and
 * {@code arrondissements-municipaux} from the list of communes and the events together; {@code
 * arrondissements}, {@code departements}, {@code regions}, {@code cantons} each from its own file.
 * The lists of communes published until 2018 yield {@code communes} and {@code
 * arrondissements-municipaux} as of their day only: they leave out the communes déléguées that bear
 * the code of their commune, so that they do not tell which ones were in force. Where anything is
 * wrong, no release is given at all.
 *
 * @see <a href="https://www.insee.fr/fr/information/2560452">INSEE, code officiel géographique</a>
 */
public final class CogFormat implements ReleaseFormat {

  @Override
  public String id() {
    return "cog";
  }

  @Override
  public Text sign() {
    return new Text(
        "une première ligne d'en-tête avec typecom, com_av, cheflieu, com_comer ou comer",
        "a first line of names with typecom, com_av, cheflieu, com_comer or comer");
  }

  @Override
  public Optional<Recognised> recognise(FileHead head) {
    List<String> names = head.firstLine();
    return Layout.find(names::contains)
        .filter(layout -> layout != Layout.COUNTRIES)
        .map(_ -> Recognised.LIST);
  }

  @Override
  public void read(
      List<InputFile> files, ReadOptions options, Findings findings, ReleaseTarget target)
      throws IOException {
    long errors = findings.count(Severity.ERROR);
    Map<Layout, InputFile> inputs = recognise(files, findings);
    if (!inputs.isEmpty()) {
      List<String> names = inputs.values().stream().map(InputFile::name).toList();
      Optional<Edition> edition = Edition.find(names, options.edition(), findings);
      requireBoth(inputs, findings);
      if (edition.isPresent() && findings.count(Severity.ERROR) == errors) {
        new Reading(edition.get(), inputs, options, findings).run(target);
      }
    }
  }

  private static Map<Layout, InputFile> recognise(List<InputFile> files, Findings findings)
      throws IOException {
    Map<Layout, InputFile> inputs = new EnumMap<>(Layout.class);
    for (InputFile input : files) {
      Optional<Delimited> open = Delimited.open(input.name(), input.content()::open, findings);
      if (open.isEmpty()) {
        continue;
      }
      try (Delimited file = open.get()) {
        Optional<Layout> layout = Layout.find(file::has);
        if (layout.isEmpty()) {
          findings.add(Rule.UNRECOGNISED_FILE.at(Place.file(input.name())));
        } else if (layout.get().isIgnored()) {
          findings.add(Rule.IGNORED_FILE.at(Place.file(input.name())));
        } else if (hasColumns(file, layout.get(), findings)) {
          InputFile other = inputs.putIfAbsent(layout.get(), input);
          if (other != null) {
            findings.add(Rule.DUPLICATE_FILE.at(Place.file(input.name()), other.name()));
          }
        }
      }
    }
    return inputs;
  }

  private static boolean hasColumns(Delimited file, Layout layout, Findings findings) {
    List<String> missing = layout.columns().stream().filter(c -> !file.has(c)).toList();
    for (String column : missing) {
      findings.add(Rule.MISSING_COLUMN.at(new Place(file.file(), 1, column), column));
    }
    return missing.isEmpty();
  }

  /** Neither the communes nor the events tell the states of a commune without the other. */
  private static void requireBoth(Map<Layout, InputFile> inputs, Findings findings) {
    InputFile communes = inputs.get(Layout.COMMUNES);
    InputFile events = inputs.get(Layout.EVENTS);
    InputFile old = inputs.get(Layout.OLD_COMMUNES);
    if (communes != null && old != null) {
      findings.add(Rule.DUPLICATE_FILE.at(Place.file(old.name()), communes.name()));
    }
    if (communes != null && events == null) {
      findings.add(
          Rule.MISSING_FILE.at(Place.file(communes.name()), communes.name(), "v_mvtcommune"));
    }
    if (events != null && communes == null) {
      findings.add(Rule.MISSING_FILE.at(Place.file(events.name()), events.name(), "v_commune"));
    }
  }
}
