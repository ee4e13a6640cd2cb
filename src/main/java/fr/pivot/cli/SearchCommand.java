package fr.pivot.cli;

import fr.pivot.catalog.Reference;
import fr.pivot.cli.session.Answering;
import fr.pivot.cli.session.Command;
import fr.pivot.cli.session.Exit;
import fr.pivot.cli.session.Listing;
import fr.pivot.finding.ProblemException;
import fr.pivot.referential.Referential;
import fr.pivot.registry.Point;
import fr.pivot.registry.Points;
import fr.pivot.registry.Registry;
import fr.pivot.search.PlacedHit;
import fr.pivot.search.Query;
import fr.pivot.table.HandedTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Finds codes by name. */
@CommandLine.Command(
    name = "search",
    description = "Find codes by name, as it is typed or misspelt, or by a part of the code.",
    footer = {
      "%nExamples:",
      "  pivot search sannerville",
      "  pivot search 'saint denis (93)' --in communes",
      "  pivot search boulangerie --in naf@rev2 --format csv",
      "%nEnds with 4 when nothing is found."
    })
final class SearchCommand extends Command {

  @Parameters(arity = "1..*", paramLabel = "NAME", description = "What is looked for.")
  List<String> words = List.of();

  @Option(
      names = "--in",
      split = ",",
      paramLabel = "REF",
      description = "Referentials, at a point if wanted: communes,naf@rev2. Default: all.")
  List<String> references = List.of();

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "How many are told at most (${DEFAULT-VALUE}).")
  int limit = 10;

  @Mixin Listing listing = new Listing();

  @Override
  public Integer call() throws IOException {
    String text = String.join(" ", words);
    if (text.isBlank() || text.length() > Query.LONGEST || limit < 1 || limit > 100) {
      console.say(
          "Attendu : un nom, et --limit de 1 à 100.", "Expected: a name, and --limit 1 to 100.");
      return Exit.USAGE;
    }
    try (Answering answering = Answering.open(console, home)) {
      Registry registry = answering.registry();
      Stream<Reference> asked =
          references.isEmpty()
              ? registry.catalog().listReferentials().stream()
                  .map(Referential::id)
                  .filter(id -> registry.findCodes(id).isPresent())
                  .map(Reference::latest)
              : references.stream().map(Points::reference);
      List<Point> points = asked.map(answering.points()::find).toList();
      Query query = new Query(text, Query.Mode.TYPED, Set.of(), List.of(), limit);
      List<Map<String, String>> rows = new ArrayList<>();
      for (PlacedHit hit : PlacedHit.list(answering.searches().current(), points, query)) {
        rows.add(row(hit));
      }
      listing.print(
          console,
          List.of("referential", "release", "code", "label", "level", "status", "description"),
          rows,
          "",
          r ->
              String.format("%s %s  %s", r.get("referential"), r.get("code"), r.get("label"))
                  + (String.valueOf(r.get("description")).isEmpty()
                      ? ""
                      : "  (" + r.get("description") + ')'));
      return rows.isEmpty() ? Exit.NOT_FOUND : Exit.OK;
    } catch (ProblemException e) {
      console.say(HandedTable.why(e).fr(), HandedTable.why(e).en());
      return Exit.of(e);
    }
  }

  private static Map<String, String> row(PlacedHit placed) {
    Map<String, String> row = new LinkedHashMap<>();
    row.put("referential", placed.point().referential().id());
    row.put("release", placed.point().release().edition());
    row.put("code", placed.hit().code());
    row.put("label", placed.hit().label());
    row.put("level", placed.hit().level());
    row.put("status", placed.hit().inForce() ? "in-force" : "ceased");
    row.put("description", placed.place().orElse(""));
    return row;
  }
}
