package fr.pivot.formats.pack;

import fr.pivot.referential.ConceptState;
import fr.pivot.referential.ReleaseRows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the states of codes. */
final class PackedConcepts extends StatedRows {

  private final Map<String, String> roles;
  private final List<String> attributes = new ArrayList<>();
  private final List<String> languages = new ArrayList<>();

  PackedConcepts(PackedResource resource) {
    super(resource, List.of("code", "from", "to", "level", "label"));
    roles = resource.roles();
  }

  @Override
  void header(Set<String> names) {
    for (String name : names) {
      if ("attribute".equals(roles.get(name))) {
        attributes.add(name);
      } else if (name.startsWith("label_")) {
        languages.add(name.substring("label_".length()));
      }
    }
  }

  @Override
  void take(ReleaseRows rows) {
    Map<String, String> labels = new HashMap<>();
    for (String language : languages) {
      String label = optional("label_" + language);
      if (label != null) {
        labels.put(language, label);
      }
    }
    Map<String, String> values = new HashMap<>();
    for (String attribute : attributes) {
      String value = optional(attribute);
      if (value != null) {
        values.put(attribute, value);
      }
    }
    ConceptState state =
        new ConceptState(
            text("code"),
            validity(),
            text("level"),
            text("label"),
            labels,
            values,
            flag("derived"));
    if (sound()) {
      rows.concept(state);
    }
  }
}
