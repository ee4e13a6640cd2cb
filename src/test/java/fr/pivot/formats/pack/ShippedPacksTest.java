package fr.pivot.formats.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fr.pivot.finding.Findings;
import fr.pivot.referential.CheckRule;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Level;
import fr.pivot.referential.Link;
import fr.pivot.referential.LinkType;
import fr.pivot.referential.Referential;
import fr.pivot.referential.Succession;
import fr.pivot.referential.Validity;
import fr.pivot.text.CheckDigits;
import fr.pivot.text.Words;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The packs of {@code referentials/}: sound as a whole, and true where the truth is known. */
class ShippedPacksTest {

  private static final Path REFERENTIALS = Path.of("referentials");

  private static final Map<String, Referential> DESCRIPTORS = new TreeMap<>();
  private static final Map<String, List<ReadRelease>> RELEASES = new TreeMap<>();

  @BeforeAll
  static void read() throws IOException {
    for (Path folder : folders(REFERENTIALS)) {
      Path descriptor = folder.resolve("descriptor.json");
      try (InputStream in = Files.newInputStream(descriptor)) {
        DESCRIPTORS.put(
            folder.getFileName().toString(), DescriptorReader.read(descriptor.toString(), in));
      }
      Findings findings = new Findings();
      List<ReadRelease> releases = new ArrayList<>();
      for (Path pack : folders(folder)) {
        releases.addAll(ReadRelease.readAll(pack, findings));
      }
      assertThat(findings.list()).as("findings of %s", folder).isEmpty();
      RELEASES.put(folder.getFileName().toString(), releases);
    }
  }

  private static List<Path> folders(Path parent) throws IOException {
    try (Stream<Path> paths = Files.list(parent)) {
      return paths.filter(Files::isDirectory).sorted().toList();
    }
  }

  private static List<ReadRelease> releases(String referential) {
    return RELEASES.getOrDefault(referential, List.of());
  }

  private static ReadRelease release(String referential, String edition) {
    return releases(referential).stream()
        .filter(r -> r.head().edition().equals(edition))
        .findFirst()
        .orElseThrow();
  }

  private static LocalDate day(String iso) {
    return LocalDate.parse(iso);
  }

  @Test
  void every_referential_is_where_its_id_says_with_a_notice() {
    DESCRIPTORS.forEach(
        (folder, referential) -> {
          assertThat(referential.id()).isEqualTo(folder);
          if (!releases(folder).isEmpty()) {
            assertThat(REFERENTIALS.resolve(folder).resolve("NOTICE.md")).isRegularFile();
          }
        });
    assertThat(DESCRIPTORS).hasSize(45);
  }

  @Test
  void the_editions_are_those_announced() {
    for (String id :
        List.of(
            "communes",
            "communes-deleguees",
            "arrondissements-municipaux",
            "arrondissements",
            "departements",
            "regions",
            "epci",
            "codes-postaux",
            "siren")) {
      assertThat(releases(id))
          .as(id)
          .extracting(r -> r.head().edition())
          .containsExactly("2019", "2021", "2022", "2023", "2024", "2025", "2026");
    }
    assertThat(releases("ept"))
        .extracting(r -> r.head().edition())
        .containsExactly("2023", "2024", "2025", "2026");
  }

  @Test
  void every_state_holds_to_its_descriptor_and_overlaps_no_other() {
    each(
        (referential, release) -> {
          List<Object> wrong = new ArrayList<>();
          Set<String> levels =
              referential.levels().stream().map(Level::id).collect(Collectors.toSet());
          ConceptState before = null;
          for (ConceptState state : release.states()) {
            if (!referential.pattern().matcher(state.code()).matches()
                || !levels.contains(state.level())
                || state.label().isBlank()
                || (referential.check() == CheckRule.LUHN && luhn(state.code()) != 0)
                || (before != null
                    && before.code().equals(state.code())
                    && before.validity().overlaps(state.validity()))) {
              wrong.add(state);
            }
            before = state;
          }
          assertThat(wrong).isEmpty();
          assertThat(release.of(referential.example()))
              .as("example of %s", referential.id())
              .isNotEmpty();
        });
  }

