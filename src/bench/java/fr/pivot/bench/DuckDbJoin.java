package fr.pivot.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/**
 * Joins a file with a table of translations by DuckDB, in one query that gives the rows in the
 * order of their ids, and tells how long that took, in seconds. Its driver has to be on the class
 * path.
 */
final class DuckDbJoin {

  private DuckDbJoin() {}

  /** Takes the table of translations, the file, and the file to write. */
  public static void main(String[] files) throws SQLException {
    try (Connection db = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = db.createStatement()) {
      long begin = System.nanoTime();
      // Its joins do not keep the order of their input, whatever preserve_insertion_order says.
      statement.execute(
          """
          copy (
            with t as (
              select code, string_agg(target, '|' order by target) as targets,
                     any_value(targetLabel) as label, any_value(status) as outcome
              from read_csv('%s', all_varchar = true) group by code)
            select f.*, t.targets, t.label, t.outcome
            from read_csv('%s', all_varchar = true) f left join t on t.code = f.commune
            order by cast(f.id as bigint)
          ) to '%s' (header)
          """
              .formatted(files[0], files[1], files[2]));
      System.out.printf(Locale.ROOT, "%.3f%n", (System.nanoTime() - begin) / 1e9);
    }
  }
}
