package fr.pivot.publishing;

import fr.pivot.catalog.Release;
import fr.pivot.registry.Codes;
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
  public static void write(Codes codes, Release release, Path folder) throws IOException {
    PackWriter writer = new PackWriter(codes.referential(), release.head(), null, folder);
    codes.forEachState(release, writer::concept);
    codes.forEachLink(release, writer::link);
    codes.listSuccessions(release).forEach(writer::succession);
    codes.forEachMeasure(release, writer::measure);
    release.observed().forEach(writer::observed);
    writer.finish();
  }
}
