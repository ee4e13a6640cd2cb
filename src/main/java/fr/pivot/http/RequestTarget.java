package fr.pivot.http;

import fr.pivot.finding.ProblemType;
import fr.pivot.referential.Text;
import io.micronaut.http.HttpRequest;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The address that a request was sent to, taken apart strictly: percent-encoding and UTF-8 are
 * right or refused, a plus sign in a path is a plus sign, a semicolon is no separator, a parameter
 * stands once. Micronaut's own binding is milder on all four.
 */
public final class RequestTarget {

  /** The longest value of a parameter. */
  public static final int LONGEST_VALUE = 2000;

  /** Parameters that hold JSON. Their length is bounded by that of addresses. */
  private static final Set<String> JSON = Set.of("queries", "extend");

  /** The longest list of words. */
  private static final int LONGEST_LIST = 200;

  private static final Pattern CURSOR = Pattern.compile("[A-Za-z0-9_-]+");
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

  private final String path;
  private final @Nullable String query;
  private @Nullable Map<String, String> parameters;

  private RequestTarget(String path, @Nullable String query) {
    this.path = path;
    this.query = query;
  }

  /** The target of a request. */
  public static RequestTarget of(HttpRequest<?> request) {
    return new RequestTarget(request.getUri().getRawPath(), request.getUri().getRawQuery());
  }

  /** The path, as it was sent. */
  public String path() {
    return path;
  }

  /** The query without its question mark, as it was sent; null where there is none. */
  public @Nullable String query() {
    return query;
  }

  /** The path and the query, as they were sent. */
  public String address() {
    return query == null ? path : path + '?' + query;
  }

  /** A segment of the path, decoded; the first is 0. */
  public String segment(int index) {
    int start = 1;
    for (int i = 0; i < index; i++) {
      start = path.indexOf('/', start) + 1;
      if (start == 0) {
        throw new IllegalArgumentException("no segment " + index + " in " + path);
      }
    }
    int end = path.indexOf('/', start);
    return decode(path.substring(start, end < 0 ? path.length() : end), false);
  }

  /** The parameters of the query by name, in their order. */
  public Map<String, String> parameters() {
    Map<String, String> all = parameters;
    if (all == null) {
      all = query == null || query.isEmpty() ? Map.of() : parse(query);
      parameters = all;
    }
    return all;
  }

  private static Map<String, String> parse(String query) {
    Map<String, String> all = new LinkedHashMap<>();
    for (String part : query.split("&", -1)) {
      if (part.isEmpty()) {
        continue;
      }
      int equals = part.indexOf('=');
      String name = decode(equals < 0 ? part : part.substring(0, equals), true);
      String value = equals < 0 ? "" : decode(part.substring(equals + 1), true);
      if (all.putIfAbsent(name, value) != null) {
        throw ProblemType.DUPLICATE_PARAMETER
            .with("parameter", ProblemType.shorten(name))
            .exception();
      }
      if (!JSON.contains(name) && (value.length() > LONGEST_VALUE || hasControl(value))) {
        throw ProblemType.invalid(
            ProblemType.shorten(name),
            new Text(
                "au plus " + LONGEST_VALUE + " caractères, aucun caractère de contrôle",
                "at most " + LONGEST_VALUE + " characters, no control character"));
      }
    }
    return all;
  }

  /** The address with a parameter set to a value that needs no encoding, at the end. */
  public String with(String name, String value) {
    StringBuilder address = new StringBuilder(path).append('?');
    parameters()
        .forEach(
            (other, given) -> {
              if (!other.equals(name)) {
                address.append(other).append('=');
                address.append(URLEncoder.encode(given, StandardCharsets.UTF_8)).append('&');
              }
            });
    return address.append(name).append('=').append(value).toString();
  }

  /** The address with only the parameters of some names, as they were sent. */
  String keeping(List<String> names) {
    if (query == null) {
      return path;
    }
    List<String> kept = new ArrayList<>();
    boolean dropped = false;
    for (String part : query.split("&", -1)) {
      int equals = part.indexOf('=');
      String name = decode(equals < 0 ? part : part.substring(0, equals), true);
      if (names.contains(name)) {
        kept.add(part);
      } else {
        dropped |= !part.isEmpty();
      }
    }
    if (!dropped) {
      return address();
    }
    return kept.isEmpty() ? path : path + '?' + String.join("&", kept);
  }

  /**
   * The fields of a form ({@code application/x-www-form-urlencoded}), by the rules of the query of
   * an address.
   */
  public static Map<String, String> form(byte[] body) {
    return parse(new String(body, StandardCharsets.UTF_8));
  }

