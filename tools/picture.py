#!/usr/bin/env python3
"""Takes the README's picture from a running node: three men of one name, as the first identity officer sees them.

tools/picture.py [--persons 3000]     makes an invented world in a temporary folder; needs Chromium
"""

import argparse
import base64
import hmac
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from playwright.sync_api import FloatRect, Page, sync_playwright

from cotejo.rules.duties import Duty
from cotejo_demo.cases import Story
from cotejo_demo.cast import BOREAL, SignIn
from cotejo_demo.world import World

PICTURE: Final = Path(__file__).resolve().parents[1] / "docs/pictures/comparison.png"
WIDTH: Final = 1120
HEIGHT: Final = 900
PART: Final[FloatRect] = {"x": 248, "y": 16, "width": 872, "height": 748}
"""Of the window: without the rail on the left and the next person below."""
CASE: Final = "three-men"


def code_of(secret: str) -> str:
    """Return the six digits an authenticator shows now (RFC 6238)."""
    mac = hmac.digest(base64.b32decode(secret), (int(time.time()) // 30).to_bytes(8, "big"), "sha1")
    at = mac[-1] & 15
    return f"{(int.from_bytes(mac[at : at + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06}"


def sign_in(page: Page, address: str, who: SignIn) -> None:
    """Sign in with both factors."""
    page.goto(f"{address}/account/sign-in/")
    page.locator("#id_login").fill(who.username)
    page.locator("#id_password").fill(who.password)
    page.locator("main form button").click()
    page.wait_for_url("**/code/**")
    page.locator("#id_code").fill(code_of(who.totp_secret))
    page.locator("main form button").click()
    page.wait_for_url(f"{address}/")


def take(world: World) -> None:
    """Play the case up to the comparison and take the picture."""
    story = Story(world=world)
    story.prepare(CASE, world.people.asked_for)
    story.send(CASE)
    review = story.await_review(CASE)
    story.begin(CASE)
    username = next(each.username for each in BOREAL if each.duty is Duty.IDENTITY)
    who = next(each for each in world.sign_ins("boreal") if each.username == username)
    address = f"http://127.0.0.1:{world.file.ports.boreal_pages}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, locale="en-US")
        sign_in(page, address, who)
        page.goto(f"{address}/review/{review.id}/identity/")
        page.locator("section.comparison", has=page.locator(".rival")).first.evaluate("each => each.scrollIntoView()")
        page.screenshot(path=PICTURE, clip=PART)
        browser.close()


def main() -> int:
    """Make a world, take the picture, remove the world."""
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("--persons", type=int, default=3_000)
    asked = reader.parse_args()
    with tempfile.TemporaryDirectory(prefix="cotejo-picture-") as folder:
        world = World(Path(folder) / "world", say=lambda _: None)
        try:
            world.open(seed=1, persons=asked.persons, new=True)
            take(world)
        finally:
            world.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
