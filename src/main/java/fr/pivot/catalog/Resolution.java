package fr.pivot.catalog;

import fr.pivot.referential.Referential;
import java.time.LocalDate;
import java.util.List;

/** What a reference stands for. */
public sealed interface Resolution {

  /**
   * A point that exists.
   *
   * @param referential the referential
   * @param release the edition that is asked
   * @param date the day of validity that is asked
   * @param pinned whether the reference names its edition, so that the answer never changes
   * @param dated whether the reference names a date or an edition, so that only what holds there is
   *     an answer
   */
  record Resolved(
      Referential referential, Release release, LocalDate date, boolean pinned, boolean dated)
      implements Resolution {

    /** The point in the notation of references, complete. */
    public String notation() {
      return referential.id() + '@' + release.edition() + ',' + date;
    }
  }

  /** No referential of that name. */
  record UnknownReferential(String referential) implements Resolution {}

  /**
   * The referential exists, that edition of it does not.
   *
   * @param editions those that do, the oldest first
   */
  record UnknownEdition(Referential referential, String edition, List<String> editions)
      implements Resolution {}

  /** The referential is described, but no edition of it has been imported yet. */
  record NoEdition(Referential referential) implements Resolution {}
}
