package fr.pivot.http.connection;

import fr.pivot.http.client.Client;
import fr.pivot.http.client.Clients;
import io.netty.channel.Channel;
import jakarta.inject.Singleton;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The connections that are open: no more than there is room for, nor more of one client than leaves
 * room for others. Proxies that are trusted, and this machine, have as many as there are.
 */
@Singleton
final class OpenConnections {

  private final ConnectionLimits limits;
  private final Clients clients;
  private final AtomicInteger all = new AtomicInteger();

  /** How many connections each client has; those that have none are not in it. */
  private final Map<Client, Integer> ofClients = new ConcurrentHashMap<>();

  OpenConnections(ConnectionLimits limits, Clients clients) {
    this.limits = limits;
    this.clients = clients;
  }

  /** Counts a connection until it is closed, and says whether there is room for it. */
  boolean enter(Channel channel) {
    Client client =
        limits.ofClient() > 0
                && channel.remoteAddress() instanceof InetSocketAddress peer
                && !clients.speaksForOthers(peer)
            ? Clients.direct(peer)
            : null;
    boolean counted = client != null && !client.isHere();
    int mine = counted ? ofClients.merge(client, 1, Integer::sum) : 0;
    int there = all.incrementAndGet();
    channel
        .closeFuture()
        .addListener(
            _ -> {
              all.decrementAndGet();
              if (counted) {
                ofClients.computeIfPresent(client, (_, count) -> count == 1 ? null : count - 1);
              }
            });
    return there <= limits.most() && (!counted || mine <= limits.ofClient());
  }
}
