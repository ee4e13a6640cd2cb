package fr.pivot.crosswalk;

import fr.pivot.catalog.Reference;
import fr.pivot.registry.Point;
import fr.pivot.registry.Points;
import fr.pivot.registry.Registry;
import java.time.LocalDate;

/** Crosswalks between references, as tests write them. */
public final class Probe {

  private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

  private Probe() {}

  /** The crosswalk from one reference to another. */
  public static Crosswalk crosswalk(Registry registry, String from, String to) {
    return Crosswalks.make(point(registry, from), point(registry, to)).orElseThrow();
  }

  /** The point that a reference stands for. */
  public static Point point(Registry registry, String reference) {
    return Points.find(registry, Reference.parse(reference).orElseThrow(), TODAY);
  }
}
