package fr.pivot.registry;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.catalog.Release;
import fr.pivot.referential.ConceptState;
import fr.pivot.registry.memory.ReadRegistry;
import java.io.IOException;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The days that comparing the shipped lists gives, against those that INSEE states in its events of
 * 2026: no day is told as the latest possible one that is too early, and none as certain that was
 * worked out.
 */
class DerivedDaysTest {

  /**
   * What INSEE tells in two ways. The communes déléguées of Haut Valromey (01187) ended on 22
   * December 2022, say its events, and its list of 1 January 2022 is already without them. The days
   * of 44060 and 79224 are those of its events as they were in 2019.
   */
  private static final Set<String> ARGUED =
      Set.of("01176", "01187", "01292", "01409", "44060", "79224");

  @ParameterizedTest
  @CsvSource({"communes, 100, true", "communes-deleguees, 350, false"})
  void no_end_is_told_too_early(String referential, int fewest, boolean punctual)
      throws IOException {
    Registry shipped = ReadRegistry.shipped();
    Codes book = shipped.findCodes(referential).orElseThrow();
    Release release = shipped.catalog().findLatest(referential).orElseThrow();
    Map<String, Set<LocalDate>> official = ends(ReadRegistry.official(2026), referential);
    Map<String, String> wrong = new TreeMap<>();
    int derived = 0;
    for (String code : CodeLists.all(book)) {
      ConceptState last = book.listStates(code, release).stream().reduce((a, b) -> b).orElse(null);
      Set<LocalDate> stated = official.getOrDefault(code, Set.of());
      if (last == null || stated.isEmpty() || last.validity().to() == null) {
        continue;
      }
      LocalDate to = last.validity().to();
      LocalDate after = book.knowledge(release).findEndsAfter(last);
      derived += after == null ? 0 : 1;
      if (stated.stream().noneMatch(day -> isTold(day, after, to, punctual))) {
        wrong.put(code, "after " + after + ", on " + to + " at the latest; INSEE: " + stated);
      }
    }
    wrong.keySet().removeAll(ARGUED);
    assertThat(wrong).isEmpty();
    assertThat(derived).isGreaterThan(fewest);
  }

  /**
   * Whether a day is one that the two leave possible.
   *
   * @param punctual whether lists leave out at once what ended: INSEE's keep many a commune
   *     déléguée for years
   */
  private static boolean isTold(
      LocalDate day, @Nullable LocalDate after, LocalDate to, boolean punctual) {
    return after == null ? day.equals(to) : !day.isAfter(to) && (!punctual || day.isAfter(after));
  }

  private static Map<String, Set<LocalDate>> ends(Registry official, String referential) {
    Codes book = official.findCodes(referential).orElseThrow();
    Release release = official.catalog().findLatest(referential).orElseThrow();
    Map<String, Set<LocalDate>> ends = new TreeMap<>();
    for (String code : CodeLists.all(book)) {
      List<ConceptState> states = book.listStates(code, release);
      Set<LocalDate> days =
          states.stream()
              .map(state -> state.validity().to())
              .filter(day -> day != null)
              .collect(Collectors.toCollection(HashSet::new));
      ends.put(code, days);
    }
    return ends;
  }
}
