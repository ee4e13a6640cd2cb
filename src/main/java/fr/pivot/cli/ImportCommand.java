package fr.pivot.cli;

import fr.pivot.catalog.Reference;
import fr.pivot.catalog.Release;
import fr.pivot.finding.Rule;
import fr.pivot.formats.InputFile;
import fr.pivot.formats.ReadOptions;
import fr.pivot.formats.ReleaseFormat;
import fr.pivot.formats.categories.CategoriesFormat;
import fr.pivot.formats.cofog.CofogFormat;
import fr.pivot.formats.cog.CogFormat;
import fr.pivot.formats.comptes.ComptesFormat;
import fr.pivot.formats.correspondence.CorrespondenceFormat;
import fr.pivot.formats.dgcl.DgclFormat;
import fr.pivot.formats.eurostat.EurostatFormat;
import fr.pivot.formats.genericode.GenericodeFormat;
import fr.pivot.formats.hexasmal.HexasmalFormat;
import fr.pivot.formats.naf.NafFormat;
import fr.pivot.formats.pack.PackFormat;
import fr.pivot.formats.pays.PaysFormat;
import fr.pivot.importing.FindingsReport;
import fr.pivot.importing.ImportConflictException;
import fr.pivot.importing.ImportOutcome;
import fr.pivot.importing.Importer;
import fr.pivot.importing.LocalFiles;
import fr.pivot.referential.CorrespondenceHead.Side;
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
      "  pivot import cog v_commune_2026.csv v_mvtcommune_2026.csv",
      "  pivot import cog --edition 2026 communes.csv mouvements.csv",
      "  pivot import naf NAFRev1.csv table_NAF1-NAF2.xlsx",
      "  pivot import pack my-referential/2026/",
      "  pivot import correspondence table.csv --from naf@rev2 --to naf@2025"
    })
final class ImportCommand extends Command {

  private static final List<ReleaseFormat> FORMATS =
      List.of(
          new CogFormat(),
          new NafFormat(),
          new EurostatFormat(),
          new PaysFormat(),
          new HexasmalFormat(),
          new DgclFormat(),
          new CategoriesFormat(),
          new CofogFormat(),
          new ComptesFormat(),
          new GenericodeFormat(),
          new PackFormat());

