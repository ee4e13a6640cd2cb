package fr.pivot.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The questions of {@code src/bench/differences}, the same for every build as long as it has the
 * same codes: all that is shipped is asked in bulk and as tables, single codes as a sample, every
 * file of a folder in each form.
 */
final class Questions {

  /**
   * Days at which much is asked: before and after the years in which communes merged, and between
   * two editions.
   */
  private static final List<String> DAYS =
      List.of(
          "1943-08-15",
          "1968-01-01",
          "1999-12-31",
          "2015-12-31",
          "2016-01-01",
          "2019-06-01",
          "2020-07-01",
          "2024-03-04");

  private static final int HTML_LIMIT = 300_000;

  /**
   * @param id its name
   * @param kind what it is: {@code territory}, {@code nomenclature}, {@code entity}
   * @param example one of its codes
   * @param editions its editions, the oldest first
   * @param levels its levels
   * @param links what its codes lie in or are tied to
   * @param codes every code it ever had
   * @param labels their labels
   */
  private record Referential(
      String id,
      String kind,
      String example,
      List<String> editions,
      List<String> levels,
      List<String> links,
      List<String> codes,
      List<String> labels) {

    String latest() {
      return id + "@" + editions.getLast();
    }
  }

  private final Answers answers;
  private final List<Path> files;
  private final int sample;
  private final Path work;
  private final List<String> fixed;
  private final List<Referential> empty = new ArrayList<>();
  private final List<Referential> referentials = new ArrayList<>();

  private Questions(Answers answers, List<Path> files, int sample, Path work, List<String> fixed) {
    this.answers = answers;
    this.files = files;
    this.sample = sample;
    this.work = work;
    this.fixed = fixed;
  }

