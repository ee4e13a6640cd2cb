package fr.pivot.http;

import io.micronaut.context.annotation.Value;
import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The proxies in front of this server whose {@code Forwarded} and {@code X-Forwarded-*} are
 * believed: those of {@code PIVOT_TRUSTED_PROXIES}, addresses and networks ({@code 10.0.0.0/8})
 * with commas between; none where it says nothing. What anybody else writes there is not read.
 */
@Singleton
public final class TrustedProxies {

  /** An address in figures: names are not asked for, since who answers for them may change. */
  private static final Pattern FIGURES = Pattern.compile("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  private final List<IpSubnetFilterRule> networks = new ArrayList<>();

  /**
   * Trusts some.
   *
   * @param networks addresses and networks, with commas between
   */
  public TrustedProxies(@Value("${pivot.trusted-proxies:}") String networks) {
    for (String network : networks.split("[,\\s]+")) {
      if (!network.isEmpty()) {
        this.networks.add(rule(network));
      }
    }
  }

  private static IpSubnetFilterRule rule(String network) {
    try {
      int slash = network.indexOf('/');
      String address = slash < 0 ? network : network.substring(0, slash);
      if (FIGURES.matcher(address).matches()) {
        InetAddress parsed = InetAddress.getByName(address);
        int most = parsed.getAddress().length * 8;
        int bits = slash < 0 ? most : Integer.parseInt(network.substring(slash + 1));
        if (bits >= 0 && bits <= most) {
          return new IpSubnetFilterRule(parsed, bits, IpFilterRuleType.ACCEPT);
        }
      }
    } catch (UnknownHostException | NumberFormatException _) {
      // told below, with the rest
    }
    throw new IllegalArgumentException(
        "PIVOT_TRUSTED_PROXIES names addresses and networks, as 127.0.0.1,10.0.0.0/8; this is"
            + " none: "
            + network);
  }

  /** Whether what an address sends comes through a proxy that is believed. */
  public boolean trusts(InetSocketAddress peer) {
    if (!networks.isEmpty() && !peer.isUnresolved()) {
      for (IpSubnetFilterRule network : networks) {
        if (network.matches(peer)) {
          return true;
        }
      }
    }
    return false;
  }
}
