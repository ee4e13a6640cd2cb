package fr.pivot.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/**
 * Requests written byte by byte, as no client would write them.
 *
 * @param port where the server listens
 */
record RawHttp(int port) {

  String send(String request) {
    return send(request.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Sends bytes and returns all that comes back until the server closes or falls silent. */
  String send(byte[] request) {
    try (Socket socket = new Socket("localhost", port)) {
      socket.setSoTimeout(5000);
      try {
        socket.getOutputStream().write(request);
        socket.getOutputStream().flush();
      } catch (SocketException _) {
        // refused before the end was sent; the answer is read all the same
      }
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      InputStream in = socket.getInputStream();
      byte[] buffer = new byte[65_536];
      try {
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          answer.write(buffer, 0, n);
        }
      } catch (SocketException _) {
        // reset after the answer
      }
      return answer.toString(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(
          new String(request, 0, Math.min(200, request.length), StandardCharsets.ISO_8859_1), e);
    }
  }
}
