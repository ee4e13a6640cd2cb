package fr.pivot.formats.pack;

import fr.pivot.text.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object that is read member by member, where what is missing or of the wrong type is
 * collected with its path instead of thrown, so that all of it is said at once. A value asked for
 * and not there reads as empty: the caller looks at {@link #problems()} before it trusts any.
 */
final class JsonFields {

  /** Something wrong with a member. */
  record Problem(String path, String message) {
    @Override
    public String toString() {
      return path + ": " + message;
    }
  }

  private final String path;
  private final Map<?, ?> members;
  private final List<Problem> problems;

  private JsonFields(String path, Map<?, ?> members, List<Problem> problems) {
    this.path = path;
    this.members = members;
    this.problems = problems;
  }

  /**
   * Reads an object.
   *
   * @throws IOException when the stream holds no JSON object
   */
  static JsonFields read(InputStream in) throws IOException {
    try {
      if (StrictJson.read(new String(in.readAllBytes(), StandardCharsets.UTF_8))
          instanceof Map<?, ?> members) {
        return new JsonFields("", members, new ArrayList<>());
      }
    } catch (StrictJson.Malformed e) {
      throw new IOException("no JSON object: line " + e.line() + ", column " + e.column(), e);
    }
    throw new IOException("no JSON object");
  }

  /** What was wrong with all that was asked for so far, from this object or from those in it. */
  List<Problem> problems() {
    return problems;
  }

  void problem(String name, String message) {
    problems.add(new Problem(path + name, message));
  }

  boolean has(String name) {
    return members.get(name) != null;
  }

  /** The names of its members, sorted. */
  List<String> names() {
    return members.keySet().stream().map(String::valueOf).sorted().toList();
  }

  String text(String name) {
    String value = optionalText(name);
    if (value == null) {
      if (!has(name)) {
        problem(name, "missing");
      }
      return "";
    }
    return value;
  }

  @Nullable String optionalText(String name) {
    Object value = members.get(name);
    if (value == null) {
      return null;
    }
    if (value instanceof String text && !text.isBlank()) {
      return text;
    }
    problem(name, "must be a text that is not empty");
    return null;
  }

  long number(String name) {
    if (members.get(name) instanceof Number number) {
      return number.longValue();
    }
    problem(name, has(name) ? "must be a number" : "missing");
    return 0;
  }

  boolean flag(String name) {
    Object value = members.get(name);
    if (value != null && !(value instanceof Boolean)) {
      problem(name, "must be true or false");
    }
    return Boolean.TRUE.equals(value);
  }

  @Nullable LocalDate optionalDate(String name) {
    String text = optionalText(name);
    if (text == null) {
      return null;
    }
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      problem(name, "must be a date, YYYY-MM-DD");
      return null;
    }
  }

  LocalDate date(String name) {
    if (!has(name)) {
      problem(name, "missing");
    }
    return Objects.requireNonNullElse(optionalDate(name), LocalDate.EPOCH);
  }

  JsonFields object(String name) {
    Object value = members.get(name);
    if (value instanceof Map<?, ?> map) {
      return new JsonFields(path + name + ".", map, problems);
    }
    problem(name, value == null ? "missing" : "must be an object");
    return new JsonFields(path + name + ".", Map.of(), new ArrayList<>());
  }

  /** The objects of an array; none where the array is missing. */
  List<JsonFields> objects(String name) {
    List<JsonFields> objects = new ArrayList<>();
    List<?> items = array(name);
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i) instanceof Map<?, ?> map) {
        objects.add(new JsonFields(path + name + "[" + i + "].", map, problems));
      } else {
        problem(name + "[" + i + "]", "must be an object");
      }
    }
    return objects;
  }

  /** The texts of an array; none where the array is missing. */
  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    List<?> items = array(name);
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i) instanceof String text && !text.isBlank()) {
        texts.add(text);
      } else {
        problem(name + "[" + i + "]", "must be a text that is not empty");
      }
    }
    return texts;
  }

  /** The days of an array; none where the array is missing. */
  List<LocalDate> dates(String name) {
    List<LocalDate> dates = new ArrayList<>();
    for (String text : texts(name)) {
      try {
        dates.add(LocalDate.parse(text));
      } catch (DateTimeParseException e) {
        problem(name, "must be dates, YYYY-MM-DD");
      }
    }
    return dates;
  }

  private List<?> array(String name) {
    Object value = members.get(name);
    if (value instanceof List<?> list) {
      return list;
    }
    if (value != null) {
      problem(name, "must be an array");
    }
    return List.of();
  }
}
