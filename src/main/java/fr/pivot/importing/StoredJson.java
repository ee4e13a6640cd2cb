package fr.pivot.importing;

import fr.pivot.finding.Findings;
import fr.pivot.formats.InputFile;
import fr.pivot.formats.ReleaseFormat;
import fr.pivot.formats.Years;
import fr.pivot.importing.StagingStore.StagedCorrespondence;
import fr.pivot.referential.SourceFile;
import fr.pivot.referential.correspondence.CorrespondenceHead;
import io.micronaut.serde.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What an import leaves in the registry beside rows: objects in JSON, as its columns keep them. */
final class StoredJson {

  private final ObjectMapper json;

  StoredJson(ObjectMapper json) {
    this.json = json;
  }

  /** What was found. */
  String findings(Findings findings) throws IOException {
    return json.writeValueAsString(FindingsReport.of(findings));
  }

  /** What a correspondence says of itself beside its sides, its lines and its files. */
  String descriptor(StagedCorrespondence staged) throws IOException {
    CorrespondenceHead head = staged.head();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("title", Map.of("fr", head.title().fr(), "en", head.title().en()));
    map.put("publisher", head.publisher());
    if (head.homepage() != null) {
      map.put("homepage", head.homepage());
    }
    if (head.issued() != null) {
      map.put("issued", head.issued().toString());
    }
    return json.writeValueAsString(map);
  }

  /**
   * What an import is beside the bytes of its files: the same files asked otherwise are another
   * import. Their names count where they tell of which year they are: the same bytes as the list of
   * another year say something else.
   */
  String options(ReleaseFormat format, List<InputFile> files, Importer.Options options)
      throws IOException {
    Map<String, Object> map = new TreeMap<>(format.settings());
    map.put("acceptCountDrop", options.acceptCountDrop());
    map.put("repairLeadingZeros", options.read().repairLeadingZeros());
    if (options.read().edition() != null) {
      map.put("edition", options.read().edition());
    }
    List<String> told =
        files.stream()
            .flatMap(file -> Years.find(file.name(), options.read().edition()).stream())
            .map(Years::edition)
            .distinct()
            .sorted()
            .toList();
    if (!told.isEmpty()) {
      map.put("told", told);
    }
    return json.writeValueAsString(map);
  }

  /** The files that something was made from: those that it states, or else those of the import. */
  String sources(List<SourceFile> stated, List<SourceFile> checksums) throws IOException {
    List<Map<String, Object>> list = new ArrayList<>();
    for (SourceFile file : stated.isEmpty() ? checksums : stated) {
      list.add(source(file.name(), file.origin(), file.sha256(), file.bytes()));
    }
    return json.writeValueAsString(list);
  }

  private static Map<String, Object> source(
      String name, @Nullable String origin, String sha256, long bytes) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", name);
    if (origin != null) {
      map.put("origin", origin);
    }
    map.put("sha256", sha256);
    map.put("bytes", bytes);
    return map;
  }
}
