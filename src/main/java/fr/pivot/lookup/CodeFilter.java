package fr.pivot.lookup;

import fr.pivot.catalog.Release;
import fr.pivot.http.RequestTarget;
import fr.pivot.referential.Level;
import fr.pivot.referential.Relation;
import fr.pivot.registry.CodeAnswer.Found;
import fr.pivot.registry.CodeAnswer.Status;
import fr.pivot.registry.Codes;
import fr.pivot.registry.Point;
import fr.pivot.registry.Registry.Node;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Chooses the codes of a point that a list shows. */
final class CodeFilter {

  private static final Optional<Status> IN_FORCE = Optional.of(Status.IN_FORCE);

  /** The statuses that may be asked for; any where there is none. */
  private static final List<Optional<Status>> STATUSES =
      List.of(IN_FORCE, Optional.of(Status.CEASED), Optional.of(Status.FUTURE), Optional.empty());

  /** How many codes of another day are read at once. */
  private static final int AT_ONCE = 200;

  private final Point point;
  private final @Nullable Status status;
  private final Set<String> levels;
  private final List<Node> above;
  private final @Nullable Set<String> within;

  /** Reads the filter of a request. */
  CodeFilter(RequestTarget target, Point point) {
    this.point = point;
    status = target.findOneOf("status", STATUSES, CodeFilter::word).orElse(IN_FORCE).orElse(null);
    levels =
        target
            .findSomeOf("level", point.referential().levels(), Level::id)
            .orElse(List.of())
            .stream()
            .map(Level::id)
            .collect(Collectors.toSet());
    above = Within.list(target, point.registry());
    within = above.isEmpty() ? null : within(point, above);
  }

  private static String word(Optional<Status> status) {
    return status.map(Status::id).orElse("any");
  }

  private static Set<String> within(Point point, List<Node> above) {
    Set<String> all = null;
    for (Node node : above) {
      String code =
          point
              .registry()
              .findCodes(node.referential())
              .flatMap(codes -> codes.findCanonical(node.code()))
              .orElse(node.code());
      Set<String> codes = under(point, new Node(node.referential(), code));
      if (all == null) {
        all = codes;
      } else {
        all.retainAll(codes);
      }
    }
    return all == null ? Set.of() : all;
  }

  /** The codes under a concept, and those tied to it without a hierarchy. */
  private static Set<String> under(Point point, Node node) {
    String own = point.referential().id();
    Release release =
        point
            .registry()
            .catalog()
            .findBeside(point.release(), node.referential())
            .orElse(point.release());
    Set<String> codes = new HashSet<>();
    for (Node below : point.registry().listDescendants(node, release, point.date())) {
      if (below.referential().equals(own)) {
        codes.add(below.code());
      }
    }
    codes.addAll(
        point
            .codes()
            .listCodesLinkedTo(
                Relation.RELATED, node.referential(), node.code(), point.release(), point.date()));
    return codes;
  }

  /**
   * A page of the codes that pass, in order.
   *
   * @param after the last code of the page before; empty for the first page
   */
  Codes.Page list(String after, int limit) {
    return point.codes().listPage(point.release(), point.date(), filter(), after, limit);
  }

  /**
   * The codes in force on another day that would pass on it, in order; none where others than those
   * in force are wanted, since all that are known have a status then.
   *
   * @param after what comes before them; empty where nothing does
   * @param last the last of them; null where they go on to the end
   */
  List<String> listOn(LocalDate day, String after, @Nullable String last) {
    if (status != Status.IN_FORCE) {
      return List.of();
    }
    Codes.Filter then =
        new Codes.Filter(
            status, levels, above.isEmpty() ? null : within(point.withDate(day), above));
    List<String> codes = new ArrayList<>();
    String previous = after;
    boolean more = true;
    while (more) {
      Codes.Page page = point.codes().listPage(point.release(), day, then, previous, AT_ONCE);
      for (Found found : page.codes()) {
        previous = found.state().code();
        if (last != null && previous.compareTo(last) > 0) {
          return codes;
        }
        codes.add(previous);
      }
      more = page.more();
    }
    return codes;
  }

  private Codes.Filter filter() {
    return new Codes.Filter(status, levels, within);
  }

  /** What is wanted of the names that begin a list. */
  NamesOfCodes.Wanted wanted(String text, int limit) {
    return new NamesOfCodes.Wanted(text, levels, within, status != Status.IN_FORCE, limit);
  }

  /** The code of that name, if it has the status that is wanted. */
  @Nullable Found find(String code) {
    Codes.Filter only = new Codes.Filter(status, Set.of(), Set.of(code));
    List<Found> found = point.codes().listPage(point.release(), point.date(), only, "", 1).codes();
    return found.isEmpty() ? null : found.getFirst();
  }
}
