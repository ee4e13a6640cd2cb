package fr.pivot.formats.cog;

import fr.pivot.finding.Finding;
import fr.pivot.finding.Findings;
import fr.pivot.finding.Rule;
import fr.pivot.formats.EachRelease;
import fr.pivot.formats.InputFile;
import fr.pivot.formats.ReadOptions;
import fr.pivot.formats.ReleaseTarget;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Coverage;
import fr.pivot.referential.Link;
import fr.pivot.referential.Measure;
import fr.pivot.referential.ReleaseHead;
import fr.pivot.referential.ReleaseRows;
import fr.pivot.referential.Succession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What {@link CogFormat} makes of some files. */
final class ReadReleases implements ReleaseTarget {

  /** One release, in memory. */
  static final class Release implements ReleaseRows {
    final ReleaseHead head;
    final Coverage coverage;
    final List<ConceptState> states = new ArrayList<>();
    final List<Link> links = new ArrayList<>();
    final List<Succession> successions = new ArrayList<>();

    Release(ReleaseHead head, Coverage coverage) {
      this.head = head;
      this.coverage = coverage;
    }

    @Override
    public void concept(ConceptState state) {
      states.add(state);
    }

    @Override
    public void link(Link link) {
      links.add(link);
    }

    @Override
    public void succession(Succession succession) {
      successions.add(succession);
    }

    @Override
    public void measure(Measure measure) {
      throw new AssertionError("the COG has no figures");
    }

    /** The states of a code as "from to level label", in order of time. */
    List<String> history(String code) {
      return states.stream()
          .filter(s -> s.code().equals(code))
          .map(
              s ->
                  s.validity().from()
                      + " "
                      + (s.validity().to() == null ? "…" : s.validity().to())
                      + " "
                      + s.level()
                      + " "
                      + s.label())
          .sorted()
          .toList();
    }

    /** The labels of the codes in force on a day, at a level. */
    SortedMap<String, String> inForce(LocalDate day, String level) {
      SortedMap<String, String> labels = new TreeMap<>();
      for (ConceptState state : states) {
        if (state.level().equals(level) && state.validity().contains(day)) {
          String other = labels.put(state.code(), state.label());
          if (other != null) {
            throw new AssertionError("two states on one day: " + state);
          }
        }
      }
      return labels;
    }

    /** The successions on a day as "type kind code → codeAfter (referentialAfter)". */
    List<String> successions(String date) {
      return successions.stream()
          .filter(s -> s.date().equals(LocalDate.parse(date)))
          .map(
              s ->
                  s.type()
                      + " "
                      + s.kind().id()
                      + " "
                      + s.code()
                      + " → "
                      + s.codeAfter()
                      + (s.referentialAfter().equals(head.referential())
                          ? ""
                          : " (" + s.referentialAfter() + ")"))
          .toList();
    }
  }

  final Map<String, Release> releases = new LinkedHashMap<>();
  final Findings findings = new Findings();

  static ReadReleases of(InputFile... files) {
    return of(new ReadOptions(null, false), files);
  }

  static ReadReleases of(ReadOptions options, InputFile... files) {
    ReadReleases read = new ReadReleases();
    try {
      new CogFormat().read(List.of(files), options, read.findings, read);
    } catch (IOException lost) {
      throw new UncheckedIOException(lost);
    }
    return read;
  }

  static ReadReleases ofEdition(int edition) {
    return of(OfficialFiles.communes(edition), OfficialFiles.events(edition));
  }

  @Override
  public SeriesRows openSeries(List<ReleaseHead> heads, Coverage coverage) {
    return new EachRelease(this::open).openSeries(heads, coverage);
  }

  @Override
  public ReleaseRows open(ReleaseHead head, Coverage coverage) {
    Release release = new Release(head, coverage);
    if (releases.put(head.referential(), release) != null) {
      throw new AssertionError("opened twice: " + head.referential());
    }
    return release;
  }

  Release communes() {
    return get("communes");
  }

  Release deleguees() {
    return get("communes-deleguees");
  }

  Release get(String referential) {
    Release release = releases.get(referential);
    if (release == null) {
      throw new AssertionError("no release of " + referential + "; " + described());
    }
    return release;
  }

  /** The findings as "rule file:line column value → suggestion". */
  List<String> described() {
    return findings.list().stream().map(ReadReleases::describe).toList();
  }

  List<String> described(Rule rule) {
    return findings.list().stream()
        .filter(f -> f.rule() == rule)
        .map(ReadReleases::describe)
        .toList();
  }

  private static String describe(Finding f) {
    return (f.rule().code() + " " + f.place().file() + ":" + f.place().line())
        + (f.place().column() == null ? "" : " " + f.place().column())
        + (f.value() == null ? "" : " " + f.value())
        + (f.suggestion() == null ? "" : " → " + f.suggestion());
  }
}
