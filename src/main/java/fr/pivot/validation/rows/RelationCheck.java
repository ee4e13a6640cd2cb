package fr.pivot.validation.rows;

import fr.pivot.referential.Text;
import fr.pivot.validation.plan.ColumnRelation;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What columns must have in common, with what was found of it before. Belongs to one thread. */
final class RelationCheck {

  private static final int MOST_PAIRS = 1 << 15;

  final ColumnRelation relation;

  /** The place of the field that a code is compared with; negative where it is no field. */
  final int field;

  private final Map<String, Optional<Text>> known = new HashMap<>();

  /** What the row that was read last says: its code, what stands beside it, what is wrong. */
  @Nullable String code;

  @Nullable String other;
  @Nullable Text contradiction;

  RelationCheck(ColumnRelation relation, int field) {
    this.relation = relation;
    this.field = field;
  }

  /** Forgets the row before. */
  void clear() {
    code = null;
    other = null;
    contradiction = null;
  }

  /** Reads what a row says. */
  void read(String ofRow, String beside, LocalDate day) {
    String pair = ofRow + '\u0000' + beside + '\u0000' + day.toEpochDay();
    Optional<Text> found = known.get(pair);
    if (found == null) {
      if (known.size() == MOST_PAIRS) {
        known.clear();
      }
      found = Optional.ofNullable(relation.contradiction(ofRow, beside, day));
      known.put(pair, found);
    }
    contradiction = found.orElse(null);
    code = ofRow;
    other = beside;
  }

  /** Whether it says what a column is called. */
  boolean names(int column) {
    return relation instanceof ColumnRelation.Called && relation.of() == column;
  }

  /** Whether a column is one of those that must agree. */
  boolean concerns(int column) {
    return relation.of() == column
        || relation instanceof ColumnRelation.Within within && within.with() == column;
  }

  /** Whether another says the same of the same two columns, the other way round. */
  boolean isInverseOf(RelationCheck that) {
    return relation instanceof ColumnRelation.Within mine
        && that.relation instanceof ColumnRelation.Within its
        && mine.of() == its.with()
        && mine.with() == its.of();
  }
}
