package fr.pivot.formats.cog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import fr.pivot.finding.Finding;
import fr.pivot.finding.Findings;
import fr.pivot.finding.Rule;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EditionTest {

  private final Findings findings = new Findings();

  @ParameterizedTest
  @CsvSource({
    "v_commune_2026.csv, 2026",
    "communes-01012019.csv, 2019",
    "mvtcommune2020-csv.csv, 2020",
    "cog_20240101.csv, 2024",
    "France2018.txt, 2018",
    "v_mvtcommune_2023_ANOMALIE_zeros_perdus.csv, 2023"
  })
  void the_name_of_a_file_tells_its_edition(String name, String edition) {
    assertThat(Edition.find(List.of(name), null, findings))
        .contains(new Edition(edition, LocalDate.of(Integer.parseInt(edition), 1, 1)));
  }

  @Test
  void names_that_contradict_each_other_are_refused() {
    assertThat(Edition.find(List.of("v_commune_2026.csv", "v_mvtcommune_2025.csv"), null, findings))
        .isEmpty();
    assertThat(findings.list())
        .extracting(Finding::rule, f -> f.place().file(), Finding::value, Finding::suggestion)
        .containsExactly(tuple(Rule.UNKNOWN_EDITION, "v_mvtcommune_2025.csv", "2025", "2026"));
  }

  @Test
  void a_name_that_tells_nothing_is_refused() {
    assertThat(Edition.find(List.of("communes.csv"), null, findings)).isEmpty();
    assertThat(findings.list()).extracting(Finding::rule).containsExactly(Rule.UNKNOWN_EDITION);
  }

  @Test
  void the_caller_overrides_names() {
    assertThat(Edition.find(List.of("communes.csv", "v_2025.csv"), "2026", findings))
        .contains(new Edition("2026", LocalDate.of(2026, 1, 1)));
    assertThat(findings.list()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "latest", "2026-01-01", "2025/2026"})
  void an_edition_that_tells_no_year_is_refused(String given) {
    assertThat(Edition.find(List.of("v_commune_2026.csv"), given, findings)).isEmpty();
    assertThat(findings.list()).extracting(Finding::rule).containsExactly(Rule.UNKNOWN_EDITION);
  }
}
