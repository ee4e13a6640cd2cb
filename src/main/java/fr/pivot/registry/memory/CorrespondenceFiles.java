package fr.pivot.registry.memory;

import fr.pivot.referential.correspondence.Association;
import fr.pivot.referential.correspondence.Match;
import fr.pivot.registry.Correspondence;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The published tables between releases as one file, good for just those tables. */
final class CorrespondenceFiles {

  /** To be changed whenever what is written changes. */
  private static final String FORMAT = "pivot correspondences 1";

  private static final String NAME = "all";

  private final ColumnFiles files;

  CorrespondenceFiles(@Nullable String folder) {
    files = new ColumnFiles(folder, "correspondences", FORMAT);
  }

  /**
   * The published tables; empty where no file holds just those.
   *
   * @param without the same without their lines
   */
  Optional<List<Correspondence>> find(Collection<Correspondence> without) {
    return files.find(NAME, identity(without), columns -> read(without, columns));
  }

  /** Keeps the published tables, where they are not kept yet. */
  void keep(Collection<Correspondence> all) {
    if (!files.has(NAME, identity(all))) {
      files.keep(NAME, identity(all), columns -> all.forEach(c -> write(c, columns)));
    }
  }

  private static String identity(Collection<Correspondence> all) {
    StringBuilder parts = new StringBuilder();
    all.forEach(c -> parts.append(c.head().id()).append(' ').append(c.digest()).append('\n'));
    return parts.toString();
  }

  private static void write(Correspondence correspondence, ColumnWriter columns) {
    List<Association> lines = correspondence.listAssociations();
    columns.texts(lines.size(), i -> lines.get(i).source());
    columns.texts(lines.size(), i -> lines.get(i).target());
    columns.texts(lines.size(), i -> lines.get(i).match().name());
    columns.texts(
        lines.size(),
        i -> {
          BigDecimal share = lines.get(i).share();
          return share == null ? null : share.toString();
        });
    columns.texts(lines.size(), i -> lines.get(i).basis());
    @SuppressWarnings("unchecked")
    @Nullable Map<String, String>[] attributes =
        lines.stream().map(Association::attributes).toArray(Map[]::new);
    columns.maps(attributes);
  }

  private static List<Correspondence> read(
      Collection<Correspondence> without, ColumnReader columns) {
    List<Correspondence> all = new ArrayList<>();
    for (Correspondence correspondence : without) {
      String[] sources = columns.texts();
      String[] targets = columns.texts();
      String[] matches = columns.texts();
      @Nullable String[] shares = columns.textsOrNull();
      @Nullable String[] bases = columns.textsOrNull();
      @Nullable Map<String, String>[] attributes = columns.maps();
      List<Association> lines = new ArrayList<>(sources.length);
      for (int i = 0; i < sources.length; i++) {
        String share = shares[i];
        Map<String, String> own = attributes[i];
        lines.add(
            new Association(
                sources[i],
                targets[i],
                Match.valueOf(matches[i]),
                share == null ? null : new BigDecimal(share),
                bases[i],
                own == null ? Map.of() : own));
      }
      all.add(
          new Correspondence(
              correspondence.head(), correspondence.digest(), correspondence.publishedAt(), lines));
    }
    return all;
  }
}
