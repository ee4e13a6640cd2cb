package fr.pivot.formats.cog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fr.pivot.formats.InputFile;
import fr.pivot.formats.ReadOptions;
import fr.pivot.referential.ConceptState;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever happens to the files on their way: findings, never an exception, never an overlap. */
class DamagedFilesTest {

  private static final List<String> VALUES =
      List.of(
          "",
          "01004",
          "1004",
          "14666",
          "14712",
          "49382",
          "COM",
          "COMA",
          "COMD",
          "ARM",
          "1943-01-01",
          "2018-01-01",
          "2026-01-01",
          "2026-01-02",
          "1900-01-01",
          "10",
          "32",
          "99",
          "\"",
          "\0",
          "é;|");

  @Property(tries = 150)
  void damage_is_a_finding_and_states_of_a_code_never_overlap(@ForAll long seed)
      throws IOException {
    Random random = new Random(seed);
    ReadReleases read =
        ReadReleases.of(
            new ReadOptions(null, random.nextBoolean()),
            damaged("v_commune_2026.csv", random),
            damaged("v_mvtcommune_2026.csv", random));
    if (read.findings.hasErrors()) {
      assertThat(read.releases).isEmpty();
    }
    read.releases
        .values()
        .forEach(
            release -> {
              Map<String, List<ConceptState>> states = new HashMap<>();
              for (ConceptState state : release.states) {
                List<ConceptState> others =
                    states.computeIfAbsent(state.code(), c -> new ArrayList<>());
                assertThat(others).noneMatch(o -> o.validity().overlaps(state.validity()));
                others.add(state);
              }
            });
  }

  /** Up to eight fields replaced, and rows left out, repeated or cut short now and then. */
  private static InputFile damaged(String name, Random random) throws IOException {
    List<String> lines;
    try (InputStream in =
        Objects.requireNonNull(DamagedFilesTest.class.getResourceAsStream(name), name)) {
      lines = new ArrayList<>(new String(in.readAllBytes(), UTF_8).lines().toList());
    }
    for (int i = random.nextInt(9); i > 0; i--) {
      int at = random.nextInt(random.nextInt(20) == 0 ? 1 : 0, lines.size());
      if (at == 0 && random.nextInt(10) > 0) {
        continue;
      }
      String line = lines.get(at);
      switch (random.nextInt(10)) {
        case 0 -> lines.remove(at);
        case 1 -> lines.add(at, line);
        case 2 -> lines.set(at, line.substring(0, random.nextInt(line.length() + 1)));
        default -> {
          String[] fields = line.split(",", -1);
          fields[random.nextInt(fields.length)] = VALUES.get(random.nextInt(VALUES.size()));
          lines.set(at, String.join(",", fields));
        }
      }
    }
    byte[] bytes = String.join("\r\n", lines).getBytes(UTF_8);
    return new InputFile(name, () -> new ByteArrayInputStream(bytes));
  }
}
