package fr.pivot.formats.pack;

import fr.pivot.finding.Rule;
import fr.pivot.referential.Link;
import fr.pivot.referential.Relation;
import fr.pivot.referential.ReleaseRows;
import java.util.List;

/** Reads the links of codes. */
final class PackedLinks extends StatedRows {

  PackedLinks(PackedResource resource) {
    super(resource, List.of("code", "relation", "referential", "target", "from", "to"));
  }

  @Override
  void take(ReleaseRows rows) {
    Relation relation = Relation.RELATED;
    String named = text("relation");
    if (named.equals(Relation.BROADER.id())) {
      relation = Relation.BROADER;
    } else if (!named.isEmpty() && !named.equals(Relation.RELATED.id())) {
      fail(Rule.UNREADABLE_FILE, "relation", named);
    }
    Link link =
        new Link(
            text("code"),
            relation,
            text("referential"),
            text("target"),
            validity(),
            flag("derived"));
    if (sound()) {
      rows.link(link);
    }
  }
}
