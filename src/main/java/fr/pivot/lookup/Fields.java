package fr.pivot.lookup;

import fr.pivot.catalog.Release;
import fr.pivot.finding.ProblemType;
import fr.pivot.http.RequestTarget;
import fr.pivot.referential.LinkType;
import fr.pivot.referential.Text;
import fr.pivot.registry.Codes;
import fr.pivot.registry.Point;
import fr.pivot.registry.RegistryCache;
import fr.pivot.registry.RegistryCaches;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Knows what the codes of a release carry, and which of it a request wants to see. */
@Singleton
public final class Fields {

  private static final List<String> MEMBERS =
      List.of(
          "code",
          "label",
          "labels",
          "referential",
          "release",
          "date",
          "level",
          "status",
          "validity",
          "beginsAtHorizon",
          "beginsAfter",
          "known",
          "notKnown",
          "derived",
          "attributes",
          "broader",
          "predecessors",
          "successors",
          "uri",
          "source");

  /** The members that are told without attributes, figures or links. */
  private static final Set<String> OWN =
      MEMBERS.stream()
          .filter(member -> !member.equals("attributes") && !member.equals("broader"))
          .collect(Collectors.toUnmodifiableSet());

  private static final List<String> COLUMNS =
      List.of("code", "label", "level", "status", "from", "to");

  /** The columns about what is not known, for the codes of which it is not all known. */
  private static final List<String> DOUBTS = List.of("beginsAtHorizon", "known", "notKnown");

  private static final Pattern LIST =
      Pattern.compile("[A-Za-z][A-Za-z0-9_-]*(,[A-Za-z][A-Za-z0-9_-]*)*");

  /** How many names of what is carried are kept. */
  private static final long MOST_NAMES = 20_000;

  /** What the codes of an edition carry, by the id of the edition. */
  private final RegistryCache<Long, Carried> carried;

  Fields(RegistryCaches caches) {
    carried = caches.make("fields", MOST_NAMES, (_, names) -> names.count());
  }

  /**
   * What the codes of a release carry beside the members that all codes have.
   *
   * @param attributes the names of attributes and figures
   * @param languages those of the other labels
   * @param links the properties of links
   */
  public record Carried(List<String> attributes, List<String> languages, List<String> links) {

    private int count() {
      return 1 + attributes.size() + languages.size() + links.size();
    }
  }

  /**
   * What to show of a code.
   *
   * @param chosen the names asked for, in order; null for everything
   * @param columns the columns of a table
   */
  record Selection(@Nullable Set<String> chosen, List<String> columns) {

    static final Selection ALL = new Selection(null, List.of());

    /** Whether everything is shown. */
    boolean isAll() {
      return chosen == null;
    }

    /** Whether a member is shown. */
    boolean has(String member) {
      return chosen == null || chosen.contains(member);
    }

    /** Whether an attribute, a figure or a link may be shown. */
    boolean hasParts() {
      return chosen == null || !OWN.containsAll(chosen);
    }

    /** Whether a part of a member is shown: an attribute, a link, a label. */
    boolean hasPart(String member, String part) {
      return chosen == null || chosen.contains(member) || chosen.contains(part);
    }
  }

  /** What a request wants to see of the codes of a point; tables need their columns. */
  Selection select(RequestTarget target, Point point, boolean table) {
    Optional<String> fields =
        target.query() == null
            ? Optional.empty()
            : target.find(
                "fields",
                LIST,
                500,
                new Text("des noms séparés par des virgules", "names separated by commas"));
    if (fields.isEmpty() && !table) {
      return Selection.ALL;
    }
    Carried names = carried(point);
    List<String> columns = new ArrayList<>(COLUMNS);
    names.languages().forEach(language -> columns.add("label_" + language));
    columns.addAll(names.attributes());
    columns.addAll(names.links());
    if (point.referential().horizon() != null) {
      columns.addAll(DOUBTS);
    }
    if (fields.isEmpty()) {
      return new Selection(null, columns);
    }
    Set<String> chosen = new LinkedHashSet<>(List.of(fields.get().split(",", -1)));
    for (String field : chosen) {
      if (!MEMBERS.contains(field) && !columns.contains(field)) {
        Set<String> known = new LinkedHashSet<>(MEMBERS);
        known.addAll(columns);
        throw ProblemType.UNKNOWN_FIELD
            .with("field", ProblemType.shorten(field))
            .with("referential", point.referential().id())
            .with("known", List.copyOf(known))
            .exception();
      }
    }
    List<String> shown = new ArrayList<>();
    for (String field : chosen) {
      switch (field) {
        case "validity" -> shown.addAll(List.of("from", "to"));
        case "labels" -> names.languages().forEach(language -> shown.add("label_" + language));
        case "attributes" -> shown.addAll(names.attributes());
        case "broader" -> shown.addAll(names.links());
        default -> shown.add(field);
      }
    }
    if (chosen.contains("from") || chosen.contains("to")) {
      chosen.add("validity");
    }
    return new Selection(chosen, List.copyOf(new LinkedHashSet<>(shown)));
  }

  /** What the codes of the edition of a point carry. */
  public Carried carried(Point point) {
    return carried.get(
        point.registry(), point.release().id(), _ -> list(point.codes(), point.release()));
  }

  private static Carried list(Codes codes, Release release) {
    Set<String> attributes = new TreeSet<>();
    Set<String> languages = new TreeSet<>();
    codes.forEachState(
        release,
        state -> {
          attributes.addAll(state.attributes().keySet());
          languages.addAll(state.labels().keySet());
        });
    List<String> all = new ArrayList<>(attributes);
    all.addAll(codes.referential().measures());
    return new Carried(
        all,
        List.copyOf(languages),
        codes.referential().links().stream().map(LinkType::property).toList());
  }
}
