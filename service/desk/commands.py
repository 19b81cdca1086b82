"""Commands that a page gives to be copied into a shell."""

import shlex

from service.settings import Settings


def command_line(settings: Settings, *words: str) -> str:
    """A `copydesk` command with the variables that it needs to reach the desk's brokers.

    Credentials are never among them.
    """
    usual = Settings.model_fields
    variables = [
        f"COPYDESK_{name.upper()}={shlex.quote(value)}"
        for name, value in (("brokers", settings.brokers), ("topic_prefix", settings.topic_prefix))
        if value != usual[name].default
    ]
    return " ".join([*variables, shlex.join(("copydesk", *words))])


def replay_page(settings: Settings, partition: int, offset: int) -> str:
    """Puts one failed page back."""
    return command_line(settings, "replay", "--offsets", f"{partition}:{offset}")


def replay_reason(settings: Settings, reason: str) -> str:
    """Puts all pages back that failed for a reason; all failed pages where it is empty."""
    return command_line(settings, "replay", *(("--reason", reason) if reason else ()))


def look_at(settings: Settings, topic: str) -> str:
    """Prints a topic from its beginning."""
    return command_line(settings, "tail", topic, "--from-beginning")
