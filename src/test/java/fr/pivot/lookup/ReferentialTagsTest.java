package fr.pivot.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.catalog.Catalog;
import fr.pivot.catalog.Release;
import fr.pivot.referential.CheckRule;
import fr.pivot.referential.Kind;
import fr.pivot.referential.Level;
import fr.pivot.referential.Referential;
import fr.pivot.referential.ReleaseHead;
import fr.pivot.referential.ShortName;
import fr.pivot.referential.Text;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the validators of the lists of referentials are made of. */
class ReferentialTagsTest {

  private static final LocalDate DAY = LocalDate.parse("2026-01-01");

  private static Catalog catalog(long publication, String digest, String published, String label) {
    Referential regions =
        new Referential(
            "regions",
            Kind.TERRITORY,
            new Text("Régions", "Regions"),
            new Text("", ""),
            "INSEE",
            null,
            null,
            "",
            Pattern.compile("\\d{2}"),
            CheckRule.NONE,
            "93",
            List.of(new Level("region", new Text("Région", "Region"))),
            List.of(),
            List.of(),
            null,
            List.of(),
            false,
            List.of(new ShortName("PACA", label)),
            null,
            Referential.Usage.PLAIN);
    Release release =
        new Release(
            publication,
            1,
            new ReleaseHead("regions", "2026", DAY, null, List.of()),
            digest,
            18,
            18,
            0,
            0,
            0,
            Map.of(),
            Instant.parse(published));
    return new Catalog(publication, List.of(regions), List.of(release));
  }

  @Test
  void homes_that_hold_the_same_agree_whenever_they_published_it() {
    String label = "Provence-Alpes-Côte d'Azur";
    String content = ReferentialController.content(catalog(1, "a1", "2026-02-26T09:00:00Z", label));
    assertThat(ReferentialController.content(catalog(7, "a1", "2026-11-30T18:00:00Z", label)))
        .isEqualTo(content);
    assertThat(ReferentialController.content(catalog(1, "b2", "2026-02-26T09:00:00Z", label)))
        .isNotEqualTo(content);
    assertThat(ReferentialController.content(catalog(1, "a1", "2026-02-26T09:00:00Z", "PACA")))
        .isNotEqualTo(content);
  }
}
