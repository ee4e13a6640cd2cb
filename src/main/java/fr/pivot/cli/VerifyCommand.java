package fr.pivot.cli;

import fr.pivot.catalog.VerificationStore;
import fr.pivot.catalog.VerificationStore.Altered;
import fr.pivot.catalog.VerificationStore.Broken;
import fr.pivot.catalog.VerificationStore.Verification;
import fr.pivot.cli.session.Command;
import fr.pivot.cli.session.Exit;
import fr.pivot.cli.session.Installation;
import io.micronaut.context.ApplicationContext;
import io.micronaut.serde.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Holds the registry against the fingerprints of what was published. */
@CommandLine.Command(
    name = "verify",
    description =
        "Check that the registry still says what was published: name every edition and every code"
            + " that was changed by other means than an import.",
    footer = {
      "%nExamples:",
      "  pivot verify",
      "  pivot verify --json",
      "%nEnds with 7 when something was changed."
    })
final class VerifyCommand extends Command {

  @Option(names = "--json", description = "Write one JSON object a line.")
  boolean json;

  @Override
  public Integer call() throws Exception {
    try (Installation installation = Installation.open(console, home)) {
      ApplicationContext context = installation.start(null);
      Verification found = context.getBean(VerificationStore.class).verify();
      ObjectMapper mapper = context.getBean(ObjectMapper.class);
      for (Broken edition : found.broken()) {
        String name = edition.referential() + '@' + edition.edition();
        if (json) {
          console.print(mapper.writeValueAsString(Map.of("edition", name, "what", "edition")));
        } else {
          console.print(name);
        }
      }
      for (String id : found.brokenCorrespondences()) {
        console.print(
            json
                ? mapper.writeValueAsString(Map.of("correspondence", id, "what", "correspondence"))
                : "correspondence:" + id);
      }
      for (Altered statement : found.altered()) {
        if (json) {
          Map<String, Object> object = new LinkedHashMap<>();
          object.put("referential", statement.referential());
          object.put("code", statement.code());
          object.put("what", statement.kind());
          object.put("editions", statement.editions());
          console.print(mapper.writeValueAsString(object));
        } else {
          console.print(
              statement.referential()
                  + ' '
                  + statement.code()
                  + "  "
                  + statement.kind()
                  + "  "
                  + String.join(", ", statement.editions()));
        }
      }
      if (found.isSound()) {
        console.say(
            "Les " + found.editions() + " éditions sont telles que publiées.",
            "All " + found.editions() + " editions are as they were published.");
        return Exit.OK;
      }
      console.say(
          "Le registre a été modifié hors de Pivot : "
              + (found.broken().size() + found.brokenCorrespondences().size())
              + " éditions ou tables touchées. Réimportez-les, ou restaurez une sauvegarde.",
          "The registry was changed behind Pivot's back: "
              + (found.broken().size() + found.brokenCorrespondences().size())
              + " editions or tables are not as published. Import them again, or restore a backup.");
      return Exit.ALTERED;
    }
  }
}
