package fr.pivot.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.http.TrustedProxies;
import fr.pivot.http.client.Clients;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How many connections are let in. The addresses are those of RFC 5737 and RFC 3849. */
class OpenConnectionsTest {

  private final OpenConnections connections = connections(10, 3);
  private final List<EmbeddedChannel> opened = new ArrayList<>();

  private static OpenConnections connections(int most, int ofClient) {
    Clients clients = new Clients(new TrustedProxies("198.51.100.1"));
    Duration any = Duration.ofSeconds(1);
    return new OpenConnections(new ConnectionLimits(most, ofClient, any, any, 1, any), clients);
  }

  private int enter(String address, int times) {
    int entered = 0;
    for (int i = 0; i < times; i++) {
      EmbeddedChannel channel =
          new EmbeddedChannel() {
            @Override
            protected SocketAddress remoteAddress0() {
              return new InetSocketAddress(address, 4711);
            }
          };
      opened.add(channel);
      if (connections.enter(channel)) {
        entered++;
      } else {
        channel.close();
      }
    }
    return entered;
  }

  @Test
  void one_client_has_no_more_than_its_own() {
    assertThat(enter("192.0.2.1", 5)).isEqualTo(3);
    assertThat(enter("192.0.2.2", 5)).isEqualTo(3);
    assertThat(enter("2001:db8::1", 2)).isEqualTo(2);
    assertThat(enter("2001:db8::2", 2)).isEqualTo(1);
  }

  @Test
  void all_together_have_no_more_than_there_is_room_for() {
    assertThat(enter("127.0.0.1", 20)).isEqualTo(10);
    assertThat(enter("192.0.2.1", 1)).isZero();
  }

  @Test
  void this_machine_and_trusted_proxies_have_as_many_as_there_are() {
    assertThat(enter("127.0.0.1", 5)).isEqualTo(5);
    assertThat(enter("198.51.100.1", 5)).isEqualTo(5);
  }

  @Test
  void what_is_closed_leaves_room() {
    assertThat(enter("192.0.2.1", 5)).isEqualTo(3);
    opened.forEach(EmbeddedChannel::close);
    assertThat(enter("192.0.2.1", 5)).isEqualTo(3);
    assertThat(enter("127.0.0.1", 20)).isEqualTo(7);
  }
}