  @Parameters(index = "0", paramLabel = "FORMAT", description = "One of those below.")
  String format = "";

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "FILES",
      description = "Files, or a folder of them.")
  List<Path> paths = List.of();

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

  @Option(names = "--json", description = "Write the outcome and the findings as one JSON object.")
  boolean json;

  @Override
  public Integer call() throws Exception {
    if (format.equals("correspondence") && (side(from).isEmpty() || side(to).isEmpty())) {
      console.say(
          "Attendu : --from et --to, un référentiel et une édition chacun, comme naf@rev2.",
          "Expected: --from and --to, each a referential and an edition, such as naf@rev2.");
      return Exit.USAGE;
    }
    Optional<ReleaseFormat> reader =
        Stream.concat(FORMATS.stream(), correspondences())
            .filter(f -> f.id().equals(format))
            .findFirst();
    if (reader.isEmpty()) {
      console.say("Format inconnu : " + format, "Unknown format: " + format);
      return Exit.USAGE;
    }
    List<InputFile> files = new ArrayList<>();
    for (Path path : paths) {
      if (!Files.exists(path)) {
        console.say("Fichier introuvable : " + path, "No such file: " + path);
        return Exit.USAGE;
      }
      list(path).forEach(p -> files.add(LocalFiles.of(p)));
    }
    try (Installation installation = Installation.open(console, home)) {
      ApplicationContext context = installation.start(null);
      installation.publishShipped(context);
      long begin = System.nanoTime();
      ImportOutcome outcome =
          context
              .getBean(Importer.class)
              .run(
                  reader.get(),
                  files,
                  new Importer.Options(
                      new ReadOptions(edition, repairLeadingZeros), acceptCountDrop),
                  this::step);
      if (json) {
        console.print(context.getBean(ObjectMapper.class).writeValueAsString(describe(outcome)));
        return outcome instanceof ImportOutcome.Rejected ? Exit.REJECTED : Exit.OK;
      }
      return report(outcome, Duration.ofNanos(System.nanoTime() - begin));
    } catch (ImportConflictException e) {
      console.say(
          "Un autre import du même référentiel est en cours ; réessayez ensuite.",
          "Another import of the same referential is under way; try again afterwards.");
      return Exit.CONFLICT;
    }
  }

  /** The format of tables between two editions, where both are named. */
  private Stream<ReleaseFormat> correspondences() {
    return side(from).stream()
        .flatMap(source -> side(to).stream().map(target -> table(source, target)));
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

  private static Map<String, Object> describe(ImportOutcome outcome) {
    Map<String, Object> members = new LinkedHashMap<>();
    switch (outcome) {
      case ImportOutcome.Published published -> {
        members.put("outcome", "published");
        members.put(
            "releases",
            published.releases().stream()
                .map(
                    r ->
                        Map.of(
                            "referential", r.head().referential(),
                            "edition", r.edition(),
                            "inForce", r.inForce(),
                            "digest", r.digest()))
                .toList());
        members.put(
            "correspondences",
            published.correspondences().stream()
                .map(t -> Map.of("id", t.head().id(), "digest", t.digest()))
                .toList());
      }
      case ImportOutcome.AlreadyPublished already -> {
        members.put("outcome", "already-published");
        members.put("releases", already.releases());
      }
      case ImportOutcome.Rejected _ -> members.put("outcome", "rejected");
    }
    members.put("findings", FindingsReport.of(outcome.findings()));
    return members;
  }

  private static List<Path> list(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> children = Files.list(path)) {
      return children.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private void step(String what) {
    switch (what) {
      case "reading" -> console.say("Lecture des fichiers…", "Reading the files…");
      case "checking" -> console.say("Contrôle de l'édition…", "Checking the edition…");
      case String again when again.startsWith(Importer.Progress.AGAIN) -> {
        String edition = again.substring(Importer.Progress.AGAIN.length());
        console.say("Édition refaite : " + edition + "…", "Making " + edition + " again…");
      }
      default -> console.say("Publication…", "Publishing…");
    }
  }

  private int report(ImportOutcome outcome, Duration took) {
    console.report(outcome.findings());
    String seconds = String.format("%.1f s", took.toMillis() / 1000.0);
    switch (outcome) {
      case ImportOutcome.Published published -> {
        for (Release release : published.releases()) {
          console.print(
              release.head().referential()
                  + '@'
                  + release.edition()
                  + "  "
                  + release.inForce()
                  + " / "
                  + release.concepts()
                  + "  "
                  + release.digest());
        }
        for (ImportOutcome.Table table : published.correspondences()) {
          console.print(
              "correspondence:"
                  + table.head().id()
                  + "  "
                  + table.head().source()
                  + " → "
                  + table.head().target()
                  + "  "
                  + table.digest());
        }
        console.say("Publié en " + seconds + ".", "Published in " + seconds + ".");
        return Exit.OK;
      }
      case ImportOutcome.AlreadyPublished already -> {
        String names = already.releases().stream().collect(Collectors.joining(", "));
        console.say(
            "Déjà publié, rien n'a changé : " + names,
            "Already published, nothing changed: " + names);
        return Exit.OK;
      }
      case ImportOutcome.Rejected _ -> {
        console.say(
            "Refusé : rien n'a été publié, le registre répond comme avant.",
            "Refused: nothing was published, the registry answers as before.");
        if (outcome.findings().counts().containsKey(Rule.LOST_LEADING_ZERO)) {
          console.say(
              "--repair-leading-zeros rétablit les zéros perdus, et dit chacun.",
              "--repair-leading-zeros restores lost zeros, and tells each.");
        }
        return Exit.REJECTED;
      }
    }
  }
}
