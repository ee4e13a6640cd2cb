package fr.pivot.cli;

import fr.pivot.cli.session.Answering;
import fr.pivot.cli.session.Command;
import fr.pivot.cli.session.Exit;
import fr.pivot.cli.session.Listing;
import fr.pivot.registry.Correspondence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

/** Lists the published correspondences. */
@CommandLine.Command(
    name = "correspondences",
    description = "List the published tables between two editions.",
    footer = {"%nExamples:", "  pivot correspondences", "  pivot correspondences --format csv"})
final class CorrespondencesCommand extends Command {

  @Mixin Listing listing = new Listing();

  @Override
  public Integer call() throws Exception {
    try (Answering answering = Answering.open(console, home)) {
      List<Map<String, Object>> rows = new ArrayList<>();
      for (Correspondence correspondence : answering.registry().listCorrespondences()) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", correspondence.head().id());
        row.put("from", correspondence.head().source().toString());
        row.put("to", correspondence.head().target().toString());
        row.put("associations", correspondence.listAssociations().size());
        row.put("digest", correspondence.digest());
        rows.add(row);
      }
      listing.print(
          console,
          List.of("id", "from", "to", "associations", "digest"),
          rows,
          String.format("%-40s %-20s %-20s %10s", "id", "from", "to", "lines"),
          r ->
              String.format(
                  "%-40s %-20s %-20s %10s",
                  r.get("id"), r.get("from"), r.get("to"), r.get("associations")));
      return Exit.OK;
    }
  }
}
