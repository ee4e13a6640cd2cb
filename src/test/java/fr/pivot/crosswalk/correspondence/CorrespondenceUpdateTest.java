package fr.pivot.crosswalk.correspondence;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.catalog.Catalog;
import fr.pivot.catalog.Release;
import fr.pivot.crosswalk.correspondence.CorrespondenceUpdate.Line;
import fr.pivot.crosswalk.correspondence.CorrespondenceUpdate.Reference;
import fr.pivot.formats.PairedCodes;
import fr.pivot.referential.CheckRule;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Kind;
import fr.pivot.referential.Level;
import fr.pivot.referential.Referential;
import fr.pivot.referential.ReleaseHead;
import fr.pivot.referential.Text;
import fr.pivot.referential.Validity;
import fr.pivot.referential.correspondence.CorrespondenceHead;
import fr.pivot.referential.correspondence.CorrespondenceHead.Side;
import fr.pivot.registry.Codes;
import fr.pivot.registry.Correspondence;
import fr.pivot.registry.Registry;
import fr.pivot.registry.memory.CodebookBuilder;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Fruits of 2021 stood on shelves; there are fruits of 2022 now. What is expected follows the
 * "Explanation of the flags" of Eurostat's <a
 * href="https://search.r-project.org/CRAN/refmans/correspondenceTables/html/updateCorrespondenceTable.html">
 * updateCorrespondenceTable</a>, read by hand.
 */
class CorrespondenceUpdateTest {

  private static final Side OLD = new Side("fruits", "2021");
  private static final Side NEW = new Side("fruits", "2022");
  private static final Side SHELVES = new Side("shelves", "1");

  private static final Registry REGISTRY = registry();

  private static final Correspondence ON_SHELVES =
      table("old-shelves", OLD, SHELVES, "A1-B1", "A1-B3", "A2-B2", "A3-B2", "A4-B3");
  private static final Correspondence RENEWED =
      table("old-new", OLD, NEW, "A1-A1", "A2-A2", "A2-A6", "A3-A6");

  @Test
  void every_line_is_flagged_as_the_documentation_says() {
    assertThat(lines(ON_SHELVES, RENEWED, Reference.TARGET))
        .containsExactly(
            "A1 B1 narrower A1 [review]",
            "A1 B3 related A1 [review]",
            "A2 B2 broader A2 [code-changed, label-changed]",
            "A6 B2 related A2 [code-changed, redundant, label-changed]",
            "A6 B2 related A3 [code-changed, redundant, label-changed]",
            "A7 - - - [no-match-to-target, no-match-from-source]",
            "- B3 - A4 [no-match-to-source]",
            "- B4 - - [no-match-to-source, no-match-from-target]",
            "- - - A5 [no-match-to-source, no-match-to-target]");
  }

  @Test
  void the_side_of_reference_decides_what_is_reviewed() {
    assertThat(lines(ON_SHELVES, RENEWED, Reference.NONE)).noneMatch(l -> l.contains("review"));
    // B2 leads to A2 and A6; B1 and B3 each to one fruit.
    assertThat(lines(ON_SHELVES, RENEWED, Reference.SOURCE))
        .filteredOn(l -> l.contains("review"))
        .extracting(l -> l.substring(0, 5))
        .containsExactly("A2 B2", "A6 B2", "A6 B2");
  }

  @Test
  void a_target_side_is_renewed_likewise() {
    Correspondence holding =
        table("shelves-old", SHELVES, OLD, "B1-A1", "B2-A2", "B2-A3", "B3-A1", "B3-A4");
    CorrespondenceUpdate update =
        CorrespondenceUpdate.propose(REGISTRY, holding, RENEWED, Reference.SOURCE).orElseThrow();
    assertThat(update.source()).isEqualTo(SHELVES);
    assertThat(update.target()).isEqualTo(NEW);
    assertThat(lines(holding, RENEWED, Reference.SOURCE))
        .containsExactly(
            "B1 A1 broader A1 [review]",
            "B2 A2 narrower A2 [code-changed, label-changed]",
            "B2 A6 related A2 [code-changed, redundant, label-changed]",
            "B2 A6 related A3 [code-changed, redundant, label-changed]",
            "B3 A1 related A1 [review]",
            "B3 - - A4 [no-match-to-target]",
            "B4 - - - [no-match-to-target, no-match-from-source]",
            "- A7 - - [no-match-to-source, no-match-from-target]",
            "- - - A5 [no-match-to-source, no-match-to-target]");
  }

