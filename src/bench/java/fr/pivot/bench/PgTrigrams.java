package fr.pivot.bench;

import fr.pivot.home.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL's pg_trgm and unaccent in the race: names folded by a function of the database, and
 * the most similar one first. Of the two kinds of index, both are tried.
 */
final class PgTrigrams {

  private static final String SCHEMA =
      """
      drop schema if exists race cascade;
      create schema race;
      set search_path = race;
      create extension pg_trgm schema race;
      create extension unaccent schema race;
      create function fold(t text) returns text language sql immutable parallel safe as
        $$ select trim(regexp_replace(regexp_replace(
             ' ' || regexp_replace(lower(race.unaccent('race.unaccent', t)), '[^a-z0-9]+', ' ', 'g') || ' ',
             ' st ', ' saint ', 'g'), ' ste ', ' sainte ', 'g')) $$;
      create table names (folded text, code text, departement text, population bigint, former boolean);
      set max_parallel_workers_per_gather = 0;
      set jit = off;
      """;

  /** The index gives all that are similar enough; the most similar is the answer. */
  private static final String GIN =
      """
      select code from names, (select fold(?) as q) a
      where folded %% q and (?::text is null or departement = ?)
      order by similarity(folded, q) desc, former, population desc limit 1
      """;

  /** The index gives the nearest ones in order; among equals the present and populous is first. */
  private static final String GIST =
      """
      select code from (
        select code, former, population, folded <-> fold(?) as d from names
        where ?::text is null or departement = ? order by d limit 20) n
      order by d, former, population desc limit 1
      """;

  private PgTrigrams() {}

  /** Takes the folder of the race and the kind of index, {@code gin} or {@code gist}. */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    boolean gin = args[1].equals("gin");
    try (EmbeddedDatabase server = EmbeddedDatabase.open(folder.resolve("postgres"));
        Connection connection =
            DriverManager.getConnection(
                server.address().url(), server.address().user(), server.address().password())) {
      NameRace.run(
          gin ? "pg_trgm, GIN" : "pg_trgm, GiST", folder, names -> build(connection, names, gin));
    }
  }

  private static NameRace.Engine build(
      Connection connection, List<NameRace.Name> names, boolean gin) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(SCHEMA);
    }
    connection.setAutoCommit(false);
    String insert = "insert into names values (fold(?), ?, ?, ?, ?)";
    try (PreparedStatement rows = connection.prepareStatement(insert)) {
      for (NameRace.Name name : names) {
        rows.setString(1, name.name());
        rows.setString(2, name.code());
        rows.setString(3, name.departement());
        rows.setLong(4, name.population());
        rows.setBoolean(5, name.former());
        rows.addBatch();
      }
      rows.executeBatch();
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          gin
              ? "create index on names using gin (folded gin_trgm_ops)"
              : "create index on names using gist (folded gist_trgm_ops(siglen=64))");
    }
    connection.commit();
    connection.setAutoCommit(true);
    try (Statement statement = connection.createStatement()) {
      statement.execute("vacuum analyze names");
    }
    return new Answering(connection, gin);
  }

  private static final class Answering implements NameRace.Engine {
    private final Connection connection;
    private final PreparedStatement question;
    private final Path process;

    Answering(Connection connection, boolean gin) throws SQLException {
      this.connection = connection;
      this.question = connection.prepareStatement(gin ? GIN.replace("%%", "%") : GIST);
      this.process = Path.of("/proc", one("select pg_backend_pid()"), "stat");
    }

    private String one(String sql) throws SQLException {
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery(sql)) {
        rows.next();
        return rows.getString(1);
      }
    }

    @Override
    public @Nullable String first(String text, @Nullable String departement) throws SQLException {
      question.setString(1, text);
      question.setString(2, departement);
      question.setString(3, departement);
      try (ResultSet rows = question.executeQuery()) {
        return rows.next() ? rows.getString(1) : null;
      }
    }

    @Override
    public long bytes() throws SQLException {
      return Long.parseLong(one("select pg_total_relation_size('race.names')"));
    }

    /** The CPU time of the process of this connection; the system counts in hundredths. */
    @Override
    public double cpu() throws IOException {
      String[] cells = Files.readString(process).replaceFirst(".*\\) ", "").split(" ");
      return (Long.parseLong(cells[11]) + Long.parseLong(cells[12])) / 100.0;
    }
  }
}
