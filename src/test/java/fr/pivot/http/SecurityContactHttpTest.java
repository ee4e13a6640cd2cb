package fr.pivot.http;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.PivotTest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/**
 * Whom to tell of a vulnerability (RFC 9116); {@code ContractRoutesTest} has the server that names
 * nobody.
 */
@PivotTest(properties = "pivot.security-contact=mailto:securite@pivot.example")
class SecurityContactHttpTest {

  private static final String PATH = "/.well-known/security.txt";

  private final ContractClient client;

  SecurityContactHttpTest(ContractClient client) {
    this.client = client;
  }

  @Test
  void it_is_told_until_when_and_in_which_languages() {
    HttpResponse<String> answer = client.get(PATH);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain;charset=utf-8");
    // Today is 1 March 2026. The server is not reached by https, and no other address is known.
    assertThat(answer.body())
        .isEqualTo(
            """
            Contact: mailto:securite@pivot.example
            Expires: 2026-08-28T00:00:00Z
            Preferred-Languages: fr, en
            """);
    HttpResponse<String> held =
        client.get(PATH, "If-None-Match", answer.headers().firstValue("ETag").orElseThrow());
    assertThat(held.statusCode()).isEqualTo(304);
  }

  @Test
  void behind_a_proxy_with_tls_it_tells_its_own_address() {
    HttpResponse<String> answer =
        client.get(PATH, "X-Forwarded-Proto", "https", "X-Forwarded-Host", "pivot.example");
    assertThat(answer.body())
        .endsWith("Canonical: https://pivot.example/.well-known/security.txt\n");
    assertThat(String.join(", ", answer.headers().allValues("Vary"))).contains("X-Forwarded-Host");
  }
}
