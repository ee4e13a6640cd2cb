package fr.pivot.formats.pack;

import fr.pivot.finding.Rule;
import fr.pivot.formats.ReleaseTarget.SeriesRows;
import fr.pivot.referential.correspondence.Association;
import fr.pivot.referential.correspondence.Match;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the lines of a correspondence. */
final class PackedAssociations extends PackedRows {

  private static final Map<String, Match> MATCHES = matches();

  private final Map<String, String> roles;
  private final Consumer<Association> lines;
  private final List<String> attributes = new ArrayList<>();

  PackedAssociations(PackedResource resource, Consumer<Association> lines) {
    super(resource, List.of("source", "target", "match"));
    this.roles = resource.roles();
    this.lines = lines;
  }

  @Override
  void header(Set<String> names) {
    for (String name : names) {
      if ("attribute".equals(roles.get(name)) && !PackFormat.ASSOCIATION_COLUMNS.contains(name)) {
        attributes.add(name);
      }
    }
  }

  @Override
  void take(SeriesRows none) {
    String source = text("source");
    String target = text("target");
    String named = text("match");
    Match match = MATCHES.get(named);
    if (match == null && !named.isEmpty()) {
      fail(Rule.CORRESPONDENCE_MATCH, "match", named);
    }
    BigDecimal share = share();
    String basis = optional("basis");
    if (share != null && basis == null) {
      fail(Rule.EMPTY_VALUE, "basis", "");
    }
    if (share == null && basis != null) {
      fail(Rule.EMPTY_VALUE, "share", "");
    }
    Map<String, String> values = new HashMap<>();
    for (String attribute : attributes) {
      String value = optional(attribute);
      if (value != null) {
        values.put(attribute, value);
      }
    }
    if (sound() && match != null) {
      lines.accept(new Association(source, target, match, share, basis, values));
    }
  }

  private @Nullable BigDecimal share() {
    String written = optional("share");
    if (written == null) {
      return null;
    }
    try {
      if (written.length() <= 30) {
        return new BigDecimal(written);
      }
    } catch (NumberFormatException _) {
      // refused below
    }
    fail(Rule.CORRESPONDENCE_SHARE, "share", written);
    return null;
  }

  private static Map<String, Match> matches() {
    Map<String, Match> matches = new HashMap<>();
    for (Match match : Match.values()) {
      matches.put(match.id(), match);
    }
    return matches;
  }
}
