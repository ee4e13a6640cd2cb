package fr.pivot.registry;

import fr.pivot.referential.ConceptState;
import java.util.List;

/**
 * What a release says of a code on a day. The caller cannot forget that a code may have retired.
 */
public sealed interface Answer {

  /** The code is in force. */
  record InForce(ConceptState state) implements Answer {}

  /**
   * The release knows the code, but not on that day.
   *
   * @param states every state it ever had, in order; at least one
   */
  record NotInForce(List<ConceptState> states) implements Answer {}

  /** The release never heard of the code. */
  record Unknown() implements Answer {}
}
