package fr.pivot.validation.rows;

import fr.pivot.finding.Rule;
import fr.pivot.referential.CheckRule;
import fr.pivot.referential.Text;
import fr.pivot.text.Words;
import fr.pivot.text.bytes.ByteTable;
import fr.pivot.text.bytes.DelimitedBytes;
import fr.pivot.text.bytes.RecordBlock;
import fr.pivot.text.bytes.RecordScanner;
import fr.pivot.validation.detection.ColumnSample;
import fr.pivot.validation.value.CodeCheck;
import fr.pivot.validation.value.Days;
import fr.pivot.validation.value.Digits;
import fr.pivot.validation.value.Outcome;
import fr.pivot.validation.value.Reading;
import fr.pivot.validation.value.Verdict;
import fr.pivot.validation.value.Witness;
import fr.pivot.validation.value.WrittenName;
import fr.pivot.validation.value.Yardstick;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Checks the rows of a file, block by block, and remembers the values that it saw. Belongs to one
 * thread.
 */
final class RowCheck {

  /** How many different values are remembered, those of all columns of codes together. */
  private static final int MOST_REMEMBERED = 1 << 18;

  /** No column of codes may remember more: communes of all times are fewer. */
  private static final int MOST_OF_ONE = 1 << 16;

  /** How many different days, and values of a column that a schema speaks of, are remembered. */
  private static final int MOST_OTHERS = 1 << 12;

  /** On how many days a value is remembered: days times values may be as many as rows. */
  private static final int MOST_DAYS_OF_ONE = 4;

  private static final int MOST_PAIRS = 1 << 15;

  /** Among how many kinds of codes what is remembered of a column is shared. */
  private static final int MOST_KINDS = 8;

  /** Longer fields are judged anew each time, in bytes: what is remembered must not grow. */
  private static final int LONGEST_REMEMBERED = 1 << 10;

  /** Of longer values only the beginning is told, in characters. */
  private static final int LONGEST_TOLD = 1000;

  /** Longer fields are no names, in bytes. */
  private static final int LONGEST_NAME = 200;

  /** How much of a formula is decoded, in bytes: more than is told. */
  private static final int LONGEST_FORMULA = 1 << 12;

  private final Plan plan;
  private final DelimitedBytes file;
  private final boolean isSheet;
  private final RecordScanner scanner;
  private final Column[] columns;
  private final TieCheck[] ties;
  private final Field[] fields;
  private final int[] keyFields;
  private final Seen[] row;
  private List<KeyedRow> keyed = new ArrayList<>();

  /** A value that was seen, and what came of it. */
  static final class Seen {
    final String value;
    final Verdict verdict;

    /** What came of the value alone, where its row says more; else the verdict. */
    final Verdict alone;

    private final @Nullable Map<LocalDate, Seen> byDay;

    /** What repairs add beside the value; null until the first of them. */
    byte @Nullable [] added;

    Seen(String value, Verdict verdict, boolean dated) {
      this(value, verdict, verdict, dated);
    }

    Seen(String value, Verdict verdict, Verdict alone, boolean dated) {
      this.value = value;
      this.verdict = verdict;
      this.alone = alone;
      this.byDay = dated ? new HashMap<>(2) : null;
    }
  }

  /** One bound column. */
  static final class Column {
    final CheckedColumn bound;
    final int field;
    final int dateField;
    final int digits;
    final boolean siret;
    private final ByteTable<Seen> seen;
    private final ByteTable<Optional<LocalDate>> days = new ByteTable<>(MOST_OTHERS);

    /** The wrong values of the block, in its order. */
    private Map<String, Wrong> wrong = new LinkedHashMap<>();

    /** The different codes of the column, for who asks of which year they are. */
    final Set<String> codes = new HashSet<>();

    final boolean isDated;

    /** The place of the field that says the kind of the row's code; -1 where none does. */
    private final int kindField;

    private final int most;

    /** What judges the code of the row. */
    private CodeCheck check;

    /** The values that were seen, by what judges them. */
    private final Map<CodeCheck, ByteTable<Seen>> seenOfKinds = new IdentityHashMap<>();

    /** Of a code whose kind its row does not say: what is wrong with it is a question. */
    private final CodeCheck ofNoKind;

