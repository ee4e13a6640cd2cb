package fr.pivot.reconciliation;

import fr.pivot.referential.Level;
import fr.pivot.referential.Text;
import org.jspecify.annotations.Nullable;

/**
 * A type of the protocol: a referential, or one level of a referential that has several.
 *
 * @param id {@code naf}, {@code naf/sous-classe}
 * @param scope the referential
 * @param level the level, or null for all
 */
record EntityType(String id, Scope scope, @Nullable Level level) {

  /** What it is called. */
  Text name() {
    Text title = scope.referential().title();
    return level == null
        ? title
        : new Text(
            level.title().fr() + " (" + title.fr() + ')',
            level.title().en() + " (" + title.en() + ')');
  }
}
