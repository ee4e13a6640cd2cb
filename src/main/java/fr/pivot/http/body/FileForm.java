package fr.pivot.http.body;

import fr.pivot.http.Negotiable;
import fr.pivot.table.HandedTable;
import io.micronaut.http.MediaType;
import java.util.Locale;

/** What an answer about a file that was handed in can be. */
public enum FileForm implements Negotiable {
  /** A report. */
  JSON("application/json"),
  /** A report, a finding a line, as they come. */
  NDJSON("application/x-ndjson"),
  /** A report as a page. */
  HTML("text/html"),
  /** The file with what is added to it, as delimited text. */
  CSV("text/csv"),
  /** The same as a workbook. */
  XLSX(HandedTable.XLSX);

  private final String range;

  FileForm(String range) {
    this.range = range;
  }

  @Override
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String range() {
    return range;
  }

  @Override
  public MediaType type() {
    return MediaType.of(this == HTML ? range + ";charset=utf-8" : range);
  }
}
