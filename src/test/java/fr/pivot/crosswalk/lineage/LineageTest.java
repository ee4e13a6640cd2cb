package fr.pivot.crosswalk.lineage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.formats.InputFile;
import fr.pivot.formats.cog.CogFormat;
import fr.pivot.referential.correspondence.Match;
import fr.pivot.registry.Registry;
import fr.pivot.registry.memory.ReadRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * One short history for each shape that the life of communes takes. The lines are those of INSEE's
 * {@code v_mvtcommune_2026.csv} (Licence Ouverte), by their numbers in it, without the names.
 */
class LineageTest {

  private final List<String> listed = new ArrayList<>();
  private final List<String> events = new ArrayList<>();

  /** A territory of the list of 2026: its type, its code and, of a part, what it lies in. */
  private LineageTest listed(String type, String code, String parent) {
    listed.add("%s,%s,,,,,0,%s,%s,%s,,%s".formatted(type, code, code, code, code, parent));
    return this;
  }

  private LineageTest communes(String... codes) {
    for (String code : codes) {
      listed("COM", code, "");
    }
    return this;
  }

  /** Rows of one day: {@code 57069 57460} or {@code COMA 57069 COM 57069}. */
  private LineageTest on(String day, int type, String... rows) {
    for (String row : rows) {
      String[] words = row.split(" ", -1);
      String[] sides = words.length == 4 ? words : new String[] {"COM", words[0], "COM", words[1]};
      events.add(
          "%d,%s,%s,%s,0,%s,%s,%s,%s,%s,0,%s,%s,%s"
              .formatted(
                  type, day, sides[0], sides[1], sides[1], sides[1], sides[1], sides[2], sides[3],
                  sides[3], sides[3], sides[3]));
    }
    return this;
  }

  private static InputFile file(String name, String header, List<String> lines) {
    String text = header + '\n' + String.join("\n", lines) + '\n';
    return new InputFile(name, () -> new ByteArrayInputStream(text.getBytes(UTF_8)));
  }

  private Lineage lineage() throws IOException {
    Registry registry =
        new ReadRegistry()
            .read(
                new CogFormat(),
                List.of(
                    file(
                        "v_commune_2026.csv",
                        "TYPECOM,COM,REG,DEP,CTCD,ARR,TNCC,NCC,NCCENR,LIBELLE,CAN,COMPARENT",
                        listed),
                    file(
                        "v_mvtcommune_2026.csv",
                        "MOD,DATE_EFF,TYPECOM_AV,COM_AV,TNCC_AV,NCC_AV,NCCENR_AV,LIBELLE_AV,"
                            + "TYPECOM_AP,COM_AP,TNCC_AP,NCC_AP,NCCENR_AP,LIBELLE_AP",
                        events)),
                "2026")
            .toRegistry();
    return new Lineage(
        registry,
        registry.findCodes("communes").orElseThrow(),
        registry.catalog().findRelease("communes", "2026").orElseThrow());
  }

  private static String told(Lineage lineage, String code, String from, String to) {
    LocalDate begin = LocalDate.parse(from);
    LocalDate end = LocalDate.parse(to);
    Hop hop =
        begin.isAfter(end) ? lineage.backward(code, begin, end) : lineage.forward(code, begin, end);
    String codes = hop.arrivals().stream().map(Arrival::code).collect(Collectors.joining("|"));
    return hop.doubt() == null ? codes : codes + " " + hop.doubt().id() + ' ' + hop.likely();
  }

  @Test
  void a_commune_that_merged_is_in_the_one_it_went_into() throws IOException {
    // Meuse, in Montigny-le-Roi: 12065, 12066.
    Lineage lineage =
        communes("52332").on("1966-09-01", 31, "52323 52332", "52332 52332").lineage();
    assertThat(told(lineage, "52323", "1966-08-31", "1966-09-01")).isEqualTo("52332");
    assertThat(told(lineage, "52332", "1966-08-31", "1966-09-01")).isEqualTo("52332");
    assertThat(told(lineage, "52332", "1966-09-01", "1966-08-31")).isEqualTo("52323|52332");
  }

