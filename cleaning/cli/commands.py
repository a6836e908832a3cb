"""What all commands have in common: how they show errors, and the status that they end with."""

from __future__ import annotations

import os
import traceback
from typing import Any

import click

from ..errors import BrokenPromiseError, CleaningError

DEBUG = "Show the whole trace of an error."


class Command(click.Command):
    """A command that takes ``--debug`` too: nobody remembers on which side of its name it belongs."""

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.params.append(
            click.Option(["--debug"], is_flag=True, is_eager=True, expose_value=False, callback=_hear_debug, help=DEBUG)
        )


def _hear_debug(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        ctx.find_root().params["debug"] = True


class Commands(click.Group):
    """Shows errors that a user can do something about in one line, and ends with the exit status that CI expects."""

    command_class = Command

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except CleaningError as error:
            if ctx.params.get("debug"):
                traceback.print_exc()
            message = f"error: {error}"
            click.echo(message if os.environ.get("NO_COLOR") else click.style(message, fg="red"), err=True)
            return ctx.exit(1 if isinstance(error, BrokenPromiseError) else 2)
        except KeyboardInterrupt:
            click.echo("interrupted: nothing is published; the same command takes up where it stopped", err=True)
            os._exit(130)  # threads of the engine may still be at work, and abort a process that ends in order
        except (click.ClickException, click.Abort, click.exceptions.Exit, BrokenPipeError):
            raise
        except Exception:
            traceback.print_exc()
            return ctx.exit(2)  # Python's own 1 would say that a promise is broken
