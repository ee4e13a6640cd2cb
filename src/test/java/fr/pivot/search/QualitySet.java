package fr.pivot.search;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import fr.pivot.catalog.Release;
import fr.pivot.formats.SharedFiles;
import fr.pivot.referential.Link;
import fr.pivot.registry.Codes;
import fr.pivot.registry.Registry;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Names with the codes that they mean, from the lists that ship with Pivot, from tables as people
 * published them and from INSEE's history. The same names come out each time.
 *
 * <p>A row of a table is a pair only where its name is one that the code has or had, but for
 * accents, case, punctuation, articles and the order of words, and where the code leads to a single
 * one of today. What else a row says is not believed and listed as a doubt: tables have names of
 * places within a commune, names that were cut, and codes of neighbours.
 */
public final class QualitySet {

  /** The day on which everything is asked. */
  public static final LocalDate TODAY = LocalDate.of(2026, 3, 1);

  /** What another draw of names and damages begins with. */
  static final long SEED = Long.getLong("pivot.search.seed", 5);

  /** The tables that have a code beside a name. */
  private static final List<TableOfNames> TABLES =
      List.of(
          utf8(
              "ofgl_communes_extrait_2022.csv", ';', "Nom 2024 Commune", "Code Insee 2024 Commune"),
          utf8("ofgl_communes_extrait_2022.csv", ';', "Libellé Budget", "Code Insee Collectivité"),
          utf8("ofgl_communes_extrait_2022.csv", ';', "Nom 2024 EPCI", "Code Siren 2024 EPCI"),
          utf8("centres_vaccination_2021.csv", ';', "com_nom", "com_insee"),
          utf8("centres_vaccination_2021.csv", ';', "structure_com", "structure_insee"),
          utf8("collectivites_exemple_valide.csv", ',', "nom", "codeInsee"),
          utf8("colleges_35_geolocalisation.csv", ';', "Commune", "Code commune"),
          utf8("colleges_35_geolocalisation.csv", ';', "Localite d'acheminement", "Code commune"),
          utf8("covoiturage_calvados_bom.csv", ',', "com_lieu", "insee"),
          utf8(
              "dgcl_garanties_dsr_2020.csv",
              ',',
              "nom_commune",
              "Informations générales - Code INSEE de la commune"),
          utf8("friches_exemple_valide.csv", ',', "comm_nom", "comm_insee"),
          utf8(
              "laposte_communes_nouvelles_2016.csv",
              ';',
              "Nom Commune Déléguée",
              "Code INSEE Commune Déléguée (non actif)"),
          utf8(
              "laposte_communes_nouvelles_2016.csv",
              ';',
              "Nom Commune Nouvelle Siège",
              "Code INSEE Commune Nouvelle"),
          utf8(
              "laposte_communes_nouvelles_2016.csv",
              ';',
              "Adresse 2015 - Libellé Acheminement",
              "Adresse 2015 - Code INSEE"),
          utf8("referentiel_communes_asp_2023.csv", ';', "lib_com", "code_com_insee"),
          utf8("zones_emploi_communes_2015.csv", ';', "LIBGEO", "CODGEO"),
          utf8("epci_composition_2022.csv", ';', "LIBGEO", "CODGEO"),
          utf8("epci_composition_2022.csv", ';', "LIBEPCI", "EPCI"),
          utf8("communes_actives_et_deleguees_2023.csv", ',', "nom", "code"),
          utf8("csv_detective_couverture_2014.csv", ';', "NOMCOM", "NUMCOM"),
          utf8("csv_detective_couverture_2014.csv", ';', "NOMEPCI", "NUMEPCI"),
          utf8("csv_detective_couverture_2014.csv", ';', "NOMDEP", "NUMDEP"),
          new TableOfNames(
              "presidentielle_2017_t2_communes_extrait.csv",
              Charset.forName("windows-1252"),
              ';',
              "Libellé de la commune",
              "Code du département+Code de la commune"));

  /** The tables that have a postal code beside the name of a commune. */
  private static final List<TableOfNames> POSTAL =
      List.of(
          utf8("agences_pole_emploi_2019.csv", ',', "COMMUNE", "CODE_POSTAL"),
          utf8("effectifs_ecoles_35_noms.csv", ';', "Commune", "Code Postal"),
          utf8("tourisme_handicap_2020.csv", ',', "COMMUNE", "CP"),
          utf8("siae_bas_rhin_2019_bom.csv", ';', "Ville", "Code postal"),
          new TableOfNames(
              "controle_technique_retour_chariot.csv",
              Charset.forName("windows-1252"),
              ';',
              "cct_code_commune",
              "code_postal"));

