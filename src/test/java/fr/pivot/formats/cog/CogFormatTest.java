package fr.pivot.formats.cog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import fr.pivot.finding.Rule;
import fr.pivot.formats.InputFile;
import fr.pivot.formats.ReadOptions;
import fr.pivot.referential.Coverage;
import fr.pivot.referential.Link;
import fr.pivot.referential.Succession;
import fr.pivot.referential.SuccessionKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What rows of INSEE's files say; the fragments in the folder of this test are INSEE's own. */
class CogFormatTest {

  private static final String HEADER =
      "MOD,DATE_EFF,TYPECOM_AV,COM_AV,TNCC_AV,NCC_AV,NCCENR_AV,LIBELLE_AV,"
          + "TYPECOM_AP,COM_AP,TNCC_AP,NCC_AP,NCCENR_AP,LIBELLE_AP\n";
  private static final String COMMUNES_HEADER =
      "TYPECOM,COM,REG,DEP,CTCD,ARR,TNCC,NCC,NCCENR,LIBELLE,CAN,COMPARENT\n";
  private static final String AMBERIEU =
      "COM,01004,84,01,01D,011,1,AMBERIEU EN BUGEY,Ambérieu-en-Bugey,Ambérieu-en-Bugey,0101,\n";

  @Test
  void sannerville_is_restored_in_2019() {
    ReadReleases read = official();
    assertThat(read.communes().history("14666"))
        .containsExactly(
            "1943-01-01 2017-01-01 commune Sannerville", "2019-12-31 … commune Sannerville");
    assertThat(read.deleguees().history("14666"))
        .containsExactly("2017-01-01 2019-12-31 deleguee Sannerville");
    assertThat(read.communes().successions("2019-12-31"))
        .containsExactly(
            "21 restored 14712 → 14114 (communes-deleguees)",
            "21 restored 14712 → 14666",
            "21 split 14712 → 14712");
    assertThat(read.deleguees().successions("2019-12-31"))
        .containsExactly(
            "21 restored 14666 → 14666 (communes)", "21 merged 14712 → 14712 (communes)");
  }

  @Test
  void a_step_within_a_day_is_no_state() {
    ReadReleases read = official();
    assertThat(read.communes().history("49144"))
        .containsExactly("1943-01-01 2018-01-01 commune Freigné");
    assertThat(read.communes().history("44225")).isEmpty();
    assertThat(read.deleguees().history("44225")).containsExactly("2018-01-01 … deleguee Freigné");
    assertThat(read.communes().successions("2018-01-01"))
        .contains("41 recoded 49144 → 44225", "32 merged 44225 → 44180");
  }

  @Test
  void a_swap_on_one_day_is_simultaneous() {
    ReadReleases read = official();
    assertThat(read.communes().history("14697"))
        .containsExactly(
            "1943-01-01 1973-01-01 commune Tôtes", "1990-02-01 2014-01-07 commune L'Oudon");
    assertThat(read.communes().history("14472"))
        .containsExactly(
            "1943-01-01 1973-01-01 commune Notre-Dame-de-Fresnay",
            "2014-01-07 2017-01-01 commune L'Oudon");
    assertThat(read.deleguees().history("14697"))
        .containsExactly(
            "1973-01-01 1990-02-01 associee Tôtes", "2014-01-07 2017-01-01 associee Tôtes");
    assertThat(read.deleguees().history("14472"))
        .containsExactly(
            "1973-01-01 2014-01-07 associee Notre-Dame-de-Fresnay",
            "2017-01-01 … deleguee L'Oudon");
  }

