package fr.pivot.catalog;

import fr.pivot.referential.ReleaseHead;
import java.time.Instant;

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
    Instant publishedAt) {

  /** Its name among the editions. */
  public String edition() {
    return head.edition();
  }

  /** The later of two editions of a referential, which knows what happened between them. */
  public static Release younger(Release one, Release other) {
    return one.position() > other.position() ? one : other;
  }
}
