package fr.pivot.search;

import fr.pivot.registry.Codes;
import fr.pivot.registry.Point;
import fr.pivot.registry.Registry;
import fr.pivot.registry.memory.ReadRegistry;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.IntStream;

/**
 * Writes what the engines of a race are built from and asked: every name of the communes, of today
 * and of the past; names of them that are damaged as in the tests of quality, of each kind as many;
 * and the beginnings of names as somebody types them.
 */
final class NameQuestions {

  /** How many queries a client of reconciliation sends at once. */
  private static final int BATCH = 50;

  /** How many rows the column to reconcile has. */
  private static final int ROWS = 100_000;

  private NameQuestions() {}

  /** Takes the folder to write to and how many questions of each kind. */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    int most = Integer.parseInt(args[1]);
    Registry registry = ReadRegistry.shipped();
    QualitySet set = new QualitySet(registry);
    NameBook book = set.book("communes");
    try (PrintStream out = new PrintStream(folder.resolve("names").toFile(), "UTF-8")) {
      Map<String, Long> populations = listPopulations(book.point());
      for (NameBook.Known known : book.list()) {
        out.println(
            String.join(
                "\t",
                known.name(),
                known.code(),
                Objects.requireNonNullElse(known.departement(), ""),
                String.valueOf(populations.getOrDefault(known.code(), 0L)),
                known.former() ? "1" : "0"));
      }
    }
    List<NamedCode> names = new ArrayList<>(set.listNames("communes", k -> !k.former(), 4 * most));
    names.addAll(set.listNames("communes", NameBook.Known::former, most));
    names.sort((a, b) -> Integer.compare(a.name().hashCode(), b.name().hashCode()));
    Map<Damage.Group, Integer> written = new HashMap<>();
    try (PrintStream out = new PrintStream(folder.resolve("questions").toFile(), "UTF-8")) {
      for (NamedCode named : names) {
        Set<Damage.Group> once = new HashSet<>();
        for (Damage.Written asked : Damage.writeAll(named, QualitySet.SEED)) {
          Damage.Group group = asked.damage().group();
          if (named.departement() != null
              && asked.damage() != Damage.AS_WRITTEN
              && book.isTellable(named.name(), named.code(), null)
              && book.isTellable(asked.name(), named.code(), null)
              && once.add(group)
              && written.merge(group, 1, Integer::sum) <= most) {
            out.println(
                String.join("\t", group.name(), named.code(), named.departement(), asked.text()));
          }
        }
      }
    }
    try (PrintStream out = new PrintStream(folder.resolve("typed").toFile(), "UTF-8")) {
      names.stream()
          .flatMap(
              named ->
                  IntStream.rangeClosed(1, named.name().length())
                      .mapToObj(n -> encode(named.name().substring(0, n))))
          .distinct()
          .forEach(out::println);
    }
    try (PrintStream out = new PrintStream(folder.resolve("batches").toFile(), "UTF-8")) {
      List<String> lines = Files.readAllLines(folder.resolve("questions"));
      Collections.shuffle(lines, new Random(QualitySet.SEED));
      for (int i = 0; i + BATCH <= lines.size(); i += BATCH) {
        out.println("queries=" + encode(batch(lines.subList(i, i + BATCH))));
      }
    }
    writeColumn(set, folder.resolve("column.csv"));
  }

  /** Names of communes as a column of a table has them: half as in the lists, the rest damaged. */
  private static void writeColumn(QualitySet set, Path file) throws IOException {
    List<NamedCode> all = set.listNames("communes", _ -> true, Integer.MAX_VALUE);
    Random random = new Random(QualitySet.SEED);
    try (PrintStream out = new PrintStream(file.toFile(), "UTF-8")) {
      out.println("nom,code_dep,code");
      for (int i = 0; i < ROWS; i++) {
        NamedCode named = all.get(i % all.size());
        List<Damage.Written> ways = Damage.writeAll(named, QualitySet.SEED + i);
        String text =
            random.nextBoolean() ? named.name() : ways.get(random.nextInt(ways.size())).text();
        String departement = Objects.requireNonNullElse(named.departement(), "");
        out.println('"' + text.replace("\"", "\"\"") + "\"," + departement + ',' + named.code());
      }
    }
  }

  private static String batch(List<String> lines) {
    StringJoiner queries = new StringJoiner(",", "{", "}");
    for (String line : lines) {
      String[] cells = line.split("\t", 4);
      queries.add(
          String.format(
              "\"q%d\":{\"query\":\"%s\",\"limit\":5,\"properties\":[{\"pid\":\"departement\",\"v\":\"%s\"}]}",
              queries.length(), cells[3].replace("\\", "").replace("\"", ""), cells[2]));
    }
    return queries.toString();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static Map<String, Long> listPopulations(Point point) {
    Codes codebook = point.codes();
    Map<String, Long> populations = new HashMap<>();
    codebook.forEachMeasure(
        point.release(),
        measure -> {
          if (measure.name().equals("population")) {
            populations.put(measure.code(), measure.value());
          }
        });
    return populations;
  }
}
