package fr.pivot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.TestDatabase;
import fr.pivot.cli.PivotProcess.Run;
import fr.pivot.cli.session.Exit;
import fr.pivot.importing.Synthetic;
import io.micronaut.context.ApplicationContext;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that nobody names the format of. */
class ImportCommandTest {

  @Test
  void files_are_known_by_what_they_hold_or_nothing_is_imported(@TempDir Path folder)
      throws Exception {
    Path table = folder.resolve("table.csv");
    Files.writeString(table, "code_source;code_cible\nA1;B1\nA2;B1\n");
    Path stranger = folder.resolve("tranches.csv");
    Files.writeString(stranger, "code,de,a,intitule\nNN,,,Unités non employeuses\n");
    Path both = folder.resolve("both.csv");
    Files.writeString(both, "cog,libcog,siren_membre,insee\n99100,France,1,2\n");
    Path wrong = folder.resolve("cofog.csv");
    Files.writeString(wrong, "Code,Description_EN\n01,General public services\n");
    try (TestDatabase database = TestDatabase.empty()) {
      PivotProcess pivot = new PivotProcess(database, folder);
      try (ApplicationContext context = database.start()) {
        Synthetic.publishFruitsAndShelves(context);
      }

      Run unknown = pivot.run("import", stranger.toString(), table.toString());
      assertThat(unknown.code()).isEqualTo(Exit.REJECTED);
      assertThat(unknown.out()).isEmpty();
      assertThat(unknown.err())
          .startsWith(
              "tranches.csv is recognised by no format. Its columns are: code, de, a, intitule."
                  + " Nothing is imported.\nLooked for:\n  cog: ")
          .contains("\n  dgcl: the columns siren_membre and insee\n")
          .contains("\nIf you know what it is, name it: pivot import FORMAT tranches.csv\n")
          .contains("\ntable.csv is recognised by no format.")
          .endsWith(
              "For a table between two editions, expected: --from and --to, each a referential and"
                  + " an edition, such as naf@rev2.\n");

      Run unsure = pivot.run("import", both.toString());
      assertThat(unsure.code()).isEqualTo(Exit.REJECTED);
      assertThat(unsure.err())
          .isEqualTo(
              "both.csv may be of several formats: pays, dgcl. Nothing is imported.\n"
                  + "Name the right one: pivot import pays both.csv\n");

      Run named = pivot.run("import", "dgcl", stranger.toString());
      assertThat(named.code()).isEqualTo(Exit.REJECTED);
      assertThat(named.err()).contains("unrecognised-file");
      assertThat(pivot.run("import", "dgcl").code()).isEqualTo(Exit.USAGE);
      assertThat(pivot.run("import", "nothing.csv").err()).contains("No such file: nothing.csv");

      Run known =
          pivot.run(
              "import",
              table.toString(),
              "--from",
              "fruits@2021",
              "--to",
              "shelves@2021",
              "--json");
      assertThat(known.code()).as(known.err()).isZero();
      assertThat(known.out())
          .startsWith("{\"format\":\"correspondence\",\"outcome\":\"published\"");

      Run several =
          pivot.run(
              "import",
              table.toString(),
              wrong.toString(),
              "--from",
              "fruits@2021",
              "--to",
              "shelves@2021");
      assertThat(several.code()).isEqualTo(Exit.REJECTED);
      assertThat(several.err())
          .as("the list comes before the table, and what is refused ends the import")
          .contains("cofog: cofog.csv\n")
          .contains("missing-column")
          .doesNotContain("correspondence: table.csv");
    }
  }
}
