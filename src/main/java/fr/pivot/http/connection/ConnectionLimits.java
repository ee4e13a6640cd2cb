package fr.pivot.http.connection;

import io.micronaut.context.annotation.Value;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * How many connections there are, and how long each may keep what it holds.
 *
 * @param most how many there are at a time
 * @param ofClient how many of one client; 0 for any number
 * @param head how long the head of a request may take to come
 * @param grace how long a body, or who reads an answer, may keep the server waiting
 * @param pace how many bytes give a second of it back
 * @param idle how long a connection is kept of which nothing is asked
 */
@Singleton
public record ConnectionLimits(
    int most, int ofClient, Duration head, Duration grace, int pace, Duration idle) {

  /** Limits connections by what is configured. */
  @Inject
  public ConnectionLimits(
      @Value("${pivot.limits.connections:2000}") int most,
      @Value("${pivot.limits.client.connections:100}") int ofClient,
      @Value("${pivot.limits.connection.head:10s}") Duration head,
      @Value("${pivot.limits.connection.grace:30s}") Duration grace,
      @Value("${pivot.limits.connection.bytes-per-second:1024}") int pace,
      @Value("${pivot.limits.connection.idle:60s}") Duration idle) {
    this.most = most;
    this.ofClient = ofClient;
    this.head = head;
    this.grace = grace;
    this.pace = pace;
    this.idle = idle;
  }
}
