package fr.pivot.http.client;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import fr.pivot.finding.ProblemException;
import fr.pivot.finding.ProblemType;
import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How often each client may ask, so that one that asks without end leaves room for the others. What
 * is allowed comes back steadily, and is saved up to a bound: who was quiet may ask much at once.
 * Who asks more is told when to come again, and nothing else ever happens to it. This machine
 * itself is not limited.
 *
 * <p>What is known of clients is bounded: of very many, those that ask least are forgotten, and
 * begin anew.
 */
@Singleton
public final class ClientLimits {

  /** How many clients are known at most, about 150 bytes each. */
  private static final int MOST_CLIENTS = 100_000;

  private final Clients clients;
  private final Ticker ticker;
  private final long begin;
  private final Cache<Client, Allowances> known;
  private final Allowance questions;
  private final Allowance files;

  /**
   * How much may be asked.
   *
   * @param each the nanoseconds after which another one may be asked; 0 where there is no limit
   * @param atOnce how many may be asked at once after a rest
   */
  private record Allowance(long each, int atOnce) {

    static Allowance of(int count, Duration within, int atOnce) {
      return new Allowance(count <= 0 ? 0 : within.toNanos() / count, Math.max(atOnce, 1));
    }

    /** How long it takes until all that may be saved up is there. */
    long whole() {
      return each * atOnce;
    }
  }

  /** When each allowance of a client will be whole again, in nanoseconds. */
  private static final class Allowances {
    final AtomicLong questions = new AtomicLong();
    final AtomicLong files = new AtomicLong();
  }

  /**
   * Limits clients.
   *
   * @param questions how many questions a client may ask a second; 0 for any number
   * @param questionsAtOnce how many at once, after a rest
   * @param files how many files it may have worked on a minute; 0 for any number
   * @param filesAtOnce how many one after the other, after a rest
   */
  @Inject
  public ClientLimits(
      Clients clients,
      Ticker ticker,
      @Value("${pivot.limits.client.questions:200}") int questions,
      @Value("${pivot.limits.client.questions-at-once:2000}") int questionsAtOnce,
      @Value("${pivot.limits.client.files:120}") int files,
      @Value("${pivot.limits.client.files-at-once:120}") int filesAtOnce) {
    this.clients = clients;
    this.ticker = ticker;
    this.begin = ticker.read();
    this.questions = Allowance.of(questions, Duration.ofSeconds(1), questionsAtOnce);
    this.files = Allowance.of(files, Duration.ofMinutes(1), filesAtOnce);
    long forgotten = Math.max(this.questions.whole(), this.files.whole());
    this.known =
        Caffeine.newBuilder()
            .ticker(ticker)
            .maximumSize(MOST_CLIENTS)
            .expireAfterAccess(Duration.ofNanos(forgotten + 1))
            .build();
  }

  /** How many questions a client may ask at once; 0 where there is no limit. */
  public int questionsAtOnce() {
    return questions.each() == 0 ? 0 : questions.atOnce();
  }

  /** How many questions it may ask a second afterwards; 0 where there is no limit. */
  public int questionsPerSecond() {
    return within(questions, Duration.ofSeconds(1));
  }

  /** How many files it may have worked on one after the other; 0 where there is no limit. */
  public int filesAtOnce() {
    return files.each() == 0 ? 0 : files.atOnce();
  }

  /** How many files it may have worked on a minute afterwards; 0 where there is no limit. */
  public int filesPerMinute() {
    return within(files, Duration.ofMinutes(1));
  }

  private static int within(Allowance allowance, Duration span) {
    return allowance.each() == 0 ? 0 : Math.toIntExact(span.toNanos() / allowance.each());
  }

  /** Counts a question, unless the client has to wait for it. */
  public boolean mayAsk(Client client) {
    return questions.each() == 0
        || client.isHere()
        || take(allowances(client).questions, questions, 1) == 0;
  }

  /**
   * Counts a request.
   *
   * @param cost for how many questions it counts
   * @throws ProblemException where its client has to wait
   */
  public void require(HttpRequest<?> request, int cost) {
    if (questions.each() > 0 && cost > 0) {
      Client client = clients.of(request);
      if (!client.isHere()) {
        refuse(take(allowances(client).questions, questions, cost));
      }
    }
  }

  /**
   * Counts a file.
   *
   * @throws ProblemException where its client has to wait
   */
  public void requireFile(HttpRequest<?> request) {
    if (files.each() > 0) {
      Client client = clients.of(request);
      if (!client.isHere()) {
        refuse(take(allowances(client).files, files, 1));
      }
    }
  }

  /** How many clients are known, for tests. */
  long knownClients() {
    known.cleanUp();
    return known.estimatedSize();
  }

  private Allowances allowances(Client client) {
    return known.get(client, _ -> new Allowances());
  }

  /** Takes so many of what a client may ask, or says how many nanoseconds it has to wait. */
  private long take(AtomicLong whole, Allowance allowance, int count) {
    long now = ticker.read() - begin;
    while (true) {
      long before = whole.get();
      long after = Math.max(before, now) + count * allowance.each();
      long beyond = after - now - Math.max(allowance.whole(), count * allowance.each());
      if (beyond > 0) {
        return beyond;
      }
      if (whole.compareAndSet(before, after)) {
        return 0;
      }
    }
  }

  private static void refuse(long nanos) {
    if (nanos > 0) {
      long seconds = (nanos + 999_999_999) / 1_000_000_000;
      throw ProblemType.TOO_MANY_REQUESTS.with("retryAfterSeconds", seconds).exception();
    }
  }
}
