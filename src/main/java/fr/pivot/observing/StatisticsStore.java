package fr.pivot.observing;

import static fr.pivot.schema.Tables.ASKED_CODES;

import fr.pivot.registry.AskedCodes.Edition;
import fr.pivot.registry.AskedCodes.Outcome;
import io.micronaut.context.annotation.Requires;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** Keeps how many codes were asked for each day. */
@Singleton
@Requires(beans = DataSource.class)
class StatisticsStore {

  private final DataSource dataSource;

  StatisticsStore(DataSource dataSource) {
    this.dataSource = DelegatingDataSource.unwrapDataSource(dataSource);
  }

  /** What was asked for, and became of it. */
  record Asked(Edition edition, Outcome outcome) {}

  /** Adds counts to those of a day, in one statement for all; all of them or none. */
  void add(LocalDate day, Map<Asked, Long> more) {
    List<Map.Entry<Asked, Long>> rows = List.copyOf(more.entrySet());
    sql()
        .execute(
            """
            insert into asked_codes (day, referential, edition, outcome, total)
            select cast(? as date), r, e, o, t
              from unnest(cast(? as text[]), cast(? as text[]), cast(? as text[]), cast(? as bigint[])) as u(r, e, o, t)
             order by r, e, o
            on conflict (day, referential, edition, outcome) do update set total = asked_codes.total + excluded.total
            """,
            day,
            rows.stream().map(r -> r.getKey().edition().referential()).toArray(String[]::new),
            rows.stream().map(r -> r.getKey().edition().edition()).toArray(String[]::new),
            rows.stream().map(r -> r.getKey().outcome().id()).toArray(String[]::new),
            rows.stream().map(Map.Entry::getValue).toArray(Long[]::new));
  }

  /** The counts of days, the last day first. */
  List<Statistics.Line> list(LocalDate from, LocalDate before) {
    return sql()
        .selectFrom(ASKED_CODES)
        .where(ASKED_CODES.DAY.ge(from).and(ASKED_CODES.DAY.lt(before)))
        .orderBy(
            ASKED_CODES.DAY.desc(),
            ASKED_CODES.REFERENTIAL,
            ASKED_CODES.EDITION,
            ASKED_CODES.OUTCOME)
        .fetch(
            row ->
                Statistics.Line.of(
                    row.getDay(),
                    new Edition(row.getReferential(), row.getEdition()),
                    outcome(row.getOutcome()),
                    row.getTotal()));
  }

  private static Outcome outcome(String id) {
    return Arrays.stream(Outcome.values()).filter(o -> o.id().equals(id)).findFirst().orElseThrow();
  }

  private DSLContext sql() {
    return DSL.using(dataSource, SQLDialect.POSTGRES);
  }
}
