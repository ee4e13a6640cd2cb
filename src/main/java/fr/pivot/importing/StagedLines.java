package fr.pivot.importing;

import fr.pivot.finding.Findings;
import fr.pivot.finding.Rule;
import fr.pivot.importing.StagingStore.StagedCorrespondence;
import fr.pivot.referential.correspondence.Association;
import java.math.BigDecimal;
import java.util.function.Consumer;

/** Takes the lines of one correspondence into the staging table; reports what cannot be one. */
final class StagedLines implements Consumer<Association> {
  private final CopyStore table;
  private final Findings findings;
  private final StagedCorrespondence staged;
  private int number = 1;

  StagedLines(CopyStore table, Findings findings, StagedCorrespondence staged) {
    this.table = table;
    this.findings = findings;
    this.staged = staged;
  }

  @Override
  public void accept(Association line) {
    // Lines are counted as in a file with a header.
    number++;
    if (isNoCode(line.source())) {
      findings.add(Rule.MALFORMED_CODE.at(staged.place(number, "source"), line.source()));
      return;
    }
    if (isNoCode(line.target())) {
      findings.add(Rule.MALFORMED_CODE.at(staged.place(number, "target"), line.target()));
      return;
    }
    BigDecimal share = line.share();
    if (share != null && (share.signum() < 0 || share.compareTo(BigDecimal.ONE) > 0)) {
      findings.add(
          Rule.CORRESPONDENCE_SHARE.at(staged.place(number, "share"), share.toPlainString()));
      return;
    }
    if (String.valueOf(line.basis()).indexOf('\0') >= 0
        || line.attributes().entrySet().stream()
            .anyMatch(e -> e.getKey().indexOf('\0') >= 0 || e.getValue().indexOf('\0') >= 0)) {
      findings.add(Rule.MALFORMED_TEXT.at(staged.place(number, null), line.source()));
      return;
    }
    table
        .field(staged.number())
        .field(number)
        .field(line.source())
        .field(line.target())
        .field(line.match().id())
        .field(share == null ? null : share.stripTrailingZeros().toPlainString())
        .field(line.basis())
        .object(line.attributes())
        .endRow();
  }

  private static boolean isNoCode(String code) {
    return code.isEmpty() || code.indexOf('\0') >= 0;
  }
}
