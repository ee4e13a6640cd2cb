package fr.pivot.validation.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.catalog.Release;
import fr.pivot.finding.Rule;
import fr.pivot.formats.ReadFiles;
import fr.pivot.formats.hexasmal.HexasmalFormat;
import fr.pivot.referential.Language;
import fr.pivot.referential.Text;
import fr.pivot.registry.CodeLists;
import fr.pivot.registry.Codes;
import fr.pivot.registry.memory.ReadRegistry;
import fr.pivot.text.detected.Overrides;
import fr.pivot.text.detected.TabularFile;
import fr.pivot.validation.Shipped;
import fr.pivot.validation.detection.Detector;
import fr.pivot.validation.rows.FileCheck;
import fr.pivot.validation.value.WrittenName;
import fr.pivot.validation.value.Yardstick;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What agrees between columns of a row, against what ships with Pivot. */
class ColumnRelationTest {

  private static @Nullable String called(String referential, String code, String name) {
    return called(referential, code, name, 0);
  }

  private static @Nullable String called(String referential, String code, String name, int cut) {
    Yardstick yardstick = Shipped.yardstick(referential);
    Text told =
        new ColumnRelation.Called(
                0, 1, yardstick, () -> Shipped.detector().labels(yardstick), _ -> false, cut)
            .contradiction(code, name, Shipped.TODAY);
    return told == null ? null : told.fr();
  }

  // --- The names of a code ---

  @Test
  void a_commune_is_not_called_as_those_that_share_its_postal_code() {
    // DGCL, garanties de DSR 2020, and ASP, référentiel des communes 2023: 67539 has the postal
    // codes 67170 and 67270.
    assertThat(called("communes", "67539", "Brumath"))
        .isEqualTo("67539 s'appelle Wingersheim les Quatre Bans");
    assertThat(called("communes", "01009", "BELLEY")).isEqualTo("01009 s'appelle Andert-et-Condon");
    assertThat(called("communes", "01009", "ANDERT ET CONDON")).isNull();
    assertThat(called("communes", "75056", "Paris")).isNull();
  }

  @Test
  void a_postal_code_is_called_as_the_communes_that_it_serves() {
    assertThat(called("codes-postaux", "67170", "BRUMATH")).isNull();
    assertThat(called("codes-postaux", "67170", "Krautwiller")).isNull();
    assertThat(called("codes-postaux", "01300", "ANDERT ET CONDON")).isNull();
    assertThat(called("codes-postaux", "67170", "Rennes")).startsWith("67170 a un des noms ");
  }

