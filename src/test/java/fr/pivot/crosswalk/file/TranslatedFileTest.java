package fr.pivot.crosswalk.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.pivot.crosswalk.Probe;
import fr.pivot.crosswalk.lineage.Arrival;
import fr.pivot.crosswalk.lineage.Share;
import fr.pivot.finding.ProblemException;
import fr.pivot.referential.Language;
import fr.pivot.registry.Point;
import fr.pivot.registry.Registry;
import fr.pivot.registry.memory.ReadRegistry;
import fr.pivot.table.AnnotatedTable;
import fr.pivot.text.detected.Overrides;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Files come back as they were, with columns added. */
class TranslatedFileTest {

  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

  private static @Nullable Registry read;

  @BeforeAll
  @BeforeContainer
  static void read() throws IOException {
    if (read == null) {
      read = ReadRegistry.shipped();
    }
  }

  private static Registry registry() {
    if (read == null) {
      throw new IllegalStateException("not read yet");
    }
    return read;
  }

  private static byte[] translate(
      byte[] file, String from, String to, @Nullable String column, String policy)
      throws IOException {
    return translate(file, from, to, column, policy, List.of(), List.of());
  }

  private static byte[] translate(
      byte[] file,
      String from,
      String to,
      @Nullable String column,
      String policy,
      List<String> measures,
      List<String> by)
      throws IOException {
    try (AnnotatedTable table =
        FileTranslations.open(
            Probe.crosswalk(registry(), from, to),
            "-",
            new ByteArrayInputStream(file),
            new FileTranslations.Request(
                from, to, column, policy, measures, by, new byte[0], Overrides.NONE))) {
      return table.stream().readAllBytes();
    }
  }

  private static String translate(String file, String policy) throws IOException {
    return new String(
        translate(
            file.getBytes(StandardCharsets.UTF_8),
            "communes@2018-01-01",
            "communes@2026",
            "com",
            policy),
        StandardCharsets.UTF_8);
  }

  @Test
  void a_row_is_given_for_each_target() throws IOException {
    assertThat(translate("n,com\n1,14712\n2,01091\n", "all"))
        .isEqualTo(
            "n,com,communes@2026,communes@2026:label,communes@2026:status,communes@2026:match,"
                + "communes@2026:share\n"
                + "1,14712,14666,Sannerville,split,narrower,0.356123535676\n"
                    .replace("0.356123535676", share("14666"))
                + "1,14712,14712,Troarn,split,narrower,SHARE\n".replace("SHARE", share("14712"))
                + "2,01091,01033,Valserhône,merged,broader,1\n");
  }

