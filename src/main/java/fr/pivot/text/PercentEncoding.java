package fr.pivot.text;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** How a text is written within an address (RFC 3986). */
public final class PercentEncoding {

  private PercentEncoding() {}

  /** A text as a segment of a path. */
  public static String encode(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!(c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z')
          && "-._~".indexOf(c) < 0) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
      }
    }
    return text;
  }
}
