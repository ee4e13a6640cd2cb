package fr.pivot.formats.pack;

import fr.pivot.referential.CheckRule;
import fr.pivot.referential.Kind;
import fr.pivot.referential.Level;
import fr.pivot.referential.LinkType;
import fr.pivot.referential.Referential;
import fr.pivot.referential.Referential.Usage;
import fr.pivot.referential.Relation;
import fr.pivot.referential.ShortName;
import fr.pivot.referential.Text;
import fr.pivot.referential.Unlisted;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code descriptor.json}, which says what a referential is. {@code referentials/README.md}
 * defines its members.
 */
public final class DescriptorReader {

  private static final Pattern ID = Pattern.compile("[a-z0-9]+(?:-[a-z0-9]+)*");

  private DescriptorReader() {}

  /**
   * Reads a descriptor.
   *
   * @param name how messages call it: its path
   * @param in its bytes, which the caller closes
   * @throws IllegalArgumentException when it does not say what it must; the message lists all that
   *     is wrong, each with its path in the file
   * @throws IOException when the bytes cannot be had or are not JSON
   */
  public static Referential read(String name, InputStream in) throws IOException {
    JsonFields json;
    try {
      json = JsonFields.read(in);
    } catch (IOException e) {
      throw new IOException(name + ": " + e.getMessage(), e);
    }
    JsonFields code = json.object("code");
    Referential referential =
        new Referential(
            id(json, "id"),
            choice(json, "kind", Kind.values(), Kind.NOMENCLATURE),
            text(json, "title"),
            text(json, "description"),
            json.text("publisher"),
            json.optionalText("licence"),
            json.optionalText("licenceUrl"),
            json.text("homepage"),
            pattern(code, "pattern"),
            choice(code, "check", CheckRule.values(), CheckRule.NONE),
            code.text("example"),
            json.objects("levels").stream()
                .map(l -> new Level(id(l, "id"), text(l, "title")))
                .toList(),
            json.objects("links").stream().map(DescriptorReader::link).toList(),
            json.texts("measures"),
            json.optionalDate("horizon"),
            json.texts("headers"),
            json.flag("partial"),
            json.objects("shortNames").stream()
                .map(n -> new ShortName(n.text("text"), n.text("label")))
                .toList(),
            unlisted(json),
            usage(json));
    check(referential, json);
    if (!json.problems().isEmpty()) {
      throw new IllegalArgumentException(
          name + ": " + String.join("; ", json.problems().stream().map(Object::toString).toList()));
    }
    return referential;
  }

  private static void check(Referential referential, JsonFields json) {
    if (referential.levels().isEmpty()) {
      json.problem("levels", "at least one is needed");
    }
    unique(json, "levels", referential.levels().stream().map(Level::id).toList());
    unique(json, "links", referential.links().stream().map(LinkType::property).toList());
    unique(json, "headers", referential.headers());
    unique(json, "shortNames", referential.shortNames().stream().map(ShortName::text).toList());
    if (!referential.pattern().matcher(referential.example()).matches()) {
      json.problem("code.example", "does not match code.pattern");
    }
  }

  private static void unique(JsonFields json, String name, List<String> ids) {
    Set<String> seen = new HashSet<>();
    for (String id : ids) {
      if (!seen.add(id)) {
        json.problem(name, "two are called " + id);
      }
    }
  }

  private static LinkType link(JsonFields json) {
    return new LinkType(
        choice(json, "relation", Relation.values(), Relation.RELATED),
        id(json, "referential"),
        json.text("property"),
        json.flag("many"),
        json.flag("names"));
  }

  private static @Nullable Unlisted unlisted(JsonFields json) {
    if (!json.has("unlisted")) {
      return null;
    }
    JsonFields unlisted = json.object("unlisted");
    return new Unlisted(
        text(unlisted, "title"), unlisted.texts("words"), (int) unlisted.number("beginning"));
  }

  private static Usage usage(JsonFields json) {
    if (!json.has("usage")) {
      return Usage.PLAIN;
    }
    JsonFields usage = json.object("usage");
    return new Usage(
        usage.flag("locates"),
        usage.has("area") ? pattern(usage, "area") : null,
        usage.optionalDate("filesSince"));
  }

  private static Text text(JsonFields json, String name) {
    JsonFields languages = json.object(name);
    return new Text(languages.text("fr"), languages.text("en"));
  }

  private static String id(JsonFields json, String name) {
    String id = json.text(name);
    if (!id.isEmpty() && !ID.matcher(id).matches()) {
      json.problem(name, "must be small letters and digits, with hyphens between");
    }
    return id;
  }

  private static Pattern pattern(JsonFields json, String name) {
    try {
      return Pattern.compile(json.text(name));
    } catch (PatternSyntaxException e) {
      json.problem(name, "is not a regular expression: " + e.getDescription());
      return Pattern.compile("");
    }
  }

  private static <E extends Enum<E>> E choice(JsonFields json, String name, E[] values, E none) {
    String text = json.text(name);
    for (E value : values) {
      if (value.name().toLowerCase(Locale.ROOT).equals(text)) {
        return value;
      }
    }
    if (!text.isEmpty()) {
      json.problem(
          name,
          "must be one of "
              + String.join(
                  ", ",
                  Arrays.stream(values).map(v -> v.name().toLowerCase(Locale.ROOT)).toList()));
    }
    return none;
  }
}
