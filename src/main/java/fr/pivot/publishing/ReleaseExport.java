package fr.pivot.publishing;

import fr.pivot.catalog.Release;
import fr.pivot.registry.memory.Codebook;
import java.io.IOException;
import java.nio.file.Path;

/** Writes a published release as a pack, which {@code pivot import pack} reads. */
public final class ReleaseExport {

  private ReleaseExport() {}

  /**
   * Writes a release.
   *
   * @param folder where the files go; created where it does not exist
   */
  public static void write(Codebook codebook, Release release, Path folder) throws IOException {
    PackWriter writer = new PackWriter(codebook.referential(), release.head(), null, folder);
    codebook.forEachState(release, writer::concept);
    codebook.forEachLink(release, writer::link);
    codebook.listSuccessions(release).forEach(writer::succession);
    codebook.forEachMeasure(release, writer::measure);
    release.observed().forEach(writer::observed);
    writer.finish();
  }
}
