package fr.pivot.faults;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.TestDatabase;
import fr.pivot.catalog.VerificationStore;
import fr.pivot.http.ContractClient;
import fr.pivot.importing.Importer;
import fr.pivot.importing.ShippedReferentials;
import fr.pivot.registry.memory.Registries;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes that start at one moment on an empty database: both come up, and load it once. */
class TwoNodesTest {

  private static final List<String> SHIPPED =
      List.of("regions", "departements", "ept", "iso-3166-1");

  @RepeatedTest(3)
  void nodes_started_together_on_an_empty_database_both_answer_and_load_it_once(
      @TempDir Path folder) throws Exception {
    for (String referential : SHIPPED) {
      Path from = Path.of("referentials", referential);
      try (Stream<Path> files = Files.walk(from)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Path copy = folder.resolve(referential).resolve(from.relativize(file).toString());
          Files.createDirectories(copy.getParent());
          Files.copy(file, copy);
        }
      }
    }
    CyclicBarrier together = new CyclicBarrier(2);
    try (TestDatabase database = TestDatabase.empty();
        ExecutorService both = Executors.newFixedThreadPool(2)) {
      Callable<ApplicationContext> node =
          () -> {
            together.await();
            ApplicationContext context = database.start(Map.of("micronaut.server.port", -1));
            assertThat(
                    context
                        .getBean(ShippedReferentials.class)
                        .publishMissing(folder, Importer.Progress.SILENT))
                .isEmpty();
            context.getBean(Registries.class).refresh();
            return context;
          };
      List<Future<ApplicationContext>> started = List.of(both.submit(node), both.submit(node));
      for (Future<ApplicationContext> each : started) {
        try (ApplicationContext context = each.get()) {
          ContractClient client =
              new ContractClient(context.getBean(EmbeddedServer.class).start().getURI());
          assertThat(client.get("/health").statusCode()).isEqualTo(200);
          assertThat(client.get("/v1/referentials/regions/codes/84").body())
              .contains("Auvergne-Rhône-Alpes");
          assertThat(client.get("/v1/referentials/ept@2026/codes").statusCode()).isEqualTo(200);
          assertThat(context.getBean(VerificationStore.class).verify().isSound()).isTrue();
        }
      }
      assertThat(database.lines("select distinct outcome from import"))
          .containsExactly("published");
      assertThat(database.value("select count(*) from import"))
          .isEqualTo(Integer.toString(SHIPPED.size()));
    }
  }
}
