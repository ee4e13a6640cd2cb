package fr.pivot.pages.code;

import fr.pivot.catalog.Release;
import fr.pivot.crosswalk.Crosswalks;
import fr.pivot.pages.Frame;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Referential;
import fr.pivot.referential.Text;
import fr.pivot.referential.Validity;
import fr.pivot.referential.correspondence.CorrespondenceHead.Side;
import fr.pivot.registry.CodeAnswer.Status;
import fr.pivot.registry.CodeView;
import fr.pivot.registry.Kin;
import fr.pivot.registry.Point;
import fr.pivot.registry.Registry.Node;
import fr.pivot.text.PercentEncoding;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the page of a code says.
 *
 * @param view what is known of the code where it is asked
 * @param missed the day that was asked for, where the code is not in force on it; else null
 * @param today the day on which the page is read
 * @param inForce the days without a gap on which the code is in force, around the state shown
 * @param named those on which it has the name shown
 * @param first the days on which it is first in force
 * @param again the days on which it is in force today, where the state shown has ended; else null
 * @param level the title of its level
 * @param heirs what it became, where it is no more
 * @param facts what is said of it
 * @param above what stands above it, the nearest first
 * @param unknownAbove what may stand above it too, but is not known of for that day
 * @param below what stands under it, by referential
 * @param related what is tied to it, by referential
 * @param life its life
 * @param narrow the drawing of its life for a narrow page
 * @param wide the same for a wide one
 * @param editions what each edition calls it, the youngest first
 * @param place what stands today above the code that it became, where that is one
 * @param tables what published tables lead it to or from
 */
