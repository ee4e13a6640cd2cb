package fr.pivot.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.pivot.Await;
import fr.pivot.PivotTest;
import fr.pivot.PivotTest.Holding;
import fr.pivot.TestDatabase;
import fr.pivot.catalog.Release;
import fr.pivot.finding.Rule;
import fr.pivot.importing.Synthetic.Edition;
import fr.pivot.registry.Answer;
import fr.pivot.registry.Codes;
import fr.pivot.registry.Registry;
import fr.pivot.registry.memory.Registries;
import io.micronaut.context.ApplicationContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Several at once: importers, readers, nodes. */
@PivotTest(Holding.EMPTY_DATABASE)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConcurrencyTest {

  private static final LocalDate DAY = LocalDate.of(2026, 1, 1);
  private final TestDatabase database;
  private final ApplicationContext context;

  ConcurrencyTest(TestDatabase database, ApplicationContext context) {
    this.database = database;
    this.context = context;
  }

  @Test
  void of_two_imports_of_one_referential_one_wins_and_the_other_is_told() throws Exception {
    String referential = Synthetic.describe(context);
    CountDownLatch locked = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    try (ExecutorService other = Executors.newSingleThreadExecutor()) {
      Future<ImportOutcome> first =
          other.submit(
              () ->
                  Synthetic.run(
                      context,
                      List.of(Synthetic.uniform(referential, 2026, 3, "first")),
                      step -> {
                        if (step.equals("checking")) {
                          locked.countDown();
                          await(done);
                        }
                      }));
      try {
        await(locked);
        assertThatThrownBy(
                () ->
                    Synthetic.run(
                        context, List.of(Synthetic.uniform(referential, 2026, 3, "second"))))
            .isInstanceOf(ImportConflictException.class)
            .hasMessageContaining(referential);
        // Another referential is free.
        Imports.published(
            Synthetic.run(
                context,
                List.of(Synthetic.uniform(Synthetic.describe(context), 2026, 3, "other"))));
      } finally {
        done.countDown();
      }
      Imports.published(first.get(60, TimeUnit.SECONDS));
    }
    assertThat(labels(Imports.registry(context), referential)).containsExactly("first");
    Imports.published(
        Synthetic.run(context, List.of(Synthetic.uniform(referential, 2026, 3, "second"))));
    assertThat(labels(Imports.registry(context), referential)).containsExactly("second");
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static Set<String> labels(Registry registry, String referential) {
    Codes codebook = registry.findCodes(referential).orElseThrow();
    Release release = registry.catalog().findLatest(referential).orElseThrow();
    Set<String> labels = new HashSet<>();
    codebook.forEachCode(
        code -> {
          if (codebook.find(code, release, DAY) instanceof Answer.InForce answer) {
            labels.add(answer.state().label());
          }
        });
    return labels;
  }

  @Test
  void fifty_readers_each_see_one_edition_whole() {
    String referential = Synthetic.describe(context);
    Map<String, String> labelByDigest = new ConcurrentHashMap<>();
    publish(referential, 0, labelByDigest);
    Registries registries = context.getBean(Registries.class);
    registries.refresh();
    registries.follow();
    AtomicBoolean stop = new AtomicBoolean();
    AtomicLong reads = new AtomicLong();
    Set<String> mixed = ConcurrentHashMap.newKeySet();
    Set<String> seen = ConcurrentHashMap.newKeySet();
    try (ExecutorService readers = Executors.newFixedThreadPool(50)) {
      for (int i = 0; i < 50; i++) {
        readers.submit(
            () -> {
              while (!stop.get()) {
                Registry registry = registries.current();
                String digest = registry.catalog().findLatest(referential).orElseThrow().digest();
                Set<String> labels = labels(registry, referential);
                seen.add(digest);
                if (labels.size() != 1) {
                  mixed.add(digest + " says " + labels);
                }
                String expected = labelByDigest.get(digest);
                if (expected != null && !labels.equals(Set.of(expected))) {
                  mixed.add(digest + " says " + labels + ", not " + expected);
                }
                reads.incrementAndGet();
                // Fifty readers at full speed would leave the publisher no processor.
                LockSupport.parkNanos(2_000_000);
              }
            });
      }
      try {
        for (int n = 1; n <= 5; n++) {
          String label = "edition " + n;
          publish(referential, n, labelByDigest);
          Await.until(
              label,
              Duration.ofSeconds(15),
              () -> labels(registries.current(), referential).equals(Set.of(label)));
        }
      } finally {
        stop.set(true);
      }
    }
    assertThat(mixed).isEmpty();
    assertThat(seen).hasSizeGreaterThan(1);
    assertThat(reads.get()).isGreaterThan(50);
  }

  private void publish(String referential, int n, Map<String, String> labelByDigest) {
    Edition edition = Synthetic.uniform(referential, 2026, 300, "edition " + n);
    Imports.published(Synthetic.run(context, List.of(edition)))
        .releases()
        .forEach(r -> labelByDigest.put(r.digest(), "edition " + n));
  }

  @Test
  void another_node_sees_a_publication_within_seconds() {
    String referential = Synthetic.describe(context);
    try (ApplicationContext node = database.start()) {
      Registries there = node.getBean(Registries.class);
      there.refresh();
      there.follow();
      Imports.published(
          Synthetic.run(context, List.of(Synthetic.uniform(referential, 2025, 3, "one"))));
      Await.until(
          "the other node sees the first edition",
          Duration.ofSeconds(10),
          () -> labels(there.current(), referential).equals(Set.of("one")));
      Imports.published(
          Synthetic.run(context, List.of(Synthetic.uniform(referential, 2026, 3, "two"))));
      Await.until(
          "the other node sees the second edition",
          Duration.ofSeconds(10),
          () -> labels(there.current(), referential).equals(Set.of("two")));
    }
  }

  /**
   * Publications are numbered when they are written and seen when they are committed, which two
   * imports of two referentials may do in either order.
   */
  @Test
  void a_publication_that_is_committed_after_a_later_one_is_seen() throws SQLException {
    String slow = Synthetic.describe(context);
    String quick = Synthetic.describe(context);
    Imports.published(Synthetic.run(context, List.of(Synthetic.uniform(slow, 2026, 3, "before"))));
    Imports.published(Synthetic.run(context, List.of(Synthetic.uniform(quick, 2026, 3, "before"))));
    Registries registries = context.getBean(Registries.class);
    registries.refresh();
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      try (var statement = connection.createStatement()) {
        statement.execute(
            "insert into publication (referential, release, action)"
                + " select referential, id, 'published' from release where referential ="
                + " (select id from referential where name = '"
                + slow
                + "')");
        statement.execute(
            "update concept set label = 'after' where referential ="
                + " (select id from referential where name = '"
                + slow
                + "')");
        Imports.published(
            Synthetic.run(context, List.of(Synthetic.uniform(quick, 2026, 3, "after"))));
        registries.refresh();
        assertThat(labels(registries.current(), quick)).containsExactly("after");
        assertThat(labels(registries.current(), slow)).containsExactly("before");
        connection.commit();
      }
    }
    registries.refresh();
    assertThat(labels(registries.current(), slow)).containsExactly("after");
  }

  /** Else a kill between the two would leave an import without an outcome that is visible. */
  @Test
  void an_import_is_logged_as_published_in_the_transaction_that_publishes_it() {
    String referential = Synthetic.describe(context);
    database.sql(
        sql ->
            sql.execute(
                """
                create function outcome_is_known() returns trigger language plpgsql as $$
                begin
                  if (select outcome from import where id = new.import) is distinct from 'published' then
                    raise exception 'release % is visible, the outcome of its import is not', new.id;
                  end if;
                  return null;
                end $$;
                create constraint trigger outcome_is_known after insert on release
                  deferrable initially deferred for each row execute function outcome_is_known()
                """));
    try {
      Imports.published(
          Synthetic.run(context, List.of(Synthetic.uniform(referential, 2026, 3, "one"))));
    } finally {
      database.sql(sql -> sql.execute("drop function outcome_is_known cascade"));
    }
  }

  @Test
  void an_edition_that_loses_half_of_the_codes_is_refused_unless_accepted() {
    String referential = Synthetic.describe(context);
    Imports.published(
        Synthetic.run(context, List.of(Synthetic.uniform(referential, 2025, 100, "one"))));
    String before = database.fingerprint();
    Edition half = Synthetic.uniform(referential, 2026, 50, "one");
    assertThat(Imports.rejected(Synthetic.run(context, List.of(half), false)).findings().list())
        .anySatisfy(
            f -> {
              assertThat(f.rule()).isEqualTo(Rule.COUNT_DROP);
              assertThat(f.place().file()).isEqualTo(referential + "@2026");
              assertThat(f.value()).isEqualTo("50");
              assertThat(f.suggestion()).isEqualTo("2025: 100");
            });
    assertThat(database.fingerprint()).isEqualTo(before);
    Imports.published(Synthetic.run(context, List.of(half), true));
  }
}
