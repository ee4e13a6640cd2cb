package fr.pivot.http;

import fr.pivot.api.ServiceApi;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;

/** Serves the contract, as it is written. */
@Controller
final class ContractController implements ServiceApi {

  private static final MediaType YAML = MediaType.of("application/yaml;charset=utf-8");

  private final Contract contract;

  ContractController(Contract contract) {
    this.contract = contract;
  }

  /** The OpenAPI document. */
  @Override
  public HttpResponse<byte[]> contract(HttpRequest<?> request) {
    return Answers.of(request, contract.bytes(), YAML, Freshness.floating(null));
  }
}
