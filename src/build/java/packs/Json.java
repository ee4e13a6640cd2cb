package packs;

import io.micronaut.core.type.Argument;
import io.micronaut.serde.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An object of a source's JSON file, with the few kinds of members that the sources have. */
record Json(Map<String, Object> members) {

  private static final Argument<Map<String, Object>> OBJECT =
      Argument.mapOf(String.class, Object.class);

  /** The objects of a file that holds an array. */
  static List<Json> array(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return ObjectMapper.getDefault().readValue(in, Argument.listOf(OBJECT)).stream()
          .map(Json::new)
          .toList();
    }
  }

  /** The objects of a file that holds an object with a single array. */
  static List<Json> arrayIn(Path file, String name) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new Json(ObjectMapper.getDefault().readValue(in, OBJECT)).objects(name);
    }
  }

  boolean has(String name) {
    return members.get(name) != null;
  }

  String text(String name) {
    return String.valueOf(members.get(name));
  }

  @Nullable String optional(String name) {
    Object value = members.get(name);
    return value == null || value.toString().isBlank() ? null : value.toString();
  }

  long number(String name) {
    return ((Number) members.get(name)).longValue();
  }

  @SuppressWarnings("unchecked")
  List<Json> objects(String name) {
    return ((List<Map<String, Object>>) members.getOrDefault(name, List.of()))
        .stream().map(Json::new).toList();
  }

  @SuppressWarnings("unchecked")
  List<String> texts(String name) {
    return (List<String>) members.getOrDefault(name, List.of());
  }
}
