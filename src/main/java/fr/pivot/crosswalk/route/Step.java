package fr.pivot.crosswalk.route;

import fr.pivot.crosswalk.lineage.Arrival;
import fr.pivot.crosswalk.lineage.Doubt;
import fr.pivot.crosswalk.lineage.Hop;
import fr.pivot.crosswalk.lineage.Lineage;
import fr.pivot.crosswalk.lineage.Share;
import fr.pivot.referential.Link;
import fr.pivot.referential.LinkType;
import fr.pivot.referential.Relation;
import fr.pivot.referential.Validity;
import fr.pivot.referential.correspondence.Association;
import fr.pivot.referential.correspondence.Match;
import fr.pivot.registry.Correspondence;
import fr.pivot.registry.Knowledge;
import fr.pivot.registry.Point;
import fr.pivot.registry.Registry.Event;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One step of a route, from the codes of one point to those of another. */
public sealed interface Step {

  /** Where it begins. */
  Point from();

  /** Where it ends. */
  Point to();

  /** Where it leads from a code of its beginning. */
  Hop hop(String code);

  /** The same step the other way. */
  Step inverse();

  /**
   * From one day, or one edition, of a referential to another, through its successions.
   *
   * @param lineage the successions of the younger edition of both, which knows what happened
   * @param lineages the successions of other editions
   */
  record ThroughTime(Point from, Point to, Lineage lineage, Function<Point, Lineage> lineages)
      implements Step {

    @Override
    public Step inverse() {
      return new ThroughTime(to, from, lineage, lineages);
    }

    /**
     * Editions may disagree about a day. A code that the witness does not hold in force there is
     * followed from the nearest day that it does, and likewise at the other end.
     */
    @Override
    public Hop hop(String code) {
      Point begin = from.in(lineage.release());
      Point end = to.in(lineage.release());
      if (begin.holds(code)) {
        Hop hop = move(lineage, begin, end, code);
        if (lineage.release() == to.release()
            || hop.arrivals().stream().allMatch(a -> to.holds(a.code()))) {
          return hop;
        }
        return then(hop, a -> settle(lineages.apply(to), to, a));
      }
      Hop bridge = settle(lineage, begin, code);
      Hop there = then(bridge, a -> move(lineage, begin, end, a));
      return then(there, a -> settle(lineages.apply(to), to, a));
    }

    private static Hop move(Lineage lineage, Point begin, Point end, String code) {
      int order = begin.date().compareTo(end.date());
      if (order == 0) {
        return Hop.to(new Arrival(code, Match.EXACT, Share.WHOLE));
      }
      return order < 0
          ? lineage.forward(code, begin.date(), end.date())
          : lineage.backward(code, begin.date(), end.date());
    }

    /** The codes that an edition holds in force on a day, for one that it may hold on another. */
    private static Hop settle(Lineage lineage, Point point, String code) {
      if (point.holds(code)) {
        return Hop.to(new Arrival(code, Match.EXACT, Share.WHOLE));
      }
      LocalDate before = null;
      LocalDate after = null;
      for (var state : point.codes().listStates(code, point.release())) {
        LocalDate to = state.validity().to();
        LocalDate since = state.validity().from();
        if (to != null && !to.isAfter(point.date())) {
          before = to.minusDays(1);
        } else if (since != null && since.isAfter(point.date()) && after == null) {
          after = since;
        }
      }
      if (before != null) {
        return lineage.forward(code, before, point.date());
      }
      return after == null
          ? lineage.settle(code, point.date())
          : lineage.backward(code, after, point.date());
    }

    private static Hop then(Hop first, Function<String, Hop> next) {
      Map<String, Arrival> arrivals = new TreeMap<>();
      Set<Event> events = new LinkedHashSet<>(first.events());
      Doubt doubt = first.doubt();
      String likely = first.likely();
      for (Arrival arrival : first.arrivals()) {
        Hop hop = next.apply(arrival.code());
        doubt = doubt == null ? hop.doubt() : doubt;
        events.addAll(hop.events());
        if (arrival.code().equals(likely)) {
          likely = hop.arrivals().size() == 1 ? hop.arrivals().getFirst().code() : hop.likely();
        }
        hop.arrivals().forEach(a -> arrivals.merge(a.code(), a.after(arrival), Arrival::and));
      }
      return new Hop(List.copyOf(arrivals.values()), doubt, likely, List.copyOf(events));
    }
  }

  /**
   * Between units and those that were, or are, parts of them: communes and communes déléguées.
   *
   * @param lineage the successions of the units
   * @param out whether it leads from the parts to the units
   */
  record Parts(Point from, Point to, Lineage lineage, boolean out) implements Step {

    @Override
    public Hop hop(String code) {
      return out
          ? lineage.fromPart(from.referential().id(), code, from.date(), to.date())
          : lineage.toPart(to.referential().id(), code, from.date(), to.date());
    }

    @Override
    public Step inverse() {
      return new Parts(to, from, lineage, !out);
    }
  }

  /**
   * Along the links of concepts on a day. A code without such a link has that of the nearest code
   * above it in its own referential: the links of NAF to NACE are those of its classes, and its
   * sub-classes stand under them.
   *
   * @param up whether the links are those of the codes where it begins
   */
  record AlongLinks(Point from, Point to, Relation relation, boolean up) implements Step {

