"""Progress: for a person on stderr, for a program as one JSON document a line on stdout."""

import json
import sys
from types import TracebackType
from typing import Any

from tqdm import tqdm


class Console:
    """What a person at a terminal sees; closing it leaves the cursor on a fresh line."""

    def __init__(self) -> None:
        self._bar: tqdm[Any] | None = None

    def __enter__(self) -> "Console":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._close()

    def step(self, done: int, total: int, name: str) -> None:
        """One more workbook has been judged."""
        if self._bar is None:
            self._bar = tqdm(total=total, desc="判读工作簿", unit="个", file=sys.stderr, leave=True)
        self._bar.set_postfix_str(name[:24], refresh=False)
        self._bar.update(done - self._bar.n)
        if done == total:
            self._close()

    def say(self, words: str) -> None:
        """A step of the build begins."""
        self._close()
        tqdm.write(f"· {words}", file=sys.stderr)

    def _close(self) -> None:
        if self._bar is not None:
            self._bar.close()
            self._bar = None


class JsonLines:
    """What a program that started the command reads: `step` while workbooks are judged, `say`."""

    def __enter__(self) -> "JsonLines":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        sys.stdout.flush()

    def step(self, done: int, total: int, name: str) -> None:
        """One more workbook has been judged."""
        tell("step", done=done, total=total, name=name)

    def say(self, words: str) -> None:
        """A step of the build begins."""
        tell("say", words=words)


def tell(kind: str, **told: Any) -> None:
    """Write one line; whoever reads sees it at once."""
    sys.stdout.write(json.dumps({"kind": kind, **told}, ensure_ascii=False) + "\n")
    sys.stdout.flush()