record ConceptPage(
    Frame frame,
    CodeView view,
    @Nullable LocalDate missed,
    LocalDate today,
    Tenure inForce,
    Tenure named,
    Tenure first,
    @Nullable Tenure again,
    Text level,
    List<Relative> heirs,
    List<Fact> facts,
    List<Relative> above,
    List<Text> unknownAbove,
    List<Group> below,
    List<Group> related,
    Life life,
    LifeDrawing narrow,
    LifeDrawing wide,
    List<Edition> editions,
    List<Relative> place,
    List<Table> tables) {

  /**
   * Another code.
   *
   * @param reference its referential, with the edition where that is asked for
   * @param title what its referential or its level is called
   * @param label what it is called; null where nobody says
   * @param doubt until when it is known to stand where it does, where that is before the day of the
   *     page; else null
   */
  record Relative(
      String reference, Text title, String code, @Nullable String label, @Nullable Doubt doubt) {

    Relative(String reference, Text title, String code, @Nullable String label) {
      this(reference, title, code, label, null);
    }

    /** Its referential, without an edition. */
    String id() {
      int at = reference.indexOf('@');
      return at < 0 ? reference : reference.substring(0, at);
    }
  }

  /**
   * Of what a list of an earlier day tells and one of a later day does not.
   *
   * @param last the last day on which it is known
   * @param latest the day on which it has changed at the latest; null where that is to come
   */
  record Doubt(LocalDate last, @Nullable LocalDate latest) {

    /**
     * The doubt about what holds on a day by its validity.
     *
     * @param known the days on which it is known to hold; null where that day is one of them
     */
    static @Nullable Doubt of(Validity validity, @Nullable Validity known) {
      LocalDate end = known == null ? null : known.to();
      return end == null ? null : new Doubt(end.minusDays(1), validity.to());
    }
  }

  /**
   * Codes of a referential.
   *
   * @param total how many there are; the first of them are named
   */
  record Group(String referential, Text title, int total, List<Relative> codes) {}

  /**
   * Something that is said of a code.
   *
   * @param value in words
   * @param linked the code that it is, where it is one that has a page; else null
   */
  record Fact(Text title, String value, @Nullable Relative linked) {}

  /**
   * What an edition says of a code on its reference day.
   *
   * @param label what it calls it; null where it is not in force
   * @param absence why it has no label
   * @param heirs what the code is in it, where it is not in force
   */
  record Edition(
      String edition,
      LocalDate date,
      @Nullable String label,
      boolean current,
      Absence absence,
      List<Relative> heirs) {}

  /** Why a code is not in force in an edition. */
  enum Absence {
    /** It is in force. */
    NONE,
    /** It is younger. */
    NOT_YET,
    /** It is one other code there. */
    BECAME,
    /** It is several other codes there together. */
    SPLIT,
    /** It is one of several codes there, and nobody says which. */
    ONE_OF,
    /** Nothing is known to take its place. */
    GONE
  }

  /**
   * A published table with the code on one side.
   *
   * @param forward whether it leads from the code
   */
  record Table(Text title, String publisher, boolean forward, Side other, List<Row> rows) {}

  /**
   * A line of a table.
   *
   * @param share in hundredths; null where nobody says
   */
  record Row(String code, @Nullable String label, Text match, @Nullable String share) {}

  /** The page of a code at a point. */
  static ConceptPage of(
      Frame frame,
      CodeView view,
      @Nullable LocalDate missed,
      LocalDate today,
      Crosswalks crosswalks) {
    return new ConceptPageBuilder(frame, view, today, crosswalks).build(missed);
  }

  /** Where it is asked. */
  Point point() {
    return view.point();
  }

  /** The state that is shown. */
  ConceptState state() {
    return view.state();
  }

  /** The day that its place is told of. */
  LocalDate day() {
    return view.day();
  }

  /** The referential. */
  Referential referential() {
    return view.referential();
  }

  /** The code. */
  String code() {
    return view.code();
  }

  /** What it is called, in the language of the page where its publisher has that. */
  String label() {
    ConceptState state = view.state();
    return frame.isEnglish() ? state.labels().getOrDefault("en", state.label()) : state.label();
  }

  /** Until when the state shown is known, where that is before the day of the page; else null. */
  @Nullable Doubt doubt() {
    return Doubt.of(view.validity(), view.doubt());
  }

  /** Whether nobody knows if the code was in force on the day that was asked for. */
  boolean isMissedUnknown() {
    return missed != null && (referential().isBeforeHorizon(missed) || view.isDoubtful(missed));
  }

  /** Whether it is no more. */
  boolean isCeased() {
    return view.status() == Status.CEASED;
  }

  /** Whether it is yet to come. */
  boolean isFuture() {
    return view.status() == Status.FUTURE;
  }

  /** Whether it begins after today, not only after the day of the question. */
  boolean isStillToCome() {
    LocalDate from = inForce.from();
    return from != null && from.isAfter(today);
  }

  /** Whether the day that was asked for is past and no other sentence tells of it. */
  boolean isMissedUntold() {
    return missed != null
        && !missed.isAfter(today)
        && again == null
        && (!isFuture() || isStillToCome());
  }

  /** The referential as the page was asked for: with its edition where that was named. */
  String reference() {
    return point().resolved().pinned()
        ? referential().id() + '@' + point().release().edition()
        : referential().id();
  }

  /** The day that was asked for, which links to other codes then ask for too; null for today. */
  @Nullable LocalDate asked() {
    return frame.parameters().containsKey("date") ? day() : null;
  }

  /** What kind of thing took part in what happened on a day. */
  Text kindOf(Node party, LocalDate date) {
    return Kin.kind(point().registry(), view.release(), party, date);
  }

  /** Its permanent address. */
  String permanent() {
    return view.address();
  }

  /** Where it is told as data. */
  String data() {
    return "/v1/referentials/" + reference() + "/codes/" + PercentEncoding.encode(code());
  }

  /** Where all codes of a group under this one are, as a table. */
  String descendants(Group group) {
    return data()
        + "/descendants?referential="
        + group.referential()
        + "&format=csv"
        + (asked() == null ? "" : "&date=" + asked());
  }

  /** The page of what changed in a group under this one; null where nothing can be compared. */
  @Nullable String changes(Group group) {
    List<Release> releases = point().registry().catalog().listReleases(group.referential());
    return releases.size() < 2
        ? null
        : frame.link(
            "/changements?ref="
                + group.referential()
                + "&de="
                + releases.getFirst().edition()
                + "&a="
                + releases.getLast().edition()
                + "&dans="
                + referential().id()
                + ':'
                + PercentEncoding.encode(code()));
  }

  /** Whether a validity begins where history does, so that the code may be older. */
  boolean isHorizon(@Nullable LocalDate from) {
    return from != null && from.equals(referential().horizon());
  }
}
