package fr.pivot.reconciliation;

import fr.pivot.catalog.Reference;
import fr.pivot.referential.LinkType;
import fr.pivot.referential.Text;

/** Something that can be said, or asked, of the concepts of a referential. */
sealed interface Property {

  /** Its id in the protocol. */
  String id();

  /** What it is called. */
  Text name();

  /** What every concept has: {@code code}, {@code label}, {@code status}… */
  record Own(String id, Text name) implements Property {}

  /** Its label in another language. */
  record Translated(String id, Text name, String language) implements Property {}

  /** What the source says of it. */
  record Attribute(String id, Text name) implements Property {}

  /** A figure of the edition. */
  record Figure(String id, Text name) implements Property {}

  /** What it is tied to on the day. */
  record Linked(String id, Text name, LinkType type) implements Property {}

  /** What became of it, or what it came from. */
  record Kin(String id, Text name, boolean after) implements Property {}

  /** What it is at another point: in another referential, in another edition, on another day. */
  record Elsewhere(String id, Text name, Reference target) implements Property {}
}