  private static String share(String code) {
    return Probe.crosswalk(registry(), "communes@2018-01-01", "communes@2026")
        .translate("14712")
        .targets()
        .stream()
        .filter(t -> t.code().equals(code))
        .map(t -> t.share() == null ? "" : t.share().text())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void targets_are_joined_in_one_row() throws IOException {
    assertThat(translate("com;x\r\n14712;a\r\n", "list"))
        .isEqualTo(
            "com;x;communes@2026;communes@2026:label;communes@2026:status\r\n"
                + "14712;a;14666|14712;Sannerville|Troarn;split\r\n");
  }

  @Test
  void several_targets_are_left_out_and_flagged() throws IOException {
    assertThat(translate("com\n14712\n01091\n99999\n\n", "single-only"))
        .isEqualTo(
            "com,communes@2026,communes@2026:label,communes@2026:status\n"
                + "14712,,,split\n01091,01033,Valserhône,merged\n99999,,,unknown\n\n");
  }

  @Test
  void a_row_without_a_code_stays_without_a_target() throws IOException {
    assertThat(translate("com,x\n,1\n 01091 ,2\n\"01091\",\"a,\nb\"\nshort", "list"))
        .isEqualTo(
            "com,x,communes@2026,communes@2026:label,communes@2026:status\n"
                + ",1,,,\n 01091 ,2,01033,Valserhône,merged\n"
                + "\"01091\",\"a,\nb\",01033,Valserhône,merged\nshort,,,unknown");
  }

  @Test
  void encoding_mark_separator_and_ends_of_lines_are_kept() throws IOException {
    byte[] latin = "nom\tcom\r\nChâtillon\t01091\r\n".getBytes(WINDOWS_1252);
    assertThat(
            new String(
                translate(latin, "communes@2018-01-01", "communes@2026", "COM", "list"),
                WINDOWS_1252))
        .isEqualTo(
            "nom\tcom\tcommunes@2026\tcommunes@2026:label\tcommunes@2026:status\r\n"
                + "Châtillon\t01091\t01033\tValserhône\tmerged\r\n");
    byte[] marked = "\uFEFFcom\r01091\r".getBytes(StandardCharsets.UTF_8);
    assertThat(
            new String(
                translate(marked, "communes@2018-01-01", "communes@2026", null, "single-only"),
                StandardCharsets.UTF_8))
        .isEqualTo(
            "\uFEFFcom,communes@2026,communes@2026:label,communes@2026:status\r"
                + "01091,01033,Valserhône,merged\r");
    byte[] wide = "\uFEFFcom;é\n01091;ù\n".getBytes(StandardCharsets.UTF_16LE);
    assertThat(
            new String(
                translate(wide, "communes@2018-01-01", "communes@2026", "com", "list"),
                StandardCharsets.UTF_16LE))
        .isEqualTo(
            "\uFEFFcom;é;communes@2026;communes@2026:label;communes@2026:status\n"
                + "01091;ù;01033;Valserhône;merged\n");
  }

  @Test
  void a_quote_that_is_never_closed_costs_no_row() throws IOException {
    assertThat(translate("com,x\n01091,\"a\n01091,b\n", "single-only"))
        .isEqualTo(
            "com,x,communes@2026,communes@2026:label,communes@2026:status\n"
                + "01091,\"a,01033,Valserhône,merged\n01091,b,01033,Valserhône,merged\n");
  }

  @Test
  void a_column_that_is_not_there_is_a_problem_that_lists_those_that_are() {
    assertThatThrownBy(() -> translate("a,b\n1,2\n", "all"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().type().slug()).isEqualTo("unknown-column"));
  }

  @Test
  void figures_are_summed_and_what_cannot_be_placed_is_kept() throws IOException {
    String file =
        "an,com,pop\n2018,01091,10\n2018,01033,20\n2018,99999,3\n2018,14712,101\n2019,01033,\n";
    String[] lines =
        new String(
                translate(
                    file.getBytes(StandardCharsets.UTF_8),
                    "communes@2018-01-01",
                    "communes@2026",
                    "com",
                    "weights",
                    List.of("pop"),
                    List.of("an")),
                StandardCharsets.UTF_8)
            .split("\r\n", -1);
    assertThat(lines)
        .containsExactly(
            "an,communes@2026,communes@2026:label,communes@2026:status,com,pop,rows",
            "2018,01033,Valserhône,placed,,30,2",
            "2019,01033,Valserhône,placed,,0,1",
            "2018,14666,Sannerville,placed,,36,1",
            "2018,14712,Troarn,placed,,65,1",
            "2018,,,unknown,99999,3,1",
            "");
  }

  @Test
  void a_figure_that_is_none_is_refused_with_its_place() {
    assertThatThrownBy(
            () ->
                translate(
                    "com,pop\n01033,1\n01033,beaucoup\n".getBytes(StandardCharsets.UTF_8),
                    "communes@2018-01-01",
                    "communes@2026",
                    "com",
                    "weights",
                    List.of("pop"),
                    List.of()))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.problem().type().slug()).isEqualTo("not-a-number");
              assertThat(e.problem().detail(Language.ENGLISH))
                  .contains("line 3")
                  .contains("beaucoup");
            });
  }

  /** No unit is lost or made, whatever the shares. */
  @Property(tries = 500)
  void parts_of_a_figure_add_up_to_it(
      @ForAll long units,
      @ForAll @IntRange(min = 0, max = 6) int scale,
      @ForAll @IntRange(min = 1, max = 40) int parts,
      @ForAll long seed) {
    Random random = new Random(seed);
    long[] weights = random.longs(parts, 1, 1_000_000).toArray();
    long total = Arrays.stream(weights).sum();
    List<Arrival> targets =
        Arrays.stream(weights)
            .mapToObj(
                w ->
                    new Arrival(
                        "x",
                        fr.pivot.referential.correspondence.Match.NARROWER,
                        Share.of(w, total, "population", "2026")))
            .toList();
    BigDecimal figure = BigDecimal.valueOf(units, scale);
    BigDecimal[] shared = WeighedFile.shareOut(figure, targets);
    assertThat(Arrays.stream(shared).reduce(BigDecimal.ZERO, BigDecimal::add))
        .isEqualByComparingTo(figure);
  }

  /** A figure of every commune of 1999 is in a region of 2026, to the last unit. */
  @Property(tries = 3)
  void totals_survive_the_way_from_communes_to_regions(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    StringBuilder file = new StringBuilder("com;x\n");
    BigDecimal total = BigDecimal.ZERO;
    Point begin = Probe.point(registry(), "communes@1999-01-01");
    for (String code : begin.codes().listInForce(begin.release(), begin.date())) {
      BigDecimal figure = BigDecimal.valueOf(random.nextInt(10_000_000), 2);
      total = total.add(figure);
      file.append(code).append(';').append(figure.toPlainString().replace('.', ',')).append('\n');
    }
    for (String to : List.of("communes@2026", "regions@2026", "epci@2026")) {
      byte[] sums =
          translate(
              file.toString().getBytes(StandardCharsets.UTF_8),
              "communes@1999-01-01",
              to,
              "com",
              "weights",
              List.of("x"),
              List.of());
      BigDecimal sum =
          new String(sums, StandardCharsets.UTF_8)
              .lines()
              .skip(1)
              .map(line -> new BigDecimal(line.split(";(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1)[4]))
              .reduce(BigDecimal.ZERO, BigDecimal::add);
      assertThat(sum).as(to).isEqualByComparingTo(total);
    }
  }
}
