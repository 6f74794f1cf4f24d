"""One Chromium and one pair of servers with prepared answers for each module that tests pages.

Not for the whole session: while Playwright runs, no other test could start an event loop.
"""

from __future__ import annotations

import shutil

import pytest

from tests.browser import page_steps as steps


@pytest.fixture(scope="module")
def chromium():
    if shutil.which("chromium") is None:
        pytest.skip("Chromium is not installed (apt-get install chromium); .ci/run installs it")
    with steps.chromium(shutil.which("chromium")) as running:
        yield running


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    from tests.browser.page_server import serving_pages

    with serving_pages(tmp_path_factory.mktemp("pages")) as served:
        yield served


@pytest.fixture
def visit(chromium, pages):
    """Opens a page of the servers in a fresh context; an error on the page fails the test."""
    contexts, problems = [], []

    def open_one(path="/chat/", locale="ko-KR", width=390, height=844, **options):
        context = chromium.new_context(locale=locale, viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda line: problems.append(line.text) if _is_problem(line) else None)
        page.goto(pages.address + path)
        if path == "/chat/":
            steps.wait_until_ready(page)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert problems == []


def _is_problem(line):
    # a request that a test made fail is said by Chromium too
    return line.type == "error" and "Failed to load resource" not in line.text
