package fr.pivot.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON of strangers, small enough to be held: objects as maps in their order, arrays as
 * lists, texts, {@link Long}, {@link Double}, {@link Boolean}, null. It is nested twenty deep at
 * most, its texts have 100,000 characters at most, and no object says the same member twice.
 */
public final class StrictJson {

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(20)
                  .maxStringLength(100_000)
                  .maxNameLength(1_000)
                  .maxNumberLength(100)
                  .build())
          .build();

  /** A text that is no such JSON. */
  public static final class Malformed extends Exception {

    private final int line;
    private final int column;

    private Malformed(JsonParser parser) {
      super("no JSON within limits", null, false, false);
      this.line = parser.currentLocation().getLineNr();
      this.column = parser.currentLocation().getColumnNr();
    }

    /** The line where it ceases to be, from 1 on. */
    public int line() {
      return line;
    }

    /** The character of the line, from 1 on. */
    public int column() {
      return column;
    }
  }

  private final JsonParser parser;

  private StrictJson(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * Reads one value.
   *
   * @throws Malformed where the text is not one value within the limits
   */
  public static @Nullable Object read(String text) throws Malformed {
    try (JsonParser parser = FACTORY.createParser(text)) {
      try {
        parser.nextToken();
        Object value = new StrictJson(parser).value();
        if (parser.nextToken() != null) {
          throw new Malformed(parser);
        }
        return value;
      } catch (JsonProcessingException _) {
        throw new Malformed(parser);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private @Nullable Object value() throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String name = parser.currentName();
          parser.nextToken();
          members.put(name, value());
        }
        yield members;
      }
      case START_ARRAY -> {
        List<@Nullable Object> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          items.add(value());
        }
        yield items;
      }
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT ->
          switch (parser.getNumberType()) {
            case INT, LONG -> (Object) parser.getLongValue();
            default -> (Object) parser.getDoubleValue();
          };
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case null, default -> throw new JsonParseException(parser, "ends");
    };
  }
}
