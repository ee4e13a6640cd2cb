package fr.pivot.validation.rows;

import fr.pivot.finding.Rule;
import fr.pivot.referential.CheckRule;
import fr.pivot.text.bytes.ByteTable;
import fr.pivot.text.bytes.RecordScanner;
import fr.pivot.validation.detection.ColumnSample;
import fr.pivot.validation.plan.CheckedColumn;
import fr.pivot.validation.plan.Kinds;
import fr.pivot.validation.value.CodeCheck;
import fr.pivot.validation.value.Days;
import fr.pivot.validation.value.Digits;
import fr.pivot.validation.value.Outcome;
import fr.pivot.validation.value.Verdict;
import fr.pivot.validation.value.Yardstick;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A column of codes while rows are read: it judges the code of the row and remembers the values
 * that it saw. Belongs to one thread.
 */
final class CodeColumn {

  /** Longer fields are judged anew each time, in bytes: what is remembered must not grow. */
  static final int LONGEST_REMEMBERED = 1 << 10;

  /** How many different days are remembered. */
  private static final int MOST_DAYS = 1 << 12;

  /** Among how many kinds of codes what is remembered of a column is shared. */
  private static final int MOST_KINDS = 8;

  /** Of longer values only the beginning is told, in characters. */
  private static final int LONGEST_TOLD = 1000;

  final CheckedColumn bound;

  /** The place of the code among the fields that are asked for. */
  final int field;

  /** The place of the field that says the day of the row's code; -1 where none does. */
  final int dateField;

  /** The place of the field that says the kind of the row's code; -1 where none does. */
  private final int kindField;

  private final RowFields row;

  /** How many digits a code has that its check digit alone proves; 0 where it does not. */
  private final int digits;

  private final boolean isSiret;
  private final boolean isDated;
  private final int most;
  private final ByteTable<SeenValue> seen;
  private final ByteTable<Optional<LocalDate>> days = new ByteTable<>(MOST_DAYS);

  /** The values that were seen, by what judges them. */
  private final Map<CodeCheck, ByteTable<SeenValue>> seenOfKinds = new IdentityHashMap<>();

  /** What judges the code of the row. */
  private CodeCheck check;

  /** Of a code whose kind its row does not say: what is wrong with it is a question. */
  private final CodeCheck ofNoKind;

  /** The wrong values of the block, in its order. */
  private Map<String, Wrong> wrong = new LinkedHashMap<>();

  /** The different codes of all blocks, and those that came first in this one. */
  private final Set<String> codes = new HashSet<>();

  private List<String> fresh = new ArrayList<>();

  /** A wrong value and how often it came. */
  static final class Wrong {
    final Verdict verdict;
    long count;

    Wrong(Verdict verdict) {
      this.verdict = verdict;
    }
  }

  /**
   * A column whose values were not seen yet.
   *
   * @param field the place of its codes among the fields that are asked for
   * @param dateField that of their days, -1 for none
   * @param kindField that of their kinds, -1 for none
   * @param most how many different values are remembered
   */
  CodeColumn(
      RowFields row, CheckedColumn bound, int field, int dateField, int kindField, int most) {
    this.row = row;
    this.bound = bound;
    this.check = bound.check();
    this.ofNoKind = bound.check().asking();
    this.most = most;
    this.field = field;
    this.dateField = dateField;
    this.kindField = kindField;
    this.seen = new ByteTable<>(most);
    Yardstick yardstick = bound.check().yardstick();
    CheckRule rule = yardstick.referential().check();
    this.isDated = !yardstick.isByRule();
    boolean byRule = yardstick.isByRule() && dateField < 0;
    this.isSiret = rule == CheckRule.SIRET;
    this.digits = !byRule || kindField >= 0 ? 0 : isSiret ? 14 : rule == CheckRule.LUHN ? 9 : 0;
  }

  /** What its codes are of, where no row says another kind. */
  String referential() {
    return bound.check().yardstick().referential().id();
  }

  /**
   * What comes of the code of the row.
   *
   * @param columns all columns of codes: what stands beside the code may change what is said of it
   */
  SeenValue see(CodeColumn[] columns) {
    SeenValue value = see();
    if (value == SeenValue.PROVED || !check.isDoubtful(value.verdict)) {
      return value;
    }
    RowWitness witness = new RowWitness(row, this, columns);
    return value.inItsRow(check.check(row.field(field), day(), witness));
  }