  @Test
  void two_communes_that_swap_their_codes_were_there_and_still_are() {
    ReadReleases read =
        read(
            COMMUNES_HEADER
                + "COM,14001,28,14,14D,141,0,B,B,B,1401,\n"
                + "COM,14002,28,14,14D,141,0,A,A,A,1401,\n",
            "50,2014-01-07,COM,14001,0,A,A,A,COM,14002,0,A,A,A\n"
                + "50,2014-01-07,COM,14002,0,B,B,B,COM,14001,0,B,B,B\n");
    assertThat(read.communes().history("14001"))
        .containsExactly("1943-01-01 2014-01-07 commune A", "2014-01-07 … commune B");
    assertThat(read.communes().history("14002"))
        .containsExactly("1943-01-01 2014-01-07 commune B", "2014-01-07 … commune A");
  }

  @Test
  void le_fresne_sur_loire_had_a_code_for_one_day() {
    ReadReleases read = official();
    assertThat(read.communes().history("44060"))
        .containsExactly("1943-01-01 2015-12-31 commune Le Fresne-sur-Loire");
    assertThat(read.communes().history("49382"))
        .containsExactly("2015-12-31 2016-01-01 commune Le Fresne-sur-Loire");
    assertThat(read.deleguees().history("49382"))
        .containsExactly("2016-01-01 … deleguee Le Fresne-sur-Loire");
  }

  @Test
  void conques_changes_its_code_in_the_middle_of_a_year() {
    ReadReleases read = official();
    assertThat(read.communes().history("12076"))
        .containsExactly(
            "1943-01-01 2016-01-01 commune Conques",
            "2016-01-01 2024-03-04 commune Conques-en-Rouergue");
    assertThat(read.communes().history("12218"))
        .containsExactly(
            "1943-01-01 2016-01-01 commune Saint-Cyprien-sur-Dourdou",
            "2024-03-04 … commune Conques-en-Rouergue");
    assertThat(read.communes().successions("2024-03-04"))
        .containsExactly("50 recoded 12076 → 12218");
  }

  @Test
  void the_code_of_villotran_is_used_again() {
    assertThat(official().communes().history("60694"))
        .containsExactly(
            "1943-01-01 2019-01-01 commune Villotran", "2024-01-01 … commune Les Hauts-Talican");
  }

  @Test
  void neussargues_becomes_five_communes() {
    assertThat(official().communes().successions("2025-01-01"))
        .containsExactly(
            "21 restored 15141 → 15031",
            "21 restored 15141 → 15035",
            "21 restored 15141 → 15047",
            "21 split 15141 → 15141",
            "21 restored 15141 → 15171");
  }

  @Test
  void an_ending_that_the_list_contradicts_is_settled_and_told() {
    ReadReleases read = official();
    assertThat(read.communes().history("49220"))
        .contains("2017-01-01 … commune Morannes sur Sarthe-Daumeray");
    assertThat(read.deleguees().history("49220")).containsExactly("2026-01-01 … deleguee Morannes");
    assertThat(read.described())
        .containsExactly(
            "settled-contradiction v_mvtcommune_2026.csv:2 COM 49220 → en vigueur le 2026-01-01");
  }

  @Test
  void a_commune_that_no_event_mentions_is_in_force_since_the_horizon() {
    assertThat(official().communes().history("01004"))
        .containsExactly("1943-01-01 … commune Ambérieu-en-Bugey");
  }

  @Test
  void the_release_says_what_its_files_cover() {
    ReadReleases read = official();
    assertThat(read.releases.keySet())
        .containsExactlyInAnyOrder("communes", "communes-deleguees", "arrondissements-municipaux");
    assertThat(read.communes().coverage)
        .isEqualTo(
            new Coverage(
                false,
                Set.of("departements", "regions", "arrondissements", "cantons", "ctcd"),
                true,
                false,
                true,
                "^(975|977|978|98)"));
    assertThat(read.deleguees().coverage)
        .isEqualTo(new Coverage(false, Set.of("communes"), true, false, true, null));
    assertThat(read.communes().head.edition()).isEqualTo("2026");
    assertThat(read.communes().head.referenceDate()).isEqualTo(LocalDate.of(2026, 1, 1));
    assertThat(read.communes().head.sources())
        .extracting(s -> s.name())
        .containsExactly("v_commune_2026.csv", "v_mvtcommune_2026.csv");
  }

