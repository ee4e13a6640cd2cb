package fr.pivot.cli;

import fr.pivot.catalog.Catalog;
import fr.pivot.cli.session.Command;
import fr.pivot.cli.session.Exit;
import fr.pivot.cli.session.Installation;
import fr.pivot.cli.session.Setting;
import fr.pivot.cli.session.Settings;
import fr.pivot.registry.memory.Registries;
import fr.pivot.search.NameSearches;
import fr.pivot.table.HandedTable;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Serves the registry over HTTP. */
@CommandLine.Command(
    name = "serve",
    description = "Serve the registry over HTTP, with the referentials that come with Pivot.",
    footer = {
      "%nExamples:",
      "  pivot serve",
      "  pivot serve --port 9000 --home /var/lib/pivot",
      "  PIVOT_DATABASE_URL=jdbc:postgresql://db:5432/pivot PIVOT_DATABASE_USER=pivot pivot serve"
    })
final class ServeCommand extends Command {

  @Option(
      names = {"-p", "--port"},
      paramLabel = "N",
      description = "The port to listen on (default: $$PIVOT_PORT, else 8080).")
  @Nullable Integer port;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = {
        "The address to listen on (default: $$PIVOT_HOST, else 127.0.0.1: this machine alone).",
        "0.0.0.0 or :: for all."
      })
  @Nullable String host;

  @Option(
      names = "--reader",
      description = {
        "Read a copy of the database (a PostgreSQL hot standby, named by PIVOT_DATABASE_URL): make no",
        "tables, publish nothing, write nothing; ask each second what was published."
      })
  boolean reader;

  @Override
  public Integer call() throws Exception {
    long begin = System.nanoTime();
    Settings settings = Settings.here();
    settings.check();
    console.log(settings);
    if (reader) {
      Installation.requireServer();
    }
    console.say(
        "Pivot démarre : ouverture de la base de données…", "Pivot starts: opening the database…");
    Installation installation = Installation.open(console, home);
    ApplicationContext context =
        installation.start(new Installation.Listening(hostOrDefault(), portOrDefault(), reader));
    EmbeddedServer server = context.getBean(EmbeddedServer.class);
    HandedTable.forgetAnswersOfTheDead();
    server.start();
    installation.keepDatabaseAlive();
    console.say(
        "Chargement des référentiels (la première fois, une minute environ)…",
        "Loading the referentials (about a minute the first time)…");
    if (!reader) {
      installation.publishShipped(context);
    }
    NameSearches searches = context.getBean(NameSearches.class);
    searches.follow();
    Catalog catalog = installation.load(context).catalog();
    if (reader) {
      context.getBean(Registries.class).poll();
    } else {
      context.getBean(Registries.class).follow();
    }
    // Codes are answered from now on; names once their indexes are there.
    searches.prepare();
    InetAddress listening = InetAddress.getByName(hostOrDefault());
    boolean alone = listening.isLoopbackAddress();
    String url =
        "http://"
            + (alone || listening.isAnyLocalAddress() ? "localhost" : hostOrDefault())
            + ":"
            + server.getPort();
    long releases =
        catalog.listReferentials().stream()
            .mapToLong(r -> catalog.listReleases(r.id()).size())
            .sum();
    String seconds =
        String.format("%.1f", Duration.ofNanos(System.nanoTime() - begin).toMillis() / 1000.0);
    console.say(
        "Prêt en " + seconds + " s : " + releases + " éditions sur " + url + ". À essayer :",
        "Ready in " + seconds + " s: " + releases + " editions at " + url + ". Try:");
    console.say(
        alone
            ? "  (cette machine seule y accède ; --host 0.0.0.0 ouvre Pivot aux autres)"
            : "  (ouvert aux autres machines, sur " + hostOrDefault() + ")",
        alone
            ? "  (this machine alone reaches it; --host 0.0.0.0 opens Pivot to others)"
            : "  (open to other machines, on " + hostOrDefault() + ")");
    for (String path :
        new String[] {
          "/v1/referentials",
          "/v1/referentials/communes/codes/14666",
          "/v1/referentials/communes@2019/codes/01033",
          "/v1/referentials/naf/codes/6201Z",
          "/v1/referentials/epci/codes/200054781/descendants?referential=communes"
        }) {
      console.say("  " + url + path, "  " + url + path);
    }
    new CountDownLatch(1).await();
    return Exit.OK;
  }

  private String hostOrDefault() {
    String said = Settings.here().value(Setting.HOST);
    return host != null ? host : said == null ? "127.0.0.1" : said;
  }

  private int portOrDefault() {
    String said = Settings.here().value(Setting.PORT);
    return port != null ? port : said == null ? 8080 : Integer.parseInt(said);
  }
}
