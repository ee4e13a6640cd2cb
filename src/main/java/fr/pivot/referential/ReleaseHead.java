package fr.pivot.referential;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a release says of itself before its content.
 *
 * @param referential the id of its referential
 * @param edition its name among the editions: {@code 2026}, {@code rev2}; never a full ISO date
 * @param referenceDate the day whose codes the edition lists; it orders the editions
 * @param issued the day it was published by its publisher, where known
 * @param sources the files it was made from
 */
public record ReleaseHead(
    String referential,
    String edition,
    LocalDate referenceDate,
    @Nullable LocalDate issued,
    List<SourceFile> sources) {

  /** Keeps copies that nobody can change. */
  public ReleaseHead {
    sources = List.copyOf(sources);
  }
}
