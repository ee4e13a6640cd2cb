package fr.pivot.reconciliation;

import fr.pivot.admission.Work;
import fr.pivot.finding.Problem;
import fr.pivot.http.problem.ProblemWriter;
import fr.pivot.reconciliation.Matching.Result;
import fr.pivot.referential.Text;
import fr.pivot.search.Hit;
import fr.pivot.text.JsonWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers the queries of a batch, each on its own, in either version of the protocol. */
final class Batch {

  private final Endpoint endpoint;
  private final Matching matching;

  Batch(Endpoint endpoint, Properties properties) {
    this.endpoint = endpoint;
    this.matching = new Matching(endpoint, properties);
  }

  /** As version 0.2 has it: by key. */
  byte[] keyed(List<Question> questions) {
    JsonWriter json = new JsonWriter(1024 * (1 + questions.size()));
    json.beginObject();
    List<Result> results = answer(questions);
    for (int i = 0; i < questions.size(); i++) {
      json.name(questions.get(i).key()).beginObject();
      write(json, "result", results.get(i), false);
      json.endObject();
    }
    return json.endObject().take();
  }

  /** As version 1.0 has it: in the order of the queries. */
  byte[] listed(List<Question> questions) {
    JsonWriter json = new JsonWriter(1024 * (1 + questions.size()));
    json.beginObject().name("results").beginArray();
    for (Result result : answer(questions)) {
      json.beginObject();
      write(json, "candidates", result, true);
      json.endObject();
    }
    return json.endArray().endObject().take();
  }

  /** The answers in the order of the queries, which several processors work out. */
  private List<Result> answer(List<Question> questions) {
    return Work.current().list(questions.size(), i -> matching.answer(questions.get(i)));
  }

  private void write(JsonWriter json, String member, Result result, boolean named) {
    json.name(member).beginArray();
    for (Candidate candidate : result.candidates()) {
      json.beginObject()
          .member("id", endpoint.id(candidate.entity().scope(), candidate.entity().code()))
          .member("name", candidate.name())
          .member("description", candidate.description(endpoint.language()));
      write(json.name("type"), endpoint.types(candidate.entity().scope(), candidate.level()));
      json.name("score").decimal(number(candidate.score()));
      json.name("features").beginArray();
      for (Hit.Feature feature : candidate.features()) {
        json.beginObject().member("id", feature.id());
        if (named) {
          json.member("name", name(feature));
        }
        json.name("value").decimal(number(feature.value())).endObject();
      }
      json.endArray().member("match", candidate.match()).endObject();
    }
    json.endArray();
    @Nullable Problem problem = result.problem();
    if (problem != null) {
      ProblemWriter.write(problem, json.name("problem"), endpoint.language());
    }
  }

  /** Writes types as a list. */
  private void write(JsonWriter json, List<EntityType> types) {
    json.beginArray();
    for (EntityType type : types) {
      json.beginObject()
          .member("id", type.id())
          .member("name", type.name().in(endpoint.language()))
          .endObject();
    }
    json.endArray();
  }

  private String name(Hit.Feature feature) {
    return switch (feature.id()) {
      case "name" ->
          new Text("Ressemblance du nom", "Likeness of the name").in(endpoint.language());
      case "code" -> new Text("Code", "Code").in(endpoint.language());
      default ->
          new Text("Accord de « " + feature.id() + " »", "Agreement of \"" + feature.id() + '"')
              .in(endpoint.language());
    };
  }

  private static String number(double value) {
    double rounded = Math.round(value * 100) / 100.0;
    return rounded == Math.rint(rounded) ? Long.toString((long) rounded) : Double.toString(rounded);
  }
}