  @Test
  void every_example_holds_to_the_rule_of_its_referential() {
    DESCRIPTORS.forEach(
        (id, referential) ->
            assertThat(
                    switch (referential.check()) {
                      case NONE, CPV -> true;
                      case LUHN -> CheckDigits.isLuhn(referential.example());
                      case SIRET -> CheckDigits.isSiret(referential.example());
                    })
                .as(id)
                .isTrue());
  }

  @Test
  void every_referential_has_names_of_columns_that_differ_by_more_than_their_spelling() {
    DESCRIPTORS.forEach(
        (id, referential) ->
            assertThat(referential.headers().stream().map(Words::bare))
                .as(id)
                .isNotEmpty()
                .doesNotContain("")
                .doesNotHaveDuplicates());
  }

  @Test
  void a_name_of_a_column_leads_to_every_referential_whose_codes_it_may_hold() {
    assertThat(named("CODGEO")).containsExactly("communes");
    assertThat(named("Code INSEE")).containsExactly("communes");
    assertThat(named("commune_deleguee_insee")).containsExactly("communes-deleguees");
    assertThat(named("idBénéficiaire")).containsExactly("siret");
    assertThat(named("acheteur.id")).containsExactly("siret");
    assertThat(named("titulaires/0/id")).containsExactly("siret");
    assertThat(named("N° SIREN")).containsExactly("siren");
    assertThat(named("CP")).containsExactly("codes-postaux");
    assertThat(named("apet700")).containsExactly("naf");
    assertThat(named("codeCPV")).containsExactly("cpv");
    assertThat(named("NUMDEP")).containsExactly("departements");
    assertThat(named("code_pays")).containsExactly("iso-3166-1", "pays");
    assertThat(named("BGT_NATURE"))
        .containsExactly(
            "m14-com-500-3500",
            "m14-com-sup3500",
            "m43-a",
            "m43-d",
            "m52",
            "m57",
            "m57-a",
            "m57-d",
            "m57-p");
    assertThat(named("Sous-fonction"))
        .containsExactly(
            "m14-com-sup3500-fonctions",
            "m52-fonctions",
            "m57-a-fonctions",
            "m57-d-fonctions",
            "m57-fonctions",
            "m57-p-fonctions");
    assertThat(named("montant")).isEmpty();
  }

  private static List<String> named(String header) {
    return DESCRIPTORS.values().stream()
        .filter(r -> r.headers().stream().anyMatch(h -> Words.bare(h).equals(Words.bare(header))))
        .map(Referential::id)
        .toList();
  }

  @Test
  void every_short_name_stands_for_a_label() {
    DESCRIPTORS.forEach(
        (id, referential) -> {
          Set<String> labels =
              releases(id).stream()
                  .flatMap(r -> r.states().stream())
                  .map(ConceptState::label)
                  .collect(Collectors.toSet());
          assertThat(referential.shortNames()).allMatch(s -> labels.contains(s.label()));
        });
  }

  @Test
  void how_people_use_codes_is_said_by_descriptors() {
    assertThat(DESCRIPTORS.values())
        .filteredOn(r -> r.usage().locates())
        .extracting(Referential::id)
        .containsExactly("departements");
    assertThat(DESCRIPTORS.values())
        .filteredOn(r -> r.usage().filesSince() != null)
        .extracting(Referential::id)
        .containsExactly("communes", "communes-deleguees", "departements", "pays", "regions");
    Referential postal = Objects.requireNonNull(DESCRIPTORS.get("codes-postaux"));
    assertThat(postal.usage().findArea("35042")).hasValue("35");
    assertThat(postal.usage().findArea("97414")).hasValue("974");
    assertThat(postal.usage().findArea("2A")).isEmpty();
    Referential isic = Objects.requireNonNull(DESCRIPTORS.get("isic"));
    assertThat(isic.usage().findArea("6201")).hasValue("6");
    assertThat(isic.usage().findArea("620")).isEmpty();
  }

