package fr.pivot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.TestDatabase;
import fr.pivot.cli.PivotProcess.Run;
import fr.pivot.cli.session.Exit;
import fr.pivot.importing.Synthetic;
import io.micronaut.context.ApplicationContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A correspondence on the command line: in, out, in again, and renewed. */
class CorrespondenceCommandsTest {

  @Test
  void a_table_is_imported_listed_exported_and_renewed(@TempDir Path folder) throws Exception {
    Path table = folder.resolve("table.csv");
    Files.writeString(table, "code_source;code_cible\nA1;B1\nA2;B1\n");
    Path editions = folder.resolve("editions.csv");
    Files.writeString(editions, "source,target\nA1,A1\nA2,A3\n");
    try (TestDatabase database = TestDatabase.empty()) {
      PivotProcess pivot = new PivotProcess(database, folder);
      try (ApplicationContext context = database.start()) {
        Synthetic.publishFruitsAndShelves(
            context, Synthetic.labelled("fruits", 2022, Map.of("A1", "Apples", "A3", "Quinces")));
      }
      Run half = pivot.run("import", "correspondence", table.toString());
      assertThat(half.code()).isEqualTo(Exit.USAGE);
      assertThat(half.err()).contains("--from and --to");

      Run imported =
          pivot.run(
              "import",
              "correspondence",
              table.toString(),
              "--from",
              "fruits@2021",
              "--to",
              "shelves@2021");
      assertThat(imported.code()).as(imported.err()).isZero();
      assertThat(imported.out())
          .startsWith("correspondence:fruits-2021.shelves-2021  fruits@2021 → shelves@2021  ");
      Run between =
          pivot.run(
              "import",
              "correspondence",
              editions.toString(),
              "--from",
              "fruits@2021",
              "--to",
              "fruits@2022",
              "--id",
              "renewed");
      assertThat(between.code()).as(between.err()).isZero();
      assertThat(pivot.run("correspondences").out().lines().map(l -> l.split(" +")[0]))
          .containsExactly("id", "fruits-2021.shelves-2021", "renewed");

      Path pack = folder.resolve("pack");
      Run exported =
          pivot.run(
              "export", "correspondence:fruits-2021.shelves-2021", "--output", pack.toString());
      assertThat(exported.code()).as(exported.err()).isZero();
      Run back = pivot.run("import", "pack", pack.toString());
      assertThat(back.code()).isZero();
      assertThat(back.err()).contains("Already published").contains("fruits-2021.shelves-2021");

      Run proposed = pivot.run("propose", "fruits-2021.shelves-2021", "renewed");
      assertThat(proposed.code()).as(proposed.err()).isZero();
      assertThat(proposed.out())
          .isEqualTo(
              "source,target,match,#through,#flags,#source_label,#target_label,#through_label\n"
                  + "A1,B1,broader,A1,,Apples,Left,Apples\n"
                  + "A3,B1,broader,A2,code-changed label-changed,Quinces,Left,Pears\n");
      assertThat(proposed.err()).contains("--from fruits@2022 --to shelves@2021");
      assertThat(pivot.run("propose", "renewed", "nothing").code()).isEqualTo(Exit.NOT_FOUND);
    }
  }
}
