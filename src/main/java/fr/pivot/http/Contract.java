package fr.pivot.http;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The OpenAPI document that this server was built from: the only list of what it takes. */
@Singleton
public final class Contract {

  /** The tag of what is for people. */
  private static final String PAGES = "pages";

  /** Says for how many questions an operation counts, where that is not one. */
  private static final String COST = "x-cost";

  private final byte[] bytes;
  private @Nullable List<Operation> operations;
  private @Nullable List<Subject> subjects;

  /**
   * What the contract says of a subject, in English.
   *
   * @param name the tag of its operations
   * @param description the subject in a sentence
   */
  public record Subject(String name, String description, List<Summary> operations) {}

  /**
   * An operation in a line.
   *
   * @param id what names it within the contract
   * @param path with its variables in braces
   */
  public record Summary(String id, String method, String path, String summary) {}

  /**
   * An operation.
   *
   * @param path the segments of its path; null for a variable
   * @param page whether it is for people, as its tag says
   * @param cost for how many questions it counts
   */
  private record Operation(
      String method,
      List<@Nullable String> path,
      List<String> queryParameters,
      boolean page,
      int cost) {

    boolean answers(String askedMethod, String[] segments) {
      if (!method.equals(askedMethod) || segments.length != path.size()) {
        return false;
      }
      for (int i = 0; i < segments.length; i++) {
        String fixed = path.get(i);
        if (fixed != null && !fixed.equals(segments[i])) {
          return false;
        }
      }
      return true;
    }
  }

  /** Reads the contract that is packed with the application. */
  Contract() {
    try (InputStream in = Contract.class.getResourceAsStream("/META-INF/api/openapi.yaml")) {
      if (in == null) {
        throw new IllegalStateException("META-INF/api/openapi.yaml is not on the class path");
      }
      bytes = in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The operations. Read when first asked for: commands ask for none. */
  private synchronized List<Operation> operations() {
    List<Operation> known = operations;
    if (known == null) {
      known = readOperations(document());
      operations = known;
    }
    return known;
  }

  private Map<String, Object> document() {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(50_000_000);
    return new Yaml(new SafeConstructor(options)).load(new String(bytes, StandardCharsets.UTF_8));
  }

  /** What there is, by subject, in the order of the contract. */
  public synchronized List<Subject> listSubjects() {
    List<Subject> known = subjects;
    if (known == null) {
      known = readSubjects(document());
      subjects = known;
    }
    return known;
  }

  private static List<Subject> readSubjects(Map<String, Object> document) {
    Map<String, List<Summary>> byTag = new LinkedHashMap<>();
    map(document, "paths")
        .forEach(
            (path, item) ->
                asMap(item)
                    .forEach(
                        (method, value) -> {
                          Map<String, Object> operation = asMap(value);
                          if (operation.get("tags") instanceof List<?> tags) {
                            byTag
                                .computeIfAbsent(
                                    String.valueOf(tags.getFirst()), _ -> new ArrayList<>())
                                .add(
                                    new Summary(
                                        String.valueOf(operation.get("operationId")),
                                        method.toUpperCase(Locale.ROOT),
                                        path,
                                        String.valueOf(operation.get("summary"))));
                          }
                        }));
    List<Subject> subjects = new ArrayList<>();
    if (document.get("tags") instanceof List<?> tags) {
      for (Object tag : tags) {
        String name = String.valueOf(asMap(tag).get("name"));
        subjects.add(
            new Subject(
                name,
                String.valueOf(asMap(tag).get("description")),
                List.copyOf(byTag.getOrDefault(name, List.of()))));
      }
    }
    return List.copyOf(subjects);
  }

  private static List<Operation> readOperations(Map<String, Object> document) {
    List<Operation> operations = new ArrayList<>();
    map(document, "paths")
        .forEach(
            (path, item) -> {
              List<String> shared = queryParameters(document, asMap(item));
              asMap(item)
                  .forEach(
                      (method, operation) -> {
                        if (operation instanceof Map<?, ?> o && o.containsKey("responses")) {
                          List<String> names = new ArrayList<>(shared);
                          names.addAll(queryParameters(document, asMap(operation)));
                          operations.add(
                              new Operation(
                                  method.toUpperCase(Locale.ROOT),
                                  segments(path),
                                  List.copyOf(names),
                                  o.get("tags") instanceof List<?> tags && tags.contains(PAGES),
                                  o.get(COST) instanceof Integer cost ? cost : 1));
                        }
                      });
            });
    return List.copyOf(operations);
  }

  private static List<String> queryParameters(
      Map<String, Object> document, Map<String, Object> holder) {
    List<String> names = new ArrayList<>();
    if (holder.get("parameters") instanceof List<?> list) {
      for (Object entry : list) {
        Map<String, Object> parameter = asMap(entry);
        if (parameter.get("$ref") instanceof String ref) {
          String name = ref.substring(ref.lastIndexOf('/') + 1);
          parameter = asMap(map(map(document, "components"), "parameters").get(name));
        }
        if ("query".equals(parameter.get("in"))) {
          names.add(String.valueOf(parameter.get("name")));
        }
      }
    }
    return names;
  }

  private static Map<String, Object> map(Map<String, Object> holder, String name) {
    return asMap(holder.get(name));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> asMap(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }

  private static List<@Nullable String> segments(String path) {
    List<@Nullable String> segments = new ArrayList<>();
    for (String segment : path.split("/", -1)) {
      segments.add(segment.startsWith("{") ? null : segment);
    }
    return segments;
  }

  /** The document, as it is written. */
  byte[] bytes() {
    return bytes.clone();
  }

  /**
   * The names of the query parameters of the operation at an address, or null where the contract
   * has none there.
   *
   * @param method {@code GET}
   * @param path {@code /v1/referentials/communes}
   */
  public @Nullable List<String> queryParameters(String method, String path) {
    Operation operation = find(method, path);
    return operation == null ? null : operation.queryParameters();
  }

  /** Whether the operation at an address is for people: links to it get parameters of others. */
  boolean isPage(String method, String path) {
    Operation operation = find(method, path);
    return operation != null && operation.page();
  }

  /** For how many questions a request of an address counts. */
  int cost(String method, String path) {
    Operation operation = find(method, path);
    return operation == null ? 1 : operation.cost();
  }

  private @Nullable Operation find(String method, String path) {
    String[] segments = path.split("/", -1);
    for (Operation operation : operations()) {
      if (operation.answers(method, segments)) {
        return operation;
      }
    }
    return null;
  }
}
