package fr.pivot.cli;

import fr.pivot.catalog.Release;
import fr.pivot.cli.session.Console;
import fr.pivot.cli.session.Exit;
import fr.pivot.finding.Rule;
import fr.pivot.importing.FindingsReport;
import fr.pivot.importing.ImportOutcome;
import fr.pivot.importing.Importer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Says how an import goes and what came of it, to a person or as JSON. */
final class ImportReport {

  private final Console console;

  ImportReport(Console console) {
    this.console = console;
  }

  /** The outcome as the members of a JSON object. */
  static Map<String, Object> describe(String format, ImportOutcome outcome) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("format", format);
    switch (outcome) {
      case ImportOutcome.Published published -> {
        members.put("outcome", "published");
        members.put(
            "releases",
            published.releases().stream()
                .map(
                    r ->
                        Map.of(
                            "referential", r.head().referential(),
                            "edition", r.edition(),
                            "inForce", r.inForce(),
                            "digest", r.digest()))
                .toList());
        members.put(
            "correspondences",
            published.correspondences().stream()
                .map(t -> Map.of("id", t.head().id(), "digest", t.digest()))
                .toList());
      }
      case ImportOutcome.AlreadyPublished already -> {
        members.put("outcome", "already-published");
        members.put("releases", already.releases());
      }
      case ImportOutcome.Rejected _ -> members.put("outcome", "rejected");
    }
    members.put("findings", FindingsReport.of(outcome.findings()));
    return members;
  }

  /** Says which step begins, where it takes a while. */
  void step(String what) {
    switch (what) {
      case "reading" -> console.say("Lecture des fichiers…", "Reading the files…");
      case "checking" -> console.say("Contrôle de l'édition…", "Checking the edition…");
      case String again when again.startsWith(Importer.Progress.AGAIN) -> {
        String edition = again.substring(Importer.Progress.AGAIN.length());
        console.say("Édition refaite : " + edition + "…", "Making " + edition + " again…");
      }
      case "publishing" -> console.say("Publication…", "Publishing…");
      default -> {}
    }
  }

  /** Tells the outcome, and answers what the command ends with. */
  int tell(ImportOutcome outcome, Duration took) {
    console.report(outcome.findings());
    String seconds = String.format("%.1f s", took.toMillis() / 1000.0);
    switch (outcome) {
      case ImportOutcome.Published published -> {
        for (Release release : published.releases()) {
          console.print(
              release.head().referential()
                  + '@'
                  + release.edition()
                  + "  "
                  + release.inForce()
                  + " / "
                  + release.concepts()
                  + "  "
                  + release.digest());
        }
        for (ImportOutcome.Table table : published.correspondences()) {
          console.print(
              "correspondence:"
                  + table.head().id()
                  + "  "
                  + table.head().source()
                  + " → "
                  + table.head().target()
                  + "  "
                  + table.digest());
        }
        console.say("Publié en " + seconds + ".", "Published in " + seconds + ".");
        return Exit.OK;
      }
      case ImportOutcome.AlreadyPublished already -> {
        String names = already.releases().stream().collect(Collectors.joining(", "));
        console.say(
            "Déjà publié, rien n'a changé : " + names,
            "Already published, nothing changed: " + names);
        return Exit.OK;
      }
      case ImportOutcome.Rejected _ -> {
        console.say(
            "Refusé : rien n'a été publié, le registre répond comme avant.",
            "Refused: nothing was published, the registry answers as before.");
        if (outcome.findings().counts().containsKey(Rule.LOST_LEADING_ZERO)) {
          console.say(
              "--repair-leading-zeros rétablit les zéros perdus, et dit chacun.",
              "--repair-leading-zeros restores lost zeros, and tells each.");
        }
        return Exit.REJECTED;
      }
    }
  }
}
