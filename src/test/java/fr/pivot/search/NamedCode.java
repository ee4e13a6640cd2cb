package fr.pivot.search;

import org.jspecify.annotations.Nullable;

/**
 * A name that somebody wrote, and the code in force today that is meant by it.
 *
 * @param source the table or the list that has the name
 * @param referential the referential of the code
 * @param text what is written there
 * @param name the name in it: {@code text}, but for what is no part of a name, such as CEDEX
 * @param code the code that is meant
 * @param departement the code of the département that the commune lies in today; null where there
 *     is none, or where the name does not belong to it
 * @param postalCode one of the commune's postal codes; null where there is none
 * @param bulkCode a postal code of its surroundings that no list has, as those who get much mail
 *     have one; null where there is none
 */
public record NamedCode(
    String source,
    String referential,
    String text,
    String name,
    String code,
    @Nullable String departement,
    @Nullable String postalCode,
    @Nullable String bulkCode) {

  /** The same commune, where a row tells its postal code. */
  NamedCode withPostalCode(String told) {
    return new NamedCode(source, referential, text, name, code, departement, told, bulkCode);
  }
}
