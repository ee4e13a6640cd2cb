package fr.pivot.cli;

import fr.pivot.catalog.Reference;
import fr.pivot.cli.session.Command;
import fr.pivot.cli.session.Exit;
import fr.pivot.cli.session.Installation;
import fr.pivot.formats.InputFile;
import fr.pivot.formats.ReadOptions;
import fr.pivot.formats.Recognised;
import fr.pivot.formats.ReleaseFormat;
import fr.pivot.formats.correspondence.CorrespondenceFormat;
import fr.pivot.importing.ImportConflictException;
import fr.pivot.importing.ImportOutcome;
import fr.pivot.importing.Importer;
import fr.pivot.importing.files.LocalFiles;
import fr.pivot.importing.files.Recognition;
import fr.pivot.referential.Text;
import fr.pivot.referential.correspondence.CorrespondenceHead.Side;
import io.micronaut.context.ApplicationContext;
import io.micronaut.serde.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings official files in. */
@CommandLine.Command(
    name = "import",
    description = "Publish an edition from its publisher's files, whole or not at all.",
    footer = {
      "%nA file is known by what it holds. Files of several formats may come in one call: lists are",
      "read before the tables that need them, and each format is published whole or not at all.",
      "Where a file says too little, or to read it as another format, name the format first.",
      "%nFormats:",
      "  cog   INSEE's geographical code: v_commune_*, v_mvtcommune_*, v_departement_*,",
      "        v_region_*, v_arrondissement_*, v_canton_*, v_ctcd_*, v_comer_*,",
      "        v_commune_comer_* (.gz too)",
      "  naf   INSEE's classification of activities: its lists (1993, rév. 1, rév. 2, 2025) and",
      "        the tables between them; csv, xlsx, xls or ods",
      "  eurostat  NACE, ISIC, CPA, CPC: lists, and the tables between them; the table from NAICS",
      "        gives its codes too",
      "  pays  INSEE's countries and territories, and the table to ISO 3166-1",
      "  hexasmal  La Poste's postal codes, and the tables to communes and arrondissements",
      "  dgcl  the DGCL's EPCI of a year (epcicom*.xlsx), what communes belong to on its first day",
      "        and the table from the communes, which waits for their edition of the year",
      "  categories-juridiques  INSEE's legal forms: the spreadsheet of three levels, or the third",
      "  cofog  the functions of government: cofog.csv",
      "  comptes  account plans of local authorities: planDeCompte.xml (M14, M4, M52, M57)",
      "  genericode  any code list in OASIS genericode (.gc)",
      "  pack  Pivot's own: a folder with datapackage.json, as 'pivot export' writes",
      "  correspondence  a table between two editions, CSV or the like, with columns source,",
      "        target and, where known, match, share, basis (or code_source, code_cible,",
      "        correspondance, part); other columns are kept, those that begin with # are not",
      "%nExamples:",
      "  pivot import v_commune_2026.csv v_mvtcommune_2026.csv",
      "  pivot import --edition 2026 communes.csv mouvements.csv",
      "  pivot import NAFRev1.csv table_NAF1-NAF2.xlsx epcicom2025.xlsx",
      "  pivot import my-referential/2026/",
      "  pivot import table.csv --from naf@rev2 --to naf@2025",
      "  pivot import categories-juridiques list.csv"
    })
final class ImportCommand extends Command {

  private static final String CORRESPONDENCE = "correspondence";

  @Parameters(
      arity = "1..*",
      paramLabel = "[FORMAT] FILES",
      description = "Files, or folders of them; before them, if need be, the format that they are.")
  List<String> arguments = List.of();

  @Option(
      names = "--edition",
      paramLabel = "E",
      description = "The edition, where the files' names do not tell it.")
  @Nullable String edition;

  @Option(
      names = "--repair-leading-zeros",
      description = "Repair codes that lost their leading zero, and report each repair.")
  boolean repairLeadingZeros;

  @Option(
      names = "--accept-count-drop",
      description = "Publish even though the edition loses many of the codes of the one before.")
  boolean acceptCountDrop;

  @Option(
      names = "--from",
      paramLabel = "REF@EDITION",
      description = "The edition that a correspondence leads from.")
  @Nullable String from;

