package fr.pivot.publishing;

import fr.pivot.formats.pack.PackFormat;
import fr.pivot.referential.SourceFile;
import fr.pivot.referential.correspondence.Association;
import fr.pivot.referential.correspondence.CorrespondenceHead;
import fr.pivot.registry.Correspondence;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Writes a published correspondence as a pack, which {@code pivot import pack} reads. */
public final class CorrespondencePack {

  private CorrespondencePack() {}

  /**
   * Writes a correspondence: {@code datapackage.json} and {@code associations.csv.gz}. The same
   * content always gives the same bytes.
   *
   * @param folder where the files go; created where it does not exist
   */
  public static void write(Correspondence correspondence, Path folder) throws IOException {
    Files.createDirectories(folder);
    TreeSet<String> attributes = new TreeSet<>();
    correspondence.listAssociations().forEach(a -> attributes.addAll(a.attributes().keySet()));
    List<Map<String, Object>> fields = new ArrayList<>();
    fields.add(field("source", "string", "Code in the source edition"));
    fields.add(field("target", "string", "Code in the target edition"));
    fields.add(field("match", "string", "What the target is, seen from the source (SKOS mapping)"));
    fields.add(field("share", "number", "What part of the source goes to the target, 0 to 1"));
    fields.add(field("basis", "string", "What the share counts"));
    for (String attribute : attributes) {
      if (PackFormat.ASSOCIATION_COLUMNS.contains(attribute)) {
        throw new IllegalArgumentException("an attribute may not be called " + attribute);
      }
      Map<String, Object> field = new LinkedHashMap<>();
      field.put("name", attribute);
      field.put("type", "string");
      field.put("pivot:role", "attribute");
      fields.add(field);
    }
    List<List<String>> rows = new ArrayList<>();
    for (Association line : correspondence.listAssociations()) {
      List<String> row = new ArrayList<>();
      row.add(line.source());
      row.add(line.target());
      row.add(line.match().id());
      BigDecimal share = line.share();
      row.add(share == null ? "" : share.stripTrailingZeros().toPlainString());
      String basis = line.basis();
      row.add(basis == null ? "" : basis);
      attributes.forEach(a -> row.add(line.attributes().getOrDefault(a, "")));
      rows.add(row);
    }
    Map<String, Object> resource =
        PackTable.write(folder, "associations", fields, List.of("source", "target"), rows);
    String json = PrettyJson.of(dataPackage(correspondence.head(), resource)) + "\n";
    Files.writeString(folder.resolve("datapackage.json"), json, StandardCharsets.UTF_8);
  }

  private static Map<String, Object> field(String name, String type, String description) {
    Map<String, Object> field = new LinkedHashMap<>();
    field.put("name", name);
    field.put("type", type);
    field.put("description", description);
    return field;
  }

  private static Map<String, Object> dataPackage(
      CorrespondenceHead head, Map<String, Object> resource) {
    Map<String, @Nullable Object> pivot = new LinkedHashMap<>();
    pivot.put("format", (long) PackWriter.FORMAT);
    pivot.put("correspondence", head.id());
    pivot.put("title", text(head));
    pivot.put("publisher", head.publisher().isEmpty() ? null : head.publisher());
    pivot.put("homepage", head.homepage());
    pivot.put("source", side(head.source()));
    pivot.put("target", side(head.target()));
    pivot.put("issued", head.issued() == null ? null : head.issued().toString());
    pivot.put("sources", head.sources().stream().map(PackWriter::source).toList());

    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", head.id());
    json.put("title", head.title().fr());
    json.put(
        "sources",
        head.sources().stream()
            .map(s -> Map.<String, Object>of("title", origin(s)))
            .distinct()
            .toList());
    json.put("resources", List.of(resource));
    json.put("pivot", pivot);
    return json;
  }

  private static String origin(SourceFile source) {
    String origin = source.origin();
    return origin == null ? source.name() : origin;
  }

  private static Map<String, Object> text(CorrespondenceHead head) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("fr", head.title().fr());
    json.put("en", head.title().en());
    return json;
  }

  private static Map<String, Object> side(CorrespondenceHead.Side side) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("referential", side.referential());
    json.put("edition", side.edition());
    return json;
  }
}
