package fr.pivot.reconciliation;

import fr.pivot.finding.ProblemException;
import fr.pivot.finding.ProblemType;
import fr.pivot.http.JsonTree;
import fr.pivot.reconciliation.Question.Given;
import fr.pivot.referential.Text;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads batches of queries. What is no batch is refused whole; a query that is wrong in itself
 * keeps its place, with a problem for an answer.
 */
final class QuestionReader {

  /** The most queries of one batch. OpenRefine sends ten at a time. */
  static final int BATCH = 50;

  private static final int MOST_VALUES = 100;

  private final String key;

  private QuestionReader(String key) {
    this.key = key;
  }

  /** Reads a batch of version 0.2: an object of queries by key. */
  static List<Question> readKeyed(String json, String parameter) {
    if (!(JsonTree.read(json, parameter) instanceof Map<?, ?> batch)) {
      throw ProblemType.invalid(
          parameter, new Text("un objet JSON de questions", "a JSON object of queries"));
    }
    checkSize(batch.size());
    List<Question> questions = new ArrayList<>();
    batch.forEach(
        (key, query) -> {
          QuestionReader reader = new QuestionReader(String.valueOf(key));
          questions.add(reader.guarded(() -> reader.keyed(query)));
        });
    return questions;
  }

  /** Reads a batch of version 1.0: {@code {"queries": […]}}. */
  static List<Question> readListed(String json) {
    if (!(JsonTree.read(json, "body") instanceof Map<?, ?> body)
        || !(body.get("queries") instanceof List<?> batch)) {
      throw ProblemType.invalid(
          "body",
          new Text(
              "un objet JSON avec une liste « queries »", "a JSON object with a list \"queries\""));
    }
    checkSize(batch.size());
    List<Question> questions = new ArrayList<>();
    for (Object query : batch) {
      QuestionReader reader = new QuestionReader(Integer.toString(questions.size()));
      questions.add(reader.guarded(() -> reader.listed(query)));
    }
    return questions;
  }

  private static void checkSize(int size) {
    if (size > BATCH) {
      throw ProblemType.TOO_LARGE.with("limit", BATCH).with("queries", size).exception();
    }
  }

  private Question guarded(java.util.function.Supplier<Question> question) {
    try {
      return question.get();
    } catch (ProblemException e) {
      return Question.wrong(key, e.problem());
    }
  }

  private Question keyed(@Nullable Object value) {
    Map<?, ?> query = object(value, "query");
    String name = query.get("query") == null ? "" : text(query.get("query"), "query");
    List<Given> givens = new ArrayList<>();
    for (Object item : list(query.get("properties"), "properties")) {
      Map<?, ?> property = object(item, "properties");
      List<String> values = values(property.get("v"), "v");
      if (!values.isEmpty()) {
        givens.add(new Given(text(property.get("pid"), "pid"), values, false));
      }
    }
    if (name.isBlank() && givens.isEmpty()) {
      throw invalid(new Text("« query » ou « properties »", "\"query\" or \"properties\""));
    }
    List<String> types = new ArrayList<>();
    Object type = query.get("type");
    for (Object item : type instanceof List<?> several ? several : single(type)) {
      types.add(
          item instanceof Map<?, ?> named ? text(named.get("id"), "type") : text(item, "type"));
    }
    types.removeIf(String::isBlank);
    Object strict = query.get("type_strict");
    if (strict != null && !Set.of("any", "should", "all").contains(strict)) {
      throw invalid(
          new Text("« type_strict » : any, should ou all", "\"type_strict\": any, should or all"));
    }
    return new Question(
        key,
        name.isBlank() ? List.of() : List.of(name),
        List.of(),
        types,
        "all".equals(strict),
        givens,
        limit(query.get("limit")),
        null);
  }

