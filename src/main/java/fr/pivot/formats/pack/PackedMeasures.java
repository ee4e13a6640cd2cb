package fr.pivot.formats.pack;

import fr.pivot.finding.Rule;
import fr.pivot.referential.Measure;
import fr.pivot.referential.ReleaseRows;
import java.util.List;

/** Reads figures of codes. */
final class PackedMeasures extends StatedRows {

  PackedMeasures(PackedResource resource) {
    super(resource, List.of("code", "name", "value"));
  }

  @Override
  void take(ReleaseRows rows) {
    String code = text("code");
    String name = text("name");
    String value = text("value");
    if (!sound()) {
      return;
    }
    try {
      Measure measure = new Measure(code, name, Long.parseLong(value));
      rows.measure(measure);
    } catch (NumberFormatException e) {
      fail(Rule.MALFORMED_NUMBER, "value", value);
    }
  }
}