  @Test
  void links_hold_since_the_reference_date() {
    ReadReleases read = official();
    assertThat(read.communes().links)
        .filteredOn(l -> l.code().equals("01004"))
        .extracting(Link::referential, Link::target, l -> l.validity().from())
        .containsExactly(
            tuple("departements", "01", LocalDate.of(2026, 1, 1)),
            tuple("regions", "84", LocalDate.of(2026, 1, 1)),
            tuple("arrondissements", "011", LocalDate.of(2026, 1, 1)),
            tuple("cantons", "0101", LocalDate.of(2026, 1, 1)),
            tuple("ctcd", "01D", LocalDate.of(2026, 1, 1)));
    assertThat(read.deleguees().links)
        .filteredOn(l -> l.code().equals("44225"))
        .extracting(Link::referential, Link::target)
        .containsExactly(tuple("communes", "44180"));
  }

  @Test
  void both_styles_of_headers_are_read() {
    ReadReleases read =
        ReadReleases.of(
            file(
                "communes-01012019.csv",
                "\uFEFF\"typecom\",\"com\",\"reg\",\"dep\",\"arr\",\"tncc\",\"ncc\",\"nccenr\","
                    + "\"libelle\",\"can\",\"comparent\"\r\n"
                    + "COM,\"01004\",\"84\",\"01\",\"011\",\"1\",AMBERIEU EN BUGEY,"
                    + "Ambérieu-en-Bugey,Ambérieu-en-Bugey,\"0101\",\r\n"),
            file("mvtcommune-01012019.csv", HEADER.toLowerCase(Locale.ROOT)));
    assertThat(read.described()).isEmpty();
    assertThat(read.communes().head.edition()).isEqualTo("2019");
    assertThat(read.communes().states)
        .singleElement()
        .satisfies(s -> assertThat(s.attributes()).containsEntry("typeLiaison", "1"));
  }

  @Test
  void communes_without_events_are_refused() {
    ReadReleases read = ReadReleases.of(file("v_commune_2026.csv", COMMUNES_HEADER + AMBERIEU));
    assertThat(read.described())
        .containsExactly("missing-file v_commune_2026.csv:0 v_commune_2026.csv → v_mvtcommune");
    assertThat(read.releases).isEmpty();
  }

  @Test
  void events_without_communes_are_refused() {
    ReadReleases read = ReadReleases.of(file("v_mvtcommune_2026.csv", HEADER));
    assertThat(read.described())
        .containsExactly("missing-file v_mvtcommune_2026.csv:0 v_mvtcommune_2026.csv → v_commune");
  }

  @Test
  void a_lost_zero_is_told_with_its_place_and_nothing_is_published() {
    ReadReleases read =
        read(
            COMMUNES_HEADER + AMBERIEU,
            "10,1955-03-31,COM,1004,1,AMBERIEU,Ambérieu,Ambérieu,"
                + "COM,01004,1,AMBERIEU EN BUGEY,Ambérieu-en-Bugey,Ambérieu-en-Bugey\n");
    assertThat(read.described())
        .containsExactly("lost-leading-zero v_mvtcommune_2026.csv:2 COM_AV 1004 → 01004");
    assertThat(read.releases).isEmpty();
  }

