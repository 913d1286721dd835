"""The command line: a table of commands that are imported only when they are called."""

from __future__ import annotations

import gc
import importlib
import os
import sys
from collections.abc import Sequence
from typing import Any

import click

from casc_mla import __version__
from casc_mla.core.text import LANGUAGES, default_language, message, pick, say

#: Command -> module and attribute; the short help comes from the message catalogue.
COMMANDS = {
    "check": "casc_mla.cli.check:command",
    "build": "casc_mla.cli.build:command",
    "consult": "casc_mla.cli.consult:command",
    "explain": "casc_mla.cli.explain:command",
    "route": "casc_mla.cli.route:command",
    "countries": "casc_mla.cli.countries:command",
    "checklist": "casc_mla.cli.checklist:command",
    "demo": "casc_mla.cli.demo:command",
    "extract": "casc_mla.cli.extract:command",
    "templates": "casc_mla.cli.templates:command",
}


def chosen_language(arguments: Sequence[str]) -> str:
    """Return the language of messages: ``--lang`` wherever it stands, else the environment's."""
    for i, argument in enumerate(arguments):
        value = argument.removeprefix("--lang=") if argument.startswith("--lang=") else ""
        if argument == "--lang" and i + 1 < len(arguments):
            value = arguments[i + 1]
        if value in LANGUAGES:
            return value
    return default_language()


class _Formatter(click.HelpFormatter):
    """Help whose headings are in the language of the user."""

    lang = "en"

    def write_heading(self, heading: str) -> None:
        key = {"Options": "cli.options", "Commands": "cli.commands", "Arguments": "cli.arguments"}.get(heading)
        super().write_heading(say(key, self.lang) if key else heading)

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, f"{say('cli.usage', self.lang)}: ")


class _Context(click.Context):
    formatter_class = _Formatter


class Command(click.Command):
    """A command whose help, with its example, comes from the message catalogue under ``cmd.<name>``."""

    context_class = _Context

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        lang = formatter.lang if isinstance(formatter, _Formatter) else "en"
        name = ctx.command_path.partition(" ")[2].replace(" ", ".")
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(say(f"cmd.{name}", lang))
            formatter.write_paragraph()
            formatter.write_text(say("cli.example", lang))
            with formatter.indentation():
                for line in EXAMPLES[name].splitlines():
                    formatter.write(f"{'':>{formatter.current_indent}}{line}\n")

    def get_short_help_str(self, limit: int = 80) -> str:
        return say(f"cmd.{self.name}.short", _Formatter.lang)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return _help_option(super().get_help_option(ctx))


def _help_option(option: click.Option | None) -> click.Option | None:
    if option is not None:
        option.help = say("opt.help", _Formatter.lang)
    return option


