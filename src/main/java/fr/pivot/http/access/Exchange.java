package fr.pivot.http.access;

import org.jspecify.annotations.Nullable;

/** A request and what became of it. Of one connection, and so of one thread. */
public final class Exchange {

  private final String id;
  private final String method;
  private final Route route;
  private final String client;
  private final long begin = System.nanoTime();
  private int status;
  private long bytes;
  private long nanos;
  private boolean whole;

  Exchange(String id, String method, Route route, String client) {
    this.id = id;
    this.method = method;
    this.route = route;
    this.client = client;
  }

  void begins(int answered) {
    status = answered;
  }

  void adds(long more) {
    bytes += more;
  }

  void ends(boolean toItsEnd) {
    nanos = System.nanoTime() - begin;
    whole = toItsEnd;
  }

  /** What the request is known by. */
  public String id() {
    return id;
  }

  /** {@code GET}; {@code OTHER} where HTTP has no such method. */
  public String method() {
    return method;
  }

  /** The path of the contract that was asked. */
  public Route route() {
    return route;
  }

  /** The network of the client: an IPv4 address without its last figure, 48 bits of an IPv6 one. */
  public String client() {
    return client;
  }

  /** The status of the answer; 0 where the client left before there was one. */
  public int status() {
    return status;
  }

  /** How long the body of the answer was. */
  public long bytes() {
    return bytes;
  }

  /** How long it took, from the head of the request to the end of the answer. */
  public long nanos() {
    return nanos;
  }

  /** Whether the answer was given to its end; not so where the client left. */
  public boolean isWhole() {
    return whole;
  }

  /** What hears of every exchange at its end, on the thread of the connection: it must be quick. */
  @FunctionalInterface
  public interface Follower {

    /** Hears of an exchange that has ended. */
    void ended(Exchange exchange);
  }

  /** Tells a follower, where there is one. */
  static void tell(@Nullable Follower follower, Exchange exchange) {
    if (follower != null) {
      follower.ended(exchange);
    }
  }
}
