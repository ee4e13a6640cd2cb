package fr.pivot.validation.plan;

import fr.pivot.finding.Rule;
import fr.pivot.referential.Text;
import fr.pivot.validation.schema.TableSchema;
import fr.pivot.validation.value.Days;
import fr.pivot.validation.value.Outcome;
import fr.pivot.validation.value.Reading;
import fr.pivot.validation.value.Verdict;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges the values of a column by what a Table Schema says of it: its type and format, its
 * constraints. Types of which the standard leaves the writing open are not judged. Safe for many
 * threads.
 */
public final class FieldCheck {

  private static final Set<String> BOOLEANS =
      Set.of("true", "True", "TRUE", "1", "false", "False", "FALSE", "0");

  private final TableSchema.Field field;
  private final int rank;
  private final boolean required;
  private final Set<String> missing;
  private final @Nullable DateTimeFormatter days;

  /**
   * Prepares to judge.
   *
   * @param rank the place of the column in the header
   * @param required whether each row has a value
   * @param missing what stands for no value
   */
  FieldCheck(TableSchema.Field field, int rank, boolean required, List<String> missing) {
    this.field = field;
    this.rank = rank;
    this.required = required;
    this.missing = Set.copyOf(missing);
    this.days =
        field.type().equals("date") && field.format().contains("%")
            ? formatter(field.format())
            : null;
  }

  public int rank() {
    return rank;
  }

  /** What is wrong with a value; null where nothing is. */
  public @Nullable Verdict check(String value) {
    if (Reading.isBlank(value) || missing.contains(value)) {
      return required ? Verdict.wrong(Outcome.EMPTY, Rule.EMPTY_VALUE) : null;
    }
    if (!isOfType(value)) {
      return wrong(
          Rule.SCHEMA_TYPE,
          new Text("Attendu : " + field.type() + format(), "Expected: " + field.type() + format()));
    }
    if (!field.choices().isEmpty() && !field.choices().contains(value)) {
      String choices = String.join(", ", field.choices().stream().limit(20).toList());
      return wrong(Rule.SCHEMA_CONSTRAINT, new Text("Permis : " + choices, "Allowed: " + choices));
    }
    if (field.pattern() != null
        && value.length() <= MOST_MATCHED
        && !field.pattern().matcher(value).matches()) {
      return wrong(
          Rule.SCHEMA_CONSTRAINT,
          new Text("Motif : " + field.pattern(), "Pattern: " + field.pattern()));
    }
    int length = value.codePointCount(0, value.length());
    if (field.minLength() != null && length < field.minLength()) {
      return wrong(
          Rule.SCHEMA_CONSTRAINT,
          new Text(
              "Au moins " + field.minLength() + " caractères",
              "At least " + field.minLength() + " characters"));
    }
    if (field.maxLength() != null && length > field.maxLength()) {
      return wrong(
          Rule.SCHEMA_CONSTRAINT,
          new Text(
              "Au plus " + field.maxLength() + " caractères",
              "At most " + field.maxLength() + " characters"));
    }
    return null;
  }

  /** Longer values are not tried on patterns. */
  private static final int MOST_MATCHED = 10_000;

  private static Verdict wrong(Rule rule, Text detail) {
    return Verdict.wrong(Outcome.MALFORMED, rule).with(detail);
  }

  private String format() {
    return field.format().equals("default") ? "" : " (" + field.format() + ")";
  }

  private boolean isOfType(String value) {
    return switch (field.type()) {
      case "integer" -> Reading.isNumber(unsigned(value));
      case "number" -> isDecimal(value);
      case "boolean" -> BOOLEANS.contains(value);
      case "date" -> isDate(value);
      case "year" -> Reading.isNumber(unsigned(value)) && unsigned(value).length() == 4;
      case "yearmonth" -> isYearMonth(value);
      case "datetime" -> !field.format().equals("default") || isDateTime(value);
      case "geopoint" -> !field.format().equals("default") || isGeoPoint(value);
      default -> true;
    };
  }

  private static String unsigned(String value) {
    return value.startsWith("-") || value.startsWith("+") ? value.substring(1) : value;
  }

  private static boolean isDecimal(String value) {
    if (value.equals("NaN") || unsigned(value).equals("INF")) {
      return true;
    }
    int exponent = Math.max(value.indexOf('e'), value.indexOf('E'));
    String mantissa = unsigned(exponent < 0 ? value : value.substring(0, exponent));
    int point = mantissa.indexOf('.');
    String digits =
        point < 0 ? mantissa : mantissa.substring(0, point) + mantissa.substring(point + 1);
    return Reading.isNumber(digits)
        && (exponent < 0 || Reading.isNumber(unsigned(value.substring(exponent + 1))));
  }

  private boolean isDate(String value) {
    if (days != null) {
      return isParsed(value, days);
    }
    if (field.format().equals("any")) {
      return Days.read(value).isPresent();
    }
    return value.length() == 10 && isParsed(value, DateTimeFormatter.ISO_LOCAL_DATE);
  }

  private static boolean isParsed(String value, DateTimeFormatter formatter) {
    try {
      LocalDate.parse(value, formatter);
      return true;
    } catch (DateTimeException _) {
      return false;
    }
  }

  private static boolean isYearMonth(String value) {
    return value.length() == 7 && Days.read(value + "-01").isPresent();
  }

  private static boolean isDateTime(String value) {
    return value.length() >= 16
        && (value.charAt(10) == 'T' || value.charAt(10) == ' ')
        && Days.read(value).isPresent()
        && Reading.isNumber(value.substring(11, 13))
        && value.charAt(13) == ':'
        && Reading.isNumber(value.substring(14, 16));
  }

  private static boolean isGeoPoint(String value) {
    String[] parts = value.split(",", -1);
    return parts.length == 2 && isDecimal(parts[0].strip()) && isDecimal(parts[1].strip());
  }

  /** The formats of {@code strptime} that dates are written in; null where one is not known. */
  private static @Nullable DateTimeFormatter formatter(String format) {
    DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder();
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      if (c != '%') {
        builder.appendLiteral(c);
        continue;
      }
      Optional<String> pattern =
          i + 1 == format.length()
              ? Optional.empty()
              : switch (format.charAt(++i)) {
                case 'd' -> Optional.of("dd");
                case 'm' -> Optional.of("MM");
                case 'Y' -> Optional.of("uuuu");
                case 'y' -> Optional.of("uu");
                default -> Optional.empty();
              };
      if (pattern.isEmpty()) {
        return null;
      }
      builder.appendPattern(pattern.get());
    }
    return builder.toFormatter(Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
  }
}
