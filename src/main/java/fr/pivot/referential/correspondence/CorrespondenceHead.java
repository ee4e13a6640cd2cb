package fr.pivot.referential.correspondence;

import fr.pivot.referential.SourceFile;
import fr.pivot.referential.Text;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a published correspondence says of itself before its associations ({@code
 * xkos:Correspondence}).
 *
 * @param id short name in addresses: {@code naf-rev1.naf-rev2}
 * @param title what it is called
 * @param publisher who published it
 * @param homepage the publisher's page, or null where none is known
 * @param source the release of the source codes
 * @param target the release of the target codes
 * @param issued the day it was published by its publisher, where known
 * @param sources the files it was made from
 */
public record CorrespondenceHead(
    String id,
    Text title,
    String publisher,
    @Nullable String homepage,
    Side source,
    Side target,
    @Nullable LocalDate issued,
    List<SourceFile> sources) {

  /**
   * One side of a correspondence: an edition of a referential.
   *
   * @param referential the referential's id
   * @param edition the edition
   */
  public record Side(String referential, String edition) {
    @Override
    public String toString() {
      return referential + '@' + edition;
    }
  }

  /** Keeps copies that nobody can change. */
  public CorrespondenceHead {
    sources = List.copyOf(sources);
  }
}
