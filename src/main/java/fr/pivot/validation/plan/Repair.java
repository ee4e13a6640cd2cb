package fr.pivot.validation.plan;

/** Where certain repairs go. */
public enum Repair {
  /** In two columns after the one that is repaired: the code, and why it differs. */
  BESIDE,
  /** In the place of the value; each change is told. */
  IN_PLACE
}
