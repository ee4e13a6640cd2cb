package fr.pivot.validation.plan;

import fr.pivot.catalog.Catalog;
import fr.pivot.catalog.Release;
import fr.pivot.referential.CheckRule;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Link;
import fr.pivot.referential.LinkType;
import fr.pivot.referential.Referential;
import fr.pivot.referential.Relation;
import fr.pivot.referential.Text;
import fr.pivot.registry.Codes;
import fr.pivot.registry.Knowledge;
import fr.pivot.registry.Registry;
import fr.pivot.validation.value.CodeCheck;
import fr.pivot.validation.value.Labels;
import fr.pivot.validation.value.Reading;
import fr.pivot.validation.value.Suggestion;
import fr.pivot.validation.value.WrittenName;
import fr.pivot.validation.value.Yardstick;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What must agree between two columns of a row. Safe for many threads. */
public sealed interface ColumnRelation {

  /** The column whose code is believed, by its place among the bound ones. */
  int of();

  /** The place of the other column in the header. */
  int rank();

  /**
   * What contradicts the code, in words; null where nothing does, or where nothing is known.
   *
   * @param code the code of the first column
   * @param other the code, or the label, that the other column holds
   * @param day the day of the row
   */
  @Nullable Text contradiction(String code, String other, LocalDate day);

  /** How many codes of several are told. */
  int MOST_TOLD = 5;

  /** The first of some names or codes, in words. */
  private static String list(Collection<String> told) {
    return String.join(", ", told.stream().limit(MOST_TOLD).toList())
        + (told.size() > MOST_TOLD ? "…" : "");
  }

  /** One code in words, or several as those among which it is. */
  private static Text among(Collection<String> told) {
    String list = list(told);
    return told.size() == 1 ? new Text(list, list) : new Text("parmi " + list, "among " + list);
  }

  /**
   * A code that lies in, or belongs to, the code of another column: a commune in its département.
   * Codes of other days are followed to the day of the row, and compared on the last day of the one
   * that retired: a contradiction is what agrees on none of these days.
   *
   * @param with the other column, by its place among the bound ones
   * @param below what knows the codes of the first column
   * @param above what knows those of the other column
   */
  record Within(int of, int with, int rank, CodeCheck below, CodeCheck above)
      implements ColumnRelation {

    @Override
    public @Nullable Text contradiction(String code, String other, LocalDate day) {
      if (below.yardstick().referential().check() == CheckRule.SIRET) {
        String siren = code.substring(0, 9);
        return siren.equals(other)
            ? null
            : new Text(
                "le SIRET " + code + " est du SIREN " + siren + ", pas de " + other,
                "the SIRET " + code + " is of SIREN " + siren + ", not of " + other);
      }
      List<String> present = below.listPresent(code, day);
      Set<String> targets = targets(present, day);
      Set<String> others = new LinkedHashSet<>(above.listPresent(other, day));
      others.add(other);
      if (targets.isEmpty()) {
        LocalDate last = below.lastDay(code, day);
        targets = last == null ? targets : followed(targets(List.of(code), last), day);
      }
      if (targets.isEmpty()
          || !Collections.disjoint(targets, others)
          || agreeOnLastDay(code, other, day)) {
        return null;
      }
      return told(code, present, targets, other, day);
    }

    /** Whether the two belonged together on the last day of the one that retired. */
    private boolean agreeOnLastDay(String code, String other, LocalDate day) {
      LocalDate last = below.lastDay(code, day);
      if (last != null) {
        Set<String> then = targetsTold(List.of(code), last);
        Set<String> meant = new LinkedHashSet<>(above.listPresent(other, day));
        if (then.contains(other) || !Collections.disjoint(followed(then, day), meant)) {
          return true;
        }
      }
      LocalDate lastAbove = above.lastDay(other, day);
      return lastAbove != null
          && targetsTold(below.listPresent(code, lastAbove), lastAbove).contains(other);
    }

    private Set<String> followed(Set<String> targets, LocalDate day) {
      Set<String> followed = new LinkedHashSet<>();
      targets.forEach(target -> followed.addAll(above.listPresent(target, day)));
      return followed;
    }

    /** What codes are known to lie in: only that can be contradicted. */
    private Set<String> targets(Collection<String> codes, LocalDate day) {
      return targets(codes, day, (knowledge, link) -> knowledge.isKnown(link, day));
    }

    /** What codes are told to lie in, be it from a list of another day: that may agree. */
    private Set<String> targetsTold(Collection<String> codes, LocalDate day) {
      return targets(codes, day, (_, _) -> true);
    }

    private Set<String> targets(
        Collection<String> codes, LocalDate day, BiPredicate<Knowledge, Link> which) {
      Set<String> targets = new LinkedHashSet<>();
      Codes book = below.yardstick().codes();
      Release release = below.yardstick().release();
      if (book != null && release != null) {
        for (String code : codes) {
          book.listLinks(code, release, day).stream()
              .filter(this::leadsAbove)
              .filter(link -> which.test(book.knowledge(release), link))
              .map(Link::target)
              .forEach(targets::add);
        }
      }
      return targets;
    }

    private boolean leadsAbove(Link link) {
      return link.referential().equals(above.yardstick().referential().id());
    }

    private Text told(
        String code, List<String> present, Set<String> targets, String other, LocalDate day) {
      Yardstick there = above.yardstick().on(day);
      Text list =
          among(
              targets.stream().map(t -> new Suggestion("", t, there.label(t)).toString()).toList());
      Text title = there.referential().title();
      boolean became = !present.isEmpty() && !present.equals(List.of(code));
      Text now = among(present);
      Text until = until(code, other, day);
      return new Text(
          code
              + (became ? " (devenu " + now.fr() + ')' : "")
              + " est dans « "
              + title.fr()
              + " » "
              + list.fr()
              + ", pas "
              + other
              + (until == null ? "" : ", où il était jusqu'au " + until.fr()),
          code
              + (became ? " (became " + now.en() + ')' : "")
              + " is in \""
              + title.en()
              + "\" "
              + list.en()
              + ", not "
              + other
              + (until == null ? "" : ", where it was until " + until.en()));
    }

    /**
     * The last day before a day on which the two belonged together, in words; null where they never
     * did.
     */
    private @Nullable Text until(String code, String other, LocalDate day) {
      Codes book = below.yardstick().codes();
      Release release = below.yardstick().release();
      if (book == null || release == null) {
        return null;
      }
      Link last = null;
      LocalDate end = null;
      for (Link link : book.listLinks(code, release)) {
        LocalDate to = link.validity().to();
        if (leadsAbove(link)
            && link.target().equals(other)
            && to != null
            && !to.isAfter(day)
            && (end == null || to.isAfter(end))) {
          last = link;
          end = to;
        }
      }
      if (last == null || end == null) {
        return null;
      }
      Text latest = Knowledge.latest(book.knowledge(release).findEndsAfter(last));
      return new Text(end.minusDays(1) + latest.fr(), end.minusDays(1) + latest.en());
    }
  }

