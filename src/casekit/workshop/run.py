"""Running a notebook from top to bottom in a kernel of its own."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

from casekit.language import say
from casekit.workshop.notebook import Notebook

__all__ = ["run_notebook"]

# A cell checks one answer in a fraction of a second; the first one also starts Python's imports on a busy machine.
_CELL_SECONDS = 120


def run_notebook(notebook: Notebook) -> str | None:
    """Run it; None where every cell ran, else what went wrong, in one line.

    Code of the notebook runs with your rights: look at what `audit` says of cells that casekit did not write.
    """
    try:
        import nbformat
        from nbclient import NotebookClient
        from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
    except ImportError as error:
        return say(
            f"没有装 {error.name}，不能运行笔记本", f"{error.name} is not installed, so the notebook cannot be run"
        )
    parsed = nbformat.reads(notebook.to_json(), as_version=4)  # type: ignore[no-untyped-call]  # nbformat is untyped
    try:
        nbformat.validate(parsed)
    except nbformat.ValidationError as error:
        return say(f"笔记本格式不对：{error.message}", f"the notebook is malformed: {error.message}")
    with tempfile.TemporaryDirectory() as folder:
        # a private folder for the kernel's connection files, so that the test also runs where HOME is read-only
        runtime = Path(folder) / "runtime"
        runtime.mkdir()
        before = os.environ.get("JUPYTER_RUNTIME_DIR")
        os.environ["JUPYTER_RUNTIME_DIR"] = str(runtime)
        try:
            client = NotebookClient(
                parsed, timeout=_CELL_SECONDS, kernel_name="python3", resources={"metadata": {"path": folder}}
            )
            # what the kernel says on start-up is for its log, not for people
            client.execute(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        except CellExecutionError as error:
            return " ".join(f"{error.ename}: {error.evalue}".split())
        except (CellTimeoutError, DeadKernelError) as error:
            return " ".join(str(error).split())
        finally:
            if before is None:
                del os.environ["JUPYTER_RUNTIME_DIR"]
            else:
                os.environ["JUPYTER_RUNTIME_DIR"] = before
    return None
