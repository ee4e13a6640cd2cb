package fr.pivot.validation.value;

import org.jspecify.annotations.Nullable;

/**
 * A code that a value may stand for.
 *
 * @param referential its referential
 * @param code the code
 * @param label what it is called; null where nobody says
 */
public record Suggestion(String referential, String code, @Nullable String label) {

  @Override
  public String toString() {
    return label == null ? code : code + ' ' + label;
  }
}
