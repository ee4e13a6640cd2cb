package fr.pivot.registry;

import fr.pivot.catalog.Release;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Level;
import fr.pivot.referential.Referential;
import fr.pivot.referential.Succession;
import fr.pivot.referential.Text;
import fr.pivot.registry.CodeAnswer.Found;
import fr.pivot.registry.Registry.Event;
import fr.pivot.registry.Registry.Node;
import fr.pivot.text.JsonWriter;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The other code of a succession: what a code came from or became.
 *
 * @param referential its referential
 * @param code the code
 * @param label what it is called around that day, or null where nobody says
 * @param succession the event
 * @param dateAfter the last day on which it is known not to have happened, where its own is only
 *     the latest that it can be; else null
 */
public record Kin(
    String referential,
    String code,
    @Nullable String label,
    Succession succession,
    @Nullable LocalDate dateAfter) {

  /** What became of a code when the state shown ended; all it ever became where no event says. */
  public static List<Kin> listSuccessors(Point point, Found found) {
    Node node = new Node(point.referential().id(), found.state().code());
    List<Kin> all = listSuccessors(point.registry(), node, found.release());
    LocalDate end = found.state().validity().to();
    List<Kin> then = all.stream().filter(h -> h.succession().date().equals(end)).toList();
    return then.isEmpty() ? all : then;
  }

  /** What a concept became, directly; itself excluded. */
  public static List<Kin> listSuccessors(Registry registry, Node node, Release release) {
    List<Kin> list = new ArrayList<>();
    for (Event event : registry.listSuccessors(node, release)) {
      Succession succession = event.succession();
      String code = succession.codeAfter();
      if (code != null && !node.equals(new Node(succession.referentialAfter(), code))) {
        Node after = new Node(succession.referentialAfter(), code);
        String label = label(registry, release, after, succession.date());
        LocalDate dateAfter = registry.findHappenedAfter(event, release);
        list.add(new Kin(after.referential(), code, label, succession, dateAfter));
      }
    }
    return list;
  }

  /** What a concept came from, directly; itself excluded. */
  public static List<Kin> listPredecessors(Registry registry, Node node, Release release) {
    List<Kin> list = new ArrayList<>();
    for (Event event : registry.listPredecessors(node, release)) {
      Succession succession = event.succession();
      String code = succession.code();
      if (code != null && !node.equals(new Node(event.referential(), code))) {
        Node before = new Node(event.referential(), code);
        String label = label(registry, release, before, succession.date().minusDays(1));
        LocalDate dateAfter = registry.findHappenedAfter(event, release);
        list.add(new Kin(before.referential(), code, label, succession, dateAfter));
      }
    }
    return list;
  }

  /** What a concept is called on a day, or was last called before, or null. */
  public static @Nullable String label(
      Registry registry, Release release, Node node, LocalDate date) {
    ConceptState state = state(registry, release, node, date);
    return state == null ? null : state.label();
  }

  /** The state of a concept on a day, or the nearest one, or null where it is not known. */
  public static @Nullable ConceptState state(
      Registry registry, Release release, Node node, LocalDate date) {
    return switch (registry.findBeside(release, node, date)) {
      case Answer.InForce(ConceptState state) -> state;
      case Answer.NotInForce(List<ConceptState> states) ->
          CodeAnswer.lastKnown(release, states, date).state();
      case Answer.Unknown _ -> null;
    };
  }

  /** What kind of thing a code is around a day: its level, or else its referential. */
  public static Text kind(Registry registry, Release release, Node node, LocalDate date) {
    Optional<Referential> referential = registry.catalog().findReferential(node.referential());
    ConceptState state = state(registry, release, node, date);
    String name = state == null ? node.referential() : state.level();
    return (state == null
            ? referential.map(Referential::title)
            : referential.flatMap(r -> r.findLevel(state.level())).map(Level::title))
        .orElse(new Text(name, name));
  }

  /** Writes the heir. */
  public void writeTo(JsonWriter json) {
    json.beginObject();
    members().forEach((name, value) -> json.name(name).value(value));
    json.endObject();
  }

  /** The heir as the members of an answer. */
  public Map<String, @Nullable Object> members() {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("referential", referential);
    members.put("code", code);
    members.put("label", label);
    members.put("date", succession.date());
    if (dateAfter != null) {
      members.put("dateAfter", dateAfter);
    }
    members.put("kind", succession.kind().id());
    members.put("type", succession.type());
    members.put("derived", succession.derived());
    return members;
  }
}
