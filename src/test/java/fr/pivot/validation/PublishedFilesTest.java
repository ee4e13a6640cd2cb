package fr.pivot.validation;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.formats.InputFile;
import fr.pivot.formats.SharedFiles;
import fr.pivot.formats.comptes.ComptesFormat;
import fr.pivot.referential.Language;
import fr.pivot.registry.Registry;
import fr.pivot.registry.memory.ReadRegistry;
import fr.pivot.text.detected.Overrides;
import fr.pivot.text.detected.TabularFile;
import fr.pivot.validation.detection.Detector;
import fr.pivot.validation.plan.Request;
import fr.pivot.validation.rows.FileCheck;
import fr.pivot.validation.rows.Tally;
import fr.pivot.validation.value.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Files as collectivités, ministries and schema authors published them, against counts that were
 * worked out from the official files without Pivot.
 */
class PublishedFilesTest {

  /** Where the counts differ, and why ours are right. */
  private static final Map<String, String> ARGUED =
      Map.of(
          // Luhn holds for the fourteen digits, not for the SIREN in them: no SIREN, no SIRET. The
          // Python library stdnum refuses it too.
          "cantines_utf16.csv|siret|siret",
          "1 valid 0 obsolete 0 unknown 0 repairable 0 malformed 0 empty 0 badCheckDigit 1",
          // "822 095 8 16 00", eleven digits: three zeros before them make Luhn hold, but again not
          // for the SIREN.
          "tourisme_handicap_2020.csv|SIRET|siret",
          "1825 valid 0 obsolete 0 unknown 0 repairable 1676 malformed 1 empty 148 badCheckDigit 0",
          // 34295 was a postal code of Montpellier until 2020, says the edition of that year.
          "centres_vaccination_2021.csv|com_cp|code_postal",
          "854 valid 851 obsolete 1 unknown 0 repairable 0 malformed 0 empty 2 badCheckDigit 0",
          // La Poste's free list gives no CEDEX code; 42 rows say "RENNES CEDEX 3" and so on.
          "colleges_35_geolocalisation.csv|Code postal|code_postal",
          "117 valid 117 obsolete 0 unknown 0 repairable 0 malformed 0 empty 0 badCheckDigit 0",
          // Seven more of them; the eighth, 67163 of WISSEMBOURG, says no such thing.
          "siae_bas_rhin_2019_bom.csv|Code postal|code_postal",
          "65 valid 64 obsolete 0 unknown 1 repairable 0 malformed 0 empty 0 badCheckDigit 0",
          // ZA, ZB… of the ministry of the Interior do not have the form of a département.
          "presidentielle_2017_t2_communes_extrait.csv|Code du département|departement",
          "645 valid 207 obsolete 0 unknown 0 repairable 0 malformed 438 empty 0 badCheckDigit 0",
          // A file of M57 held against M52, which has no 201 but has 0201: a lost zero, were it of
          // M52.
          "budget_morbihan_ca2021_m57.csv|BGT_FONCTION|fonction|2021_M52",
          "1273 valid 721 obsolete 0 unknown 533 repairable 19 malformed 0 empty 0 badCheckDigit"
              + " 0");

  @SuppressWarnings("NullAway.Init")
  private static Detector detector;

  @BeforeAll
  static void read() throws IOException {
    ReadRegistry registry = new ReadRegistry().readShipped();
    for (String plan :
        List.of(
            "2022_M14_COM_500_3500",
            "2024_M14_COM_SUP3500",
            "2021_M52",
            "2021_M57",
            "2024_M57_D")) {
      InputFile file = SharedFiles.get("comptes/plans/" + plan + ".xml");
      registry.read(new ComptesFormat(), List.of(file), null);
    }
    Registry whole = registry.toRegistry();
    detector = new Detector(whole, Shipped.TODAY);
  }

  private static @Nullable String reference(String type) {
    String plan = type.contains(":") ? type.substring(type.indexOf(':') + 1) : "";
    String functions = type.startsWith("fonction") ? "-fonctions" : "";
    return switch (type.split(":", 2)[0]) {
      case "siret" -> "siret";
      case "siren" -> "siren";
      case "commune", "commune_all_types" -> "communes@2026";
      case "departement" -> "departements@2026";
      case "code_postal" -> "codes-postaux@2026";
      case "epci_siren" -> "epci@2026";
      case "cpv" -> "cpv@2008";
      case "naf_rev2" -> "naf@rev2";
      case "compte", "fonction" ->
          (plan.contains("M14_COM_500") && functions.isEmpty()
                  ? "m14-com-500-3500"
                  : plan.contains("M14")
                      ? "m14-com-sup3500"
                      : plan.contains("M52") ? "m52" : plan.contains("M57_D") ? "m57-d" : "m57")
              + functions;
      default -> null;
    };
  }

  private static Tally check(String file, String sheet, String column, String reference)
      throws IOException {
    InputStream in = Files.newInputStream(SharedFiles.samples().resolve("open").resolve(file));
    Overrides overrides = new Overrides(null, null, null, sheet.isEmpty() ? null : sheet);
    TabularFile.Opened opened = (TabularFile.Opened) TabularFile.open(file, in, overrides);
    Request request =
        new Request(
            List.of(new Request.Declared(column, reference)),
            null,
            List.of(),
            List.of(),
            false,
            100,
            overrides,
            null);
    try (FileCheck check = FileCheck.begin(detector, opened, request, null, Language.ENGLISH)) {
      while (check.next() != null) {
        // The counts are what is asked for.
      }
      return check.total();
    }
  }

