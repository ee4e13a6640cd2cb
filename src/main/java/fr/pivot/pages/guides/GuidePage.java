package fr.pivot.pages.guides;

import fr.pivot.pages.Frame;
import java.util.List;

/**
 * What the page of a guide says.
 *
 * @param html the guide, whose examples call the server that shows it
 * @param others the other guides
 */
record GuidePage(Frame frame, Guide guide, String html, List<Guide> others) {

  /** The page of a guide, on the server at an address. */
  static GuidePage of(Frame frame, Guide guide, List<Guide> all, String server) {
    return new GuidePage(
        frame,
        guide,
        guide.html().replace(Guides.SERVER, server),
        all.stream().filter(other -> !other.name().equals(guide.name())).toList());
  }
}