  @Test
  void a_commune_that_absorbed_twice_is_all_that_it_gives_back_but_what_came_later()
      throws IOException {
    // Merten: 9845, 9852, 9853; 8444, 8445; 7399 to 7402.
    Lineage lineage =
        communes("57460", "57069", "57570", "57720")
            .on("1973-01-01", 33, "57069 57460", "57460 57460", "57570 57460")
            .on("1974-01-01", 33, "57460 57460", "57720 57460")
            .on("1981-01-01", 21, "57460 57069", "57460 57460", "57460 57570", "57460 57720")
            .lineage();
    assertThat(told(lineage, "57460", "1973-06-01", "1990-01-01")).isEqualTo("57069|57460|57570");
    assertThat(told(lineage, "57460", "1975-01-01", "1990-01-01"))
        .isEqualTo("57069|57460|57570|57720");
    assertThat(told(lineage, "57460", "1972-01-01", "1990-01-01")).isEqualTo("57460");
    assertThat(told(lineage, "57720", "1973-06-01", "1990-01-01")).isEqualTo("57720");
    for (String code : List.of("57069", "57460", "57570")) {
      assertThat(told(lineage, code, "1990-01-01", "1973-06-01")).isEqualTo("57460");
      assertThat(told(lineage, code, "1990-01-01", "1972-01-01")).isEqualTo(code);
    }
    assertThat(told(lineage, "57720", "1990-01-01", "1973-06-01")).isEqualTo("57720");
    assertThat(lineage.forward("57460", day("1973-06-01"), day("1990-01-01")).arrivals())
        .extracting(Arrival::match)
        .containsOnly(Match.NARROWER);
  }

  @Test
  void what_is_given_back_on_several_days_is_followed_through_all_of_them() throws IOException {
    // Béthune: 6775, 6776, 6777; 6677, 6678, 6679; 6571, 6572, 6573; 6335, 6336, 6337.
    Lineage lineage =
        communes("62119", "62126", "62847")
            .on("1990-12-10", 33, "62119 62119", "62847 62119", "COM 62847 COMA 62847")
            .on("1994-01-01", 33, "62119 62119", "62126 62119", "COM 62126 COMA 62126")
            .on("1997-11-20", 21, "62119 62119", "62119 62126", "COMA 62126 COM 62126")
            .on("2008-01-01", 21, "62119 62119", "62119 62847", "COMA 62847 COM 62847")
            .lineage();
    assertThat(told(lineage, "62847", "1985-01-01", "2000-01-01")).isEqualTo("62119");
    assertThat(told(lineage, "62847", "1985-01-01", "2010-01-01")).isEqualTo("62847");
    assertThat(told(lineage, "62119", "1985-01-01", "2010-01-01")).isEqualTo("62119");
    assertThat(told(lineage, "62126", "1985-01-01", "2010-01-01")).isEqualTo("62126");
    assertThat(told(lineage, "62119", "1992-01-01", "2010-01-01")).isEqualTo("62119|62847");
    assertThat(told(lineage, "62119", "2000-01-01", "1985-01-01")).isEqualTo("62119|62847");
    assertThat(told(lineage, "62126", "2000-01-01", "1985-01-01")).isEqualTo("62126");
  }

  @Test
  void a_commune_that_is_divided_is_all_of_its_pieces() throws IOException {
    // Neussargues en Pinatelle: 3712, 3714, 3716, 3717, 3719; 86 to 91.
    Lineage lineage =
        communes("15031", "15035", "15047", "15141", "15171")
            .on(
                "2016-12-01",
                32,
                "15031 15141",
                "15035 15141",
                "15047 15141",
                "15141 15141",
                "15171 15141")
            .on(
                "2025-01-01",
                21,
                "15141 15031",
                "15141 15035",
                "15141 15047",
                "15141 15141",
                "15141 15171")
            .lineage();
    assertThat(told(lineage, "15141", "2020-01-01", "2026-01-01"))
        .isEqualTo("15031|15035|15047|15141|15171");
    assertThat(told(lineage, "15141", "2016-01-01", "2026-01-01")).isEqualTo("15141");
    assertThat(told(lineage, "15035", "2026-01-01", "2020-01-01")).isEqualTo("15141");
  }

