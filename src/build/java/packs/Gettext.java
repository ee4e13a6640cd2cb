package packs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The translations of a compiled gettext catalogue (the MO format of GNU gettext). */
final class Gettext {

  private static final int MAGIC = 0x950412de;

  private final Map<String, String> translations = new HashMap<>();

  static Gettext read(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.getInt(0) != MAGIC) {
      bytes.order(ByteOrder.BIG_ENDIAN);
    }
    if (bytes.getInt(0) != MAGIC) {
      throw new IOException(file + " is not a compiled catalogue");
    }
    Gettext catalogue = new Gettext();
    int count = bytes.getInt(8);
    int originals = bytes.getInt(12);
    int translated = bytes.getInt(16);
    for (int i = 0; i < count; i++) {
      catalogue.translations.put(text(bytes, originals + 8 * i), text(bytes, translated + 8 * i));
    }
    return catalogue;
  }

  private static String text(ByteBuffer bytes, int entry) {
    byte[] text = new byte[bytes.getInt(entry)];
    bytes.get(bytes.getInt(entry + 4), text);
    return new String(text, StandardCharsets.UTF_8);
  }

  /**
   * The translation of a text, with its context or without one; the text itself if there is none.
   */
  String translate(@Nullable String context, String text) {
    String translation = translations.get(context + "\u0004" + text);
    if (translation == null || translation.isBlank()) {
      translation = translations.get(text);
    }
    return translation == null || translation.isBlank() ? text : translation;
  }
}
