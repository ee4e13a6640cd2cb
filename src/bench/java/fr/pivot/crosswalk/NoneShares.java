package fr.pivot.crosswalk;

import fr.pivot.finding.Finding;
import fr.pivot.formats.InputFile;
import fr.pivot.formats.ReadOptions;
import fr.pivot.formats.ReleaseFormat;
import fr.pivot.formats.cog.CogFormat;
import fr.pivot.formats.dgcl.DgclFormat;
import fr.pivot.formats.eurostat.EurostatFormat;
import fr.pivot.formats.hexasmal.HexasmalFormat;
import fr.pivot.formats.naf.NafFormat;
import fr.pivot.formats.pays.PaysFormat;
import fr.pivot.home.DatabaseAddress;
import fr.pivot.home.EmbeddedDatabase;
import fr.pivot.importing.ImportOutcome;
import fr.pivot.importing.Importer;
import fr.pivot.importing.ShippedReferentials;
import fr.pivot.importing.files.LocalFiles;
import fr.pivot.referential.Kind;
import fr.pivot.referential.Referential;
import fr.pivot.registry.Registry;
import fr.pivot.registry.memory.Registries;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The shares of codes without an answer over all pairs of referentials and editions, before and
 * after official files are imported in several orders, and what changed.
 */
final class NoneShares {

  private static final Importer.Progress SILENT = Importer.Progress.SILENT;

  /** Files that are imported together. */
  private record Batch(String name, ReleaseFormat format, List<String> files) {}

  private static final List<Batch> BATCHES =
      List.of(
          cog("2019", "communes-01012019.csv", "mvtcommune-01012019.csv"),
          cog("2021", "v_commune_2021.csv", "v_mvtcommune_2021.csv"),
          cog("2023", "v_commune_2023.csv", "v_mvtcommune_2023.csv"),
          cog("2024", "v_commune_2024.csv", "v_mvtcommune_2024.csv"),
          cog("2025", "v_commune_2025.csv", "v_mvtcommune_2025.csv"),
          cog("2026", "v_commune_2026.csv", "v_mvtcommune_2026.csv"),
          dgcl("2019"),
          dgcl("2021"),
          dgcl("2022"),
          dgcl("2023"),
          dgcl("2024"),
          dgcl("2025"),
          new Batch("hexasmal", new HexasmalFormat(), List.of("laposte/019HexaSmal_2026-01.csv")),
          new Batch(
              "naf",
              new NafFormat(),
              List.of(
                  "naf/NAF1993.csv",
                  "naf/naf2003_liste_n5.xlsx",
                  "naf/int_courts_naf_rev_2.xlsx",
                  "naf/NAF2025.csv",
                  "naf/table_NAF1-NAF2.xlsx",
                  "naf/naf_rev2_to_naf2025_insee_2026-01.csv")),
          new Batch(
              "eurostat",
              new EurostatFormat(),
              List.of(
                  "nace_isic_cpa/stdnum_nace21.dat",
                  "nace_isic_cpa/ab_data.csv",
                  "nace_isic_cpa/ISIC4.csv",
                  "nace_isic_cpa/CPC21.csv",
                  "nace_isic_cpa/CPA21.csv",
                  "nace_isic_cpa/ISIC4_CPC21.csv",
                  "nace_isic_cpa/NACE_CPA21.csv",
                  "nace_isic_cpa/CPA21_CPC21.csv")),
          new Batch("pays", new PaysFormat(), List.of("pays/cog-countries@2025.csv")));

  private NoneShares() {}

  private static Batch cog(String edition, String... files) {
    List<String> paths = new ArrayList<>();
    for (String file : files) {
      paths.add("insee_cog/" + file);
    }
    return new Batch("cog " + edition, new CogFormat(), paths);
  }

  private static Batch dgcl(String year) {
    return new Batch(
        "dgcl " + year, new DgclFormat(), List.of("dgcl_epci/epcicom" + year + ".csv"));
  }

  /** Takes the folder to work in, that of the files, the editions to ask for, how many orders. */
  public static void main(String[] args) throws IOException {
    Path work = Path.of(args[0]);
    Path files = Path.of(args[1]);
    List<String> editions = List.of(args[2].split(",", -1));
    int orders = Integer.parseInt(args[3]);
    Explained explained = Explained.read();
    Unanswered first = null;
    boolean unexplained = false;
    for (int order = 0; order < orders; order++) {
      List<Batch> batches = new ArrayList<>(BATCHES);
      if (order == 1) {
        Collections.reverse(batches);
      } else if (order > 1) {
        Collections.shuffle(batches, new Random(order));
      }
      System.out.println(
          "Order " + (order + 1) + ": " + batches.stream().map(Batch::name).collect(joined()));
      try (EmbeddedDatabase database = EmbeddedDatabase.open(work.resolve("home-" + order));
          ApplicationContext context = start(database.address())) {
        context.getBean(ShippedReferentials.class).publishMissing(Path.of("referentials"), SILENT);
        Unanswered before = ask(registry(context), editions);
        for (Batch batch : batches) {
          run(context, files, batch);
        }
        Unanswered after = ask(registry(context), editions);
        tell(before, after);
        unexplained |= tellLost(before, after, explained);
        if (first == null) {
          first = after;
        } else {
          tellDifference(first, after);
        }
      }
    }
    if (unexplained) {
      System.out.println("Answers are lost and nobody says why.");
    }
    System.exit(unexplained ? 1 : 0);
  }

