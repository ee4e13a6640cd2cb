package fr.pivot.pages;

import fr.pivot.text.Sha256;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The files that pages load: styles, scripts, icons, and the reader of the contract from its
 * package. The digest of its content is part of a file's address, so that browsers keep it for ever
 * and a new version is another file.
 */
@Singleton
public final class Assets {

  private static final String STYLE = "pivot.css";

  private static final List<String> NAMES =
      List.of(STYLE, "pivot.js", "tools.js", "aligner.js", "controler.js", "reader.js", "icon.svg");

  /** A picture of a guide. It is beside the guides in the repository, and read there as well. */
  private static final String PICTURE = "openrefine.png";

  /** What the reader needs of its package; nothing else of it is served. */
  private static final List<String> READER =
      List.of("swagger-ui-bundle.js", "swagger-ui-bundle.js.LICENSE.txt", "swagger-ui.css");

  private static final String READER_PACKAGE = "/META-INF/maven/org.webjars/swagger-ui/";
  private static final int DIGITS = 12;

  private final Map<String, Asset> byName = new ConcurrentHashMap<>();

  /**
   * A file.
   *
   * @param address its path on the server
   * @param bytes its content
   */
  public record Asset(String address, byte[] bytes) {}

  /** Reads a file when it is first asked for: the reader weighs more than all else. */
  private static Asset load(String name) {
    byte[] bytes = name.equals(STYLE) ? sheet(name) : read(place(name));
    return new Asset("/assets/" + digest(bytes) + '/' + name, bytes);
  }

  private static String place(String name) {
    if (READER.contains(name)) {
      return "/META-INF/resources/webjars/swagger-ui/" + readerVersion() + '/' + name;
    }
    return (name.equals(PICTURE) ? "/guides/images/" : "/pages/") + name;
  }

  /** The version of the reader is part of the paths in its package, which states it. */
  private static String readerVersion() {
    Properties properties = new Properties();
    try {
      properties.load(new ByteArrayInputStream(read(READER_PACKAGE + "pom.properties")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version").strip();
  }

  private static byte[] read(String place) {
    try (InputStream in = Assets.class.getResourceAsStream(place)) {
      if (in == null) {
        throw new IllegalStateException(place + " is not on the class path");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String digest(byte[] bytes) {
    return Sha256.of(bytes).substring(0, DIGITS);
  }

  /** The style of a page that stands alone and holds it: what all pages share, and its own. */
  public static String style(String name) {
    return new String(sheet(name), StandardCharsets.UTF_8);
  }

  private static byte[] sheet(String name) {
    byte[] shared = read("/pages/base.css");
    byte[] own = read("/pages/" + name);
    byte[] whole = Arrays.copyOf(shared, shared.length + own.length);
    System.arraycopy(own, 0, whole, shared.length, own.length);
    return whole;
  }

  /** Where a file is. */
  public String address(String name) {
    return find(name).orElseThrow().address();
  }

  /** A file by its name. */
  Optional<Asset> find(String name) {
    return NAMES.contains(name) || READER.contains(name) || name.equals(PICTURE)
        ? Optional.of(byName.computeIfAbsent(name, Assets::load))
        : Optional.empty();
  }
}
