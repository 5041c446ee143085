"""Where the work is done: here, in a pool of processes, or on a dask cluster, behind one interface.

Everything goes through `concurrent.futures.Executor`: chunks of tasks, a bounded number of them under way, results
in the order of the tasks. A worker that dies takes nothing with it but time: what was under way is done again, one
chunk after the other, and only a task that kills a worker twice on its own is given up.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import contextmanager
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from drafter.batch.work import busy
from drafter.errors import InputError, Problem

__all__ = ["Workers", "chunks", "cluster", "here", "pool", "run"]

T = TypeVar("T")
R = TypeVar("R")

_WINDOW = 4


class Workers(NamedTuple):
    """A way to make an executor, anew after one has broken; `window` chunks are under way at most."""

    make: Callable[[], Executor]
    window: int
    chunk: int


def here() -> Workers:
    """In this process: no start-up, one after the other."""
    return Workers(_Here, 1, 4)


def pool(jobs: int) -> Workers:
    """`jobs` processes. They start anew (spawn): forking a program with threads is not safe, and Windows cannot."""

    def make() -> Executor:
        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing import get_context

        return ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_begin)

    return Workers(make, _WINDOW * jobs, 16)


@contextmanager
def cluster(address: str) -> Iterator[Workers]:
    """The workers of a dask scheduler. Raises InputError E716 (not reachable, no workers), E719 (not installed)."""
    try:
        import distributed
    except ImportError:
        hint = f'先运行 "{sys.executable}" -m pip install distributed'
        raise InputError(Problem("E719", "用集群要先装 distributed", None, hint)) from None
    try:
        dask: Any = distributed  # without annotations
        client = dask.Client(address, timeout=5, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        hint = "检查地址（如 tcp://10.0.0.5:8786）、调度程序是否在运行"
        raise InputError(Problem("E716", f"连不上集群 {address}（{type(error).__name__}）", None, hint)) from None
    with client:
        threads = sum(client.ncores().values())
        if not threads:
            hint = "先启动工作进程：dask worker 地址 --nworkers 2 --nthreads 1"
            raise InputError(Problem("E716", f"集群 {address} 里没有工作进程", None, hint))
        yield Workers(lambda: client.get_executor(pure=False), _WINDOW * threads, 16)


def chunks(tasks: Iterator[T], size: int) -> Iterator[list[T]]:
    """The tasks in lists of `size`, the last one shorter."""
    while chunk := list(islice(tasks, size)):
        yield chunk


def run(
    workers: Workers,
    work: Callable[[Sequence[T]], list[R]],
    parts: Iterator[list[T]],
    lost: Callable[[T], R],
) -> Generator[list[R], None, None]:
    """The results of each chunk, in order. `work` is called in the workers; `lost` makes the result of a task whose
    worker dies each time. What is under way when the caller stops is finished, what has not begun is dropped.

    Raises whatever `work` does, and InputError E716 where the cluster goes away.
    """
    session = _Session(workers, work, lost)
    waiting: deque[tuple[list[T], Future[list[R]] | None]] = deque()
    try:
        while True:
            # a chunk without a future was under way when a worker died: nothing new until it is done
            while len(waiting) < workers.window and all(future for _, future in waiting):
                part = next(parts, None)
                if part is None:
                    break
                waiting.append((part, session.submit(part)))
            if not waiting:
                return
            part, future = waiting.popleft()
            try:
                results = future.result() if future else session.alone(part)
            except Exception as error:
                if not _died(error):
                    raise
                session.renew()
                waiting = deque((each, other if _finished(other) else None) for each, other in waiting)
                results = session.alone(part)
            yield results
    finally:
        for _, future in waiting:  # `cancel_futures` of shutdown is not known to dask
            if future:
                future.cancel()
        session.close()


class _Session:
    """One executor at a time."""

    def __init__(
        self, workers: Workers, work: Callable[[Sequence[Any]], list[Any]], lost: Callable[[Any], Any]
    ) -> None:
        self._workers, self._work, self._lost = workers, work, lost
        self._executor = workers.make()

    def submit(self, part: list[Any]) -> Future[list[Any]] | None:
        try:
            return self._executor.submit(self._work, part)
        except BrokenExecutor:
            return None

    def alone(self, part: list[Any]) -> list[Any]:
        """A chunk with nothing else under way; where it kills its worker, task by task."""
        for _ in range(2):
            future = self.submit(part)
            if future is None:
                self.renew()
                continue
            try:
                return future.result()
            except Exception as error:
                if not _died(error):
                    raise
                self.renew()
        if len(part) == 1:
            return [self._lost(part[0])]
        return [result for task in part for result in self.alone([task])]

    def renew(self) -> None:
        self._executor.shutdown(wait=False)
        self._executor = self._workers.make()

    def close(self) -> None:
        self._executor.shutdown(wait=True)


def _died(error: Exception) -> bool:
    """The worker is gone, and with it the chunk; distributed is not imported for the sake of a name."""
    if type(error).__name__ in ("CommClosedError", "FutureCancelledError", "CancelledError", "SchedulerError"):
        hint = "接上以后加 --resume 接着做，已写好的不会重写"
        raise InputError(Problem("E716", "和集群的连接断了", None, hint)) from None
    return isinstance(error, BrokenExecutor) or type(error).__name__ == "KilledWorker"


def _finished(future: Future[Any] | None) -> bool:
    return future is not None and future.done() and not future.cancelled() and future.exception() is None


def _begin() -> None:
    """In a new worker: Ctrl-C is for the parent, and without a parent there is nothing left to do."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow, daemon=True).start()


def _follow() -> None:
    """A worker whose parent was killed would wait for ever; it goes once its document is written."""
    from multiprocessing import parent_process

    if parent := parent_process():
        parent.join()
        with busy:
            os.kill(os.getpid(), signal.SIGTERM)


class _Here(Executor):
    """Does the work when it is submitted."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future