  @Test
  void every_value_counts_as_the_official_files_have_it() throws IOException {
    Map<String, String[]> expected = new HashMap<>();
    for (String[] row : table("expected_open.tsv")) {
      expected.put(row[0] + '|' + row[1] + '|' + row[2], row);
    }
    Map<String, String> different = new TreeMap<>();
    int compared = 0;
    for (String[] row : table("columns.tsv")) {
      String reference = reference(row[6]);
      String[] counts = expected.get(row[0] + '|' + row[5] + '|' + row[6]);
      // A column is held against one edition, and is one column.
      if (reference == null || counts == null || row[5].contains(" + ") || row[6].contains("|")) {
        continue;
      }
      Tally tally = check(row[0], row[1], row[5], reference);
      String told =
          tally.rows()
              + " valid "
              + tally.count(0, Outcome.VALID)
              + " obsolete "
              + (tally.count(0, Outcome.OBSOLETE) + tally.count(0, Outcome.FUTURE))
              + " unknown "
              + tally.count(0, Outcome.UNKNOWN)
              + " repairable "
              + tally.count(0, Outcome.REPAIRABLE)
              + " malformed "
              + tally.count(0, Outcome.MALFORMED)
              + " empty "
              + tally.count(0, Outcome.EMPTY)
              + " badCheckDigit "
              + tally.count(0, Outcome.BAD_CHECK_DIGIT);
      String argued = ARGUED.get(row[0] + '|' + row[5] + '|' + row[6].replace(':', '|'));
      String wanted = argued == null ? wanted(counts) : argued;
      compared++;
      if (!told.equals(wanted)) {
        different.put(row[0] + '|' + row[5] + '|' + row[6], told + "\n   instead of " + wanted);
      }
    }
    assertThat(different).isEmpty();
    assertThat(compared).isGreaterThan(95);
  }

  private static String detected(String file) throws IOException {
    InputStream in = Files.newInputStream(SharedFiles.samples().resolve("open").resolve(file));
    TabularFile.Opened opened = (TabularFile.Opened) TabularFile.open(file, in, Overrides.NONE);
    try (FileCheck check =
        FileCheck.begin(detector, opened, Request.DETECTING, null, Language.ENGLISH)) {
      while (check.next() != null) {
        // The columns and the counts are what is asked for.
      }
      List<String> columns = new ArrayList<>();
      check
          .plan()
          .bounds()
          .forEach(
              bound ->
                  columns.add(bound.name() + ' ' + bound.check().yardstick().referential().id()));
      return String.join(", ", columns)
          + ": "
          + check.total().ready()
          + " of "
          + check.total().rows();
    }
  }

  @Test
  void columns_are_not_what_their_names_alone_say() throws IOException {
    // The nature of a grant or of a market is no account, whatever plans are loaded.
    assertThat(detected("subventions_scdl_exemple_valide.csv"))
        .isEqualTo("idAttribuant siret, idBeneficiaire siret: 29 of 29");
    assertThat(detected("subventions_castelmaurou_2018.csv"))
        .isEqualTo("idAttribuant siret, idBeneficiaire siret: 95 of 95");
    assertThat(detected("decp_exemple_valide.xlsx"))
        .isEqualTo(
            "acheteur_id siret, codeCPV cpv, lieuExecution_code communes, titulaire_id siret:"
                + " 4 of 4");
    // The place of a market is a commune, a postal code or a département, as its row says.
    assertThat(detected("decp_augmente_2024_extrait.csv"))
        .isEqualTo(
            "titulaire_id_1 siret, codeCPV cpv, acheteur.id siret, lieuExecution.code"
                + " codes-postaux: 6 of 9");
    // Postal codes, seven of which are no more listed: nobody says what they are.
    assertThat(detected("marches_pays_mormal_2015.csv")).isEqualTo("ACHETEURS_ID siret: 29 of 33");
    // Amounts are no communes, though every third number of five digits is one: 763 in force.
    assertThat(detected("dgcl_garanties_dsr_2020.csv"))
        .isEqualTo("Informations générales - Code INSEE de la commune communes: 763 of 767");
    // 24 SIRET that a spreadsheet rounded, among 3,062 rows that need none.
    assertThat(detected("commerces_saint_etienne_encodages_melanges.csv"))
        .isEqualTo("siret siret, com_insee communes: 3038 of 3062");
  }

  /** The rows of a table about the files, without its header. */
  private static List<String[]> table(String name) throws IOException {
    return Files.readAllLines(SharedFiles.samples().resolve(name)).stream()
        .skip(1)
        .map(line -> line.split("\t", -1))
        .toList();
  }

  private static String wanted(String[] row) {
    List<String> words = new ArrayList<>(List.of(row[3]));
    String[] names = {"valid", "obsolete", "unknown", "repairable", "malformed", "empty"};
    for (int i = 0; i < names.length; i++) {
      words.add(names[i] + ' ' + number(row[4 + i]));
    }
    words.add("badCheckDigit " + number(row[11]));
    return String.join(" ", words);
  }

  private static String number(String cell) {
    return cell.equals("n/a") || cell.isEmpty() ? "0" : cell;
  }
}
