"""`run` and `preview`: the bot on Discord, and the same bot in a browser."""

import asyncio
import signal
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.house import MISCONFIGURED, complain, house, run
from bot.cli.reading import Db
from bot.cli.running import EXAMPLES
from bot.errors import SettingsError


def run_bot(ctx: typer.Context, db: Db = None) -> None:
    """Run the bot on Discord until it is stopped. Needs DISCORD_TOKEN."""
    run(_until_stopped(ctx, db))


def preview(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Option("--from", help="Folder of texts with front matter.")] = EXAMPLES,
    port: Annotated[int, typer.Option(min=0, max=65_535, help="Port on this machine; 0: any.")] = 0,
) -> None:
    """Show the bot in a browser, with the sample articles posted. Needs no Discord and no token."""
    run(house(ctx).preview(folder, port, typer.echo))


async def _until_stopped(ctx: typer.Context, db: Path | None) -> None:
    """Run the bot; SIGTERM, as a service manager sends it, is a wish and not an error."""
    serving = asyncio.ensure_future(house(ctx).serve(db))
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, serving.cancel)
    try:
        await serving
    except SettingsError as error:
        complain(str(error))
        raise typer.Exit(MISCONFIGURED) from None
    except asyncio.CancelledError:
        if not serving.cancelled():
            raise
