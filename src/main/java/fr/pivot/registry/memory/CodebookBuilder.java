package fr.pivot.registry.memory;

import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Link;
import fr.pivot.referential.LinkType;
import fr.pivot.referential.Measure;
import fr.pivot.referential.Referential;
import fr.pivot.referential.Succession;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builds a codebook. States must come by code (in the order of code points) and then by date; links
 * and figures by code; successions by date. States come first. Editions are told by the positions
 * of their releases: from the first one that states something, or null for no bound, to the first
 * one that no longer does, or null for none.
 */
public final class CodebookBuilder {

  private final Referential referential;
  private final PackedTexts.Builder codes = new PackedTexts.Builder();
  private final StateTable.Builder states;
  private final Map<LinkType, LinkTable.Builder> links = new LinkedHashMap<>();
  private final Map<String, MeasureTable.Builder> measures = new LinkedHashMap<>();
  private final SuccessionTable.Builder successions = new SuccessionTable.Builder();
  private @Nullable String lastState;

  /** All codes, once the first of what comes after the states is there. */
  private @Nullable PackedTexts stated;

  private @Nullable String lastCode;
  private int lastRank;

  /** Begins a codebook. */
  public CodebookBuilder(Referential referential) {
    this.referential = referential;
    this.states = new StateTable.Builder(referential);
  }

  /** Adds a state. */
  public void addState(
      ConceptState state, @Nullable Integer firstRelease, @Nullable Integer endRelease) {
    if (!state.code().equals(lastState)) {
      lastState = state.code();
      codes.add(state.code());
      states.beginCode();
    }
    states.add(state, firstRelease, endRelease);
  }

  private PackedTexts codes() {
    PackedTexts all = stated;
    if (all == null) {
      all = codes.build();
      stated = all;
    }
    return all;
  }

  /** The rank of a code; rows come by code, so that it mostly is that of the row before. */
  private int rank(String code) {
    if (!code.equals(lastCode)) {
      lastCode = code;
      lastRank = codes().find(code);
    }
    return lastRank;
  }

  /** Adds a link; a link of a code that has no state is left out. */
  public void addLink(Link link, @Nullable Integer firstRelease, @Nullable Integer endRelease) {
    int rank = rank(link.code());
    if (rank >= 0) {
      links
          .computeIfAbsent(
              LinkTables.type(referential, link.relation(), link.referential()),
              _ -> new LinkTable.Builder(codes().size()))
          .add(rank, link, firstRelease, endRelease);
    }
  }

  /** Adds a figure; a figure of a code that has no state is left out. */
  public void addMeasure(
      Measure measure, @Nullable Integer firstRelease, @Nullable Integer endRelease) {
    int rank = rank(measure.code());
    if (rank >= 0) {
      measures
          .computeIfAbsent(measure.name(), _ -> new MeasureTable.Builder(codes().size()))
          .add(rank, measure.value(), firstRelease, endRelease);
    }
  }

  /** Adds a succession; a creation on the day where the history begins is none. */
  public void addSuccession(
      Succession succession, @Nullable Integer firstRelease, @Nullable Integer endRelease) {
    if (succession.code() != null || !succession.date().equals(referential.horizon())) {
      successions.add(succession, firstRelease, endRelease);
    }
  }

  /** Ends the building; the builder is of no use afterwards. */
  public Codebook build() {
    Map<LinkType, LinkTable> ordered = new LinkedHashMap<>();
    for (LinkType type : referential.links()) {
      LinkTable.Builder described = links.remove(type);
      if (described != null) {
        ordered.put(type, described.build());
      }
    }
    links.forEach((type, others) -> ordered.put(type, others.build()));
    Map<String, MeasureTable> figures = new LinkedHashMap<>();
    measures.forEach((name, measure) -> figures.put(name, measure.build()));
    return new Codebook(
        referential,
        codes(),
        states.build(),
        new LinkTables(ordered),
        figures,
        successions.build());
  }
}