  @Test
  void no_commune_in_force_bears_the_name_of_its_neighbour() {
    Yardstick communes = Shipped.yardstick("communes");
    Codes book = Objects.requireNonNull(communes.codes());
    Release release = Objects.requireNonNull(communes.release());
    Codes postal = communes.registry().findCodes("codes-postaux").orElseThrow();
    Release latest = communes.registry().catalog().findLatest("codes-postaux").orElseThrow();
    List<String> wrong = new ArrayList<>();
    int compared = 0;
    List<String> codes = CodeLists.all(postal);
    for (int i = 0; i < codes.size(); i += 7) {
      List<String> served =
          postal.listLinks(codes.get(i), latest, Shipped.TODAY).stream()
              .filter(link -> link.referential().equals("communes"))
              .map(link -> link.target())
              .filter(code -> book.isInForce(code, release, Shipped.TODAY))
              .toList();
      if (served.size() > 1) {
        String code = served.getFirst();
        String neighbour = Objects.requireNonNull(communes.label(served.getLast()));
        boolean own =
            book.listStates(code, release).stream()
                .anyMatch(state -> WrittenName.of(neighbour).means(state.label()));
        compared++;
        if (!own && called("communes", code, neighbour) == null) {
          wrong.add(code + ' ' + neighbour);
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(compared).isGreaterThan(500);
  }

  @Test
  void a_name_that_is_exactly_that_of_another_is_the_other() {
    assertThat(called("communes", "34217", "PRADES LE LEZ")).isNull();
    assertThat(called("communes", "34217", "Prades")).isEqualTo("34217 s'appelle Prades-le-Lez");
    assertThat(called("communes", "71095", "La Chapelle-sur-Dun"))
        .isEqualTo("71095 s'appelle La Chapelle-sous-Dun");
    assertThat(called("epci", "249740085", "CC du Sud")).isEqualTo("249740085 s'appelle CA du Sud");
    // Of the two that are called so, INSEE writes one in letters and DGCL in figures.
    assertThat(called("epci", "249100157", "CC des Deux Vallées")).isNull();
  }

  @Test
  void what_la_poste_writes_beside_a_postal_code_is_one_of_its_names() throws IOException {
    ReadRegistry read = new ReadRegistry().readShipped();
    read.read(
        new HexasmalFormat(),
        List.of(
            ReadFiles.file(
                "019HexaSmal_2026-01.csv",
                """
                Code_commune_INSEE;Nom_de_la_commune;Code_postal;Libellé_d_acheminement;Ligne_5
                97413;ST LEU;97424;ST LEU;LE PITON ST LEU
                97413;ST LEU;97424;ST LEU;LE PLATE
                97413;ST LEU;97436;ST LEU;
                """)),
        "2026");
    Detector detector = new Detector(read.toRegistry(), Shipped.TODAY);
    Yardstick postal =
        detector.yardstick(
            detector.registry().catalog().findReferential("codes-postaux").orElseThrow());
    ColumnRelation called =
        new ColumnRelation.Called(0, 1, postal, () -> detector.labels(postal), _ -> false, 0);
    assertThat(called.contradiction("97424", "PITON SAINT LEU", Shipped.TODAY)).isNull();
    assertThat(called.contradiction("97424", "SAINT LEU", Shipped.TODAY)).isNull();
    assertThat(called.contradiction("97436", "PITON SAINT LEU", Shipped.TODAY)).isNotNull();
  }

  // --- What contradicts each other is told once ---

  private static List<String> told(String file) throws IOException {
    TabularFile.Opened opened =
        (TabularFile.Opened)
            TabularFile.open(
                "f.csv", new ByteArrayInputStream(file.getBytes(UTF_8)), Overrides.NONE);
    try (FileCheck check =
        FileCheck.begin(Shipped.detector(), opened, Request.DETECTING, null, Language.FRENCH)) {
      while (check.next() != null) {
        // What is found is asked for at the end.
      }
      return check.total().findings().stream()
          .filter(f -> f.rule() == Rule.INCONSISTENT_COLUMNS || f.rule() == Rule.LABEL_MISMATCH)
          .map(f -> f.line() + " " + f.rank() + ' ' + f.rule().code() + ' ' + f.value())
          .toList();
    }
  }

  @Test
  void two_columns_that_contradict_each_other_are_told_once_at_the_wrong_one() throws IOException {
    // La Poste, communes nouvelles 2016: Saline was 14712; 14172 is Commes.
    assertThat(
            told(
                """
                code_insee;code_postal;commune
                02439;02160;LES SEPTVALLONS
                14431;14340;MEZIDON VALLEE D AUGE
                14431;14140;MEZIDON VALLEE D AUGE
                14475;14210;VAL D ARRY
                01004;01500;AMBERIEU EN BUGEY
                35238;35200;RENNES
                49007;49000;ANGERS
                34172;34000;MONTPELLIER
                33063;33000;BORDEAUX
                14172;14670;SALINE
                01004;01510;AMBERIEU EN BUGEY
                """))
        .containsExactlyInAnyOrder(
            // The postal code serves what is called so, or the commune is: the other one is wrong.
            "11 0 inconsistent-columns 14172",
            "11 2 label-mismatch SALINE",
            "12 1 inconsistent-columns 01510");
  }
}
