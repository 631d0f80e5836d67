"""Take the screenshots of this folder anew: `python docs/screenshots/take.py`, from the project's folder.

The bot of `make preview` is driven like a test, and its page is looked at with Debian's `chromium`, over the
browser's own debugging protocol; nothing leaves the machine.
"""

from __future__ import annotations

import asyncio
import base64
import io
import json
import tempfile
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aiohttp
from PIL import Image

from bot import logs, preview
from bot.__main__ import House
from bot.cli import documents

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.preview import Scene

HERE = Path(__file__).parent
PORT = 9333
WIDTH = 1_060
"""Of the browser's window; the page's own menu stands left of the messages."""

HEIGHT = 1_600
WIDEST = 640
"""Pixels of a picture: what stands right of a message is empty."""

BOX = """(() => {
    const e = document.querySelector(%s); e.scrollIntoView({block: 'center'});
    const r = e.getBoundingClientRect(); return [r.left, r.top, r.right, r.bottom];
})()"""
WINDOW = "#modal-root > * > *"

PRESS = "[...document.querySelectorAll('button')].filter(b => b.textContent.trim() == %s).pop().click()"

NAMES = """(() => {
    const names = %s, walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) for (const [sent, shown] of Object.entries(names))
        walk.currentNode.data = walk.currentNode.data.replaceAll(sent, shown);
})()"""
"""Discord shows a mention inside an embed as a name; the preview shows what was sent."""

PROGRAMME = """---
title: Ruritania sets out its plans
date: 2025-01-14
url: https://www.example.org/2025/01/plans
---
Ruritania promised on Tuesday to build 20,000 homes by 2027. It vowed to close its last coal plant by \
2030. It pledged to cut the waiting time at its hospitals to six weeks. It will raise the pension by 40 \
crowns a month. It promised not to raise the tax on bread. It undertook to publish the accounts of the \
army. It pledged to open the border to seasonal workers.

The plans were read out in the castle of Strelsau before both houses of parliament. The opposition said that \
it had heard most of them before. The crown rose a little against the euro in the afternoon.
"""


class Browser:
    """One page of a headless browser."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket, self._number = socket, 0

    async def ask(self, method: str, **params: Any) -> dict[str, Any]:
        """Send a command; its result."""
        self._number += 1
        await self._socket.send_json({"id": self._number, "method": method, "params": params})
        while True:
            answer = json.loads((await self._socket.receive()).data)
            if answer.get("id") == self._number:
                found: dict[str, Any] = answer.get("result", {})
                return found

    async def run(self, script: str) -> Any:
        """The value of an expression in the page."""
        answer = await self.ask("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        return answer.get("result", {}).get("value")

    async def open(self, url: str, width: int, height: int) -> None:
        """Load a page and wait until it has come to rest."""
        await self.ask(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )
        await self.ask("Page.navigate", url=url)
        await asyncio.sleep(4)

    async def picture(self) -> Image.Image:
        """What the window shows."""
        answer = await self.ask("Page.captureScreenshot", format="png")
        return Image.open(io.BytesIO(base64.b64decode(answer["data"]))).convert("RGB")


@asynccontextmanager
async def browser() -> AsyncIterator[Browser]:
    """A headless chromium with one page."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        arguments = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        arguments += [f"--remote-debugging-port={PORT}", f"--user-data-dir={profile}", "about:blank"]
        quiet = asyncio.subprocess.DEVNULL
        process = await asyncio.create_subprocess_exec("chromium", *arguments, stdout=quiet, stderr=quiet)
        try:
            async with aiohttp.ClientSession() as session:
                address = await _address(session)
                async with session.ws_connect(address, max_msg_size=0) as socket:
                    yield Browser(socket)
        finally:
            process.terminate()
            await process.wait()


async def _address(session: aiohttp.ClientSession) -> str:
    for _ in range(60):
        try:
            async with session.get(f"http://127.0.0.1:{PORT}/json") as answer:
                pages = await answer.json(content_type=None)
        except aiohttp.ClientError:
            pages = []
        found = [page["webSocketDebuggerUrl"] for page in pages if page["type"] == "page"]
        if found:
            return str(found[0])
        await asyncio.sleep(0.5)
    raise SystemExit("chromium did not start")


async def shoot(look: Browser, scene: Scene, who: int, name: str, *messages: int, press: str = "") -> None:
    """A picture of these messages as a person sees them; `press`: a button pressed first, for its window."""
    viewer = scene.people[who]
    async with scene.env.preview(scene.channel, viewers=[viewer], layout="channel") as page:
        await look.open(page.url, WIDTH, HEIGHT)
        await look.run(NAMES % json.dumps(_names(scene)))
        if press:
            await look.run(PRESS % json.dumps(press))
            await asyncio.sleep(4)
            where = await look.run(BOX % json.dumps(WINDOW))
        else:
            boxes = [
                await look.run(BOX % json.dumps(f'.channel-message[data-message-id="{m}"]')) for m in messages
            ]
            where = [
                min(b[0] for b in boxes),
                min(b[1] for b in boxes),
                max(b[2] for b in boxes),
                max(b[3] for b in boxes),
            ]
        picture = await look.picture()
    left, top, right, bottom = where
    picture.crop((int(left), int(top) - 4, int(min(right, left + WIDEST)), int(bottom) + 2)).quantize(
        96
    ).save(HERE / f"{name}.png", optimize=True)


def _names(scene: Scene) -> dict[str, str]:
    guild = scene.people[0].guild
    found = {f"<@{p.id}>": f"@{p.name.capitalize()}" for p in scene.people}
    found |= {f"<#{channel.id}>": f"#{name}" for name, channel in guild.channels.items()}
    return found | {f"<@&{role.id}>": f"@{name}" for name, role in guild.roles.items()}


async def main() -> None:
    """Tell a small story and take a picture at each step."""
    logs.configure(level="error", as_json=False)
    texts = [
        *preview.read(Path("docs/examples")),
        documents.from_text(PROGRAMME.encode(), name="11-programme", guild=preview.GUILD),
    ]
    async with browser() as look, preview.scene(House(), texts) as scene:
        env, channel, (maya, rita, boss) = scene.env, scene.channel, scene.people
        await env.advance_time(30)
        said = channel.history()
        cards = [m for m in said if m.embeds]
        reply = next(m for m in cards if "May wants time" in str(m.embeds[0].title))
        alert = next(m for m in cards if m.components and "snap election" in str(m.embeds[0].description))
        await shoot(look, scene, 0, "reply", reply.id)
        await shoot(look, scene, 1, "alert-before", alert.id)
        confirmed = await rita.click(alert, label="Confirm")
        await shoot(look, scene, 1, "alert-after", alert.id)
        await shoot(look, scene, 1, "alert-rating", confirmed.followups[0].id)
        listed = await maya.slash(channel, "claims", actor="Ruritania")
        await shoot(look, scene, 0, "claims", listed.response.id)
        number = alert.embeds[0].footer.text.split("claim ")[1]
        card = await rita.slash(channel, "claim", number=number)
        await shoot(look, scene, 1, "claim", card.response.id)
        panel = await rita.click(card.response, label="Review…")
        await shoot(look, scene, 1, "review", panel.response.id)
        await shoot(look, scene, 1, "correction", press="Correct…")
        history = await rita.click(alert, label="History")
        await shoot(look, scene, 1, "history", history.response.id)
        setup = await boss.slash(channel, "setup")
        await shoot(look, scene, 2, "setup", setup.response.id)


if __name__ == "__main__":
    asyncio.run(main())