  @Test
  void a_lost_zero_is_repaired_on_request_and_the_repair_is_told() {
    ReadReleases read =
        ReadReleases.of(
            new ReadOptions(null, true),
            file(
                "v_commune_2026.csv",
                COMMUNES_HEADER + "COM,1004,84,1,01D,11,1,X,X,Ambérieu-en-Bugey,101,\n"),
            file(
                "v_mvtcommune_2026.csv",
                HEADER
                    + "10,1955-03-31,COM,1004,1,X,X,Ambérieu,COM,1004,1,X,X,Ambérieu-en-Bugey\n"));
    assertThat(read.described())
        .containsExactly(
            "repaired-leading-zero v_commune_2026.csv:2 COM 1004 → 01004",
            "repaired-leading-zero v_commune_2026.csv:2 DEP 1 → 01",
            "repaired-leading-zero v_commune_2026.csv:2 ARR 11 → 011",
            "repaired-leading-zero v_commune_2026.csv:2 CAN 101 → 0101",
            "repaired-leading-zero v_mvtcommune_2026.csv:2 COM_AV 1004 → 01004",
            "repaired-leading-zero v_mvtcommune_2026.csv:2 COM_AP 1004 → 01004");
    assertThat(read.communes().history("01004"))
        .containsExactly(
            "1943-01-01 1955-03-31 commune Ambérieu", "1955-03-31 … commune Ambérieu-en-Bugey");
  }

  @Test
  void an_unknown_type_of_event_is_kept_and_told_once() {
    ReadReleases read =
        read(
            COMMUNES_HEADER + AMBERIEU,
            "99,1955-03-31,COM,01004,1,X,X,Ambérieu,COM,01004,1,X,X,Ambérieu-en-Bugey\n"
                + "99,1956-03-31,COM,01004,1,X,X,Ambérieu-en-Bugey,COM,01004,1,X,X,Ambérieu-en-Bugey\n");
    assertThat(read.described())
        .containsExactly("unknown-event-type v_mvtcommune_2026.csv:2 MOD 99");
    assertThat(read.communes().successions)
        .extracting(Succession::type, Succession::kind)
        .containsOnly(tuple("99", SuccessionKind.OTHER));
    assertThat(read.communes().history("01004")).hasSize(2);
  }

  @Test
  void a_repeated_row_is_kept_once_and_told() {
    String row = "10,1955-03-31,COM,01004,1,X,X,Ambérieu,COM,01004,1,X,X,Ambérieu-en-Bugey\n";
    ReadReleases read = read(COMMUNES_HEADER + AMBERIEU, row + row);
    assertThat(read.described()).containsExactly("duplicate-row v_mvtcommune_2026.csv:3");
    assertThat(read.communes().successions).hasSize(1);
  }

  @Test
  void two_rows_about_one_commune_contradict_each_other() {
    ReadReleases read = read(COMMUNES_HEADER + AMBERIEU + AMBERIEU.replace(",0101,", ",0102,"), "");
    assertThat(read.described()).containsExactly("conflicting-row v_commune_2026.csv:3 COM 01004");
    assertThat(read.releases).isEmpty();
  }

  @Test
  void a_commune_left_in_force_that_the_list_ignores_is_impossible() {
    ReadReleases read =
        read(
            COMMUNES_HEADER + AMBERIEU,
            "10,1955-03-31,COM,01003,1,X,X,Amareins,COM,01003,1,X,X,Amareins-sur-Ain\n");
    assertThat(read.described())
        .containsExactly(
            "impossible-event v_mvtcommune_2026.csv:2 COM 01003 → absente de la liste au"
                + " 2026-01-01");
    assertThat(read.releases).isEmpty();
  }

  @Test
  void a_commune_that_became_another_and_is_still_listed_is_impossible() {
    ReadReleases read =
        read(
            COMMUNES_HEADER + AMBERIEU,
            "31,1965-01-01,COM,01004,1,X,X,Ambérieu-en-Bugey,COM,01005,1,X,X,Ambérieux-en-Dombes\n"
                + "30,1966-01-01,COM,01005,1,X,X,Ambérieux-en-Dombes,,,,,,\n");
    assertThat(read.described())
        .containsExactly(
            "impossible-event v_mvtcommune_2026.csv:2 COM 01004 → en vigueur le 2026-01-01");
    assertThat(read.releases).isEmpty();
  }

