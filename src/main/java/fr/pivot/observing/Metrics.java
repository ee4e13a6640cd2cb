package fr.pivot.observing;

import com.sun.management.OperatingSystemMXBean;
import fr.pivot.admission.Admission;
import fr.pivot.admission.Background;
import fr.pivot.admission.Work;
import fr.pivot.catalog.Release;
import fr.pivot.registry.AskedCodes;
import fr.pivot.registry.AskedCodes.Outcome;
import fr.pivot.registry.BriefCaches;
import fr.pivot.registry.CacheFigures;
import fr.pivot.registry.Codes;
import fr.pivot.registry.CurrentRegistry;
import fr.pivot.registry.Registry;
import fr.pivot.registry.RegistryCaches;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micronaut.context.BeanProvider;
import io.micronaut.context.annotation.Requires;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a server measures of itself, in the text format of Prometheus. Its series are as many as
 * there are routes, editions, caches and rules, whatever is asked: nothing of an address, a code or
 * a client is in them.
 */
@Singleton
@Requires(property = "pivot.metrics-port")
final class Metrics {

  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private final Map<Exchanged, Timer> timers = new ConcurrentHashMap<>();
  private final CurrentRegistry registries;
  private final RegistryCaches caches;
  private final AskedCodes asked;
  private final MultiGauge releases;
  private final MultiGauge codebooks;
  private final MultiGauge imports;
  private final MultiGauge findings;
  private volatile Map<String, CacheFigures> cacheFigures = Map.of();

  /** The caches and referentials that have series already. */
  private final Set<String> bound = new HashSet<>();

  private @Nullable Registry told;

  /** What requests are told apart by. */
  private record Exchanged(String method, String route, int status) {}

  Metrics(
      CurrentRegistry registries,
      RegistryCaches caches,
      AskedCodes asked,
      Admission admission,
      BeanProvider<ImportFigureStore> database) {
    this.registries = registries;
    this.caches = caches;
    this.asked = asked;
    // What has no good name in Prometheus: the second is told in seconds below.
    meters
        .config()
        .meterFilter(MeterFilter.denyNameStartsWith("process.cpu.time"))
        .meterFilter(MeterFilter.denyNameStartsWith("system.cpu.count"));
    releases =
        MultiGauge.builder("pivot.release.info")
            .description("The editions that are answered from; always 1.")
            .register(meters);
    codebooks =
        MultiGauge.builder("pivot.codebook")
            .description("How many bytes the codes of a referential take in memory, about.")
            .baseUnit("bytes")
            .register(meters);
    imports =
        MultiGauge.builder("pivot.imports")
            .description("How many imports the database tells of, by how they ended.")
            .register(meters);
    findings =
        MultiGauge.builder("pivot.import.findings")
            .description("How much was found in all imports together, by rule.")
            .register(meters);
    new JvmMemoryMetrics().bindTo(meters);
    new JvmThreadMetrics().bindTo(meters);
    new ClassLoaderMetrics().bindTo(meters);
    new ProcessorMetrics().bindTo(meters);
    new FileDescriptorMetrics().bindTo(meters);
    new UptimeMetrics().bindTo(meters);
    collections.bindTo(meters);
    if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
      FunctionCounter.builder("process.cpu", system, s -> s.getProcessCpuTime() / 1e9)
          .description("How long processors worked for the process.")
          .baseUnit("seconds")
          .register(meters);
    }
    Gauge.builder("pivot.publication.lag", registries, r -> seconds(r.sinceReached()))
        .description(
            "How long ago it was last read what is published; later publications are not answered.")
        .baseUnit("seconds")
        .register(meters);
    Gauge.builder("pivot.replication.lag", registries, r -> seconds(r.behind()))
        .description("How far the database is behind the one that it copies.")
        .baseUnit("seconds")
        .register(meters);
    Gauge.builder("pivot.referentials", registries, Metrics::countReferentials)
        .description("How many referentials are answered from.")
        .register(meters);
    Gauge.builder("pivot.background.failed", () -> Background.listFailed().size())
        .description("How many background tasks failed within a minute and were begun again.")
        .register(meters);
    for (Work.Kind kind : Work.Kind.values()) {
      bind(admission, kind);
    }
    if (database.isPresent()) {
      database.get().measure(meters);
    }
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  private static double countReferentials(CurrentRegistry registries) {
    Registry now = registries.currentOrNull();
    return now == null ? 0 : now.listAll().size();
  }

  private void bind(Admission admission, Work.Kind kind) {
    Tags tags = Tags.of("kind", kind.name().toLowerCase(Locale.ROOT));
    Gauge.builder("pivot.admission.places", admission, a -> a.figures(kind).places())
        .description("How many works may be done at a time.")
        .tags(tags)
        .register(meters);
    Gauge.builder("pivot.admission.running", admission, a -> a.figures(kind).running())
        .description("How many works are done now.")
        .tags(tags)
        .register(meters);
    Gauge.builder("pivot.admission.waiting", admission, a -> a.figures(kind).waiting())
        .description("How many works wait for a place.")
        .tags(tags)
        .register(meters);
    FunctionCounter.builder("pivot.admission.refused", admission, a -> a.figures(kind).refused())
        .description("How many works were told to come again.")
        .tags(tags)
        .register(meters);
  }

