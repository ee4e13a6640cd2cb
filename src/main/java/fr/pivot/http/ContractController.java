package fr.pivot.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;

/** Serves the contract, as it is written. */
@Controller
final class ContractController {

  private static final MediaType YAML = MediaType.of("application/yaml;charset=utf-8");

  private final Contract contract;

  ContractController(Contract contract) {
    this.contract = contract;
  }

  /** The OpenAPI document. */
  @Get("/openapi.yaml")
  @Produces(MediaType.ALL)
  HttpResponse<byte[]> contract(HttpRequest<?> request) {
    return Answers.of(request, contract.bytes(), YAML, Freshness.floating(null));
  }
}
