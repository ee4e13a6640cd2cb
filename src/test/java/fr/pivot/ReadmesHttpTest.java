package fr.pivot;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.http.ContractClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds the English and the French README to each other and to the server: both show the same
 * commands in the same order, and the answer to every call is the one that they show, on 1 March
 * 2026, with the referentials that ship.
 */
@PivotTest
class ReadmesHttpTest {

  private static final Path ENGLISH = Path.of("README.md");
  private static final Path FRENCH = Path.of("README.fr.md");

  private static final String SERVER = "http://localhost:8080";
  private static final int CALLS = 11;

  private static final Pattern COMMAND =
      Pattern.compile(
          "(?m)^(?:\\$ )?((?:\\./pivot|mvn|curl|printf|ls|PIVOT_\\w+=)(?:.*\\\\\n)*.*)");
  private static final Pattern COMMENT = Pattern.compile("\\s+# .*");
  private static final Pattern SENT = Pattern.compile("printf '([^']*)'|-d '([^']*)'");
  private static final Pattern HEADER = Pattern.compile("-H '([^:']+): ([^']+)'");
  private static final Pattern ADDRESS = Pattern.compile("'" + SERVER + "([^']*)'");

  /** Lines are folded. */
  private static final Pattern LEFT_OUT = Pattern.compile("\\s+");

  private final ContractClient client;

  ReadmesHttpTest(ContractClient client) {
    this.client = client;
  }

  /** A call of a README and the answer that stands below it. */
  record Call(Path readme, String command, String answer) {

    @Override
    public String toString() {
      return readme + " " + command;
    }
  }

  static List<Call> calls() {
    List<Call> calls = new ArrayList<>();
    for (Path readme : List.of(ENGLISH, FRENCH)) {
      for (String block : blocks(readme)) {
        int end = block.indexOf("\n\n");
        if (block.contains("curl ") && end >= 0) {
          calls.add(new Call(readme, block.substring(0, end), block.substring(end)));
        }
      }
    }
    return calls;
  }

  private static List<String> blocks(Path readme) {
    List<String> blocks = new ArrayList<>();
    try {
      Parser.builder()
          .build()
          .parse(Files.readString(readme))
          .accept(
              new AbstractVisitor() {
                @Override
                public void visit(IndentedCodeBlock block) {
                  blocks.add(block.getLiteral());
                }
              });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return blocks;
  }

  private static List<String> commands(Path readme) {
    return blocks(readme).stream()
        .flatMap(block -> COMMAND.matcher(block).results())
        .map(command -> COMMENT.matcher(command.group(1)).replaceAll(""))
        .toList();
  }

  @Test
  void both_show_the_same_commands_in_the_same_order() {
    assertThat(commands(FRENCH)).hasSizeGreaterThan(CALLS).isEqualTo(commands(ENGLISH));
  }

  @Test
  void both_show_all_calls() {
    assertThat(calls()).filteredOn(call -> call.readme().equals(ENGLISH)).hasSize(CALLS);
    assertThat(calls()).filteredOn(call -> call.readme().equals(FRENCH)).hasSize(CALLS);
  }

  @ParameterizedTest
  @MethodSource("calls")
  void an_answer_that_a_readme_shows_is_the_answer(Call call) {
    assertThat(comparable(answer(call.command()))).isEqualTo(comparable(call.answer()));
  }

  private String answer(String command) {
    Matcher address = ADDRESS.matcher(command);
    assertThat(address.find()).as(command).isTrue();
    List<String> headers = new ArrayList<>();
    HEADER
        .matcher(command)
        .results()
        .forEach(header -> headers.addAll(List.of(header.group(1), header.group(2))));
    Matcher sent = SENT.matcher(command);
    HttpResponse<String> response;
    if (sent.find()) {
      String body = sent.group(1) == null ? sent.group(2) : sent.group(1).replace("\\n", "\n");
      response = client.send("POST", address.group(1), body, headers.toArray(String[]::new));
    } else {
      response = client.get(address.group(1), headers.toArray(String[]::new));
    }
    assertThat(response.statusCode()).as(command).isEqualTo(200);
    return response.body();
  }

  private static String comparable(String text) {
    return LEFT_OUT.matcher(text).replaceAll("");
  }
}