  @Test
  void a_commune_shared_out_among_its_neighbours_is_a_doubt() throws IOException {
    // Verdey: 12051, 12052, 12053.
    Lineage lineage =
        communes("51235", "51313", "51369")
            .on(
                "1966-12-12",
                30,
                "51606 51235",
                "51606 51313",
                "51606 51369",
                "51235 51235",
                "51313 51313",
                "51369 51369")
            .lineage();
    assertThat(told(lineage, "51606", "1966-12-11", "1966-12-12"))
        .isEqualTo("51235|51313|51369 shared-out null");
  }

  @Test
  void codes_swapped_on_one_day_stay_apart() throws IOException {
    // L'Oudon and its commune associée Tôtes: 6076, 6077.
    Lineage lineage =
        communes("14472")
            .listed("COMA", "14697", "14472")
            .on("2014-01-07", 50, "COMA 14472 COMA 14697", "14697 14472")
            .lineage();
    assertThat(told(lineage, "14697", "2014-01-06", "2014-01-07")).isEqualTo("14472");
    assertThat(told(lineage, "14472", "2014-01-07", "2014-01-06")).isEqualTo("14697");
  }

  @Test
  void a_chain_of_one_day_is_followed_to_its_end() throws IOException {
    // Freigné, first in another département, then in Vallons-de-l'Erdre: 2216, 2200, 2206.
    Lineage lineage =
        communes("44180")
            .on("2018-01-01", 41, "49144 44225")
            .on("2018-01-01", 32, "44225 44180", "44180 44180")
            .lineage();
    assertThat(told(lineage, "49144", "2017-12-31", "2018-01-01")).isEqualTo("44180");
    assertThat(told(lineage, "44180", "2018-01-01", "2017-12-31")).isEqualTo("44180|49144");
  }

  @Test
  void a_code_that_lived_one_day_has_its_day() throws IOException {
    // Le Fresne-sur-Loire: 5802, 4879.
    Lineage lineage =
        communes("49160")
            .on("2015-12-31", 41, "44060 49382")
            .on("2016-01-01", 32, "49382 49160", "49160 49160")
            .lineage();
    assertThat(told(lineage, "44060", "2015-12-30", "2015-12-31")).isEqualTo("49382");
    assertThat(told(lineage, "49382", "2015-12-31", "2016-01-01")).isEqualTo("49160");
    assertThat(told(lineage, "49160", "2016-01-01", "2015-12-30")).isEqualTo("44060|49160");
  }

  @Test
  void a_part_that_is_restored_is_itself_again() throws IOException {
    // Sannerville: 2596, 2597, 2613, 2614; 841, 843, 844, 845.
    Lineage lineage =
        communes("14666", "14712")
            .on(
                "2017-01-01",
                32,
                "COM 14666 COMD 14666",
                "14666 14712",
                "COM 14712 COMD 14712",
                "14712 14712")
            .on(
                "2019-12-31",
                21,
                "COMD 14666 COM 14666",
                "14712 14666",
                "14712 14712",
                "COMD 14712 COM 14712")
            .lineage();
    assertThat(told(lineage, "14666", "2016-12-31", "2020-01-01")).isEqualTo("14666");
    assertThat(told(lineage, "14712", "2016-12-31", "2020-01-01")).isEqualTo("14712");
    assertThat(told(lineage, "14712", "2018-01-01", "2020-01-01")).isEqualTo("14666|14712");
    assertThat(told(lineage, "14666", "2020-01-01", "2018-01-01")).isEqualTo("14712");
    assertThat(
            lineage
                .fromPart("communes-deleguees", "14666", day("2018-01-01"), day("2020-01-01"))
                .arrivals())
        .extracting(Arrival::code)
        .containsExactly("14666");
  }

