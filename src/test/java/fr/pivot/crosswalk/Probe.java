package fr.pivot.crosswalk;

import fr.pivot.catalog.Reference;
import fr.pivot.catalog.Resolution;
import fr.pivot.crosswalk.route.Place;
import fr.pivot.registry.Registry;
import java.time.LocalDate;

/** Crosswalks between references, as tests write them. */
public final class Probe {

  private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

  private Probe() {}

  /** The crosswalk from one reference to another. */
  public static Crosswalk crosswalk(Registry registry, String from, String to) {
    return Crosswalks.find(registry, place(registry, from), place(registry, to)).orElseThrow();
  }

  public static Place place(Registry registry, String reference) {
    if (registry.catalog().resolve(Reference.parse(reference).orElseThrow(), TODAY)
        instanceof Resolution.Resolved resolved) {
      return new Place(
          registry.findCodes(resolved.referential().id()).orElseThrow(),
          resolved.release(),
          resolved.date());
    }
    throw new IllegalArgumentException(reference);
  }
}
