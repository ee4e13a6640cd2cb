package fr.pivot.http.client;

import fr.pivot.http.TrustedProxies;
import io.micronaut.http.HttpRequest;
import io.netty.util.NetUtil;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tells who asks. Of what comes through proxies that are trusted, that is whom they say they ask
 * for: the last address of {@code X-Forwarded-For}, or of {@code Forwarded} where there is none,
 * that is not a trusted proxy's too. What stands before it, the client may have written itself.
 */
@Singleton
public final class Clients {

  private static final String FORWARDED_FOR = "X-Forwarded-For";
  private static final String FORWARDED = "Forwarded";

  private final TrustedProxies proxies;

  /** Tells clients apart behind proxies. */
  public Clients(TrustedProxies proxies) {
    this.proxies = proxies;
  }

  /** Who sent a request. */
  public Client of(HttpRequest<?> request) {
    InetSocketAddress peer = request.getRemoteAddress();
    return speaksForOthers(peer) ? of(peer, request.getHeaders()::getAll) : direct(peer);
  }

  /** Whether requests of a peer may be those of others. */
  public boolean speaksForOthers(InetSocketAddress peer) {
    return proxies.trusts(peer);
  }

  /** The client that a peer is, which speaks for nobody else. */
  public static Client direct(InetSocketAddress peer) {
    return Client.of(peer.getAddress());
  }

  /**
   * Who sent a request that came through a proxy.
   *
   * @param headers what the request says under a name
   */
  public Client of(InetSocketAddress peer, Function<String, List<String>> headers) {
    List<String> said = headers.apply(FORWARDED_FOR);
    boolean standard = said.isEmpty();
    if (standard) {
      said = headers.apply(FORWARDED);
    }
    InetAddress nearest = peer.getAddress();
    for (String line : said.reversed()) {
      int end = line.length();
      while (end >= 0) {
        int comma = line.lastIndexOf(',', end - 1);
        String hop = line.substring(comma + 1, end).strip();
        InetAddress address = address(standard ? node(hop) : hop);
        if (address == null) {
          return Client.of(nearest);
        }
        nearest = address;
        if (!proxies.trusts(new InetSocketAddress(address, 0))) {
          return Client.of(nearest);
        }
        end = comma;
      }
    }
    return Client.of(nearest);
  }

  /** Whom an element of {@code Forwarded} is for (RFC 7239 §4); empty where it does not say. */
  private static String node(String element) {
    for (String pair : element.split(";")) {
      String written = pair.strip();
      if (written.toLowerCase(Locale.ROOT).startsWith("for=")) {
        return written.substring("for=".length()).replace("\"", "");
      }
    }
    return "";
  }

  /** An address in figures, with or without a port; null where it is none. */
  private static @Nullable InetAddress address(String node) {
    String address = node;
    int bracket = node.indexOf(']');
    if (node.startsWith("[") && bracket > 0) {
      address = node.substring(1, bracket);
    } else if (node.indexOf(':') >= 0 && node.indexOf(':') == node.lastIndexOf(':')) {
      address = node.substring(0, node.indexOf(':'));
    }
    return NetUtil.createInetAddressFromIpAddressString(address);
  }
}
