package fr.pivot.table;

import fr.pivot.finding.Findings;
import fr.pivot.finding.ProblemException;
import fr.pivot.finding.ProblemType;
import fr.pivot.formats.correspondence.CorrespondenceFormat;
import fr.pivot.referential.Text;
import fr.pivot.text.Discretion;
import fr.pivot.text.sheet.Delimited;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a person decided of values that have no certain answer: a table of one's own, in the format
 * of correspondences ({@code code_source,code_cible}), which came with a file. A value on several
 * lines has all their targets; one with an empty target is decided to have none. Further columns
 * that are called as those that tell more of a value (a département) must be as in its row.
 */
public final class Decisions {

  /** Nothing was decided. */
  public static final Decisions NONE = new Decisions(List.of(), Map.of());

  private static final Text COLUMNS =
      new Text(
          "un en-tête avec les colonnes code_source et code_cible",
          "a header with the columns code_source and code_cible");

  private final List<Integer> contexts;
  private final Map<List<String>, List<String>> targets;

  private Decisions(List<Integer> contexts, Map<List<String>, List<String>> targets) {
    this.contexts = contexts;
    this.targets = targets;
  }

  /**
   * Reads what came with a file.
   *
   * @param contexts the columns that tell more of a value, in the order in which rows give them
   * @param canonical the code in force that a text means, as its publisher writes it
   * @throws ProblemException where they cannot be read, or name a code that is none
   */
  public static Decisions read(
      byte[] table, List<String> contexts, Function<String, Optional<String>> canonical) {
    if (table.length == 0) {
      return NONE;
    }
    Findings findings = new Findings();
    try {
      Optional<Delimited> opened =
          Delimited.open("choices", () -> new ByteArrayInputStream(table), findings);
      if (opened.isEmpty()) {
        throw invalid(1, COLUMNS);
      }
      try (Delimited file = opened.get()) {
        return read(file, findings, contexts, canonical);
      }
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory can be read", e);
    }
  }

  private static Decisions read(
      Delimited file,
      Findings findings,
      List<String> contexts,
      Function<String, Optional<String>> canonical)
      throws IOException {
    String source = column(file, CorrespondenceFormat.SOURCES);
    String target = column(file, CorrespondenceFormat.TARGETS);
    List<Integer> heeded = new ArrayList<>();
    List<String> columns = new ArrayList<>(List.of(source));
    for (int i = 0; i < contexts.size(); i++) {
      if (file.has(contexts.get(i))) {
        heeded.add(i);
        columns.add(contexts.get(i));
      }
    }
    Map<List<String>, List<String>> targets = new LinkedHashMap<>();
    file.forEach(
        row -> {
          List<String> codes =
              targets.computeIfAbsent(
                  columns.stream().map(row::get).toList(), _ -> new ArrayList<>(1));
          String written = row.get(target);
          if (!written.isEmpty()) {
            String code = canonical.apply(written).orElseThrow(() -> noCode(row.line(), written));
            if (!codes.contains(code)) {
              codes.add(code);
            }
          }
        });
    // A decision that cannot be read must not be lost unnoticed.
    if (!findings.list().isEmpty()) {
      throw invalid(
          findings.list().getFirst().place().line(),
          new Text("autant de champs que l’en-tête", "as many fields as the header"));
    }
    return new Decisions(List.copyOf(heeded), targets);
  }

  private static String column(Delimited file, List<String> names) {
    return names.stream().filter(file::has).findFirst().orElseThrow(() -> invalid(1, COLUMNS));
  }

  private static ProblemException noCode(long line, String written) {
    Text shown =
        Discretion.looksPersonal(written)
            ? Discretion.shape(written)
            : new Text(
                "« " + ProblemType.shorten(written) + " »",
                '"' + ProblemType.shorten(written) + '"');
    return invalid(
        line,
        new Text(
            "un code en vigueur, ce que " + shown.fr() + " n’est pas",
            "a code in force, which " + shown.en() + " is not"));
  }

  private static ProblemException invalid(long line, Text expected) {
    return ProblemType.INVALID_CHOICES.with("line", line).with("expected", expected).exception();
  }

  /**
   * What was decided of a value; null where nothing was, no code where none is meant.
   *
   * @param values the value, then what more is told of it, as {@link #read} was told
   */
  public @Nullable List<String> find(List<String> values) {
    if (targets.isEmpty()) {
      return null;
    }
    List<String> key = new ArrayList<>(contexts.size() + 1);
    key.add(values.getFirst());
    contexts.forEach(i -> key.add(values.get(i + 1)));
    return targets.get(key);
  }
}
