"""The engine behind text recognition: RapidOCR with the PP-OCR models in its wheel (Apache-2.0), run by onnxruntime."""

from __future__ import annotations

import importlib.util
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from casekit.errors import CasekitError
from casekit.language import say
from casekit.readers.recognise import Recognised

if TYPE_CHECKING:
    from casekit.readers.recognise import Pixels, Recogniser

__all__ = ["MissingRecogniserError", "RapidRecogniser", "engine"]


class MissingRecogniserError(CasekitError, ImportError):
    """Text recognition is not installed; the message names the extra that brings it."""


class RapidRecogniser:
    """Chinese, both scripts, and English; loaded at the first picture.

    Raises:
        MissingRecogniserError: If the extra `ocr` is not installed.
    """

    def __init__(self) -> None:
        if importlib.util.find_spec("rapidocr") is None:
            raise MissingRecogniserError(
                say(
                    "文字识别（OCR）需要 rapidocr；请运行 pip install 'casekit[ocr]'",
                    "text recognition (OCR) needs rapidocr; run pip install 'casekit[ocr]'",
                )
            )
        self._engine: Any = None
        self._gate = threading.Lock()

    def lines(self, picture: Pixels) -> Sequence[Recognised]:
        """The lines of a picture; see `Recogniser.lines`."""
        return self.lines_told(picture, lambda share: None)

    def lines_told(self, picture: Pixels, told: Callable[[float], None]) -> Sequence[Recognised]:
        """The lines of a picture; `told` is given the share of them that is read; see `LineByLine.lines_told`."""
        with self._gate:
            if self._engine is None:
                import rapidocr

                # one line at a time: padding short lines to the longest of a batch doubles the work
                self._engine = rapidocr.RapidOCR(params={"Global.log_level": "critical", "Rec.rec_batch_num": 1})
            with _counted(self._engine, told):
                found = self._engine(picture, use_cls=False)
        if found.boxes is None or found.txts is None:
            return ()
        return [
            Recognised(
                text,
                float(min(x for x, _ in box)),
                float(min(y for _, y in box)),
                float(max(x for x, _ in box)),
                float(max(y for _, y in box)),
                float(score),
            )
            for box, text, score in zip(found.boxes, found.txts, found.scores, strict=True)
        ]


@contextmanager
def _counted(engine: Any, told: Callable[[float], None]) -> Iterator[None]:
    """Within the block every line that the engine has read is told, as a share of the lines that it found."""
    read, model = engine.recognize_txt, engine._load_rec_model()
    session = model.session

    def count_in(pictures: Sequence[Any]) -> Any:
        model.session = _Counting(session, len(pictures), told)
        return read(pictures)

    engine.recognize_txt = count_in
    try:
        yield
    finally:
        engine.recognize_txt, model.session = read, session


class _Counting:
    """A session of the model that tells after each run how many of `total` it has done."""

    def __init__(self, session: Any, total: int, told: Callable[[float], None]) -> None:
        self._session, self._total, self._told, self._done = session, max(1, total), told, 0

    def __call__(self, batch: Any) -> Any:
        found = self._session(batch)
        self._done += 1
        self._told(self._done / self._total)
        return found

    def __getattr__(self, name: str) -> Any:
        return getattr(self._session, name)


def engine() -> Recogniser:
    """The engine that comes with the extra `ocr`.

    Raises:
        MissingRecogniserError: If the extra is not installed.
    """
    return RapidRecogniser()
