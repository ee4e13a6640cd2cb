package fr.pivot.reconciliation;

import fr.pivot.referential.Text;
import fr.pivot.text.JsonWriter;

/** What an endpoint says of itself. */
final class Manifest {

  /** The frame in which previews fit, in pixels. */
  static final int WIDTH = 430;

  static final int HEIGHT = 300;

  private static final String SCHEMA_SPACE = "http://www.w3.org/2004/02/skos/core#Concept";

  private final Endpoint endpoint;
  private final JsonWriter json = new JsonWriter(4096);

  Manifest(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  /**
   * The manifest that clients of either version can read. Where the two contradict each other (what
   * {@code suggest} holds), it is that of 0.2.
   */
  byte[] common() {
    json.beginObject();
    writeHead();
    json.member("identifierSpace", endpoint.identifierSpace())
        .member("schemaSpace", SCHEMA_SPACE)
        .name("view")
        .beginObject()
        .member("url", endpoint.identifierSpace() + "{{id}}")
        .endObject()
        .name("preview")
        .beginObject()
        .member("url", endpoint.url() + "/preview?id={{id}}")
        .member("width", WIDTH)
        .member("height", HEIGHT)
        .endObject()
        .name("suggest")
        .beginObject();
    for (String kind : new String[] {"entity", "property", "type"}) {
      json.name(kind)
          .beginObject()
          .member("service_url", endpoint.url())
          .member("service_path", "/suggest/" + kind)
          .member("flyout_service_url", endpoint.url())
          .member("flyout_service_path", "/flyout/" + kind + "?id=${id}")
          .endObject();
    }
    json.endObject()
        .name("extend")
        .beginObject()
        .name("propose_properties")
        .beginObject()
        .member("service_url", endpoint.url())
        .member("service_path", "/extend/propose")
        .endObject();
    writeSettings("property_settings", "name", "label", "help_text");
    json.member("proposeProperties", true);
    writeSettings("propertySettings", "id", "name", "helpText");
    return json.endObject().endObject().take();
  }

  /** The manifest as version 1.0 alone has it. */
  byte[] draft() {
    json.beginObject();
    writeHead();
    json.name("view")
        .beginObject()
        .member("url", endpoint.identifierSpace() + "{id}")
        .endObject()
        .name("preview")
        .beginObject()
        .member("width", WIDTH)
        .member("height", HEIGHT)
        .endObject()
        .name("suggest")
        .beginObject()
        .member("entity", true)
        .member("property", true)
        .member("type", true)
        .endObject()
        .name("extend")
        .beginObject()
        .member("proposeProperties", true);
    writeSettings("propertySettings", "id", "name", "helpText");
    return json.endObject().endObject().take();
  }

  private void writeHead() {
    json.name("versions").beginArray().string("0.2").string("1.0-draft").endArray();
    json.member("name", "Pivot : " + title())
        .member("documentation", endpoint.host() + "/openapi.yaml")
        .member("batchSize", QuestionReader.BATCH)
        .member("standardizedScore", true)
        .member("lang", "fr")
        .name("defaultTypes")
        .beginArray();
    for (EntityType type : endpoint.listTypes()) {
      if (endpoint.only() != null || type.level() == null) {
        json.beginObject()
            .member("id", type.id())
            .member("name", type.name().in(endpoint.language()));
        if (type.level() != null) {
          EntityType whole = endpoint.type(type.scope());
          json.name("broader")
              .beginArray()
              .beginObject()
              .member("id", whole.id())
              .member("name", whole.name().in(endpoint.language()))
              .endObject()
              .endArray();
        }
        json.endObject();
      }
    }
    json.endArray();
  }

  private String title() {
    Scope only = endpoint.only();
    if (only == null) {
      return say("tous les référentiels", "all referentials");
    }
    String at = only.reference().toString().substring(only.referential().id().length());
    return only.referential().title().in(endpoint.language()) + at.replace('@', ' ');
  }

  private void writeSettings(String member, String id, String label, String help) {
    json.name(member)
        .beginArray()
        .beginObject()
        .member(id, Extension.DATE)
        .member(label, say("Date", "Date"))
        .member("type", "text")
        .member("default", "")
        .member(
            help,
            say(
                "Le jour (2020-01-01) ou l'édition dont les valeurs sont lues ; vide : ceux du service.",
                "The day (2020-01-01) or the edition whose values are read; empty: the service's."))
        .endObject()
        .beginObject()
        .member(id, Extension.ONLY)
        .member(label, say("Transcodage", "Translation"))
        .member("type", "select")
        .member("default", Extension.ALL)
        .member(
            help,
            say(
                "Un code scindé a plusieurs cibles : toutes, ou aucune.",
                "A code that was split has several targets: all of them, or none."))
        .name("choices")
        .beginArray()
        .beginObject()
        .member("value", Extension.ALL)
        .member("name", say("toutes les cibles", "all targets"))
        .endObject()
        .beginObject()
        .member("value", Extension.CERTAIN)
        .member("name", say("seulement s'il n'y en a qu'une", "only where there is one"))
        .endObject()
        .endArray()
        .endObject()
        .endArray();
  }

  private String say(String fr, String en) {
    return new Text(fr, en).in(endpoint.language());
  }
}
