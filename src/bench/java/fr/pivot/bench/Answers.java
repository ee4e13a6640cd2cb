package fr.pivot.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Asks a server, and the command line on the same home, and records what they answer: the status,
 * the headers and the body, or the exit code and what was written. Two questions are under way at a
 * time.
 */
final class Answers implements AutoCloseable {

  /** Headers of the connection, not of the answer. */
  private static final Set<String> UNTOLD =
      Set.of("date", "content-length", "transfer-encoding", "connection");

  private static final Pattern NEXT = Pattern.compile("<([^>]*)>; rel=\"next\"");
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final String base;
  private final List<String> command;
  private final Predicate<String> groups;
  private final Recording recording;
  private final HttpClient client = HttpClient.newHttpClient();
  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private final Semaphore free = new Semaphore(8);
  private final Set<String> asked = new HashSet<>();
  private final AtomicReference<RuntimeException> failure = new AtomicReference<>();

  /**
   * @param base the address of the server
   * @param command what runs {@code pivot}, without its arguments
   * @param groups which groups of questions are asked
   */
  Answers(String base, List<String> command, Predicate<String> groups, Recording recording) {
    this.base = base;
    this.command = List.copyOf(command);
    this.groups = groups;
    this.recording = recording;
  }

  /** Asks for an address. Headers are given as name, value, name, value… */
  void get(String group, String path, String... headers) {
    later(
        group,
        "GET " + path + told(headers),
        question -> send(group, question, request(path, headers)));
  }

  /** Sends a body. What it is stands in the question, because the question is what is compared. */
  void post(String group, String path, String what, byte[] body, String... headers) {
    later(
        group,
        "POST " + path + told(headers) + " < " + what,
        question ->
            send(
                group,
                question,
                request(path, headers).POST(HttpRequest.BodyPublishers.ofByteArray(body))));
  }

  /** Sends a short text as a body. */
  void post(String group, String path, String body, String... headers) {
    post(group, path, body.replace("\n", "\\n"), body.getBytes(UTF_8), headers);
  }

  /** Sends a form of one field, as OpenRefine does. */
  void form(String group, String path, String field, String value) {
    post(
        group,
        path,
        field + '=' + value,
        (field + '=' + URLEncoder.encode(value, UTF_8)).getBytes(UTF_8),
        "Content-Type",
        "application/x-www-form-urlencoded");
  }

  /**
   * Asks for all pages of a list, one after the other, and answers their bodies; whatever the
   * groups are, because other questions are made of them.
   */
  List<String> pages(String group, String path) {
    List<String> bodies = new ArrayList<>();
    String next = path;
    while (next != null) {
      Optional<HttpResponse<byte[]>> page =
          send(group, "GET " + path + " page " + (bodies.size() + 1), request(next));
      page.ifPresent(each -> bodies.add(new String(each.body(), UTF_8)));
      Matcher link =
          NEXT.matcher(page.flatMap(each -> each.headers().firstValue("link")).orElse(""));
      next = link.find() ? link.group(1) : null;
    }
    return bodies;
  }

  /**
   * Runs a command in a folder; files that it leaves there are told unless they were there before.
   */
  void run(String group, Path folder, String... arguments) {
    later(
        group,
        "pivot " + String.join(" ", arguments),
        question -> {
          try {
            recording.add(group, question, output(folder, arguments));
          } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(question, e);
          }
        });
  }

  private byte[] output(Path folder, String... arguments) throws IOException, InterruptedException {
    Path told = Files.createTempFile("pivot", ".err");
    Set<Path> before = files(folder);
    Process process =
        new ProcessBuilder(Stream.concat(command.stream(), Arrays.stream(arguments)).toList())
            .directory(folder.toFile())
            .redirectError(told.toFile())
            .start();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] said = process.getInputStream().readAllBytes();
    out.writeBytes(("exit " + process.waitFor() + "\n\n").getBytes(UTF_8));
    out.writeBytes(said);
    out.writeBytes("\n-- error output\n".getBytes(UTF_8));
    out.writeBytes(Files.readAllBytes(told));
    Files.delete(told);
    for (Path each : files(folder)) {
      if (!before.contains(each)) {
        out.writeBytes(("\n-- " + folder.relativize(each) + "\n").getBytes(UTF_8));
        try (var in =
            each.toString().endsWith(".gz")
                ? new GZIPInputStream(Files.newInputStream(each))
                : Files.newInputStream(each)) {
          in.transferTo(out);
        }
      }
    }
    return out.toByteArray();
  }

  private static Set<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return new TreeSet<>(all.filter(Files::isRegularFile).toList());
    }
  }

  private interface Task {
    void run(String question);
  }

  private void later(String group, String question, Task task) {
    if (!groups.test(group) || !asked.add(group + ' ' + question)) {
      return;
    }
    free.acquireUninterruptibly();
    threads.execute(
        () -> {
          try {
            task.run(question);
          } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
          } finally {
            free.release();
          }
        });
  }

  private static String told(String... headers) {
    StringBuilder told = new StringBuilder();
    for (int i = 0; i < headers.length; i += 2) {
      told.append(" [").append(headers[i]).append(": ").append(headers[i + 1]).append(']');
    }
    return told.toString();
  }

  /** The host is one that no port is part of, because some answers repeat it. */
  private HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(PATIENCE)
            .header("Host", "pivot.test");
    return headers.length == 0 ? builder : builder.headers(headers);
  }

  /** Sends a request and records the answer, which is empty where it broke off. */
  private Optional<HttpResponse<byte[]>> send(
      String group, String question, HttpRequest.Builder request) {
    try {
      HttpResponse<byte[]> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.writeBytes((response.statusCode() + "\n").getBytes(UTF_8));
      Map<String, List<String>> headers = new TreeMap<>(response.headers().map());
      headers.forEach(
          (name, values) -> {
            if (!UNTOLD.contains(name.toLowerCase(Locale.ROOT))) {
              out.writeBytes(
                  (name.toLowerCase(Locale.ROOT) + ": " + String.join(", ", values) + "\n")
                      .getBytes(UTF_8));
            }
          });
      out.writeBytes("\n".getBytes(UTF_8));
      out.writeBytes(response.body());
      recording.add(group, question, out.toByteArray());
      return Optional.of(response);
    } catch (IOException e) {
      // How much of it came depends on the network; that it broke off does not.
      recording.add(
          group,
          question,
          ("the answer broke off: " + e.getClass().getSimpleName()).getBytes(UTF_8));
      return Optional.empty();
    } catch (InterruptedException e) {
      throw new IllegalStateException(question, e);
    }
  }

  /** Waits for all answers. */
  @Override
  public void close() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(10, TimeUnit.MINUTES)) {
        throw new IllegalStateException("Answers are missing.");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    client.close();
    if (failure.get() != null) {
      throw failure.get();
    }
  }
}
