package fr.pivot.search.index;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.search.SpellingDistance;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Distances worked out in one machine word are those of the table of all cells. */
class SpellingTest {

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings().withChars("abcdeé0").ofMaxLength(90);
  }

  @Property(tries = 3_000)
  void a_distance_is_the_number_of_changes(
      @ForAll("texts") String one, @ForAll("texts") String two) {
    int expected = SpellingDistance.between(one, two);
    assertThat(new Spelling(one).distance(two, 1_000)).isEqualTo(expected);
    int bounded = new Spelling(one).distance(two, 2);
    if (expected <= 2) {
      assertThat(bounded).isEqualTo(expected);
    } else {
      assertThat(bounded).isGreaterThan(2);
    }
  }

  @Property(tries = 3_000)
  void letters_never_exclude_what_is_near(
      @ForAll("texts") String one, @ForAll("texts") String two) {
    int apart = Long.bitCount(Spelling.letters(one) ^ Spelling.letters(two));
    assertThat(apart).isLessThanOrEqualTo(2 * SpellingDistance.between(one, two));
  }
}