  @Test
  void an_event_of_the_year_that_begins_is_not_yet_so_on_the_reference_day() {
    ReadReleases read =
        read(
            COMMUNES_HEADER + AMBERIEU,
            "10,2026-03-31,COM,01004,1,X,X,Ambérieu,COM,01004,1,X,X,Ambérieu-en-Bugey\n");
    assertThat(read.described())
        .containsExactly(
            "settled-contradiction v_mvtcommune_2026.csv:2 2026-03-31 → 1943-01-01 – 2026-01-01");
    assertThat(read.communes().history("01004"))
        .containsExactly("1943-01-01 … commune Ambérieu-en-Bugey");
  }

  @Test
  void an_event_of_a_year_to_come_is_impossible() {
    ReadReleases read =
        read(
            COMMUNES_HEADER + AMBERIEU,
            "10,2027-03-31,COM,01004,1,X,X,Ambérieu,COM,01004,1,X,X,Ambérieu-en-Bugey\n");
    assertThat(read.described(Rule.IMPOSSIBLE_EVENT)).hasSize(1);
    assertThat(read.releases).isEmpty();
  }

  @Test
  void creations_from_nothing_and_suppressions_without_heir_have_one_side() {
    ReadReleases read =
        read(
            COMMUNES_HEADER + AMBERIEU,
            "20,1949-01-01,,,,,,,COM,01004,1,X,X,Ambérieu-en-Bugey\n"
                + "30,2007-07-15,COM,97123,0,X,X,Saint-Barthélemy,,,,,,\n");
    assertThat(read.described()).isEmpty();
    assertThat(read.communes().history("01004"))
        .containsExactly("1949-01-01 … commune Ambérieu-en-Bugey");
    assertThat(read.communes().history("97123"))
        .containsExactly("1943-01-01 2007-07-15 commune Saint-Barthélemy");
    assertThat(read.communes().successions("1949-01-01"))
        .containsExactly("20 created null → 01004");
    assertThat(read.communes().successions("2007-07-15")).containsExactly("30 ceased 97123 → null");
  }

  @Test
  void malformed_values_are_told_one_by_one() {
    ReadReleases read =
        read(
            COMMUNES_HEADER + AMBERIEU,
            "10,31/03/1955,COM,0100X,1,X,X,Ambérieu,XXX,01004,1,X,X,\n");
    assertThat(read.described())
        .containsExactly(
            "malformed-date v_mvtcommune_2026.csv:2 DATE_EFF 31/03/1955",
            "malformed-code v_mvtcommune_2026.csv:2 COM_AV 0100X",
            "unknown-level v_mvtcommune_2026.csv:2 TYPECOM_AP XXX");
  }

  @Test
  void a_file_without_a_column_is_refused() {
    ReadReleases read = ReadReleases.of(file("v_region_2024.csv", "REG,CHEFLIEU,LIBELLE\n"));
    assertThat(read.described()).containsExactly("missing-column v_region_2024.csv:1 tncc tncc");
  }

  @Test
  void a_file_of_another_kind_is_refused() {
    ReadReleases read = ReadReleases.of(file("v_2026.csv", "code,name\n01,Ain\n"));
    assertThat(read.described()).containsExactly("unrecognised-file v_2026.csv:0");
  }

  @Test
  void a_file_of_no_use_is_told_and_passed_over() {
    ReadReleases read =
        ReadReleases.of(
            file(
                "v_commune_depuis_1943.csv",
                "TYPECOM,COM,TNCC,NCC,NCCENR,LIBELLE,DATE_DEBUT,DATE_FIN\n"),
            file(
                "v_region_2024.csv",
                "REG,CHEFLIEU,TNCC,NCC,NCCENR,LIBELLE\n"
                    + "01,97105,3,GUADELOUPE,Guadeloupe,Guadeloupe\n"));
    assertThat(read.described()).containsExactly("ignored-file v_commune_depuis_1943.csv:0");
    assertThat(read.get("regions").history("01")).containsExactly("2024-01-01 … region Guadeloupe");
  }

