package fr.pivot.importing;

import fr.pivot.catalog.Release;
import fr.pivot.finding.Findings;
import java.util.List;

/** How an import ended. */
public sealed interface ImportOutcome {

  /** What was found on the way; never lost, whatever the outcome. */
  Findings findings();

  /** All releases of the files are published. */
  record Published(List<Release> releases, Findings findings) implements ImportOutcome {}

  /** The registry already says all that the files say; nothing was changed. */
  record AlreadyPublished(List<String> releases, Findings findings) implements ImportOutcome {}

  /** Something is wrong with the files; nothing was changed. */
  record Rejected(Findings findings) implements ImportOutcome {}
}