    @Override
    public Hop hop(String code) {
      Map<String, Match> reached = new TreeMap<>();
      if (up) {
        climb(code, reached);
      } else {
        for (String linked :
            to.codes()
                .listCodesLinkedTo(
                    relation, from.referential().id(), code, to.release(), to.date())) {
          reached.put(linked, match());
          descend(linked, reached, new HashSet<>(Set.of(linked)));
        }
      }
      boolean one = reached.size() == 1;
      List<Arrival> arrivals = new ArrayList<>(reached.size());
      reached.forEach((c, match) -> arrivals.add(new Arrival(c, match, one ? Share.WHOLE : null)));
      return new Hop(
          arrivals,
          relation == Relation.RELATED && !one ? Doubt.SEVERAL_TIED : null,
          null,
          List.of());
    }

    /** The point whose codes carry the links. */
    private Point bearer() {
      return up ? from : to;
    }

    /** The referential that the links lead to. */
    private String linked() {
      return up ? to.referential().id() : from.referential().id();
    }

    /** Whether links may hold on the day without being known to. */
    public boolean mayDoubt() {
      return bearer().knowledge().mayDoubt(linked(), bearer().date());
    }

    /** Whether a code leads nowhere because its links are not known of the day. */
    boolean isSilent(String code) {
      Knowledge knowledge = bearer().knowledge();
      if (up) {
        return knowledge.listUnknown(code, from.date()).stream().anyMatch(this::isMine);
      }
      return to.codes().referential().links().stream()
          .filter(this::isMine)
          .map(knowledge::findFirstDay)
          .anyMatch(first -> first != null && to.date().isBefore(first));
    }

    private boolean isMine(LinkType type) {
      return type.relation() == relation && type.referential().equals(linked());
    }

    /**
     * The days of which the links between two codes are known, where that of the step is none of
     * them; else null.
     */
    public @Nullable Validity known(String code, String reached) {
      String source = up ? code : reached;
      String target = up ? reached : code;
      Point bearer = bearer();
      for (Link link : bearer.codes().listLinks(source, bearer.release(), bearer.date())) {
        if (link.relation() == relation
            && link.referential().equals(linked())
            && link.target().equals(target)
            && !bearer.knowledge().isKnown(link, bearer.date())) {
          return bearer.knowledge().find(link);
        }
      }
      return null;
    }

    private Match match() {
      return relation == Relation.RELATED ? Match.RELATED : up ? Match.BROADER : Match.NARROWER;
    }

    private void climb(String code, Map<String, Match> reached) {
      Set<String> seen = new HashSet<>();
      List<String> level = List.of(code);
      while (!level.isEmpty() && reached.isEmpty()) {
        List<String> above = new ArrayList<>();
        for (String at : level) {
          for (Link link : from.codes().listLinks(at, from.release(), from.date())) {
            if (link.relation() == relation && link.referential().equals(to.referential().id())) {
              reached.put(link.target(), at.equals(code) ? match() : Match.BROADER.then(match()));
            } else if (isOwn(link, from) && seen.add(link.target())) {
              above.add(link.target());
            }
          }
        }
        level = above;
      }
    }

    private void descend(String code, Map<String, Match> reached, Set<String> seen) {
      String own = to.referential().id();
      for (String below :
          to.codes().listCodesLinkedTo(Relation.BROADER, own, code, to.release(), to.date())) {
        if (seen.add(below) && !isLinked(below)) {
          reached.put(below, match().then(Match.NARROWER));
          descend(below, reached, seen);
        }
      }
    }

    private boolean isLinked(String code) {
      return to.codes().listLinks(code, to.release(), to.date()).stream()
          .anyMatch(
              l -> l.relation() == relation && l.referential().equals(from.referential().id()));
    }

    private static boolean isOwn(Link link, Point point) {
      return link.relation() == Relation.BROADER
          && link.referential().equals(point.referential().id());
    }

    @Override
    public Step inverse() {
      return new AlongLinks(to, from, relation, !up);
    }
  }

  /**
   * By a published table.
   *
   * @param forth whether it is read from its source to its target
   */
  record ByTable(Correspondence table, Point from, Point to, boolean forth) implements Step {

    /** How all its lines match, as it is read; null where they differ. */
    @Nullable Match match() {
      Match match = table.match();
      return match == null || forth ? match : match.inverse();
    }

    @Override
    public Hop hop(String code) {
      List<Association> lines = forth ? table.listFrom(code) : table.listTo(code);
      boolean one = lines.size() == 1;
      List<Arrival> arrivals = new ArrayList<>(lines.size());
      for (Association line : lines) {
        BigDecimal part = forth ? line.share() : null;
        Share share =
            part != null
                ? Share.of(part, String.valueOf(line.basis()), null)
                : one ? Share.WHOLE : null;
        arrivals.add(
            new Arrival(
                forth ? line.target() : line.source(),
                forth ? line.match() : line.match().inverse(),
                share));
      }
      return new Hop(arrivals, null, null, List.of());
    }

    @Override
    public Step inverse() {
      return new ByTable(table, to, from, !forth);
    }
  }
}
