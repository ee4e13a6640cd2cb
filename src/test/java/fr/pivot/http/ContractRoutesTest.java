package fr.pivot.http;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.PivotTest;
import io.micronaut.context.ApplicationContext;
import io.micronaut.web.router.Router;
import io.micronaut.web.router.UriRouteInfo;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the server answers is what the contract says it does, no more and no less. */
@PivotTest
class ContractRoutesTest {

  private final Router router;
  private final Contract contract;
  private final ContractClient client;

  ContractRoutesTest(ApplicationContext context, ContractClient client) {
    this.client = client;
    this.router = context.getBean(Router.class);
    this.contract = context.getBean(Contract.class);
  }

  private record Answered(String operation, String by) {}

  @Test
  void every_operation_is_answered_by_one_method_and_every_route_is_an_operation() {
    List<String> operations =
        contract.listSubjects().stream()
            .flatMap(subject -> subject.operations().stream())
            .map(operation -> operation.method() + ' ' + operation.path())
            .sorted()
            .toList();
    List<String> routes =
        router
            .uriRoutes()
            .map(route -> new Answered(operation(route), method(route)))
            // Micronaut has management routes of its own, and answers HEAD by what answers GET.
            .filter(route -> route.by().startsWith("fr.pivot."))
            .distinct()
            .map(Answered::operation)
            .filter(operation -> !operation.startsWith("HEAD "))
            .sorted()
            .toList();
    assertThat(routes).isEqualTo(operations);
  }

  @Test
  void nobody_is_named_for_vulnerabilities_where_nobody_is_configured() {
    HttpResponse<String> answer = client.get("/.well-known/security.txt");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.body()).contains("\"type\":\"/problems/not-found\"");
  }

  private static String method(UriRouteInfo<?, ?> route) {
    return route.getTargetMethod().getDeclaringType().getName()
        + '#'
        + route.getTargetMethod().getMethodName();
  }

  /** The operation of a route; what a variable may hold is written in the route alone. */
  private static String operation(UriRouteInfo<?, ?> route) {
    String path = route.getUriMatchTemplate().toString();
    return route.getHttpMethodName()
        + ' '
        + path.replaceAll("\\{(\\w+):(\\[[^]]*]|[^{}\\[])*}", "{$1}").replaceAll("\\+}", "}");
  }
}
