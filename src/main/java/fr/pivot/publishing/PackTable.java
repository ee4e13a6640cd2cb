package fr.pivot.publishing;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import fr.pivot.text.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** A kind of rows on its way to a compressed CSV file of a pack, whose bytes its rows decide. */
final class PackTable {
  private final String name;
  private final List<String> primaryKey;
  private final List<String> editions;
  private final List<Map<String, Object>> fields = new ArrayList<>();
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * Begins a table.
   *
   * @param primaryKey the columns that tell its rows apart; none where nothing does
   * @param editions the releases of the pack, in order
   */
  PackTable(String name, List<String> primaryKey, List<String> editions) {
    this.editions = editions;
    this.name = name;
    this.primaryKey = new ArrayList<>(primaryKey);
  }

  void field(String field, String type, String description) {
    field(field, type, description, null);
  }

  void field(String field, String type, @Nullable String description, @Nullable String role) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", field);
    json.put("type", type);
    if (description != null) {
      json.put("description", description);
    }
    if (role != null) {
      json.put("pivot:role", role);
    }
    fields.add(json);
  }

  /** Adds a row once for each run of successive releases that state it. */
  void row(List<String> row, BitSet in) {
    if (editions.size() == 1) {
      rows.add(row);
      return;
    }
    for (int first = in.nextSetBit(0); first >= 0; ) {
      int end = in.nextClearBit(first);
      List<String> run = new ArrayList<>(row);
      run.add(editions.get(first));
      run.add(editions.get(end - 1));
      rows.add(run);
      first = in.nextSetBit(end);
    }
  }

  /** Sorts the rows: by their first column, then by the next ones. */
  private void close() {
    if (editions.size() > 1) {
      field("first", "string", "The first edition that states the row");
      field("last", "string", "The last edition that states the row");
      if (!primaryKey.isEmpty()) {
        primaryKey.add("first");
      }
    }
    rows.sort(
        (a, b) -> {
          int order = 0;
          for (int i = 0; i < a.size() && order == 0; i++) {
            order = a.get(i).compareTo(b.get(i));
          }
          return order;
        });
  }

  /** Writes the file; nothing, and no file, where there are no rows. */
  Optional<Map<String, Object>> write(Path folder) throws IOException {
    if (rows.isEmpty()) {
      Files.deleteIfExists(folder.resolve(name + ".csv.gz"));
      return Optional.empty();
    }
    close();
    return Optional.of(write(folder, name, fields, primaryKey, rows));
  }

  /**
   * Writes a compressed CSV file.
   *
   * @param fields its columns, as a table schema describes them
   * @return the resource that describes the file
   */
  static Map<String, Object> write(
      Path folder,
      String name,
      List<Map<String, Object>> fields,
      List<String> primaryKey,
      List<List<String>> rows)
      throws IOException {
    Path file = folder.resolve(name + ".csv.gz");
    byte[] content = toCsv(fields, rows);
    byte[] compressed = gzip(content);
    Files.write(file, compressed);

    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("fields", fields);
    if (!primaryKey.isEmpty()) {
      schema.put("primaryKey", primaryKey);
    }
    Map<String, Object> resource = new LinkedHashMap<>();
    resource.put("name", name);
    resource.put("path", name + ".csv.gz");
    resource.put("format", "csv");
    resource.put("mediatype", "text/csv");
    resource.put("encoding", "utf-8");
    resource.put("compression", "gz");
    resource.put("bytes", (long) compressed.length);
    resource.put("hash", "sha256:" + Sha256.of(compressed));
    resource.put("pivot:contentHash", "sha256:" + Sha256.of(content));
    resource.put("pivot:rows", (long) rows.size());
    resource.put("schema", schema);
    return resource;
  }

  private static byte[] toCsv(List<Map<String, Object>> fields, List<List<String>> rows)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (CsvWriter csv =
        CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(bytes, StandardCharsets.UTF_8)) {
      csv.writeRecord(fields.stream().map(f -> String.valueOf(f.get("name"))).toList());
      rows.forEach(csv::writeRecord);
    }
    return bytes.toByteArray();
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new BestGzip(bytes)) {
      gzip.write(content);
    }
    return bytes.toByteArray();
  }

  /** Gzip at its best level; the JDK leaves the header's time at 0, so it does not vary. */
  private static final class BestGzip extends GZIPOutputStream {
    BestGzip(OutputStream out) throws IOException {
      super(out);
      def.setLevel(Deflater.BEST_COMPRESSION);
    }
  }
}
