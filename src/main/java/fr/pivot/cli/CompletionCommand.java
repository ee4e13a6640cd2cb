package fr.pivot.cli;

import fr.pivot.cli.session.Command;
import fr.pivot.cli.session.Exit;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/** Writes what a shell needs to complete commands. */
@CommandLine.Command(
    name = "completion",
    description = "Write what a shell needs to complete the commands and their options.",
    footer = {
      "%nExamples:",
      "  pivot completion bash >~/.local/share/bash-completion/completions/pivot",
      "  pivot completion zsh >~/.pivot-completion && echo '. ~/.pivot-completion' >>~/.zshrc"
    })
final class CompletionCommand extends Command {

  /** The shells. */
  enum Shell {
    bash,
    zsh
  }

  @Parameters(index = "0", paramLabel = "SHELL", description = "bash or zsh.")
  Shell shell = Shell.bash;

  @CommandLine.Spec CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public Integer call() {
    // One text serves both: in zsh it has the completion of bash loaded.
    console.print(AutoComplete.bash("pivot", spec.root().commandLine()));
    return Exit.OK;
  }
}
