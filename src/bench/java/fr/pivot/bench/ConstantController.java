package fr.pivot.bench;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import java.nio.charset.StandardCharsets;

/**
 * The yardstick of lookups: an answer that is always the same, of the size of an average lookup.
 * The benchmark alone has it on its class path; nothing else ever serves it.
 */
@Controller("/bench")
@Requires(property = "pivot.bench.bytes")
final class ConstantController {

  private final byte[] body =
      ("{\"constant\":\"" + "x".repeat(Integer.getInteger("pivot.bench.bytes") - 15) + "\"}")
          .getBytes(StandardCharsets.US_ASCII);

  /** The constant. */
  @Get("/constant")
  @Produces(MediaType.ALL)
  HttpResponse<byte[]> constant() {
    return HttpResponse.ok(body).contentType(MediaType.APPLICATION_JSON_TYPE);
  }
}
