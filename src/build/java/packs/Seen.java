package packs;

import java.util.Map;

/** What a source says of a code, dates apart. */
record Seen(
    String level, String label, Map<String, String> labels, Map<String, String> attributes) {

  static Seen of(String level, String label) {
    return new Seen(level, label, Map.of(), Map.of());
  }

  static Seen of(String level, String label, Map<String, String> attributes) {
    return new Seen(level, label, Map.of(), attributes);
  }
}