  /** Of a table that has them all, no more names than these are taken. */
  private static final int MOST_OF_A_TABLE = 150;

  private static final Map<String, String> OVERSEAS =
      Map.of("ZA", "97", "ZB", "97", "ZC", "97", "ZD", "97");

  /** What stands beside a name in published tables. */
  private static final Pattern MORE =
      Pattern.compile("(?i)\\s*\\bcedex\\b.*$|^(?:ville|commune|mairie) d(?:e |')");

  private static final Pattern LIGATURE = Pattern.compile("[œŒæÆ]");
  private static final Pattern NUMBER =
      Pattern.compile("(?i)(paris|lyon|marseille)[- ]+0?(\\d+).*");

  private static final Map<String, String> COMMUNES =
      Map.of("75", "75056", "69", "69123", "13", "13055");

  private record TableOfNames(
      String file, Charset charset, char separator, String name, String code) {}

  private record Row(String name, String code) {}

  private static TableOfNames utf8(String file, char separator, String name, String code) {
    return new TableOfNames(file, StandardCharsets.UTF_8, separator, name, code);
  }

  private final Registry registry;
  private final Map<String, NameBook> books = new HashMap<>();
  private final Map<String, List<String>> doubts = new TreeMap<>();

  /** Prepares what is known of the latest editions in a registry. */
  public QualitySet(Registry registry) {
    this.registry = registry;
    for (String referential :
        List.of("communes", "epci", "arrondissements-municipaux", "departements")) {
      books.put(referential, new NameBook(registry, referential, TODAY, Set.of()));
    }
    books.put("naf", new NameBook(registry, "naf@rev2", TODAY, Set.of("sous-classe")));
  }

  /** What a referential calls its codes, today and before. */
  NameBook book(String referential) {
    return Objects.requireNonNull(books.get(referential));
  }

  /** The rows that are no pairs, by their source. */
  Map<String, List<String>> doubts() {
    return doubts;
  }

  /** Names of the lists themselves, of today and of the past. */
  public List<NamedCode> listShipped() {
    List<NamedCode> all = new ArrayList<>();
    all.addAll(listNames("communes", k -> !k.former(), 450));
    all.addAll(listNames("communes", NameBook.Known::former, 300));
    all.addAll(listNames("communes", k -> LIGATURE.matcher(k.name()).find(), 30));
    for (String other : List.of("epci", "arrondissements-municipaux", "departements", "naf")) {
      all.addAll(listNames(other, k -> !k.former(), 100));
    }
    all.addAll(listNumbered());
    return all.stream().distinct().toList();
  }

  /** Paris, Lyon and Marseille, where people write the arrondissement with the commune. */
  private List<NamedCode> listNumbered() {
    List<String> forms = List.of(" %d", " %de", " %de arr.", " %de Arrondissement", " %02d");
    List<NamedCode> all = new ArrayList<>();
    COMMUNES.forEach(
        (departement, code) -> {
          String name = book("communes").listOf(code).getFirst().name();
          for (int number = 2; number <= 9; number++) {
            String text = name + String.format(forms.get(number % forms.size()), number);
            all.add(named("present names", "communes", text, name, code, code));
          }
        });
    return all;
  }

  /** Some names of the latest edition of a referential, no more than wanted. */
  List<NamedCode> listNames(String referential, Predicate<NameBook.Known> which, int most) {
    return sample(
        book(referential).list().stream()
            .filter(NameBook.Known::sure)
            .filter(which)
            .map(
                k ->
                    named(
                        k.former() ? "former names" : "present names",
                        referential,
                        k.name(),
                        k.name(),
                        k.was(),
                        k.code()))
            .toList(),
        most);
  }

  /**
   * Former names and what became of them as another registry has it, with INSEE's own events; only
   * those that the lists know too, because what is not known cannot be found.
   */
  List<NamedCode> listFormer(Registry official) {
    NameBook theirs = new NameBook(official, "communes", TODAY, Set.of());
    List<NamedCode> all = new ArrayList<>();
    for (NameBook.Known known : theirs.list()) {
      if (!known.former() || !known.sure()) {
        continue;
      }
      List<NameBook.Known> ours =
          book("communes").listOf(known.was()).stream()
              .filter(k -> k.name().equals(known.name()))
              .toList();
      if (ours.isEmpty()) {
        doubt("official history", known + " is not in the lists");
      } else if (ours.stream().noneMatch(k -> k.code().equals(known.code()) && k.sure())) {
        doubt("official history", known + " leads elsewhere: " + ours);
      } else {
        all.add(
            named(
                "official history",
                "communes",
                known.name(),
                known.name(),
                known.was(),
                known.code()));
      }
    }
    return sample(all, 400);
  }