    Column(CheckedColumn bound, int field, int dateField, int kindField, int most) {
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
      this.siret = rule == CheckRule.SIRET;
      this.digits = !byRule || kindField >= 0 ? 0 : siret ? 14 : rule == CheckRule.LUHN ? 9 : 0;
    }
  }

  /** A wrong value and how often it came. */
  static final class Wrong {
    final Verdict verdict;
    long count;

    Wrong(Verdict verdict) {
      this.verdict = verdict;
    }
  }

  private static Map<String, Wrong> takeWrong(Column column) {
    Map<String, Wrong> wrong = column.wrong;
    column.wrong = wrong.isEmpty() ? wrong : new LinkedHashMap<>();
    return wrong;
  }

  /** A tie with what was found of it before. */
  private static final class TieCheck {
    final ColumnRelation tie;
    final int field;
    final Map<String, Optional<Text>> known = new HashMap<>();

    /** What the row that was read last says: its code, what stands beside it, what is wrong. */
    @Nullable String code;

    @Nullable String other;
    @Nullable Text contradiction;

    TieCheck(ColumnRelation tie, int field) {
      this.tie = tie;
      this.field = field;
    }
  }

  /** A column that a schema speaks of, with what was found of its values before. */
  private static final class Field {
    final FieldCheck check;
    final int field;
    final ByteTable<Optional<Verdict>> known = new ByteTable<>(MOST_OTHERS);

    Field(FieldCheck check, int field) {
      this.check = check;
      this.field = field;
    }
  }

  /** Of a value that its check digit proves: it is not looked up, nor remembered. */
  static final Seen PROVED = new Seen("", Verdict.valid(""), false);

  /**
   * Prepares to check.
   *
   * @param isSheet whether rows, not lines, tell the place
   */
  RowCheck(Plan plan, DelimitedBytes file, boolean isSheet) {
    this.plan = plan;
    this.file = file;
    this.isSheet = isSheet;
    TreeSet<Integer> wanted = new TreeSet<>(plan.key());
    for (CheckedColumn bound : plan.bounds()) {
      wanted.add(bound.rank());
      if (bound.dateRank() >= 0) {
        wanted.add(bound.dateRank());
      }
      if (bound.kindRank() >= 0) {
        wanted.add(bound.kindRank());
      }
    }
    plan.ties().forEach(tie -> wanted.add(tie.rank()));
    plan.fields().forEach(field -> wanted.add(field.rank()));
    int[] ranks = wanted.stream().mapToInt(Integer::intValue).toArray();
    this.scanner = file.scanner(ranks).watchingFormulas();
    int most = Math.min(MOST_OF_ONE, MOST_REMEMBERED / Math.max(1, plan.bounds().size()));
    this.columns =
        plan.bounds().stream()
            .map(
                b ->
                    new Column(
                        b,
                        Arrays.binarySearch(ranks, b.rank()),
                        b.dateRank() < 0 ? -1 : Arrays.binarySearch(ranks, b.dateRank()),
                        b.kindRank() < 0 ? -1 : Arrays.binarySearch(ranks, b.kindRank()),
                        most))
            .toArray(Column[]::new);
    this.ties =
        plan.ties().stream()
            .map(tie -> new TieCheck(tie, Arrays.binarySearch(ranks, tie.rank())))
            .toArray(TieCheck[]::new);
    this.fields =
        plan.fields().stream()
            .map(check -> new Field(check, Arrays.binarySearch(ranks, check.rank())))
            .toArray(Field[]::new);
    this.keyFields =
        plan.key().stream().mapToInt(rank -> Arrays.binarySearch(ranks, rank)).toArray();
    this.row = new Seen[columns.length];
  }

  /**
   * What came of a block.
   *
   * @param tally its counts and findings
   * @param wrong the wrong values of each bound column, with their counts, in its order
   * @param keys the keys of its rows; none where no key is declared
   * @param repaired its rows with the repairs; nothing where none are asked for
   */
  record Part(
      Tally tally,
      List<Map<String, Wrong>> wrong,
      List<KeyedRow> keys,
      RepairedRows.Output repaired) {}

  /**
   * The key of a row.
   *
   * @param key the values of its columns
   * @param line where the row stands
   */
  record KeyedRow(List<String> key, long line) {}

