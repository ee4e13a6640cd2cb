package packs;

import static java.util.Objects.requireNonNull;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import fr.pivot.formats.pack.DescriptorReader;
import fr.pivot.referential.SourceFile;
import fr.pivot.referential.Succession;
import fr.pivot.referential.SuccessionKind;
import fr.pivot.referential.Validity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What public law did to the régions and the départements, from {@code history.csv} beside their
 * pack; {@code referentials/README.md} defines its columns. It is what we know of the past today,
 * so that every edition is given it, as far as the edition knows the codes.
 */
final class History {

  /** The beginning of a state of a code. */
  private record Fact(
      LocalDate date,
      String event,
      List<String> before,
      String code,
      String level,
      String label,
      String seat,
      List<String> members,
      String source) {

    boolean ends(String code) {
      return this.code.equals(code) || before.contains(code);
    }

    Map<String, String> attributes() {
      return seat.isEmpty() ? Map.of() : Map.of("chefLieu", seat);
    }
  }

  /** That a département lay in a région. */
  record Membership(String member, String code, Validity validity) {}

  private final String referential;
  private final LocalDate horizon;
  private final SourceFile source;
  private final List<Fact> facts = new ArrayList<>();

  private History(String referential, LocalDate horizon, SourceFile source) {
    this.referential = referential;
    this.horizon = horizon;
    this.source = source;
  }

  /** Reads the history of a referential; it begins on the horizon of its descriptor. */
  static History read(Path referentials, String referential) throws IOException {
    Path folder = referentials.resolve(referential);
    Path file = folder.resolve("history.csv");
    LocalDate horizon;
    try (InputStream in = Files.newInputStream(folder.resolve("descriptor.json"))) {
      horizon = requireNonNull(DescriptorReader.read(referential, in).horizon());
    }
    History history =
        new History(
            referential,
            horizon,
            Edition.sourceFile(file, "referentials/" + referential + "/history.csv"));
    try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(file)) {
      for (NamedCsvRecord row : rows) {
        history.facts.add(
            new Fact(
                LocalDate.parse(row.getField("date")),
                row.getField("event"),
                list(row.getField("before")),
                row.getField("code"),
                row.getField("level"),
                row.getField("label"),
                row.getField("chefLieu"),
                list(row.findField("departements").orElse("")),
                row.getField("source")));
      }
    }
    return history;
  }

  private static List<String> list(String codes) {
    return codes.isEmpty() ? List.of() : List.of(codes.split(" "));
  }

  /** The file, as what a release is made from. */
  SourceFile source() {
    return source;
  }

  private @Nullable LocalDate end(Fact fact) {
    return facts.stream()
        .filter(f -> f.date().isAfter(fact.date()) && f.ends(fact.code()))
        .map(Fact::date)
        .min(LocalDate::compareTo)
        .orElse(null);
  }

  /** The codes that go on but that an edition does not list: it says nothing of them. */
  private Set<String> unlisted(Set<String> listed) {
    Set<String> codes = new HashSet<>();
    facts.stream()
        .filter(f -> end(f) == null && !listed.contains(f.code()))
        .forEach(f -> codes.add(f.code()));
    return codes;
  }

  /**
   * The states of all codes.
   *
   * @param listed what an edition says of the codes of its day
   */
  Timeline states(Map<String, Seen> listed) {
    Timeline states = new Timeline();
    Set<String> unlisted = unlisted(listed.keySet());
    Set<String> told = new HashSet<>();
    for (Fact fact : facts) {
      String code = fact.code();
      told.add(code);
      if (unlisted.contains(code)) {
        continue;
      }
      LocalDate end = end(fact);
      Seen seen = Seen.of(fact.level(), fact.label(), fact.attributes());
      if (end == null) {
        Seen last = requireNonNull(listed.get(code));
        if (!last.level().equals(fact.level()) || !last.label().equals(fact.label())) {
          throw new IllegalStateException(referential + ' ' + code + " is " + last);
        }
        seen = last;
      }
      states.add(code, fact.date(), end, seen);
    }
    listed.forEach(
        (code, seen) -> {
          if (!told.contains(code)) {
            states.add(code, horizon, null, seen);
          }
        });
    return states;
  }

  /** The successions between codes that an edition knows. */
  List<Succession> successions(Map<String, Seen> listed) {
    Set<String> unlisted = unlisted(listed.keySet());
    List<Succession> all = new ArrayList<>();
    for (Fact fact : facts) {
      if (unlisted.contains(fact.code())
          || fact.event().equals("known")
          || fact.event().equals("seat")) {
        continue;
      }
      SuccessionKind kind = SuccessionKind.valueOf(fact.event().toUpperCase(Locale.ROOT));
      if (fact.before().isEmpty()) {
        all.add(
            new Succession(
                fact.date(), null, referential, fact.code(), kind, fact.source(), false));
      }
      for (String before : fact.before()) {
        all.add(
            new Succession(
                fact.date(), before, referential, fact.code(), kind, fact.source(), false));
      }
    }
    // What gave nothing to a code that the edition knows has not been divided.
    all.removeIf(
        s ->
            s.kind() == SuccessionKind.SPLIT
                && all.stream()
                    .noneMatch(
                        o ->
                            o != s
                                && o.date().equals(s.date())
                                && requireNonNull(s.code()).equals(o.code())));
    return all;
  }

  /**
   * Which region each département lay in, and when.
   *
   * @param lives the lives of the régions
   * @param listed the région of each département in an edition
   */
  List<Membership> memberships(Map<String, List<Validity>> lives, Map<String, String> listed) {
    Map<String, List<Membership>> all = new TreeMap<>();
    for (Fact fact : facts) {
      for (String member : fact.members()) {
        List<Membership> before = all.computeIfAbsent(member, m -> new ArrayList<>());
        LocalDate from = fact.date();
        if (!before.isEmpty() && before.getLast().code().equals(fact.code())) {
          from = requireNonNull(before.removeLast().validity().from());
        }
        before.add(new Membership(member, fact.code(), new Validity(from, left(fact, lives))));
      }
    }
    listed.forEach(
        (member, code) -> {
          List<Membership> before = all.computeIfAbsent(member, m -> new ArrayList<>());
          LocalDate from =
              before.isEmpty()
                  ? lives.get(code).getLast().from()
                  : before.getLast().validity().to();
          if (from != null) {
            before.add(new Membership(member, code, Validity.since(from)));
          } else if (!before.getLast().code().equals(code)) {
            throw new IllegalStateException(member + " lies in " + code);
          }
        });
    return all.values().stream().flatMap(List::stream).toList();
  }

  /** When what a fact says of the members of a région ceases to be so. */
  private @Nullable LocalDate left(Fact fact, Map<String, List<Validity>> lives) {
    return facts.stream()
        .filter(f -> f.code().equals(fact.code()) && f.date().isAfter(fact.date()))
        .filter(f -> !f.members().isEmpty())
        .map(Fact::date)
        .findFirst()
        .orElse(lives.get(fact.code()).getLast().to());
  }
}