  @Test
  void a_part_that_changes_its_kind_stays_where_it_lies() throws IOException {
    // Perreuse, associée and then déléguée of Treigny: 10202, 10203, 10223; 2061, 2062, 2067, 2068.
    Lineage lineage =
        communes("89420")
            .listed("COMD", "89293", "89420")
            .listed("COMD", "89420", "89420")
            .on("1973-01-01", 33, "COM 89293 COMA 89293", "89293 89420", "89420 89420")
            .on(
                "2019-01-01",
                32,
                "COMA 89293 COMD 89293",
                "COMA 89293 COM 89420",
                "89420 89420",
                "COM 89420 COMD 89420")
            .lineage();
    assertThat(told(lineage, "89293", "1972-12-31", "2018-01-01")).isEqualTo("89420");
    assertThat(told(lineage, "89293", "1972-12-31", "2026-01-01")).isEqualTo("89420");
    assertThat(told(lineage, "89420", "2026-01-01", "1972-12-31")).isEqualTo("89293|89420");
  }

  @Test
  void what_was_absorbed_for_good_may_lie_in_any_piece_of_its_holder() throws IOException {
    // Cussac and Urval, both in Le Buisson: 12826, 12827; 8387, 8393, 8394; 6824, 6825, 6826.
    Lineage lineage =
        communes("24068", "24560")
            .on("1960-08-13", 31, "24068 24068", "24149 24068")
            .on("1974-01-01", 33, "24068 24068", "24560 24068", "COM 24560 COMA 24560")
            .on("1989-02-15", 21, "24068 24068", "24068 24560", "COMA 24560 COM 24560")
            .lineage();
    String doubt = "24068|24560 merged-then-divided 24068";
    assertThat(told(lineage, "24149", "1960-01-01", "1990-01-01")).isEqualTo(doubt);
    // What held it then holds it still, or no longer: the way there must tell the same.
    assertThat(told(lineage, "24068", "1965-01-01", "1990-01-01")).isEqualTo(doubt);
    assertThat(told(lineage, "24068", "1960-01-01", "1990-01-01")).isEqualTo("24068");
    assertThat(told(lineage, "24560", "1965-01-01", "1990-01-01")).isEqualTo("24560");
    assertThat(told(lineage, "24068", "1975-01-01", "1990-01-01")).isEqualTo("24068|24560");
  }

  @Test
  void what_was_absorbed_lay_in_the_commune_that_its_part_ended_in() throws IOException {
    // Bazouges-sous-Hédé: 8644 to 8648; 6327, 6328, 6329; 6274, 6275.
    Lineage lineage =
        communes("35130", "35317")
            .on(
                "1973-07-01",
                33,
                "COM 35020 COMA 35020",
                "35020 35130",
                "35130 35130",
                "35317 35130",
                "COM 35317 COMA 35317")
            .on("2008-01-01", 21, "35130 35130", "35130 35317", "COMA 35317 COM 35317")
            .on("2011-01-01", 34, "COMA 35020 COM 35130", "35130 35130")
            .lineage();
    assertThat(told(lineage, "35020", "1973-06-30", "2026-01-01")).isEqualTo("35130");
    assertThat(told(lineage, "35020", "1973-06-30", "2009-01-01")).isEqualTo("35130");
    assertThat(told(lineage, "35317", "2026-01-01", "1973-06-30")).isEqualTo("35317");
    assertThat(told(lineage, "35130", "2026-01-01", "1973-06-30")).isEqualTo("35020|35130");
  }

  @Test
  void a_code_given_to_another_commune_is_not_the_unit_that_bore_it() throws IOException {
    // Villotran, in Les Hauts-Talican, which has its code since 2024: 1659, 1660, 1665, 1666; 339.
    Lineage lineage =
        communes("60694")
            .listed("COMD", "60455", "60694")
            .listed("COMD", "60694", "60694")
            .on(
                "2019-01-01",
                32,
                "60455 60054",
                "COM 60455 COMD 60455",
                "60694 60054",
                "COM 60694 COMD 60694")
            .on("2024-01-01", 21, "60054 60694")
            .lineage();
    assertThat(told(lineage, "60694", "2018-01-01", "2020-01-01")).isEqualTo("60054");
    assertThat(lineage.forward("60694", day("2018-01-01"), day("2026-01-01")).arrivals())
        .containsExactly(new Arrival("60694", Match.BROADER, Share.WHOLE));
  }

  private static LocalDate day(String date) {
    return LocalDate.parse(date);
  }
}
