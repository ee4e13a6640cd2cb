package fr.pivot.formats;

import fr.pivot.finding.Findings;
import fr.pivot.referential.Text;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A format that releases come in. */
public interface ReleaseFormat {

  /** Its name on the command line: {@code cog}. */
  String id();

  /** By what a file of this format is known, for a person: an elliptic sentence. */
  Text sign();

  /**
   * Knows a file for one of this format by what it holds: its columns, its outermost element, its
   * structure. Asks for the beginning alone, and never for the name; what is damaged further on is
   * told by {@link #read}.
   */
  Optional<Recognised> recognise(FileHead head);

  /**
   * What it was told beside the files, by name: the same files read with other settings are another
   * import.
   */
  default Map<String, String> settings() {
    return Map.of();
  }

  /**
   * Reads files into releases. What is wrong with them goes to the findings; the caller publishes
   * nothing when one of them is an error.
   *
   * @throws IOException when the bytes cannot be had at all
   */
  void read(List<InputFile> files, ReadOptions options, Findings findings, ReleaseTarget target)
      throws IOException;
}
