package fr.pivot.reconciliation;

import fr.pivot.catalog.Reference;
import fr.pivot.finding.ProblemException;
import fr.pivot.finding.ProblemType;
import fr.pivot.referential.Language;
import fr.pivot.referential.Level;
import fr.pivot.referential.LinkType;
import fr.pivot.referential.Referential;
import fr.pivot.registry.CodeAnswer;
import fr.pivot.registry.CodeAnswer.Found;
import fr.pivot.registry.CodeView;
import fr.pivot.registry.Point;
import fr.pivot.registry.Points;
import fr.pivot.registry.Registry;
import fr.pivot.search.NameSearch;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An address that reconciles, for the time of one request: that of all referentials, whose entities
 * are written {@code communes:93066}, or that of one at a point, whose entities are its codes.
 *
 * @param search where names are looked for; its registry answers everything
 * @param today the day that is meant where none is said
 * @param only the referential of the address; null where it is that of all
 * @param host the beginning of absolute addresses, as the client sees it
 * @param language of what is said
 */
record Endpoint(
    NameSearch search, LocalDate today, @Nullable Scope only, String host, Language language) {

  private static final String ROOT = "/reconcile";

  /**
   * An entity.
   *
   * @param scope where its code is
   * @param code the code, as its publisher writes it
   */
  record Entity(Scope scope, String code) {

    /** What is known of it at the point: its state, or the last one where no day is named. */
    Optional<CodeView> find() {
      return CodeAnswer.find(scope.point(), code) instanceof Found found
          ? Optional.of(new CodeView(scope.point(), found))
          : Optional.empty();
    }
  }

  /** The address of a referential, or that of all where the reference is null. */
  static Endpoint of(
      NameSearch search,
      LocalDate today,
      @Nullable Reference reference,
      String host,
      Language language) {
    Scope only =
        reference == null
            ? null
            : new Scope(reference, Points.find(search.registry(), reference, today));
    return new Endpoint(search, today, only, host, language);
  }

  Registry registry() {
    return search.registry();
  }

  /** Its absolute address. */
  String url() {
    return only == null ? host + ROOT : url(only.reference());
  }

  /** The absolute address of the endpoint of a referential. */
  String url(Reference reference) {
    return host + ROOT + '/' + reference;
  }

  /** What absolute permanent addresses begin with; an entity's id follows. */
  String identifierSpace() {
    return host + "/id/" + (only == null ? "" : only.reference().toString() + '/');
  }

  /** The absolute permanent address of a concept, as of the point that its scope names. */
  String address(Scope scope, String code) {
    return host + Point.address(scope.reference(), code);
  }

  /**
   * How many referentials lead to one: of equal candidates, those that much stands under go first.
   */
  int countLinksTo(Scope scope) {
    int links = 0;
    for (Referential referential : registry().catalog().listReferentials()) {
      if (referential.findLink(scope.referential().id()).isPresent()) {
        links++;
      }
    }
    return links;
  }

  /** The referentials that it answers from. */
  List<Scope> scopes() {
    if (only != null) {
      return List.of(only);
    }
    List<Scope> scopes = new ArrayList<>();
    for (Referential referential : registry().catalog().listReferentials()) {
      if (registry().findCodes(referential.id()).isPresent()) {
        scopes.add(scope(Reference.latest(referential.id())));
      }
    }
    return scopes;
  }

  private Scope scope(Reference reference) {
    return new Scope(reference, Points.find(registry(), reference, today));
  }

  private Optional<Scope> findScope(String written) {
    try {
      return Reference.parse(written).map(this::scope);
    } catch (ProblemException _) {
      return Optional.empty();
    }
  }

  /** The id of the entity that a code of a referential is. */
  String id(Scope scope, String code) {
    return only == null ? scope.reference().toString() + ':' + code : code;
  }

  /** The id of a concept of another referential than that of the scope, beside it. */
  String idBeside(Reference reference, String code) {
    return only == null ? reference.toString() + ':' + code : code;
  }

  /** The entity of an id; empty where no code was ever written so. */
  Optional<Entity> find(String id) {
    Optional<Entity> entity = only == null ? Optional.empty() : find(only, id);
    int colon = id.indexOf(':');
    if (entity.isPresent() || colon < 0) {
      return entity;
    }
    String written = id.substring(0, colon);
    if (only != null) {
      return written.equals(only.referential().id()) || written.equals(only.reference().toString())
          ? find(only, id.substring(colon + 1))
          : Optional.empty();
    }
    return findScope(written).flatMap(scope -> find(scope, id.substring(colon + 1)));
  }

  /**
   * What a code that is none of the endpoint's referential is in those that its concepts are tied
   * to: OpenRefine asks the service of a column for the codes of the columns that it added to it.
   */
  List<Entity> listBeside(String code) {
    return only == null
        ? List.of()
        : only.referential().links().stream()
            .map(LinkType::referential)
            .distinct()
            .flatMap(other -> findScope(other).stream())
            .flatMap(scope -> find(scope, code).stream())
            .filter(entity -> entity.find().isPresent())
            .toList();
  }

  /** The entity that a code is, however it is written. */
  static Optional<Entity> find(Scope scope, String written) {
    return Points.isCode(written)
        ? scope.point().codes().findCanonical(written).map(code -> new Entity(scope, code))
        : Optional.empty();
  }

  /** All types: the referentials, each followed by its levels where it has several. */
  List<EntityType> listTypes() {
    List<EntityType> types = new ArrayList<>();
    for (Scope scope : scopes()) {
      types.add(type(scope));
      if (scope.referential().levels().size() > 1) {
        scope.referential().levels().forEach(level -> types.add(type(scope, level)));
      }
    }
    return types;
  }

  /** The type that a referential is. */
  EntityType type(Scope scope) {
    return new EntityType(typeId(scope), scope, null);
  }

  /** The types of a concept of a level, the narrowest first. */
  List<EntityType> types(Scope scope, String level) {
    return scope.referential().levels().size() < 2
        ? List.of(type(scope))
        : scope
            .referential()
            .findLevel(level)
            .map(l -> List.of(type(scope, l), type(scope)))
            .orElse(List.of(type(scope)));
  }

  private EntityType type(Scope scope, Level level) {
    return new EntityType(typeId(scope) + '/' + level.id(), scope, level);
  }

  private String typeId(Scope scope) {
    return only == null ? scope.reference().toString() : scope.referential().id();
  }

  /**
   * The type of an id. Besides the ids that are listed, all referentials know references ({@code
   * communes@2020}), and one referential its own and the names of its levels.
   */
  EntityType getType(String id) {
    int slash = id.indexOf('/');
    String written = slash < 0 ? id : id.substring(0, slash);
    Scope own = only;
    Optional<Scope> scope;
    if (own == null) {
      scope = findScope(written);
    } else if (written.equals(own.referential().id())
        || written.equals(own.reference().toString())) {
      scope = Optional.of(own);
    } else {
      scope = Optional.empty();
    }
    if (scope.isEmpty()) {
      return own == null
          ? unknownType(id)
          : own.referential().findLevel(id).map(l -> type(own, l)).orElseGet(() -> unknownType(id));
    }
    Scope found = scope.get();
    return slash < 0
        ? type(found)
        : found
            .referential()
            .findLevel(id.substring(slash + 1))
            .map(l -> type(found, l))
            .orElseGet(() -> unknownType(id));
  }

  private EntityType unknownType(String id) {
    List<String> known =
        only == null
            ? scopes().stream().map(s -> s.referential().id()).toList()
            : listTypes().stream().map(EntityType::id).toList();
    List<String> near = Points.listNear(known, id);
    var problem =
        ProblemType.UNKNOWN_TYPE.with("typeId", ProblemType.shorten(id)).with("known", known);
    throw (near.isEmpty() ? problem : problem.with("suggestions", near)).exception();
  }

  /**
   * The same referential on another day or in another edition, as a value in a table says it: a
   * date, perhaps with a time; an edition; a year.
   */
  Optional<Point> at(Scope scope, String written) {
    String when = written.strip();
    int time = when.indexOf('T');
    Reference base = scope.reference();
    Optional<Reference> asked =
        Reference.parse(base.referential() + '@' + (time == 10 ? when.substring(0, 10) : when));
    if (asked.isEmpty()) {
      return Optional.empty();
    }
    LocalDate day = asked.get().date();
    String edition = asked.get().edition();
    if (edition == null && day != null) {
      return Optional.of(Points.find(registry(), base.withDate(day), today));
    }
    if (registry().catalog().findRelease(base.referential(), String.valueOf(edition)).isPresent()) {
      return Optional.of(Points.find(registry(), asked.get(), today));
    }
    return when.matches("[12]\\d{3}")
        ? Optional.of(
            Points.find(
                registry(), base.withDate(LocalDate.of(Integer.parseInt(when), 1, 1)), today))
        : Optional.empty();
  }
}
