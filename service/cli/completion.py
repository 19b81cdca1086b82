"""`copydesk completion`: print the script that lets a shell complete the command's words."""

import click
from click.shell_completion import ShellComplete, get_completion_class

from service.cli.say import say

SHELLS = ("bash", "zsh", "fish")


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
def command(shell: str) -> None:
    """Print the completion script of SHELL.

    \b
    For this session:  source <(copydesk completion bash)
    To keep it:        copydesk completion bash > FILE, where FILE is
      bash  ~/.local/share/bash-completion/completions/copydesk
      zsh   _copydesk in a folder of $fpath
      fish  ~/.config/fish/completions/copydesk.fish
    """
    from service.cli.main import main

    found = get_completion_class(shell)
    assert found is not None
    script = found(main, {}, "copydesk", "_COPYDESK_COMPLETE")
    # Not the class's own `source`, which runs bash to ask for its version.
    say(ShellComplete.source(script).removesuffix("\n"))
