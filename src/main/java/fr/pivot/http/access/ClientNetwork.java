package fr.pivot.http.access;

import fr.pivot.http.TrustedProxies;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.NetUtil;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where clients are, as near as logs may know: the first 24 bits of an IPv4 address, the first 48
 * of an IPv6 one. Behind a proxy that is trusted, it is who that says it asks for.
 */
@Singleton
final class ClientNetwork {

  private static final String UNKNOWN = "unknown";
  private static final String FORWARDED_FOR = "X-Forwarded-For";

  private final TrustedProxies proxies;

  ClientNetwork(TrustedProxies proxies) {
    this.proxies = proxies;
  }

  /** Whether a connection is that of a proxy, which asks for many clients. */
  boolean isProxy(SocketAddress peer) {
    return peer instanceof InetSocketAddress address && proxies.trusts(address);
  }

  /** The network of who is at the other end of a connection. */
  static String of(@Nullable SocketAddress peer) {
    return peer instanceof InetSocketAddress address && address.getAddress() != null
        ? of(address.getAddress())
        : UNKNOWN;
  }

  /** The network of who a proxy asks for: the last that is no trusted proxy itself. */
  String of(SocketAddress peer, HttpHeaders headers) {
    List<String> given = headers.getAll(FORWARDED_FOR);
    if (given.isEmpty()) {
      return of(peer);
    }
    String[] hops = String.join(",", given).split(",");
    for (int i = hops.length - 1; i >= 0; i--) {
      InetAddress hop = parse(hops[i].strip());
      if (hop == null) {
        return UNKNOWN;
      }
      if (!proxies.trusts(new InetSocketAddress(hop, 0))) {
        return of(hop);
      }
    }
    return of(peer);
  }

  private static @Nullable InetAddress parse(String address) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
    try {
      return bytes == null ? null : InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("4 or 16 bytes are an address", e);
    }
  }

  private static String of(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (bytes.length == 4) {
      return (bytes[0] & 255) + "." + (bytes[1] & 255) + "." + (bytes[2] & 255) + ".0";
    }
    StringBuilder network = new StringBuilder();
    for (int i = 0; i < 6; i += 2) {
      network.append(Integer.toHexString((bytes[i] & 255) << 8 | bytes[i + 1] & 255)).append(':');
    }
    return network.append(':').toString();
  }
}