  @Test
  void the_table_between_the_editions_may_lead_either_way() {
    Correspondence backwards = table("new-old", NEW, OLD, "A1-A1", "A2-A2", "A6-A2", "A6-A3");
    assertThat(lines(ON_SHELVES, backwards, Reference.TARGET))
        .isEqualTo(lines(ON_SHELVES, RENEWED, Reference.TARGET));
  }

  @Test
  void tables_that_share_no_side_or_both_propose_nothing() {
    Correspondence elsewhere = table("x", NEW, new Side("other", "1"), "A1-C1");
    assertThat(CorrespondenceUpdate.propose(REGISTRY, ON_SHELVES, elsewhere, Reference.TARGET))
        .isEmpty();
    assertThat(CorrespondenceUpdate.propose(REGISTRY, ON_SHELVES, ON_SHELVES, Reference.TARGET))
        .isEmpty();
    Correspondence backwards = table("shelves-old", SHELVES, OLD, "B1-A1");
    assertThat(CorrespondenceUpdate.propose(REGISTRY, ON_SHELVES, backwards, Reference.TARGET))
        .isEmpty();
  }

  private static List<String> lines(
      Correspondence base, Correspondence other, Reference reference) {
    return CorrespondenceUpdate.propose(REGISTRY, base, other, reference)
        .orElseThrow()
        .listLines()
        .stream()
        .map(CorrespondenceUpdateTest::text)
        .toList();
  }

  private static String text(Line line) {
    List<String> cells = CorrespondenceUpdate.cells(line);
    return cells.subList(0, 4).stream()
            .map(c -> c.isEmpty() ? "-" : c)
            .reduce((a, b) -> a + ' ' + b)
            .orElseThrow()
        + ' '
        + line.flags().stream().map(CorrespondenceUpdate.Flag::id).toList();
  }

  private static Correspondence table(String id, Side source, Side target, String... pairs) {
    PairedCodes codes = new PairedCodes();
    for (String pair : pairs) {
      String[] parts = pair.split("-", -1);
      codes.add(parts[0], parts[1]);
    }
    return new Correspondence(
        new CorrespondenceHead(
            id, new Text(id, id), "Pivot", null, source, target, null, List.of()),
        "",
        Instant.EPOCH,
        codes.toAssociations());
  }

  private static Registry registry() {
    Referential fruits = referential("fruits");
    Referential shelves = referential("shelves");
    Release of2021 = release(1, OLD, LocalDate.of(2021, 1, 1));
    Release of2022 = release(2, NEW, LocalDate.of(2022, 1, 1));
    Release only = release(3, SHELVES, LocalDate.of(2021, 1, 1));
    CodebookBuilder book = new CodebookBuilder(fruits);
    Map<String, String> first =
        Map.of("A1", "Apples", "A2", "Pears", "A3", "Plums", "A4", "Nuts", "A5", "Roots");
    Map<String, String> second =
        Map.of("A1", "apples.", "A2", "Pears, quinces", "A6", "Stone fruit", "A7", "Melons");
    List<String> codes = new ArrayList<>(List.of("A1", "A2", "A3", "A4", "A5", "A6", "A7"));
    for (String code : codes) {
      if (first.containsKey(code)) {
        book.addState(state(code, first.get(code)), of2021.position(), of2022.position());
      }
      if (second.containsKey(code)) {
        book.addState(state(code, second.get(code)), of2022.position(), null);
      }
    }
    CodebookBuilder places = new CodebookBuilder(shelves);
    for (String code : List.of("B1", "B2", "B3", "B4")) {
      places.addState(state(code, "Shelf " + code), null, null);
    }
    Map<String, Codes> books = new HashMap<>();
    books.put("fruits", book.build());
    books.put("shelves", places.build());
    return new Registry(
        new Catalog(1, List.of(fruits, shelves), List.of(of2021, of2022, only)), books, List.of());
  }

  private static ConceptState state(String code, String label) {
    return new ConceptState(code, Validity.ALWAYS, "item", label, Map.of(), Map.of(), false);
  }

  private static Release release(long id, Side side, LocalDate day) {
    return new Release(
        id,
        (int) day.toEpochDay(),
        new ReleaseHead(side.referential(), side.edition(), day, null, List.of()),
        "",
        0,
        0,
        0,
        0,
        0,
        Map.of(),
        Instant.EPOCH);
  }

  private static Referential referential(String id) {
    return new Referential(
        id,
        Kind.NOMENCLATURE,
        new Text(id, id),
        new Text("", ""),
        "Pivot",
        null,
        null,
        "https://example.org/",
        Pattern.compile(".+"),
        CheckRule.NONE,
        "A1",
        List.of(new Level("item", new Text("", ""))),
        List.of(),
        List.of(),
        null,
        List.of(),
        false,
        List.of(),
        null,
        Referential.Usage.PLAIN);
  }
}
