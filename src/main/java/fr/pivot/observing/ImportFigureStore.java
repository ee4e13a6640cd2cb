package fr.pivot.observing;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import fr.pivot.finding.Rule;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Requires;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** Counts what the log of imports says, whichever process imported. */
@Singleton
@Requires(beans = DataSource.class)
class ImportFigureStore {

  private static final String OUTCOMES =
      "select coalesce(outcome, 'unfinished'), count(*) from import group by 1";

  private static final String FINDINGS =
      """
      select f.key, sum(f.value::bigint)
        from import i cross join lateral jsonb_each_text(coalesce(i.findings -> 'counts', '{}')) f
       group by 1
      """;

  private static final Set<String> RULES =
      Arrays.stream(Rule.values()).map(Rule::code).collect(Collectors.toSet());

  private final DataSource dataSource;

  ImportFigureStore(DataSource dataSource) {
    this.dataSource = DelegatingDataSource.unwrapDataSource(dataSource);
  }

  /** Has the connections measured. */
  void measure(MeterRegistry meters) {
    if (dataSource instanceof HikariDataSource pool) {
      pool.setMetricsTrackerFactory(new MicrometerMetricsTrackerFactory(meters));
    }
  }

  /** How many imports there were, by how they ended. */
  Map<String, Long> countOutcomes() {
    return read(OUTCOMES);
  }

  /** How much was found in all imports together, by the code of the rule. */
  Map<String, Long> countFindings() {
    Map<String, Long> counts = read(FINDINGS);
    counts.keySet().retainAll(RULES);
    return counts;
  }

  private Map<String, Long> read(String select) {
    Map<String, Long> counts = new TreeMap<>();
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(select);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        counts.put(rows.getString(1), rows.getLong(2));
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the imports were not counted", e);
    }
    return counts;
  }
}
