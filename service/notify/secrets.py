"""The secrets of the subscriptions, from where the table says that they stand."""

from collections.abc import Mapping
from pathlib import Path

from service.notify.signature import BadSecret, read_secrets
from service.notify.subscription import BadSubscriptions, Subscription, Table


def load_secrets(
    table: Table, folder: Path, environment: Mapping[str, str]
) -> Mapping[str, tuple[bytes, ...]]:
    """Return the secrets by name of subscription.

    Args:
        folder: of the table: files are named from there.

    Raises:
        BadSubscriptions: a secret is not there, or is none; says which, and not what it is.
    """
    found, problems = {}, []
    for each in table.subscription:
        try:
            found[each.name] = read_secrets(_text(each, folder, environment))
        except BadSecret as error:
            key = f"secret_env {each.secret_env}" if each.secret_env else "secret_file"
            problems.append(f"subscription {each.name}: {key}: {error}")
    if problems:
        raise BadSubscriptions(problems)
    return found


def _text(subscription: Subscription, folder: Path, environment: Mapping[str, str]) -> str:
    if subscription.secret_env is not None:
        if subscription.secret_env not in environment:
            raise BadSecret("is not set")
        return environment[subscription.secret_env]
    path = folder / (subscription.secret_file or "")
    try:
        return path.read_text(encoding="ascii")
    except OSError as error:
        raise BadSecret(f"{path}: {error.strerror or error}") from error
    except UnicodeDecodeError:
        raise BadSecret(f"{path}: is not ASCII") from None
