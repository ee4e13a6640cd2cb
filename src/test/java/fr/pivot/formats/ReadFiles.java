package fr.pivot.formats;

import fr.pivot.finding.Finding;
import fr.pivot.finding.Findings;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Coverage;
import fr.pivot.referential.DayHead;
import fr.pivot.referential.Link;
import fr.pivot.referential.Measure;
import fr.pivot.referential.ReleaseHead;
import fr.pivot.referential.ReleaseRows;
import fr.pivot.referential.Succession;
import fr.pivot.referential.correspondence.Association;
import fr.pivot.referential.correspondence.CorrespondenceHead;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a format makes of some files, in memory. */
public final class ReadFiles implements ReleaseTarget {

  /** One release. */
  public static final class Release implements ReleaseRows {
    public final ReleaseHead head;
    public final Coverage coverage;
    public final List<ConceptState> states = new ArrayList<>();
    public final List<Link> links = new ArrayList<>();
    public final List<Measure> measures = new ArrayList<>();

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
      throw new AssertionError("no list has successions");
    }

    @Override
    public void measure(Measure measure) {
      measures.add(measure);
    }

    /** The one state of a code. */
    public ConceptState get(String code) {
      List<ConceptState> found = states.stream().filter(s -> s.code().equals(code)).toList();
      if (found.size() != 1) {
        throw new AssertionError(code + " has " + found.size() + " states");
      }
      return found.getFirst();
    }

    /** How many codes there are of each level. */
    public Map<String, Long> levels() {
      return states.stream()
          .collect(Collectors.groupingBy(ConceptState::level, TreeMap::new, Collectors.counting()));
    }

    /** The links of a code as "relation referential:target". */
    public List<String> links(String code) {
      return links.stream()
          .filter(l -> l.code().equals(code))
          .map(l -> l.relation().id() + " " + l.referential() + ":" + l.target())
          .sorted()
          .toList();
    }
  }

  /** One correspondence. */
  public static final class Correspondence {
    public final CorrespondenceHead head;
    public final List<Association> lines = new ArrayList<>();

    Correspondence(CorrespondenceHead head) {
      this.head = head;
    }

    /** The targets of a source as "code match". */
    public List<String> from(String source) {
      return lines.stream()
          .filter(a -> a.source().equals(source))
          .map(a -> a.target() + " " + a.match().id())
          .sorted()
          .toList();
    }

    /** The sources of a target. */
    public List<String> to(String target) {
      return lines.stream()
          .filter(a -> a.target().equals(target))
          .map(Association::source)
          .sorted()
          .toList();
    }

    /** The line of a source and a target. */
    public Association get(String source, String target) {
      return lines.stream()
          .filter(a -> a.source().equals(source) && a.target().equals(target))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no line " + source + " → " + target));
    }

    /** How many lines there are of each match. */
    public Map<String, Long> matches() {
      return lines.stream()
          .collect(Collectors.groupingBy(a -> a.match().id(), TreeMap::new, Collectors.counting()));
    }
  }

  public final Map<String, Release> releases = new LinkedHashMap<>();
  public final Map<String, Correspondence> correspondences = new LinkedHashMap<>();

  /** The links of the lists of a day, by their heads. */
  public final Map<DayHead, List<Link>> days = new LinkedHashMap<>();

  public final Findings findings = new Findings();

  /** Reads files whose editions their names or contents tell. */
  public static ReadFiles of(ReleaseFormat format, InputFile... files) {
    return of(format, new ReadOptions(null, false), files);
  }

  /** Reads files. */
  public static ReadFiles of(ReleaseFormat format, ReadOptions options, InputFile... files) {
    ReadFiles read = new ReadFiles();
    try {
      format.read(List.of(files), options, read.findings, read);
    } catch (IOException lost) {
      throw new UncheckedIOException(lost);
    }
    return read;
  }

  /** A file that says what is given. */
  public static InputFile file(String name, String content) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    return new InputFile(name, () -> new ByteArrayInputStream(bytes));
  }

  /** A file beside a test. */
  public static InputFile resource(Class<?> test, String name) {
    return new InputFile(name, () -> open(test, name));
  }

  private static InputStream open(Class<?> test, String name) throws IOException {
    @Nullable InputStream in = test.getResourceAsStream(name);
    if (in == null) {
      throw new IOException("no fixture " + name);
    }
    return in;
  }

  @Override
  public SeriesRows openSeries(List<ReleaseHead> heads, Coverage coverage) {
    return new EachRelease(this::open).openSeries(heads, coverage);
  }

  @Override
  public ReleaseRows open(ReleaseHead head, Coverage coverage) {
    Release release = new Release(head, coverage);
    if (releases.put(head.referential() + "@" + head.edition(), release) != null) {
      throw new AssertionError("opened twice: " + head);
    }
    return release;
  }

  @Override
  public Consumer<Association> openCorrespondence(CorrespondenceHead head) {
    Correspondence correspondence = new Correspondence(head);
    if (correspondences.put(head.id(), correspondence) != null) {
      throw new AssertionError("opened twice: " + head);
    }
    return correspondence.lines::add;
  }

  @Override
  public Consumer<Link> openDay(DayHead head) {
    return days.computeIfAbsent(head, _ -> new ArrayList<>())::add;
  }

  /** A release by its reference. */
  public Release release(String reference) {
    Release release = releases.get(reference);
    if (release == null) {
      throw new AssertionError("no " + reference + "; " + described());
    }
    return release;
  }

  /** A correspondence by its id. */
  public Correspondence correspondence(String id) {
    Correspondence correspondence = correspondences.get(id);
    if (correspondence == null) {
      throw new AssertionError("no " + id + "; " + described());
    }
    return correspondence;
  }

  /** The findings as "rule file:line column value → suggestion". */
  public List<String> described() {
    return findings.list().stream().map(ReadFiles::describe).toList();
  }

  private static String describe(Finding f) {
    return (f.rule().code() + " " + f.place().file() + ":" + f.place().line())
        + (f.place().column() == null ? "" : " " + f.place().column())
        + (f.value() == null ? "" : " " + f.value())
        + (f.suggestion() == null ? "" : " → " + f.suggestion());
  }
}