  /**
   * Measures a request.
   *
   * @param route its path in the contract
   * @param status of the answer; 0 where there was none
   */
  void record(String method, String route, int status, Duration took) {
    timers.computeIfAbsent(new Exchanged(method, route, status), this::timer).record(took);
  }

  private Timer timer(Exchanged exchanged) {
    return Timer.builder("pivot.http.requests")
        .description("How long requests took, from their head to the end of the answer.")
        .tag("method", exchanged.method())
        .tag("route", exchanged.route())
        .tag("status", exchanged.status() == 0 ? "left" : Integer.toString(exchanged.status()))
        .serviceLevelObjectives(
            Duration.ofMillis(1),
            Duration.ofMillis(10),
            Duration.ofMillis(100),
            Duration.ofSeconds(1),
            Duration.ofSeconds(10))
        .register(meters);
  }

  /** Tells what imports there were and what was found in them. */
  void tellImports(Map<String, Long> outcomes, Map<String, Long> found) {
    imports.register(
        outcomes.entrySet().stream()
            .map(e -> MultiGauge.Row.of(Tags.of("outcome", e.getKey()), e.getValue()))
            .toList(),
        true);
    findings.register(
        found.entrySet().stream()
            .map(e -> MultiGauge.Row.of(Tags.of("rule", e.getKey()), e.getValue()))
            .toList(),
        true);
  }

  /** All figures as they are now. */
  synchronized String scrape() {
    Registry now = registries.currentOrNull();
    if (now != null && now != told) {
      tellRegistry(now);
      told = now;
    }
    Map<String, CacheFigures> figures = new HashMap<>();
    Stream.concat(caches.list().stream(), BriefCaches.list().stream())
        .forEach(cache -> figures.put(cache.name(), cache));
    cacheFigures = figures;
    figures.values().stream().filter(cache -> bound.add(cache.name())).forEach(this::bind);
    asked
        .list()
        .keySet()
        .forEach(
            edition -> {
              if (bound.add("referential " + edition.referential())) {
                for (Outcome outcome : Outcome.values()) {
                  bind(edition.referential(), outcome);
                }
              }
            });
    return meters.scrape();
  }

  private void tellRegistry(Registry now) {
    releases.register(
        now.catalog().listReferentials().stream()
            .flatMap(r -> now.catalog().listReleases(r.id()).stream())
            .map(release -> MultiGauge.Row.of(tags(now, release), 1))
            .toList(),
        true);
    codebooks.register(
        now.listAll().stream()
            .map(
                codes ->
                    MultiGauge.Row.of(
                        Tags.of("referential", codes.referential().id()), codes, Codes::bytes))
            .toList(),
        true);
  }

  private static Tags tags(Registry registry, Release release) {
    String id = release.head().referential();
    Optional<Release> latest = registry.catalog().findLatest(id);
    return Tags.of(
        "referential",
        id,
        "edition",
        release.edition(),
        "latest",
        Boolean.toString(latest.isPresent() && latest.get().equals(release)));
  }

  private void bind(CacheFigures cache) {
    if (cache.heaviest() > 0) {
      gauge(cache, "pivot.cache.entries", "How many answers a cache holds.", CacheFigures::entries);
      gauge(cache, "pivot.cache.weight", "What they weigh, in its unit.", CacheFigures::weight);
      gauge(cache, "pivot.cache.heaviest", "What they may weigh.", CacheFigures::heaviest);
    }
    counter(cache, "pivot.cache.hits", "How often an answer was there.", CacheFigures::hits);
    counter(cache, "pivot.cache.misses", "How often none was there.", CacheFigures::misses);
    counter(cache, "pivot.cache.evictions", "How many were forgotten.", CacheFigures::evictions);
  }

  private void gauge(
      CacheFigures cache, String name, String description, ToDoubleFunction<CacheFigures> figure) {
    Gauge.builder(name, this, m -> figure.applyAsDouble(m.figures(cache)))
        .description(description)
        .tag("cache", cache.name())
        .register(meters);
  }

  private void counter(
      CacheFigures cache, String name, String description, ToDoubleFunction<CacheFigures> figure) {
    FunctionCounter.builder(name, this, m -> figure.applyAsDouble(m.figures(cache)))
        .description(description)
        .tag("cache", cache.name())
        .register(meters);
  }

  private CacheFigures figures(CacheFigures cache) {
    return cacheFigures.getOrDefault(cache.name(), cache);
  }

  private void bind(String referential, Outcome outcome) {
    FunctionCounter.builder("pivot.codes.answered", asked, a -> total(a, referential, outcome))
        .description("How many codes were asked for, one by one and in bulk, by outcome.")
        .tag("referential", referential)
        .tag("outcome", outcome.id())
        .register(meters);
  }

  private static double total(AskedCodes asked, String referential, Outcome outcome) {
    return asked.list().entrySet().stream()
        .filter(e -> e.getKey().referential().equals(referential))
        .mapToLong(e -> e.getValue().total(outcome))
        .sum();
  }

  @PreDestroy
  void close() {
    collections.close();
    meters.close();
  }
}
