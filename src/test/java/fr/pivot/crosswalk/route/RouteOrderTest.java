package fr.pivot.crosswalk.route;

import static fr.pivot.crosswalk.SmallRegistry.broader;
import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.crosswalk.Probe;
import fr.pivot.crosswalk.SmallRegistry;
import fr.pivot.referential.Kind;
import fr.pivot.referential.LinkType;
import fr.pivot.referential.Relation;
import fr.pivot.referential.SuccessionKind;
import fr.pivot.referential.correspondence.Match;
import fr.pivot.registry.Registry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Of several ways one is taken, and always the same. */
class RouteOrderTest {

  private static final String UP_BY_BOXES =
      "AlongLinks boxes@2026,2026-01-01; AlongLinks houses@2026,2026-01-01";
  private static final String UP_BY_ROOMS =
      "AlongLinks rooms@2026,2026-01-01; AlongLinks houses@2026,2026-01-01";

  /** Things lie in boxes and in rooms, and both of these in houses. */
  private static SmallRegistry things(LinkType... carried) {
    return new SmallRegistry()
        .referential("things", Kind.TERRITORY, List.of(carried), 2010, 2026)
        .referential("boxes", Kind.TERRITORY, List.of(broader("houses")), 2026)
        .referential("rooms", Kind.TERRITORY, List.of(broader("houses")), 2026)
        .referential("houses", Kind.TERRITORY, List.of(), 2026)
        .codes("things", "t1", "t2")
        .codes("boxes", "b")
        .codes("rooms", "r")
        .codes("houses", "h")
        .link("boxes", "b", Relation.BROADER, "houses", "h")
        .link("rooms", "r", Relation.BROADER, "houses", "h");
  }

  private static SmallRegistry inBoth() {
    return things(broader("boxes"), broader("rooms"))
        .link("things", "t1", Relation.BROADER, "boxes", "b")
        .link("things", "t1", Relation.BROADER, "rooms", "r");
  }

  private static String route(Registry registry, String from, String to) {
    return new Routes(registry)
        .find(Probe.point(registry, from), Probe.point(registry, to)).orElseThrow().steps().stream()
            .map(step -> step.getClass().getSimpleName() + ' ' + step.to())
            .collect(Collectors.joining("; "));
  }

  private static String up(SmallRegistry facts) {
    return route(facts.build(), "things@2026", "houses@2026");
  }

  @Test
  void of_two_ways_alike_the_first_by_name_is_taken_whatever_was_stated_first() {
    List<String> referentials = new ArrayList<>(List.of("boxes", "rooms"));
    List<String> all = new ArrayList<>(List.of("things", "boxes", "rooms", "houses"));
    Random random = new Random(1);
    for (int i = 0; i < 24; i++) {
      Collections.shuffle(referentials, random);
      Collections.shuffle(all, random);
      SmallRegistry facts = new SmallRegistry();
      for (String one : all) {
        List<LinkType> carried =
            switch (one) {
              case "things" ->
                  List.of(broader(referentials.getFirst()), broader(referentials.getLast()));
              case "houses" -> List.of();
              default -> List.of(broader("houses"));
            };
        facts.referential(one, Kind.TERRITORY, carried, 2026).codes(one, one.substring(0, 1));
      }
      for (String between : referentials) {
        String code = between.substring(0, 1);
        facts
            .link("things", "t", Relation.BROADER, between, code)
            .link(between, code, Relation.BROADER, "houses", "h");
      }
      assertThat(up(facts)).as(all + " " + referentials).isEqualTo(UP_BY_BOXES);
    }
  }

  @Test
  void of_two_ways_alike_the_one_that_carries_more_codes_is_taken() {
    assertThat(up(inBoth().link("things", "t2", Relation.BROADER, "rooms", "r")))
        .isEqualTo(UP_BY_ROOMS);
    assertThat(up(inBoth().link("things", "t2", Relation.BROADER, "boxes", "b")))
        .isEqualTo(UP_BY_BOXES);
  }

  @Test
  void a_way_of_fewer_steps_is_taken_though_it_carries_fewer_codes() {
    SmallRegistry facts =
        things(broader("boxes"), broader("houses"))
            .link("things", "t1", Relation.BROADER, "boxes", "b")
            .link("things", "t2", Relation.BROADER, "boxes", "b")
            .link("things", "t1", Relation.BROADER, "houses", "h");
    assertThat(up(facts)).isEqualTo("AlongLinks houses@2026,2026-01-01");
  }

  @Test
  void a_published_table_between_the_two_beats_every_other_way() {
    SmallRegistry facts =
        things(broader("houses"))
            .link("things", "t1", Relation.BROADER, "houses", "h")
            .line("things@2026", "houses@2026", Match.BROADER, "t2", "h");
    assertThat(up(facts)).isEqualTo("ByTable houses@2026,2026-01-01");
    assertThat(route(facts.build(), "houses@2026", "things@2026"))
        .isEqualTo("ByTable things@2026,2026-01-01");
  }

  @Test
  void time_is_passed_where_successions_tell_of_it() {
    SmallRegistry facts =
        things(broader("boxes"))
            .link("things", "t1", Relation.BROADER, "boxes", "b")
            .succession("things", "2020-01-01", "t0", SuccessionKind.MERGED, "things", "t1");
    assertThat(route(facts.build(), "things@2010-06-01", "boxes@2026"))
        .isEqualTo("ThroughTime things@2026,2026-01-01; AlongLinks boxes@2026,2026-01-01");
  }

  @Test
  void to_where_one_is_there_is_no_step_and_where_nothing_leads_there_is_no_way() {
    Registry registry =
        inBoth()
            .referential("birds", Kind.TERRITORY, List.of(), 2026)
            .codes("birds", "wren")
            .build();
    assertThat(route(registry, "things@2026", "things@2026")).isEmpty();
    assertThat(
            new Routes(registry)
                .find(Probe.point(registry, "things@2026"), Probe.point(registry, "birds@2026")))
        .isEmpty();
  }
}
