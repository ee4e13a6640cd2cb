package fr.pivot.pages.code;

import fr.pivot.catalog.Release;
import fr.pivot.crosswalk.Crosswalks;
import fr.pivot.crosswalk.Translation;
import fr.pivot.pages.code.ConceptPage.Absence;
import fr.pivot.pages.code.ConceptPage.Edition;
import fr.pivot.pages.code.ConceptPage.Relative;
import fr.pivot.pages.code.ConceptPage.Row;
import fr.pivot.pages.code.ConceptPage.Table;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Text;
import fr.pivot.referential.correspondence.Association;
import fr.pivot.referential.correspondence.CorrespondenceHead.Side;
import fr.pivot.referential.correspondence.Match;
import fr.pivot.registry.CodeAnswer.Status;
import fr.pivot.registry.CodeView;
import fr.pivot.registry.Correspondence;
import fr.pivot.registry.Kin;
import fr.pivot.registry.Point;
import fr.pivot.registry.Points;
import fr.pivot.registry.Registry;
import fr.pivot.registry.Registry.Node;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a code is in other editions and in other referentials. */
final class Elsewhere {

  private final CodeView view;
  private final Registry registry;
  private final Node node;
  private final LocalDate today;
  private final Crosswalks crosswalks;
  private final Relatives relatives;

  /** The youngest edition that knows the code. */
  private final Release youngest;

  Elsewhere(
      CodeView view,
      Release youngest,
      LocalDate today,
      Crosswalks crosswalks,
      Relatives relatives) {
    this.view = view;
    this.registry = view.point().registry();
    this.node = view.node();
    this.youngest = youngest;
    this.today = today;
    this.crosswalks = crosswalks;
    this.relatives = relatives;
  }

  /** What each edition calls it, the youngest first. */
  List<Edition> editions() {
    List<Edition> editions = new ArrayList<>();
    for (Release release : registry.catalog().listReleases(node.referential()).reversed()) {
      LocalDate date = release.head().referenceDate();
      boolean current = release.id() == view.point().release().id();
      String label = view.point().codes().findLabel(node.code(), release, date);
      editions.add(
          label == null
              ? absent(release, current)
              : new Edition(release.edition(), date, label, current, Absence.NONE, List.of()));
    }
    return editions;
  }

  /** An edition in which the code is not in force. */
  private Edition absent(Release release, boolean current) {
    LocalDate date = release.head().referenceDate();
    LocalDate last = lastDayBefore(date);
    Absence absence = last == null ? Absence.NOT_YET : Absence.GONE;
    List<Relative> heirs = List.of();
    if (last != null) {
      Translation translation =
          crosswalks
              .find(Points.find(registry, youngest).withDate(last), Points.find(registry, release))
              .map(way -> way.translate(node.code()))
              .orElse(null);
      if (translation != null) {
        absence =
            switch (translation.status()) {
              case SINGLE, MERGED -> Absence.BECAME;
              case SPLIT -> Absence.SPLIT;
              case AMBIGUOUS -> Absence.ONE_OF;
              case NONE, UNKNOWN -> Absence.GONE;
            };
        heirs =
            translation.targets().stream()
                .map(t -> new Node(node.referential(), t.code()))
                .map(other -> in(other, release, date))
                .toList();
      }
    }
    return new Edition(release.edition(), date, null, current, absence, heirs);
  }

  /** A code in an edition that is named. */
  private Relative in(Node other, Release release, LocalDate on) {
    return new Relative(
        other.referential() + '@' + release.edition(),
        Kin.kind(registry, release, other, on),
        other.code(),
        Kin.label(registry, release, other, on));
  }

  /** The last day before another on which the code was in force; null where there is none. */
  private @Nullable LocalDate lastDayBefore(LocalDate date) {
    LocalDate last = null;
    for (ConceptState state : view.point().codes().listStates(node.code(), youngest)) {
      LocalDate to = state.validity().to();
      if (to != null && !to.isAfter(date)) {
        last = to.minusDays(1);
      }
    }
    return last;
  }

  /** What stands today above the one code that the code has become. */
  List<Relative> place() {
    LocalDate last = view.status() == Status.CEASED ? lastDayBefore(today) : null;
    Release latest = registry.catalog().findLatest(node.referential()).orElse(null);
    if (last == null
        || latest == null
        || view.point().codes().isInForce(node.code(), latest, today)) {
      return List.of();
    }
    Point now = Points.find(registry, latest).withDate(today);
    return crosswalks
        .find(Points.find(registry, youngest).withDate(last), now)
        .map(way -> way.translate(node.code()).targets())
        .filter(targets -> targets.size() == 1)
        .map(targets -> CodeView.inForce(now, targets.getFirst().code()))
        .map(relatives::listAbove)
        .orElse(List.of());
  }

  /** What published tables lead it to or from. */
  List<Table> tables() {
    List<Table> tables = new ArrayList<>();
    for (Correspondence table : registry.listCorrespondences()) {
      Side source = table.head().source();
      Side target = table.head().target();
      if (isHere(source) && !table.listFrom(node.code()).isEmpty()) {
        tables.add(table(table, true, target, table.listFrom(node.code())));
      }
      if (isHere(target) && !table.listTo(node.code()).isEmpty()) {
        tables.add(table(table, false, source, table.listTo(node.code())));
      }
    }
    return tables;
  }

  private boolean isHere(Side side) {
    return side.referential().equals(node.referential())
        && side.edition().equals(view.release().edition());
  }

  private Table table(
      Correspondence table, boolean forward, Side other, List<Association> associations) {
    Release release =
        registry.catalog().findRelease(other.referential(), other.edition()).orElse(null);
    List<Row> rows = new ArrayList<>();
    for (Association association : associations) {
      String code = forward ? association.target() : association.source();
      String label =
          release == null
              ? null
              : registry
                  .findCodes(other.referential())
                  .map(b -> b.findLabel(code, release, release.head().referenceDate()))
                  .orElse(null);
      rows.add(
          new Row(
              code,
              label,
              match(forward ? association.match() : association.match().inverse()),
              association.share() == null
                  ? null
                  : association
                      .share()
                      .movePointRight(2)
                      .setScale(1, RoundingMode.HALF_EVEN)
                      .toPlainString()));
    }
    return new Table(table.head().title(), table.head().publisher(), forward, other, rows);
  }

  private static Text match(Match match) {
    return switch (match) {
      case EXACT -> new Text("le même", "the same");
      case NARROWER -> new Text("une partie", "a part");
      case BROADER -> new Text("plus large", "broader");
      case CLOSE -> new Text("presque le même", "nearly the same");
      case RELATED -> new Text("en partie commun", "in part the same");
    };
  }
}
