package fr.pivot.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import fr.pivot.catalog.Catalog;
import fr.pivot.catalog.Release;
import fr.pivot.referential.CheckRule;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Kind;
import fr.pivot.referential.Level;
import fr.pivot.referential.Link;
import fr.pivot.referential.LinkType;
import fr.pivot.referential.Measure;
import fr.pivot.referential.Referential;
import fr.pivot.referential.Relation;
import fr.pivot.referential.ReleaseHead;
import fr.pivot.referential.Succession;
import fr.pivot.referential.SuccessionKind;
import fr.pivot.referential.Text;
import fr.pivot.referential.Validity;
import fr.pivot.registry.CodeAnswer.Found;
import fr.pivot.registry.CodeAnswer.NotInForce;
import fr.pivot.registry.CodeAnswer.Status;
import fr.pivot.registry.CodeView.Linked;
import fr.pivot.registry.Registry.Node;
import fr.pivot.registry.memory.CodebookBuilder;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Pomas (11293), in the EPCI of DGCL's lists of 1 January 2019 and 2021; Sannerville (14666),
 * merged into 14712 on 1 January 2017 and restored on 31 December 2019 (v_mvtcommune_2026).
 */
class CodeViewTest {

  private static final LinkType EPCI = new LinkType(Relation.BROADER, "epci", "epci", false, false);
  private static final LinkType POSTAL =
      new LinkType(Relation.RELATED, "codes-postaux", "codesPostaux", true, false);

  private final List<String> asked = new ArrayList<>();

  private static LocalDate day(String day) {
    return LocalDate.parse(day);
  }

  private static Validity validity(String from, @Nullable String to) {
    return new Validity(day(from), to == null ? null : day(to));
  }

  private static Referential referential(String id, String level, List<LinkType> links) {
    return new Referential(
        id,
        Kind.TERRITORY,
        new Text(id, id),
        new Text("", ""),
        "INSEE",
        null,
        null,
        "",
        Pattern.compile("\\d+"),
        CheckRule.NONE,
        "11293",
        List.of(new Level(level, new Text(level.toUpperCase(Locale.ROOT), level))),
        links,
        List.of("population"),
        day("1943-01-01"),
        List.of(),
        false,
        List.of(),
        null,
        Referential.Usage.PLAIN);
  }

  private static Release release(long id, String referential) {
    return new Release(
        id,
        (int) day("2021-01-01").toEpochDay(),
        new ReleaseHead(referential, "2021", day("2021-01-01"), null, List.of()),
        "0",
        2,
        2,
        2,
        2,
        1,
        Map.of("epci", List.of(day("2019-01-01"), day("2021-01-01"))),
        Instant.EPOCH);
  }

  private static ConceptState state(
      String code, String level, String label, String from, @Nullable String to) {
    return new ConceptState(code, validity(from, to), level, label, Map.of(), Map.of(), false);
  }

  private static Link link(
      Relation relation, String referential, String target, String from, @Nullable String to) {
    return new Link("11293", relation, referential, target, validity(from, to), true);
  }

  private static Succession succession(
      String date, String code, String after, SuccessionKind kind, String type) {
    return new Succession(day(date), code, "communes", after, kind, type, false);
  }

  /** The registry, which notes what the communes are asked. */
  private Registry registry() {
    Referential communes = referential("communes", "commune", List.of(EPCI, POSTAL));
    Referential epci = referential("epci", "communaute", List.of());
    CodebookBuilder book = new CodebookBuilder(communes);
    book.addState(state("11293", "commune", "Pomas", "1943-01-01", null), null, null);
    book.addState(state("14666", "commune", "Sannerville", "1943-01-01", "2017-01-01"), null, null);
    book.addState(state("14666", "commune", "Sannerville", "2019-12-31", null), null, null);
    book.addState(state("14712", "commune", "Troarn", "1943-01-01", null), null, null);
    book.addLink(
        link(Relation.BROADER, "epci", "200071926", "2019-01-01", "2021-01-01"), null, null);
    book.addLink(link(Relation.BROADER, "epci", "200035715", "2021-01-01", null), null, null);
    book.addLink(link(Relation.RELATED, "codes-postaux", "11250", "1943-01-01", null), null, null);
    book.addMeasure(new Measure("14666", "population", 1897), null, null);
    book.addSuccession(
        succession("2017-01-01", "14666", "14712", SuccessionKind.MERGED, "32"), null, null);
    book.addSuccession(
        succession("2019-12-31", "14712", "14666", SuccessionKind.RESTORED, "21"), null, null);
    CodebookBuilder groups = new CodebookBuilder(epci);
    groups.addState(
        state("200071926", "communaute", "CC du Limouxin", "2019-01-01", null), null, null);
    return new Registry(
        new Catalog(
            1, List.of(communes, epci), List.of(release(1, "communes"), release(2, "epci"))),
        Map.of("communes", noted(book.build()), "epci", groups.build()),
        List.of());
  }

