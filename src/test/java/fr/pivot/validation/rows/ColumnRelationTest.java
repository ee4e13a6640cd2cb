package fr.pivot.validation.rows;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.catalog.Release;
import fr.pivot.referential.Text;
import fr.pivot.registry.memory.Codebook;
import fr.pivot.validation.Shipped;
import fr.pivot.validation.value.Labels;
import fr.pivot.validation.value.Yardstick;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What agrees between columns of a row, against what ships with Pivot. */
class ColumnRelationTest {

  private static @Nullable String called(String referential, String code, String name) {
    Text told =
        new ColumnRelation.Called(0, 1, Shipped.yardstick(referential))
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
    Codebook book = Objects.requireNonNull(communes.codebook());
    Release release = Objects.requireNonNull(communes.release());
    Codebook postal = communes.registry().findCodebook("codes-postaux").orElseThrow();
    Release latest = communes.registry().catalog().findLatest("codes-postaux").orElseThrow();
    List<String> wrong = new ArrayList<>();
    int compared = 0;
    for (int rank = 0; rank < postal.size(); rank += 7) {
      List<String> served =
          postal.listLinks(postal.code(rank), latest, Shipped.TODAY).stream()
              .filter(link -> link.referential().equals("communes"))
              .map(link -> link.target())
              .filter(code -> book.isInForce(code, release, Shipped.TODAY))
              .toList();
      if (served.size() > 1) {
        String code = served.getFirst();
        String neighbour = Objects.requireNonNull(communes.label(served.getLast()));
        boolean own =
            book.listStates(code, release).stream()
                .anyMatch(state -> Labels.areSame(state.label(), neighbour));
        compared++;
        if (!own && called("communes", code, neighbour) == null) {
          wrong.add(code + ' ' + neighbour);
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(compared).isGreaterThan(500);
  }
}
