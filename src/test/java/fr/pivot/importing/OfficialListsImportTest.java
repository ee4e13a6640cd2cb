package fr.pivot.importing;

import static fr.pivot.importing.Imports.published;
import static fr.pivot.importing.Imports.registry;
import static fr.pivot.importing.Imports.rejected;
import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.PivotTest;
import fr.pivot.PivotTest.Holding;
import fr.pivot.catalog.Release;
import fr.pivot.finding.Rule;
import fr.pivot.formats.InputFile;
import fr.pivot.formats.ReleaseFormat;
import fr.pivot.formats.SharedFiles;
import fr.pivot.formats.categories.CategoriesFormat;
import fr.pivot.formats.cofog.CofogFormat;
import fr.pivot.formats.comptes.ComptesFormat;
import fr.pivot.formats.dgcl.DgclFormat;
import fr.pivot.formats.eurostat.EurostatFormat;
import fr.pivot.formats.hexasmal.HexasmalFormat;
import fr.pivot.formats.naf.NafFormat;
import fr.pivot.formats.pays.PaysFormat;
import fr.pivot.referential.correspondence.Association;
import fr.pivot.registry.Codes;
import fr.pivot.registry.Correspondence;
import io.micronaut.context.ApplicationContext;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Publishers' whole lists and tables over the shipped referentials, through the whole path. */
@PivotTest(Holding.SHIPPED_DATABASE)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OfficialListsImportTest {

  private final ApplicationContext context;
  private ImportOutcome tableAlone;

  OfficialListsImportTest(ApplicationContext context) {
    this.context = context;
  }

  @BeforeAll
  void open() {
    SharedFiles.get("nace_isic_cpa/ISIC4_CPC21.csv");
    // Before another test brings its lists in.
    tableAlone = run(new EurostatFormat(), false, "nace_isic_cpa/ISIC4_CPC21.csv");
  }

  private ImportOutcome run(ReleaseFormat format, boolean acceptCountDrop, String... files) {
    List<InputFile> inputs = Arrays.stream(files).map(SharedFiles::get).toList();
    return Imports.run(context, format, inputs, false, acceptCountDrop);
  }

  private Correspondence table(String id) {
    return registry(context).findCorrespondence(id).orElseThrow();
  }

  @Test
  void a_table_without_its_lists_names_the_list_that_is_missing() {
    assertThat(rejected(tableAlone).findings().list())
        .anySatisfy(
            f -> {
              assertThat(f.rule()).isEqualTo(Rule.CORRESPONDENCE_SIDE);
              assertThat(f.value()).isEqualTo("cpc@2.1");
            });
  }

  @Test
  void naics_comes_with_its_table() {
    published(run(new EurostatFormat(), false, "nace_isic_cpa/NAICS2017_NACE.csv"));
    Codes naics = registry(context).findCodes("naics").orElseThrow();
    Release release = registry(context).catalog().findRelease("naics", "2017").orElseThrow();
    assertThat(naics.listInForce(release, release.head().referenceDate())).hasSize(1057);
    assertThat(naics.listStates("111110", release))
        .singleElement()
        .satisfies(
            state -> {
              assertThat(state.label()).isEqualTo("Soybean Farming");
              assertThat(state.level()).isEqualTo("classe-nationale");
            });
    assertThat(table("naics-2017.nace-rev2").listFrom("339113").stream().map(Association::target))
        .containsExactly("21.20", "28.13", "30.92", "32.50", "32.99");
  }

  @Test
  void naf_goes_from_1993_to_2025() {
    published(
        run(
            new NafFormat(),
            true,
            "naf/NAF1993.csv",
            "naf/naf2003_liste_n5.xlsx",
            "naf/int_courts_naf_rev_2.xlsx",
            "naf/NAF2025.csv",
            "naf/table_NAF1-NAF2.xlsx",
            "naf/naf_rev2_to_naf2025_insee_2026-01.csv"));
    assertThat(table("naf-rev1.naf-rev2").listAssociations()).hasSize(1326);
    assertThat(table("naf-rev2.naf-2025").listFrom("47.91B")).hasSize(36);
    assertThat(table("naf-rev2.naf-2025").listTo("46.89Y")).isEmpty();
  }

  @Test
  void eurostats_tables_keep_to_their_lists() {
    published(
        run(
            new EurostatFormat(),
            false,
            "nace_isic_cpa/stdnum_nace21.dat",
            "nace_isic_cpa/ab_data.csv",
            "nace_isic_cpa/ISIC4.csv",
            "nace_isic_cpa/CPC21.csv",
            "nace_isic_cpa/CPA21.csv",
            "nace_isic_cpa/ISIC4_CPC21.csv",
            "nace_isic_cpa/NACE_CPA21.csv",
            "nace_isic_cpa/CPA21_CPC21.csv"));
    assertThat(table("nace-rev2.nace-rev2.1").listAssociations()).hasSize(928);
    assertThat(table("isic-rev4.cpc-2.1").listAssociations()).hasSize(2663);
    assertThat(table("cpa-2.1.cpc-2.1").listAssociations()).hasSize(4109);
  }

  @Test
  void territories_and_countries_lead_to_one_another() {
    published(run(new PaysFormat(), false, "pays/cog-countries@2025.csv"));
    published(run(new HexasmalFormat(), false, "laposte/019HexaSmal_2026-01.csv"));
    published(run(new DgclFormat(), false, "insee_natif/epcicom2025.xlsx"));
    published(run(new DgclFormat(), false, "dgcl_epci/epcicom2022.csv"));
    assertThat(table("pays-2025.iso-3166-1").listFrom("99100").stream().map(Association::target))
        .containsExactly("FR");
    assertThat(table("codes-postaux-2026.communes-2026").listFrom("51300")).hasSize(46);
    assertThat(table("communes-2025.epci-2025").listFrom("01033").stream().map(Association::target))
        .containsExactly("240100891");
  }

  @Test
  void the_other_lists_are_published() {
    published(run(new CategoriesFormat(), false, "cj/cj_juillet_2018.xls"));
    published(run(new CofogFormat(), false, "cofog/cofog.csv"));
    published(
        run(
            new ComptesFormat(),
            false,
            "comptes/plans/2022_M57_A.xml",
            "comptes/plans/2023_M14_COM_SUP3500.xml"));
    published(run(new ComptesFormat(), false, "comptes/plans/2023_M57_A.xml"));
  }
}
