package fr.pivot.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** Asks for every address of its input and writes those that answer, each with its validator. */
final class Tags {

  private Tags() {}

  /** Takes the address of the server; the paths come on the standard input, one a line. */
  public static void main(String[] args) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient();
        BufferedReader in =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      StringBuilder out = new StringBuilder();
      for (String path = in.readLine(); path != null; path = in.readLine()) {
        HttpResponse<Void> response =
            client.send(
                HttpRequest.newBuilder(URI.create(args[0] + path)).build(),
                HttpResponse.BodyHandlers.discarding());
        if (response.statusCode() == 200) {
          out.append(path)
              .append(' ')
              .append(response.headers().firstValue("ETag").orElse(""))
              .append('\n');
        }
      }
      System.out.print(out);
    }
  }
}