  @Test
  void divisions_above_the_commune_are_those_of_the_reference_day() {
    ReadReleases read =
        ReadReleases.of(
            file(
                "v_arrondissement_2024.csv",
                "ARR,DEP,REG,CHEFLIEU,TNCC,NCC,NCCENR,LIBELLE\n"
                    + "011,01,84,01034,0,BELLEY,Belley,Belley\n"),
            file(
                "v_canton_2024.csv",
                "CAN,DEP,REG,COMPCT,BURCENTRAL,TNCC,NCC,NCCENR,LIBELLE,TYPECT\n"
                    + "0101,01,84,1,01004,1,AMBERIEU EN"
                    + " BUGEY,Ambérieu-en-Bugey,Ambérieu-en-Bugey,C\n"),
            file(
                "v_departement_2024.csv",
                "DEP,REG,CHEFLIEU,TNCC,NCC,NCCENR,LIBELLE\n01,84,01053,5,AIN,Ain,Ain\n"));
    assertThat(read.described()).isEmpty();
    ReadReleases.Release arrondissements = read.get("arrondissements");
    assertThat(arrondissements.history("011"))
        .containsExactly("2024-01-01 … arrondissement Belley");
    assertThat(arrondissements.states.getFirst().attributes())
        .containsEntry("chefLieu", "01034")
        .containsEntry("typeLiaison", "0");
    assertThat(arrondissements.coverage)
        .isEqualTo(new Coverage(true, Set.of("departements", "regions"), true, false, false, null));
    assertThat(arrondissements.links)
        .extracting(l -> l.referential() + " " + l.target())
        .containsExactly("departements 01", "regions 84");
    assertThat(read.get("departements").links)
        .extracting(l -> l.referential() + " " + l.target())
        .containsExactly("regions 84");
    assertThat(read.get("cantons").states.getFirst().attributes())
        .containsEntry("bureauCentralisateur", "01004")
        .containsEntry("composition", "1")
        .containsEntry("typeCanton", "C");
  }

  @Test
  void departements_and_regions_leave_the_overseas_collectivities_to_another_file() {
    InputFile departements =
        file(
            "v_departement_2024.csv",
            "DEP,REG,CHEFLIEU,TNCC,NCC,NCCENR,LIBELLE\n01,84,01053,5,AIN,Ain,Ain\n");
    InputFile collectivities =
        file(
            "v_comer_2024.csv",
            "COMER,TNCC,NCC,NCCENR,LIBELLE\n"
                + "986,0,WALLIS ET FUTUNA,Wallis et Futuna,Wallis et Futuna\n");
    assertThat(ReadReleases.of(departements).get("departements").coverage)
        .isEqualTo(new Coverage(true, Set.of("regions"), true, false, false, "^(975|977|978|98)"));
    ReadReleases apart = ReadReleases.of(collectivities);
    assertThat(apart.get("departements").coverage)
        .isEqualTo(
            new Coverage(true, Set.of("regions"), true, false, false, "^(?!975|977|978|98)"));
    assertThat(apart.get("regions").history("986"))
        .containsExactly("2024-01-01 … collectivite Wallis et Futuna");
    assertThat(apart.get("departements").links)
        .extracting(l -> l.code() + " " + l.referential() + " " + l.target())
        .containsExactly("986 regions 986");
    ReadReleases both = ReadReleases.of(departements, collectivities);
    assertThat(both.get("departements").coverage)
        .isEqualTo(new Coverage(true, Set.of("regions"), true, false, false, null));
    assertThat(both.get("departements").states)
        .extracting(s -> s.level())
        .containsExactly("departement", "collectivite");
  }