  /**
   * A code and what another column calls it.
   *
   * @param labels what all codes are called
   * @param isName whether any code is called so, or was
   * @param cut the length at which the names of the column are cut; 0 where they are not
   */
  record Called(
      int of,
      int rank,
      Yardstick yardstick,
      Supplier<Labels> labels,
      Predicate<String> isName,
      int cut)
      implements ColumnRelation {

    @Override
    public @Nullable Text contradiction(String code, String other, LocalDate day) {
      Codes book = yardstick.codes();
      if (book == null || Reading.isBlank(other)) {
        return null;
      }
      WrittenName written = WrittenName.of(other, cut);
      Set<String> known = new HashSet<>();
      String last = null;
      for (Release release :
          yardstick.registry().catalog().listReleases(yardstick.referential().id())) {
        for (ConceptState state : book.listStates(code, release)) {
          if (known.add(state.label()) && isCalled(written, state.label())) {
            return null;
          }
          last = state.label();
        }
      }
      if (last == null) {
        return null;
      }
      Set<String> served = new TreeSet<>();
      for (Link link : listNaming(book, code)) {
        for (String label : labels(link)) {
          if (served.add(label) && isCalled(written, label)) {
            return null;
          }
        }
        if (listSaid(link).anyMatch(name -> isCalled(written, name))) {
          return null;
        }
      }
      if (written.joinsTwo(served)) {
        return null;
      }
      if (served.size() < 2) {
        return new Text(code + " s'appelle " + last, code + " is called " + last);
      }
      String names = list(served);
      return new Text(code + " a un des noms " + names, code + " has one of the names " + names);
    }

    private boolean isCalled(WrittenName written, String label) {
      return written.mayMean(label) && !labels.get().areOthers(written.text(), label);
    }

    /** The links of a code without a name of its own to those by whose names it is called. */
    private List<Link> listNaming(Codes book, String code) {
      Release release = yardstick.release();
      return release == null
          ? List.of()
          : book.listLinks(code, release).stream()
              .filter(
                  link ->
                      yardstick
                          .referential()
                          .findLink(link.referential())
                          .filter(LinkType::names)
                          .isPresent())
              .toList();
    }

    /** What the tables to the target of a link say of the two: the place that a line is about. */
    private Stream<String> listSaid(Link link) {
      return yardstick.registry().listCorrespondences().stream()
          .filter(
              table ->
                  table.head().source().referential().equals(yardstick.referential().id())
                      && table.head().target().referential().equals(link.referential()))
          .flatMap(table -> table.listFrom(link.code()).stream())
          .filter(line -> link.target().equals(line.target()))
          .flatMap(line -> line.attributes().values().stream())
          .flatMap(text -> Arrays.stream(text.split("\\|")));
    }

    /** What the target of a link is called, and what lies in it or went into it. */
    private List<String> labels(Link link) {
      Catalog catalog = yardstick.registry().catalog();
      List<String> labels = new ArrayList<>(labels(link.referential(), link.target()));
      for (Referential part : catalog.listReferentials()) {
        Codes book = yardstick.registry().findCodes(part.id()).orElse(null);
        Release release = catalog.findLatest(part.id()).orElse(null);
        boolean lies =
            part.findLink(link.referential())
                .filter(type -> type.relation() == Relation.BROADER)
                .isPresent();
        if (book != null && release != null && lies) {
          book.listCodesEverLinkedTo(Relation.BROADER, link.referential(), link.target(), release)
              .forEach(code -> labels.addAll(labels(part.id(), code)));
        }
      }
      return labels;
    }

    private List<String> labels(String referential, String code) {
      Registry registry = yardstick.registry();
      Codes book = registry.findCodes(referential).orElse(null);
      Release release = registry.catalog().findLatest(referential).orElse(null);
      return book == null || release == null
          ? List.of()
          : book.listStates(code, release).stream().map(ConceptState::label).toList();
    }
  }
}
