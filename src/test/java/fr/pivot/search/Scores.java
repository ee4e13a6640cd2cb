package fr.pivot.search;

import fr.pivot.search.Damage.Group;
import fr.pivot.search.Damage.Written;
import fr.pivot.text.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Asks a search for names and counts what it answers.
 *
 * <p>Each name is asked as it was written and once for each kind of damage, twice where it has a
 * département: with it as context, and without. A question that means as much another code is not
 * scored and counted apart, because nobody could answer it: a damage made the exact name of another
 * commune, of today or of the past, or the name was shared to begin with, in that département where
 * it is told, anywhere where it is not. An answer that calls itself certain is wrong wherever it is
 * not what was meant, in those that are not scored for a shared name too; only where a damage made
 * another name is it right by any standard.
 */
final class Scores {

  /** What a question is asked with. */
  enum Given {
    /** The département of the commune, as context. */
    DEPARTEMENT,
    /** Nothing beside the text. */
    NOTHING
  }

  /** What can be said of an answer. */
  private enum Outcome {
    FIRST,
    BELOW,
    MISSING,
    /** Not scored: the name is that of several. */
    SHARED,
    /** Not scored: the damage made the name of another. */
    ANOTHER
  }

  private record Asked(
      NamedCode named,
      Written written,
      Given given,
      Outcome outcome,
      List<Hit> hits,
      boolean certain,
      boolean certainlyWrong) {

    boolean isScored() {
      return outcome.ordinal() <= Outcome.MISSING.ordinal();
    }
  }

  private final QualitySet set;
  private final NameSearch search;
  private final List<Asked> all = new ArrayList<>();

  Scores(QualitySet set, NameSearch search) {
    this.set = set;
    this.search = search;
  }

  /** Asks all questions about some names. */
  void ask(List<NamedCode> names, long seed) {
    for (NamedCode named : names) {
      for (Written written : Damage.writeAll(named, seed)) {
        if (named.departement() != null) {
          ask(named, written, Given.DEPARTEMENT);
        }
        ask(named, written, Given.NOTHING);
      }
    }
  }

  private void ask(NamedCode named, Written written, Given given) {
    NameBook book = set.book(named.referential());
    List<Context> contexts =
        given == Given.DEPARTEMENT && named.departement() != null
            ? List.of(new Context("departement", List.of(named.departement()), false))
            : List.of();
    Set<String> levels = named.referential().equals("naf") ? Set.of("sous-classe") : Set.of();
    List<Hit> hits =
        search.search(
            book.point(), new Query(written.text(), Query.Mode.WHOLE, levels, contexts, 5));
    String scope = given == Given.DEPARTEMENT ? named.departement() : written.departement();
    boolean shared = !book.isTellable(named.name(), named.code(), scope);
    boolean another = !shared && !book.isTellable(written.name(), named.code(), scope);
    int rank = hits.stream().map(Hit::code).toList().indexOf(named.code());
    Outcome outcome =
        shared
            ? Outcome.SHARED
            : another
                ? Outcome.ANOTHER
                : rank == 0 ? Outcome.FIRST : rank > 0 ? Outcome.BELOW : Outcome.MISSING;
    boolean certain = hits.stream().anyMatch(Hit::certain);
    boolean wrong =
        !book.isAnother(written.name(), named.code(), scope)
            && hits.stream().anyMatch(h -> h.certain() && !h.code().equals(named.code()));
    all.add(new Asked(named, written, given, outcome, hits, certain, wrong));
  }

  /** How many questions of a kind are scored. */
  long count(Given given, @Nullable Group group) {
    return all.stream().filter(of(given, group)).filter(Asked::isScored).count();
  }

  /** Of the questions of a kind, the share in percent whose first answer is right. */
  double first(Given given, @Nullable Group group) {
    return percent(all.stream().filter(of(given, group)).toList());
  }

  private static double percent(List<Asked> asked) {
    long scored = asked.stream().filter(Asked::isScored).count();
    long right = asked.stream().filter(a -> a.outcome() == Outcome.FIRST).count();
    return scored == 0 ? 100 : 100.0 * right / scored;
  }

  private static Predicate<Asked> of(Given given, @Nullable Group group) {
    return a -> a.given() == given && (group == null || a.written().damage().group() == group);
  }

  /** Of the answers that call themselves certain, the share in percent that is wrong. */
  double certainlyWrong() {
    long certain = all.stream().filter(Asked::certain).count();
    long wrong = all.stream().filter(Asked::certainlyWrong).count();
    return certain == 0 ? 0 : 100.0 * wrong / certain;
  }

  /** How many answers call themselves certain. */
  long certain() {
    return all.stream().filter(Asked::certain).count();
  }

  /** The figures as a table for people. */
  String table() {
    StringBuilder table = new StringBuilder();
    line(table, "", "with département", "without");
    line(table, "", HEAD, HEAD);
    for (Group group : Group.values()) {
      row(table, "communes, " + group.title(), a -> isCommune(a) && is(group, a));
    }
    for (Group group : Group.values()) {
      row(table, "others, " + group.title(), a -> !isCommune(a) && is(group, a));
    }
    for (Group group : Group.values()) {
      row(table, "all, " + group.title(), a -> is(group, a));
    }
    row(table, "all", _ -> true);
    table.append(
        String.format(
            Locale.ROOT,
            "%d questions about %d names; certain: %d answers, of which wrong: %d (%.3f %%)%n",
            all.size(),
            all.stream().map(Asked::named).distinct().count(),
            certain(),
            all.stream().filter(Asked::certainlyWrong).count(),
            certainlyWrong()));
    return table.toString();
  }

