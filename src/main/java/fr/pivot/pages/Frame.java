package fr.pivot.pages;

import fr.pivot.http.AskedLanguage;
import fr.pivot.http.RequestTarget;
import fr.pivot.referential.Language;
import fr.pivot.referential.Text;
import fr.pivot.text.PercentEncoding;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.Collator;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What every page needs: the language that it speaks, its own address, how it writes dates, numbers
 * and links. The language is part of an address ({@code lang=en}; French has none), so that it can
 * be linked to and kept by any cache.
 *
 * @param language of what is said
 * @param path the path of the page
 * @param parameters the parameters of the page but the language
 * @param assets the files that it loads
 */
public record Frame(Language language, String path, Map<String, String> parameters, Assets assets) {

  /** The frame of the page at an address. */
  public static Frame of(RequestTarget target, Assets assets) {
    Map<String, String> parameters = new java.util.LinkedHashMap<>(target.parameters());
    parameters.remove("lang");
    Language language = AskedLanguage.find(target).orElse(Language.FRENCH);
    return new Frame(language, target.path(), parameters, assets);
  }

  /** One of two sentences. French signs that want a space before them get one that holds. */
  public String say(String fr, String en) {
    return language.say(fr, en);
  }

  /** A sentence in the language. */
  public String say(Text text) {
    return language.say(text);
  }

  /** Whether the page is in English. */
  public boolean isEnglish() {
    return language.isEnglish();
  }

  /**
   * The language of a text that may be French on a page in English; null where it needs no word.
   */
  public @Nullable String foreign(boolean french) {
    return french && isEnglish() ? "fr" : null;
  }

  /** How words are sorted: Épinal before Fougères, as in dictionaries. */
  public Comparator<Object> order() {
    return Collator.getInstance(language.locale());
  }

  /** A link to another page, in the same language. */
  public String link(String address) {
    return isEnglish() ? address + (address.indexOf('?') < 0 ? "?lang=en" : "&lang=en") : address;
  }

  /** A link to the page of a referential, perhaps at an edition ({@code communes@2019}). */
  public String referential(String reference) {
    return link("/referentiels/" + PercentEncoding.encode(reference).replace("%40", "@"));
  }

  /** A link to the page of a code. */
  public String code(String reference, String code) {
    return code(reference, code, null);
  }

  /** A link to the page of a code on a day. */
  public String code(String reference, String code, @Nullable LocalDate day) {
    return link(
        "/referentiels/"
            + PercentEncoding.encode(reference).replace("%40", "@")
            + "/codes/"
            + PercentEncoding.encode(code)
            + (day == null ? "" : "?date=" + day));
  }

  /** The address of this page in a language. */
  public String here(Language other) {
    StringBuilder address = new StringBuilder(path);
    char separator = '?';
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      address.append(separator).append(encode(parameter.getKey()));
      address.append('=').append(encode(parameter.getValue()));
      separator = '&';
    }
    return other.isEnglish()
        ? address.append(separator).append("lang=en").toString()
        : address.toString();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** A day in words: {@code 1er janvier 2018}. */
  public String day(LocalDate day) {
    return language.day(day);
  }

  /** A number, its digits in groups. */
  public String number(long number) {
    return language.number(number);
  }

  /** Where a file that the page loads is. */
  public String asset(String name) {
    return assets.address(name);
  }
}
