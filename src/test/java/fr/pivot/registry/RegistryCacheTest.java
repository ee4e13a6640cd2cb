package fr.pivot.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.pivot.catalog.Catalog;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is remembered belongs to one registry, and weighs no more than it may. */
class RegistryCacheTest {

  private final RegistryCaches caches = new RegistryCaches();
  private final RegistryCache<String, String> cache =
      caches.make("answers", 100, (question, answer) -> answer.length());

  private static Registry registry(long publication) {
    return new Registry(new Catalog(publication, List.of(), List.of()), Map.of(), List.of());
  }

  @Test
  void an_answer_is_made_once_for_each_registry() {
    Registry first = registry(1);
    assertThat(cache.get(first, "q", _ -> "one")).isEqualTo("one");
    assertThat(cache.get(first, "q", _ -> "other")).isEqualTo("one");
    assertThat(cache.find(first, "q")).isEqualTo("one");
    Registry second = registry(2);
    assertThat(cache.find(second, "q")).isNull();
    assertThat(cache.get(second, "q", _ -> "two")).isEqualTo("two");
    assertThat(cache.find(first, "q")).isNull();
  }

  @Test
  void whoever_still_holds_an_older_registry_neither_gets_nor_takes_away_what_is_of_the_newer() {
    Registry older = registry(1);
    Registry newer = registry(2);
    cache.put(newer, "q", "new");
    assertThat(cache.get(older, "q", _ -> "old")).isEqualTo("old");
    cache.put(older, "q", "old");
    assertThat(cache.find(older, "q")).isNull();
    assertThat(cache.find(newer, "q")).isEqualTo("new");
  }

  @Test
  void the_weight_is_bounded_and_told_with_how_often_it_was_asked() {
    Registry registry = registry(1);
    for (int i = 0; i < 100; i++) {
      cache.put(registry, "q" + i, "0123456789");
    }
    cache.put(registry, "kept", "a");
    cache.find(registry, "kept");
    cache.find(registry, "never");
    CacheFigures figures = caches.list().getFirst();
    assertThat(figures.name()).isEqualTo("answers");
    assertThat(figures.heaviest()).isEqualTo(100);
    assertThat(figures.weight()).isPositive().isLessThanOrEqualTo(100);
    assertThat(figures.entries()).isPositive().isLessThanOrEqualTo(11);
    assertThat(figures.evictions()).isGreaterThanOrEqualTo(90);
    assertThat(figures.hits() + figures.misses()).isEqualTo(2);
    assertThat(figures.misses()).isPositive();
  }

  @Test
  void figures_count_on_from_one_registry_to_the_next() {
    cache.get(registry(1), "q", _ -> "one");
    Registry second = registry(2);
    cache.get(second, "q", _ -> "two");
    cache.get(second, "q", _ -> "two");
    CacheFigures figures = caches.list().getFirst();
    assertThat(figures.misses()).isEqualTo(2);
    assertThat(figures.hits()).isEqualTo(1);
    assertThat(figures.entries()).isEqualTo(1);
  }

  @Test
  void no_two_caches_are_called_alike() {
    caches.make("more", 1, (_, _) -> 1);
    assertThat(caches.list()).extracting(CacheFigures::name).containsExactly("answers", "more");
    assertThatThrownBy(() -> caches.make("more", 1, (_, _) -> 1))
        .isInstanceOf(IllegalStateException.class);
  }
}
