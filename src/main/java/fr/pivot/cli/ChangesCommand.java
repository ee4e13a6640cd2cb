package fr.pivot.cli;

import fr.pivot.cli.session.Answering;
import fr.pivot.cli.session.Command;
import fr.pivot.cli.session.Exit;
import fr.pivot.crosswalk.changes.ChangeAnswers;
import fr.pivot.crosswalk.changes.ChangeAnswers.ChangeAnswer;
import fr.pivot.finding.ProblemException;
import fr.pivot.referential.Language;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what changed in a referential. */
@CommandLine.Command(
    name = "changes",
    description = "Say what changed in a referential between two editions or dates.",
    footer = {
      "%nExamples:",
      "  pivot changes communes 2024 2026",
      "  pivot changes communes 2015-01-01 2016-01-01 --kind merged,split",
      "  pivot changes epci 2025 2026 --json"
    })
final class ChangesCommand extends Command {

  @Parameters(index = "0", paramLabel = "REF", description = "A referential.")
  String referential = "";

  @Parameters(index = "1", paramLabel = "FROM", description = "An edition or a date.")
  String from = "";

  @Parameters(index = "2", paramLabel = "TO", description = "A later one.")
  String to = "";

  @Option(
      names = "--kind",
      split = ",",
      paramLabel = "KIND",
      description =
          "Only these: created, ceased, renamed, recoded, merged, split, restored, moved, other.")
  List<String> kinds = List.of();

  @Option(names = "--json", description = "Write one JSON object a line, as over HTTP.")
  boolean json;

  @Override
  public Integer call() throws Exception {
    try (Answering answering = Answering.open(console, home)) {
      List<ChangeAnswer> changes;
      try {
        changes = answering.changes().listChanges(referential, from, to);
      } catch (ProblemException e) {
        console.say(e.problem().detail(Language.FRENCH), e.problem().detail(Language.ENGLISH));
        return e.problem().type().status() == 404 ? Exit.NOT_FOUND : Exit.USAGE;
      }
      Map<String, Integer> counts = new TreeMap<>();
      for (ChangeAnswer change : changes) {
        if (kinds.isEmpty() || kinds.contains(change.kind())) {
          counts.merge(change.kind(), 1, Integer::sum);
          console.print(json ? change.json() : words(change.cells()));
        }
      }
      String summary =
          counts.entrySet().stream()
              .map(e -> e.getKey() + ' ' + e.getValue())
              .collect(Collectors.joining(", "));
      console.say(
          summary.isEmpty() ? "Aucun changement." : summary,
          summary.isEmpty() ? "Nothing changed." : summary);
      return Exit.OK;
    }
  }

  /** A change in a line: date, kind, code before and after, and what moved. */
  private static String words(List<@Nullable String> cells) {
    String[] texts = cells.stream().map(c -> c == null ? "" : c).toArray(String[]::new);
    Map<String, String> change = new TreeMap<>();
    for (int i = 0; i < texts.length; i++) {
      change.put(ChangeAnswers.listColumns().get(i), texts[i]);
    }
    StringBuilder line = new StringBuilder();
    line.append(String.format("%-10s  %-8s  ", change.get("date"), change.get("kind")));
    line.append(change.get("code")).append(' ').append(change.get("label"));
    if (!texts[ChangeAnswers.listColumns().indexOf("property")].isEmpty()) {
      line.append("  ").append(change.get("property")).append(' ').append(change.get("before"));
      line.append(" → ").append(change.get("after"));
    } else if (!(change.get("code") + change.get("label"))
        .equals(change.get("codeAfter") + change.get("labelAfter"))) {
      line.append(" → ").append(change.get("codeAfter"));
      line.append(' ').append(change.get("labelAfter"));
    }
    return line.toString().stripTrailing();
  }
}