  /** Checks a block. */
  Part check(RecordBlock block, @Nullable RepairedRows repairs) {
    Tally tally = new Tally(plan);
    scanner.read(block);
    while (scanner.next()) {
      boolean says = !scanner.isBlank() && check(tally);
      if (repairs != null) {
        repairs.add(scanner, says ? row : null, columns, place());
      }
    }
    List<KeyedRow> keys = keyed;
    keyed = new ArrayList<>();
    return new Part(
        tally,
        Arrays.stream(columns).map(RowCheck::takeWrong).toList(),
        keys,
        repairs == null ? RepairedRows.Output.NONE : repairs.take());
  }

  private long place() {
    return isSheet ? scanner.record() : scanner.line();
  }

  /** Checks a row; false where it says nothing, or names the columns once more: it is none. */
  private boolean check(Tally tally) {
    if (scanner.record() <= plan.lastHeader()) {
      if (!saysNothing()) {
        report(
            tally, Rule.SECOND_HEADER, -1, null, Verdict.wrong(Outcome.VALID, Rule.SECOND_HEADER));
      }
      return false;
    }
    boolean right = true;
    boolean says = false;
    boolean empty = true;
    for (int i = 0; i < columns.length; i++) {
      Seen seen = inItsRow(columns[i], see(columns[i]));
      row[i] = seen;
      Outcome outcome = seen.verdict.outcome();
      right &= outcome == Outcome.VALID || outcome == Outcome.EMPTY && !columns[i].bound.required();
      says |= outcome == Outcome.VALID;
      empty &= outcome == Outcome.EMPTY;
    }
    if (empty && saysNothing()) {
      return false;
    }
    tally.row(right && says);
    for (int i = 0; i < columns.length; i++) {
      count(tally, i);
    }
    checkTies(tally);
    for (Field field : fields) {
      check(field, tally);
    }
    if (scanner.fields() != plan.header().size()) {
      report(
          tally,
          Rule.RAGGED_ROW,
          -1,
          null,
          Verdict.wrong(Outcome.MALFORMED, Rule.RAGGED_ROW)
              .with(
                  new Text(
                      scanner.fields() + " champs pour " + plan.header().size() + " colonnes",
                      scanner.fields() + " fields for " + plan.header().size() + " columns")));
    }
    if (scanner.hasFormula()) {
      checkFormulas(tally);
    }
    if (keyFields.length > 0) {
      keyed.add(new KeyedRow(Arrays.stream(keyFields).mapToObj(scanner::field).toList(), place()));
    }
    return true;
  }

  private Seen see(Column column) {
    int from = scanner.fieldStart(column.field);
    int to = scanner.fieldEnd(column.field);
    byte[] bytes = scanner.buffer();
    if (column.digits > 0 && Digits.prove(bytes, from, to, column.digits, column.siret)) {
      return PROVED;
    }
    if (from < 0) {
      from = 0;
      to = 0;
    }
    boolean isLong = to - from > LONGEST_REMEMBERED;
    ByteTable<Seen> known = column.seen;
    if (column.kindField >= 0) {
      known = ofKind(column);
    }
    Seen seen = isLong ? null : known.get(bytes, from, to);
    if (seen == null) {
      String value = from == to ? "" : scanner.field(column.field);
      seen = new Seen(shorten(value), column.check.check(value), column.dateField >= 0);
      if (!isLong) {
        known.put(bytes, from, to, seen);
      }
      String code = seen.verdict.code();
      if (code != null
          && column.isDated
          && (column.kindField < 0 || isOfFirstKind(column))
          && seen.verdict.rule() != Rule.CODE_OF_A_PART
          && column.codes.size() < ColumnSample.MOST_VALUES) {
        column.codes.add(code);
      }
    }
    return column.dateField < 0 || seen.verdict.outcome() == Outcome.EMPTY
        ? seen
        : onItsDay(column, seen);
  }

  /** What was seen of the kind that the row says, which judges its code. */
  private ByteTable<Seen> ofKind(Column column) {
    Kinds kinds = Objects.requireNonNull(column.bound.kinds());
    CodeCheck check = kinds.find(scanner.field(column.kindField), scanner.field(column.field));
    column.check = check == null ? column.ofNoKind : check;
    return column.seenOfKinds.computeIfAbsent(
        column.check, _ -> new ByteTable<>(column.most / MOST_KINDS));
  }

