package fr.pivot.importing;

import fr.pivot.formats.InputFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The identity of a file's bytes.
 *
 * @param name the file's name
 * @param sha256 the digest of its uncompressed bytes, in hexadecimal
 * @param bytes how many they are
 */
record Checksum(String name, String sha256, long bytes) {

  static Checksum of(InputFile file) throws IOException {
    MessageDigest digest = newDigest();
    try (InputStream in = new DigestInputStream(file.content().open(), digest)) {
      long bytes = in.transferTo(OutputStream.nullOutputStream());
      return new Checksum(file.name(), HexFormat.of().formatHex(digest.digest()), bytes);
    }
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
