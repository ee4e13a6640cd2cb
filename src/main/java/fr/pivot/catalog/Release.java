package fr.pivot.catalog;

import fr.pivot.referential.ReleaseHead;
import fr.pivot.referential.ReleaseRows;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A published edition of a referential.
 *
 * @param id its number in the registry
 * @param position its place among the editions: the days from 1970-01-01 to its reference date
 * @param head what it says of itself
 * @param digest the digest of its whole content, in hexadecimal: equal content, equal digest
 * @param concepts how many codes it knows of, ceased ones included
 * @param inForce how many codes it holds in force on its reference date
 * @param links how many links it states
 * @param successions how many successions it states
 * @param measures how many figures it states
 * @param observed by part, the days on which lists showed what it says of it, the oldest first;
 *     {@link #observedDays} tells what they mean
 * @param publishedAt when it was published here
 */
public record Release(
    long id,
    int position,
    ReleaseHead head,
    String digest,
    int concepts,
    int inForce,
    int links,
    int successions,
    int measures,
    Map<String, List<LocalDate>> observed,
    Instant publishedAt) {

  /** Keeps copies that nobody can change, in the order of the parts' names. */
  public Release {
    Map<String, List<LocalDate>> parts = new TreeMap<>();
    observed.forEach((part, days) -> parts.put(part, List.copyOf(days)));
    observed = Collections.unmodifiableMap(parts);
  }

  /** Its name among the editions. */
  public String edition() {
    return head.edition();
  }

  /**
   * The days on which lists showed a part of what it says: the reference days of the editions that
   * state that part as a list of their day, as far back as this edition's history goes. What was
   * true between two of them is not known. A row of the part whose dates were worked out ({@code
   * derived}) and that begins or ends on one of these days truly does so after the one before it in
   * the list, and not after the day itself.
   *
   * @param part {@link ReleaseRows#CONCEPTS} for the states, {@link ReleaseRows#MEASURES} for the
   *     figures, or the referential that links lead to, as {@code epci}
   * @return the oldest first; empty where the part has dates of its own, stated by its publisher,
   *     or where nothing is known of its lists
   */
  public List<LocalDate> observedDays(String part) {
    return observed.getOrDefault(part, List.of());
  }

  /** The later of two editions of a referential, which knows what happened between them. */
  public static Release younger(Release one, Release other) {
    return one.position() > other.position() ? one : other;
  }
}
