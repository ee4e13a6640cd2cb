package fr.pivot.search;

import java.util.List;

/**
 * Something known of the concept that is looked for, beside its name.
 *
 * @param property what is known: the property or the referential of a link ({@code departement},
 *     {@code codePostal}, {@code epci}), an attribute, a figure ({@code population}), {@code level}
 *     or {@code code}
 * @param values its values, any of which may hold: codes, or names where the property leads to a
 *     referential
 * @param required whether what does not agree is no answer; otherwise it is only less likely
 */
public record Context(String property, List<String> values, boolean required) {

  /** Keeps a copy that nobody can change. */
  public Context {
    values = List.copyOf(values);
  }
}