  private SeenValue see() {
    RecordScanner scanner = row.scanner();
    byte[] bytes = scanner.buffer();
    int from = scanner.fieldStart(field);
    int to = scanner.fieldEnd(field);
    if (digits > 0 && Digits.prove(bytes, from, to, digits, isSiret)) {
      return SeenValue.PROVED;
    }
    if (from < 0) {
      from = 0;
      to = 0;
    }
    boolean isLong = to - from > LONGEST_REMEMBERED;
    ByteTable<SeenValue> known = kindField < 0 ? seen : seenOfKind();
    SeenValue value = isLong ? null : known.get(bytes, from, to);
    if (value == null) {
      String written = from == to ? "" : row.field(field);
      value = new SeenValue(shorten(written), check.check(written), dateField >= 0);
      if (!isLong) {
        known.put(bytes, from, to, value);
      }
      remember(value.verdict);
    }
    if (dateField < 0 || value.verdict.outcome() == Outcome.EMPTY) {
      return value;
    }
    SeenValue always = value;
    return readDay().map(day -> always.on(day, d -> check.check(always.value, d))).orElse(always);
  }

  /** What was seen of the kind that the row says, which judges its code. */
  private ByteTable<SeenValue> seenOfKind() {
    Kinds kinds = Objects.requireNonNull(bound.kinds());
    CodeCheck ofKind = kinds.find(row.field(kindField), row.field(field));
    check = ofKind == null ? ofNoKind : ofKind;
    return seenOfKinds.computeIfAbsent(check, _ -> new ByteTable<>(most / MOST_KINDS));
  }

  /** Keeps a code for who asks of which year the codes are. */
  private void remember(Verdict verdict) {
    String code = verdict.code();
    if (code != null
        && isDated
        && (kindField < 0 || isOfFirstKind())
        && verdict.rule() != Rule.CODE_OF_A_PART
        && codes.size() < ColumnSample.MOST_VALUES
        && codes.add(code)) {
      fresh.add(code);
    }
  }

  private boolean isOfFirstKind() {
    return check != ofNoKind && check.yardstick().referential().id().equals(referential());
  }

  /** Whether the code of the row is of another kind than the column. */
  boolean isOfOtherKind() {
    return kindField >= 0 && !isOfFirstKind();
  }

  /** The day that the row says; empty where it says none. */
  Optional<LocalDate> readDay() {
    RecordScanner scanner = row.scanner();
    int from = scanner.fieldStart(dateField);
    int to = scanner.fieldEnd(dateField);
    if (from < 0 || to - from > LONGEST_REMEMBERED) {
      return Optional.empty();
    }
    Optional<LocalDate> day = days.get(scanner.buffer(), from, to);
    if (day == null) {
      day = Days.read(row.field(dateField));
      days.put(scanner.buffer(), from, to, day);
    }
    return day;
  }

  /** The day that counts in the row. */
  LocalDate day() {
    LocalDate always = check.yardstick().date();
    return dateField < 0 ? always : readDay().orElse(always);
  }

  /** Counts a wrong value: alone, so that the order of rows does not matter. */
  void countWrong(SeenValue value) {
    wrong.computeIfAbsent(value.value, _ -> new Wrong(value.alone)).count++;
  }

  /** The wrong values since they were last taken, in the order of the file. */
  Map<String, Wrong> takeWrong() {
    if (wrong.isEmpty()) {
      return Map.of();
    }
    Map<String, Wrong> taken = wrong;
    wrong = new LinkedHashMap<>();
    return taken;
  }

  /** The codes that came for the first time since they were last taken, in the file's order. */
  List<String> takeCodes() {
    if (fresh.isEmpty()) {
      return List.of();
    }
    List<String> taken = fresh;
    fresh = new ArrayList<>();
    return taken;
  }

  /** The beginning of a long value. */
  static String shorten(String value) {
    return value.length() <= LONGEST_TOLD ? value : value.substring(0, LONGEST_TOLD) + '…';
  }
}
