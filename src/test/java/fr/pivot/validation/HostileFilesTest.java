package fr.pivot.validation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.HotSpotDiagnosticMXBean;
import fr.pivot.Await;
import fr.pivot.PivotTest;
import fr.pivot.http.ContractClient;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Files that are made to harm, and senders who leave: each file gets its answer, the server goes on
 * and keeps nothing of them.
 */
@PivotTest
@Isolated("it counts the threads and the files of the whole process")
class HostileFilesTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ASKED = "/v1/validations?columns=insee:communes@2026&detect=false";
  private static final byte[] SMALL = "insee;n\n1004;1\n".getBytes(UTF_8);
  private static final Duration SOON = Duration.ofSeconds(30);

  private final EmbeddedServer server;
  private final ContractClient client;

  HostileFilesTest(EmbeddedServer server, ContractClient client) {
    this.server = server;
    this.client = client;
  }

  @AfterEach
  void the_server_goes_on() {
    assertThat(client.get("/health").statusCode()).isEqualTo(200);
    assertThat(new String(client.postBytes(ASKED, SMALL).body(), UTF_8))
        .contains("lost-leading-zero");
  }

  private void refuses(byte[] file, int status, String... words) {
    refuses(ASKED, file, status, words);
    refuses("/v1/detections", file, status, words);
  }

  private void refuses(String address, byte[] file, int status, String... words) {
    HttpResponse<byte[]> response = client.postBytes(address, file, "Accept-Language", "en");
    String body = new String(response.body(), UTF_8);
    assertThat(response.statusCode()).as(body).isEqualTo(status);
    for (String word : words) {
      assertThat(body).contains(word);
    }
  }

  private JsonNode report(byte[] file) throws IOException {
    HttpResponse<byte[]> response = client.postBytes(ASKED, file, "Accept-Language", "en");
    assertThat(response.statusCode()).as(new String(response.body(), UTF_8)).isEqualTo(200);
    return JSON.readTree(response.body());
  }

  // --- Archives ---

  private static byte[] zip(Object... namesAndContents) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (int i = 0; i < namesAndContents.length; i += 2) {
        out.putNextEntry(new ZipEntry((String) namesAndContents[i]));
        out.write((byte[]) namesAndContents[i + 1]);
        out.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  /** Rows of which none is like another, so that they do not shrink to nothing. */
  private static byte[] rows(int bytes) {
    Random random = new Random(7);
    StringBuilder rows = new StringBuilder("insee;n\n1004;0\n");
    while (rows.length() < bytes) {
      rows.append("01004;").append(Long.toHexString(random.nextLong())).append('\n');
    }
    return rows.toString().getBytes(UTF_8);
  }

  @Test
  void a_bomb_is_refused_or_broken_off() throws IOException {
    byte[] blanks = new byte[64 << 20];
    Arrays.fill(blanks, (byte) ' ');
    refuses(zip("bomb.csv", blanks), 413, "\"rule\":\"oversized-line\"");
    byte[] lines = "insee;n\n01004;1\n".repeat(4 << 20).getBytes(UTF_8);
    for (byte[] bomb : List.of(zip("bomb.csv", lines), gzip(lines))) {
      JsonNode report = report(bomb);
      assertThat(report.path("complete").asBoolean()).isFalse();
      assertThat(report.path("interruption").asText())
          .isEqualTo("The file is oversized, or becomes so once it is inflated: it is not read.");
      refuses(ASKED + "&format=html", bomb, 413, "\"rule\":\"oversized-file\"");
      refuses(ASKED + "&format=xlsx", bomb, 413, "\"rule\":\"oversized-file\"");
    }
  }

  @Test
  void an_archive_holds_one_file_that_is_no_archive() throws IOException {
    refuses(zip("a.zip", zip("b.csv", SMALL)), 422, "\"rule\":\"nested-archive\"");
    refuses(gzip(zip("b.csv", SMALL)), 422, "\"rule\":\"nested-archive\"");
    refuses(
        zip("a.csv", SMALL, "b.csv", SMALL),
        422,
        "\"rule\":\"several-entries\"",
        "\"found\":\"a.csv, b.csv\"");
    assertThat(report(zip("../../etc/cron.d/x", SMALL)).path("rows").path("total").asInt())
        .isEqualTo(1);
  }

  @Test
  void an_archive_that_is_cut_is_refused_or_broken_off() throws IOException {
    byte[] whole = gzip(rows(4 << 20));
    refuses(Arrays.copyOf(whole, 200), 422, "\"rule\":\"truncated-file\"");
    byte[] cut = Arrays.copyOf(whole, whole.length - 1000);
    JsonNode report = report(cut);
    assertThat(report.path("complete").asBoolean()).isFalse();
    assertThat(report.path("interruption").asText())
        .isEqualTo("The compressed file stops before its end: it was cut on its way.");
    assertThat(report.path("findings").path(0).path("rule").asText())
        .isEqualTo("lost-leading-zero");
    long rows = report.path("rows").path("total").asLong();
    assertThat(rows).isGreaterThan(100_000);
    assertThat(report.path("rows").path("ready").asLong()).isEqualTo(rows - 1);
    HttpResponse<byte[]> lines =
        client.postBytes(ASKED + "&format=ndjson", cut, "Accept-Language", "en");
    assertThat(new String(lines.body(), UTF_8))
        .contains("{\"summary\":{\"complete\":false,\"interruption\":\"The compressed file stops");
    refuses(ASKED + "&format=html", cut, 422, "\"rule\":\"truncated-file\"");
    refuses(ASKED + "&format=xlsx", cut, 422, "\"rule\":\"truncated-file\"");
    // What is sent already cannot be taken back: the repaired file ends without its end.
    String repaired = raw(ASKED + "&format=csv", cut);
    assertThat(repaired)
        .startsWith("HTTP/1.1 200")
        .contains("chunked")
        .doesNotEndWith("\r\n0\r\n\r\n");
  }

  /** All that comes back, as it comes. */
  private String raw(String address, byte[] file) throws IOException {
    try (Socket socket = open(address, file.length)) {
      socket.getOutputStream().write(file);
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      try {
        socket.getInputStream().transferTo(answer);
      } catch (SocketException _) {
        // reset, for want of an end
      }
      return answer.toString(UTF_8);
    }
  }

  private Socket open(String address, long length) throws IOException {
    Socket socket = new Socket("localhost", server.getPort());
    socket.setSoTimeout(60_000);
    socket
        .getOutputStream()
        .write(
            ("POST "
                    + address
                    + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
                    + length
                    + "\r\n\r\n")
                .getBytes(UTF_8));
    return socket;
  }

  @Test
  void entities_of_a_workbook_are_not_expanded() throws IOException {
    StringBuilder entities = new StringBuilder("<!DOCTYPE x [<!ENTITY a0 \"ha\">");
    for (int i = 1; i < 30; i++) {
      entities.append("<!ENTITY a" + i + " \"&a" + (i - 1) + ";&a" + (i - 1) + ";\">");
    }
    entities.append("<!ENTITY out SYSTEM \"file:///etc/passwd\">]>");
    for (String entity : List.of("&a29;", "&out;")) {
      refuses(workbook(entities.toString(), entity), 422, "\"rule\":\"unreadable-file\"");
    }
    assertThat(report(workbook("", "1004")).path("rows").path("total").asInt()).isEqualTo(1);
  }

  /** A workbook of ours, with a prologue before its sheet and a text for its code. */
  private byte[] workbook(String prologue, String cell) throws IOException {
    byte[] made = client.postBytes(ASKED + "&repair=in-place&format=xlsx", SMALL).body();
    List<Object> parts = new ArrayList<>();
    try (ZipFile in =
        ZipFile.builder().setSeekableByteChannel(new SeekableInMemoryByteChannel(made)).get()) {
      for (ZipArchiveEntry part : Collections.list(in.getEntries())) {
        String text = new String(in.getInputStream(part).readAllBytes(), UTF_8);
        if (part.getName().startsWith("xl/worksheets/sheet")) {
          assertThat(text).contains("<worksheet").contains("01004");
          text = text.replace("<worksheet", prologue + "<worksheet").replace("01004", cell);
        }
        parts.add(part.getName());
        parts.add(text.getBytes(UTF_8));
      }
    }
    return zip(parts.toArray());
  }

  @Test
  void an_archive_of_noise_is_walked_through_to_a_limit() throws IOException {
    Object[] entries = new Object[2 * 200_000 + 2];
    for (int i = 0; i < 200_000; i++) {
      entries[2 * i] = "__MACOSX/" + i;
      entries[2 * i + 1] = new byte[0];
    }
    entries[entries.length - 2] = "f.csv";
    entries[entries.length - 1] = SMALL;
    refuses(zip(entries), 413, "\"rule\":\"too-many-entries\"", "10,000 entries");
  }

  @Test
  void a_form_is_read_no_further_than_its_fields_may_go() {
    String field = "--b\r\nContent-Disposition: form-data; name=\"f%d\"\r\n\r\n%s\r\n";
    String large = "x".repeat(1 << 20);
    StringBuilder form = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      form.append(field.formatted(i, large));
    }
    assertThat(form(form).body()).contains("\"limit\":10485760");
    form.setLength(0);
    for (int i = 0; i < 425; i++) {
      form.append(field.formatted(i, "x"));
    }
    assertThat(form(form).body()).contains("\"limit\":32");
    form.setLength(0);
    form.append(field.formatted(0, "x").replace("f0", "f".repeat(2 << 20)));
    assertThat(form(form).statusCode()).isBetween(400, 413);
  }

  private HttpResponse<String> form(StringBuilder fields) {
    HttpResponse<String> response =
        client.post(
            "/v1/validations",
            "multipart/form-data; boundary=b",
            fields
                + "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f.csv\"\r\n\r\n"
                + "insee\n01004\r\n--b--\r\n");
    assertThat(response.statusCode()).isBetween(400, 413);
    return response;
  }

  // --- Text ---

  @Test
  void a_file_may_be_as_wide_as_a_spreadsheet_and_no_wider() throws IOException {
    refuses(("insee" + ";".repeat(100_000) + "\n01004\n").getBytes(UTF_8), 413, "too-many-columns");
    byte[] wide =
        ("insee" + ";x".repeat(16_383) + "\n1004" + ";1".repeat(16_383) + "\n").getBytes(UTF_8);
    JsonNode report = report(wide);
    assertThat(report.path("findings")).hasSize(1);
    assertThat(report.path("findings").path(0).path("rule").asText())
        .isEqualTo("lost-leading-zero");
  }

  @Test
  void a_line_without_end_is_refused_before_it_has_come() throws IOException {
    long length = 200L << 20;
    AtomicLong sent = new AtomicLong();
    try (Socket socket = open(ASKED, length)) {
      Thread sender =
          Thread.ofVirtual()
              .start(
                  () -> {
                    byte[] part = new byte[1 << 16];
                    Arrays.fill(part, (byte) 'a');
                    try {
                      while (sent.get() < length) {
                        socket.getOutputStream().write(part);
                        sent.addAndGet(part.length);
                      }
                    } catch (IOException _) {
                      // the server has heard enough
                    }
                  });
      byte[] answer = new byte[12];
      assertThat(socket.getInputStream().readNBytes(answer, 0, answer.length))
          .isEqualTo(answer.length);
      assertThat(new String(answer, UTF_8)).isEqualTo("HTTP/1.1 413");
      assertThat(sent.get()).isLessThan(length);
      sender.interrupt();
    }
  }

  @Test
  void a_line_that_is_too_long_further_on_breaks_the_report_off() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(rows(1 << 20));
    file.writeBytes("01004;".getBytes(UTF_8));
    file.writeBytes(new byte[17 << 20]);
    JsonNode report = report(file.toByteArray());
    assertThat(report.path("complete").asBoolean()).isFalse();
    assertThat(report.path("interruption").asText())
        .isEqualTo("The request, or one of its lines, exceeds the limit.");
    assertThat(told(report)).containsExactly("2 lost-leading-zero");
  }

  private static List<String> told(JsonNode report) {
    List<String> told = new ArrayList<>();
    report
        .path("findings")
        .forEach(f -> told.add(f.path("line").asText() + ' ' + f.path("rule").asText()));
    return told;
  }

  @Test
  void a_long_value_is_told_by_its_beginning() throws IOException {
    String file = "insee;n\n" + ("x".repeat(1 << 20) + ";1\n").repeat(20);
    HttpResponse<byte[]> response = client.postBytes(ASKED, file.getBytes(UTF_8));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).hasSizeLessThan(100_000);
    assertThat(JSON.readTree(response.body()).path("findings").path(0).path("value").asText())
        .isEqualTo("x".repeat(1000) + '…');
  }

  @Test
  void a_file_of_nul_bytes_is_no_table_and_one_nul_far_into_a_file_is_a_letter()
      throws IOException {
    refuses(new byte[10_000], 422, "\"rule\":\"not-a-table\"");
    refuses(nul("insee;n\n01004;~\n1~004;1\n~;~\n"), 422, "\"rule\":\"not-a-table\"");
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(rows(1 << 20));
    file.writeBytes(nul("1~004;~\n~;~\n"));
    JsonNode report = report(file.toByteArray());
    assertThat(told(report)).first().isEqualTo("2 lost-leading-zero");
    assertThat(report.path("complete").asBoolean()).isTrue();
    assertThat(report.path("columns").path(0).path("values").path("repairable").asInt())
        .isEqualTo(2);
    for (String format : List.of("html", "csv", "xlsx")) {
      assertThat(client.postBytes(ASKED + "&format=" + format, file.toByteArray()).statusCode())
          .isEqualTo(200);
    }
  }

  private static byte[] nul(String text) {
    return text.replace('~', (char) 0).getBytes(UTF_8);
  }

  @Test
  void a_quote_that_is_never_closed_swallows_no_row() throws IOException {
    byte[] file = "insee;n\n1004;\"a\n01004;b\n".getBytes(UTF_8);
    assertThat(report(file).path("rows").path("total").asInt()).isEqualTo(2);
    byte[] workbook = client.postBytes(ASKED + "&format=xlsx", file).body();
    assertThat(report(workbook).path("rows").path("total").asInt()).isEqualTo(2);
  }

  @Test
  void an_empty_file_is_refused_and_one_with_a_header_only_has_no_rows() throws IOException {
    refuses(new byte[0], 422, "\"rule\":\"empty-file\"");
    refuses("\uFEFF".getBytes(UTF_8), 422, "\"rule\":\"empty-file\"");
    for (String file : List.of("insee;n", "insee;n\n", "\uFEFFinsee;n\r\n")) {
      JsonNode report = report(file.getBytes(UTF_8));
      assertThat(report.path("rows").toString())
          .isEqualTo("{\"total\":0,\"ready\":0,\"readyShare\":0}");
      assertThat(report.path("complete").asBoolean()).isTrue();
      for (String format : List.of("html", "xlsx")) {
        HttpResponse<byte[]> response =
            client.postBytes(ASKED + "&format=" + format, file.getBytes(UTF_8));
        assertThat(response.statusCode()).isEqualTo(200);
      }
      assertThat(
              new String(
                  client.postBytes(ASKED + "&format=csv", file.getBytes(UTF_8)).body(), UTF_8))
          .isEqualTo(file.replace("insee", "insee;insee_pivot;insee_pivot_reason"));
    }
  }

  @Test
  void the_bytes_tell_what_a_file_is_and_not_its_name() throws IOException {
    HttpResponse<byte[]> text =
        client.postBytes(ASKED + "&name=a.xlsx", SMALL, "Content-Type", "application/vnd.ms-excel");
    assertThat(JSON.readTree(text.body()).path("file").path("kind").asText())
        .isEqualTo("delimited");
    HttpResponse<byte[]> sheet =
        client.postBytes(ASKED + "&name=a.csv", workbook("", "1004"), "Content-Type", "text/csv");
    assertThat(JSON.readTree(sheet.body()).path("file").path("kind").asText()).isEqualTo("xlsx");
    refuses("%PDF-1.7\n%\u00E2\u00E3\u00CF\u00D3\n".getBytes(UTF_8), 422, "not-a-table");
  }

  @Test
  void noise_is_answered_and_never_a_fault_of_ours() {
    Random random = new Random(11);
    for (int i = 0; i < 100; i++) {
      byte[] noise = new byte[random.nextInt(1, 5000)];
      random.nextBytes(noise);
      byte[] magic =
          List.of(
                  new byte[] {0x1F, (byte) 0x8B, 8},
                  new byte[] {'P', 'K', 3, 4},
                  new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0},
                  new byte[] {(byte) 0xFF, (byte) 0xFE},
                  "insee;".getBytes(UTF_8),
                  new byte[0])
              .get(i % 6);
      System.arraycopy(magic, 0, noise, 0, Math.min(magic.length, noise.length));
      HttpResponse<byte[]> response =
          client.postBytes("/v1/validations?format=ndjson", noise, "Accept-Language", "en");
      assertThat(response.statusCode()).as(new String(response.body(), UTF_8)).isIn(200, 413, 422);
    }
  }

  // --- Senders and readers who leave ---

  /** What a check may hold on to while it is under way. */
  private record Held(long descriptors, Set<String> files, long threads) {}

  private Held held(Path folder) throws IOException {
    long descriptors;
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      descriptors = all.count();
    }
    Set<String> files;
    try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      files =
          all.map(p -> String.valueOf(p.getFileName()))
              .filter(name -> name.startsWith("pivot"))
              .collect(Collectors.toCollection(TreeSet::new));
    }
    // Threads that are no platform threads are seen in no other way.
    Path dump = folder.resolve("threads");
    Files.deleteIfExists(dump);
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .dumpThreads(dump.toString(), HotSpotDiagnosticMXBean.ThreadDumpFormat.TEXT_PLAIN);
    long threads;
    try (Stream<String> lines = Files.lines(dump)) {
      threads = lines.filter(line -> line.contains("\"blocks-")).count();
    }
    return new Held(descriptors, files, threads);
  }

  @Test
  void the_threads_of_a_check_can_be_seen(@TempDir Path folder) throws IOException {
    Thread thread =
        Thread.ofVirtual().name("blocks-x").start(() -> Await.until("never", SOON, () -> false));
    assertThat(held(folder).threads()).isEqualTo(1);
    thread.interrupt();
    Await.until("the thread has ended", SOON, () -> held(folder).threads() == 0);
  }

  @Test
  void nothing_is_kept_of_senders_and_readers_who_leave(@TempDir Path folder) throws IOException {
    byte[] file = rows(6 << 20);
    byte[] zipped = gzip(file);
    leave(file, zipped, 5);
    Await.until("the first are forgotten", SOON, () -> held(folder).threads() == 0);
    Held before = held(folder);
    leave(file, zipped, 50);
    Await.until(
        "nothing is held of who left",
        SOON,
        () -> {
          Held now = held(folder);
          return now.threads() == 0
              && now.descriptors() <= before.descriptors()
              && before.files().containsAll(now.files());
        });
  }

  private void leave(byte[] file, byte[] zipped, int times) throws IOException {
    for (int i = 0; i < times; i++) {
      String format = List.of("json", "csv", "ndjson", "html", "xlsx").get(i % 5);
      byte[] sent = i % 2 == 0 ? file : zipped;
      try (Socket upload = open(ASKED + "&format=" + format, sent.length)) {
        upload.getOutputStream().write(sent, 0, sent.length / (1 + i % 7) - 1000);
        if (i % 3 == 0) {
          upload.setSoLinger(true, 0);
        }
      } catch (SocketException _) {
        // the server may be the first to leave
      }
      String answer = List.of("csv", "csv&repair=in-place", "xlsx").get(i % 3);
      try (Socket download = open(ASKED + "&limit=10000&format=" + answer, sent.length)) {
        download.setReceiveBufferSize(1 << 12);
        Thread sender =
            Thread.ofVirtual()
                .start(
                    () -> {
                      try {
                        download.getOutputStream().write(sent);
                      } catch (IOException _) {
                        // closed below
                      }
                    });
        InputStream in = download.getInputStream();
        assertThat(new String(in.readNBytes(12), UTF_8)).isEqualTo("HTTP/1.1 200");
        in.readNBytes(1000 * (i % 40));
        if (i % 2 == 0) {
          download.setSoLinger(true, 0);
        }
        sender.interrupt();
      }
    }
  }
}
