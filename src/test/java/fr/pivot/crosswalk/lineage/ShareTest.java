package fr.pivot.crosswalk.lineage;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.pivot.referential.correspondence.Match;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ShareTest {

  private static Share population(long part, long whole) {
    return Share.of(part, whole, "population", "2026");
  }

  /** As the communes of a département are shared out, and meet again in its EPCI. */
  @Property(tries = 200)
  void what_is_divided_and_brought_together_is_the_whole(
      @ForAll @IntRange(min = 1, max = 4) int steps,
      @ForAll @IntRange(min = 1, max = 60) int parts,
      @ForAll @IntRange(min = 1, max = 10) int targets,
      @ForAll long seed) {
    Random random = new Random(seed);
    Map<String, Arrival> at = Map.of("0", new Arrival("0", Match.EXACT, Share.WHOLE));
    for (int step = 0; step < steps; step++) {
      Map<String, Arrival> next = new TreeMap<>();
      for (Arrival before : at.values()) {
        long[] figures = random.longs(parts, 0, 2_200_000).toArray();
        figures[0]++;
        long total = IntStream.range(0, parts).mapToLong(i -> figures[i]).sum();
        for (long figure : figures) {
          String code = Integer.toString(random.nextInt(targets));
          Arrival arrival = new Arrival(code, Match.NARROWER, population(figure, total));
          next.merge(code, arrival.after(before), Arrival::and);
        }
      }
      at = next;
    }
    @Nullable Share sum = null;
    for (Arrival arrival : at.values()) {
      Share share = requireNonNull(arrival.share());
      assertThat(share.value()).isBetween(0.0, 1.0);
      assertThat(new BigDecimal(share.text())).isBetween(BigDecimal.ZERO, BigDecimal.ONE);
      sum = sum == null ? share : Share.sum(sum, share);
    }
    assertThat(requireNonNull(sum).numerator()).isEqualTo(BigInteger.ONE);
    assertThat(sum.denominator()).isEqualTo(BigInteger.ONE);
  }

  @Test
  void the_parts_of_a_thousand_communes_can_be_told() {
    Share sum = population(1, 683_287);
    for (int i = 1; i < 1000; i++) {
      sum = requireNonNull(Share.sum(sum, population(1, 683_287)));
    }
    assertThat(sum).isEqualTo(population(1000, 683_287));
    assertThat(sum.text()).isEqualTo("0.001463513868");
    assertThat(sum.value()).isEqualTo(1000.0 / 683_287);
  }

  @Test
  void a_share_is_in_lowest_terms() {
    assertThat(population(50, 100)).isEqualTo(population(1, 2));
    assertThat(population(0, 7)).isEqualTo(population(0, 1));
    assertThat(Share.of(new BigDecimal("0.250"), "count", null))
        .isEqualTo(Share.of(1, 4, "count", null));
    assertThat(Share.of(new BigDecimal("1E0"), "count", null).text()).isEqualTo("1");
  }

  @Test
  void a_part_of_a_share_is_told_of_it() {
    assertThat(population(1, 6).outOf(population(1, 2))).isEqualTo(population(1, 3));
  }

  @Test
  void there_is_no_share_of_nothing_and_none_below_it() {
    assertThatThrownBy(() -> population(1, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> population(-1, 2)).isInstanceOf(IllegalArgumentException.class);
  }
}
