package fr.pivot.referential.correspondence;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The algebra of matches: routes may be composed in any order, and read from either end. */
class MatchTest {

  @Property
  void the_order_in_which_steps_are_composed_does_not_matter(
      @ForAll Match a, @ForAll Match b, @ForAll Match c) {
    assertThat(a.then(b).then(c)).isEqualTo(a.then(b.then(c)));
  }

  @Property
  void an_exact_step_changes_nothing(@ForAll Match a) {
    assertThat(Match.EXACT.then(a)).isEqualTo(a);
    assertThat(a.then(Match.EXACT)).isEqualTo(a);
  }

  @Property
  void a_route_read_from_its_end_is_the_inverse(@ForAll Match a, @ForAll Match b) {
    assertThat(a.inverse().inverse()).isEqualTo(a);
    assertThat(a.then(b).inverse()).isEqualTo(b.inverse().then(a.inverse()));
  }

  @Property
  void nothing_is_known_better_at_the_end_of_a_route_than_on_the_way(
      @ForAll Match a, @ForAll Match b) {
    if (a != Match.EXACT && b != Match.EXACT) {
      assertThat(a.then(b)).isIn(a, Match.RELATED).isIn(b, Match.RELATED);
    }
  }
}
