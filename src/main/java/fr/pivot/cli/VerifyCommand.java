package fr.pivot.cli;

import fr.pivot.catalog.VerificationStore;
import fr.pivot.catalog.VerificationStore.Altered;
import fr.pivot.catalog.VerificationStore.Broken;
import fr.pivot.catalog.VerificationStore.Unsealed;
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
        "Check that the registry still says what was published: name every edition, every code and"
            + " every row about them that was changed by other means than an import.",
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
      for (Unsealed row : found.unsealed()) {
        console.print(
            json
                ? mapper.writeValueAsString(
                    Map.of("what", row.kind(), "subject", row.subject(), "how", row.how()))
                : row.kind() + ' ' + row.subject() + "  " + row.how());
      }
      if (!found.isSound()) {
        console.say(
            "Le registre a été modifié hors de Pivot : "
                + (found.broken().size() + found.brokenCorrespondences().size())
                + " éditions ou tables et "
                + found.unsealed().size()
                + " lignes à leur sujet touchées. Restaurez une sauvegarde (pivot restore).",
            "The registry was changed behind Pivot's back: "
                + (found.broken().size() + found.brokenCorrespondences().size())
                + " editions or tables and "
                + found.unsealed().size()
                + " rows about them are not as published. Restore a backup (pivot restore).");
        return Exit.ALTERED;
      }
      console.say(
          "Les " + found.editions() + " éditions, et ce qui les décrit, sont telles que publiées.",
          "All " + found.editions() + " editions, and what is about them, are as published.");
      console.say(
          "Empreinte du registre : "
              + found.digest()
              + ". Qui peut écrire dans la base peut aussi refaire les empreintes : notez celle-ci"
              + " ailleurs, elle ne change qu'avec un import.",
          "Digest of the registry: "
              + found.digest()
              + ". Whoever may write to the database may make fingerprints anew: note this one"
              + " elsewhere, it only changes with an import.");
      return Exit.OK;
    }
  }
}
