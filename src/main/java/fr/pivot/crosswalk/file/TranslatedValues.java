package fr.pivot.crosswalk.file;

import fr.pivot.crosswalk.Status;
import fr.pivot.crosswalk.Translation;
import fr.pivot.crosswalk.TranslationWriter;
import fr.pivot.referential.Language;
import fr.pivot.table.ColumnValues;
import fr.pivot.text.JsonWriter;
import fr.pivot.text.bytes.DelimitedBytes;
import java.io.IOException;
import java.util.List;

/** The different codes of a column with their translations. */
final class TranslatedValues extends ColumnValues {

  private final Translator translator;
  private final TranslationWriter writer;

  /**
   * Reads the codes of a file that was opened, and whose header was read, to its end.
   *
   * @param column the rank of the column that holds them
   */
  TranslatedValues(
      String name, Translator translator, DelimitedBytes file, int column, Language language)
      throws IOException {
    super(name, file, new int[] {column}, Translator.OUTCOMES, language);
    this.translator = translator;
    this.writer = new TranslationWriter(translator.crosswalk(), language);
  }

  @Override
  protected void describe(JsonWriter json) {
    writer.writePoints(json);
    writer.writeRoute(json, translator.crosswalk().route(), List.of());
  }

  @Override
  protected boolean isPublic(Value value) {
    Translator.Decided decided = translator.translate(value.values().getFirst());
    return decided.chosen() || decided.translation().status() != Status.UNKNOWN;
  }

  @Override
  protected boolean mayBePublic(Value value) {
    return false;
  }

  @Override
  protected Answered answer(Value value, JsonWriter json) {
    Translator.Decided decided = translator.translate(value.values().getFirst());
    json.member("chosen", decided.chosen());
    Translation told = isTold(value) ? decided.translation() : Translation.unknown("");
    writer.write(json.name("translation"), null, told);
    return new Answered(json, decided.outcome());
  }
}
