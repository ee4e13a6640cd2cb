import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.jooq.codegen.GenerationTool;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Jdbc;
import org.jooq.meta.jaxb.Target;

/**
 * Generates the jOOQ types from the migrations, on a real server started for the purpose: jOOQ's
 * own reader of SQL files cannot parse exclusion constraints. Does nothing while the migrations
 * have not changed.
 *
 * <p>Arguments: the folder of the migrations, the build folder.
 */
public final class GenerateJooqTypes {

  /** Runs the generation. */
  public static void main(String[] args) throws Exception {
    Path migrations = Path.of(args[0]);
    Path build = Path.of(args[1]);
    Path sources = build.resolve("generated-sources/jooq");
    Path stamp = build.resolve("generated-sources/jooq.sha256");
    String digest = digest(migrations);
    if (Files.exists(stamp)
        && Files.isDirectory(sources)
        && Files.readString(stamp).equals(digest)) {
      return;
    }
    System.out.println("Generating jOOQ types from " + migrations.getFileName());
    Files.createDirectories(build);
    try (EmbeddedPostgres postgres =
        EmbeddedPostgres.builder()
            .setPGStartupWait(Duration.ofSeconds(60))
            .setLocaleConfig("locale", "C")
            .setOverrideWorkingDirectory(build.resolve("jooq-postgres").toFile())
            .start()) {
      Flyway.configure()
          .dataSource(postgres.getPostgresDatabase())
          .locations("filesystem:" + migrations)
          .load()
          .migrate();
      GenerationTool.generate(
          new Configuration()
              .withJdbc(
                  new Jdbc()
                      .withUrl(postgres.getJdbcUrl("postgres", "postgres"))
                      .withUser("postgres"))
              .withGenerator(
                  new Generator()
                      .withDatabase(
                          new Database()
                              .withName("org.jooq.meta.postgres.PostgresDatabase")
                              .withInputSchema("public")
                              .withOutputSchemaToDefault(true)
                              .withIncludeRoutines(false)
                              .withIncludeUDTs(false)
                              .withExcludes("flyway_.*|stated.*"))
                      .withGenerate(
                          new Generate()
                              .withPojos(false)
                              .withDaos(false)
                              .withGeneratedAnnotation(false)
                              .withGlobalObjectReferences(true))
                      .withTarget(
                          new Target()
                              .withPackageName("fr.pivot.schema")
                              .withDirectory(sources.toString()))));
    }
    Files.writeString(stamp, digest);
  }

  private static String digest(Path migrations) throws Exception {
    MessageDigest sha = MessageDigest.getInstance("SHA-256");
    List<Path> files;
    try (Stream<Path> walk = Files.walk(migrations)) {
      files = walk.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : files) {
      sha.update(file.getFileName().toString().getBytes(StandardCharsets.UTF_8));
      sha.update(read(file));
    }
    return HexFormat.of().formatHex(sha.digest());
  }

  private static byte[] read(Path file) throws IOException {
    return Files.readAllBytes(file);
  }
}
