package fr.pivot.cli.session;

import fr.pivot.table.AnnotatedTable;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes files that appear under their names only when they are whole. */
public final class WholeFile {

  private WholeFile() {}

  /** Writes what is then moved to its name. */
  public interface PathBody {
    void writeTo(Path part) throws IOException;
  }

  /** The same, as a stream. */
  public interface StreamBody {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Where a file is written before it is whole. */
  static Path part(Path output) {
    return output.resolveSibling(output.getFileName() + ".part");
  }

  /** Writes a file. */
  public static void write(Path output, PathBody body) throws IOException {
    Path part = part(output);
    try {
      body.writeTo(part);
      Files.move(part, output, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** Writes a file as a stream. */
  public static void stream(Path output, StreamBody body) throws IOException {
    write(
        output,
        part -> {
          try (OutputStream to = new BufferedOutputStream(Files.newOutputStream(part), 1 << 16)) {
            body.writeTo(to);
          }
        });
  }

  /**
   * Writes a table to a file, as a workbook where the name of that ends in {@code .xlsx}.
   *
   * @param output the file; null for the standard output
   */
  public static void table(Console console, @Nullable Path output, AnnotatedTable table)
      throws IOException {
    if (output == null) {
      table.stream().transferTo(console.out());
      console.out().flush();
    } else if (output.toString().toLowerCase(Locale.ROOT).endsWith(".xlsx")) {
      write(output, table::writeWorkbook);
    } else {
      stream(output, table.stream()::transferTo);
    }
  }
}
