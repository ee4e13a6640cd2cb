package fr.pivot.reconciliation;

import fr.pivot.catalog.Reference;
import fr.pivot.catalog.Release;
import fr.pivot.catalog.Resolution;
import fr.pivot.crosswalk.Crosswalks;
import fr.pivot.finding.Problem;
import fr.pivot.finding.ProblemType;
import fr.pivot.lookup.Fields;
import fr.pivot.lookup.Fields.Carried;
import fr.pivot.referential.Kind;
import fr.pivot.referential.LinkType;
import fr.pivot.referential.Referential;
import fr.pivot.referential.Relation;
import fr.pivot.referential.Text;
import fr.pivot.registry.Point;
import fr.pivot.registry.Points;
import fr.pivot.registry.Registry;
import fr.pivot.text.Words;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Knows the properties of the concepts of each referential, and the ways in which people name them.
 */
@Singleton
final class Properties {

  /** The property that says on which day, or in which edition, a query is asked. */
  static final String DATE = "date";

  private static final Text DATE_NAME =
      new Text("Date ou édition de validité", "Day or edition of validity");

  private static final List<Property> OWN =
      List.of(
          new Property.Own("code", new Text("Code", "Code")),
          new Property.Own("label", new Text("Libellé", "Label")),
          new Property.Own("level", new Text("Niveau", "Level")),
          new Property.Own("status", new Text("Statut", "Status")),
          new Property.Own("from", new Text("En vigueur depuis le", "In force since")),
          new Property.Own(
              "to", new Text("N'est plus en vigueur depuis le", "No longer in force since")),
          new Property.Own("validity", new Text("Période de validité", "Validity")),
          new Property.Own("uri", new Text("Adresse permanente", "Permanent address")),
          new Property.Kin("successors", new Text("Successeurs", "Successors"), true),
          new Property.Kin("predecessors", new Text("Prédécesseurs", "Predecessors"), false));

  /** Those of them that queries can give. */
  private static final Set<String> GIVEN = Set.of("code", "level");

  private final Fields fields;
  private final Crosswalks crosswalks;
  private volatile @Nullable Names names;

  /**
   * The names of referentials, made comparable.
   *
   * @param registry what they were read from
   * @param referentials the ids by name
   */
  private record Names(Registry registry, Map<String, String> referentials) {

    static Names of(Registry registry) {
      Map<String, String> names = new HashMap<>();
      for (Referential referential : registry.catalog().listReferentials()) {
        referential.headers().forEach(h -> names.putIfAbsent(Words.bare(h), referential.id()));
      }
      for (Referential referential : registry.catalog().listReferentials()) {
        for (LinkType link : referential.links()) {
          if (!link.referential().equals(referential.id())) {
            names.putIfAbsent(Words.bare(link.property()), link.referential());
          }
        }
      }
      return new Names(registry, names);
    }
  }

  Properties(Fields fields, Crosswalks crosswalks) {
    this.fields = fields;
    this.crosswalks = crosswalks;
  }

  /** What queries can give of concepts of a referential. */
  List<Property> listGivens(Scope scope) {
    List<Property> list = new ArrayList<>();
    list.addAll(listLinks(scope));
    list.addAll(
        listCarried(scope).stream().filter(p -> !(p instanceof Property.Translated)).toList());
    OWN.stream().filter(p -> GIVEN.contains(p.id())).forEach(list::add);
    list.add(new Property.Own(DATE, DATE_NAME));
    return list;
  }

  /** What can be added to a table from concepts of a referential, the translations last. */
  List<Property> listExtensions(Scope scope) {
    List<Property> list = new ArrayList<>(OWN);
    list.addAll(listLinks(scope));
    list.addAll(listCarried(scope));
    Registry registry = scope.point().registry();
    String own = scope.referential().id();
    for (Release release : registry.catalog().listReleases(own).reversed()) {
      if (!release.edition().equals(scope.reference().edition())) {
        addElsewhere(list, scope, new Reference(own, release.edition(), null));
      }
    }
    for (Referential other : registry.catalog().listReferentials()) {
      registry
          .catalog()
          .findLatest(other.id())
          .filter(_ -> !other.id().equals(own))
          .ifPresent(
              latest ->
                  addElsewhere(list, scope, new Reference(other.id(), latest.edition(), null)));
    }
    return list;
  }

  private void addElsewhere(List<Property> list, Scope scope, Reference target) {
    findElsewhere(scope, target.toString(), target).ifPresent(list::add);
  }

  private static List<Property> listLinks(Scope scope) {
    List<Property> list = new ArrayList<>();
    scope.referential().links().forEach(type -> list.add(linked(scope, type.property(), type)));
    return list;
  }

