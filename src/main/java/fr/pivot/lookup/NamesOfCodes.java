package fr.pivot.lookup;

import fr.pivot.registry.Point;
import fr.pivot.registry.Registry;
import fr.pivot.text.JsonWriter;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds codes by what they are called. A list of codes that is asked for by name is ranked by it;
 * the room of search does the finding, which knows more than this room may.
 */
public interface NamesOfCodes {

  /** The names of one registry, which a request begins and ends with. */
  Snapshot snapshot();

  /** The names of one registry. */
  interface Snapshot {

    /** What it answers from; points that are asked must be of it. */
    Registry registry();

    /** The codes that a text may mean at a point, the best first. */
    List<Named> find(Point point, Wanted wanted);
  }

  /**
   * What is wanted.
   *
   * @param text a name, a code, or the beginning of one
   * @param levels the levels that codes may have; empty for all
   * @param among the codes that may be answered; null for all
   * @param ceased whether codes that ceased are answered themselves; otherwise what they became is
   * @param limit how many are wanted at most
   */
  record Wanted(
      String text, Set<String> levels, @Nullable Set<String> among, boolean ceased, int limit) {}

  /**
   * A code that was found.
   *
   * @param code the code
   * @param score how well it fits, from 0 to 100
   * @param kind why it was found: {@code name}, {@code prefix}, {@code spelling}…
   * @param name the name or the code that fits
   * @param formerCode the code that had the name, where it is one of the past; null elsewhere
   * @param until the first day on which it no longer had it
   * @param endsAfter the last day on which it is known to have had it, where {@code until} is only
   *     the latest day that is possible; null elsewhere
   */
  record Named(
      String code,
      double score,
      String kind,
      String name,
      @Nullable String formerCode,
      @Nullable LocalDate until,
      @Nullable LocalDate endsAfter) {

    /** A score in the notation of JSON: 97, 82.55. */
    public static String decimal(double score) {
      return score == Math.rint(score) ? Long.toString((long) score) : Double.toString(score);
    }

    /** Writes why it was found into an object that is already open. */
    public void writeTo(JsonWriter json) {
      json.name("score").decimal(decimal(score)).name("match").beginObject();
      json.member("kind", kind).member("name", name);
      if (formerCode != null) {
        json.name("former").beginObject().member("code", formerCode).member("until", until);
        if (endsAfter != null) {
          json.member("endsAfter", endsAfter);
        }
        json.endObject();
      }
      json.endObject();
    }
  }
}
