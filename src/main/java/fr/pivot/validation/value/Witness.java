package fr.pivot.validation.value;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What stands beside a code in its row, for where the code alone leaves a doubt. */
public interface Witness {

  /** Of a code that nothing stands beside. */
  Witness NONE =
      new Witness() {
        @Override
        public boolean says(List<String> words) {
          return false;
        }

        @Override
        public boolean names(@Nullable String label) {
          return false;
        }

        @Override
        public boolean any(Predicate<String> test) {
          return false;
        }
      };

  /** Whether one of the words, in small letters without accents, stands beside the code. */
  boolean says(List<String> words);

  /**
   * Whether a field of the row is the name, however it is written; false where there is no name.
   */
  boolean names(@Nullable String label);

  /** Whether a field of the row, as short as a name, passes a test. */
  boolean any(Predicate<String> test);
}
