"""A window whose console, errors, requests and policy violations are kept."""

from typing import Any

_VIOLATIONS = """
addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
"""


class Watched:
    """A page of the desk; `page` is Playwright's."""

    def __init__(self, browser: Any, address: str, window: dict[str, object]) -> None:
        self._address = address
        self._context = browser.new_context(
            **{"viewport": {"width": 1280, "height": 900}, **window}
        )
        self._context.set_default_timeout(60_000)
        self._context.add_init_script(_VIOLATIONS)
        self.page = self._context.new_page()
        self.troubles: list[str] = []
        self.page.on("console", self._keep_message)
        self.page.on("pageerror", lambda error: self.troubles.append(f"error: {error}"))
        self.page.on("request", self._keep_request)

    def go(self, path: str) -> int:
        """Open a path; its status."""
        answer = self.page.goto(self._address + path)
        return int(answer.status)

    def close(self) -> list[str]:
        """Close the window; what went wrong in it."""
        self._context.close()
        return self.troubles

    def grant(self, *rights: str) -> None:
        """Allow the page what a person would be asked for."""
        self._context.grant_permissions(list(rights))

    def _keep_message(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.troubles.append(f"{message.type}: {message.text}")

    def _keep_request(self, request: Any) -> None:
        if not request.url.startswith(self._address):
            self.troubles.append(f"request: {request.url}")
