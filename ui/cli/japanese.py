"""Click in Japanese: headings of the help, and what a wrong command line is answered with."""

from __future__ import annotations

import click
from click.exceptions import NoArgsIsHelpError

# What to say for a wrong command line, by the kind of click's error; most special first.
USAGE_MESSAGES: tuple[tuple[type[click.UsageError], str], ...] = (
    (click.NoSuchOption, "オプション {name} はありません。"),
    (click.NoSuchCommand, "コマンド {name} はありません。"),
    (click.MissingParameter, "{name} を指定してください。"),
    (click.BadOptionUsage, "オプション {name} の使い方が正しくありません（値が必要です）。"),
    (click.BadParameter, "{name} の値が正しくありません。"),
)


class JapaneseCommand(click.Command):
    """A command whose help is headed in Japanese."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        pieces = ["[オプション]", *self.collect_usage_pieces(ctx)[1:]]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix="使い方: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options under their heading."""
        shown = (parameter.get_help_record(ctx) for parameter in self.get_params(ctx) if not _is_argument(parameter))
        records = [(option, told.replace("required]", "必須]")) for option, told in filter(None, shown)]
        with formatter.section("オプション"):
            formatter.write_dl(records)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the help option, explained in Japanese."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "この説明を表示して終わります。"
        return option


class JapaneseGroup(JapaneseCommand, click.Group):
    """A group of commands whose help is headed in Japanese."""

    command_class = JapaneseCommand

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options and then the commands."""
        JapaneseCommand.format_options(self, ctx, formatter)
        records = [(name, self.commands[name].get_short_help_str(limit=200)) for name in self.list_commands(ctx)]
        with formatter.section("コマンド"):
            formatter.write_dl(records)


def usage_message(error: click.UsageError) -> str:
    """Return a Japanese sentence for a wrong command line, and the command that explains the right one."""
    if isinstance(error, NoArgsIsHelpError):
        return f"コマンドを指定してください。\n\n{error.format_message()}"
    path = error.ctx.command_path if error.ctx is not None else "machiplan"
    for kind, sentence in USAGE_MESSAGES:
        if isinstance(error, kind):
            return f"{sentence.format(name=_name(error))}{_meaning(error)}\n使い方は「{path} --help」で確認できます。"
    return f"指定の仕方が正しくありません（{error.format_message()}）。\n使い方は「{path} --help」で確認できます。"


def _is_argument(parameter: click.Parameter) -> bool:
    return isinstance(parameter, click.Argument)


def _meaning(error: click.UsageError) -> str:
    """Return what the wrong parameter is for, as its help says it, in brackets; "" where there is no help."""
    parameter = error.param if isinstance(error, click.BadParameter) else None
    return f"（{parameter.help}）" if isinstance(parameter, click.Option) and parameter.help else ""


def _name(error: click.UsageError) -> str:
    if isinstance(error, click.NoSuchOption | click.BadOptionUsage):
        return error.option_name
    if isinstance(error, click.NoSuchCommand):
        return error.command_name
    if isinstance(error, click.BadParameter) and error.param is not None:
        return error.param.get_error_hint(error.ctx).strip("'")
    return ""
