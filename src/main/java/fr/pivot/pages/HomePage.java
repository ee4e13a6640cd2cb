package fr.pivot.pages;

import fr.pivot.catalog.Catalog;
import fr.pivot.catalog.Release;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Kind;
import fr.pivot.referential.Referential;
import fr.pivot.referential.Text;
import fr.pivot.registry.Answer;
import fr.pivot.registry.Registry;
import fr.pivot.registry.Registry.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the home page says.
 *
 * @param groups the referentials that have an edition, by what they list
 * @param examples codes to begin with
 * @param referentials how many referentials have an edition
 * @param described how many have none yet
 * @param editions how many editions are loaded
 * @param codes how many codes the latest editions know of
 * @param events how many successions they state
 */
public record HomePage(
    Frame frame,
    List<Group> groups,
    List<Example> examples,
    int referentials,
    int described,
    int editions,
    long codes,
    long events) {

  /** Codes that show what a registry is for, where they are loaded. */
  private static final List<Node> EXAMPLES =
      List.of(
          new Node("communes", "14712"),
          new Node("communes", "49144"),
          new Node("epci", "200054781"),
          new Node("naf", "62.01Z"));

  /**
   * Referentials that list the same kind of thing.
   *
   * @param id its anchor
   */
  public record Group(String id, Text title, List<ReferentialLine> lines) {}

  /** A code to begin with. */
  public record Example(String referential, String code, String label) {}

  /** What the home page says of a registry. */
  static HomePage of(Frame frame, Registry registry) {
    Catalog catalog = registry.catalog();
    int with = 0;
    int editions = 0;
    long codes = 0;
    long events = 0;
    for (Referential referential : catalog.listReferentials()) {
      Optional<Release> latest = catalog.findLatest(referential.id());
      if (latest.isPresent()) {
        with++;
        editions += catalog.listReleases(referential.id()).size();
        codes += latest.get().concepts();
        events += latest.get().successions();
      }
    }
    return new HomePage(
        frame,
        groups(catalog, true),
        examples(registry),
        with,
        catalog.listReferentials().size() - with,
        editions,
        codes,
        events);
  }

  /**
   * The referentials by what they list, the territories and the largest first.
   *
   * @param loaded whether those without an edition are left out
   */
  public static List<Group> groups(Catalog catalog, boolean loaded) {
    List<Group> groups = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      List<ReferentialLine> lines =
          catalog.listReferentials().stream()
              .filter(r -> r.kind() == kind)
              .map(r -> ReferentialLine.of(catalog, r))
              .filter(l -> !loaded || l.latest() != null)
              .sorted(Comparator.comparingInt(HomePage::size).reversed())
              .toList();
      if (!lines.isEmpty()) {
        groups.add(new Group(kind.id(), Words.together(kind), lines));
      }
    }
    return groups;
  }

  /** How many codes are in force, so that what most people come for stands first. */
  private static int size(ReferentialLine line) {
    return line.latest() == null ? 0 : line.latest().inForce();
  }

  private static List<Example> examples(Registry registry) {
    List<Example> examples = new ArrayList<>();
    for (Node node : EXAMPLES) {
      registry
          .catalog()
          .findLatest(node.referential())
          .ifPresent(
              release -> {
                ConceptState state =
                    switch (registry.findBeside(release, node, release.head().referenceDate())) {
                      case Answer.InForce(ConceptState found) -> found;
                      case Answer.NotInForce(List<ConceptState> states) -> states.getLast();
                      case Answer.Unknown _ -> null;
                    };
                if (state != null) {
                  examples.add(new Example(node.referential(), node.code(), state.label()));
                }
              });
    }
    return examples;
  }
}
