package fr.pivot.validation.rows;

import fr.pivot.admission.Work;
import fr.pivot.finding.Rule;
import fr.pivot.referential.Text;
import fr.pivot.text.Discretion;
import fr.pivot.text.bytes.ByteTable;
import fr.pivot.text.bytes.DelimitedBytes;
import fr.pivot.text.bytes.RecordBlock;
import fr.pivot.text.bytes.RecordScanner;
import fr.pivot.validation.plan.CellFinding;
import fr.pivot.validation.plan.CheckedColumn;
import fr.pivot.validation.plan.ColumnRelation;
import fr.pivot.validation.plan.FieldCheck;
import fr.pivot.validation.plan.Plan;
import fr.pivot.validation.value.Outcome;
import fr.pivot.validation.value.Reading;
import fr.pivot.validation.value.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
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

  /** How many different values of a column that a schema speaks of are remembered. */
  private static final int MOST_OTHERS = 1 << 12;

  /** How much of a formula is decoded, in bytes: more than is told. */
  private static final int LONGEST_FORMULA = 1 << 12;

  private final Plan plan;
  private final RowFields row;
  private final CodeColumn[] columns;
  private final RelationCheck[] relations;
  private final Contradictions contradictions;
  private final Field[] fields;
  private final int[] keyFields;

  /** What came of the codes of the row, by column. */
  private final SeenValue[] values;

  private List<KeyedRow> keyed = new ArrayList<>();

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

  /**
   * Prepares to check.
   *
   * @param isSheet whether rows, not lines, tell the place
   */
  RowCheck(Plan plan, DelimitedBytes file, boolean isSheet) {
    this.plan = plan;
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
    this.row = new RowFields(file, ranks, isSheet);
    int all = Work.current().remembered(MOST_REMEMBERED);
    int most = Math.min(MOST_OF_ONE, all / Math.max(1, plan.bounds().size()));
    this.columns =
        plan.bounds().stream()
            .map(
                b ->
                    new CodeColumn(
                        row,
                        b,
                        Arrays.binarySearch(ranks, b.rank()),
                        b.dateRank() < 0 ? -1 : Arrays.binarySearch(ranks, b.dateRank()),
                        b.kindRank() < 0 ? -1 : Arrays.binarySearch(ranks, b.kindRank()),
                        most))
            .toArray(CodeColumn[]::new);
    this.relations =
        plan.ties().stream()
            .map(tie -> new RelationCheck(tie, Arrays.binarySearch(ranks, tie.rank())))
            .toArray(RelationCheck[]::new);
    this.contradictions = new Contradictions(relations);
    this.fields =
        plan.fields().stream()
            .map(check -> new Field(check, Arrays.binarySearch(ranks, check.rank())))
            .toArray(Field[]::new);
    this.keyFields =
        plan.key().stream().mapToInt(rank -> Arrays.binarySearch(ranks, rank)).toArray();
    this.values = new SeenValue[columns.length];
  }

  /**
   * What came of a block.
   *
   * @param tally its counts and findings
   * @param wrong the wrong values of each bound column, with their counts, in its order
   * @param codes the codes of each bound column that came for the first time, in its order
   * @param keys the keys of its rows; none where no key is declared
   * @param repaired its rows with the repairs; nothing where none are asked for
   */
  record Part(
      Tally tally,
      List<Map<String, CodeColumn.Wrong>> wrong,
      List<List<String>> codes,
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
    row.read(block);
    while (row.next()) {
      boolean says = !row.scanner().isBlank() && check(tally);
      if (repairs != null) {
        repairs.add(row.scanner(), says ? values : null, columns, row.place());
      }
    }
    List<KeyedRow> keys = keyed;
    keyed = new ArrayList<>();
    return new Part(
        tally,
        Arrays.stream(columns).map(CodeColumn::takeWrong).toList(),
        Arrays.stream(columns).map(CodeColumn::takeCodes).toList(),
        keys,
        repairs == null ? RepairedRows.Output.NONE : repairs.take());
  }

  /** Checks a row; false where it says nothing, or names the columns once more: it is none. */
  private boolean check(Tally tally) {
    RecordScanner scanner = row.scanner();
    if (scanner.record() <= plan.lastHeader()) {
      if (!row.saysNothing()) {
        report(
            tally, Rule.SECOND_HEADER, -1, null, Verdict.wrong(Outcome.VALID, Rule.SECOND_HEADER));
      }
      return false;
    }
    boolean right = true;
    boolean says = false;
    boolean empty = true;
    for (int i = 0; i < columns.length; i++) {
      SeenValue seen = columns[i].see(columns);
      values[i] = seen;
      Outcome outcome = seen.verdict.outcome();
      right &= outcome == Outcome.VALID || outcome == Outcome.EMPTY && !columns[i].bound.required();
      says |= outcome == Outcome.VALID;
      empty &= outcome == Outcome.EMPTY;
    }
    if (empty && row.saysNothing()) {
      return false;
    }
    tally.row(right && says);
    for (int i = 0; i < columns.length; i++) {
      count(tally, i);
    }
    checkRelations(tally);
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
      keyed.add(new KeyedRow(Arrays.stream(keyFields).mapToObj(row::field).toList(), row.place()));
    }
    return true;
  }

  private void count(Tally tally, int index) {
    SeenValue seen = values[index];
    CodeColumn column = columns[index];
    Verdict verdict = seen.verdict;
    tally.outcome(index, verdict.outcome());
    Rule rule = verdict.rule();
    int rank = column.bound.rank();
    if (rule != null) {
      boolean tells = tells(seen, rank);
      if (tally.counts(rule, rank)) {
        tally.keep(
            tells
                ? new CellFinding(rule, row.place(), rank, seen.value, verdict)
                : new CellFinding(
                    rule,
                    row.place(),
                    rank,
                    null,
                    verdict.withholding(Discretion.withheld(seen.value))));
      }
      // What the row excuses is not wrong.
      boolean excused =
          seen.alone.outcome() != Outcome.VALID
              && (verdict.outcome() == Outcome.VALID
                  || rule == Rule.UNCONFIRMED_CODE && seen.alone.rule() != rule);
      if (!excused && tells) {
        column.countWrong(seen);
      }
    } else if (verdict.outcome() == Outcome.EMPTY && column.bound.required()) {
      report(tally, Rule.EMPTY_VALUE, rank, null, verdict);
    }
    if (column.dateField >= 0 && verdict.outcome() != Outcome.EMPTY && column.readDay().isEmpty()) {
      String day = row.field(column.dateField);
      report(
          tally,
          Rule.MALFORMED_DATE,
          column.bound.dateRank(),
          day,
          Verdict.wrong(Outcome.MALFORMED, Rule.MALFORMED_DATE));
    }
  }

  /**
   * Whether the value of a column of codes may be repeated. What is a code is public, but where the
   * column is called as if it held what is of persons, chance makes codes of it.
   */
  private boolean tells(SeenValue seen, int rank) {
    String code = seen.verdict.code();
    boolean isDiscreet = plan.discreet().contains(rank);
    return code != null && (!isDiscreet || code.equals(seen.value.strip()))
        || !isDiscreet && !isShifted() && !seen.looksPersonal();
  }

  /** Whether the values of the row may stand in the place of those of persons' columns. */
  private boolean isShifted() {
    return !plan.discreet().isEmpty() && row.scanner().fields() != plan.header().size();
  }

  private void report(Tally tally, Rule rule, int rank, @Nullable String value, Verdict verdict) {
    report(tally, rule, rank, value, verdict, false);
  }

  /**
   * Counts a finding, and keeps it where it is one of the first.
   *
   * @param isPublic whether the value is a name or a code of a referential
   */
  private void report(
      Tally tally, Rule rule, int rank, @Nullable String value, Verdict verdict, boolean isPublic) {
    if (tally.counts(rule, rank)) {
      boolean withholds =
          value != null
              && !isPublic
              && (plan.discreet().contains(rank) || isShifted() || Discretion.looksPersonal(value));
      tally.keep(
          new CellFinding(
              rule,
              row.place(),
              rank,
              value == null || withholds ? null : CodeColumn.shorten(value),
              value != null && withholds && verdict.detail() == null
                  ? verdict.with(Discretion.withheld(value))
                  : verdict));
    }
  }

  /** The code that a column of the row means; null where it means none. */
  private @Nullable String code(int index) {
    SeenValue seen = values[index];
    return seen == SeenValue.PROVED ? row.field(columns[index].field) : seen.verdict.code();
  }

  /**
   * The code of a column that can be compared: nobody knows where one lies that no list gives, and
   * one of another kind is not what the columns have in common.
   */
  private @Nullable String compared(int index) {
    boolean isComparable =
        !columns[index].isOfOtherKind() && values[index].verdict.rule() != Rule.UNLISTED_CODE;
    return isComparable ? code(index) : null;
  }

  /** Checks what must agree between columns. */
  private void checkRelations(Tally tally) {
    for (RelationCheck relation : relations) {
      read(relation);
    }
    for (RelationCheck relation : contradictions.list()) {
      report(relation, Objects.requireNonNull(relation.contradiction), tally);
    }
  }

  /** Reads what a row says of a relation. */
  private void read(RelationCheck check) {
    ColumnRelation relation = check.relation;
    check.clear();
    String code = compared(relation.of());
    if (code == null || values[relation.of()].verdict.rule() == Rule.CODE_OF_A_PART) {
      return;
    }
    String other =
        switch (relation) {
          case ColumnRelation.Within within -> compared(within.with());
          case ColumnRelation.Called _ -> row.field(check.field);
        };
    if (other != null && other.length() <= CodeColumn.LONGEST_REMEMBERED) {
      check.read(code, other, columns[relation.of()].day());
    }
  }

  private void report(RelationCheck check, Text contradiction, Tally tally) {
    boolean called = check.relation instanceof ColumnRelation.Called;
    boolean isPublic =
        !(check.relation instanceof ColumnRelation.Called names)
            || check.other != null && names.isName().test(check.other);
    Rule rule = called ? Rule.LABEL_MISMATCH : Rule.INCONSISTENT_COLUMNS;
    report(
        tally,
        rule,
        called ? check.relation.rank() : plan.bounds().get(check.relation.of()).rank(),
        called ? check.other : check.code,
        Verdict.wrong(Outcome.VALID, rule).with(contradiction),
        isPublic);
  }

  private void check(Field field, Tally tally) {
    RecordScanner scanner = row.scanner();
    int from = Math.max(0, scanner.fieldStart(field.field));
    int to = Math.max(0, scanner.fieldEnd(field.field));
    boolean isLong = to - from > CodeColumn.LONGEST_REMEMBERED;
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

  /** Finds the fields that begin as formulas do and are no numbers. */
  private void checkFormulas(Tally tally) {
    row.any(
        (rank, from, to) -> {
          if (from < to && Formulas.isFormula(row.scanner().buffer(), from, to)) {
            report(
                tally,
                Rule.SPREADSHEET_FORMULA,
                rank < plan.header().size() ? rank : -1,
                row.text(from, from + Math.min(to - from, LONGEST_FORMULA)),
                Verdict.wrong(Outcome.VALID, Rule.SPREADSHEET_FORMULA));
          }
          return false;
        });
  }
}
