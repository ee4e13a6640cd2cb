package fr.pivot.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import fr.pivot.finding.ProblemException;
import fr.pivot.finding.ProblemType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON that is small enough to be held: objects as maps in their order, arrays as lists,
 * texts, {@link Long}, {@link Double}, {@link Boolean}, null.
 */
public final class JsonTree {

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

  private final JsonParser parser;

  private JsonTree(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * Reads one value.
   *
   * @param parameter where it stands, for what is said of it: a parameter, or {@code body}
   * @throws ProblemException where it is no JSON, with the line and the column
   */
  public static @Nullable Object read(String text, String parameter) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      try {
        JsonTree tree = new JsonTree(parser);
        parser.nextToken();
        Object value = tree.value();
        if (parser.nextToken() != null) {
          throw malformed(parser, parameter);
        }
        return value;
      } catch (JsonProcessingException _) {
        throw malformed(parser, parameter);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ProblemException malformed(JsonParser parser, String parameter) {
    return ProblemType.MALFORMED_REQUEST
        .with("parameter", parameter)
        .with("line", parser.currentLocation().getLineNr())
        .with("column", parser.currentLocation().getColumnNr())
        .exception();
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
      case null, default -> throw new com.fasterxml.jackson.core.JsonParseException(parser, "ends");
    };
  }
}
