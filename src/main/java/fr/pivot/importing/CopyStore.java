package fr.pivot.importing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyManager;

/**
 * Rows on their way into one table by COPY (text format of the PostgreSQL manual, "COPY", "Text
 * Format"), sent a few megabytes at a time so that several tables can be filled in turn over one
 * connection.
 */
final class CopyStore {

  private static final int FLUSH = 1 << 20;

  private final String statement;
  private final CopyManager copy;
  private final StringBuilder text = new StringBuilder();
  private boolean atStart = true;

  CopyStore(CopyManager copy, String table, String columns) {
    this.copy = copy;
    this.statement = "copy " + table + " (" + columns + ") from stdin";
  }

  CopyStore field(@Nullable Object value) {
    if (!atStart) {
      text.append('\t');
    }
    atStart = false;
    if (value == null) {
      text.append("\\N");
    } else {
      escape(value.toString());
    }
    return this;
  }

  private void escape(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '\\' -> text.append("\\\\");
        case '\t' -> text.append("\\t");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        default -> text.append(c);
      }
    }
  }

  /** A JSON object of strings, its names in order; null where there are none. */
  CopyStore object(Map<String, String> values) {
    if (values.isEmpty()) {
      return field(null);
    }
    StringBuilder json = new StringBuilder("{");
    new TreeMap<>(values)
        .forEach(
            (name, value) -> {
              json.append(json.length() > 1 ? "," : "");
              quote(json, name);
              json.append(':');
              quote(json, value);
            });
    return field(json.append('}'));
  }

  private static void quote(StringBuilder json, String value) {
    json.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < 0x20) {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }

  void endRow() {
    text.append('\n');
    atStart = true;
    if (text.length() >= FLUSH) {
      flush();
    }
  }

  /** Sends what is left. */
  void flush() {
    if (text.isEmpty()) {
      return;
    }
    try {
      copy.copyIn(
          statement, new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (SQLException | IOException e) {
      throw new StagingException(e);
    }
    text.setLength(0);
  }
}