  /** Names as they stand in published tables. */
  public List<NamedCode> listPublished() throws IOException {
    Path folder = SharedFiles.samples().resolve("open");
    Map<String, NamedCode> once = new LinkedHashMap<>();
    for (TableOfNames table : TABLES) {
      List<NamedCode> found = new ArrayList<>();
      for (Row row : read(folder, table)) {
        found.addAll(listMeant(table.file(), row));
      }
      sample(found, MOST_OF_A_TABLE).forEach(n -> once.putIfAbsent(n.name() + n.code(), n));
    }
    for (TableOfNames table : POSTAL) {
      List<NamedCode> found = new ArrayList<>();
      for (Row row : read(folder, table)) {
        found.addAll(listAt(table.file(), row));
      }
      sample(found, MOST_OF_A_TABLE).forEach(n -> once.putIfAbsent(n.name() + n.code(), n));
    }
    return List.copyOf(once.values());
  }

  private void doubt(String source, String text) {
    doubts.computeIfAbsent(source, _ -> new ArrayList<>()).add(text);
  }

  /** The pairs that a row is; none where it is in doubt. */
  private List<NamedCode> listMeant(String file, Row row) {
    String code = row.code();
    if (code.length() == 9) {
      return listMeant(file, row, "epci", code, row.name());
    }
    if (code.length() < 4) {
      return listMeant(
          file, row, "departements", code.length() == 1 ? '0' + code : code, row.name());
    }
    String five = code.length() == 4 ? '0' + code : code;
    String name = MORE.matcher(row.name()).replaceFirst("");
    List<NameBook.Known> part = book("arrondissements-municipaux").listOf(five);
    Matcher number = NUMBER.matcher(name);
    if (part.isEmpty()) {
      return listMeant(file, row, "communes", five, name);
    }
    // Tables use arrondissements in place of the three communes, and the other way round.
    String city = Objects.requireNonNull(COMMUNES.get(five.substring(0, 2)));
    List<NamedCode> pairs = new ArrayList<>();
    if (number.matches()
        && five.endsWith(number.group(2).length() == 1 ? '0' + number.group(2) : number.group(2))) {
      pairs.add(named(file, "arrondissements-municipaux", name, name, five, five));
    }
    pairs.addAll(listMeant(file, row, "communes", city, number.matches() ? number.group(1) : name));
    return pairs;
  }

  private List<NamedCode> listMeant(
      String file, Row row, String referential, String code, String name) {
    for (Likeness likeness : Likeness.values()) {
      String key = likeness.key(name);
      // What is in force wins; else whatever was called so.
      List<NameBook.Known> called =
          book(referential).listOf(code).stream()
              .filter(k -> likeness.key(k.name()).equals(key))
              .toList();
      List<NameBook.Known> present = called.stream().filter(k -> !k.former()).toList();
      List<NameBook.Known> meant = present.isEmpty() ? called : present;
      if (!meant.isEmpty()) {
        Set<String> codes =
            meant.stream()
                .filter(NameBook.Known::sure)
                .map(NameBook.Known::code)
                .collect(Collectors.toSet());
        if (codes.size() == 1) {
          return List.of(named(file, referential, row.name(), name, code, codes.iterator().next()));
        }
        doubt(file, row + ": " + (codes.isEmpty() ? "no single heir" : "several heirs"));
        return List.of();
      }
    }
    doubt(file, row + " is called " + book(referential).listOf(code));
    return List.of();
  }

  /**
   * The commune that a row with a postal code means: one that it serves, or, where it is one of
   * those for much mail that no list has, one of the département; none where it is in doubt.
   */
  private List<NamedCode> listAt(String file, Row row) {
    NameBook book = book("communes");
    String name = MORE.matcher(row.name()).replaceFirst("");
    String postalCode = row.code().length() == 4 ? '0' + row.code() : row.code();
    Set<String> served = listServed(postalCode);
    Set<String> codes =
        book.listLike(name, null).stream()
            .filter(
                k ->
                    served.isEmpty()
                        ? k.departement() != null && postalCode.startsWith(k.departement())
                        : served.contains(k.code()))
            .map(NameBook.Known::code)
            .collect(Collectors.toSet());
    if (codes.size() != 1) {
      doubt(file, row + " is " + codes);
      return List.of();
    }
    String code = codes.iterator().next();
    NamedCode found = named(file, "communes", row.name(), name, code, code);
    return List.of(served.isEmpty() ? found : found.withPostalCode(postalCode));
  }

