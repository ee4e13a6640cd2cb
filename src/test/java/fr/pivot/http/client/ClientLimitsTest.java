package fr.pivot.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.http.TrustedProxies;
import io.netty.util.NetUtil;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What clients may ask, by a clock that only the tests move. */
class ClientLimitsTest {

  private static final Client ONE = client("192.0.2.1");
  private static final Client OTHER = client("192.0.2.2");

  private long now;

  private static Client client(String address) {
    return Client.of(Objects.requireNonNull(NetUtil.createInetAddressFromIpAddressString(address)));
  }

  private ClientLimits limits(int questions, int atOnce) {
    return new ClientLimits(
        new Clients(new TrustedProxies("")), () -> now, questions, atOnce, 60, 10);
  }

  private static int asked(ClientLimits limits, Client client, int times) {
    int asked = 0;
    for (int i = 0; i < times; i++) {
      asked += limits.mayAsk(client) ? 1 : 0;
    }
    return asked;
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  @Test
  void what_is_allowed_comes_back_steadily_and_is_saved_up_to_a_bound() {
    ClientLimits limits = limits(10, 50);
    assertThat(asked(limits, ONE, 1000)).isEqualTo(50);
    pass(Duration.ofMillis(99));
    assertThat(asked(limits, ONE, 1000)).isZero();
    pass(Duration.ofMillis(1));
    assertThat(asked(limits, ONE, 1000)).isEqualTo(1);
    pass(Duration.ofSeconds(2));
    assertThat(asked(limits, ONE, 1000)).isEqualTo(20);
    pass(Duration.ofDays(400));
    assertThat(asked(limits, ONE, 1000)).isEqualTo(50);
  }

  @Test
  void who_keeps_to_what_is_allowed_is_never_refused() {
    ClientLimits limits = limits(10, 1);
    for (int i = 0; i < 10_000; i++) {
      assertThat(limits.mayAsk(ONE)).isTrue();
      pass(Duration.ofMillis(100));
    }
  }

  @Test
  void who_asks_on_while_refused_is_not_refused_for_longer() {
    ClientLimits limits = limits(10, 10);
    asked(limits, ONE, 1_000_000);
    pass(Duration.ofSeconds(1));
    assertThat(asked(limits, ONE, 1000)).isEqualTo(10);
  }

  @Test
  void one_client_takes_nothing_from_another() {
    ClientLimits limits = limits(10, 50);
    assertThat(asked(limits, ONE, 1000)).isEqualTo(50);
    assertThat(asked(limits, OTHER, 1000)).isEqualTo(50);
  }

  @Test
  void this_machine_is_not_limited_and_zero_is_no_limit() {
    assertThat(asked(limits(10, 50), client("127.0.0.1"), 1000)).isEqualTo(1000);
    assertThat(asked(limits(10, 50), client("::1"), 1000)).isEqualTo(1000);
    assertThat(asked(limits(0, 50), ONE, 1000)).isEqualTo(1000);
    assertThat(limits(0, 50).questionsAtOnce()).isZero();
    assertThat(limits(0, 50).questionsPerSecond()).isZero();
  }

  @Test
  void side_by_side_no_more_is_asked_than_is_allowed() throws InterruptedException {
    ClientLimits limits = limits(1, 10_000);
    AtomicInteger asked = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      threads.add(Thread.ofPlatform().start(() -> asked.addAndGet(asked(limits, ONE, 5000))));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(asked.get()).isEqualTo(10_000);
  }

  @Test
  void very_many_clients_take_no_more_memory_than_many() {
    ClientLimits limits = limits(10, 5);
    for (int i = 0; i < 1_000_000; i++) {
      assertThat(limits.mayAsk(new Client((long) i << 16, false))).isTrue();
    }
    assertThat(limits.knownClients()).isLessThanOrEqualTo(100_000);
  }
}
