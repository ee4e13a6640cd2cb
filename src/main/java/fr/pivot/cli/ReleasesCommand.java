package fr.pivot.cli;

import fr.pivot.catalog.Catalog;
import fr.pivot.catalog.Release;
import fr.pivot.cli.session.Answering;
import fr.pivot.cli.session.Command;
import fr.pivot.cli.session.Exit;
import fr.pivot.cli.session.Listing;
import fr.pivot.referential.Referential;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

/** Lists what is published. */
@CommandLine.Command(
    name = "releases",
    description = "List the referentials and their published editions.",
    footer = {"%nExamples:", "  pivot releases", "  pivot releases --format csv"})
final class ReleasesCommand extends Command {

  @Mixin Listing listing = new Listing();

  @Override
  public Integer call() throws Exception {
    try (Answering answering = Answering.openCatalog(console, home)) {
      Catalog catalog = answering.registry().catalog();
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
      listing.print(
          console,
          List.of("referential", "edition", "referenceDate", "inForce", "codes", "digest"),
          rows,
          String.format(
              "%-28s %-10s %-12s %10s %10s", "referential", "edition", "date", "in force", "codes"),
          r ->
              String.format(
                  "%-28s %-10s %-12s %10s %10s",
                  r.get("referential"),
                  r.get("edition"),
                  r.get("referenceDate"),
                  r.get("inForce"),
                  r.get("codes")));
      return Exit.OK;
    }
  }
}