  /** The value by what stands beside it, where that may change what is said of it. */
  private Seen inItsRow(Column column, Seen seen) {
    CodeCheck check = column.check;
    if (seen == PROVED || !check.isDoubtful(seen.verdict)) {
      return seen;
    }
    String value = scanner.field(column.field);
    Verdict verdict = check.check(value, day(column), new Row(column));
    return verdict.equals(seen.verdict) ? seen : new Seen(seen.value, verdict, seen.verdict, false);
  }

  /** The other fields of the row of a code. */
  private final class Row implements Witness {
    private final Column column;

    Row(Column column) {
      this.column = column;
    }

    @Override
    public boolean says(List<String> words) {
      return anyField((rank, from, to) -> isNearest(rank) && holds(from, to, words));
    }

    @Override
    public boolean any(Predicate<String> test) {
      return anyField(
          (rank, from, to) ->
              rank != column.bound.rank()
                  && from < to
                  && to - from <= LONGEST_NAME
                  && test.test(text(from, to)));
    }

    @Override
    public boolean names(@Nullable String label) {
      return label != null
          && anyField(
              (rank, from, to) ->
                  rank != column.bound.rank()
                      && to - from >= label.length() / 2
                      && to - from <= LONGEST_NAME
                      && WrittenName.of(text(from, to)).means(label));
    }

    /** Of several codes of one kind, what is said goes with the nearest, or the one before it. */
    private boolean isNearest(int rank) {
      int mine = column.bound.rank();
      int distance = Math.abs(mine - rank);
      String referential = column.bound.check().yardstick().referential().id();
      for (Column other : columns) {
        int its = Math.abs(other.bound.rank() - rank);
        if (other != column
            && other.bound.check().yardstick().referential().id().equals(referential)
            && (its < distance || its == distance && other.bound.rank() < mine)) {
          return false;
        }
      }
      return true;
    }

    /** Whether a field holds a word, though it be stuck to the one before: VilleurbanneCEDEX. */
    private boolean holds(int from, int to, List<String> words) {
      if (from == to || to - from > LONGEST_REMEMBERED) {
        return false;
      }
      String text = Words.fold(text(from, to));
      return words.stream().anyMatch(word -> holds(text, word));
    }

