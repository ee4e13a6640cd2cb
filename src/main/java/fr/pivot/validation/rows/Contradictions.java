package fr.pivot.validation.rows;

import fr.pivot.validation.value.Reading;
import java.util.ArrayList;
import java.util.List;

/** Tells what the columns of a row contradict: two that contradict each other, once. */
final class Contradictions {

  private final RelationCheck[] relations;

  Contradictions(RelationCheck[] relations) {
    this.relations = relations;
  }

  /** The contradictions of the row that was read last that are to be told, in their order. */
  List<RelationCheck> list() {
    boolean any = false;
    for (RelationCheck relation : relations) {
      any |= relation.contradiction != null;
    }
    if (!any) {
      return List.of();
    }
    List<RelationCheck> told = new ArrayList<>();
    for (int i = 0; i < relations.length; i++) {
      if (relations[i].contradiction != null && !isToldByOther(i)) {
        told.add(relations[i]);
      }
    }
    return told;
  }

  /** Whether the same two columns are told the other way round, because that one is more likely. */
  private boolean isToldByOther(int one) {
    RelationCheck mine = relations[one];
    for (int i = 0; i < relations.length; i++) {
      RelationCheck other = relations[i];
      if (other.contradiction != null && other.isInverseOf(mine)) {
        int more = Integer.compare(suspicion(other.relation.of()), suspicion(mine.relation.of()));
        return more > 0 || more == 0 && i < one;
      }
    }
    return false;
  }

  /** How many other columns of the row contradict the code of a column, less those that name it. */
  private int suspicion(int column) {
    int suspicion = 0;
    for (RelationCheck check : relations) {
      if (check.contradiction != null) {
        suspicion += check.concerns(column) ? 1 : 0;
      } else if (check.names(column) && check.other != null && !Reading.isBlank(check.other)) {
        suspicion--;
      }
    }
    return suspicion;
  }
}
