package fr.pivot.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.pivot.Await;
import fr.pivot.cli.session.Installation;
import fr.pivot.http.ContractClient;
import fr.pivot.importing.Imports;
import fr.pivot.importing.ShippedReferentials;
import fr.pivot.registry.memory.Registries;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that reads a hot standby, beside one that writes to the server which that one copies. */
class StandbyTest {

  @TempDir static Path folder;

  private static EmbeddedPostgres.Builder server(Path data) {
    return EmbeddedPostgres.builder()
        .setOverrideWorkingDirectory(Path.of("target", "postgres").toFile())
        .setDataDirectory(data)
        .setCleanDataDirectory(false)
        .setPGStartupWait(Duration.ofSeconds(60));
  }

  /** A copy of the files of a running server, made as its manual says (§26.3.3). */
  private static void copy(EmbeddedPostgres primary, Path from, Path to)
      throws SQLException, IOException {
    try (Connection connection = primary.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("select pg_backup_start('copy', true)");
      try (Stream<Path> files = Files.walk(from)) {
        for (Path file : files.toList()) {
          String name = String.valueOf(from.relativize(file));
          Path target = to.resolve(name);
          if (Files.isDirectory(file)) {
            Files.createDirectories(target);
          } else if (!name.startsWith("postmaster.") && !name.startsWith("epg-lock")) {
            Files.copy(file, target);
          }
        }
      }
      try (ResultSet end = statement.executeQuery("select labelfile from pg_backup_stop(false)")) {
        end.next();
        Files.writeString(to.resolve("backup_label"), end.getString(1));
      }
    }
    Files.createFile(to.resolve("standby.signal"));
    Files.writeString(
        to.resolve("postgresql.auto.conf"),
        "primary_conninfo = 'host=127.0.0.1 port=" + primary.getPort() + " user=postgres'\n",
        StandardOpenOption.APPEND);
    to.toFile().setReadable(false, false);
    Files.setPosixFilePermissions(
        to, java.nio.file.attribute.PosixFilePermissions.fromString("rwx------"));
  }

  private static ApplicationContext start(EmbeddedPostgres server, Map<String, Object> further) {
    Map<String, Object> properties = new HashMap<>(further);
    properties.put("datasources.default.url", server.getJdbcUrl("postgres", "postgres"));
    properties.put("datasources.default.username", "postgres");
    properties.put("datasources.default.password", "");
    properties.put("micronaut.server.port", -1);
    return ApplicationContext.builder()
        .properties(properties)
        .banner(false)
        .deduceEnvironment(false)
        .start();
  }

  private static void publish(ApplicationContext writer, String referential) throws IOException {
    Path pack = Path.of("referentials", referential, "2019-2026");
    Path parent = folder.resolve(referential).resolve(referential);
    try (Stream<Path> files = Files.walk(pack.getParent())) {
      for (Path file : files.toList()) {
        Path target = parent.resolve(String.valueOf(pack.getParent().relativize(file)));
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
    assertThat(
            writer
                .getBean(ShippedReferentials.class)
                .publishMissing(folder.resolve(referential), _ -> {}))
        .isEmpty();
  }

  private static void onStandby(EmbeddedPostgres standby, String statement) throws SQLException {
    try (Connection connection = standby.getPostgresDatabase().getConnection();
        Statement made = connection.createStatement()) {
      made.execute(statement);
    }
  }

  @Test
  void what_is_published_on_the_one_is_answered_by_the_other() throws Exception {
    Path data = folder.resolve("primary");
    try (EmbeddedPostgres primary = server(data).start();
        ApplicationContext writer = start(primary, Map.of())) {
      publish(writer, "regions");
      copy(primary, data, folder.resolve("standby"));
      try (EmbeddedPostgres standby = server(folder.resolve("standby")).start();
          ApplicationContext reader = start(standby, Installation.READER)) {
        ContractClient client =
            new ContractClient(reader.getBean(EmbeddedServer.class).start().getURI());
        Registries registries = reader.getBean(Registries.class);
        registries.refresh();
        registries.poll();
        assertThat(client.get("/v1/referentials/regions/codes/84").statusCode()).isEqualTo(200);
        assertThat(client.get("/v1/referentials/departements/codes/38").statusCode())
            .isEqualTo(404);
        publish(writer, "departements");
        Await.until(
            "the reader answers from what was published",
            Duration.ofSeconds(20),
            () -> client.get("/v1/referentials/departements/codes/38").statusCode() == 200);
        assertThat(client.get("/health/ready").body()).contains("\"referentials\":2");
        assertThatThrownBy(() -> Imports.pack(reader, Path.of("referentials/iso-15924/4.15")))
            .hasStackTraceContaining("read-only");
        fallsBehindAndCatchesUp(standby, writer, registries, client);
      }
    }
  }

  private static void fallsBehindAndCatchesUp(
      EmbeddedPostgres standby,
      ApplicationContext writer,
      Registries registries,
      ContractClient client)
      throws Exception {
    onStandby(standby, "select pg_wal_replay_pause()");
    publish(writer, "iso-15924");
    Await.until(
        "the reader knows that it is behind",
        Duration.ofSeconds(20),
        () -> registries.behind().compareTo(Duration.ofMillis(500)) > 0);
    assertThat(client.get("/v1/referentials/iso-15924").statusCode()).isEqualTo(404);
    assertThat(client.get("/health/ready").body()).doesNotContain("\"behindSeconds\":0,");
    onStandby(standby, "select pg_wal_replay_resume()");
    Await.until(
        "it has caught up",
        Duration.ofSeconds(20),
        () ->
            client.get("/v1/referentials/iso-15924").statusCode() == 200
                && registries.behind().isZero());
  }
}