  @Test
  void a_collectivity_with_the_powers_of_a_departement_is_no_departement() {
    ReadReleases read =
        ReadReleases.of(
            file(
                "v_ctcd_2025.csv",
                "CTCD,REG,CHEFLIEU,TNCC,NCC,NCCENR,LIBELLE\n"
                    + "69M,84,69123,0,METROPOLE DE LYON,Métropole de Lyon,Métropole de Lyon\n"
                    + "6AE,44,67482,0,COLLECTIVITE EUROPEENNE D ALSACE,Collectivité européenne"
                    + " d'Alsace,Collectivité européenne d'Alsace\n"));
    assertThat(read.described()).isEmpty();
    assertThat(read.releases).containsOnlyKeys("ctcd");
    assertThat(read.get("ctcd").history("6AE"))
        .containsExactly("2025-01-01 … collectivite Collectivité européenne d'Alsace");
    assertThat(read.get("ctcd").links)
        .extracting(l -> l.code() + " " + l.referential() + " " + l.target())
        .containsExactly("69M regions 84", "6AE regions 44");
  }

  @Test
  void what_is_listed_with_the_cantons_and_is_none_has_a_level_of_its_own() {
    ReadReleases read =
        ReadReleases.of(
            file(
                "v_canton_2025.csv",
                "CAN,DEP,REG,COMPCT,BURCENTRAL,TNCC,NCC,NCCENR,LIBELLE,TYPECT\n"
                    + "0101,01,84,1,01004,1,AMBERIEU EN"
                    + " BUGEY,Ambérieu-en-Bugey,Ambérieu-en-Bugey,C\n"
                    + "1398,13,93,0,,0,MARSEILLE,Marseille,Marseille,V\n"));
    assertThat(read.get("cantons").states)
        .extracting(s -> s.code() + " " + s.level())
        .containsExactly("0101 canton", "1398 canton-ville");
  }

  @Test
  void communes_overseas_are_those_of_their_day_beside_those_with_a_history() {
    InputFile overseas =
        file(
            "v_commune_comer_2026.csv",
            "COM_COMER,TNCC,NCC,NCCENR,LIBELLE,NATURE_ZONAGE,COMER,LIBELLE_COMER\n"
                + "98735,0,PAPEETE,Papeete,Papeete,COM,987,Polynésie française\n");
    ReadReleases apart = ReadReleases.of(overseas);
    assertThat(apart.communes().coverage)
        .isEqualTo(
            new Coverage(
                true,
                Set.of("departements", "regions"),
                true,
                false,
                false,
                "^(?!975|977|978|98)"));
    ReadReleases both =
        ReadReleases.of(
            resource("v_commune_2026.csv"), resource("v_mvtcommune_2026.csv"), overseas);
    assertThat(both.communes().coverage.uncoveredCodes()).isEqualTo("^(975|977|978|98)");
    for (ReadReleases read : new ReadReleases[] {apart, both}) {
      assertThat(read.communes().history("98735")).containsExactly("2026-01-01 … commune Papeete");
      assertThat(read.communes().links)
          .filteredOn(l -> l.code().equals("98735"))
          .extracting(l -> l.referential() + " " + l.target())
          .containsExactly("departements 987", "regions 987");
    }
    assertThat(both.communes().head.sources())
        .extracting(s -> s.name())
        .containsExactly("v_commune_2026.csv", "v_mvtcommune_2026.csv", "v_commune_comer_2026.csv");
  }

  private static ReadReleases read(String communes, String events) {
    return ReadReleases.of(
        file("v_commune_2026.csv", communes), file("v_mvtcommune_2026.csv", HEADER + events));
  }

  private static ReadReleases official() {
    return ReadReleases.of(resource("v_commune_2026.csv"), resource("v_mvtcommune_2026.csv"));
  }

  private static InputFile resource(String name) {
    try (InputStream in =
        Objects.requireNonNull(CogFormatTest.class.getResourceAsStream(name), name)) {
      return file(name, new String(in.readAllBytes(), UTF_8));
    } catch (IOException lost) {
      throw new UncheckedIOException(lost);
    }
  }

  private static InputFile file(String name, String text) {
    return new InputFile(name, () -> new ByteArrayInputStream(text.getBytes(UTF_8)));
  }
}
