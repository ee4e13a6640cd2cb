package fr.pivot.http;

import fr.pivot.admission.Admission;
import fr.pivot.admission.Bounds;
import fr.pivot.api.LimitsApi;
import fr.pivot.api.model.ClientLimitsBody;
import fr.pivot.api.model.DeadlinesBody;
import fr.pivot.api.model.FileLimitsBody;
import fr.pivot.api.model.FormLimitsBody;
import fr.pivot.api.model.LimitsBody;
import fr.pivot.api.model.PlacesBody;
import fr.pivot.api.model.RequestLimitsBody;
import fr.pivot.http.body.Upload;
import fr.pivot.http.client.ClientLimits;
import fr.pivot.http.connection.ConnectionLimits;
import fr.pivot.text.packed.Unpacked;
import fr.pivot.text.packed.ZipContents;
import fr.pivot.text.sheet.SheetBytes;
import fr.pivot.text.sheet.Spreadsheet;
import fr.pivot.text.sheet.ZippedWorkbook;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.server.netty.configuration.NettyHttpServerConfiguration;
import java.math.BigDecimal;

/** Says how much may be asked. */
@Controller
class LimitsController implements LimitsApi {

  private final Bounds bounds;
  private final ClientLimits clients;
  private final ConnectionLimits connections;
  private final NettyHttpServerConfiguration server;

  LimitsController(
      Admission admission,
      ClientLimits clients,
      ConnectionLimits connections,
      NettyHttpServerConfiguration server) {
    this.bounds = admission.bounds();
    this.clients = clients;
    this.connections = connections;
    this.server = server;
  }

  /** The limits, as JSON, whatever would be accepted. */
  @Override
  @Produces(MediaType.ALL)
  public HttpResponse<LimitsBody> limits() {
    LimitsBody limits =
        new LimitsBody(
            places(bounds.files()),
            places(bounds.batches()),
            new ClientLimitsBody(
                clients.questionsPerSecond(),
                clients.questionsAtOnce(),
                clients.filesPerMinute(),
                clients.filesAtOnce(),
                connections.ofClient()),
            connections.most(),
            new RequestLimitsBody(
                server.getMaxRequestSize(),
                server.getMaxInitialLineLength(),
                server.getMaxHeaderSize()),
            new FormLimitsBody(Upload.MOST_FIELDS, Upload.LARGEST_FIELD, Upload.LARGEST_FIELDS),
            new FileLimitsBody(
                Unpacked.MAX_INFLATED,
                ZippedWorkbook.MAX_BYTES,
                ZipContents.MOST_ENTRIES,
                SheetBytes.MAX_ROWS,
                Spreadsheet.MAX_COLUMNS,
                SheetBytes.MOST_CELLS,
                Spreadsheet.MOST_REPEATED,
                bounds.held()),
            new DeadlinesBody(
                (int) connections.head().toSeconds(),
                (int) connections.grace().toSeconds(),
                connections.pace(),
                (int) connections.idle().toSeconds()));
    return HttpResponse.ok(limits)
        .contentType(MediaFormat.JSON.type())
        .header(HttpHeaders.CACHE_CONTROL, "no-store");
  }

  private PlacesBody places(int atOnce) {
    BigDecimal wait = BigDecimal.valueOf(bounds.patience().toMillis(), 3).stripTrailingZeros();
    return new PlacesBody(atOnce, bounds.waiting(), wait);
  }
}
