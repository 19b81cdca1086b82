"""Checks a request with the library of the Standard Webhooks, and prints its event as the SDK of
CloudEvents reads it. It runs in the environment of `make test-readers`, without copydesk.

    python verify_webhook.py SECRET < REQUEST

REQUEST is JSON: `headers`, and `body` as text. Without a signature that fits it prints `refused`.
"""

import json
import sys

from cloudevents.core.bindings.http import HTTPMessage, from_structured
from cloudevents.core.formats.json import JSONFormat
from standardwebhooks import Webhook, WebhookVerificationError


def main() -> None:
    """Print the event, or that it is refused."""
    request = json.load(sys.stdin)
    try:
        Webhook(sys.argv[1]).verify(request["body"], request["headers"])
    except WebhookVerificationError:
        print("refused")
        return
    message = HTTPMessage(request["headers"], request["body"].encode())
    event = from_structured(message, JSONFormat())
    print(json.dumps([event.get_id(), event.get_type(), event.get_source(), event.get_data()]))


main()
