"""``machiplan serve``: the chat page and the API on one port."""

from __future__ import annotations

import resource
import signal
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ui.cli.japanese import JapaneseCommand
from ui.cli.opened import index_option, settings_with, told_plainly

if TYPE_CHECKING:
    from ui.settings import Settings

OPEN_FILES = 16_384  # enough for the most shards that an index opens, and as many connections
SECONDS_FOR_CHAT_MODEL = 3
"""After so long a stopping server waits for no chat model any more: the answers go out in the plans' words, in time."""

UNREADABLE = (
    "取り込みの記録を読み取れません(%s)。回答には使わないので、このまま動かします。"
    "直すには「machiplan ingest 計画のフォルダー」を実行してください。"
)


class ServeCommand(JapaneseCommand):
    """A command whose help ends with every setting of the environment."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the settings, read from their declaration."""
        from ui.settings import setting_lines

        records = [(line.variable, f"{line.description}（既定: {line.default}）") for line in setting_lines()]
        with formatter.section("設定（環境変数、または .env ファイル）"):
            formatter.write_dl(records)


HELP = "チャット画面と API を提供します。質問に答えられるようになったら、アドレスを表示します。"


@click.command(cls=ServeCommand, help=HELP, short_help="チャット画面と API を提供します。")
@click.option("--host", metavar="アドレス", help="待ち受けるアドレス。指定がなければ設定 MACHIPLAN_HOST のもの。")
@click.option(
    "--port",
    metavar="番号",
    type=click.IntRange(0, 65535),
    help="待ち受けるポート番号、0 から 65535。0 は空いている番号を選びます。",
)
@index_option
def serve(host: str | None, port: int | None, index_dir: Path | None) -> None:
    """Serve until a signal asks to stop; print the address once a question can be answered."""
    from ui.backup.in_use import InUseError, serving
    from ui.memory import hold_little

    hold_little()
    with told_plainly():
        settings = settings_with(index_dir)
        given = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
        settings = settings.model_copy(update=given)
        try:
            with listen(settings.host, settings.port) as listener, serving(settings.answers_file):
                _run(settings, listener)
        except InUseError as error:
            raise click.ClickException(str(error)) from error


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens on ``host`` and ``port``.

    Raises:
        click.ClickException: the port is in use or the address is not this machine's; the message is Japanese.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen()
    except OSError as error:
        listener.close()
        raise click.ClickException(
            f"{host} のポート {port} で待ち受けられません（{error.strerror}）。"
            "ほかのプログラムが使っている場合は、それを終了するか、--port で別の番号を指定してください。"
        ) from error
    return listener


def address(listener: socket.socket) -> str:
    """Return the URL to open in a browser of this machine."""
    host, port = listener.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _run(settings: Settings, listener: socket.socket) -> None:
    from ui.api.desk import opened_whole
    from ui.sources import unreadable_records

    # Every municipality that is asked about keeps files open; the system's default suits programs with few.
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = OPEN_FILES if hard == resource.RLIM_INFINITY else min(hard, OPEN_FILES)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))
    assistant = opened_whole(settings)  # before the slow imports: a missing or damaged index is told at once

    import asyncio
    import logging

    import uvicorn

    from assistant.in_time import give_up
    from ui.api.app import create_app
    from ui.api.server import server_config
    from ui.watch.log import log_written

    class AnnouncingServer(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)  # the application starts by searching once, so /readyz is 200 from here on
            click.echo(f"{address(listener)} で使えます。終了するには Ctrl+C を押してください。")
            sys.stdout.flush()

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            asyncio.get_running_loop().call_later(SECONDS_FOR_CHAT_MODEL, give_up)
            await super().shutdown(sockets)

    # uvicorn stops gracefully and then raises the signal again; being asked to stop is a success.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: sys.exit(0))
    with log_written(level=settings.log_level, form=settings.log_format, questions=settings.log_questions):
        for record in unreadable_records(settings.index_dir):
            logging.getLogger("machiplan.api").warning(UNREADABLE, record)
        app = create_app(settings, assistant=assistant)
        del assistant  # held here, its index would keep its memory and files after a newer one has taken its place
        config = server_config(
            app,
            settings,
            log_config=None,  # its entries go the way of all others, and ``ui.api.watched`` logs the requests
            access_log=False,
        )
        AnnouncingServer(config).run(sockets=[listener])
