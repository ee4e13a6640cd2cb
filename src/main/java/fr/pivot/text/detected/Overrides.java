package fr.pivot.text.detected;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a person says about a file, which wins over what its bytes tell. Each may be null: then it
 * is detected.
 *
 * @param charset its encoding: UTF-16 or one that contains ASCII, as all of France's do
 * @param separator what separates its fields: an ASCII character that is neither a quote nor ends a
 *     line
 * @param headerLine the line of its header, from 1, or the row of it in a sheet; 0 where it has
 *     none
 * @param sheet the name of the sheet; of no meaning for delimited text
 */
public record Overrides(
    @Nullable Charset charset,
    @Nullable Character separator,
    @Nullable Integer headerLine,
    @Nullable String sheet) {

  /** Nothing is said. */
  public static final Overrides NONE = new Overrides(null, null, null, null);

  /**
   * Checks each.
   *
   * @throws IllegalArgumentException when one is not as said above
   */
  public Overrides {
    if (charset != null && !isUtf16(charset) && !containsAscii(charset)) {
      throw new IllegalArgumentException("not an encoding of delimited text: " + charset);
    }
    if (separator != null
        && (separator > 127 || separator == '"' || separator == '\n' || separator == '\r')) {
      throw new IllegalArgumentException("not a separator: " + separator);
    }
    if (headerLine != null && headerLine < 0) {
      throw new IllegalArgumentException("not a line: " + headerLine);
    }
  }

  private static boolean containsAscii(Charset charset) {
    byte[] ascii = new byte[127];
    for (int i = 0; i < ascii.length; i++) {
      ascii[i] = (byte) (i + 1);
    }
    return new String(ascii, charset).equals(new String(ascii, StandardCharsets.US_ASCII));
  }

  static boolean isUtf16(Charset charset) {
    return charset.equals(StandardCharsets.UTF_16)
        || charset.equals(StandardCharsets.UTF_16LE)
        || charset.equals(StandardCharsets.UTF_16BE);
  }
}
