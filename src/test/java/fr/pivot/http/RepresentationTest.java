package fr.pivot.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.pivot.finding.ProblemException;
import fr.pivot.http.Answers.Prepared;
import fr.pivot.http.Representation.Page;
import fr.pivot.http.Representation.RowWriter;
import fr.pivot.referential.Kind;
import fr.pivot.text.JsonWriter;
import io.micronaut.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The départements of Corse (2A, 2B) and their région in every form of a list. */
class RepresentationTest {

  private static final Freshness FRESHNESS = Freshness.floating(null);
  private static final Page<String> FIRST = new Page<>(2, List.of("2A"), "bmV4dA");

  /** Codes, each of which lies in Corse (94). */
  private static final class Codes implements RowWriter<String> {

    @Override
    public void write(JsonWriter json, String code) {
      json.beginObject().member("code", code).endObject();
    }

    @Override
    public List<String> columns() {
      return List.of("code", "region");
    }

    @Override
    public List<List<@Nullable String>> lines(String code) {
      return List.of(List.of(code, "94"));
    }
  }

  private static RequestTarget target(String address) {
    return RequestTarget.of(HttpRequest.GET(address));
  }

  private static Representation<String> in(MediaFormat format, String address) {
    return new Representation<>(target(address), format, new Codes())
        .head(json -> json.member("referential", "departements"))
        .foot(json -> json.member("known", true));
  }

  private static String body(Prepared answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  @Test
  void a_page_tells_how_many_there_are_and_where_the_next_one_is() {
    Prepared page = in(MediaFormat.JSON, "/codes?cursor=bGFzdA&limit=1").list(FIRST, FRESHNESS);
    assertThat(body(page))
        .isEqualTo(
            "{\"referential\":\"departements\",\"total\":2,\"items\":[{\"code\":\"2A\"}],"
                + "\"next\":\"bmV4dA\",\"known\":true}");
    assertThat(page.total()).isEqualTo("2");
    assertThat(page.link()).isEqualTo("</codes?limit=1&cursor=bmV4dA>; rel=\"next\"");
    Prepared last =
        in(MediaFormat.JSON, "/codes").list(new Page<>(2, List.of("2B"), null), FRESHNESS);
    assertThat(body(last)).contains("\"next\":null");
    assertThat(last.link()).isNull();
  }

  @Test
  void a_list_that_is_always_whole_tells_of_no_next_page() {
    Prepared list = in(MediaFormat.JSON, "/codes").list(Page.whole(List.of("2A", "2B")), FRESHNESS);
    assertThat(body(list)).contains("\"total\":2").doesNotContain("next");
    assertThat(list.total()).isEqualTo("2");
    assertThat(in(MediaFormat.JSON, "/codes").uncounted(List.of("2A"), FRESHNESS).total()).isNull();
  }

  @Test
  void lines_and_tables_are_of_the_rows_alone() {
    assertThat(body(in(MediaFormat.NDJSON, "/codes").list(FIRST, FRESHNESS)))
        .isEqualTo("{\"code\":\"2A\"}\n");
    Prepared table = in(MediaFormat.CSV, "/codes?separator=;").list(FIRST, FRESHNESS);
    assertThat(body(table)).isEqualTo("code;region\r\n2A;94\r\n");
    assertThat(table.type().toString()).isEqualTo("text/csv;charset=utf-8;header=present");
    assertThat(table.link()).contains("cursor=bmV4dA");
  }

  @Test
  void one_row_alone_may_do_without_a_header() {
    assertThat(body(in(MediaFormat.JSON, "/codes/2A").one("2A", FRESHNESS)))
        .isEqualTo("{\"code\":\"2A\"}");
    Prepared cell = in(MediaFormat.CSV, "/codes/2A?header=absent").one("2A", FRESHNESS);
    assertThat(body(cell)).isEqualTo("2A,94\r\n");
    assertThat(cell.type().toString()).isEqualTo("text/csv;charset=utf-8;header=absent");
  }

  @Test
  void parameters_name_things() {
    RequestTarget target = target("/codes?kind=entity&kinds=entity,entity,territory&bom=true&x=no");
    List<Kind> all = List.of(Kind.values());
    assertThat(target.findOneOf("kind", all, Kind::id)).hasValue(Kind.ENTITY);
    assertThat(target.findOneOf("other", all, Kind::id)).isEmpty();
    assertThat(target.findSomeOf("kinds", all, Kind::id))
        .hasValue(List.of(Kind.ENTITY, Kind.ENTITY, Kind.TERRITORY));
    assertThat(target.isTrue("bom")).isTrue();
    assertThat(target.isTrue("other", true)).isTrue();
    assertThatThrownBy(() -> target.isTrue("x"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().members()).containsEntry("parameter", "x"));
    assertThatThrownBy(() -> target.findSomeOf("x", all, Kind::id))
        .isInstanceOf(ProblemException.class);
  }
}
