package fr.pivot.pages.alone;

import fr.pivot.pages.Assets;
import fr.pivot.pages.Html;
import fr.pivot.validation.report.ReportPage;
import fr.pivot.validation.report.ReportPages;
import jakarta.inject.Singleton;

/** Makes the pages of reports. */
@Singleton
public final class TemplatedReports implements ReportPages {

  private static final String STYLE = Assets.style("report.css");

  @Override
  public byte[] render(ReportPage page) {
    return Html.of(out -> JtereportGenerated.render(out, null, page, STYLE));
  }
}
