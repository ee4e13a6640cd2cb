package fr.pivot.registry;

import fr.pivot.catalog.Release;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Link;
import fr.pivot.referential.LinkType;
import fr.pivot.referential.Measure;
import fr.pivot.referential.Referential;
import fr.pivot.referential.Relation;
import fr.pivot.referential.Succession;
import fr.pivot.registry.CodeAnswer.Found;
import fr.pivot.registry.CodeAnswer.Status;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a referential answers, whatever keeps it: the codes of all its editions, with what each
 * edition says of them. Nothing above this contract knows whether codes lie in memory, in files or
 * in a database. Safe for any number of readers; what it answers does not change.
 *
 * <p>Codes are given as their publisher writes them and are compared letter by letter; {@link
 * #findCanonical} leads there from other ways of writing. Lists of codes are in the order of code
 * points.
 */
public interface Codes {

  /** The referential. */
  Referential referential();

  /** How many bytes it takes up in memory, about; 0 where it is not kept there. */
  default long bytes() {
    return 0;
  }

  /** How many codes all editions together know of. */
  int size();

  /** Whether any edition knows a code. */
  boolean contains(String code);

  /**
   * The codes of any edition that begin so, the first ones.
   *
   * @param most how many at most
   */
  List<String> listBeginning(String beginning, int most);

  /** Gives every code of any edition, in order. */
  void forEachCode(Consumer<String> consumer);

  /**
   * The code that is meant by another way of writing it: other case, without or with other
   * punctuation, a CPV code with its check digit. Empty where the text is no code, or not surely
   * one.
   */
  Optional<String> findCanonical(String written);

  /** What a release says of a code on a day. */
  Answer find(String code, Release release, LocalDate date);

  /** The same of many codes, by code, in the order in which they are given; each once. */
  default Map<String, Answer> findAll(Collection<String> codes, Release release, LocalDate date) {
    Map<String, Answer> answers = new LinkedHashMap<>(codes.size() * 2);
    for (String code : codes) {
      answers.computeIfAbsent(code, c -> find(c, release, date));
    }
    return answers;
  }

  /** The state of a code that a release holds in force on a day; null where there is none. */
  default @Nullable ConceptState findState(String code, Release release, LocalDate date) {
    return find(code, release, date) instanceof Answer.InForce(ConceptState state) ? state : null;
  }

  /** Whether a release holds a code in force on a day. */
  default boolean isInForce(String code, Release release, LocalDate date) {
    return isInForce(code, release, (int) date.toEpochDay());
  }

  /** The same for a day that is known by its number: the days since 1970-01-01. */
  boolean isInForce(String code, Release release, int day);

  /** What a release calls a code on a day; null where it is not in force. */
  default @Nullable String findLabel(String code, Release release, LocalDate date) {
    return findLabel(code, release, (int) date.toEpochDay());
  }

  /** The same for a day that is known by its number: the days since 1970-01-01. */
  @Nullable String findLabel(String code, Release release, int day);

  /** The codes that a release holds in force on a day. */
  List<String> listInForce(Release release, LocalDate date);

  /** Every state that a release gives a code, by date; empty where it never heard of it. */
  List<ConceptState> listStates(String code, Release release);

  /**
   * Some of the codes of a release on a day, from where the page before ended. What is counted and
   * left out is never built.
   *
   * @param after the last code of the page before; empty for the first page
   * @param limit how many codes the page holds at most
   */
  Page listPage(Release release, LocalDate date, Filter filter, String after, int limit);

  /**
   * Which codes a list shows.
   *
   * @param status the status that codes must have; null for any
   * @param levels the levels that codes may have; empty for all
   * @param among the codes that may be shown; null for all
   */
  record Filter(@Nullable Status status, Set<String> levels, @Nullable Set<String> among) {

    /** What is given must not change afterwards. */
    public Filter {
      levels = Set.copyOf(levels);
      among = among == null ? null : Collections.unmodifiableSet(among);
    }
  }

  /**
   * A page of codes.
   *
   * @param total how many codes pass the filter, those of all pages together
   * @param codes those of the page
   * @param more whether there are codes after them
   */
  record Page(int total, List<Found> codes, boolean more) {}

  /** Gives every state that a release states, by code and then by date. */
  void forEachState(Release release, Consumer<ConceptState> consumer);

  /** Gives every link that a release states, by code. */
  void forEachLink(Release release, Consumer<Link> consumer);

  /** Gives every figure that a release states, by code. */
  void forEachMeasure(Release release, Consumer<Measure> consumer);

  /** The kinds of links that some code carries, in the order of the descriptor. */
  Set<LinkType> listLinkTypes();

  /** The first day on which a release states any link of a kind; null where it is without limit. */
  @Nullable LocalDate findFirstDay(LinkType type, Release release);

  /** The links that a release gives a code on a day, in the order of the descriptor. */
  List<Link> listLinks(String code, Release release, LocalDate date);

  /** All the links that a release gives a code, whenever they held. */
  List<Link> listLinks(String code, Release release);

  /** The links of a kind that a release gives a code, whenever they held. */
  List<Link> listLinks(String code, LinkType type, Release release);

  /**
   * The codes here that a release ties to a target on a day: the communes of an EPCI.
   *
   * @param relation what the links must mean
   * @param targetReferential the target's referential
   * @param target the target's code
   */
  List<String> listCodesLinkedTo(
      Relation relation, String targetReferential, String target, Release release, LocalDate date);

  /** The same on whatever day. */
  List<String> listCodesEverLinkedTo(
      Relation relation, String targetReferential, String target, Release release);

  /** Whether a release states any link of a kind on a day. */
  boolean statesLinks(Relation relation, String targetReferential, Release release, LocalDate date);

  /** The figures that a release states of a code. */
  List<Measure> listMeasures(String code, Release release);

  /** What a release says that a code became, by date. */
  List<Succession> listSuccessionsFrom(String code, Release release);

  /** What a release says that led from here to a code of a referential, by date. */
  List<Succession> listSuccessionsTo(String referentialAfter, String codeAfter, Release release);

  /** All the successions that a release states, by date. */
  List<Succession> listSuccessions(Release release);

  /** Whether successions lead from here to a referential, in any edition. */
  boolean leadsTo(String referentialAfter);

  /** Of which days a release knows what it says. */
  default Knowledge knowledge(Release release) {
    return new Knowledge(this, release);
  }
}
