package fr.pivot.pages;

import fr.pivot.catalog.Catalog;
import fr.pivot.catalog.Release;
import fr.pivot.referential.Kind;
import fr.pivot.referential.Referential;
import fr.pivot.referential.Text;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A referential that a form offers.
 *
 * @param editions its editions, the youngest first, between blanks; empty where form and check
 *     digit alone decide
 */
public record ReferentialChoice(Referential referential, String editions) {

  /**
   * Referentials that list the same kind of thing.
   *
   * @param title what they are called together
   */
  public record Group(Text title, List<ReferentialChoice> choices) {}

  /** Whether it lists territories, which are asked for as of a day. */
  public boolean isTerritory() {
    return referential.kind() == Kind.TERRITORY;
  }

  /** The referentials that have an edition, by what they list and by their titles. */
  public static List<Group> ofEditions(Frame frame, Catalog catalog) {
    return list(frame, catalog, false);
  }

  /**
   * The same with those that judge by form and check digit, whether they have an edition or not.
   */
  public static List<Group> ofEditionsAndRules(Frame frame, Catalog catalog) {
    return list(frame, catalog, true);
  }

  private static List<Group> list(Frame frame, Catalog catalog, boolean rules) {
    List<Group> groups = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      List<ReferentialChoice> choices =
          catalog.listReferentials().stream()
              .filter(r -> r.kind() == kind)
              .filter(r -> rules && r.partial() || catalog.findLatest(r.id()).isPresent())
              .map(r -> new ReferentialChoice(r, rules && r.partial() ? "" : editions(catalog, r)))
              .sorted(Comparator.comparing(c -> frame.say(c.referential().title()), frame.order()))
              .toList();
      if (!choices.isEmpty()) {
        groups.add(new Group(Words.together(kind), choices));
      }
    }
    return groups;
  }

  private static String editions(Catalog catalog, Referential referential) {
    return String.join(
        " ",
        catalog.listReleases(referential.id()).reversed().stream().map(Release::edition).toList());
  }
}
