package fr.pivot.referential;

import java.time.LocalDate;
import java.util.Set;

/**
 * What a list of one day says of itself before its links. It is no edition of the referential whose
 * codes it links: it states what all of them are linked to on the day, so that every edition that
 * tells of that day says so.
 *
 * @param referential the referential whose codes are linked
 * @param day the day
 * @param links the referentials that the links lead to
 * @param whole those of them that the list states whole: a code without such a link has none on the
 *     day, and a code that none leads to is not in force on it
 */
public record DayHead(String referential, LocalDate day, Set<String> links, Set<String> whole) {

  /** Keeps copies that nobody can change. */
  public DayHead {
    links = Set.copyOf(links);
    whole = Set.copyOf(whole);
  }
}