  private static final String HEAD =
      String.format(
          "%7s %7s %7s %7s %6s %7s", "scored", "first", "five", "certain", "wrong", "apart");

  private static void line(StringBuilder table, String name, String with, String without) {
    table.append(String.format("%-28s | %46s | %46s%n", name, with, without));
  }

  private static boolean isCommune(Asked asked) {
    return asked.named().referential().equals("communes");
  }

  private static boolean is(Group group, Asked asked) {
    return asked.written().damage().group() == group;
  }

  private void row(StringBuilder table, String name, Predicate<Asked> which) {
    line(table, name, cells(which, Given.DEPARTEMENT), cells(which, Given.NOTHING));
  }

  private String cells(Predicate<Asked> which, Given given) {
    List<Asked> rows = all.stream().filter(a -> a.given() == given).filter(which).toList();
    List<Asked> scored = rows.stream().filter(Asked::isScored).toList();
    if (rows.isEmpty()) {
      return "";
    }
    long five = scored.stream().filter(a -> a.outcome() != Outcome.MISSING).count();
    long certain = scored.stream().filter(Asked::certain).count();
    return String.format(
        Locale.ROOT,
        "%7d %7.2f %7.2f %7.2f %6d %7d",
        scored.size(),
        percent(rows),
        100.0 * five / Math.max(1, scored.size()),
        100.0 * certain / Math.max(1, scored.size()),
        rows.stream().filter(Asked::certainlyWrong).count(),
        rows.size() - scored.size());
  }

  /**
   * Writes what went wrong: the rules with their figures, all answers that were certainly wrong,
   * and the first failures of each kind.
   *
   * @param most how many failures of each kind
   */
  void writeFailures(Path file, int most) throws IOException {
    StringBuilder text = new StringBuilder(table()).append("\nBy rule\n");
    for (Damage damage : Damage.values()) {
      row(text, damage.toString(), a -> a.written().damage() == damage);
    }
    text.append("\nBy source\n");
    for (String source : all.stream().map(a -> a.named().source()).distinct().sorted().toList()) {
      row(
          text,
          source.substring(0, Math.min(28, source.length())),
          a -> a.named().source().equals(source));
    }
    text.append("\nCertainly wrong\n");
    all.stream()
        .filter(Asked::certainlyWrong)
        .limit(200)
        .forEach(a -> text.append(tell(a)).append('\n'));
    for (Given given : Given.values()) {
      for (Group group : Group.values()) {
        List<Asked> failed =
            all.stream()
                .filter(of(given, group))
                .filter(a -> a.outcome() == Outcome.BELOW || a.outcome() == Outcome.MISSING)
                .toList();
        long nearer = failed.stream().filter(a -> nearness(a) < 0).count();
        long equal = failed.stream().filter(a -> nearness(a) == 0).count();
        text.append(
            String.format(
                "%n%s, given %s: %d failures; the first answer is spelt more like the text in %d,"
                    + " as much in %d%n",
                group.title(), given, failed.size(), nearer, equal));
        failed.stream().limit(most).forEach(a -> text.append(tell(a)).append('\n'));
      }
    }
    text.append("\nRows that are no pairs\n");
    Map<String, List<String>> doubts = new TreeMap<>(set.doubts());
    doubts.forEach(
        (source, rows) -> {
          text.append(source).append(": ").append(rows.size()).append('\n');
          rows.stream().distinct().limit(25).forEach(r -> text.append("  ").append(r).append('\n'));
        });
    Files.createDirectories(file.resolveSibling("."));
    Files.writeString(file, text);
  }

  /** Less than 0 where the text is spelt more like the first answer than like what was meant. */
  private int nearness(Asked asked) {
    if (asked.hits().isEmpty()) {
      return 1;
    }
    NameBook book = set.book(asked.named().referential());
    String text = Words.bare(asked.written().name());
    return nearest(book, asked.hits().getFirst().code(), text)
        - SpellingDistance.between(text, Words.bare(asked.named().name()));
  }

  private static int nearest(NameBook book, String code, String text) {
    return book.list().stream()
        .filter(k -> k.code().equals(code))
        .mapToInt(k -> SpellingDistance.between(text, Words.bare(k.name())))
        .min()
        .orElse(99);
  }

  private String tell(Asked a) {
    String got =
        a.hits().stream()
            .limit(3)
            .map(
                h ->
                    String.format(
                        Locale.ROOT,
                        "%s %s %.1f %s%s%s",
                        h.code(),
                        h.name(),
                        h.score(),
                        h.kind().id(),
                        h.former() == null ? "" : " former",
                        h.certain() ? " CERTAIN" : ""))
            .collect(Collectors.joining(" | "));
    return String.format(
        "  [%s] \"%s\"%s expected %s %s (%s%s)%s got %s",
        a.written().damage(),
        a.written().text(),
        a.given() == Given.DEPARTEMENT ? " in " + a.named().departement() : "",
        a.named().code(),
        a.named().name(),
        a.named().referential().equals("communes") ? "" : a.named().referential() + ", ",
        a.named().source(),
        a.outcome() == Outcome.MISSING ? " MISSING" : "",
        got.isEmpty() ? "nothing" : got);
  }
}
