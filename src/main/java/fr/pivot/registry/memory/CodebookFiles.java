package fr.pivot.registry.memory;

import fr.pivot.catalog.Release;
import fr.pivot.referential.Referential;
import io.micronaut.context.annotation.Property;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Codebooks as files of the home folder, one a referential: a start takes them as they are instead
 * of asking the database for every row. The database stays the truth: a file is good for exactly
 * the descriptor and the editions, by their digests, that it was written for. One that is not, or
 * that is damaged, counts as missing and is replaced.
 */
@Singleton
public class CodebookFiles {

  private static final Logger LOG = LoggerFactory.getLogger(CodebookFiles.class);

  /** To be changed whenever what {@link Codebook} writes changes. */
  static final String FORMAT = "pivot codebook 1";

  private static final int IDENTITY = 32;
  private static final int HEAD = IDENTITY + Long.BYTES;
  private static final String BEING_WRITTEN = "part";

  /** The referential, the process that writes, and what makes the name its own. */
  private static final Pattern PART =
      Pattern.compile("[a-z0-9-]+\\.(\\d{1,18})\\.\\d+\\." + BEING_WRITTEN);

  private final @Nullable Path folder;

  CodebookFiles(@Nullable @Property(name = "pivot.codebooks") String folder) {
    this.folder = folder == null ? null : Path.of(folder);
  }

  /** The codebook of a referential with these editions; empty where no file says just that. */
  Optional<Codebook> find(Referential referential, Collection<Release> releases) {
    if (folder == null) {
      return Optional.empty();
    }
    try {
      byte[] bytes = Files.readAllBytes(file(folder, referential));
      if (bytes.length < HEAD
          || !Arrays.equals(bytes, 0, IDENTITY, identity(referential, releases), 0, IDENTITY)) {
        return Optional.empty();
      }
      ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(IDENTITY);
      if (buffer.getLong() != checksum(bytes)) {
        LOG.warn("The file of the codebook of {} is damaged; it is made again.", referential.id());
        return Optional.empty();
      }
      return Optional.of(new Codebook(referential, new ColumnReader(buffer)));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException | RuntimeException e) {
      // Whatever is wrong with it, the database has what it should have said.
      LOG.warn("The file of the codebook of {} cannot be read: {}", referential.id(), e.toString());
      return Optional.empty();
    }
  }

  /** Keeps a codebook for later starts. Where that cannot be done they read the database. */
  void keep(Codebook codebook, Collection<Release> releases) {
    if (folder == null) {
      return;
    }
    Referential referential = codebook.referential();
    try {
      Files.createDirectories(folder);
      removeAbandoned(folder);
      ColumnWriter columns = new ColumnWriter();
      codebook.writeTo(columns);
      byte[] written = columns.toBytes();
      byte[] bytes = new byte[HEAD + written.length];
      System.arraycopy(written, 0, bytes, HEAD, written.length);
      ByteBuffer.wrap(bytes)
          .order(ByteOrder.LITTLE_ENDIAN)
          .put(identity(referential, releases))
          .putLong(checksum(bytes));
      // Another process may write the same file, or read it: it appears whole or not at all.
      Path part =
          Files.createTempFile(
              folder,
              referential.id() + '.' + ProcessHandle.current().pid() + '.',
              '.' + BEING_WRITTEN);
      try {
        Files.write(part, bytes);
        Files.move(part, file(folder, referential), StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      LOG.warn("The codebook of {} was not kept: {}", referential.id(), e.toString());
    }
  }

  private static Path file(Path folder, Referential referential) {
    return folder.resolve(referential.id() + ".codebook");
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

  /** What a codebook is made from; the digest of an edition stands for every statement of it. */
  private static byte[] identity(Referential referential, Collection<Release> releases) {
    StringBuilder parts = new StringBuilder(FORMAT).append('\n').append(referential);
    releases.forEach(r -> parts.append('\n').append(r.position()).append(' ').append(r.digest()));
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest(parts.toString().getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
