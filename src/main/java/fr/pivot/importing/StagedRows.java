package fr.pivot.importing;

import fr.pivot.finding.Finding;
import fr.pivot.finding.Findings;
import fr.pivot.finding.Place;
import fr.pivot.finding.Rule;
import fr.pivot.importing.StagingStore.Staged;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Link;
import fr.pivot.referential.Measure;
import fr.pivot.referential.Referential;
import fr.pivot.referential.ReleaseRows;
import fr.pivot.referential.Succession;
import fr.pivot.referential.Validity;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes the rows of one release, or of several that state them alike, into the staging tables; what
 * cannot be a row of it is reported instead.
 */
final class StagedRows implements ReleaseRows {

  /** Where rows go, a kind each. */
  record Tables(CopyStore concepts, CopyStore links, CopyStore successions, CopyStore measures) {
    /** Sends what is left. */
    void flush() {
      concepts.flush();
      links.flush();
      successions.flush();
      measures.flush();
    }
  }

  /** A day on which a list showed a part of some releases. */
  record Seen(int first, int last, String part, LocalDate day) {}

  /** Swallows rows of a release that cannot be staged. */
  static final ReleaseRows NONE =
      new ReleaseRows() {
        @Override
        public void concept(ConceptState state) {}

        @Override
        public void link(Link link) {}

        @Override
        public void succession(Succession succession) {}

        @Override
        public void measure(Measure measure) {}
      };

  private final Tables tables;
  private final Consumer<Seen> seen;
  private final Findings findings;
  private final Staged staged;
  private final int first;
  private final int last;

  /**
   * Takes rows.
   *
   * @param first the number of the first release that states them
   * @param last the number of the last one
   */
  StagedRows(
      Tables tables, Consumer<Seen> seen, Findings findings, Staged staged, int first, int last) {
    this.tables = tables;
    this.seen = seen;
    this.findings = findings;
    this.staged = staged;
    this.first = first;
    this.last = last;
  }

  private boolean accepts(String code) {
    Referential referential = staged.referential();
    if (!referential.pattern().matcher(code).matches()) {
      report(Rule.MALFORMED_CODE, code);
      return false;
    }
    return true;
  }

  private void report(Rule rule, String value) {
    findings.add(
        new Finding(
            rule,
            new Place(null, 0, null),
            value,
            staged.head().referential() + '@' + staged.head().edition()));
  }

  @Override
  public void concept(ConceptState state) {
    if (!accepts(state.code())) {
      return;
    }
    if (staged.referential().findLevel(state.level()).isEmpty()) {
      report(Rule.UNKNOWN_LEVEL, state.level());
      return;
    }
    if (!CheckRules.passes(staged.referential().check(), state)) {
      report(Rule.BAD_CHECK_DIGIT, state.code());
      return;
    }
    if (holdsNul(state.label()) || anyNul(state.labels()) || anyNul(state.attributes())) {
      report(Rule.MALFORMED_TEXT, state.code());
      return;
    }
    tables
        .concepts()
        .field(first)
        .field(last)
        .field(state.code())
        .field(range(state.validity()))
        .field(state.level())
        .field(state.derived())
        .field(state.label())
        .object(state.labels())
        .object(state.attributes())
        .endRow();
  }

  private boolean anyNul(Map<String, String> values) {
    return values.entrySet().stream().anyMatch(e -> holdsNul(e.getKey()) || holdsNul(e.getValue()));
  }

  private boolean holdsNul(String text) {
    return text.indexOf('\0') >= 0;
  }

  @Override
  public void link(Link link) {
    if (!accepts(link.code())) {
      return;
    }
    if (!isName(link.referential()) || link.target().isEmpty() || holdsNul(link.target())) {
      report(Rule.MALFORMED_CODE, link.referential() + ':' + link.target());
      return;
    }
    tables
        .links()
        .field(first)
        .field(last)
        .field(link.code())
        .field(link.relation().id())
        .field(link.referential())
        .field(link.target())
        .field(range(link.validity()))
        .field(link.derived())
        .endRow();
  }

  private boolean isName(String referential) {
    return referential.matches("[a-z0-9][a-z0-9-]{0,63}");
  }

  @Override
  public void succession(Succession succession) {
    String code = succession.code();
    String after = succession.codeAfter();
    if (code != null && !accepts(code)) {
      return;
    }
    if (!isName(succession.referentialAfter())
        || (after != null && (after.isEmpty() || holdsNul(after)))) {
      report(Rule.MALFORMED_CODE, succession.referentialAfter() + ':' + after);
      return;
    }
    tables
        .successions()
        .field(first)
        .field(last)
        .field(succession.date())
        .field(code)
        .field(succession.referentialAfter())
        .field(after)
        .field(succession.kind().id())
        .field(succession.type())
        .field(succession.derived())
        .endRow();
  }

  @Override
  public void measure(Measure measure) {
    if (accepts(measure.code())) {
      tables
          .measures()
          .field(first)
          .field(last)
          .field(measure.code())
          .field(measure.name())
          .field(measure.value())
          .endRow();
    }
  }

  @Override
  public void observed(String part, Collection<LocalDate> days) {
    if (!isName(part)) {
      report(Rule.MALFORMED_CODE, part);
      return;
    }
    days.forEach(day -> seen.accept(new Seen(first, last, part, day)));
  }

  private static @Nullable String range(Validity validity) {
    return "["
        + (validity.from() == null ? "" : validity.from())
        + ","
        + (validity.to() == null ? "" : validity.to())
        + ")";
  }
}
