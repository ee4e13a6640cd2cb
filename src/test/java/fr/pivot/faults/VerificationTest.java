package fr.pivot.faults;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.PivotTest;
import fr.pivot.PivotTest.Holding;
import fr.pivot.TestDatabase;
import fr.pivot.catalog.VerificationStore;
import fr.pivot.catalog.VerificationStore.Altered;
import fr.pivot.catalog.VerificationStore.Broken;
import fr.pivot.catalog.VerificationStore.Verification;
import io.micronaut.context.ApplicationContext;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What is changed by SQL, behind Pivot's back, is found and named. */
@PivotTest(Holding.SHIPPED_DATABASE)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VerificationTest {

  private final TestDatabase database;
  private final ApplicationContext context;

  VerificationTest(TestDatabase database, ApplicationContext context) {
    this.database = database;
    this.context = context;
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
        select id, '01004', 'population', 1, '[17000,18300)', measure_fact('01004', 'population', 1) from referential where name = 'epci'
        """);
    Verification found = verify();
    assertThat(found.altered())
        .containsExactly(
            new Altered("concept", "communes", "60694", List.of("2024", "2025", "2026")),
            // Its editions begin and end where no edition is.
            new Altered("measure", "epci", "01004", List.of("2019")));
    assertThat(found.broken())
        .containsExactly(
            new Broken("communes", "2024"),
            new Broken("communes", "2025"),
            new Broken("communes", "2026"),
            new Broken("epci", "2019"),
            new Broken("naf", "rev2"));
  }

  private void change(String statement) {
    database.sql(sql -> sql.execute(statement));
  }
}
