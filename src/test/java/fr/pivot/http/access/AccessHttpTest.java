package fr.pivot.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.Await;
import fr.pivot.PivotTest;
import fr.pivot.PivotTest.Holding;
import fr.pivot.http.ContractClient;
import io.micronaut.context.annotation.Requires;
import io.micronaut.runtime.server.EmbeddedServer;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is known of a request at its end. */
@PivotTest(
    value = Holding.SAMPLE,
    properties = {"pivot.test.exchanges=true", "pivot.access-log=true"})
class AccessHttpTest {

  /** Keeps them. */
  @Singleton
  @Requires(property = "pivot.test.exchanges")
  static final class Kept implements Exchange.Follower {
    final List<Exchange> exchanges = new CopyOnWriteArrayList<>();

    @Override
    public void ended(Exchange exchange) {
      exchanges.add(exchange);
    }
  }

  private final ContractClient client;
  private final EmbeddedServer server;
  private final Kept kept;

  AccessHttpTest(ContractClient client, EmbeddedServer server) {
    this.client = client;
    this.server = server;
    this.kept = server.getApplicationContext().getBean(Kept.class);
  }

  @BeforeEach
  void forget() {
    kept.exchanges.clear();
  }

  private Exchange only() {
    Await.until("an exchange", Duration.ofSeconds(5), () -> !kept.exchanges.isEmpty());
    assertThat(kept.exchanges).hasSize(1);
    return kept.exchanges.getFirst();
  }

  private String route(String address) {
    kept.exchanges.clear();
    client.get(address);
    return only().route().template();
  }

  @Test
  void routes_are_those_of_the_contract_whatever_is_asked() {
    assertThat(route("/v1/referentials/communes/codes/01004"))
        .isEqualTo("/v1/referentials/{ref}/codes/{code}");
    // The same from memory.
    assertThat(route("/v1/referentials/communes/codes/01004"))
        .isEqualTo("/v1/referentials/{ref}/codes/{code}");
    assertThat(route("/v1/referentials/communes@2019/codes?limit=3"))
        .isEqualTo("/v1/referentials/{ref}/codes");
    assertThat(route("/reconcile/communes")).isEqualTo("/reconcile/{ref}");
    assertThat(route("/id/communes:01004")).isEqualTo("/id/{curie}");
    assertThat(route("/health/ready")).isEqualTo("/health/ready");
    assertThat(route("/")).isEqualTo("/");
    assertThat(route("/nowhere/at/all")).isEqualTo("none");
  }

  @Test
  void status_and_bytes_are_those_of_the_answer() {
    String body = client.get("/v1/referentials/communes/codes/01004").body();
    Exchange found = only();
    assertThat(found.status()).isEqualTo(200);
    assertThat(found.bytes()).isEqualTo(body.getBytes(StandardCharsets.UTF_8).length);
    assertThat(found.method()).isEqualTo("GET");
    assertThat(found.client()).isEqualTo("127.0.0.0");
    assertThat(found.isWhole()).isTrue();
    assertThat(found.nanos()).isPositive();
    kept.exchanges.clear();
    assertThat(client.get("/nowhere").statusCode()).isEqualTo(404);
    assertThat(only().status()).isEqualTo(404);
  }

  @Test
  void behind_a_proxy_the_client_is_the_one_it_asks_for() {
    client.get("/health", "X-Forwarded-For", "198.51.100.7, 203.0.113.99");
    assertThat(only().client()).isEqualTo("203.0.113.0");
    kept.exchanges.clear();
    client.get("/health", "X-Forwarded-For", "2001:db8:1:2:3:4:5:6");
    assertThat(only().client()).isEqualTo("2001:db8:1::");
    kept.exchanges.clear();
    client.get("/health", "Forwarded", "for=\"[2001:db8:7::1]:4711\";proto=https");
    assertThat(only().client()).isEqualTo("2001:db8:7::");
    kept.exchanges.clear();
    // Where the proxy names nobody, it is who is nearest, whom limits are counted for too.
    client.get("/health", "X-Forwarded-For", "somebody's name");
    assertThat(only().client()).isEqualTo("127.0.0.0");
  }

  @Test
  void who_leaves_before_the_answer_is_told_to_have_left() throws IOException {
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      socket
          .getOutputStream()
          .write(
              ("POST /v1/referentials/communes/lookup HTTP/1.1\r\nHost: localhost\r\n"
                      + "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n[\"0")
                  .getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
    }
    Exchange left = only();
    assertThat(left.isWhole()).isFalse();
    assertThat(left.route().template()).isEqualTo("/v1/referentials/{ref}/lookup");
  }
}
