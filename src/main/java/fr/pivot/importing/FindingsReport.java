package fr.pivot.importing;

import fr.pivot.finding.Finding;
import fr.pivot.finding.Findings;
import fr.pivot.finding.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Findings as the members of a JSON object: counts by rule, and those kept in detail. */
public final class FindingsReport {

  private FindingsReport() {}

  /** The members. */
  public static Map<String, Object> of(Findings findings) {
    Map<String, Object> map = new LinkedHashMap<>();
    Map<String, Object> counts = new LinkedHashMap<>();
    findings.counts().forEach((rule, count) -> counts.put(rule.code(), count));
    map.put("counts", counts);
    List<Map<String, Object>> details = new ArrayList<>();
    for (Finding finding : findings.list()) {
      Map<String, Object> detail = new LinkedHashMap<>();
      detail.put("rule", finding.rule().code());
      Place place = finding.place();
      if (place.file() != null) {
        detail.put("file", place.file());
      }
      if (place.line() > 0) {
        detail.put("line", place.line());
      }
      if (place.column() != null) {
        detail.put("column", place.column());
      }
      if (finding.value() != null) {
        detail.put("value", finding.value());
      }
      if (finding.suggestion() != null) {
        detail.put("suggestion", finding.suggestion());
      }
      details.add(detail);
    }
    map.put("details", details);
    return map;
  }
}
