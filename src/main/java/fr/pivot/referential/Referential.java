package fr.pivot.referential;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A list of codes that lasts, whatever its editions ({@code skos:ConceptScheme}).
 *
 * @param id short name in addresses and on the command line: {@code communes}
 * @param kind what it lists
 * @param title what it is called
 * @param description what it holds and what one should know before using it
 * @param publisher who decides what it holds
 * @param licence SPDX identifier or short name of the licence, or null where none is stated
 * @param licenceUrl the licence's text
 * @param homepage the publisher's page
 * @param pattern what every code looks like
 * @param check how a code proves itself
 * @param example a code that exists
 * @param levels its levels, the highest first; at least one
 * @param links the links its concepts carry
 * @param measures the names of the figures that each edition states anew, as {@code population}
 * @param horizon the day before which its history is not known, or null where validities are
 *     complete; a validity that begins on the horizon may have begun earlier
 * @param headers the names under which files carry its codes, as people write them: any case, with
 *     accents and separators; no two differ by those alone
 * @param partial whether codes exist that no edition states, so that one it does not know is judged
 *     by its form and check digit alone
 * @param shortNames what people write for a label, which no publisher states: {@code PACA}
 * @param unlisted the codes that its publisher's list leaves out, or null where it leaves out none
 * @param usage how people use its codes
 */
public record Referential(
    String id,
    Kind kind,
    Text title,
    Text description,
    String publisher,
    @Nullable String licence,
    @Nullable String licenceUrl,
    String homepage,
    Pattern pattern,
    CheckRule check,
    String example,
    List<Level> levels,
    List<LinkType> links,
    List<String> measures,
    @Nullable LocalDate horizon,
    List<String> headers,
    boolean partial,
    List<ShortName> shortNames,
    @Nullable Unlisted unlisted,
    Usage usage) {

  /**
   * How people use codes, which no publisher states.
   *
   * @param locates whether people say where something is by its code of this referential
   * @param area what the beginning of a code looks like that says where it is: two digits of a
   *     postal code, and three overseas; null where all but the last three characters do
   * @param filesSince the day since which codes of files are taken to be from: what retired before
   *     is rather a code of something else; null where the history is not that long
   */
  public record Usage(boolean locates, @Nullable Pattern area, @Nullable LocalDate filesSince) {

    /** What is so where nothing is said. */
    public static final Usage PLAIN = new Usage(false, null, null);

    private static final int OPEN = 3;

    /** The beginning of a code that says where it is; empty where it has no such beginning. */
    public Optional<String> findArea(String code) {
      if (area == null) {
        return code.length() > OPEN
            ? Optional.of(code.substring(0, code.length() - OPEN))
            : Optional.empty();
      }
      Matcher beginning = area.matcher(code);
      return beginning.lookingAt() ? Optional.of(beginning.group()) : Optional.empty();
    }

    /** Equal when all that they say is: patterns are compared by what they are written as. */
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Usage that
          && locates == that.locates
          && String.valueOf(area).equals(String.valueOf(that.area))
          && Objects.equals(filesSince, that.filesSince);
    }

    @Override
    public int hashCode() {
      return Objects.hash(locates, String.valueOf(area), filesSince);
    }
  }

  /** Keeps copies that nobody can change. */
  public Referential {
    levels = List.copyOf(levels);
    links = List.copyOf(links);
    measures = List.copyOf(measures);
    headers = List.copyOf(headers);
    shortNames = List.copyOf(shortNames);
  }

  /** The level of that name. */
  public Optional<Level> findLevel(String level) {
    return levels.stream().filter(l -> l.id().equals(level)).findFirst();
  }

  /** The kind of link that leads to a referential. */
  public Optional<LinkType> findLink(String referential) {
    return links.stream().filter(l -> l.referential().equals(referential)).findFirst();
  }

  /** The day before which no code of a file is taken to have retired. */
  public LocalDate oldestInFiles() {
    return usage.filesSince() != null
        ? usage.filesSince()
        : horizon == null ? LocalDate.MIN : horizon;
  }

  /** Whether nothing is known of a day, because the history begins later. */
  public boolean isBeforeHorizon(LocalDate day) {
    return horizon != null && day.isBefore(horizon);
  }

  /** Whether a validity begins where the history does, so that it may have begun earlier. */
  public boolean beginsAtHorizon(Validity validity) {
    return horizon != null && horizon.equals(validity.from());
  }

  /** Equal when all that they say is: patterns are compared by what they are written as. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Referential that && parts().equals(that.parts());
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  private List<@Nullable Object> parts() {
    return Arrays.asList(
        id,
        kind,
        title,
        description,
        publisher,
        licence,
        licenceUrl,
        homepage,
        pattern.pattern(),
        check,
        example,
        levels,
        links,
        measures,
        horizon,
        headers,
        partial,
        shortNames,
        unlisted,
        usage);
  }
}
