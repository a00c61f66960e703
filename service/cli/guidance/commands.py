"""The group of the commands about guidance."""

import click

from service.cli.groups import Group

_COMMANDS = {
    "check": "service.cli.guidance.checking:check_file",
    "coverage": "service.cli.guidance.coverage:coverage",
    "draft": "service.cli.guidance.drafting:draft",
    "list": "service.cli.guidance.versions:list_published",
    "publish": "service.cli.guidance.publishing:publish",
    "retire": "service.cli.guidance.versions:retire",
    "review": "service.cli.guidance.reviewing:review",
    "show": "service.cli.guidance.versions:show",
}


@click.group(cls=Group, modules=_COMMANDS)
def guidance() -> None:
    """Statements about a treatment, and the documents that they cite."""
