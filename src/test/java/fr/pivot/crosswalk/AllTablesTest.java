package fr.pivot.crosswalk;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.catalog.Release;
import fr.pivot.crosswalk.lineage.Arrival;
import fr.pivot.crosswalk.lineage.Share;
import fr.pivot.referential.Language;
import fr.pivot.registry.Codes;
import fr.pivot.registry.Point;
import fr.pivot.registry.Registry;
import fr.pivot.registry.memory.ReadRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Every table between two of the referentials that ship, from the first edition of one to the last
 * of the other.
 */
class AllTablesTest {

  private static Point first(Registry registry, Codes book) {
    return point(
        registry, book, registry.catalog().listReleases(book.referential().id()).getFirst());
  }

  private static Point last(Registry registry, Codes book) {
    return point(
        registry, book, registry.catalog().listReleases(book.referential().id()).getLast());
  }

  private static Point point(Registry registry, Codes book, Release release) {
    return new Point(registry, book, release, release.head().referenceDate());
  }

  @Test
  void every_table_is_told_to_its_end() throws IOException {
    Registry registry = ReadRegistry.shipped();
    List<String> wrong = new ArrayList<>();
    int tables = 0;
    for (Codes begin : registry.listAll()) {
      for (Codes end : registry.listAll()) {
        Optional<Crosswalk> found = Crosswalks.make(first(registry, begin), last(registry, end));
        if (found.isPresent()) {
          tables++;
          TranslationWriter writer = new TranslationWriter(found.get(), Language.FRENCH);
          for (Translation translation : found.get().listAll()) {
            assertThat(writer.lines(translation)).as(translation.code()).isNotEmpty();
            if (isMoreThanWhole(translation)) {
              wrong.add(found.get() + " " + translation.code());
            }
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(tables).isGreaterThan(100);
  }

  /**
   * What lies in no EPCI goes nowhere, so that the shares of a département may be less than all.
   */
  private static boolean isMoreThanWhole(Translation translation) {
    @Nullable Share sum = null;
    for (Arrival target : translation.targets()) {
      if (target.share() == null) {
        return false;
      }
      sum = sum == null ? target.share() : Share.sum(sum, target.share());
    }
    return sum != null && sum.numerator().compareTo(sum.denominator()) > 0;
  }
}
