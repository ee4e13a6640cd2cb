package fr.pivot.registry.memory;

import fr.pivot.catalog.Release;
import fr.pivot.referential.Referential;
import fr.pivot.text.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is made of the editions of a referential, as files of the home folder, one a referential: a
 * start takes them as they are instead of making them again. The database stays the truth: a file
 * is good for exactly the descriptor and the editions, by their digests, that it was written for.
 * One that is not, or that is damaged, counts as missing and is replaced. Other things that are
 * made of what is published are kept in the same way, each with what it was made from.
 */
public final class ColumnFiles {

  private static final Logger LOG = LoggerFactory.getLogger(ColumnFiles.class);

  private static final int IDENTITY = 32;
  private static final int HEAD = IDENTITY + Long.BYTES;
  private static final String BEING_WRITTEN = "part";

  /** The referential, the process that writes, and what makes the name its own. */
  private static final Pattern PART =
      Pattern.compile("[a-z0-9-]+\\.(\\d{1,18})\\.\\d+\\." + BEING_WRITTEN);

  private final @Nullable Path folder;
  private final String ending;
  private final String format;

  /**
   * Files of one kind.
   *
   * @param folder where they are; null where nothing is kept
   * @param ending how their names end, and what they are called
   * @param format what is written, with a number that changes whenever that does
   */
  public ColumnFiles(@Nullable String folder, String ending, String format) {
    this.folder = folder == null ? null : Path.of(folder);
    this.ending = ending;
    this.format = format;
  }

  /**
   * What was kept for a referential with these editions; empty where no file says just that.
   *
   * @param reader makes of the columns what was written to them
   */
  public <T> Optional<T> find(
      Referential referential, Collection<Release> releases, Function<ColumnReader, T> reader) {
    return find(referential.id(), editions(referential, releases), reader);
  }

  /**
   * What was kept under a name; empty where no file says just that.
   *
   * @param of what it was made from
   * @param reader makes of the columns what was written to them
   */
  <T> Optional<T> find(String name, String of, Function<ColumnReader, T> reader) {
    if (folder == null) {
      return Optional.empty();
    }
    try {
      byte[] bytes = Files.readAllBytes(file(folder, name));
      if (bytes.length < HEAD || !Arrays.equals(bytes, 0, IDENTITY, identity(of), 0, IDENTITY)) {
        return Optional.empty();
      }
      ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(IDENTITY);
      if (buffer.getLong() != checksum(bytes)) {
        LOG.warn("The file {} of {} is damaged; it is made again.", ending, name);
        return Optional.empty();
      }
      return Optional.of(reader.apply(new ColumnReader(buffer)));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException | RuntimeException e) {
      // Whatever is wrong with it, the database has what it should have said.
      LOG.warn("The file {} of {} cannot be read: {}", ending, name, e.toString());
      return Optional.empty();
    }
  }

  /**
   * Keeps something for later starts. Where that cannot be done they make it again.
   *
   * @param writer writes it
   */
  public void keep(
      Referential referential, Collection<Release> releases, Consumer<ColumnWriter> writer) {
    keep(referential.id(), editions(referential, releases), writer);
  }

  /** Whether something made from this is kept under a name. */
  boolean has(String name, String of) {
    if (folder == null) {
      return false;
    }
    try (InputStream in = Files.newInputStream(file(folder, name))) {
      return Arrays.equals(in.readNBytes(IDENTITY), identity(of));
    } catch (IOException _) {
      return false;
    }
  }

  /**
   * Keeps something under a name.
   *
   * @param of what it is made from
   * @param writer writes it
   */
  void keep(String name, String of, Consumer<ColumnWriter> writer) {
    if (folder == null) {
      return;
    }
    try {
      Files.createDirectories(folder);
      removeAbandoned(folder);
      ColumnWriter columns = new ColumnWriter();
      writer.accept(columns);
      byte[] written = columns.toBytes();
      byte[] bytes = new byte[HEAD + written.length];
      System.arraycopy(written, 0, bytes, HEAD, written.length);
      ByteBuffer.wrap(bytes)
          .order(ByteOrder.LITTLE_ENDIAN)
          .put(identity(of))
          .putLong(checksum(bytes));
      // Another process may write the same file, or read it: it appears whole or not at all.
      Path part =
          Files.createTempFile(
              folder, name + '.' + ProcessHandle.current().pid() + '.', '.' + BEING_WRITTEN);
      try {
        Files.write(part, bytes);
        Files.move(part, file(folder, name), StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      LOG.warn("The {} of {} was not kept: {}", ending, name, e.toString());
    }
  }

  private Path file(Path folder, String name) {
    return folder.resolve(name + '.' + ending);
  }

  /** What processes that died had begun to write; what else lies in the folder is not ours. */
  private static void removeAbandoned(Path folder) throws IOException {
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, "*." + BEING_WRITTEN)) {
      for (Path part : parts) {
        Matcher name = PART.matcher(part.getFileName().toString());
        if (name.matches()
            && Files.isRegularFile(part, LinkOption.NOFOLLOW_LINKS)
            && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()) {
          Files.deleteIfExists(part);
        }
      }
    }
  }

  private static long checksum(byte[] bytes) {
    CRC32 sum = new CRC32();
    sum.update(bytes, HEAD, bytes.length - HEAD);
    return sum.getValue();
  }

  private byte[] identity(String of) {
    return Sha256.begin().digest((format + '\n' + of).getBytes(StandardCharsets.UTF_8));
  }

  /** What a file is made from; the digest of an edition stands for every statement of it. */
  private static String editions(Referential referential, Collection<Release> releases) {
    StringBuilder parts = new StringBuilder().append(referential);
    releases.forEach(r -> parts.append('\n').append(r.position()).append(' ').append(r.digest()));
    return parts.toString();
  }
}
