package fr.pivot.crosswalk.file;

import fr.pivot.crosswalk.lineage.Arrival;
import fr.pivot.crosswalk.lineage.Share;
import fr.pivot.referential.Validity;
import fr.pivot.table.AnnotatedFile;
import fr.pivot.text.bytes.DelimitedBytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A delimited file with the translations of one of its columns added to the right. */
final class TranslatedFile extends AnnotatedFile {

  /** What becomes of a row whose code has several targets. */
  enum Policy {
    /** A row for each target. */
    ALL,
    /** One row, the targets joined by a vertical bar. */
    LIST,
    /** One row; the targets are left out and the status says why. */
    SINGLE_ONLY
  }

  private final Translator translator;
  private final String name;
  private final Policy policy;
  private final boolean doubtful;

  /**
   * Prepares the translation of a file that was opened, and whose header was read.
   *
   * @param column the rank of the column that holds the codes
   * @param name how the new columns are called: the reference translated to
   */
  TranslatedFile(
      Translator translator, DelimitedBytes file, int column, String name, Policy policy) {
    super(file, new int[] {column}, Translator.OUTCOMES.size());
    this.translator = translator;
    this.name = name;
    this.policy = policy;
    this.doubtful = translator.crosswalk().isDoubtful();
  }

  @Override
  protected List<String> added() {
    List<String> columns = new ArrayList<>(List.of(name, name + ":label", name + ":status"));
    if (policy == Policy.ALL) {
      columns.add(name + ":match");
      columns.add(name + ":share");
    }
    if (doubtful) {
      columns.add(name + ":known");
    }
    return columns;
  }

  /** How many rows had each status so far; rows without a code are not counted. */
  Map<String, Long> counts() {
    Map<String, Long> map = new TreeMap<>();
    for (int i = 0; i < Translator.OUTCOMES.size(); i++) {
      if (count(i) > 0) {
        map.put(Translator.OUTCOMES.get(i), count(i));
      }
    }
    return map;
  }

  @Override
  protected Addition add(List<String> values) {
    String code = values.getFirst();
    if (code.isEmpty()) {
      return new Addition(bytes(List.of()), -1);
    }
    Translator.Decided decided = translator.translate(code);
    List<Arrival> targets = decided.translation().targets();
    String status = decided.status();
    int tally = decided.outcome();
    if (targets.isEmpty()
        || policy == Policy.SINGLE_ONLY && targets.size() > 1 && !decided.chosen()) {
      return new Addition(bytes(List.of("", "", status)), tally);
    }
    Validity known = translator.findKnown(decided);
    if (policy == Policy.ALL) {
      byte[][] tails =
          targets.stream().map(t -> bytes(cells(t, status), known)).toArray(byte[][]::new);
      return new Addition(tails[0], Arrays.copyOfRange(tails, 1, tails.length), tally);
    }
    List<String> cells =
        List.of(
            targets.stream().map(Arrival::code).collect(Collectors.joining("|")),
            targets.stream().map(this::label).collect(Collectors.joining("|")),
            status);
    return new Addition(bytes(cells, known), tally);
  }

  private List<String> cells(Arrival target, String status) {
    Share share = target.share();
    return List.of(
        target.code(),
        label(target),
        status,
        target.match().id(),
        share == null ? "" : share.text());
  }

  private String label(Arrival target) {
    String label = translator.crosswalk().to().label(target.code());
    return label == null ? "" : label;
  }

  private byte[] bytes(List<String> cells) {
    return tail(cells, added().size());
  }

  private byte[] bytes(List<String> cells, @Nullable Validity known) {
    if (known == null) {
      return bytes(cells);
    }
    List<String> all = new ArrayList<>(cells);
    all.add(known.toString());
    return bytes(all);
  }
}
