package fr.pivot.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.lookup.Fields.Selection;
import fr.pivot.registry.CodeAnswer;
import fr.pivot.registry.CodeAnswer.Found;
import fr.pivot.registry.CodeView;
import fr.pivot.registry.Point;
import fr.pivot.registry.Points;
import fr.pivot.registry.Registry;
import fr.pivot.registry.RegistryCaches;
import fr.pivot.registry.memory.ReadRegistry;
import fr.pivot.text.JsonWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What was written of a code is written again for the same question alone. */
class WrittenCodesTest {

  private static final List<String> REFERENCES =
      List.of(
          "communes",
          "communes@2019-01-01",
          "communes@2016-01-01",
          "communes@2020-06-01",
          "epci@2019",
          "epci@2024",
          "departements",
          "departements@2026",
          "regions",
          "regions@2026",
          "naf@rev2");

  private static final List<String> CODES =
      List.of("01033", "01091", "21213", "200042935", "200066793", "01", "2A", "62.01Z", "A");

  @Test
  void codes_are_written_as_they_are_without_what_is_kept() throws IOException {
    Registry registry = ReadRegistry.shipped();
    CodeWriter plain = new CodeWriter(Selection.ALL);
    CodeWriter keeping = new CodeWriter(Selection.ALL, new WrittenCodes(new RegistryCaches()));
    List<CodeView> views = new ArrayList<>();
    for (String reference : REFERENCES) {
      Point point = Points.find(registry, Points.reference(reference), LocalDate.of(2026, 11, 30));
      for (String code : CODES) {
        if (CodeAnswer.find(point, code) instanceof Found found) {
          views.add(new CodeView(point, found));
        }
      }
    }
    assertThat(views).hasSizeGreaterThan(12);
    for (int round = 0; round < 2; round++) {
      for (CodeView view : views) {
        assertThat(write(keeping, view)).isEqualTo(write(plain, view));
      }
    }
  }

  private static String write(CodeWriter writer, CodeView view) {
    JsonWriter json = new JsonWriter().beginObject().member("input", view.code());
    writer.writeMembers(json, view);
    return new String(json.endObject().take(), StandardCharsets.UTF_8);
  }
}
