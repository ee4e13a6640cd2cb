package fr.pivot.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The answers of one build as they are written: a folder with an archive for each group of
 * questions. The name of an entry is the question, its content the answer.
 */
final class Recording implements AutoCloseable {

  private final Path folder;
  private final Map<String, ZipOutputStream> groups = new TreeMap<>();
  private final Map<String, Integer> counts = new TreeMap<>();

  Recording(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
  }

  /** Keeps an answer. A question is asked once in a group. */
  synchronized void add(String group, String question, byte[] answer) {
    try {
      ZipOutputStream out = groups.get(group);
      if (out == null) {
        out =
            new ZipOutputStream(
                Files.newOutputStream(folder.resolve(group + ".zip")), StandardCharsets.UTF_8);
        out.setLevel(Deflater.BEST_SPEED);
        groups.put(group, out);
      }
      out.putNextEntry(new ZipEntry(question));
      out.write(answer);
      out.closeEntry();
      counts.merge(group, 1, Integer::sum);
    } catch (IOException e) {
      throw new UncheckedIOException(question, e);
    }
  }

  /** How many answers each group has. */
  synchronized Map<String, Integer> counts() {
    return new TreeMap<>(counts);
  }

  @Override
  public synchronized void close() throws IOException {
    for (ZipOutputStream each : groups.values()) {
      each.close();
    }
  }
}
