package fr.pivot.reconciliation;

import fr.pivot.reconciliation.Endpoint.Entity;
import fr.pivot.referential.Kind;
import fr.pivot.referential.Language;
import fr.pivot.registry.CodeAnswer.Status;
import fr.pivot.registry.CodeView;
import fr.pivot.registry.CodeView.Linked;
import fr.pivot.registry.Kin;
import fr.pivot.registry.Registry.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the small page of a code says.
 *
 * @param language of what is said
 * @param title of the page
 * @param name what the code is called; the code itself where it is another referential's
 * @param facts what it is; null where it is another referential's
 * @param rows what it became and what it belongs to; what it may be in other referentials
 */
public record Card(
    Language language, String title, String name, @Nullable Facts facts, List<Row> rows) {

  private static final int MOST_ABOVE = 5;
  private static final int MOST_HEIRS = 4;

  /**
   * What a code is.
   *
   * @param kind of what it is a code
   * @param since since or until when it is in force
   * @param address its permanent address
   */
  public record Facts(String code, String kind, Status status, String since, String address) {

    /** Whether it is in force. */
    public boolean isInForce() {
      return status == Status.IN_FORCE;
    }
  }

  /**
   * Another code, or a few words.
   *
   * @param title what it is to the code of the page; may be empty
   * @param code null where the name tells it, or where there is none
   * @param address where it leads; null where it leads nowhere
   */
  public record Row(String title, @Nullable String code, String name, @Nullable String address) {

    private static Row of(String title, String name, String code, @Nullable String address) {
      return name.isEmpty()
          ? new Row(title, null, code, address)
          : new Row(title, code, name, address);
    }
  }

  /** The page of an entity. */
  static Card of(Endpoint endpoint, Entity entity, CodeView view) {
    Language language = endpoint.language();
    Scope scope = entity.scope();
    String level = Descriptions.level(view, language);
    boolean told = scope.referential().kind() == Kind.TERRITORY;
    List<Row> rows = new ArrayList<>();
    if (view.status() == Status.CEASED) {
      addHeirs(rows, endpoint, scope, view);
    }
    addAbove(rows, view, language);
    return new Card(
        language,
        view.code() + ' ' + view.state().label(),
        view.state().label(),
        new Facts(
            view.code(),
            told ? level : level + " · " + scope.referential().title().in(language),
            view.status(),
            Descriptions.status(view, language),
            endpoint.address(scope, view.code())),
        rows);
  }

  /** The page of a code that is another referential's: all that it may be there. */
  static Card of(Endpoint endpoint, String code, List<Entity> beside) {
    List<Row> rows = new ArrayList<>();
    for (Entity entity : beside) {
      entity
          .find()
          .ifPresent(
              view ->
                  rows.add(
                      Row.of(
                          Descriptions.level(view, endpoint.language()),
                          view.state().label(),
                          entity.code(),
                          endpoint.address(entity.scope(), entity.code()))));
    }
    return new Card(endpoint.language(), code, code, null, rows);
  }

  private static void addHeirs(List<Row> rows, Endpoint endpoint, Scope scope, CodeView view) {
    Language language = endpoint.language();
    Map<String, String> heirs = new LinkedHashMap<>();
    for (Kin heir : view.listSuccessors()) {
      if (heir.referential().equals(scope.referential().id())) {
        heirs.putIfAbsent(heir.code(), heir.label() == null ? "" : heir.label());
      }
    }
    heirs.entrySet().stream()
        .limit(MOST_HEIRS)
        .forEach(
            heir ->
                rows.add(
                    Row.of(
                        language.say("Devenu", "Became"),
                        heir.getValue(),
                        heir.getKey(),
                        endpoint.address(scope, heir.getKey()))));
    int more = heirs.size() - MOST_HEIRS;
    if (more > 0) {
      rows.add(
          new Row("", null, language.say("et " + more + " autres", "and " + more + " more"), null));
    }
  }

  private static void addAbove(List<Row> rows, CodeView view, Language language) {
    List<Node> links =
        view.listLinks().stream().filter(Linked::isBroader).map(Linked::node).toList();
    boolean own = links.stream().anyMatch(n -> n.referential().equals(view.referential().id()));
    (own ? view.listAncestors() : links)
        .stream()
            .limit(MOST_ABOVE)
            .forEach(
                node -> {
                  String label = view.label(node);
                  rows.add(
                      Row.of(
                          view.kind(node).in(language),
                          label == null ? "" : label,
                          node.code(),
                          null));
                });
  }
}
