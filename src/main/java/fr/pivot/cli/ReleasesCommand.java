package fr.pivot.cli;

import fr.pivot.catalog.Catalog;
import fr.pivot.catalog.CatalogStore;
import fr.pivot.catalog.Release;
import fr.pivot.cli.session.Command;
import fr.pivot.cli.session.Exit;
import fr.pivot.cli.session.Installation;
import fr.pivot.referential.Referential;
import io.micronaut.context.ApplicationContext;
import io.micronaut.serde.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Lists what is published. */
@CommandLine.Command(
    name = "releases",
    description = "List the referentials and their published editions.",
    footer = {"%nExamples:", "  pivot releases", "  pivot releases --json"})
final class ReleasesCommand extends Command {

  @Option(names = "--json", description = "Write JSON.")
  boolean json;

  @Override
  public Integer call() throws Exception {
    try (Installation installation = Installation.open(console, home)) {
      ApplicationContext context = installation.start(null);
      installation.publishShipped(context);
      Catalog catalog = context.getBean(CatalogStore.class).load();
      List<Map<String, Object>> rows = new ArrayList<>();
      for (Referential referential : catalog.listReferentials()) {
        for (Release release : catalog.listReleases(referential.id())) {
          Map<String, Object> row = new LinkedHashMap<>();
          row.put("referential", referential.id());
          row.put("edition", release.edition());
          row.put("referenceDate", release.head().referenceDate().toString());
          row.put("inForce", release.inForce());
          row.put("codes", release.concepts());
          row.put("digest", release.digest());
          rows.add(row);
        }
      }
      if (json) {
        console.print(context.getBean(ObjectMapper.class).writeValueAsString(rows));
      } else {
        console.print(
            String.format(
                "%-28s %-10s %-12s %10s %10s",
                "referential", "edition", "date", "in force", "codes"));
        rows.forEach(
            r ->
                console.print(
                    String.format(
                        "%-28s %-10s %-12s %10s %10s",
                        r.get("referential"),
                        r.get("edition"),
                        r.get("referenceDate"),
                        r.get("inForce"),
                        r.get("codes"))));
      }
      return Exit.OK;
    }
  }
}
