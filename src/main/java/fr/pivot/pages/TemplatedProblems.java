package fr.pivot.pages;

import fr.pivot.http.Problem;
import fr.pivot.http.ProblemException;
import fr.pivot.http.ProblemPages;
import fr.pivot.http.RequestTarget;
import jakarta.inject.Singleton;
import java.util.Map;

/** Makes the pages of problems. */
@Singleton
final class TemplatedProblems implements ProblemPages {

  private final Assets assets;

  TemplatedProblems(Assets assets) {
    this.assets = assets;
  }

  @Override
  public byte[] render(RequestTarget target, String accepted, Problem problem) {
    ProblemPage page = ProblemPage.of(frame(target, accepted), problem);
    return Html.of(out -> JteproblemGenerated.render(out, null, page));
  }

  /** Pages say in their address which language they speak; the address of data does not. */
  private Frame frame(RequestTarget target, String accepted) {
    boolean data = target.path().startsWith("/v1/") || target.path().startsWith("/id/");
    try {
      Frame frame = Frame.of(target, assets);
      return data ? new Frame(accepted, frame.path(), frame.parameters(), assets) : frame;
    } catch (ProblemException _) {
      // its parameters cannot be read, which is the problem told
      return new Frame(accepted, target.path(), Map.of(), assets);
    }
  }
}
