package fr.pivot.lookup;

import fr.pivot.finding.Problem;
import fr.pivot.finding.ProblemType;
import fr.pivot.http.CsvTable;
import fr.pivot.http.MediaFormat;
import fr.pivot.http.problem.ProblemWriter;
import fr.pivot.lookup.BulkItems.Item;
import fr.pivot.referential.Language;
import fr.pivot.registry.AskedCodes.Outcome;
import fr.pivot.registry.AskedCodes.Tally;
import fr.pivot.registry.CodeAnswer;
import fr.pivot.registry.CodeAnswer.BeforeHorizon;
import fr.pivot.registry.CodeAnswer.Found;
import fr.pivot.registry.CodeAnswer.NotInForce;
import fr.pivot.registry.CodeAnswer.Unknown;
import fr.pivot.registry.CodeView;
import fr.pivot.registry.Point;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the codes of a request mean, as a stream. */
final class BulkAnswers extends BulkStream {

  private final Point point;
  private final Tally asked;
  private final Language language;
  private final CodeWriter writer;
  private Map<String, CodeAnswer> sought = Map.of();

  BulkAnswers(
      BulkBody source,
      BulkItems items,
      Point point,
      Fields.Selection selection,
      WrittenCodes written,
      MediaFormat format,
      CsvTable table,
      Language language,
      Tally asked) {
    super(source, items, format, table);
    this.point = point;
    this.asked = asked;
    this.language = language;
    this.writer = new CodeWriter(selection, written);
  }

  @Override
  protected List<String> columns() {
    List<String> columns = new ArrayList<>();
    columns.add("input");
    columns.addAll(writer.columns());
    columns.add("problem");
    return columns;
  }

  @Override
  protected void prepare(Collection<Item> next) {
    List<String> codes = new ArrayList<>(next.size());
    for (Item item : next) {
      String input = item.input();
      if (item.problem() == null && item.date() == null && input != null) {
        codes.add(input);
      }
    }
    sought = CodeAnswer.findAll(point, codes);
  }

  @Override
  protected void answer(Item item) {
    Problem problem = item.problem();
    String input = item.input();
    if (problem != null || input == null) {
      refuse(input, "invalid", problem);
      return;
    }
    Point at = item.date() == null ? point : point.withDate(item.date());
    CodeAnswer known = item.date() == null ? sought.get(input) : null;
    CodeAnswer answer = known == null ? CodeAnswer.find(at, input) : known;
    asked.count(Outcome.of(answer));
    switch (answer) {
      case Found found -> found(input, new CodeView(at, found));
      case NotInForce sought -> {
        Problem missed = CodeProblems.notInForce(at, sought);
        boolean doubtful = missed.type() == ProblemType.NOT_KNOWN_AT_DATE;
        refuse(input, doubtful ? "not-known" : "not-in-force", missed);
      }
      case BeforeHorizon sought ->
          refuse(input, "before-horizon", CodeProblems.beforeHorizon(at, sought));
      case Unknown(String code) -> refuse(input, "unknown", CodeProblems.unknown(at, code));
    }
  }

  private void found(String input, CodeView view) {
    if (format == MediaFormat.CSV) {
      List<@Nullable String> cells = new ArrayList<>();
      cells.add(input);
      cells.addAll(writer.line(view));
      cells.add(null);
      table.line(cells);
      return;
    }
    json.beginObject().member("input", input);
    writer.writeMembers(json, view);
    json.endObject();
    endAnswer();
  }

  private void refuse(@Nullable String input, String status, @Nullable Problem problem) {
    if (format == MediaFormat.CSV) {
      List<@Nullable String> cells =
          new ArrayList<>(Collections.nCopies(writer.columns().size() + 2, null));
      cells.set(0, input);
      int place = writer.columns().indexOf("status");
      if (place >= 0) {
        cells.set(place + 1, status);
      }
      cells.set(cells.size() - 1, problem == null ? status : problem.type().slug());
      table.line(cells);
      return;
    }
    json.beginObject().member("input", input).member("status", status);
    if (problem != null) {
      ProblemWriter.write(problem, json.name("problem"), language);
    }
    json.endObject();
    endAnswer();
  }
}
