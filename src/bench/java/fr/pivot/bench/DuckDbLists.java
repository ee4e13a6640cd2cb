package fr.pivot.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Looks the codes of a file up in ready-made lists with DuckDB, order kept; prints the seconds. */
final class DuckDbLists {

  private DuckDbLists() {}

  /**
   * Takes the file, what to write, 1 or 4 columns, and the lists of communes, NAF, postal codes.
   */
  public static void main(String[] args) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      long begin = System.nanoTime();
      String file =
          "(select row_number() over () as place, * from read_csv('"
              + args[0]
              + "', all_varchar=true))";
      String found = "f.commune in (select code from communes) as commune_ok";
      statement.execute(list("communes", args[3]));
      if (args[2].equals("4")) {
        statement.execute(list("naf", args[4]));
        statement.execute(list("postal", args[5]));
        found +=
            ", f.ape in (select code from naf) as ape_ok, f.cp in (select code from postal) as cp_ok";
      }
      statement.execute(
          "copy (select f.* exclude place, "
              + found
              + " from "
              + file
              + " f order by place) to '"
              + args[1]
              + "' (header)");
      System.out.println((System.nanoTime() - begin) / 1e9);
    }
  }

  private static String list(String name, String file) {
    return "create table "
        + name
        + " as select * from read_csv('"
        + file
        + "', header=false, all_varchar=true, columns={'code': 'varchar'})";
  }
}
