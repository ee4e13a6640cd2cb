package packs;

import fr.pivot.formats.pack.DescriptorReader;
import fr.pivot.publishing.PackWriter;
import fr.pivot.referential.CheckRule;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Link;
import fr.pivot.referential.Measure;
import fr.pivot.referential.Referential;
import fr.pivot.referential.ReleaseHead;
import fr.pivot.referential.SourceFile;
import fr.pivot.referential.Succession;
import fr.pivot.referential.Validity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A pack in the making, which is held to its descriptor before it is written. */
final class Pack {

  private final Referential referential;
  private final Path home;
  private final ReleaseHead head;
  private final List<ConceptState> states = new ArrayList<>();
  private final List<Link> links = new ArrayList<>();
  private final List<Succession> successions = new ArrayList<>();
  private final List<Measure> measures = new ArrayList<>();

  Pack(
      Path referentials,
      String referential,
      String edition,
      LocalDate day,
      @Nullable LocalDate issued,
      List<SourceFile> sources)
      throws IOException {
    Path descriptor = referentials.resolve(referential).resolve("descriptor.json");
    try (InputStream in = Files.newInputStream(descriptor)) {
      this.referential = DescriptorReader.read(descriptor.toString(), in);
    }
    home = referentials.resolve(referential);
    head = new ReleaseHead(referential, edition, day, issued, sources);
  }

  Pack states(Collection<ConceptState> more) {
    states.addAll(more);
    return this;
  }

  Pack links(Collection<Link> more) {
    links.addAll(more);
    return this;
  }

  Pack successions(Collection<Succession> more) {
    successions.addAll(more);
    return this;
  }

  Pack measure(String code, String name, long value) {
    measures.add(new Measure(code, name, value));
    return this;
  }

  /** Writes it as a pack of its own. */
  void write() throws IOException {
    writer(head.edition()).finish();
  }

  /** Prepares a pack that holds this release first. */
  PackWriter writer(String folder) {
    PackWriter writer =
        new PackWriter(referential, head, "referentials/rebuild", home.resolve(folder));
    fill(writer);
    return writer;
  }

  /** Adds this release to a pack that holds earlier ones. */
  void addTo(PackWriter writer) {
    writer.begin(head);
    fill(writer);
  }

  String referential() {
    return referential.id();
  }

  private void fill(PackWriter writer) {
    List<String> problems = problems();
    if (!problems.isEmpty()) {
      throw new IllegalStateException(
          head.referential()
              + "@"
              + head.edition()
              + ": "
              + problems.size()
              + " problems, among them: "
              + String.join("; ", problems.subList(0, Math.min(10, problems.size()))));
    }
    states.forEach(writer::concept);
    links.forEach(writer::link);
    successions.forEach(writer::succession);
    measures.forEach(writer::measure);
    long inForce = states.stream().filter(s -> s.validity().contains(head.referenceDate())).count();
    System.out.printf(
        "%-28s %7d states, %6d in force, %7d links, %6d successions, %6d figures%n",
        head.referential() + "@" + head.edition(),
        states.size(),
        inForce,
        links.size(),
        successions.size(),
        measures.size());
  }

  private List<String> problems() {
    List<String> problems = new ArrayList<>();
    states.sort(
        Comparator.comparing(ConceptState::code)
            .thenComparing(
                s -> s.validity().from(), Comparator.nullsFirst(Comparator.naturalOrder())));
    Map<String, List<Validity>> lives = new HashMap<>();
    ConceptState before = null;
    for (ConceptState state : states) {
      if (!referential.pattern().matcher(state.code()).matches()) {
        problems.add(state.code() + " does not match the pattern");
      }
      if (referential.check() == CheckRule.LUHN && !Luhn.isValid(state.code())) {
        problems.add(state.code() + " has a wrong check digit");
      }
      if (referential.findLevel(state.level()).isEmpty()) {
        problems.add(state.code() + " has the unknown level " + state.level());
      }
      if (before != null
          && before.code().equals(state.code())
          && before.validity().overlaps(state.validity())) {
        problems.add(state.code() + " overlaps on " + state.validity().from());
      }
      before = state;
      List<Validity> runs = lives.computeIfAbsent(state.code(), c -> new ArrayList<>());
      LocalDate from = state.validity().from();
      if (!runs.isEmpty() && from != null && from.equals(runs.getLast().to())) {
        runs.set(runs.size() - 1, new Validity(runs.getLast().from(), state.validity().to()));
      } else {
        runs.add(state.validity());
      }
    }
    Map<String, Link> single = new HashMap<>();
    for (Link link : links) {
      if (lives.getOrDefault(link.code(), List.of()).stream()
          .noneMatch(l -> contains(l, link.validity()))) {
        problems.add("link beyond the life of its code: " + link);
      }
      var type = referential.findLink(link.referential());
      if (type.isEmpty() || type.get().relation() != link.relation()) {
        problems.add("undeclared link: " + link);
      } else if (!type.get().many()) {
        Link other =
            single.put(link.code() + " " + link.referential() + " " + link.validity().from(), link);
        if (other != null) {
          problems.add("two links at once: " + link + " and " + other);
        }
      }
    }
    for (Succession succession : successions) {
      if (succession.code() != null && !lives.containsKey(succession.code())) {
        problems.add("succession from an unknown code: " + succession);
      }
      if (succession.codeAfter() != null
          && succession.referentialAfter().equals(referential.id())
          && !lives.containsKey(succession.codeAfter())) {
        problems.add("succession to an unknown code: " + succession);
      }
    }
    for (Measure measure : measures) {
      if (!lives.containsKey(measure.code()) || !referential.measures().contains(measure.name())) {
        problems.add("unexpected figure: " + measure);
      }
    }
    return problems;
  }

  private static boolean contains(Validity outer, Validity inner) {
    return (outer.from() == null || (inner.from() != null && !inner.from().isBefore(outer.from())))
        && (outer.to() == null || (inner.to() != null && !inner.to().isAfter(outer.to())));
  }
}