    private static boolean holds(String text, String word) {
      for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
        int end = at + word.length();
        if (end == text.length() || !Character.isLetter(text.charAt(end))) {
          return true;
        }
      }
      return false;
    }
  }

  /** What stands between two places of a field. */
  private String text(int from, int to) {
    byte[] bytes = scanner.buffer();
    String text = new String(bytes, from, to - from, file.bufferCharset());
    boolean isQuoted = from > scanner.start() && bytes[from - 1] == '"';
    return isQuoted ? text.replace("\"\"", "\"") : text;
  }

  /** The value on the day of its row. */
  private Seen onItsDay(Column column, Seen seen) {
    Optional<LocalDate> day = read(column);
    if (day.isEmpty() || seen.byDay == null) {
      return seen;
    }
    if (seen.byDay.size() == MOST_DAYS_OF_ONE) {
      seen.byDay.clear();
    }
    return seen.byDay.computeIfAbsent(
        day.get(), d -> new Seen(seen.value, column.check.check(seen.value, d), false));
  }

  /** The day that the row says for a column; empty where it says none. */
  private Optional<LocalDate> read(Column column) {
    int from = scanner.fieldStart(column.dateField);
    int to = scanner.fieldEnd(column.dateField);
    if (from < 0 || to - from > LONGEST_REMEMBERED) {
      return Optional.empty();
    }
    Optional<LocalDate> day = column.days.get(scanner.buffer(), from, to);
    if (day == null) {
      day = Days.read(scanner.field(column.dateField));
      column.days.put(scanner.buffer(), from, to, day);
    }
    return day;
  }

  /** The day that counts for a column in the row. */
  private LocalDate day(Column column) {
    LocalDate always = column.check.yardstick().date();
    return column.dateField < 0 ? always : read(column).orElse(always);
  }

  private void count(Tally tally, int index) {
    Seen seen = row[index];
    Column column = columns[index];
    Verdict verdict = seen.verdict;
    tally.outcome(index, verdict.outcome());
    Rule rule = verdict.rule();
    int rank = column.bound.rank();
    if (rule != null) {
      if (tally.counts(rule, rank)) {
        tally.keep(new CellFinding(rule, place(), rank, seen.value, verdict));
      }
      // Alone, so that the order of rows does not matter; what the row excuses is not wrong.
      boolean excused =
          seen.alone.outcome() != Outcome.VALID
              && (verdict.outcome() == Outcome.VALID
                  || rule == Rule.UNCONFIRMED_CODE && seen.alone.rule() != rule);
      if (!excused) {
        column.wrong.computeIfAbsent(seen.value, _ -> new Wrong(seen.alone)).count++;
      }
    } else if (verdict.outcome() == Outcome.EMPTY && column.bound.required()) {
      report(tally, Rule.EMPTY_VALUE, rank, null, verdict);
    }
    if (column.dateField >= 0 && verdict.outcome() != Outcome.EMPTY && read(column).isEmpty()) {
      String day = scanner.field(column.dateField);
      report(
          tally,
          Rule.MALFORMED_DATE,
          column.bound.dateRank(),
          day,
          Verdict.wrong(Outcome.MALFORMED, Rule.MALFORMED_DATE));
    }
  }

  private void report(Tally tally, Rule rule, int rank, @Nullable String value, Verdict verdict) {
    if (tally.counts(rule, rank)) {
      tally.keep(
          new CellFinding(
              rule,
              place(),
              rank,
              value == null || plan.personal().containsKey(rank) ? null : shorten(value),
              verdict));
    }
  }

  private static String shorten(String value) {
    return value.length() <= LONGEST_TOLD ? value : value.substring(0, LONGEST_TOLD) + '…';
  }

  /** The code that a column of the row means; null where it means none. */
  @Nullable String code(int index) {
    Seen seen = row[index];
    return seen == PROVED ? scanner.field(columns[index].field) : seen.verdict.code();
  }

  /**
   * The code of a column that can be compared: nobody knows where one lies that no list gives, and
   * one of another kind is not what the columns have in common.
   */
  private @Nullable String compared(int index) {
    Column column = columns[index];
    boolean isOther = column.kindField >= 0 && !isOfFirstKind(column);
    return isOther || row[index].verdict.rule() == Rule.UNLISTED_CODE ? null : code(index);
  }

  private static boolean isOfFirstKind(Column column) {
    String referential = column.bound.check().yardstick().referential().id();
    return column.check != column.ofNoKind
        && column.check.yardstick().referential().id().equals(referential);
  }

  /** Checks what must agree between columns; two that contradict each other are told once. */
  private void checkTies(Tally tally) {
    boolean contradicts = false;
    for (TieCheck check : ties) {
      read(check);
      contradicts |= check.contradiction != null;
    }
    if (!contradicts) {
      return;
    }
    for (int i = 0; i < ties.length; i++) {
      if (ties[i].contradiction != null && !isToldByOther(i)) {
        report(ties[i], tally);
      }
    }
  }

  /** Whether the same two columns are told the other way round, because that one is more likely. */
  private boolean isToldByOther(int tie) {
    if (!(ties[tie].tie instanceof ColumnRelation.Within within)) {
      return false;
    }
    for (int i = 0; i < ties.length; i++) {
      if (ties[i].contradiction != null
          && ties[i].tie instanceof ColumnRelation.Within other
          && other.of() == within.with()
          && other.with() == within.of()) {
        int more = Integer.compare(suspicion(other.of()), suspicion(within.of()));
        return more > 0 || more == 0 && i < tie;
      }
    }
    return false;
  }

  /** How many other columns of the row contradict the code of a column, less those that name it. */
  private int suspicion(int column) {
    int suspicion = 0;
    for (TieCheck check : ties) {
      boolean isNamed = check.tie instanceof ColumnRelation.Called && check.tie.of() == column;
      if (check.contradiction != null) {
        boolean isWith =
            check.tie instanceof ColumnRelation.Within within && within.with() == column;
        suspicion += check.tie.of() == column || isWith ? 1 : 0;
      } else if (isNamed && check.other != null && !Reading.isBlank(check.other)) {
        suspicion--;
      }
    }
    return suspicion;
  }

  /** Reads what a row says of a tie. */
  private void read(TieCheck check) {
    ColumnRelation tie = check.tie;
    check.contradiction = null;
    check.other = null;
    String code = compared(tie.of());
    if (code == null || row[tie.of()].verdict.rule() == Rule.CODE_OF_A_PART) {
      return;
    }
    String other =
        switch (tie) {
          case ColumnRelation.Within within -> compared(within.with());
          case ColumnRelation.Called _ -> scanner.field(check.field);
        };
    if (other == null || other.length() > LONGEST_REMEMBERED) {
      return;
    }
    LocalDate day = day(columns[tie.of()]);
    String pair = code + '\u0000' + other + '\u0000' + day.toEpochDay();
    Optional<Text> known = check.known.get(pair);
    if (known == null) {
      if (check.known.size() == MOST_PAIRS) {
        check.known.clear();
      }
      known = Optional.ofNullable(tie.contradiction(code, other, day));
      check.known.put(pair, known);
    }
    check.contradiction = known.orElse(null);
    check.code = code;
    check.other = other;
  }

  private void report(TieCheck check, Tally tally) {
    Text contradiction = check.contradiction;
    if (contradiction == null) {
      return;
    }
    boolean called = check.tie instanceof ColumnRelation.Called;
    Rule rule = called ? Rule.LABEL_MISMATCH : Rule.INCONSISTENT_COLUMNS;
    report(
        tally,
        rule,
        called ? check.tie.rank() : plan.bounds().get(check.tie.of()).rank(),
        called ? check.other : check.code,
        Verdict.wrong(Outcome.VALID, rule).with(contradiction));
  }

  private void check(Field field, Tally tally) {
    int from = Math.max(0, scanner.fieldStart(field.field));
    int to = Math.max(0, scanner.fieldEnd(field.field));
    boolean isLong = to - from > LONGEST_REMEMBERED;
    Optional<Verdict> known = isLong ? null : field.known.get(scanner.buffer(), from, to);
    if (known == null) {
      known = Optional.ofNullable(field.check.check(scanner.field(field.field)));
      if (!isLong) {
        field.known.put(scanner.buffer(), from, to, known);
      }
    }
    if (known.isPresent()) {
      Rule rule = known.get().rule();
      if (rule != null) {
        String value = scanner.field(field.field);
        report(tally, rule, field.check.rank(), Reading.isBlank(value) ? null : value, known.get());
      }
    }
  }

  /** Whether there are only separators, quotes and blanks in the row. */
  private boolean saysNothing() {
    byte[] bytes = scanner.buffer();
    for (int at = scanner.start(); at < scanner.contentEnd(); at++) {
      byte b = bytes[at];
      if (b != file.separator() && b != '"' && (b > ' ' || b < 0)) {
        return false;
      }
    }
    return true;
  }

  /** Finds the fields that begin as formulas do and are no numbers. */
  private void checkFormulas(Tally tally) {
    anyField(
        (rank, from, to) -> {
          if (from < to && Formulas.isFormula(scanner.buffer(), from, to)) {
            report(
                tally,
                Rule.SPREADSHEET_FORMULA,
                rank < plan.header().size() ? rank : -1,
                text(from, from + Math.min(to - from, LONGEST_FORMULA)),
                Verdict.wrong(Outcome.VALID, Rule.SPREADSHEET_FORMULA));
          }
          return false;
        });
  }

  /** Something that is asked of a field between two places of the buffer, without its quotes. */
  private interface FieldTest {
    boolean test(int rank, int from, int to);
  }

  /** Whether a field of the row passes a test; the others after it are not tried. */
  private boolean anyField(FieldTest test) {
    byte[] bytes = scanner.buffer();
    int at = scanner.start();
    int end = scanner.contentEnd();
    for (int rank = 0; at <= end; rank++) {
      int closing = at < end && bytes[at] == '"' ? closingQuote(bytes, at + 1, end) : -1;
      int from = closing < 0 ? at : at + 1;
      int to = closing < 0 ? separator(bytes, at, end) : closing;
      if (test.test(rank, from, to)) {
        return true;
      }
      at = separator(bytes, to, end) + 1;
    }
    return false;
  }

  private int separator(byte[] bytes, int from, int end) {
    int at = from;
    while (at < end && bytes[at] != file.separator()) {
      at++;
    }
    return at;
  }

  /** Where a field that begins with a quote is closed; negative where it never is. */
  private static int closingQuote(byte[] bytes, int from, int end) {
    for (int at = from; at < end; at++) {
      if (bytes[at] == '"') {
        if (at + 1 == end || bytes[at + 1] != '"') {
          return at;
        }
        at++;
      }
    }
    return -1;
  }

  /** The different codes of a bound column, in force or not. */
  Set<String> codes(int index) {
    return columns[index].codes;
  }
}
