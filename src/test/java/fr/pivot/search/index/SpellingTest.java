package fr.pivot.search.index;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.search.SpellingDistance;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

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

  @Property(tries = 20_000)
  void what_is_a_few_changes_away_is_never_taken_for_farther(
      @ForAll("texts") String one,
      @ForAll @Size(max = 4) List<@IntRange(min = 0, max = 400) Integer> changes,
      @ForAll @IntRange(min = 1, max = 3) int most) {
    String other = change(one, changes);
    int expected = SpellingDistance.between(one, other);
    int bounded = new Spelling(one).distance(other, most);
    if (expected <= most) {
      assertThat(bounded).isEqualTo(expected);
    } else {
      assertThat(bounded).isGreaterThan(most);
    }
  }

  /** A text of which letters were put in, left out, replaced or swapped, each at some place. */
  private static String change(String text, List<Integer> changes) {
    StringBuilder changed = new StringBuilder(text);
    for (int change : changes) {
      int at = change / 4 % (changed.length() + 1);
      switch (change % 4) {
        case 0 -> changed.insert(at, 'a');
        case 1 -> changed.delete(at, Math.min(at + 1, changed.length()));
        case 2 -> changed.replace(at, Math.min(at + 1, changed.length()), "e");
        default -> {
          if (at + 1 < changed.length()) {
            char first = changed.charAt(at);
            changed.setCharAt(at, changed.charAt(at + 1));
            changed.setCharAt(at + 1, first);
          }
        }
      }
    }
    return changed.toString();
  }

  @Property(tries = 3_000)
  void letters_never_exclude_what_is_near(
      @ForAll("texts") String one,
      @ForAll @Size(max = 6) List<@IntRange(min = 0, max = 400) Integer> steps) {
    String two = change(one, steps);
    int apart = Long.bitCount(Spelling.letters(one) ^ Spelling.letters(two));
    int changes = SpellingDistance.between(one, two);
    assertThat(apart).isLessThanOrEqualTo(Spelling.mostApart(changes, one.length(), two.length()));
  }
}
