package fr.pivot.pages.code;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.catalog.Catalog;
import fr.pivot.catalog.Release;
import fr.pivot.pages.code.LifeDrawing.Bar;
import fr.pivot.pages.code.LifeDrawing.Size;
import fr.pivot.pages.code.LifeDrawing.Tick;
import fr.pivot.referential.CheckRule;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Kind;
import fr.pivot.referential.Language;
import fr.pivot.referential.Level;
import fr.pivot.referential.Referential;
import fr.pivot.referential.ReleaseHead;
import fr.pivot.referential.Succession;
import fr.pivot.referential.SuccessionKind;
import fr.pivot.referential.Text;
import fr.pivot.referential.Validity;
import fr.pivot.registry.Registry;
import fr.pivot.registry.Registry.Node;
import fr.pivot.registry.memory.CodebookBuilder;
import fr.pivot.registry.memory.ReadRegistry;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Draws lives of communes: from what ships with Pivot, and from lines of INSEE's own file. */
class LifeTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 3, 1);

  private static Registry shipped;

  @BeforeAll
  static void read() throws IOException {
    shipped = ReadRegistry.shipped();
  }

  private static Life life(String referential, String code) {
    return Life.of(
        shipped,
        new Node(referential, code),
        shipped.catalog().findLatest(referential).orElseThrow());
  }

  private static List<String> ties(Life life) {
    return life.ties().stream()
        .map(t -> t.date() + " " + t.from().code() + " " + t.to().code())
        .toList();
  }

  private static List<String> bars(LifeDrawing drawing) {
    return drawing.bars().stream().map(b -> b.code() + ' ' + b.label()).toList();
  }

  private static LifeDrawing draw(Life life) {
    return LifeDrawing.of(life, TODAY, Language.FRENCH, Size.WIDE);
  }

  @Test
  void troarn_merges_in_1972_and_2017_and_is_divided_again() {
    Life life = life("communes", "14712");
    assertThat(ties(life))
        .containsExactly(
            "1972-07-01 14114 14712",
            "1972-07-01 14712 14712",
            "2017-01-01 14666 14712",
            "2017-01-01 14712 14712",
            "2021-01-01 14712 14666",
            "2021-01-01 14712 14712");
    assertThat(life.story().keySet())
        .containsExactly(
            LocalDate.of(1972, 7, 1), LocalDate.of(2017, 1, 1), LocalDate.of(2021, 1, 1));
    LifeDrawing drawing = draw(life);
    assertThat(bars(drawing))
        .containsExactly(
            "14712 Troarn",
            "14712 Saline",
            "14712 Troarn",
            "14114 Bures-sur-Dives",
            "14666 Sannerville",
            "14666 Sannerville");
    assertThat(drawing.bars().stream().map(Bar::open))
        .containsExactly(false, false, true, false, false, true);
    assertThat(drawing.ticks().stream().map(Tick::text))
        .containsExactly("1943", "juil. 1972", "2017", "2021");
    assertThat(drawing.derived()).isTrue();
  }

  @Test
  void freigne_leads_to_vallons_de_l_erdre() {
    Life life = life("communes", "49144");
    assertThat(ties(life)).containsExactly("2018-01-01 49144 44180");
    assertThat(bars(draw(life)))
        .containsExactly("49144 Freigné", "44180 Saint-Mars-la-Jaille", "44180 Vallons-de-l'Erdre");
  }

  @Test
  void nothing_happened_to_paris() {
    Life life = life("communes", "75056");
    assertThat(life.story()).isEmpty();
    LifeDrawing drawing = draw(life);
    assertThat(bars(drawing)).containsExactly("75056 Paris");
    assertThat(drawing.ticks().stream().map(Tick::text)).containsExactly("1943");
  }

  @Test
  void a_recoded_commune_lived_under_its_former_code() {
    Life life = life("communes", "2A004");
    assertThat(life.own())
        .containsExactlyInAnyOrder(new Node("communes", "2A004"), new Node("communes", "20004"));
    assertThat(bars(draw(life))).contains("20004 Ajaccio", "2A004 Ajaccio");
  }

  @Test
  void every_bar_of_a_shipped_commune_lies_within_its_drawing_and_under_no_other() {
    for (String code : List.of("14712", "49144", "74010", "50129", "14654", "01091", "33055")) {
      for (Size size : Size.values()) {
        LifeDrawing drawing = LifeDrawing.of(life("communes", code), TODAY, Language.FRENCH, size);
        for (Bar bar : drawing.bars()) {
          assertThat(bar.textX()).as(code).isBetween(0, drawing.width());
          assertThat(bar.textY() + bar.drop()).as(code).isBetween(0, drawing.height());
        }
        assertThat(drawing.bars().stream().map(b -> b.textX() + " " + b.textY()))
            .as(code)
            .doesNotHaveDuplicates();
      }
    }
  }

  /**
   * Lines of INSEE's {@code v_mvtcommune_2026.csv}: Freigné changes département and merges on one
   * day, and never was a commune under its code of that day.
   */
  @Test
  void a_chain_within_one_day_is_drawn_to_its_end() {
    Registry registry =
        registry(
            List.of(
                state("49144", "Freigné", "1943-01-01", "2018-01-01"),
                state("44180", "Saint-Mars-la-Jaille", "1943-01-01", "2018-01-01"),
                state("44180", "Vallons-de-l'Erdre", "2018-01-01", null),
                state("44219", "Vritz", "1943-01-01", "2018-01-01")),
            List.of(
                succession("49144", "44225", SuccessionKind.RECODED, "41"),
                succession("44225", "44180", SuccessionKind.MERGED, "32"),
                succession("44180", "44180", SuccessionKind.MERGED, "32"),
                succession("44219", "44180", SuccessionKind.MERGED, "32")));
    Release release = registry.catalog().findLatest("communes").orElseThrow();
    Life forward = Life.of(registry, new Node("communes", "49144"), release);
    assertThat(ties(forward)).containsExactly("2018-01-01 44225 44180", "2018-01-01 49144 44225");
    assertThat(bars(draw(forward)))
        .containsExactly(
            "49144 Freigné", "44225 ", "44180 Saint-Mars-la-Jaille", "44180 Vallons-de-l'Erdre");
    Life back = Life.of(registry, new Node("communes", "44180"), release);
    assertThat(ties(back))
        .contains("2018-01-01 49144 44225", "2018-01-01 44225 44180", "2018-01-01 44219 44180");
    assertThat(bars(draw(back))).contains("49144 Freigné", "44225 ", "44219 Vritz");
  }

  private static ConceptState state(String code, String label, String from, @Nullable String to) {
    return new ConceptState(
        code,
        new Validity(LocalDate.parse(from), to == null ? null : LocalDate.parse(to)),
        "commune",
        label,
        Map.of(),
        Map.of(),
        false);
  }

  private static Succession succession(
      String code, String after, SuccessionKind kind, String type) {
    return new Succession(LocalDate.of(2018, 1, 1), code, "communes", after, kind, type, false);
  }

  private static Registry registry(List<ConceptState> states, List<Succession> successions) {
    Referential referential =
        new Referential(
            "communes",
            Kind.TERRITORY,
            new Text("Communes", "Communes"),
            new Text("", ""),
            "Insee",
            null,
            null,
            "https://www.insee.fr/",
            Pattern.compile(".+"),
            CheckRule.NONE,
            "49144",
            List.of(new Level("commune", new Text("Commune", "Commune"))),
            List.of(),
            List.of(),
            LocalDate.of(1943, 1, 1),
            List.of(),
            false,
            List.of(),
            null,
            Referential.Usage.PLAIN);
    LocalDate day = LocalDate.of(2026, 1, 1);
    Release release =
        new Release(
            1,
            (int) day.toEpochDay(),
            new ReleaseHead("communes", "2026", day, null, List.of()),
            "digest",
            states.size(),
            1,
            0,
            successions.size(),
            0,
            Map.of(),
            Instant.parse("2026-02-26T09:00:00Z"));
    CodebookBuilder book = new CodebookBuilder(referential);
    states.forEach(s -> book.addState(s, null, null));
    successions.forEach(s -> book.addSuccession(s, null, null));
    return new Registry(
        new Catalog(1, List.of(referential), List.of(release)),
        Map.of("communes", book.build()),
        List.of());
  }
}
