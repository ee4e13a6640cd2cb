package fr.pivot.crosswalk.lineage;

import fr.pivot.referential.Text;
import java.util.Locale;

/** Why several targets are candidates, of which nobody says which is the one. */
public enum Doubt {
  /** The unit was merged into a larger one, which was divided later. */
  MERGED_THEN_DIVIDED(
      "le territoire a été réuni à d'autres dans une unité qui a été divisée ensuite",
      "the unit was merged with others into one that was divided later"),
  /** What it was went to units that also hold other territory. */
  SHARED_OUT(
      "le territoire a été partagé entre des unités qui en tiennent aussi d'ailleurs",
      "the unit was shared out among units that also hold territory from elsewhere"),
  /** Several targets are tied to the code, as the communes of a postal code are. */
  SEVERAL_TIED(
      "plusieurs codes sont liés à celui-ci, sans hiérarchie",
      "several codes are tied to this one");

  private final Text text;

  Doubt(String fr, String en) {
    this.text = new Text(fr, en);
  }

  /** The reason as it is written in answers; it never changes its meaning. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The reason in words. */
  public Text text() {
    return text;
  }
}
