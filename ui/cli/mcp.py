"""``machiplan mcp``: the plans for programs that speak MCP."""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ui.cli.japanese import JapaneseCommand
from ui.cli.opened import index_option, settings_with, told_plainly

if TYPE_CHECKING:
    from ui.settings import Settings

HELP = """MCP（Model Context Protocol）に対応したプログラムから、計画を調べられるようにします。

\b
ふつうは、そのプログラムが標準入出力でこのコマンドを動かします（docs/mcp.md）。
--http を付けると、このコンピューターの中だけで HTTP で待ち受けます。
道具は ask・search・plans・read_plan・commitments で、どれも読むだけです。
質問は保存しません。
"""
HOSTS = ("127.0.0.1", "::1")
PORT = 7861


@click.command(cls=JapaneseCommand, help=HELP, short_help="MCP に対応したプログラムから計画を調べられるようにします。")
@click.option("--http", "over_http", is_flag=True, help="標準入出力の代わりに HTTP（Streamable HTTP）で待ち受けます。")
@click.option(
    "--host",
    metavar="アドレス",
    type=click.Choice(HOSTS),
    default=HOSTS[0],
    help="--http で待ち受けるアドレス、127.0.0.1 か ::1。",
)
@click.option(
    "--port",
    metavar="番号",
    type=click.IntRange(0, 65535),
    default=PORT,
    help=f"--http のポート番号、0 から 65535。0 は空いている番号を選びます。既定は {PORT}。",
)
@index_option
def mcp(over_http: bool, host: str, port: int, index_dir: Path | None) -> None:
    """Serve until standard input ends, or a signal asks to stop."""
    with told_plainly():
        settings = settings_with(index_dir)
    from ui.admission import admission
    from ui.api.desk import Desk
    from ui.mcp.server import serve_stdio
    from ui.watch.log import log_written

    with log_written(level=settings.log_level, form=settings.log_format, questions=settings.log_questions):
        if over_http:
            _serve_http(settings, host, port)
        else:
            # A thread that waits for standard input cannot be called off: only the system's own way ends it at once.
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            serve_stdio(Desk(settings), admission(settings))


def _serve_http(settings: Settings, host: str, port: int) -> None:
    import uvicorn

    from ui.admission import admission
    from ui.api.desk import Desk
    from ui.api.server import server_config
    from ui.cli.serve import address, listen
    from ui.mcp.server import http_app

    # uvicorn stops gracefully and then raises the signal again; being asked to stop is a success.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: sys.exit(0))
    with listen(host, port) as listener:
        app = http_app(Desk(settings), admission(settings), host=host)
        config = server_config(app, settings, log_config=None, access_log=False)
        click.echo(f"{address(listener)}/mcp で使えます。終了するには Ctrl+C を押してください。")
        sys.stdout.flush()
        uvicorn.Server(config).run(sockets=[listener])