  private Question listed(@Nullable Object value) {
    Map<?, ?> query = object(value, "query");
    List<?> conditions = list(query.get("conditions"), "conditions");
    if (conditions.isEmpty()) {
      throw invalid(new Text("« conditions », au moins une", "\"conditions\", at least one"));
    }
    List<String> names = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    List<Given> givens = new ArrayList<>();
    for (Object item : conditions) {
      Map<?, ?> condition = object(item, "conditions");
      // Earlier drafts say pid and v.
      List<String> values =
          values(
              condition.containsKey("propertyValue")
                  ? condition.get("propertyValue")
                  : condition.get("v"),
              "propertyValue");
      Object required = condition.get("required");
      if (required != null && !(required instanceof Boolean)) {
        throw invalid(new Text("« required » : true ou false", "\"required\": true or false"));
      }
      boolean all = isAll(condition.get("matchQuantifier"));
      if (condition.get("matchQualifier") != null) {
        throw invalid(
            new Text(
                "aucun « matchQualifier » : il n'y en a pas ici",
                "no \"matchQualifier\": none is known here"));
      }
      switch (text(condition.get("matchType"), "matchType")) {
        case "name" -> names.addAll(values);
        case "id" -> ids.addAll(values);
        case "property" -> {
          Object pid = condition.get("propertyId");
          String property = text(pid == null ? condition.get("pid") : pid, "propertyId");
          for (List<String> group :
              all ? values.stream().map(List::of).toList() : List.of(values)) {
            if (!group.isEmpty()) {
              givens.add(new Given(property, group, Boolean.TRUE.equals(required)));
            }
          }
        }
        default ->
            throw invalid(
                new Text(
                    "« matchType » : name, property ou id", "\"matchType\": name, property or id"));
      }
    }
    if (names.isEmpty() && ids.isEmpty() && givens.isEmpty()) {
      throw invalid(new Text("une condition avec une valeur", "a condition with a value"));
    }
    Object type = query.get("type");
    return new Question(
        key,
        List.copyOf(names),
        List.copyOf(ids),
        type == null || "".equals(type) ? List.of() : List.of(text(type, "type")),
        false,
        givens,
        limit(query.get("limit")),
        null);
  }

  private boolean isAll(@Nullable Object quantifier) {
    if (quantifier == null || quantifier.equals("any")) {
      return false;
    }
    if (quantifier.equals("all")) {
      return true;
    }
    throw invalid(
        new Text(
            "« matchQuantifier » : any ou all (none n'est pas pris en charge)",
            "\"matchQuantifier\": any or all (none is not supported)"));
  }

  private static List<?> single(@Nullable Object value) {
    return value == null ? List.of() : List.of(value);
  }

  private int limit(@Nullable Object limit) {
    if (limit == null) {
      return Question.LIMIT;
    }
    if (limit instanceof Number number && number.doubleValue() >= 0) {
      // Nought is what clients send that have no opinion.
      int wanted = (int) Math.min(number.doubleValue(), Question.MOST);
      return wanted == 0 ? Question.LIMIT : wanted;
    }
    throw invalid(
        new Text("« limit » : un nombre entier positif", "\"limit\": a positive whole number"));
  }

  private List<String> values(@Nullable Object value, String member) {
    Set<String> values = new LinkedHashSet<>();
    for (Object item : value instanceof List<?> several ? several : single(value)) {
      switch (item) {
        case null -> {}
        case Map<?, ?> entity -> {
          // What was reconciled elsewhere has an id that says nothing here, and a name that does.
          values.add(clean(text(entity.get("id"), "id")));
          if (entity.get("name") instanceof String name) {
            values.add(clean(name));
          }
        }
        default -> values.add(clean(text(item, member)));
      }
      if (values.size() > MOST_VALUES) {
        throw invalid(
            new Text(
                "au plus " + MOST_VALUES + " valeurs par propriété",
                "at most " + MOST_VALUES + " values of a property"));
      }
    }
    values.remove("");
    return List.copyOf(values);
  }

  private String text(@Nullable Object value, String member) {
    return switch (value) {
      case String text -> clean(text);
      case Double number when number == Math.rint(number) && Math.abs(number) < 1e15 ->
          Long.toString(number.longValue());
      case Number number -> number.toString();
      case Boolean truth -> truth.toString();
      case null, default ->
          throw invalid(
              new Text("un texte pour « " + member + " »", "a text for \"" + member + '"'));
    };
  }

  /** A text without what nobody types: control characters are blanks. */
  static String clean(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      clean.append(Character.isISOControl(c) ? ' ' : c);
    }
    return clean.toString().strip();
  }

  private Map<?, ?> object(@Nullable Object value, String member) {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw invalid(new Text("un objet pour « " + member + " »", "an object for \"" + member + '"'));
  }

  private List<?> list(@Nullable Object value, String member) {
    if (value == null) {
      return List.of();
    }
    if (value instanceof List<?> list) {
      return list;
    }
    throw invalid(new Text("une liste pour « " + member + " »", "a list for \"" + member + '"'));
  }

  private ProblemException invalid(Text expected) {
    return ProblemType.INVALID_QUERY
        .with("query", ProblemType.shorten(key))
        .with("expected", expected)
        .exception();
  }
}
