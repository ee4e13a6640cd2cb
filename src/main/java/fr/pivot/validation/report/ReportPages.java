package fr.pivot.validation.report;

/** Makes pages of reports. */
public interface ReportPages {

  /** What a browser may do on such a page: nothing but show it, in its own style. */
  String POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

  /**
   * The page of a report, as HTML in UTF-8. It needs nothing else and has no script; everything
   * that comes from the file is written as text.
   */
  byte[] render(ReportPage page);
}