  private Set<String> listServed(String postalCode) {
    Codes codes = registry.findCodes("codes-postaux").orElseThrow();
    Release release = registry.catalog().findLatest("codes-postaux").orElseThrow();
    return codes.listLinks(postalCode, release, TODAY).stream()
        .filter(link -> link.referential().equals("communes"))
        .map(Link::target)
        .collect(Collectors.toSet());
  }

  private NamedCode named(
      String source, String referential, String text, String name, String was, String code) {
    NameBook book = book(referential);
    String departement = book.departement(code);
    // A table would have the département of its time, which is another one for a few.
    boolean same = departement != null && was.startsWith(departement.substring(0, 2));
    boolean asked = referential.equals("communes") || referential.startsWith("arrondissements");
    return new NamedCode(
        source,
        referential,
        text,
        name,
        code,
        asked && same ? departement : null,
        asked && same ? book.postalCode(code) : null,
        asked && same ? findBulkCode(book.postalCode(code)) : null);
  }

  private @Nullable String findBulkCode(@Nullable String postalCode) {
    Codes known = registry.findCodes("codes-postaux").orElseThrow();
    // The départements of Corsica share their first digits.
    return postalCode == null || postalCode.startsWith("20")
        ? null
        : IntStream.range(1, 99)
            .mapToObj(n -> postalCode.substring(0, 3) + String.format("%02d", n * 61 % 100))
            .filter(code -> !known.contains(code))
            .findFirst()
            .orElse(null);
  }

  /** Some of the names, the same each time, each once. */
  private static List<NamedCode> sample(List<NamedCode> names, int most) {
    return names.stream()
        .distinct()
        .sorted(
            Comparator.comparingInt(
                    (NamedCode n) -> (n.name() + n.code() + SEED).hashCode() * 0x9E3779B9)
                .thenComparing(NamedCode::name))
        .limit(most)
        .toList();
  }

  private static List<Row> read(Path folder, TableOfNames table) throws IOException {
    Set<Row> rows = new LinkedHashSet<>();
    int name = -1;
    int[] code = {};
    try (CsvReader<CsvRecord> reader =
        CsvReader.builder()
            .fieldSeparator(table.separator())
            .allowExtraFields(true)
            .allowMissingFields(true)
            .ofCsvRecord(
                new InputStreamReader(
                    Files.newInputStream(folder.resolve(table.file())), table.charset()))) {
      for (CsvRecord row : reader) {
        List<String> fields =
            row.getFields().stream().map(f -> f.replace("\ufeff", "").strip()).toList();
        if (name < 0) {
          // The header is not always the first line.
          if (fields.contains(table.name())) {
            name = fields.indexOf(table.name());
            code = Arrays.stream(table.code().split("\\+")).mapToInt(fields::indexOf).toArray();
          }
        } else if (fields.size() > Math.max(name, Arrays.stream(code).max().orElseThrow())) {
          String written = fields.get(name).replaceAll("\\s*\\*$", "");
          String codes = code(fields, code);
          if (!written.isEmpty() && !codes.isEmpty() && !codes.contains("Z")) {
            rows.add(new Row(written, codes));
          }
        }
      }
    }
    if (name < 0) {
      throw new IllegalStateException(table + " has no such column");
    }
    return List.copyOf(rows);
  }

  private static String code(List<String> fields, int[] columns) {
    if (columns.length == 1) {
      return fields.get(columns[0]).toUpperCase(Locale.ROOT);
    }
    String departement = fields.get(columns[0]);
    String commune = "00" + fields.get(columns[1]);
    String known = OVERSEAS.get(departement);
    return (known != null ? known : departement.length() == 1 ? '0' + departement : departement)
        + commune.substring(commune.length() - 3);
  }

  /** What answers by name in a registry, as it is made for the server. */
  public static NameSearch search(Registry registry) {
    return NameSearch.of(registry);
  }

  /** How many names there are of each source. */
  static Map<String, Long> count(List<NamedCode> names) {
    return names.stream()
        .collect(Collectors.groupingBy(NamedCode::source, TreeMap::new, Collectors.counting()));
  }
}
