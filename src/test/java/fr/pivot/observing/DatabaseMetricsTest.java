package fr.pivot.observing;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.PivotTest;
import fr.pivot.PivotTest.Holding;
import io.micronaut.context.ApplicationContext;
import org.junit.jupiter.api.Test;

/** What is measured of the database and of imports. */
@PivotTest(value = Holding.SHIPPED_DATABASE, properties = "pivot.metrics-port=0")
class DatabaseMetricsTest {

  private final Metrics metrics;
  private final ImportFigureStore imports;

  DatabaseMetricsTest(ApplicationContext context) {
    this.metrics = context.getBean(Metrics.class);
    this.imports = context.getBean(ImportFigureStore.class);
  }

  @Test
  void imports_and_connections_are_told() {
    assertThat(imports.countOutcomes()).containsOnlyKeys("published");
    metrics.tellImports(imports.countOutcomes(), imports.countFindings());
    String scrape = metrics.scrape();
    assertThat(scrape)
        .contains("pivot_imports{outcome=\"published\"} ")
        .contains("\nhikaricp_connections_max{")
        .contains("\nhikaricp_connections_pending{");
    assertThat(imports.countFindings().keySet())
        .allSatisfy(
            rule -> assertThat(scrape).contains("pivot_import_findings{rule=\"" + rule + "\"} "));
  }
}
