package fr.pivot.http.access;

import io.micronaut.web.router.Router;
import io.micronaut.web.router.UriRouteInfo;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The routes of this server, by what is asked: {@code /v1/referentials/{ref}/codes/{code}} for
 * every code there is. What is written of requests names these and no addresses, so that it grows
 * with the contract and not with what people ask, and repeats nothing of that.
 */
@Singleton
final class Routes {

  private final Node root = new Node("");

  /** A segment, and those that may follow it. */
  private static final class Node {
    final String segment;
    final Map<String, Node> next = new LinkedHashMap<>();
    Node[] fixed = {};
    @Nullable Node variable;
    @Nullable Route route;

    Node(String segment) {
      this.segment = segment;
    }
  }

  Routes(Router router) {
    router
        .uriRoutes()
        .filter(route -> route.getTargetMethod().getDeclaringType().getName().startsWith("fr."))
        .map(Routes::template)
        .distinct()
        .forEach(this::add);
  }

  /** The path of a route; what a variable may hold is left out. */
  private static String template(UriRouteInfo<?, ?> route) {
    return route
        .getUriMatchTemplate()
        .toString()
        .replaceAll("\\{(\\w+):(\\[[^]]*]|[^{}\\[])*}", "{$1}")
        .replaceAll("\\+}", "}")
        .replaceAll("\\{\\?[^}]*}", "");
  }

  private void add(String template) {
    Node at = root;
    for (String segment : template.substring(1).split("/", -1)) {
      if (segment.startsWith("{")) {
        if (at.variable == null) {
          at.variable = new Node(segment);
        }
        at = at.variable;
      } else {
        at = at.next.computeIfAbsent(segment, Node::new);
      }
    }
    at.route = new Route(template);
    freeze(root);
  }

  private static void freeze(Node node) {
    node.fixed = node.next.values().toArray(Node[]::new);
    for (Node next : node.fixed) {
      freeze(next);
    }
    if (node.variable != null) {
      freeze(node.variable);
    }
  }

  /**
   * The route of an address; {@link Route#NONE} where there is none.
   *
   * @param address the path and the query, as they were sent
   */
  Route find(String address) {
    if (address.isEmpty() || address.charAt(0) != '/') {
      return Route.NONE;
    }
    int query = address.indexOf('?');
    Route found = find(root, address, 1, query < 0 ? address.length() : query);
    return found == null ? Route.NONE : found;
  }

  private static @Nullable Route find(Node node, String path, int begin, int end) {
    int slash = path.indexOf('/', begin);
    int stop = slash < 0 || slash > end ? end : slash;
    int length = stop - begin;
    for (Node next : node.fixed) {
      if (next.segment.length() == length && path.startsWith(next.segment, begin)) {
        Route found = stop == end ? next.route : find(next, path, stop + 1, end);
        if (found != null) {
          return found;
        }
      }
    }
    Node variable = node.variable;
    if (variable == null || length == 0) {
      return null;
    }
    return stop == end ? variable.route : find(variable, path, stop + 1, end);
  }
}
