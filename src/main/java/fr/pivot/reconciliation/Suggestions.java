package fr.pivot.reconciliation;

import fr.pivot.referential.Text;
import fr.pivot.search.Hit;
import fr.pivot.search.Query;
import fr.pivot.text.JsonWriter;
import fr.pivot.text.Words;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Completes what somebody types: entities, properties, types. */
final class Suggestions {

  private static final int NOT_LIKE = 4;

  private final Endpoint endpoint;
  private final Properties properties;

  Suggestions(Endpoint endpoint, Properties properties) {
    this.endpoint = endpoint;
    this.properties = properties;
  }

  /**
   * What is typed, and which part of the suggestions is wanted.
   *
   * @param prefix the text
   * @param type the id of the type that is meant; null for any
   * @param offset how many suggestions to pass over
   * @param limit how many are wanted
   */
  record Asked(String prefix, @Nullable String type, int offset, int limit) {}

  private record Item(
      String id, String name, @Nullable String description, List<EntityType> notable) {}

  /** Entities whose name, or code, begins so. */
  byte[] entities(Asked asked) {
    String prefix = QuestionReader.clean(asked.prefix());
    if (prefix.isEmpty()) {
      return write(List.of(), asked);
    }
    EntityType type = asked.type() == null ? null : endpoint.getType(asked.type());
    List<Scope> scopes = type == null ? endpoint.scopes() : List.of(type.scope());
    Set<String> levels =
        type == null || type.level() == null ? Set.of() : Set.of(type.level().id());
    Map<String, Candidate> found = new LinkedHashMap<>();
    endpoint
        .find(prefix)
        .flatMap(entity -> entity.find().map(f -> Candidate.of(entity.scope(), f)))
        .ifPresent(named -> found.put(id(named), named));
    int most = asked.offset() + asked.limit() + 1;
    for (Scope scope : scopes) {
      Query query = new Query(prefix, Query.Mode.TYPED, levels, List.of(), most);
      for (Hit hit : endpoint.search().search(scope.point(), query)) {
        Candidate candidate = Candidate.of(scope, hit);
        found.putIfAbsent(id(candidate), candidate);
      }
    }
    List<Item> items =
        found.values().stream()
            .sorted(
                Comparator.comparing(Candidate::score, Comparator.reverseOrder())
                    .thenComparing(
                        c -> endpoint.countLinksTo(c.entity().scope()), Comparator.reverseOrder()))
            .limit(most)
            .map(this::item)
            .toList();
    return write(items, asked);
  }

  private String id(Candidate candidate) {
    return endpoint.id(candidate.entity().scope(), candidate.entity().code());
  }

  private Item item(Candidate candidate) {
    return new Item(
        id(candidate),
        candidate.name(),
        candidate.description(endpoint.language()),
        endpoint.types(candidate.entity().scope(), candidate.level()));
  }

  /** Properties whose id, or name, has a word that begins so; all where nothing is typed. */
  byte[] properties(Asked asked) {
    List<Scope> scopes =
        asked.type() == null || asked.type().isEmpty()
            ? endpoint.scopes()
            : List.of(endpoint.getType(asked.type()).scope());
    Map<String, Item> found = new LinkedHashMap<>();
    for (Scope scope : scopes) {
      for (Property property : properties.listGivens(scope)) {
        put(found, property, say("en rapprochant et en complétant", "to reconcile and to extend"));
      }
    }
    if (endpoint.only() != null || scopes.size() == 1) {
      for (Property property : properties.listExtensions(scopes.getFirst())) {
        put(found, property, say("en complétant", "to extend"));
      }
    }
    return write(filter(found, asked.prefix()), asked);
  }

  private void put(Map<String, Item> items, Property property, String use) {
    items.putIfAbsent(
        property.id(),
        new Item(property.id(), property.name().in(endpoint.language()), use, List.of()));
  }

  /** Types whose id, or name, has a word that begins so; all where nothing is typed. */
  byte[] types(Asked asked) {
    Map<String, Item> found = new LinkedHashMap<>();
    for (EntityType type : endpoint.listTypes()) {
      found.put(
          type.id(),
          new Item(
              type.id(),
              type.name().in(endpoint.language()),
              type.scope().referential().publisher(),
              List.of()));
    }
    return write(filter(found, asked.prefix()), asked);
  }

  private static List<Item> filter(Map<String, Item> items, String prefix) {
    String typed = Words.fold(prefix);
    return items.values().stream()
        .filter(item -> rank(item, prefix.strip(), typed) < NOT_LIKE)
        .sorted(Comparator.comparing(item -> rank(item, prefix.strip(), typed)))
        .toList();
  }

  /** How well an item fits what is typed, the best first. */
  private static int rank(Item item, String prefix, String typed) {
    String id = Words.fold(item.id());
    String name = Words.fold(item.name());
    if (item.id().equals(prefix)) {
      return 0;
    }
    if (id.startsWith(typed)) {
      return 1;
    }
    if (name.startsWith(typed)) {
      return 2;
    }
    return (' ' + name).contains(' ' + typed)
            || (' ' + String.join(" ", Words.list(item.id()))).contains(' ' + typed)
        ? 3
        : NOT_LIKE;
  }

  private byte[] write(List<Item> items, Asked asked) {
    int from = Math.min(asked.offset(), items.size());
    int to = Math.min(from + asked.limit(), items.size());
    JsonWriter json = new JsonWriter();
    json.beginObject().name("result").beginArray();
    for (Item item : items.subList(from, to)) {
      json.beginObject().member("id", item.id()).member("name", item.name());
      if (item.description() != null) {
        json.member("description", item.description());
      }
      if (!item.notable().isEmpty()) {
        json.name("notable").beginArray();
        for (EntityType type : item.notable()) {
          json.beginObject()
              .member("id", type.id())
              .member("name", type.name().in(endpoint.language()))
              .endObject();
        }
        json.endArray();
      }
      json.endObject();
    }
    json.endArray();
    if (to < items.size()) {
      json.member("cursor", to);
    }
    return json.endObject().take();
  }

  /**
   * The properties that can be added to entities of a type.
   *
   * @param limit how many are wanted; null for all
   */
  byte[] proposals(@Nullable String type, @Nullable Integer limit) {
    EntityType asked =
        type != null && !type.isEmpty()
            ? endpoint.getType(type)
            : endpoint.only() == null ? null : endpoint.type(endpoint.only());
    List<Property> all =
        asked == null
            ? properties.listExtensions(endpoint.scopes().getFirst()).stream()
                .filter(p -> p instanceof Property.Own || p instanceof Property.Kin)
                .toList()
            : properties.listExtensions(asked.scope());
    JsonWriter json = new JsonWriter();
    json.beginObject();
    if (type != null) {
      json.member("type", type);
    }
    if (limit != null) {
      json.member("limit", limit);
    }
    json.name("properties").beginArray();
    all.stream()
        .limit(limit == null ? Long.MAX_VALUE : limit)
        .forEach(
            p ->
                json.beginObject()
                    .member("id", p.id())
                    .member("name", p.name().in(endpoint.language()))
                    .endObject());
    return json.endArray().endObject().take();
  }

  private String say(String fr, String en) {
    return new Text(fr, en).in(endpoint.language());
  }
}
