package fr.pivot.http.client;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * Who asks, as far as limits go: an address of IPv4, or a network of 64 bits of IPv6, which is what
 * one household or one machine is given there.
 *
 * @param network the address of IPv4, or the first half of that of IPv6
 * @param isHere whether it is this machine itself
 */
public record Client(long network, boolean isHere) {

  /** Whose address it is. An address of IPv4 that is written as one of IPv6 is the same. */
  public static Client of(InetAddress address) {
    byte[] bytes = address.getAddress();
    // No network of IPv6 that packets come from begins with 32 zeros, as those of IPv4 do here.
    long network =
        bytes.length == 4
            ? Integer.toUnsignedLong(ByteBuffer.wrap(bytes).getInt())
            : ByteBuffer.wrap(bytes).getLong();
    return new Client(network, address.isLoopbackAddress());
  }
}