  @Test
  void only_the_registers_of_entities_are_known_in_part() {
    assertThat(DESCRIPTORS.values())
        .filteredOn(Referential::partial)
        .extracting(Referential::id)
        .containsExactly("siren", "siret");
  }

  private static int luhn(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int weighted = i % 2 == 0 ? digit : 2 * digit;
      sum += weighted / 10 + weighted % 10;
    }
    return sum % 10;
  }

  @Test
  void every_link_leads_to_a_code_that_exists() {
    each(
        (referential, release) -> {
          List<Link> wrong = new ArrayList<>();
          Map<String, LinkType> types =
              referential.links().stream().collect(Collectors.toMap(LinkType::referential, t -> t));
          Set<String> singles = new HashSet<>();
          Map<String, Map<String, List<Validity>>> all = new HashMap<>();
          for (Link link : release.links()) {
            LinkType type = types.get(link.referential());
            Map<String, List<Validity>> targets =
                all.computeIfAbsent(link.referential(), r -> lives(r, release));
            boolean isSingle =
                type != null
                    && !type.many()
                    && !singles.add(
                        link.code() + " " + link.referential() + " " + link.validity().from());
            if (type == null
                || type.relation() != link.relation()
                || isSingle
                || !lives(release).containsKey(link.code())
                || (!targets.isEmpty() && !targets.containsKey(link.target()))) {
              wrong.add(link);
            }
          }
          assertThat(wrong).isEmpty();
        });
  }

  /** The code before is in force on the eve, the code after on the day. */
  @Test
  void every_succession_ties_codes_that_exist_then() {
    each(
        (referential, release) -> {
          List<Succession> wrong = new ArrayList<>();
          for (Succession succession : release.successions()) {
            Map<String, List<Validity>> after = lives(succession.referentialAfter(), release);
            if ((succession.code() != null
                    && !isOn(lives(release), succession.code(), succession.date().minusDays(1)))
                || (succession.codeAfter() != null
                    && !isOn(after, succession.codeAfter(), succession.date()))) {
              wrong.add(succession);
            }
          }
          assertThat(wrong).isEmpty();
        });
  }

  /** Or else a reader that follows it would lose the unit that goes on. */
  @Test
  void a_code_that_goes_on_through_an_event_has_a_succession_to_itself() {
    for (ReadRelease release : releases("communes")) {
      Set<String> toItself = new HashSet<>();
      List<Succession> toOthers = new ArrayList<>();
      for (Succession s : release.successions()) {
        String code = s.code();
        if (code == null || !s.referentialAfter().equals("communes")) {
          continue;
        }
        if (code.equals(s.codeAfter())) {
          toItself.add(code + s.date());
        } else if (isOn(lives(release), code, s.date())) {
          toOthers.add(s);
        }
      }
      assertThat(toOthers.stream().filter(s -> !toItself.contains(s.code() + s.date()))).isEmpty();
    }
  }

  private static boolean isOn(Map<String, List<Validity>> lives, String code, LocalDate day) {
    return lives.getOrDefault(code, List.of()).stream().anyMatch(v -> v.contains(day));
  }

  private static final Map<ReadRelease, Map<String, List<Validity>>> LIVES =
      new IdentityHashMap<>();

  private static Map<String, List<Validity>> lives(ReadRelease release) {
    return LIVES.computeIfAbsent(
        release,
        r -> {
          Map<String, List<Validity>> lives = new HashMap<>();
          r.states()
              .forEach(
                  s -> lives.computeIfAbsent(s.code(), c -> new ArrayList<>()).add(s.validity()));
          return lives;
        });
  }

  /** The lives of a referential's codes in the edition that goes with another's; empty if none. */
  private static Map<String, List<Validity>> lives(String referential, ReadRelease with) {
    List<ReadRelease> releases = releases(referential);
    return releases.stream()
        .filter(r -> r.head().edition().equals(with.head().edition()))
        .findFirst()
        .or(() -> releases.size() == 1 ? releases.stream().findFirst() : Optional.empty())
        .map(ShippedPacksTest::lives)
        .orElse(Map.of());
  }

  private interface Check {
    void accept(Referential referential, ReadRelease release);
  }

  private static void each(Check check) {
    DESCRIPTORS.forEach((id, d) -> releases(id).forEach(r -> check.accept(d, r)));
  }

  /** 34,970 communes on 1 January 2019, 34,965 in 2021 and so on, and 94 overseas. */
  @Test
  void as_many_communes_are_in_force_as_there_are() {
    assertThat(releases("communes"))
        .extracting(ReadRelease::inForce)
        .containsExactly(35_064L, 35_059L, 35_049L, 35_039L, 35_029L, 34_969L, 34_969L);
    assertThat(
            release("communes", "2026").states().stream()
                .filter(s -> s.validity().contains(day("2026-01-01")))
                .filter(s -> s.code().matches("97[578].*|98.*")))
        .hasSize(94);
  }

  @Test
  void paris_marseille_and_lyon_are_communes() {
    for (String code : List.of("75056", "13055", "69123")) {
      assertThat(release("communes", "2026").find(code, day("2026-01-01"))).isPresent();
    }
    assertThat(
            release("arrondissements-municipaux", "2026")
                .targets("75101", "communes", day("2026-01-01")))
        .containsExactly("75056");
  }

  @Test
  void sannerville_was_a_part_of_saline_and_is_restored() {
    ReadRelease first = release("communes", "2019");
    assertThat(first.of("14666"))
        .extracting(ConceptState::validity)
        .containsExactly(new Validity(day("1943-01-01"), day("2017-01-01")));
    assertThat(first.successors("14666", day("2017-01-01")))
        .containsExactly("communes-deleguees:14666 moved", "communes:14712 merged");
    assertThat(
            release("communes-deleguees", "2019").targets("14666", "communes", day("2018-01-01")))
        .containsExactly("14712");

    ReadRelease later = release("communes", "2021");
    assertThat(later.find("14666", day("2021-01-01"))).isPresent();
    assertThat(later.successors("14712", day("2021-01-01")))
        .containsExactly("communes:14666 restored", "communes:14712 split");
    assertThat(release("communes-deleguees", "2021").successors("14666", day("2021-01-01")))
        .containsExactly("communes:14666 restored");
  }

  @Test
  void bellegarde_became_valserhone() {
    ReadRelease communes = release("communes", "2026");
    assertThat(communes.of("01033"))
        .extracting(ConceptState::label)
        .containsExactly("Bellegarde", "Bellegarde-sur-Valserine", "Valserhône");
    assertThat(communes.find("01033", day("2018-12-31")).orElseThrow().label())
        .isEqualTo("Bellegarde-sur-Valserine");
    assertThat(communes.find("01033", day("2019-01-01")).orElseThrow().label())
        .isEqualTo("Valserhône");
    assertThat(communes.successors("01033", day("2019-01-01")))
        .containsExactly("communes-deleguees:01033 moved", "communes:01033 merged");
  }

  /** Freigné changed département and became a part of Vallons-de-l'Erdre on one day. */
  @Test
  void a_chain_within_a_day_is_followed_to_its_end() {
    assertThat(release("communes", "2026").successors("49144", day("2018-01-01")))
        .containsExactly("communes-deleguees:44225 recoded", "communes:44180 merged");
    assertThat(release("communes", "2026").of("44225")).isEmpty();
  }

  @Test
  void the_seat_of_l_oudon_moved_in_2014() {
    ReadRelease communes = release("communes", "2026");
    assertThat(communes.successors("14697", day("2014-01-07")))
        .containsExactly("communes:14472 recoded");
    assertThat(communes.find("14697", day("2014-01-06")).orElseThrow().label())
        .isEqualTo("L'Oudon");
    assertThat(communes.find("14472", day("2014-01-07")).orElseThrow().label())
        .isEqualTo("L'Oudon");
    assertThat(communes.find("14697", day("2014-01-07"))).isEmpty();
  }

  @Test
  void a_code_was_used_twice() {
    assertThat(release("communes", "2026").of("60694"))
        .extracting(ConceptState::label)
        .containsExactly("Villotran", "Les Hauts-Talican");
    assertThat(release("communes", "2023").find("60694", day("2023-01-01"))).isEmpty();
  }

  @Test
  void the_seat_of_conques_moved_in_2025() {
    assertThat(release("communes", "2025").successors("12076", day("2025-01-01")))
        .containsExactly("communes-deleguees:12076 moved", "communes:12218 recoded");
  }

  @Test
  void neussargues_became_five_communes() {
    assertThat(release("communes", "2025").successors("15141", day("2025-01-01")))
        .containsExactly(
            "communes:15031 restored",
            "communes:15035 restored",
            "communes:15047 restored",
            "communes:15141 split",
            "communes:15171 restored");
  }

  @Test
  void saint_barthelemy_left_guadeloupe() {
    ReadRelease communes = release("communes", "2026");
    assertThat(communes.of("97123")).hasSize(1);
    assertThat(communes.find("97123", day("2007-02-22"))).isPresent();
    assertThat(communes.successors("97123", day("2007-02-23")))
        .containsExactly("communes:97701 recoded");
  }

  @Test
  void ajaccio_changed_code_when_corsica_was_divided() {
    ReadRelease communes = release("communes", "2019");
    assertThat(communes.successors("20004", day("1976-01-01")))
        .containsExactly("communes:2A004 recoded");
    assertThat(communes.targets("2A004", "departements", day("1976-01-01"))).containsExactly("2A");
    assertThat(communes.targets("20004", "departements", day("1975-12-31"))).containsExactly("20");
  }

  /** Régions are known since 1960; Guadeloupe is a département since 1946. */
  @Test
  void administrative_links_do_not_reach_before_their_targets() {
    ReadRelease communes = release("communes", "2026");
    assertThat(communes.targets("97105", "departements", day("1946-03-20"))).isEmpty();
    assertThat(communes.targets("97105", "departements", day("1946-03-21"))).containsExactly("971");
    assertThat(communes.targets("01004", "regions", day("1960-06-01"))).isEmpty();
    assertThat(communes.targets("01004", "regions", day("1960-06-02"))).containsExactly("82");
    assertThat(communes.targets("01004", "regions", day("2016-01-01"))).containsExactly("84");
  }

  @Test
  void saint_denis_changed_siren_in_2025() {
    ReadRelease communes = release("communes", "2026");
    assertThat(communes.targets("93066", "siren", day("2024-12-31"))).containsExactly("219300662");
    assertThat(communes.targets("93066", "siren", day("2025-01-01"))).containsExactly("929939411");
    assertThat(release("siren", "2026").successors("219300662", day("2025-01-01")))
        .containsExactly("siren:929939411 recoded");
  }

  /** Île-de-Bréhat, Île-de-Sein, Ouessant and L'Île-d'Yeu belong to no EPCI. */
  @Test
  void four_islands_belong_to_no_epci() {
    ReadRelease communes = release("communes", "2026");
    Set<String> members =
        communes.links().stream()
            .filter(l -> l.referential().equals("epci"))
            .filter(l -> l.validity().contains(day("2026-01-01")))
            .map(Link::code)
            .collect(Collectors.toSet());
    assertThat(
            communes.states().stream()
                .filter(s -> s.validity().contains(day("2026-01-01")))
                .map(ConceptState::code)
                .filter(c -> !c.matches("97[578].*|98.*") && !members.contains(c)))
        .containsExactlyInAnyOrder("22016", "29083", "29155", "85113");
  }

  @Test
  void one_postal_code_serves_many_communes() {
    assertThat(release("codes-postaux", "2026").targets("51300", "communes", day("2026-01-01")))
        .hasSizeGreaterThan(40);
    assertThat(
            release("codes-postaux", "2026")
                .targets("75001", "arrondissements-municipaux", day("2026-01-01")))
        .containsExactly("75101");
  }

  @Test
  void sections_hold_the_activities_of_naf() {
    ReadRelease naf = release("naf", "rev2");
    assertThat(naf.states()).hasSize(1_728);
    assertThat(naf.of("62.01Z").getFirst().label()).isEqualTo("Programmation informatique");
    assertThat(naf.targets("62.01Z", "naf", day("2020-01-01"))).containsExactly("62.01");
    assertThat(naf.targets("62", "naf", day("2020-01-01"))).containsExactly("J");
    assertThat(naf.targets("62.01", "nace", day("2020-01-01"))).containsExactly("62.01");
    assertThat(naf.states().stream().filter(s -> s.level().equals("sous-classe"))).hasSize(732);
  }

  @Test
  void nace_leads_to_isic() {
    ReadRelease nace = release("nace", "rev2");
    assertThat(nace.states()).hasSize(996);
    assertThat(nace.targets("62.01", "isic", day("2020-01-01"))).containsExactly("6201");
    assertThat(nace.of("62.01").getFirst().labels())
        .containsValue("Computer programming activities");
  }

  /** 03311000-2 is one of those whose printed digit is not the computed one, 4. */
  @Test
  void cpv_codes_have_the_check_digit_that_the_regulation_printed() {
    ReadRelease cpv = release("cpv", "2008");
    assertThat(cpv.states()).hasSize(9_454);
    assertThat(cpv.of("72000000").getFirst().attributes()).containsEntry("checkDigit", "5");
    assertThat(cpv.of("03113100").getFirst().attributes()).containsEntry("checkDigit", "7");
    assertThat(cpv.of("03311000").getFirst().attributes()).containsEntry("checkDigit", "2");
    assertThat(cpv.targets("03113100", "cpv", day("2020-01-01"))).containsExactly("03113000");
  }

  /** Compares with a published list that is not part of the project; skipped where it is not. */
  @Test
  void cpv_check_digits_are_those_of_a_published_list() throws IOException {
    Path list = Path.of("../shared/data/cpv/cpv_uk_en_with_check_digit.csv.gz");
    assumeTrue(Files.exists(list), "needs " + list);
    Map<String, String> published = new HashMap<>();
    try (InputStream in = new GZIPInputStream(Files.newInputStream(list))) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      Pattern.compile("(?m)^(\\d{8})-(\\d)")
          .matcher(text)
          .results()
          .forEach(m -> published.put(m.group(1), m.group(2)));
    }
    assertThat(published).hasSizeGreaterThan(9_400);
    assertThat(
            release("cpv", "2008").states().stream()
                .filter(
                    s ->
                        !published
                                .getOrDefault(s.code(), "")
                                .equals(s.attributes().get("checkDigit"))
                            && published.containsKey(s.code())))
        .isEmpty();
  }

  @Test
  void nuts_leads_from_isere_to_france() {
    ReadRelease nuts = release("nuts", "2024");
    assertThat(nuts.states()).hasSize(1_903);
    assertThat(nuts.of("FRK24").getFirst().label()).isEqualTo("Isère");
    assertThat(nuts.targets("FRK24", "nuts", day("2024-01-01"))).containsExactly("FRK2");
  }

  @Test
  void iso_lists_have_french_and_english_names() {
    assertThat(release("iso-3166-1", "4.15").of("DE"))
        .singleElement()
        .satisfies(
            s -> {
              assertThat(s.label()).isEqualTo("Allemagne");
              assertThat(s.labels()).containsEntry("en", "Germany");
              assertThat(s.attributes())
                  .containsEntry("alpha3", "DEU")
                  .containsEntry("numeric", "276");
            });
    assertThat(release("iso-3166-2", "4.15").targets("FR-01", "iso-3166-2", day("2023-01-01")))
        .containsExactly("FR-ARA");
    assertThat(release("iso-3166-3", "4.15").of("SUHH").getFirst().validity())
        .isEqualTo(new Validity(null, day("1992-08-30")));
    assertThat(release("iso-639-3", "4.15").of("fra").getFirst().label()).isEqualTo("français");
    assertThat(release("iso-4217", "4.15").of("EUR")).hasSize(1);
    assertThat(release("iso-15924", "4.15").of("Latn")).hasSize(1);
  }
}
