package fr.pivot.formats.pack;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A CSV file as the package describes it.
 *
 * @param roles what its columns are, for those that say so: {@code attribute}, {@code label}
 * @param contentHash the digest of the uncompressed bytes, in hexadecimal; null where not stated
 */
record PackedResource(
    String name, String path, Map<String, String> roles, @Nullable String contentHash) {

  static PackedResource of(JsonFields json) {
    Map<String, String> roles = new HashMap<>();
    if (json.has("schema")) {
      for (JsonFields field : json.object("schema").objects("fields")) {
        String role = field.optionalText("pivot:role");
        if (role != null) {
          roles.put(field.text("name"), role);
        }
      }
    }
    String hash = json.optionalText("pivot:contentHash");
    if (hash == null && !json.has("compression")) {
      hash = json.optionalText("hash");
    }
    if (hash != null) {
      if (!hash.startsWith("sha256:")) {
        json.problem("pivot:contentHash", "must begin with sha256:");
      }
      hash = hash.substring(hash.indexOf(':') + 1).toLowerCase(Locale.ROOT);
    }
    return new PackedResource(json.text("name"), json.text("path"), roles, hash);
  }
}
