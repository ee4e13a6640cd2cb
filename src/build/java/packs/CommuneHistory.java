package packs;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import fr.pivot.referential.SourceFile;
import fr.pivot.referential.SuccessionKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * What the package's history of communes leaves out, from {@code history.csv} beside their pack:
 * out of which communes one was created, among which one was divided, and when those overseas and
 * those that came from Italy became communes of France. {@code referentials/README.md} defines its
 * columns.
 */
final class CommuneHistory {

  /** That a commune was created, or that one was divided and this is an heir. */
  private record Fact(
      LocalDate date, SuccessionKind kind, List<String> before, String code, String source) {}

  private final SourceFile source;
  private final List<Fact> facts = new ArrayList<>();

  private CommuneHistory(SourceFile source) {
    this.source = source;
  }

  static CommuneHistory read(Path referentials) throws IOException {
    String name = CommuneGraph.COMMUNES + "/history.csv";
    Path file = referentials.resolve(name);
    CommuneHistory history = new CommuneHistory(Edition.sourceFile(file, "referentials/" + name));
    try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(file)) {
      for (NamedCsvRecord row : rows) {
        String before = row.getField("before");
        history.facts.add(
            new Fact(
                LocalDate.parse(row.getField("date")),
                switch (row.getField("event")) {
                  case "created" -> SuccessionKind.CREATED;
                  case "merged" -> SuccessionKind.MERGED;
                  default -> throw new IllegalStateException(row.toString());
                },
                before.isEmpty() ? List.of() : List.of(before.split(" ")),
                row.getField("code"),
                row.getField("source")));
      }
    }
    return history;
  }

  /** The file, as what a release is made from. */
  SourceFile source() {
    return source;
  }

  /** Lets created communes begin on their day, where the states given so far begin earlier. */
  void begin(Timeline communes) {
    for (Fact fact : facts) {
      if (fact.kind() == SuccessionKind.CREATED) {
        communes.begin(fact.code(), fact.date());
      }
    }
  }

  /**
   * Adds the successions; comes before those of the package, which only say that a commune was
   * created or ended.
   */
  void successions(SuccessionSet successions) {
    for (Fact fact : facts) {
      if (fact.before().isEmpty()) {
        successions.add(
            fact.date(),
            null,
            CommuneGraph.COMMUNES,
            fact.code(),
            fact.kind(),
            fact.source(),
            false);
      }
      for (String before : fact.before()) {
        successions.add(
            fact.date(),
            before,
            CommuneGraph.COMMUNES,
            fact.code(),
            fact.kind(),
            fact.source(),
            false);
        if (fact.kind() == SuccessionKind.CREATED) {
          successions.add(
              fact.date(),
              before,
              CommuneGraph.COMMUNES,
              before,
              SuccessionKind.SPLIT,
              fact.source(),
              false);
        }
      }
    }
  }
}