  private List<Property> listCarried(Scope scope) {
    Carried carried = fields.carried(scope.point());
    List<Property> list = new ArrayList<>();
    for (String name : carried.attributes()) {
      list.add(carried(scope, name));
    }
    for (String language : carried.languages()) {
      Locale locale = Locale.of(language);
      list.add(
          new Property.Translated(
              "label_" + language,
              new Text(
                  "Libellé (" + locale.getDisplayLanguage(Locale.FRENCH) + ')',
                  "Label (" + locale.getDisplayLanguage(Locale.ENGLISH) + ')'),
              language));
    }
    return list;
  }

  private static Property carried(Scope scope, String name) {
    List<String> words = Words.list(name);
    String text = words.isEmpty() ? name : String.join(" ", words);
    text = text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    return scope.referential().measures().contains(name)
        ? new Property.Figure(name, new Text(text, text))
        : new Property.Attribute(name, new Text(text, text));
  }

  private static Property linked(Scope scope, String id, LinkType type) {
    Text title =
        type.referential().equals(scope.referential().id()) && type.relation() == Relation.BROADER
            ? new Text("Niveau supérieur", "Level above")
            : title(scope.point().registry(), type.referential());
    return new Property.Linked(id, title, type);
  }

  /** What one concept of a referential is called: a territory is its level, others have titles. */
  private static Text title(Registry registry, String referential) {
    return registry
        .catalog()
        .findReferential(referential)
        .map(r -> r.kind() == Kind.TERRITORY ? r.levels().getFirst().title() : r.title())
        .orElse(new Text(referential, referential));
  }

  private Optional<LinkType> findLink(Scope scope, String id) {
    for (LinkType type : scope.referential().links()) {
      if (type.property().equals(id)) {
        return Optional.of(type);
      }
    }
    return findNamed(scope.point().registry(), id)
        .filter(target -> !target.equals(scope.referential().id()))
        .flatMap(target -> scope.referential().findLink(target));
  }

  /**
   * The referential that a name means: its id, the property of a link to it, or a name under which
   * files carry its codes.
   */
  private Optional<String> findNamed(Registry registry, String name) {
    if (registry.catalog().findReferential(name).isPresent()) {
      return Optional.of(name);
    }
    Names known = names;
    if (known == null || known.registry() != registry) {
      known = Names.of(registry);
      names = known;
    }
    return Optional.ofNullable(known.referentials().get(Words.bare(name)));
  }

  /** What an extension means by a property; empty where the concepts have no such property. */
  Optional<Property> findExtension(Scope scope, String id) {
    for (Property property : OWN) {
      if (property.id().equals(id)) {
        return Optional.of(property);
      }
    }
    Optional<Reference> reference = Reference.parse(id);
    if (id.indexOf('@') >= 0) {
      return reference.flatMap(target -> findElsewhere(scope, id, target));
    }
    Optional<LinkType> link = findLink(scope, id);
    if (link.isPresent()) {
      return link.map(type -> linked(scope, id, type));
    }
    for (Property property : listCarried(scope)) {
      if (property.id().equals(id)) {
        return Optional.of(property);
      }
    }
    return findNamed(scope.point().registry(), id)
        .flatMap(target -> findElsewhere(scope, id, scope.beside(target)));
  }

  private Optional<Property> findElsewhere(Scope scope, String id, Reference target) {
    Registry registry = scope.point().registry();
    if (!(registry.catalog().resolve(target, scope.point().date())
        instanceof Resolution.Resolved resolved)) {
      return Optional.empty();
    }
    Point there = Points.known(Points.find(registry, target, resolved.date()));
    boolean led = crosswalks.find(scope.point(), there).isPresent();
    Text title = title(registry, target.referential());
    String at = target.toString().substring(target.referential().length()).replace('@', ' ');
    return led
        ? Optional.of(
            new Property.Elsewhere(id, new Text(title.fr() + at, title.en() + at), target))
        : Optional.empty();
  }

  /** The problem of a property that none of some referentials has. */
  static Problem unknown(String id, List<Property> known) {
    Map<String, Property> names = new LinkedHashMap<>();
    known.forEach(p -> names.putIfAbsent(p.id(), p));
    List<String> near = Points.listNear(List.copyOf(names.keySet()), id);
    Problem problem =
        ProblemType.UNKNOWN_PROPERTY
            .with("property", ProblemType.shorten(id))
            .with("known", List.copyOf(names.keySet()));
    return near.isEmpty() ? problem : problem.with("suggestions", near);
  }
}