  private static boolean hasControl(String value) {
    return value.chars().anyMatch(c -> Character.isISOControl(c) && c != '\t');
  }

  private static String decode(String text, boolean form) {
    if (text.indexOf('%') < 0 && !(form && text.indexOf('+') >= 0) && isAscii(text)) {
      return text;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    byte[] source = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < source.length; i++) {
      int b = source[i];
      if (b == '%') {
        int high = i + 2 < source.length ? Character.digit(source[i + 1], 16) : -1;
        int low = i + 2 < source.length ? Character.digit(source[i + 2], 16) : -1;
        if (high < 0 || low < 0) {
          throw ProblemType.MALFORMED_REQUEST.problem().exception();
        }
        bytes.write(high << 4 | low);
        i += 2;
      } else {
        bytes.write(form && b == '+' ? ' ' : b);
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException _) {
      throw ProblemType.MALFORMED_REQUEST.problem().exception();
    }
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  /** A parameter's value; empty where it is not given. */
  public Optional<String> find(String name) {
    return Optional.ofNullable(parameters().get(name));
  }

  /** A parameter's value, which must be as the contract says. */
  public Optional<String> find(String name, Pattern pattern, int longest, Text expected) {
    Optional<String> value = find(name);
    value.ifPresent(
        v -> {
          if (v.isEmpty()
              || v.codePointCount(0, v.length()) > longest
              || !pattern.matcher(v).matches()) {
            throw ProblemType.invalid(name, expected);
          }
        });
    return value;
  }

  /** A parameter that is one of several words. */
  public Optional<String> findOneOf(String name, List<String> words) {
    return findOneOf(name, words, Function.identity());
  }

  /**
   * A parameter that names one of several things.
   *
   * @param all what it may name
   * @param word what each is called
   */
  public <T> Optional<T> findOneOf(String name, List<T> all, Function<T, String> word) {
    return find(name).map(written -> named(name, written, all, word));
  }

  /**
   * A parameter that names some of several things, with commas between them; in their order there.
   *
   * @param all what it may name
   * @param word what each is called
   */
  public <T> Optional<List<T>> findSomeOf(String name, List<T> all, Function<T, String> word) {
    return find(name)
        .map(
            list ->
                Arrays.stream((list.length() > LONGEST_LIST ? "" : list).split(",", -1))
                    .map(written -> named(name, written, all, word))
                    .toList());
  }

  private static <T> T named(String name, String written, List<T> all, Function<T, String> word) {
    for (T one : all) {
      if (word.apply(one).equals(written)) {
        return one;
      }
    }
    String known = all.stream().map(word).collect(Collectors.joining(", "));
    throw ProblemType.invalid(name, new Text(known, known));
  }

  /** A parameter that is true or false; false where it is not given. */
  public boolean isTrue(String name) {
    return isTrue(name, false);
  }

  /** A parameter that is true or false. */
  public boolean isTrue(String name, boolean otherwise) {
    return findOneOf(name, List.of(true, false), Object::toString).orElse(otherwise);
  }

  /**
   * The words of the cursor that a page before gave; empty where the first page is asked for.
   *
   * @param words how many it must hold
   */
  public Optional<List<String>> findCursor(int words) {
    return find("cursor", CURSOR, 1000, Cursor.expected()).map(c -> Cursor.read(c, words));
  }

  /** A parameter that is a date. */
  public Optional<LocalDate> findDate(String name) {
    return find(name)
        .map(
            v -> {
              try {
                if (DATE.matcher(v).matches()) {
                  return LocalDate.parse(v);
                }
              } catch (DateTimeException _) {
                // such as 2023-02-30; refused below
              }
              throw ProblemType.invalid(
                  name, new Text("une date, comme 2015-06-01", "a date, such as 2015-06-01"));
            });
  }

  /** A parameter that is a number from a range. */
  public int number(String name, int least, int most, int otherwise) {
    Optional<String> value = find(name);
    if (value.isEmpty()) {
      return otherwise;
    }
    try {
      int number = value.get().length() <= 10 ? Integer.parseInt(value.get()) : -1;
      if (number >= least && number <= most && value.get().charAt(0) != '+') {
        return number;
      }
    } catch (NumberFormatException _) {
      // refused below
    }
    throw ProblemType.invalid(
        name,
        new Text(
            "un nombre entier de " + least + " à " + most,
            "a whole number from " + least + " to " + most));
  }
}