  /**
   * Takes the address of a server, a new folder for what it answers, a table of its referentials
   * (as the script makes it), a folder of files, how many codes of each referential are asked one
   * by one (0: all), a table of fixed questions, which groups are asked, and what runs {@code
   * pivot}.
   */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[1]);
    List<Path> files;
    try (Stream<Path> all = Files.list(Path.of(args[3]))) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    Path work = Files.createTempDirectory("pivot");
    try (Recording recording = new Recording(folder)) {
      Files.writeString(folder.resolve("day"), LocalDate.now(ZoneId.of("Europe/Paris")) + "\n");
      try (Answers answers =
          new Answers(
              args[0],
              Arrays.asList(args).subList(7, args.length),
              Pattern.compile(args[6]).asPredicate(),
              recording)) {
        Questions questions =
            new Questions(
                answers,
                files,
                Integer.parseInt(args[4]),
                work,
                Files.readAllLines(Path.of(args[5])));
        questions.read(Path.of(args[2]));
        questions.ask();
      }
      recording
          .counts()
          .forEach((group, count) -> System.out.printf("  %-24s %7d%n", group, count));
    }
  }

  private void read(Path table) throws IOException {
    for (String line : Files.readAllLines(table)) {
      String[] cells = line.split("\t", -1);
      List<String> editions = list(cells[3]);
      List<String> codes = new ArrayList<>();
      List<String> labels = new ArrayList<>();
      if (!editions.isEmpty()) {
        answers
            .pages(
                "lists",
                "/v1/referentials/"
                    + cells[0]
                    + "/codes?status=any&fields=code,label&limit=1000&format=csv")
            .stream()
            .flatMap(page -> page.lines().skip(1))
            .map(each -> each.split(",", 2))
            .filter(each -> each.length == 2)
            .forEach(
                each -> {
                  codes.add(each[0]);
                  labels.add(each[1].replace("\"", ""));
                });
      }
      (editions.isEmpty() ? empty : referentials)
          .add(
              new Referential(
                  cells[0],
                  cells[1],
                  cells[2],
                  editions,
                  list(cells[4]),
                  list(cells[5]),
                  codes,
                  labels));
    }
  }

  private static List<String> list(String cell) {
    return cell.isEmpty() ? List.of() : List.of(cell.split(","));
  }

  private void ask() throws IOException {
    for (String group : List.of("catalog", "lists")) {
      fixed(group).forEach(each -> answers.get(group, each));
    }
    step("referentials, schemas, publications", this::askCatalog);
    step("codes one by one", this::askCodes);
    step("codes in bulk", this::askBulk);
    step("lists", this::askLists);
    step("tables", this::askTables);
    step("translations", this::askTranslations);
    step("changes", this::askChanges);
    step("searches", this::askSearch);
    step("reconciliation", this::askReconciliation);
    step("files", this::askFiles);
    step("pages", this::askPages);
    step("problems", this::askProblems);
    step("commands", this::runCommands);
  }

  private interface Step {
    void run() throws IOException;
  }

  private static void step(String name, Step step) throws IOException {
    long begin = System.nanoTime();
    step.run();
    System.err.printf("%s: %d s%n", name, (System.nanoTime() - begin) / 1_000_000_000);
  }

  private void askCatalog() {
    for (Referential each : all()) {
      String path = "/v1/referentials/" + each.id();
      answers.get("catalog", path);
      answers.get("catalog", path + "/releases");
      answers.get("catalog", "/v1/changes?referential=" + each.id());
      answers.get("catalog", "/feed.atom?referential=" + each.id());
      answers.get("schemas", path + "/json-schema");
      answers.get("schemas", path + "/table-schema");
      for (String edition : each.editions()) {
        answers.get("catalog", path + "@" + edition);
        answers.get("catalog", path + "/releases/" + edition);
        answers.get("schemas", path + "@" + edition + "/json-schema");
        answers.get("schemas", path + "@" + edition + "/table-schema");
      }
    }
  }

  private void askCodes() {
    for (Referential each : referentials) {
      int turn = 0;
      for (String code : sample(each.codes(), sample)) {
        String path = "/v1/referentials/" + each.id() + "/codes/" + encode(code);
        answers.get("lookups", path);
        answers.get("history", path + "/history");
        answers.get("history", path + "/predecessors");
        answers.get("history", path + "/successors");
        answers.get("hierarchy", path + "/ancestors");
        if (!each.kind().equals("territory") || turn % 4 == 0) {
          answers.get("hierarchy", path + "/descendants");
        }
        String edition = each.editions().get(turn % each.editions().size());
        String at = "/v1/referentials/" + each.id() + "@" + edition + "/codes/" + encode(code);
        String day = DAYS.get(turn % DAYS.size());
        answers.get("lookups at points", at);
        answers.get("lookups at points", path + "?date=" + day);
        answers.get(
            "lookups at points",
            path + "?date=" + day + "&release=" + edition,
            "Accept-Language",
            "en");
        answers.get("history", at + "/history");
        answers.get("hierarchy", at + "/ancestors");
        answers.get("hierarchy", path + "/ancestors?date=" + day);
        if (turn % 5 == 0) {
          answers.get("lookups", path + "?format=csv");
          answers.get(
              "lookups",
              path + "?format=csv&separator=;&bom=true&fields=code,label,status,validity");
          answers.get("lookups", path + "?format=ndjson");
          answers.get("lookups", path + "?fields=code,label," + String.join(",", properties(each)));
          answers.get("lookups", path, "Accept", "text/csv");
          answers.get(
              "lookups",
              "/v1/referentials/"
                  + each.id()
                  + "/codes/"
                  + encode(code.replace(".", "").toLowerCase(Locale.ROOT)));
          answers.get("lookups", "/id/" + each.id() + "/" + encode(code));
          answers.get("lookups", "/id/" + each.id() + "/" + encode(code), "Accept", "text/html");
          answers.get("lookups", "/id/" + each.id() + ":" + encode(code));
          answers.get("hierarchy", path + "/descendants?format=csv&date=" + day);
        }
        turn++;
      }
    }
    for (String id : List.of("departements", "regions", "epci", "arrondissements", "ept")) {
      Referential each = get(id);
      for (String code : sample(each.codes(), Math.min(sample, 40))) {
        for (String at : List.of(id, each.latest(), id + "@" + each.editions().getFirst())) {
          answers.get(
              "hierarchy",
              "/v1/referentials/"
                  + at
                  + "/codes/"
                  + code
                  + "/descendants?referential=communes&format=csv");
        }
      }
    }
  }

  /** What a field can be, beside what every code has. */
  private static List<String> properties(Referential referential) {
    return referential.id().equals("communes")
        ? List.of("population", "epci", "departement", "codesPostaux", "siren")
        : List.of("level", "broader");
  }

  private void askBulk() {
    for (Referential each : referentials) {
      byte[] lines =
          each.codes().stream()
              .map(code -> quote(code) + "\n")
              .collect(Collectors.joining())
              .getBytes(UTF_8);
      byte[] csv =
          ("n;code\n"
                  + each.codes().stream()
                      .map(code -> "1;" + code + "\n")
                      .collect(Collectors.joining()))
              .getBytes(UTF_8);
      String lookup = "/v1/referentials/" + each.id() + "/lookup";
      answers.post("bulk", lookup, "every code", lines, "Content-Type", "application/x-ndjson");
      answers.post(
          "bulk",
          lookup + "?fields=code,label,status",
          "every code",
          csv,
          "Content-Type",
          "text/csv");
      for (String edition : each.editions()) {
        answers.post(
            "bulk",
            "/v1/referentials/" + each.id() + "@" + edition + "/lookup",
            "every code",
            lines,
            "Content-Type",
            "application/x-ndjson");
      }
      for (String day : each.kind().equals("nomenclature") ? DAYS.subList(0, 1) : DAYS) {
        answers.post(
            "bulk",
            lookup + "?date=" + day,
            "every code",
            lines,
            "Content-Type",
            "application/x-ndjson");
      }
      List<String> some = sample(each.codes(), 20);
      String items =
          "["
              + some.stream().map(Questions::quote).collect(Collectors.joining(","))
              + ",\"zzz\",\"\",12,null,{\"code\":"
              + quote(some.getFirst())
              + ",\"date\":\"2018-06-01\"},{\"code\":"
              + quote(some.getLast())
              + ",\"date\":\"2018\"},{\"cod\":1}]";
      answers.post("bulk", lookup, items, "Content-Type", "application/json");
      answers.post(
          "bulk", lookup, items, "Content-Type", "application/json", "Accept-Language", "en");
      answers.post("bulk", lookup + "?format=csv", items, "Content-Type", "application/json");
      answers.post(
          "bulk",
          lookup + "?format=ndjson&fields=code,label",
          items,
          "Content-Type",
          "application/json");
      answers.post(
          "bulk",
          lookup,
          items.substring(0, items.length() - 4),
          "Content-Type",
          "application/json");
      String table =
          "nom,le code,x\n"
              + some.stream()
                  .map(code -> "\"a \"\"b\"\"\"," + code + ",\n")
                  .collect(Collectors.joining())
              + "y,zzz";
      answers.post("bulk", lookup + "?column=le%20code", table, "Content-Type", "text/csv");
      answers.post(
          "bulk", lookup + "?column=le%20code&format=json", table, "Content-Type", "text/csv");
      answers.post("bulk", lookup, table, "Content-Type", "text/csv");
      answers.post(
          "bulk", lookup + "?column=le%20code", table + ",\"open", "Content-Type", "text/csv");
    }
  }

  private void askLists() {
    for (Referential each : referentials) {
      String path = "/v1/referentials/" + each.id();
      answers.pages("lists", path + "/codes?limit=1000");
      for (String edition : each.editions()) {
        answers.get("lists", path + "@" + edition + "/codes");
        answers.get("lists", path + "@" + edition + "/codes?limit=1000&format=ndjson");
      }
      for (String status : List.of("ceased", "future", "any")) {
        answers.get("lists", path + "/codes?status=" + status + "&limit=50");
        answers.get(
            "lists", path + "/codes?status=" + status + "&limit=200&date=2016-01-01&format=csv");
      }
      for (String level : each.levels()) {
        answers.get(
            "lists", path + "/codes?level=" + level + "&limit=200&format=csv&separator=;&bom=true");
      }
      for (String day : DAYS) {
        answers.get("lists", path + "/codes?limit=20&date=" + day);
      }
      for (Referential other : referentials) {
        if (each.links().contains(other.id())
            || List.of("departements", "regions", "epci").contains(other.id())) {
          for (String code : sample(other.codes(), 12)) {
            String within =
                "/codes?within="
                    + other.id()
                    + ":"
                    + encode(code)
                    + "&limit=1000&fields=code,label";
            answers.get("lists", path + within);
            answers.get("lists", path + "@" + each.editions().getFirst() + within + "&format=csv");
          }
        }
      }
    }
  }

  /**
   * Whole tables: all pairs of referentials today, all pairs of editions of each, the oldest and
   * the youngest crosswise.
   */
  private void askTables() {
    for (Referential from : referentials) {
      for (Referential to : referentials) {
        if (!from.equals(to)) {
          answers.get("crosswalk tables", table(from.id(), to.id()));
          if (from.editions().size() > 1
              && to.editions().size() > 1
              && !from.kind().equals("entity")) {
            String first = "@" + from.editions().getFirst();
            answers.get("crosswalk tables", table(from.id() + first, to.latest()) + "&format=csv");
            answers.get(
                "crosswalk tables",
                table(from.latest(), to.id() + "@" + to.editions().getFirst()) + "&format=csv");
          }
        }
      }
      for (String one : from.editions()) {
        for (String other : from.editions()) {
          if (!one.equals(other)) {
            answers.get(
                "crosswalk tables",
                table(from.id() + "@" + one, from.id() + "@" + other) + "&format=csv");
          }
        }
      }
    }
    for (String day : DAYS) {
      for (String to :
          List.of(
              "communes@2026",
              "epci@2026",
              "departements@2026",
              "codes-postaux@2026",
              "communes@2019")) {
        answers.get("crosswalk tables", table("communes@" + day, to) + "&format=csv");
        answers.get(
            "crosswalk tables", table("communes@2023," + day, to) + "&status=split,ambiguous,none");
      }
    }
    answers.get("crosswalk tables", table("communes@2019", "communes@2026") + "&format=ndjson");
    answers.get("crosswalk tables", table("naf@rev2", "nace@rev2") + "&format=ndjson");
  }

  private static String table(String from, String to) {
    return "/v1/crosswalk/table?from=" + from + "&to=" + to;
  }

  private void askTranslations() throws IOException {
    for (Referential from : referentials) {
      for (Referential to : referentials) {
        for (String code : sample(from.codes(), Math.max(4, sample / 15))) {
          String of = "&code=" + encode(code);
          answers.get("translations", "/v1/crosswalk?from=" + from.id() + "&to=" + to.id() + of);
          answers.get(
              "translations",
              "/v1/crosswalk?from="
                  + from.id()
                  + "@"
                  + from.editions().getFirst()
                  + "&to="
                  + to.latest()
                  + of);
        }
      }
    }
    Referential communes = get("communes");
    for (String code : sample(communes.codes(), sample * 4)) {
      String of = "&code=" + code;
      answers.get("translations", "/v1/crosswalk?from=communes@2014-01-01&to=communes@2026" + of);
      answers.get(
          "translations", "/v1/crosswalk?from=communes@1968-01-01&to=epci@2026&format=csv" + of);
      answers.get("translations", "/v1/crosswalk?from=communes@2026&to=communes@2014-01-01" + of);
    }
    List<String> some = sample(communes.codes(), 400);
    String json =
        "["
            + some.stream().map(Questions::quote).collect(Collectors.joining(","))
            + ",\"99999\",7,{}]";
    String csv =
        "insee;montant;annee\n"
            + IntStream.range(0, some.size())
                .mapToObj(
                    i -> some.get(i) + ";" + (i + 1) + "," + i % 10 + ";" + (2000 + i % 3) + "\n")
                .collect(Collectors.joining())
            + "99999;1;2000\n;2;2001\n";
    for (String pair :
        List.of(
            "from=communes@2014-01-01&to=communes@2026",
            "from=communes@2019&to=epci@2026",
            "from=communes@2026&to=regions@2026")) {
      for (String format : List.of("json", "csv", "ndjson")) {
        answers.post(
            "translations",
            "/v1/crosswalk?" + pair + "&format=" + format,
            "400 codes",
            json.getBytes(UTF_8),
            "Content-Type",
            "application/json");
      }
      for (String policy : List.of("all", "list", "single-only", "weights", "weights&by=annee")) {
        answers.post(
            "translations",
            "/v1/crosswalk?" + pair + "&column=insee&measure=montant&policy=" + policy,
            "400 codes",
            csv.getBytes(UTF_8),
            "Content-Type",
            "text/csv");
      }
      answers.post(
          "translations",
          "/v1/crosswalk?" + pair + "&column=insee&format=xlsx",
          "400 codes",
          csv.getBytes(UTF_8),
          "Content-Type",
          "text/csv");
    }
  }

  private void askChanges() {
    for (Referential each : referentials) {
      String path = "/v1/referentials/" + each.id() + "/changes?";
      List<String> editions = each.editions();
      for (int i = 1; i < editions.size(); i++) {
        String between = path + "from=" + editions.get(i - 1) + "&to=" + editions.get(i);
        answers.get("changes", between);
        answers.get("changes", between + "&format=csv");
      }
      answers.get("changes", path + "from=" + editions.getFirst() + "&to=" + editions.getLast());
      answers.get("changes", path + "from=1943-01-01&to=2026-11-01&format=ndjson");
      answers.get("changes", path + "from=2015-01-01&to=2017-01-01");
      answers.get("changes", path + "from=2019-01-01&format=atom");
      answers.get("changes", path + "format=atom");
      answers.get("changes", path + "format=atom&lang=en");
      for (String kind :
          List.of(
              "created",
              "ceased",
              "renamed",
              "recoded",
              "merged",
              "split",
              "restored",
              "moved",
              "other")) {
        answers.get("changes", path + "from=2000-01-01&to=2026-01-01&kind=" + kind + "&format=csv");
      }
      for (String within :
          List.of("departements:14", "regions:84", "epci:200065597", "departements:976")) {
        answers.get("changes", path + "from=" + editions.getFirst() + "&within=" + within);
        answers.get("changes", path + "format=atom&within=" + within);
      }
    }
  }

  private void askSearch() {
    List<String> typed = new ArrayList<>(fixed("searches"));
    for (Referential each : referentials) {
      for (String label : sample(each.labels(), Math.max(6, sample / 8))) {
        typed.add(label);
        for (String query : typos(label)) {
          answers.get(
              "searches",
              "/v1/referentials/"
                  + each.id()
                  + "/codes?limit=8&fields=code,label&q="
                  + encode(query));
        }
      }
      answers.get(
          "searches",
          "/v1/referentials/"
              + each.id()
              + "@"
              + each.editions().getFirst()
              + "/codes?q="
              + encode(each.labels().getFirst()));
    }
    for (String each : typed) {
      answers.get(
          "searches", "/v1/search?q=" + encode(each.substring(0, Math.min(each.length(), 200))));
    }
    for (String each : fixed("searches")) {
      answers.get(
          "searches", "/v1/search?limit=50&referential=communes,epci,naf@rev2&q=" + encode(each));
      answers.get("searches", "/v1/search?within=departements:93&q=" + encode(each));
      answers.get(
          "searches", "/v1/search?date=2010-01-01&q=" + encode(each), "Accept-Language", "en");
      answers.get("searches", "/v1/referentials/communes/codes?q=" + encode(each));
      answers.get(
          "searches", "/v1/referentials/communes@1990-01-01/codes?limit=5&q=" + encode(each));
    }
  }

  /**
   * A label as people write it: as it is, its beginning, without its case, a letter lost, two
   * letters swapped.
   */
  private static List<String> typos(String label) {
    String text = label.substring(0, Math.min(label.length(), 180));
    int middle = text.length() / 2;
    List<String> typos = new ArrayList<>(List.of(text, text.toUpperCase(Locale.ROOT)));
    if (text.length() > 4) {
      typos.add(text.substring(0, Math.min(middle + 1, 8)).strip());
      typos.add(text.substring(0, middle) + text.substring(middle + 1));
      typos.add(
          text.substring(0, middle - 1)
              + text.charAt(middle)
              + text.charAt(middle - 1)
              + text.substring(middle + 1));
    }
    return typos.stream().map(String::strip).filter(each -> !each.isEmpty()).distinct().toList();
  }

  private void askReconciliation() {
    List<String> services = new ArrayList<>(List.of(""));
    for (Referential each : referentials) {
      services.add("/" + each.id());
      services.add("/" + each.id() + "@" + each.editions().getFirst());
    }
    for (String service : services) {
      Referential of =
          get(service.isEmpty() ? "communes" : service.substring(1).replaceAll("@.*", ""));
      String path = "/reconcile" + service;
      answers.get("reconciliation", path);
      answers.get("reconciliation", path + "?version=1.0-draft");
      answers.get("reconciliation", path + "/suggest/type?prefix=");
      answers.get("reconciliation", path + "/suggest/property?prefix=");
      answers.get("reconciliation", path + "/extend/propose?type=" + of.id());
      List<String> labels =
          sample(of.labels(), 8).stream().flatMap(each -> typos(each).stream()).toList();
      answers.form("reconciliation", path, "queries", queries(labels, ""));
      answers.form(
          "reconciliation",
          path,
          "queries",
          queries(labels, ",\"type\":\"" + of.id() + "\",\"limit\":3"));
      answers.form(
          "reconciliation",
          path,
          "queries",
          queries(
              labels,
              ",\"properties\":[{\"pid\":\"departement\",\"v\":\"93\"},{\"pid\":\"level\",\"v\":\"commune\"}]"));
      answers.post(
          "reconciliation",
          path + "/match",
          "{\"queries\":["
              + labels.stream()
                  .map(
                      each ->
                          "{\"type\":\""
                              + of.id()
                              + "\",\"conditions\":[{\"matchType\":\"name\",\"propertyValue\":"
                              + quote(each)
                              + "},{\"matchType\":\"property\",\"propertyId\":\"departement\",\"propertyValue\":\"93\"}]}")
                  .collect(Collectors.joining(","))
              + "]}",
          "Content-Type",
          "application/json");
      List<String> ids =
          sample(of.codes(), 40).stream()
              .map(each -> service.isEmpty() ? of.id() + ":" + each : each)
              .toList();
      String list = ids.stream().map(Questions::quote).collect(Collectors.joining(",", "[", "]"));
      for (String properties :
          List.of(
              "[{\"id\":\"label\"},{\"id\":\"status\"},{\"id\":\"validity\"},{\"id\":\"successors\"},{\"id\":\"predecessors\"},{\"id\":\"uri\"}]",
              "[{\"id\":\"communes@2026\"},{\"id\":\"epci@2026\"},{\"id\":\"departement\"},{\"id\":\"population\",\"settings\":{\"date\":\"2021\"}}]",
              "[{\"id\":\"regions@2026\",\"settings\":{\"only\":\"certain\"}}]")) {
        String query = "{\"ids\":" + list + ",\"properties\":" + properties + "}";
        answers.form("reconciliation", path, "extend", query);
        answers.post("reconciliation", path + "/extend", query, "Content-Type", "application/json");
      }
      for (String label : sample(of.labels(), 6)) {
        answers.get(
            "reconciliation",
            path
                + "/suggest/entity?prefix="
                + encode(label.substring(0, Math.min(label.length(), 5))));
      }
      for (String id : sample(ids, 6)) {
        answers.get("reconciliation", path + "/flyout/entity?id=" + encode(id));
        answers.get("reconciliation", path + "/preview?id=" + encode(id));
      }
    }
  }

  private static String queries(List<String> texts, String more) {
    return IntStream.range(0, texts.size())
        .mapToObj(i -> "\"q" + i + "\":{\"query\":" + quote(texts.get(i)) + more + "}")
        .collect(Collectors.joining(",", "{", "}"));
  }

  private void askFiles() throws IOException {
    for (Path file : files) {
      byte[] content = Files.readAllBytes(file);
      String name = file.getFileName().toString();
      String[] type = {"Content-Type", "application/octet-stream"};
      String named = "?name=" + encode(name);
      answers.post("detections", "/v1/detections" + named, name, content, type);
      for (String form :
          List.of(
              "&format=json",
              "&format=json&lang=en&date=2021-01-01&limit=5",
              "&format=csv",
              "&format=csv&repair=in-place")) {
        answers.post("validations", "/v1/validations" + named + form, name, content, type);
      }
      if (content.length < HTML_LIMIT) {
        for (String form :
            List.of(
                "&format=ndjson&detect=false",
                "&format=html",
                "&format=html&lang=en",
                "&format=xlsx",
                "&format=json&limit=10000")) {
          answers.post("validations", "/v1/validations" + named + form, name, content, type);
        }
      }
    }
    askOfFiles("reconciliation", "/v1/reconciliations");
    askOfFiles("translations", "/v1/crosswalk");
  }

  /** What is asked of a file and its columns, where that file is there. */
  private void askOfFiles(String group, String path) throws IOException {
    for (String each : fixed(group + "-of-files")) {
      int name = each.indexOf('?');
      for (Path file : files) {
        if (file.getFileName().toString().equals(each.substring(0, name))) {
          answers.post(
              group,
              path + each.substring(name),
              each.substring(0, name),
              Files.readAllBytes(file),
              "Content-Type",
              group.equals("translations") ? "text/csv" : "application/octet-stream");
        }
      }
    }
  }

  private void askPages() {
    List<String> paths = new ArrayList<>(fixed("pages"));
    for (Referential each : all()) {
      paths.add("/referentiels/" + each.id());
    }
    for (Referential each : referentials) {
      paths.add("/referentiels/" + each.id() + "@" + each.editions().getFirst());
      int turn = 0;
      for (String code : sample(each.codes(), Math.max(10, sample / 4))) {
        paths.add("/referentiels/" + each.id() + "/codes/" + encode(code));
        paths.add(
            "/referentiels/"
                + each.id()
                + "/codes/"
                + encode(code)
                + "?date="
                + DAYS.get(turn++ % DAYS.size()));
      }
    }
    for (String path : paths) {
      answers.get("pages", path, "Accept", "text/html");
      answers.get(
          "pages", path + (path.contains("?") ? "&" : "?") + "lang=en", "Accept", "text/html");
    }
  }

  /** What is refused, and in which words. */
  private void askProblems() {
    for (String path : fixed("problems")) {
      answers.get("problems", path);
      answers.get("problems", path, "Accept-Language", "en");
      answers.get("problems", path, "Accept", "text/html,*/*;q=0.8");
    }
    answers.get("problems", "/v1/referentials", "Accept", "image/png");
    answers.get(
        "problems",
        "/v1/referentials/communes/codes/01004",
        "Accept",
        "text/turtle;q=1, application/json;q=0.5");
    for (String each : fixed("problems-posted")) {
      String[] cells = each.split("\t", -1);
      answers.post("problems", cells[0], cells[2].translateEscapes(), "Content-Type", cells[1]);
    }
    List<String> many = sample(get("communes").labels(), 51);
    answers.form("problems", "/reconcile/communes", "queries", queries(many, ""));
    answers.form("problems", "/reconcile/communes", "queries", "{");
    answers.form(
        "problems",
        "/reconcile/communes",
        "extend",
        "{\"ids\":[\"01004\"],\"properties\":[{\"id\":\"rien\"}]}");
  }

  private void runCommands() throws IOException {
    Path folder = files.isEmpty() ? work : files.getFirst().toAbsolutePath().getParent();
    for (String each : fixed("commands")) {
      answers.run("commands", folder, each.split(" "));
    }
    if (!files.isEmpty()) {
      for (String each : fixed("commands-on-files")) {
        answers.run("commands", folder, each.split(" "));
      }
    }
    for (String each : fixed("packs")) {
      answers.run(
          "packs", Files.createTempDirectory(work, "pack"), "export", each, "--output", "pack");
    }
  }

  /** The fixed questions of a group. */
  private List<String> fixed(String group) {
    return fixed.stream()
        .filter(each -> each.startsWith(group + "\t"))
        .map(each -> each.substring(group.length() + 1))
        .toList();
  }

  private List<Referential> all() {
    return Stream.concat(empty.stream(), referentials.stream()).toList();
  }

  private Referential get(String id) {
    return referentials.stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
  }

  /** As many of a list, evenly spread; all of them where none is asked for. */
  private static <T> List<T> sample(List<T> all, int count) {
    if (count == 0 || all.size() <= count) {
      return all;
    }
    return IntStream.range(0, count)
        .mapToObj(i -> all.get((int) ((long) i * all.size() / count)))
        .toList();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }

  private static String quote(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
