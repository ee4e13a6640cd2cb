package fr.pivot.validation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.catalog.Release;
import fr.pivot.finding.Rule;
import fr.pivot.finding.Severity;
import fr.pivot.formats.SharedFiles;
import fr.pivot.formats.comptes.ComptesFormat;
import fr.pivot.referential.Language;
import fr.pivot.referential.Referential;
import fr.pivot.registry.Codes;
import fr.pivot.registry.Registry;
import fr.pivot.registry.memory.ReadRegistry;
import fr.pivot.text.detected.Overrides;
import fr.pivot.text.detected.TabularFile;
import fr.pivot.validation.detection.Detector;
import fr.pivot.validation.plan.Request;
import fr.pivot.validation.rows.FileCheck;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Referentials whose columns are called alike, as those of all account plans are: a file of one is
 * never wrong because of what is loaded of the others.
 */
class LikeReferentialsTest {

  private static final List<String> PLANS =
      List.of(
          "2014_M14_COM_SUP3500",
          "2018_M14_COM_SUP3500",
          "2024_M14_COM_SUP3500",
          "2013_M14_COM_500_3500",
          "2022_M14_COM_500_3500",
          "2016_M43_D",
          "2014_M52",
          "2021_M52",
          "2021_M57",
          "2024_M57_A",
          "2024_M57_D");

  private static final int SUBSETS = 12;

  /** How many codes a small file has. */
  private static final int FEW = 12;

  private static Registry read(List<String> plans) throws IOException {
    ReadRegistry registry = new ReadRegistry();
    for (String plan : plans) {
      registry.read(
          new ComptesFormat(), List.of(SharedFiles.get("comptes/plans/" + plan + ".xml")), null);
    }
    return registry.toRegistry();
  }

  /** Columns of codes of each edition of each plan, all of them and a few, under shared names. */
  private static Map<String, List<String>> columns(Registry all, Random random) {
    Map<String, List<String>> columns = new LinkedHashMap<>();
    for (Referential referential : all.catalog().listReferentials()) {
      Codes book = all.findCodes(referential.id()).orElse(null);
      if (book == null) {
        continue;
      }
      List<String> names = referential.headers();
      for (Release release : all.catalog().listReleases(referential.id())) {
        List<String> codes = book.listInForce(release, release.head().referenceDate());
        List<String> few = random.ints(FEW, 0, codes.size()).mapToObj(codes::get).toList();
        String edition = "\t" + referential.id() + '@' + release.edition();
        columns.put(names.getFirst() + edition, codes);
        columns.put(names.get(random.nextInt(names.size())) + edition + " few", few);
      }
    }
    return columns;
  }

  private static TreeSet<String> errors(Detector detector, String column, List<String> values)
      throws IOException {
    String file = column + "\tx\n" + String.join("\t1\n", values) + "\t1\n";
    TabularFile.Opened opened =
        (TabularFile.Opened)
            TabularFile.open(
                "f.tsv",
                new ByteArrayInputStream(file.getBytes(UTF_8)),
                new Overrides(UTF_8, '\t', 1, null));
    try (FileCheck check =
        FileCheck.begin(detector, opened, Request.DETECTING, null, Language.ENGLISH)) {
      while (check.next() != null) {
        // The counts are what is asked for.
      }
      TreeSet<String> rules = new TreeSet<>();
      Arrays.stream(Rule.values())
          .filter(rule -> rule.severity() == Severity.ERROR && check.total().count(rule) > 0)
          .forEach(rule -> rules.add(rule.code() + ' ' + check.total().count(rule)));
      return rules;
    }
  }

  @Test
  void no_plan_that_is_loaded_makes_errors_in_a_file_of_another() throws IOException {
    Random random = new Random(13);
    Map<String, List<String>> columns = columns(read(PLANS), random);
    assertThat(columns).hasSizeGreaterThan(30);
    columns.put("fonction\tmade up", List.of("0", "1", "2", "DIR", "AGT"));
    columns.put(
        "nature\ttens", List.of("10", "20", "30", "40", "50", "60", "70", "80", "90", "99"));
    columns.put("article\tcounted", List.of("1", "2", "3", "4", "5", "6", "7", "8", "9", "10"));
    Map<String, Object> wrong = new LinkedHashMap<>();
    for (int i = 0; i < SUBSETS; i++) {
      List<String> loaded = new ArrayList<>(PLANS);
      Collections.shuffle(loaded, random);
      loaded = loaded.subList(0, 1 + i % PLANS.size());
      Detector detector = new Detector(read(loaded), Shipped.TODAY);
      for (Map.Entry<String, List<String>> column : columns.entrySet()) {
        String name = column.getKey().substring(0, column.getKey().indexOf('\t'));
        TreeSet<String> errors = errors(detector, name, column.getValue());
        if (!errors.isEmpty()) {
          wrong.put(column.getKey() + " with " + loaded, errors);
        }
      }
    }
    assertThat(wrong).isEmpty();
  }
}