class Option(click.Option):
    """An option whose help comes from the message catalogue under ``opt.<name>``."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        key = f"opt.{self.name}"
        self.help = say(key, _Formatter.lang)
        return super().get_help_record(ctx)


class Group(click.Group):
    """A group that knows its commands by name and imports one only to run it."""

    context_class = _Context

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        target = COMMANDS.get(cmd_name)
        if target is None:
            return None
        module, _, attribute = target.partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return _help_option(super().get_help_option(ctx))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, say(f"cmd.{name}.short", _Formatter.lang)) for name in COMMANDS])

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(say("cmd.root", _Formatter.lang))


EXAMPLES = {
    "check": "casc-mla check examples/tip-kg-ae-victims.yaml\ncasc-mla check --format json --lang ru request.yaml\n"
    "casc-mla check letters/tip-14_2-26-0731.ru-ar.docx --request request.yaml",
    "build": "casc-mla build examples/tip-kg-ae-victims.yaml --out letters\n"
    "casc-mla build request.yaml --out letters --languages ru,en --layout sequential\n"
    "casc-mla build requests --out letters --jobs 4",
    "consult": "casc-mla consult examples/confiscation-kz-qa-villa.yaml --out consultation",
    "explain": "casc-mla explain AST-011a",
    "route": "casc-mla route request.yaml\ncasc-mla route --from KZ --to TR --kind confiscation --stage enforcement",
    "countries": "casc-mla countries list\ncasc-mla countries show AE\ncasc-mla countries compare KZ AE",
    "checklist": "casc-mla checklist show GE --kind tip\ncasc-mla checklist check",
    "checklist.show": "casc-mla checklist show GE --kind tip\n"
    "casc-mla checklist show KZ --side requesting --format markdown --lang ru",
    "checklist.check": "casc-mla checklist check\ncasc-mla checklist check checklists/countries/ge.yaml --format json",
    "checklist.stale": "casc-mla checklist stale --older-than 365 --on 2027-12-31",
    "demo": "casc-mla demo --out build/demo",
    "extract": "casc-mla extract letters/mla-2-011204-26-01187.ru-en.docx > request.yaml",
    "templates": "casc-mla templates --check\ncasc-mla templates --text ru/mla",
}


def language_option(function: Any) -> Any:
    """Add ``--lang`` to a command; its value is read before the command runs, for errors need it too."""
    return click.option(
        "--lang",
        cls=Option,
        type=click.Choice(LANGUAGES),
        default=None,
        expose_value=False,
        metavar="en|ru|ar",
    )(function)


def data_dir_option(function: Any) -> Any:
    """Add ``--data-dir``: a folder whose schemas, checklists and templates come before the shipped ones."""

    def use(_ctx: click.Context, _param: click.Parameter, value: str | None) -> None:
        if value:
            from pathlib import Path

            from casc_mla.core import data

            data.use(Path(value))

    return click.option(
        "--data-dir", cls=Option, default=None, expose_value=False, callback=use, metavar="DIR", is_eager=True
    )(function)


def format_option(function: Any) -> Any:
    """Add ``--format text|json``."""
    return click.option(
        "--format",
        "style",
        cls=Option,
        type=click.Choice(["text", "json"]),
        default="text",
        metavar="text|json",
    )(function)


def language() -> str:
    """Return the language of messages for this run."""
    return _Formatter.lang


def _version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value:
        click.echo(f"casc-mla {__version__}")
        ctx.exit()


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--version", cls=Option, is_flag=True, expose_value=False, is_eager=True, callback=_version)
@click.option("--debug", cls=Option, is_flag=True, expose_value=False)
@language_option
def cli() -> None:
    """Run the commands."""


def _usage_text(error: click.ClickException) -> str:
    lang = language()
    if isinstance(error, click.NoSuchOption):
        return say("cli.no_option", lang, name=error.option_name)
    if isinstance(error, click.MissingParameter):
        name = error.param.make_metavar(error.ctx) if error.param and error.ctx else ""
        return say("cli.missing", lang, name=name)
    if isinstance(error, click.BadParameter):
        name = error.param.opts[0] if error.param else ""
        choices = ", ".join(getattr(error.param.type, "choices", ())) if error.param else ""
        return say("cli.bad_value", lang, name=name, choices=choices)
    if isinstance(error, click.UsageError) and "No such command" in error.format_message():
        return say("cli.no_command", lang, commands=", ".join(COMMANDS))
    return error.format_message() if lang == "en" else say("cli.usage_error", lang)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line: the one place where errors become words and exit codes.

    0 nothing blocking, 1 findings of severity error, 2 usage or unreadable input, 3 a defect of the tool.
    """
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    # Nearly all that a run makes in its first moments (rules, schemas, tables) stays: looking through it for garbage
    # after every 700 objects is a fifteenth of a short run.
    gc.set_threshold(50_000)
    if sys.stdout is None:  # started without any place to print to
        _stop_printing()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    debug = "--debug" in arguments
    arguments = [a for a in arguments if a != "--debug"]
    _Formatter.lang = chosen_language(arguments)
    try:
        result = cli.main(arguments, prog_name="casc-mla", standalone_mode=False)
        sys.stdout.flush()
        sys.exit(result if isinstance(result, int) else 0)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.ClickException as error:
        complain(_usage_text(error), say("cli.see_help", language()))
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except BrokenPipeError:
        _stop_printing()
        sys.exit(0)
    except OSError as error:
        # Whatever a command reads or writes has an error of its own; what is left is the screen or the file behind it.
        if debug:
            raise
        _stop_printing()
        reason = error.strerror or type(error).__name__
        complain(say("cli.output", language(), reason=reason), say("cli.output.fix", language()))
        sys.exit(2)
    except Exception as error:
        if debug:
            raise
        from casc_mla.core.errors import CascError

        if isinstance(error, CascError):
            complain(pick(error.text, language()), pick(error.remedy, language()))
            sys.exit(error.exit_code)
        complain(
            say("cli.defect", language(), kind=type(error).__name__),
            pick(message("cli.defect.fix"), language()),
        )
        sys.exit(3)


def _stop_printing() -> None:
    """Turn standard output away, so that the interpreter does not try once more at its end what has just failed."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    if sys.stdout is None:
        sys.stdout = os.fdopen(nothing, "w", encoding="utf-8")
    else:
        os.dup2(nothing, sys.stdout.fileno())


def complain(text: str, remedy: str) -> None:
    """Say on standard error what is wrong and what to do."""
    click.echo(f"casc-mla: {text}", err=True)
    if remedy:
        click.echo(f"  → {remedy}", err=True)
