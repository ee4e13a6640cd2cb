package fr.pivot.pages;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files that pages load: styles, scripts, icons. The digest of its content is part of a file's
 * address, so that browsers keep it for ever and a new version is another file.
 */
@Singleton
public final class Assets {

  private static final List<String> NAMES = List.of("pivot.css", "pivot.js", "icon.svg");
  private static final int DIGITS = 12;

  private final Map<String, Asset> byName = new LinkedHashMap<>();

  /**
   * A file.
   *
   * @param address its path on the server
   * @param bytes its content
   */
  public record Asset(String address, byte[] bytes) {}

  Assets() {
    for (String name : NAMES) {
      byte[] bytes = read(name);
      byName.put(name, new Asset("/assets/" + digest(bytes) + '/' + name, bytes));
    }
  }

  private static byte[] read(String name) {
    try (InputStream in = Assets.class.getResourceAsStream("/pages/" + name)) {
      if (in == null) {
        throw new IllegalStateException("/pages/" + name + " is not on the class path");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String digest(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Where a file is. */
  public String address(String name) {
    return find(name).orElseThrow().address();
  }

  /** A file by its name. */
  Optional<Asset> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }
}
