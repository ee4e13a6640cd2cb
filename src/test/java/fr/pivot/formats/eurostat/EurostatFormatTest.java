package fr.pivot.formats.eurostat;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.formats.InputFile;
import fr.pivot.formats.ReadFiles;
import fr.pivot.formats.ReadFiles.Correspondence;
import fr.pivot.formats.ReadFiles.Release;
import fr.pivot.formats.SharedFiles;
import fr.pivot.referential.ConceptState;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Lines typed from Eurostat's files, and the whole files where they are. */
class EurostatFormatTest {

  private static final String OUTLINE =
      """
      # generated from NACE_REV2_20221113_175805.xml, downloaded from
      # NACE_REV2: Statistical Classification of Economic Activities (2008)
      A label="AGRICULTURE, FORESTRY AND FISHING" isic="A"
      01 section="A" label="Crop and animal production" isic="01"
       1 label="Growing of non-perennial crops" isic="011"
        1 label="Growing of cereals" isic="0111"
      """;

  private static ReadFiles read(String name, String content) {
    return ReadFiles.of(new EurostatFormat(), ReadFiles.file(name, content));
  }

  private static ReadFiles official(String... names) {
    InputFile[] files = new InputFile[names.length];
    for (int i = 0; i < names.length; i++) {
      files[i] = SharedFiles.get("nace_isic_cpa/" + names[i]);
    }
    return ReadFiles.of(new EurostatFormat(), files);
  }

  @Test
  void an_outline_gives_the_list_and_its_table_to_isic() {
    ReadFiles read = read("nace20.dat", OUTLINE);
    assertThat(read.described()).isEmpty();
    Release nace = read.release("nace@rev2");
    assertThat(nace.get("01.11").label()).isEqualTo("Growing of cereals");
    assertThat(nace.links("01")).containsExactly("broader nace:A", "related isic:01");
    assertThat(nace.links("01.11")).containsExactly("broader nace:01.1", "related isic:0111");
    assertThat(read.correspondence("nace-rev2.isic-rev4").from("01.11"))
        .containsExactly("0111 exact");
  }

  @Test
  void pairs_of_codes_make_a_table() {
    Correspondence table =
        read(
                "ab_data.csv",
                """
                "NACE Rev. 2 Code","NACE Rev. 2.1 Code"
                "01.13","01.13"
                "01.19","01.13"
                "01.19","01.19"
                """)
            .correspondence("nace-rev2.nace-rev2.1");
    assertThat(table.from("01.19")).containsExactly("01.13 related", "01.19 narrower");
    assertThat(table.from("01.13")).containsExactly("01.13 broader");
  }

  @Test
  void a_structure_without_headings_makes_no_release() {
    assertThat(
            read("b_data.csv", "\"NACE Rev. 2.1 Code\",\"Level\",\"Superior\"\n\"A\",1,NA\n")
                .described())
        .containsExactly("missing-file b_data.csv:0 nace@rev2.1 → headings");
  }

  @Test
  void a_class_of_cpa_is_not_taken_for_one_of_nace() {
    ReadFiles read = read("NACE_CPA21.csv", "NACE Rev 2.,CPA 2.1 \n03.00,03.00\n01.11,01.11\n");
    assertThat(read.described()).containsExactly("ignored-row NACE_CPA21.csv:2 nace rev 2. 03.00");
    assertThat(read.correspondence("nace-rev2.cpa-2.1").lines).hasSize(1);
  }

  @Test
  void the_lists_have_as_many_codes_as_their_publishers_say() {
    Map<String, Long> four =
        Map.of("section", 21L, "division", 88L, "groupe", 272L, "classe", 615L);
    for (String file : new String[] {"NACE.csv", "Nace2_long.csv", "stdnum_nace20.dat"}) {
      ReadFiles read = official(file);
      assertThat(read.described()).isEmpty();
      assertThat(read.release("nace@rev2").levels()).isEqualTo(four);
    }
    assertThat(official("stdnum_nace21.dat", "b_data.csv").release("nace@rev2.1").levels())
        .isEqualTo(Map.of("section", 22L, "division", 87L, "groupe", 287L, "classe", 651L));
    assertThat(official("ISIC4.csv").release("isic@rev4").levels())
        .isEqualTo(Map.of("section", 21L, "division", 88L, "groupe", 238L, "classe", 419L));
    assertThat(official("CPA21.csv").release("cpa@2.1").levels())
        .isEqualTo(
            Map.of(
                "section",
                21L,
                "division",
                88L,
                "groupe",
                262L,
                "classe",
                576L,
                "categorie",
                1357L,
                "sous-categorie",
                3218L));
    assertThat(official("CPC21.csv").release("cpc@2.1").levels())
        .isEqualTo(
            Map.of(
                "section",
                10L,
                "division",
                71L,
                "groupe",
                329L,
                "classe",
                1299L,
                "sous-classe",
                2887L));
  }

  @Test
  void structure_headings_and_notes_complete_each_other() {
    ReadFiles read = official("a_data.csv", "NACE.csv", "stdnum_nace20.dat");
    assertThat(read.described()).isEmpty();
    Release nace = read.release("nace@rev2");
    assertThat(nace.head.sources()).hasSize(3);
    assertThat(nace.links("62")).containsExactly("broader nace:J", "related isic:62");
    assertThat(nace.get("62.01").attributes()).containsKey("includes");
  }

  @Test
  void the_tables_have_as_many_lines_as_eurostat_says() {
    assertThat(official("ab_data.csv").correspondence("nace-rev2.nace-rev2.1").lines).hasSize(928);
    assertThat(official("CPA21_CPC21.csv").correspondence("cpa-2.1.cpc-2.1").lines).hasSize(4109);
    ReadFiles isic = official("ISIC4_CPC21.csv");
    assertThat(isic.correspondence("isic-rev4.cpc-2.1").lines).hasSize(2663);
    assertThat(isic.correspondence("isic-rev4.cpc-2.1").matches())
        .isEqualTo(Map.of("exact", 68L, "narrower", 2250L, "broader", 2L, "related", 343L));
    ReadFiles cpa = official("NACE_CPA21.csv");
    assertThat(cpa.correspondence("nace-rev2.cpa-2.1").lines.size() + cpa.findings.list().size())
        .isEqualTo(5522);
    assertThat(official("NAICS2017_NACE.csv").correspondence("naics-2017.nace-rev2").lines)
        .hasSize(1788);
    assertThat(official("stdnum_nace20.dat").correspondence("nace-rev2.isic-rev4").lines)
        .hasSize(996);
  }

  @Test
  void every_class_of_both_editions_of_nace_is_in_the_table_between_them() {
    Correspondence table = official("ab_data.csv").correspondence("nace-rev2.nace-rev2.1");
    assertThat(table.lines.stream().map(a -> a.source()).collect(Collectors.toSet()))
        .isEqualTo(classes("stdnum_nace20.dat", "nace@rev2"));
    Set<String> reached = table.lines.stream().map(a -> a.target()).collect(Collectors.toSet());
    assertThat(classes("stdnum_nace21.dat", "nace@rev2.1")).containsAll(reached);
  }

  private static Set<String> classes(String file, String reference) {
    return official(file).release(reference).states.stream()
        .filter(s -> s.level().equals("classe"))
        .map(ConceptState::code)
        .collect(Collectors.toSet());
  }
}
