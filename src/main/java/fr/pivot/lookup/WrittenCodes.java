package fr.pivot.lookup;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import fr.pivot.referential.Validity;
import fr.pivot.registry.CodeView;
import fr.pivot.registry.Registry;
import jakarta.inject.Singleton;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is written of codes with all their members, up to {@value #HEAVIEST} bytes: lists and files
 * ask for the same codes again and again, and what is said of one on a day does not change within a
 * registry. A publication begins anew. Safe for any number of threads.
 */
@Singleton
final class WrittenCodes {

  private static final long HEAVIEST = 32L << 20;

  /** What an entry weighs beside its bytes: objects, headers of arrays, references. */
  private static final int OVERHEAD = 200;

  /**
   * What the members of a code depend on.
   *
   * @param asked the edition that was asked
   * @param day the day that was asked
   * @param told the edition that tells of the code
   * @param state the days of the state that it tells
   */
  private record Key(
      String referential, long asked, int day, long told, Validity state, String code) {}

  private record Kept(Registry registry, Cache<Key, byte[]> members) {
    Kept(Registry registry) {
      this(
          registry,
          Caffeine.newBuilder()
              .maximumWeight(HEAVIEST)
              .executor(Runnable::run)
              .weigher((Key key, byte[] bytes) -> OVERHEAD + key.code().length() + bytes.length)
              .build());
    }
  }

  private volatile @Nullable Kept kept;

  /**
   * The members of a code, without the braces around them.
   *
   * @param writer writes them where they are not kept
   */
  byte[] members(CodeView view, Function<CodeView, byte[]> writer) {
    Registry registry = view.point().registry();
    Kept now = kept;
    if (now == null || now.registry() != registry) {
      now = new Kept(registry);
      kept = now;
    }
    Key key =
        new Key(
            view.referential().id(),
            view.point().release().id(),
            view.point().day(),
            view.release().id(),
            view.validity(),
            view.code());
    byte[] bytes = now.members().getIfPresent(key);
    if (bytes == null) {
      bytes = writer.apply(view);
      now.members().put(key, bytes);
    }
    return bytes;
  }
}
