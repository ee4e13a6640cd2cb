package fr.pivot.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.http.TrustedProxies;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who asks, through proxies and without. The addresses are those of RFC 5737 and RFC 3849. */
class ClientsTest {

  private final Clients clients = new Clients(new TrustedProxies("127.0.0.1,10.0.0.0/8,::1"));

  private static Client client(String address) {
    return Client.of(inet(address));
  }

  private static InetAddress inet(String address) {
    return Objects.requireNonNull(NetUtil.createInetAddressFromIpAddressString(address), address);
  }

  private Client through(String proxy, Map<String, List<String>> headers) {
    return clients.of(
        new InetSocketAddress(inet(proxy), 1), name -> headers.getOrDefault(name, List.of()));
  }

  @Test
  void a_client_of_ipv6_is_its_network_of_64_bits_and_of_ipv4_its_address() {
    assertThat(client("2001:db8:1:2::1")).isEqualTo(client("2001:db8:1:2:ffff:ffff:ffff:ffff"));
    assertThat(client("2001:db8:1:2::1")).isNotEqualTo(client("2001:db8:1:3::1"));
    assertThat(client("192.0.2.1")).isNotEqualTo(client("192.0.2.2"));
    assertThat(client("::ffff:192.0.2.1")).isEqualTo(client("192.0.2.1"));
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.99, 192.0.2.0",
    "203.0.113.255, 203.0.113.0",
    "255.254.253.252, 255.254.253.0",
    "127.0.0.1, 127.0.0.0",
    "2001:db8:1:2:3:4:5:6, 2001:db8:1::",
    "2001:db8::7, 2001:db8:0::",
    "::ffff:192.0.2.99, 192.0.2.0",
    "::1, 0:0:0::"
  })
  void logs_know_24_bits_of_ipv4_and_48_of_ipv6(String address, String shortened) {
    assertThat(client(address).shortened()).isEqualTo(shortened);
  }

  @Test
  void this_machine_is_known_by_all_its_addresses() {
    assertThat(List.of("127.0.0.1", "127.8.9.10", "::1", "::ffff:127.0.0.1"))
        .allMatch(address -> client(address).isHere());
    assertThat(List.of("192.0.2.1", "10.0.0.1", "2001:db8::1", "::2"))
        .noneMatch(address -> client(address).isHere());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          192.0.2.7                                 | 192.0.2.7
          192.0.2.7:4711                            | 192.0.2.7
          2001:db8::7                               | 2001:db8::7
          [2001:db8::7]                             | 2001:db8::7
          [2001:db8::7]:4711                        | 2001:db8::7
          198.51.100.1, 192.0.2.7                   | 192.0.2.7
          198.51.100.1,127.0.0.1,192.0.2.7,10.1.2.3 | 192.0.2.7
          198.51.100.1, unknown                     | 127.0.0.1
          198.51.100.1, unknown, 10.1.2.3           | 10.1.2.3
          10.1.2.3                                  | 10.1.2.3
          ''                                        | 127.0.0.1
          ,                                         | 127.0.0.1
          pivot.example                             | 127.0.0.1
          """)
  void who_asks_is_the_last_address_that_is_no_trusted_proxy(String said, String client) {
    assertThat(through("127.0.0.1", Map.of("X-Forwarded-For", List.of(said))))
        .isEqualTo(client(client));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          for=192.0.2.7                                            | 192.0.2.7
          proto=https; FOR="192.0.2.7:4711";by=10.0.0.1            | 192.0.2.7
          for=198.51.100.1, for="[2001:db8::7]:4711";proto=https   | 2001:db8::7
          for=198.51.100.1, for=_hidden                            | 127.0.0.1
          by=192.0.2.7                                             | 127.0.0.1
          """)
  void the_standard_header_is_read_where_the_usual_one_is_missing(String said, String client) {
    assertThat(through("127.0.0.1", Map.of("Forwarded", List.of(said)))).isEqualTo(client(client));
    assertThat(
            through(
                "127.0.0.1",
                Map.of("Forwarded", List.of(said), "X-Forwarded-For", List.of("192.0.2.99"))))
        .isEqualTo(client("192.0.2.99"));
  }

  @Test
  void a_header_in_two_lines_is_one() {
    assertThat(
            through(
                "10.0.0.1", Map.of("X-Forwarded-For", List.of("198.51.100.1", "192.0.2.7, ::1"))))
        .isEqualTo(client("192.0.2.7"));
  }

  @Test
  void only_trusted_proxies_speak_for_others() {
    assertThat(clients.speaksForOthers(new InetSocketAddress(inet("10.9.9.9"), 1))).isTrue();
    assertThat(clients.speaksForOthers(new InetSocketAddress(inet("192.0.2.1"), 1))).isFalse();
  }
}
