package fr.pivot.reconciliation.file;

import fr.pivot.catalog.Reference;
import fr.pivot.lookup.NamesOfCodes.Named;
import fr.pivot.reconciliation.Descriptions;
import fr.pivot.reconciliation.Scope;
import fr.pivot.referential.Language;
import fr.pivot.registry.CodeAnswer;
import fr.pivot.registry.CodeAnswer.Found;
import fr.pivot.registry.CodeView;
import fr.pivot.registry.Point;
import fr.pivot.search.Hit;
import fr.pivot.table.ColumnValues;
import fr.pivot.text.JsonWriter;
import fr.pivot.text.bytes.DelimitedBytes;
import java.io.IOException;

/** The different names of a column with the codes that they may mean. */
final class ReconciledValues extends ColumnValues {

  /** How many candidates of a name are told. */
  private static final int MOST_CANDIDATES = 6;

  private final Reconciler reconciler;
  private final Scope scope;
  private final Language language;

  /**
   * Reads the names of a file that was opened, and whose header was read, to its end.
   *
   * @param columns the rank of the column that holds names, then those of what else is known
   */
  ReconciledValues(
      String name, Reconciler reconciler, DelimitedBytes file, int[] columns, Language language)
      throws IOException {
    super(name, file, columns, Outcome.ids(), language);
    this.reconciler = reconciler;
    Point point = reconciler.point();
    this.scope = new Scope(new Reference(point.referential().id(), null, null), point);
    this.language = language;
  }

  @Override
  protected void describe(JsonWriter json) {
    Point point = reconciler.point();
    json.name("to")
        .beginObject()
        .member("referential", point.referential().id())
        .member("release", point.release().edition())
        .member("date", point.date())
        .endObject();
  }

  @Override
  protected boolean isPublic(Value value) {
    Outcome outcome = reconciler.reconcile(value.values(), 1).outcome();
    return outcome == Outcome.MATCHED || outcome == Outcome.CHOSEN;
  }

  @Override
  protected boolean mayBePublic(Value value) {
    return reconciler.reconcile(value.values(), 1).outcome() == Outcome.TO_REVIEW;
  }

  @Override
  protected Answered answer(Value value, JsonWriter json) {
    Reconciler.Decided decided = reconciler.reconcile(value.values(), MOST_CANDIDATES);
    json.member("status", decided.outcome().id());
    json.name("candidates").beginArray();
    if (decided.chosen() != null) {
      for (String code : decided.chosen()) {
        json.beginObject().member("code", code).member("label", reconciler.label(code)).endObject();
      }
    }
    decided.hits().forEach(hit -> write(json, hit));
    json.endArray();
    return new Answered(json, decided.outcome().ordinal());
  }

  private void write(JsonWriter json, Hit hit) {
    json.beginObject()
        .member("code", hit.code())
        .member("label", hit.label())
        .name("score")
        .decimal(Named.decimal(hit.score()))
        .member("match", hit.certain());
    if (CodeAnswer.find(scope.point(), hit.code()) instanceof Found found) {
      json.member(
          "description", Descriptions.of(new CodeView(scope.point(), found), hit, language));
    }
    json.endObject();
  }
}
