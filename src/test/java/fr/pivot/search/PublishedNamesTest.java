package fr.pivot.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.pivot.Await;
import fr.pivot.TestDatabase;
import fr.pivot.finding.ProblemException;
import fr.pivot.finding.ProblemType;
import fr.pivot.importing.Imports;
import fr.pivot.importing.Synthetic;
import fr.pivot.registry.CurrentRegistry;
import fr.pivot.registry.Point;
import fr.pivot.registry.Points;
import fr.pivot.registry.Registry;
import fr.pivot.registry.RegistryCaches;
import fr.pivot.registry.memory.Registries;
import fr.pivot.search.index.NameIndexFiles;
import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is published can be searched, and search goes on while it is made ready. */
class PublishedNamesTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 3, 1);

  private static List<String> find(NameSearches searches, String name) {
    NameSearch search = searches.current();
    Point point = Points.find(search.registry(), Points.reference("fruits"), TODAY);
    return search.search(point, new Query(name, Query.Mode.WHOLE, Set.of(), List.of(), 5)).stream()
        .map(hit -> hit.code() + ' ' + hit.label())
        .toList();
  }

  private static void publish(ApplicationContext context, int year, Map<String, String> labels) {
    Imports.published(Synthetic.run(context, List.of(Synthetic.labelled("fruits", year, labels))));
  }

  @Test
  void a_publication_is_searched_as_soon_as_it_is_indexed() throws Exception {
    try (TestDatabase database = TestDatabase.empty();
        ApplicationContext context = database.start()) {
      Registries registries = context.getBean(Registries.class);
      NameSearches searches = context.getBean(NameSearches.class);
      Synthetic.describe(context, "fruits");
      publish(context, 2021, Map.of("A1", "Apples"));
      registries.refresh();
      assertThat(find(searches, "apples")).containsExactly("A1 Apples");
      publish(context, 2022, Map.of("A1", "Golden apples", "A2", "Pears"));
      registries.refresh();
      // Nobody follows: who asks gets the index of the registry that answers.
      assertThat(find(searches, "pears")).containsExactly("A2 Pears");
      searches.follow();
      publish(context, 2023, Map.of("A1", "Golden apples", "A2", "Pears", "A3", "Quinces"));
      registries.refresh();
      // An answer is there at once, be it of the registry before; the new one follows unasked.
      assertThat(find(searches, "pears")).containsExactly("A2 Pears");
      Await.until(
          "the search of the new registry",
          Duration.ofSeconds(30),
          () -> searches.current().registry() == registries.current());
      assertThat(find(searches, "quinces")).containsExactly("A3 Quinces");
    }
  }

  /** A registry of which whoever makes its search has to wait. */
  private record Slow(CurrentRegistry registries, CountDownLatch ready) implements CurrentRegistry {

    @Override
    public Registry current() {
      try {
        ready.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return registries.current();
    }

    @Override
    public @Nullable Registry currentOrNull() {
      return registries.currentOrNull();
    }

    @Override
    public Duration sinceReached() {
      return registries.sinceReached();
    }

    @Override
    public void onSwap(Runnable follower) {
      registries.onSwap(follower);
    }
  }

  private static void assertUnavailable(NameSearches searches) {
    assertThatThrownBy(searches::current)
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().type()).isEqualTo(ProblemType.UNAVAILABLE));
  }

  @Test
  void before_the_first_index_is_there_searches_are_told_to_come_back() throws Exception {
    try (TestDatabase database = TestDatabase.empty();
        ApplicationContext context = database.start()) {
      Registries registries = context.getBean(Registries.class);
      CountDownLatch ready = new CountDownLatch(1);
      NameSearches searches =
          new NameSearches(
              new Slow(registries, ready),
              context.getBean(Points.class),
              new NameIndexFiles(null),
              new SearchMemory(new RegistryCaches()));
      searches.follow();
      assertUnavailable(searches);
      Synthetic.describe(context, "fruits");
      publish(context, 2021, Map.of("A1", "Apples"));
      registries.refresh();
      // Codes are answered, names are not yet: neither does one wait nor is there no such name.
      assertUnavailable(searches);
      ready.countDown();
      searches.prepare();
      assertThat(find(searches, "apples")).containsExactly("A1 Apples");
    }
  }
}
