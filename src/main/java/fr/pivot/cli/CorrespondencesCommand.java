package fr.pivot.cli;

import fr.pivot.cli.session.Command;
import fr.pivot.cli.session.Exit;
import fr.pivot.cli.session.Installation;
import fr.pivot.registry.Correspondence;
import fr.pivot.registry.Registry;
import io.micronaut.context.ApplicationContext;
import io.micronaut.serde.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Lists the published correspondences. */
@CommandLine.Command(
    name = "correspondences",
    description = "List the published tables between two editions.",
    footer = {"%nExamples:", "  pivot correspondences", "  pivot correspondences --json"})
final class CorrespondencesCommand extends Command {

  @Option(names = "--json", description = "Write JSON.")
  boolean json;

  @Override
  public Integer call() throws Exception {
    try (Installation installation = Installation.open(console, home)) {
      ApplicationContext context = installation.start(null);
      installation.publishShipped(context);
      Registry registry = installation.load(context);
      List<Map<String, Object>> rows = new ArrayList<>();
      for (Correspondence correspondence : registry.listCorrespondences()) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", correspondence.head().id());
        row.put("from", correspondence.head().source().toString());
        row.put("to", correspondence.head().target().toString());
        row.put("associations", correspondence.listAssociations().size());
        row.put("digest", correspondence.digest());
        rows.add(row);
      }
      if (json) {
        console.print(context.getBean(ObjectMapper.class).writeValueAsString(rows));
      } else {
        console.print(String.format("%-40s %-20s %-20s %10s", "id", "from", "to", "lines"));
        rows.forEach(
            r ->
                console.print(
                    String.format(
                        "%-40s %-20s %-20s %10s",
                        r.get("id"), r.get("from"), r.get("to"), r.get("associations"))));
      }
      return Exit.OK;
    }
  }
}
