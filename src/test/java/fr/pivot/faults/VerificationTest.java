package fr.pivot.faults;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.TestDatabase;
import fr.pivot.catalog.VerificationStore;
import fr.pivot.catalog.VerificationStore.Altered;
import fr.pivot.catalog.VerificationStore.Broken;
import fr.pivot.catalog.VerificationStore.Verification;
import io.micronaut.context.ApplicationContext;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What is changed by SQL, behind Pivot's back, is found and named. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VerificationTest {

  private TestDatabase database;
  private ApplicationContext context;

  @BeforeAll
  void load() {
    database = TestDatabase.shipped();
    context = database.start();
  }

  @AfterAll
  void close() {
    context.close();
    database.close();
  }

  private Verification verify() {
    return context.getBean(VerificationStore.class).verify();
  }

  @Test
  void a_registry_that_was_changed_names_the_editions_and_the_codes() {
    Verification sound = verify();
    assertThat(sound.isSound()).as(sound.toString()).isTrue();
    assertThat(sound.editions())
        .isEqualTo(
            Integer.parseInt(
                String.valueOf(
                    database.value("select count(*) from release where state = 'published'"))));

    // A name that was never published.
    change(
        """
        update concept set label = 'Nulle-Part'
         where code = '60694' and upper_inf(validity) and referential = (select id from referential where name = 'communes')
        """);
    // A row less.
    change(
        "delete from link where code = '62.01Z' and referential = (select id from referential where name = 'naf')");
    // A row more, its fingerprint right.
    change(
        """
        insert into measure (referential, code, name, value, releases, fact)
        select id, '01004', 'population', 1, '[18000,18300)', measure_fact('01004', 'population', 1) from referential where name = 'epci'
        """);
    // A row that one more edition is said to state.
    change(
        "update succession set releases = int4range(lower(releases) - 1, upper(releases)) where referential = (select id from referential where name = 'ept')");

    Verification found = verify();
    assertThat(found.altered())
        .containsExactly(
            new Altered("concept", "communes", "60694", List.of("2024", "2025", "2026")));
    assertThat(found.broken())
        .contains(
            new Broken("communes", "2024"),
            new Broken("communes", "2025"),
            new Broken("communes", "2026"),
            new Broken("naf", "rev2"))
        .doesNotContain(new Broken("communes", "2019"), new Broken("communes", "2023"))
        .noneMatch(b -> b.referential().equals("departements"));
    assertThat(found.broken()).extracting(Broken::referential).contains("epci");
  }

  private void change(String statement) {
    database.sql(sql -> sql.execute(statement));
  }
}