  private static java.util.stream.Collector<CharSequence, ?, String> joined() {
    return Collectors.joining(", ");
  }

  private static ApplicationContext start(DatabaseAddress address) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("datasources.default.url", address.url());
    properties.put("datasources.default.username", address.user());
    properties.put(
        "datasources.default.password", Objects.requireNonNullElse(address.password(), ""));
    return ApplicationContext.builder()
        .properties(properties)
        .banner(false)
        .deduceEnvironment(false)
        .start();
  }

  private static Registry registry(ApplicationContext context) {
    Registries registries = context.getBean(Registries.class);
    registries.refresh();
    return registries.current();
  }

  private static void run(ApplicationContext context, Path folder, Batch batch) throws IOException {
    List<InputFile> inputs = new ArrayList<>();
    for (String file : batch.files()) {
      Path plain = folder.resolve(file);
      Path path = Files.exists(plain) ? plain : folder.resolve(file + ".gz");
      if (!Files.exists(path)) {
        System.out.println("  " + batch.name() + " left out: there is no " + plain);
        return;
      }
      inputs.add(LocalFiles.of(path));
    }
    ImportOutcome outcome =
        context
            .getBean(Importer.class)
            .run(
                batch.format(),
                inputs,
                new Importer.Options(new ReadOptions(null, false), true),
                SILENT);
    System.out.println("  " + batch.name() + ": " + outcome.getClass().getSimpleName());
    if (outcome instanceof ImportOutcome.Rejected) {
      System.out.println("  " + batch.name() + " was refused:");
      outcome.findings().list().stream()
          .limit(3)
          .map(Finding::toString)
          .forEach(finding -> System.out.println("    " + finding));
    }
  }

  /** All referentials in the editions asked for, nomenclatures in each, and on two past days. */
  private static Unanswered ask(Registry registry, List<String> editions) {
    List<String> references = new ArrayList<>();
    for (Referential referential : registry.catalog().listReferentials()) {
      String id = referential.id();
      registry.catalog().listReleases(id).stream()
          .map(release -> release.edition())
          .filter(e -> referential.kind() == Kind.NOMENCLATURE || editions.contains(e))
          .forEach(edition -> references.add(id + '@' + edition));
      if (referential.kind() != Kind.NOMENCLATURE
          && registry.catalog().listReleases(id).size() > 1) {
        references.add(id + "@1999-01-01");
        references.add(id + "@2018-01-01");
      }
    }
    return Unanswered.list(registry, references, references);
  }

  private record Sum(long codes, long none) {
    Sum and(Unanswered.Pair pair) {
      return new Sum(codes + pair.codes().size(), none + pair.none().cardinality());
    }

    String share() {
      return codes == 0 ? "-" : String.format(Locale.ROOT, "%.2f %%", 100.0 * none / codes);
    }
  }

  /** Sums of the pairs that had a route before the files came: others have nothing to compare. */
  private static Map<String, Sum> sums(Unanswered answers, Unanswered before) {
    Map<String, Sum> sums = new TreeMap<>();
    answers
        .pairs()
        .forEach(
            (pair, asked) -> {
              Unanswered.Pair then = before.pairs().get(pair);
              if (then != null && !then.route().isEmpty()) {
                String key = pair.replaceAll("@[^ ]*", "");
                sums.put(key, sums.getOrDefault(key, new Sum(0, 0)).and(asked));
              }
            });
    return sums;
  }

  private static void tell(Unanswered before, Unanswered after) {
    Map<String, Sum> then = sums(before, before);
    System.out.printf(
        Locale.ROOT,
        "%-60s %10s %10s %10s %10s%n",
        "codes without an answer, editions together",
        "before",
        "",
        "after",
        "");
    sums(after, before)
        .forEach(
            (pair, now) -> {
              Sum old = then.getOrDefault(pair, new Sum(0, 0));
              if (now.none() > 0 || old.none() > 0) {
                System.out.printf(
                    Locale.ROOT,
                    "%-60s %10d %10s %10d %10s%n",
                    pair,
                    old.none(),
                    old.share(),
                    now.none(),
                    now.share());
              }
            });
  }

  private static boolean tellLost(Unanswered before, Unanswered after, Explained explained) {
    boolean open = false;
    for (Map.Entry<String, List<String>> lost : after.since(before).entrySet()) {
      Map<String, List<String>> byReason = new TreeMap<>();
      for (String code : lost.getValue()) {
        byReason
            .computeIfAbsent(
                Objects.requireNonNullElse(
                    explained.reason(lost.getKey(), code), "nobody says why"),
                _ -> new ArrayList<>())
            .add(code);
      }
      open |= byReason.containsKey("nobody says why");
      byReason.forEach(
          (reason, codes) ->
              System.out.println(
                  "  lost: "
                      + lost.getKey()
                      + ": "
                      + codes.size()
                      + " ("
                      + codes.stream().limit(5).collect(joined())
                      + "): "
                      + reason));
    }
    return open;
  }

  private static void tellDifference(Unanswered first, Unanswered other) {
    long differing =
        first.pairs().entrySet().stream()
            .filter(
                e -> {
                  Unanswered.Pair same = other.pairs().get(e.getKey());
                  return same == null || !same.none().equals(e.getValue().none());
                })
            .count();
    System.out.println(
        "  pairs whose unanswered codes differ from those of the first order: " + differing);
  }
}
