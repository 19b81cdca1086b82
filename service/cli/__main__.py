"""`python -m service.cli`: the `copydesk` command without its installed script."""

from service.cli.main import main

main(prog_name="copydesk")
