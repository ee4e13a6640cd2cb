package fr.pivot.publishing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON as people like to read it: two spaces, members in the order given. */
final class PrettyJson {

  private PrettyJson() {}

  /** A value made of maps, collections, texts, numbers and nulls. */
  static String of(Object value) {
    StringBuilder out = new StringBuilder();
    write(value, "", out);
    return out.toString();
  }

  private static void write(@Nullable Object value, String indent, StringBuilder out) {
    switch (value) {
      case null -> out.append("null");
      case String text -> quote(text, out);
      case Map<?, ?> map -> {
        List<Runnable> members = new ArrayList<>();
        map.forEach(
            (name, member) ->
                members.add(
                    () -> {
                      quote(String.valueOf(name), out);
                      out.append(": ");
                      write(member, indent + "  ", out);
                    }));
        list('{', members, '}', indent, out);
      }
      case Collection<?> items ->
          list(
              '[',
              items.stream().<Runnable>map(i -> () -> write(i, indent + "  ", out)).toList(),
              ']',
              indent,
              out);
      default -> out.append(value);
    }
  }

  private static void list(
      char open, List<Runnable> members, char close, String indent, StringBuilder out) {
    out.append(open);
    String separator = "\n";
    for (Runnable member : members) {
      out.append(separator).append(indent).append("  ");
      member.run();
      separator = ",\n";
    }
    if (!members.isEmpty()) {
      out.append('\n').append(indent);
    }
    out.append(close);
  }

  private static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        default -> {
          if (c < ' ') {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
