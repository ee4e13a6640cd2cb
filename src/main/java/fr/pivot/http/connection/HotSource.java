package fr.pivot.http.connection;

import fr.pivot.http.Answers.Prepared;
import org.jspecify.annotations.Nullable;

/** Holds answers that are ready to be given; {@link HotPath} gives them. */
public interface HotSource {

  /**
   * The answer at an address, if one is ready and still true. It must be the same for whatever
   * request {@link HotPath#isPlain} lets pass.
   *
   * @param address the path and the query, as they were sent
   */
  @Nullable Ready find(String address);

  /** An answer that is ready. */
  interface Ready {

    /** What it is. */
    Prepared answer();

    /** Says that it was given. */
    void given();
  }
}
