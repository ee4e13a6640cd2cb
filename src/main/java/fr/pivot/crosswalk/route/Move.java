package fr.pivot.crosswalk.route;

import fr.pivot.referential.Kind;
import fr.pivot.referential.LinkType;
import fr.pivot.referential.Relation;
import fr.pivot.referential.correspondence.Match;
import fr.pivot.registry.Point;
import org.jspecify.annotations.Nullable;

/** What a step of a route means: it decides what may come before and after it. */
enum Move {
  /** The same unit on another day. */
  TIME,
  /** From a part to the unit that it lies in. */
  WHOLE,
  /** From a unit to the parts that it goes on in, of which most units have none. */
  PARTS,
  /** To what a code lies in. */
  UP,
  /** To what lies in a code. */
  DOWN,
  /** To what names the same unit: its SIREN. */
  NAME,
  /** To what means the same, or partly, in another nomenclature or edition. */
  MEANING,
  /** To what has something in common with a code: a postal code serves several communes. */
  OVERLAP;

  static Move of(Step step) {
    return switch (step) {
      case Step.ThroughTime _ -> TIME;
      case Step.Parts parts -> parts.out() ? WHOLE : PARTS;
      case Step.ByTable by -> ofNomenclatures(by) ? MEANING : of(by.match());
      case Step.AlongLinks along -> of(along);
    };
  }

  /** What a table between territories leads to: the DGCL's table to what its codes lie in. */
  private static Move of(@Nullable Match all) {
    return switch (all) {
      case BROADER -> UP;
      case NARROWER -> DOWN;
      case null, default -> OVERLAP;
    };
  }

  private static Move of(Step.AlongLinks along) {
    if (along.relation() == Relation.BROADER) {
      return along.up() ? UP : DOWN;
    }
    if (ofNomenclatures(along)) {
      return MEANING;
    }
    boolean named = along.from().kind() == Kind.ENTITY || along.to().kind() == Kind.ENTITY;
    return named && !mayBeSeveral(along) ? NAME : OVERLAP;
  }

  private static boolean ofNomenclatures(Step step) {
    return step.from().kind() == Kind.NOMENCLATURE && step.to().kind() == Kind.NOMENCLATURE;
  }

  /** Whether one code may carry several such links at a time. */
  private static boolean mayBeSeveral(Step.AlongLinks along) {
    Point bearer = along.up() ? along.from() : along.to();
    Point other = along.up() ? along.to() : along.from();
    for (LinkType link : bearer.codes().referential().links()) {
      if (link.relation() == along.relation()
          && link.referential().equals(other.referential().id())) {
        return link.many();
      }
    }
    return true;
  }
}
