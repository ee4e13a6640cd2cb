package fr.pivot.lookup;

import fr.pivot.referential.Validity;
import fr.pivot.registry.CodeView;
import fr.pivot.registry.Registry;
import fr.pivot.registry.RegistryCache;
import fr.pivot.registry.RegistryCaches;
import jakarta.inject.Singleton;
import java.util.function.Function;

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

  private final RegistryCache<Key, byte[]> members;

  WrittenCodes(RegistryCaches caches) {
    members =
        caches.make(
            "written-codes",
            HEAVIEST,
            (key, bytes) -> OVERHEAD + key.code().length() + bytes.length);
  }

  /**
   * The members of a code, without the braces around them.
   *
   * @param writer writes them where they are not kept
   */
  byte[] members(CodeView view, Function<CodeView, byte[]> writer) {
    Registry registry = view.point().registry();
    Key key =
        new Key(
            view.referential().id(),
            view.point().release().id(),
            view.point().day(),
            view.release().id(),
            view.validity(),
            view.code());
    byte[] bytes = members.find(registry, key);
    if (bytes == null) {
      bytes = writer.apply(view);
      members.put(registry, key, bytes);
    }
    return bytes;
  }
}