  @Option(
      names = "--to",
      paramLabel = "REF@EDITION",
      description = "The edition that a correspondence leads to.")
  @Nullable String to;

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "The id of a correspondence (default: made of its sides).")
  @Nullable String id;

  @Option(names = "--title", paramLabel = "T", description = "What a correspondence is called.")
  @Nullable String title;

  @Option(names = "--publisher", paramLabel = "P", description = "Who made a correspondence.")
  @Nullable String publisher;

  @Option(
      names = "--json",
      description = "Write the outcome and the findings as a JSON object, one a line a format.")
  boolean json;

  @Override
  public Integer call() throws Exception {
    String named = arguments.getFirst();
    boolean isNamed =
        named.equals(CORRESPONDENCE)
            || Recognition.FORMATS.stream().anyMatch(f -> f.id().equals(named));
    if (named.equals(CORRESPONDENCE) && correspondence().isEmpty()) {
      sayBothSides();
      return Exit.USAGE;
    }
    List<Path> paths =
        arguments.stream().skip(isNamed ? 1 : 0).map(Path::of).collect(Collectors.toList());
    if (paths.isEmpty()) {
      console.say(
          "Attendu : des fichiers, après le format " + named + ".",
          "Expected: files, after the format " + named + ".");
      return Exit.USAGE;
    }
    for (Path path : paths) {
      if (!Files.exists(path)) {
        console.say("Fichier introuvable : " + path, "No such file: " + path);
        return Exit.USAGE;
      }
    }
    List<ReleaseFormat> formats =
        Stream.concat(correspondence().stream(), Recognition.FORMATS.stream()).toList();
    List<List<InputFile>> folders = folders(paths);
    if (isNamed) {
      ReleaseFormat format =
          formats.stream().filter(f -> f.id().equals(named)).findFirst().orElseThrow();
      List<InputFile> files = folders.stream().flatMap(List::stream).toList();
      return run(List.of(new Recognition.Batch(format, files, Recognised.Holding.LIST)));
    }
    Recognition recognition = Recognition.of(formats, folders);
    if (!recognition.unclear().isEmpty()) {
      recognition.unclear().forEach(file -> say(file, formats));
      return Exit.REJECTED;
    }
    return run(recognition.batches());
  }

  /**
   * Imports what is read together, each whole or not at all; after one that is refused, no more.
   */
  private int run(List<Recognition.Batch> batches) throws Exception {
    ImportReport report = new ImportReport(console);
    try (Installation installation = Installation.open(console, home)) {
      ApplicationContext context = installation.start(null);
      installation.publishShipped(context);
      Importer importer = context.getBean(Importer.class);
      Importer.Options options =
          new Importer.Options(new ReadOptions(edition, repairLeadingZeros), acceptCountDrop);
      int exit = Exit.OK;
      for (Recognition.Batch batch : batches) {
        long begin = System.nanoTime();
        if (batches.size() > 1) {
          String names =
              batch.files().stream().map(InputFile::name).collect(Collectors.joining(", "));
          console.say(batch.format().id() + " : " + names, batch.format().id() + ": " + names);
        }
        ImportOutcome outcome = importer.run(batch.format(), batch.files(), options, report::step);
        if (json) {
          console.print(
              context
                  .getBean(ObjectMapper.class)
                  .writeValueAsString(ImportReport.describe(batch.format().id(), outcome)));
          exit = outcome instanceof ImportOutcome.Rejected ? Exit.REJECTED : Exit.OK;
        } else {
          exit = report.tell(outcome, Duration.ofNanos(System.nanoTime() - begin));
        }
        if (exit != Exit.OK) {
          break;
        }
      }
      return exit;
    } catch (ImportConflictException e) {
      console.say(
          "Un autre import du même référentiel est en cours ; réessayez ensuite.",
          "Another import of the same referential is under way; try again afterwards.");
      return Exit.CONFLICT;
    }
  }

  /** Says of a file that nobody can tell what it is, what was looked for and what to write. */
  private void say(Recognition.Unclear file, List<ReleaseFormat> formats) {
    String name = file.head().name();
    if (!file.formats().isEmpty()) {
      String ids = file.formats().stream().map(ReleaseFormat::id).collect(Collectors.joining(", "));
      console.say(
          name + " peut être de plusieurs formats : " + ids + ". Rien n'est importé.",
          name + " may be of several formats: " + ids + ". Nothing is imported.");
      console.say(
          "Nommez le bon : pivot import " + file.formats().getFirst().id() + " " + name,
          "Name the right one: pivot import " + file.formats().getFirst().id() + " " + name);
      return;
    }
    Text shown = file.head().shown();
    console.say(
        name + " n'est reconnu par aucun format. " + shown.fr() + " Rien n'est importé.",
        name + " is recognised by no format. " + shown.en() + " Nothing is imported.");
    if (CorrespondenceFormat.isTable(file.head())) {
      sayBothSides();
      return;
    }
    console.say("Cherché :", "Looked for:");
    for (ReleaseFormat format : formats) {
      Text sign = format.sign();
      console.say("  " + format.id() + " : " + sign.fr(), "  " + format.id() + ": " + sign.en());
    }
    console.say(
        "Si vous savez ce que c'est, nommez-le : pivot import FORMAT " + name,
        "If you know what it is, name it: pivot import FORMAT " + name);
    console.say(
        "Une table à vous, entre deux éditions, a des colonnes source et target :"
            + " pivot import "
            + name
            + " --from naf@rev2 --to naf@2025",
        "A table of your own between two editions has columns source and target:"
            + " pivot import "
            + name
            + " --from naf@rev2 --to naf@2025");
  }

  private void sayBothSides() {
    console.say(
        "Pour une table entre deux éditions, attendu : --from et --to, un référentiel et une"
            + " édition chacun, comme naf@rev2.",
        "For a table between two editions, expected: --from and --to, each a referential and an"
            + " edition, such as naf@rev2.");
  }

  /** The format of tables between two editions, where both are named. */
  private Optional<ReleaseFormat> correspondence() {
    return side(from).flatMap(source -> side(to).map(target -> table(source, target)));
  }

  private ReleaseFormat table(Side source, Side target) {
    return new CorrespondenceFormat(source, target, id, title, publisher);
  }

  private static Optional<Side> side(@Nullable String reference) {
    return Optional.ofNullable(reference)
        .flatMap(Reference::parse)
        .flatMap(
            r ->
                r.edition() == null || r.date() != null
                    ? Optional.empty()
                    : Optional.of(new Side(r.referential(), r.edition())));
  }

  /** The files that are named, and those of the folders that are, a list for each folder. */
  private static List<List<InputFile>> folders(List<Path> paths) throws IOException {
    Map<Path, List<InputFile>> folders = new LinkedHashMap<>();
    for (Path path : paths) {
      Path absolute = path.toAbsolutePath();
      Path folder = Files.isDirectory(absolute) ? absolute : absolute.getParent();
      List<InputFile> files = folders.computeIfAbsent(folder, _ -> new ArrayList<>());
      list(path).forEach(file -> files.add(LocalFiles.of(file)));
    }
    return List.copyOf(folders.values());
  }

  private static List<Path> list(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> children = Files.list(path)) {
      return children.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
