package fr.pivot.importing;

import fr.pivot.catalog.Release;
import fr.pivot.finding.Findings;
import fr.pivot.referential.correspondence.CorrespondenceHead;
import java.util.List;

/** How an import ended. */
public sealed interface ImportOutcome {

  /** What was found on the way; never lost, whatever the outcome. */
  Findings findings();

  /**
   * All that the files hold is published.
   *
   * @param releases the releases that were not published before
   * @param correspondences the correspondences that were not published before
   */
  record Published(List<Release> releases, List<Table> correspondences, Findings findings)
      implements ImportOutcome {}

  /**
   * A correspondence that was published.
   *
   * @param digest the digest of its lines, in hexadecimal
   */
  record Table(CorrespondenceHead head, String digest) {}

  /** The registry already says all that the files say; nothing was changed. */
  record AlreadyPublished(List<String> releases, Findings findings) implements ImportOutcome {}

  /** Something is wrong with the files; nothing was changed. */
  record Rejected(Findings findings) implements ImportOutcome {}
}