  private Codes noted(Codes codes) {
    return (Codes)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Codes.class},
            (_, method, arguments) -> {
              asked.add(method.getName());
              try {
                return method.invoke(codes, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private Point point(String reference) {
    return Points.find(registry(), Points.reference(reference), day("2021-01-01"));
  }

  private CodeView view(String reference, String code) {
    Point point = point(reference);
    return new CodeView(point, (Found) CodeAnswer.find(point, code));
  }

  /** The code where it is not in force. */
  private CodeView last(String reference, String code) {
    Point point = point(reference);
    NotInForce missed = (NotInForce) CodeAnswer.find(point, code);
    return CodeView.lastKnown(point, missed.release(), missed.states());
  }

  @Test
  void what_is_not_asked_for_is_not_gathered() {
    CodeView view = view("communes@2021", "11293");
    asked.clear();
    assertThat(view.code() + ' ' + view.state().label() + ' ' + view.status().id())
        .isEqualTo("11293 Pomas in-force");
    assertThat(view.node()).isEqualTo(new Node("communes", "11293"));
    assertThat(view.address()).isEqualTo("/id/communes/11293");
    assertThat(view.validity()).isEqualTo(validity("1943-01-01", null));
    assertThat(view.beginsAtHorizon()).isTrue();
    assertThat(asked).isEmpty();
  }

  @Test
  void links_and_figures_are_gathered_once() {
    CodeView view = view("communes@2021", "14666");
    asked.clear();
    assertThat(Stream.generate(view::listMeasures).limit(3).distinct())
        .containsExactly(List.of(new Measure("14666", "population", 1897)));
    assertThat(Stream.generate(view::listLinks).limit(3).distinct()).containsExactly(List.of());
    assertThat(asked).containsExactly("listMeasures", "listLinks");
  }

  @Test
  void a_link_between_two_lists_is_known_until_the_first_of_them() {
    List<Linked> links = view("communes@2021,2020-06-01", "11293").listLinks();
    assertThat(links).extracting(Linked::type).containsExactly(EPCI, POSTAL);
    Linked epci = links.getFirst();
    assertThat(epci.node()).isEqualTo(new Node("epci", "200071926"));
    assertThat(epci.validity()).isEqualTo(validity("2019-01-01", "2021-01-01"));
    assertThat(epci.doubt()).isEqualTo(validity("2019-01-01", "2019-01-02"));
    assertThat(epci.state()).extracting(ConceptState::label).isEqualTo("CC du Limouxin");
    assertThat(view("communes@2021,2019-01-01", "11293").listLinks().getFirst().doubt()).isNull();
  }

  @Test
  void what_a_link_leads_to_may_be_known_to_nobody() {
    CodeView view = view("communes@2021", "11293");
    Linked epci = view.listLinks().getFirst();
    assertThat(epci.node()).isEqualTo(new Node("epci", "200035715"));
    assertThat(epci.state()).isNull();
    assertThat(view.kind(epci.node())).isEqualTo(new Text("epci", "epci"));
    Linked postal = view.listLinks().getLast();
    assertThat(postal.isBroader()).isFalse();
    assertThat(view.label(postal.node())).isNull();
    assertThat(view.kind(postal.node())).isEqualTo(new Text("codes-postaux", "codes-postaux"));
    assertThat(view.kind(new Node("epci", "200071926")))
        .isEqualTo(new Text("COMMUNAUTE", "communaute"));
  }

  @Test
  void before_the_first_list_nothing_is_known_of_a_link() {
    CodeView view = view("communes@2021,2016-04-01", "11293");
    assertThat(view.listLinks()).extracting(Linked::type).containsExactly(POSTAL);
    assertThat(view.listNotKnown()).containsExactly("epci");
    assertThat(view("communes@2021", "11293").listNotKnown()).isEmpty();
  }

  @Test
  void a_code_that_ceased_is_told_of_its_last_day_and_of_what_it_became_then() {
    CodeView view = last("communes@2021,2018-06-01", "14666");
    assertThat(view.status()).isEqualTo(Status.CEASED);
    assertThat(view.validity()).isEqualTo(validity("1943-01-01", "2017-01-01"));
    assertThat(view.day()).isEqualTo(day("2016-12-31"));
    assertThat(view.pointOfDay().resolved().notation()).isEqualTo("communes@2021,2016-12-31");
    assertThat(view.listSuccessors()).extracting(Kin::code).containsExactly("14712");
    assertThat(view.listPredecessors()).extracting(Kin::code).containsExactly("14712");
    // The figures of 2021 are not those of the state that ended in 2017.
    assertThat(view.listMeasures()).isEmpty();
  }

  @Test
  void each_state_of_its_history_is_a_view_on_the_same_day() {
    List<CodeView> states = last("communes@2021,2018-06-01", "14666").listStates();
    assertThat(states)
        .extracting(CodeView::status, CodeView::day)
        .containsExactly(
            tuple(Status.CEASED, day("2016-12-31")), tuple(Status.FUTURE, day("2019-12-31")));
    assertThat(states.getLast().listEvents())
        .extracting(EventsOfDay::date, EventsOfDay::kind)
        .containsExactly(
            tuple(day("2017-01-01"), SuccessionKind.MERGED),
            tuple(day("2019-12-31"), SuccessionKind.RESTORED));
  }

  @Test
  void who_is_not_in_force_has_no_view_of_the_day() {
    assertThat(CodeView.inForce(point("communes@2021,2018-06-01"), "14666")).isNull();
    CodeView view = CodeView.inForce(point("communes@2021"), "14666");
    assertThat(view).extracting(CodeView::status).isEqualTo(Status.IN_FORCE);
  }
}
