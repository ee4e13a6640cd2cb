package fr.pivot.http.client;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * Who asks, as far as limits and logs go: an address of IPv4, or a network of 64 bits of IPv6,
 * which is what one household or one machine is given there.
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

  /**
   * Where it is, as near as logs may know: the first 24 bits of an address of IPv4, as {@code
   * 192.0.2.0}, the first 48 of one of IPv6, as {@code 2001:db8:1::}.
   */
  public String shortened() {
    // This machine is ::1, where it has no address of IPv4.
    if (network >>> 32 == 0 && network != 0) {
      return (network >>> 24) + "." + (network >>> 16 & 255) + "." + (network >>> 8 & 255) + ".0";
    }
    return Long.toHexString(network >>> 48)
        + ':'
        + Long.toHexString(network >>> 32 & 0xffff)
        + ':'
        + Long.toHexString(network >>> 16 & 0xffff)
        + "::";
  }
}
