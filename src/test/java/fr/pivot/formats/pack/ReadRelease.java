package fr.pivot.formats.pack;

import fr.pivot.finding.Findings;
import fr.pivot.formats.EachRelease;
import fr.pivot.formats.InputFile;
import fr.pivot.formats.ReadOptions;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Coverage;
import fr.pivot.referential.Link;
import fr.pivot.referential.Measure;
import fr.pivot.referential.ReleaseHead;
import fr.pivot.referential.ReleaseRows;
import fr.pivot.referential.Succession;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** A release as a pack gave it, with what tests ask of it. */
record ReadRelease(
    ReleaseHead head,
    Coverage coverage,
    List<ConceptState> states,
    List<Link> links,
    List<Succession> successions,
    List<Measure> measures) {

  /** Reads the pack of a folder, uncompressing what is compressed as the importer does. */
  static List<ReadRelease> readAll(Path folder, Findings findings) throws IOException {
    List<InputFile> files;
    try (Stream<Path> paths = Files.list(folder)) {
      files = paths.sorted().map(ReadRelease::file).toList();
    }
    return readAll(files, new ReadOptions(null, false), findings);
  }

  static List<ReadRelease> readAll(List<InputFile> files, ReadOptions options, Findings findings)
      throws IOException {
    List<ReadRelease> releases = new ArrayList<>();
    new PackFormat()
        .read(
            files,
            options,
            findings,
            new EachRelease(
                (head, coverage) -> {
                  ReadRelease release =
                      new ReadRelease(
                          head,
                          coverage,
                          new ArrayList<>(),
                          new ArrayList<>(),
                          new ArrayList<>(),
                          new ArrayList<>());
                  releases.add(release);
                  return release.rows();
                }));
    return releases;
  }

  private static InputFile file(Path path) {
    String name = path.getFileName().toString();
    return name.endsWith(".gz")
        ? new InputFile(
            name.substring(0, name.length() - 3),
            () -> new GZIPInputStream(new BufferedInputStream(Files.newInputStream(path))))
        : new InputFile(name, () -> Files.newInputStream(path));
  }

  private ReleaseRows rows() {
    return new ReleaseRows() {
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
        measures.add(measure);
      }
    };
  }

  List<ConceptState> of(String code) {
    return states.stream().filter(s -> s.code().equals(code)).toList();
  }

  Optional<ConceptState> find(String code, LocalDate day) {
    return of(code).stream().filter(s -> s.validity().contains(day)).findFirst();
  }

  long inForce() {
    return states.stream().filter(s -> s.validity().contains(head.referenceDate())).count();
  }

  /** What a code became on a day, as {@code referential:code kind}, in order. */
  List<String> successors(String code, LocalDate day) {
    return successions.stream()
        .filter(s -> code.equals(s.code()) && s.date().equals(day))
        .map(s -> s.referentialAfter() + ":" + s.codeAfter() + " " + s.kind().id())
        .sorted()
        .toList();
  }

  /** The targets in a referential that a code is linked to on a day. */
  List<String> targets(String code, String referential, LocalDate day) {
    return links.stream()
        .filter(l -> l.code().equals(code) && l.referential().equals(referential))
        .filter(l -> l.validity().contains(day))
        .map(Link::target)
        .sorted()
        .toList();
  }
}
