"""The front door on a machine with only Python and pip: ``run.py app``, ``user`` and ``test``.

Standard library only, because it runs before any package is installed; it must also parse on an
old Python, to say so. All it says is Chinese: progress on standard error, results on output.
Longer than a module should be, because nothing of ours can be relied on before it has run.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import venv
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, NoReturn

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".venv"
STAMP = ENVIRONMENT / "installed.json"
HOST = "127.0.0.1"
EVERY_ADDRESS = "0.0.0.0"  # noqa: S104 - only with --lan, which wants users first
DEFAULT_PROFILE = "demo"
OLDEST_PYTHON = (3, 11)
READY_SECONDS = 60
WAITS = 3  # exit code of a load that leaves something for a person to look at
WARM_SECONDS = 20
STOP_SECONDS = 5
USAGE = """用法：
  python3 run.py app  [--port 8501] [--no-browser] [--home 目录] [--profile demo]
              [--lan [--host 主机名]]
      启动网页；首次会自动准备环境、导入示例数据
      --lan 让局域网内的其他电脑也能打开，须先有用户；--host 另许可一个主机名
  python3 run.py user add NAME --role leader|analyst|staff|admin
  python3 run.py user list|remove|password|log
      管理登录用户，查看访问日志；写法见 run.py user --help
  python3 run.py test [--browser] [--quick] [pytest 的参数 …]
      运行全部测试；--browser 加上浏览器测试；--quick 只运行不费时的（八成以上）
"""
# What pip prints when it fails, and what to tell a person who has never seen pip.
PIP_FAILURES = (
    ("DO NOT MATCH THE HASHES", "下载的文件与清单校验值不符，请换一个软件源再试"),
    ("No space left on device", "磁盘空间不足，请至少留出 2 GB 再试"),
    ("Connection", "连不上软件源，请检查网络；内网请用 pip config set global.index-url 指定"),
    ("Could not fetch URL", "连不上软件源，请检查网络与证书"),
    ("No matching distribution", "软件源里没有所需版本：源连不上或不完整，或 Python 太新"),
)


def say(text: str) -> None:
    """Tell the person what is going on."""
    print(text, file=sys.stderr, flush=True)


def fail(text: str, code: int = 1) -> NoReturn:
    """Stop with one Chinese line."""
    say("✗ " + text)
    raise SystemExit(code)


def progress(text: str) -> None:
    """Rewrite one line on a terminal; stay silent where output goes to a file."""
    if sys.stderr.isatty():
        print("\r\x1b[K" + text, end="", file=sys.stderr, flush=True)


def prepare(requirements: str) -> Path:
    """Make or update the environment for one list of packages and return its interpreter."""
    python = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    # The development list contains the runtime list (a contract test holds it to that).
    wanted = {
        name: hashlib.sha256((ROOT / name).read_bytes()).hexdigest()
        for name in ("requirements.txt", requirements)
    }
    version = ".".join(map(str, sys.version_info[:2]))
    done = installed()
    if not python.exists() or done.get("python") != version:
        create_environment()
    elif wanted.items() <= done.items():
        return python
    install(python, requirements)
    STAMP.write_text(json.dumps({"python": version, **wanted}), encoding="utf-8")
    return python


def installed() -> dict[str, str]:
    """What the environment holds; empty when it was never finished."""
    try:
        return dict(json.loads(STAMP.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def create_environment() -> None:
    """Lay an empty environment beside this file, over whatever half-made one is there."""
    say("正在准备运行环境（仅首次需要，约一分钟）…")
    try:
        venv.EnvBuilder(clear=True, with_pip=True, symlinks=os.name != "nt").create(ENVIRONMENT)
    except (OSError, subprocess.CalledProcessError) as error:
        fail(f"无法建立运行环境：{error}。Debian 请先 apt-get install python3-venv")


def install(python: Path, requirements: str) -> None:
    """Install exactly the pinned and hashed packages, counting them as they come."""
    total = sum(line[:1].isalnum() for line in (ROOT / requirements).open(encoding="utf-8"))
    say(f"正在安装 {total} 个依赖包（{requirements}）…")
    command = [str(python), "-m", "pip", "install", "--require-hashes", "--only-binary=:all:"]
    command += ["--no-input", "--progress-bar=off", "-r", str(ROOT / requirements)]
    pip = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    )
    lines = []
    for line in pip.stdout or ():
        lines.append(line)
        if line.startswith("Collecting "):
            count = sum(text.startswith("Collecting ") for text in lines)
            progress(f"  下载 {count}/{total}：{line.split()[1].split('==')[0]}")
        elif line.startswith("Installing "):
            progress("  写入环境…")
    progress("")
    if pip.wait():
        log = ENVIRONMENT / "pip.log"
        log.write_text("".join(lines), encoding="utf-8")
        causes = (words for mark, words in PIP_FAILURES if any(mark in line for line in lines))
        fail(f"{next(causes, '安装依赖失败')}。详情见 {log}")


def run_app(options: argparse.Namespace) -> int:
    """Serve the product on this machine until it is stopped."""
    refuse_taken_port(options.port, EVERY_ADDRESS if options.lan else HOST)
    python = prepare("requirements.txt")
    home = Path(options.home).resolve()
    if options.lan:
        refuse_without_users(python, home, options.profile)
    load_sample(python, home, options.profile)
    bring_up_to_date(python, home, options.profile)
    variables = {"LIANGSHAI_PROFILE": options.profile}
    others: list[str] = []
    switches: list[str] = []
    if options.lan:
        others = [*lan_addresses(), *options.host]
        switches = lan_options(others)
        variables["STREAMLIT_SERVER_COOKIE_SECRET"] = cookie_secret(home / options.profile)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with serving(options.port, home, *switches, python=python, **variables) as server:
            print(f"晾晒台已就绪：{url_of(options.port)} （按 Ctrl-C 停止）", flush=True)
            tell_others(others, options.port)
            if options.browser and has_screen():
                webbrowser.open(url_of(options.port))
            return server.wait()
    except KeyboardInterrupt:
        say("\n晾晒台已停止")
        return 0


@contextmanager
def serving(
    port: int,
    home: Path,
    *switches: str,
    python: Path | str = sys.executable,
    page: str = "app.py",
    **variables: str,
) -> Iterator[subprocess.Popen[bytes]]:
    """The web server over a home: ready and warm when the block begins, stopped when it ends."""
    command = [str(python), "-m", "streamlit", "run", page, f"--server.port={port}", *switches]
    environment = {**os.environ, "LIANGSHAI_HOME": str(home), **variables}
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        wait_until_ready(server, port)
        yield server
    finally:
        stop(server)


def url_of(port: int) -> str:
    """Where this machine's own browser finds the app."""
    return f"http://{HOST}:{port}"


def free_port() -> int:
    """A port nobody listens on just now, for the camera of the manual and for tests."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def refuse_taken_port(port: int, address: str = HOST) -> None:
    """Say so before any work if nobody else can listen there."""
    with socket.socket() as probe:
        if os.name != "nt":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except (OSError, OverflowError):
            ours = f"（晾晒台可能已在运行：{url_of(port)}）" * is_healthy(port)
            fail(f"端口 {port} 用不了或已被占用{ours}，可换一个：run.py app --port 8601")


def refuse_without_users(python: Path, home: Path, profile: str) -> None:
    """Let other machines in only where everybody must sign in."""
    words = ["list", "--json", "--home", str(home), "--profile", profile]
    listed = subprocess.run(accounts(python, words), cwd=ROOT, stdout=subprocess.PIPE, check=False)
    if listed.returncode:
        fail("用户清单读不出来，原因见上", listed.returncode)
    if not json.loads(listed.stdout):
        where = "" if profile == DEFAULT_PROFILE else f" --profile {profile}"
        fail(
            "还没有用户，不能向局域网开放。请先执行："
            f"python3 run.py user add 用户名 --role admin{where}"
        )


def accounts(python: Path, words: list[str]) -> list[str]:
    """The call that manages users; run.py itself has nothing but the standard library."""
    return [str(python), "-m", "warehouse.accounts", *words]


def lan_addresses() -> list[str]:
    """This machine's addresses in the usual private networks; nothing is sent to find them."""
    found = set()
    for target in ("10.255.255.255", "172.31.255.255", "192.168.255.255", "100.127.255.255"):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, suppress(OSError):
            probe.connect((target, 9))
            found.add(str(probe.getsockname()[0]))
    with suppress(OSError):
        named = socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)
        found |= {str(address[4][0]) for address in named}
    return sorted(address for address in found if not address.startswith(("127.", "169.254.")))


def lan_options(names: list[str]) -> list[str]:
    """Listen to other machines, under the names we know, with the checks that are on anyway."""
    if not names:
        fail("没有找到局域网地址；接上网络，或用 --host 指明别人怎样访问本机")
    allowed = [f"--server.allowedHosts={name}" for name in (*names, HOST, "localhost")]
    checks = ["--server.enableXsrfProtection=true", "--server.enableCORS=true"]
    # Named, or Streamlit asks a machine outside what its own address is (1.67).
    own = [f"--server.address={EVERY_ADDRESS}", f"--browser.serverAddress={names[0]}"]
    return [*own, *checks, *allowed]


def cookie_secret(folder: Path) -> str:
    """What the server signs its own cookies with; made once, readable by the owner alone."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "cookie_secret"
    with suppress(FileExistsError):
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as out:
            out.write(secrets.token_hex(32))
    return path.read_text(encoding="ascii")


def tell_others(names: list[str], port: int) -> None:
    """What to type on the other machines, and what is not protected there."""
    for name in names:
        print(f"其他电脑请打开：http://{name}:{port}", flush=True)
    if names:
        say("提示：局域网内以 HTTP 传输，密码与数据未加密；要加密请在前面设 HTTPS 反向代理")


def load_sample(python: Path, home: Path, profile: str) -> None:
    """Give a newcomer figures to look at; a profile that ever received anything is left alone."""
    if any((home / profile / name).exists() for name in ("CURRENT", "receipts.jsonl")):
        return
    if profile != DEFAULT_PROFILE:
        say(f"辖区 {profile} 还没有数据，页面会提示如何导入")
        return
    say("还没有数据，正在导入示例工作簿（模拟数据）…")
    command = [str(python), "-m", "etl", "load", str(ROOT / "data" / "sample")]
    command += ["--home", str(home), "--profile", profile]
    loading = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=False)
    if loading.returncode not in (0, WAITS):
        say(loading.stdout.decode("utf-8", "replace"))
        fail("示例工作簿导入失败，原因见上", loading.returncode)


def bring_up_to_date(python: Path, home: Path, profile: str) -> None:
    """After an upgrade, a change of the profile, a load that was cut off: build what is asked for.

    Takes a second when nothing changed. A build that a check stops leaves the served one standing,
    and the app starts with it.
    """
    if not (home / profile / "receipts.jsonl").exists():
        return
    words = ["-m", "etl", "build", "--home", str(home), "--profile", profile]
    building = subprocess.run(
        [str(python), *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if building.returncode or "已发布" in building.stdout:
        say(building.stdout.strip())


def wait_until_ready(server: subprocess.Popen[bytes], port: int) -> None:
    """Return once the server is healthy and has run the app for one session."""
    deadline = time.monotonic() + READY_SECONDS
    while not is_healthy(port):
        if server.poll() is not None:
            fail("网页服务未能启动，原因见上", server.returncode or 1)
        if time.monotonic() > deadline:
            fail(f"网页服务 {READY_SECONDS} 秒内没有就绪")
        time.sleep(0.05)
    try:
        open_session(port)
    except OSError as error:
        say(f"预热未完成，首次打开可能稍慢：{error}")


def is_healthy(port: int) -> bool:
    """Ask the server itself, past any proxy."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"{url_of(port)}/_stcore/health", timeout=2) as answer:
            return bool(answer.status == 200)
    except (OSError, ValueError):
        return False


def open_session(port: int) -> None:
    """Run the app once over a WebSocket, as a browser would, and wait for its end.

    Until some session has called st.navigation, Streamlit takes the folder pages/ for its old kind
    of multipage app, and a deep link opened first flashes "Page not found" (seen on 1.67).
    """
    key = base64.b64encode(os.urandom(16)).decode()
    headers = [f"GET /_stcore/stream HTTP/1.1\r\nHost: {HOST}:{port}", "Upgrade: websocket"]
    headers += ["Connection: Upgrade", f"Sec-WebSocket-Key: {key}", "Sec-WebSocket-Version: 13"]
    headers += ["Sec-WebSocket-Protocol: streamlit", "\r\n"]
    with socket.create_connection((HOST, port), WARM_SECONDS) as link, link.makefile("rb") as back:
        link.sendall("\r\n".join(headers).encode())
        while back.readline().strip():
            pass
        # One masked frame: BackMsg{rerun_script: ClientState{}}, field 11, no bytes.
        link.sendall(b"\x82\x82\0\0\0\0" + b"\x5a\x00")
        # The end: ForwardMsg{session_status_changed: nothing is running}, field 9, no bytes.
        while read_frame(back) != b"\x4a\x00":
            pass


def read_frame(stream: BinaryIO) -> bytes:
    """The payload of one WebSocket frame from the server."""
    head = stream.read(2)
    if len(head) < 2 or head[0] & 0x0F == 0x8:
        raise ConnectionError("连接被关闭")
    size = head[1] & 0x7F
    if size >= 126:
        size = int.from_bytes(stream.read(2 if size == 126 else 8), "big")
    return stream.read(size)


def has_screen() -> bool:
    """False where opening a browser could only start one inside the terminal."""
    shown = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return bool(shown) or not sys.platform.startswith("linux")


def stop(server: subprocess.Popen[bytes]) -> None:
    """End the server, by force if it does not listen."""
    server.terminate()
    try:
        server.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def run_tests(arguments: list[str]) -> int:
    """Run the tests with the development packages; the words after ``test`` are pytest's."""
    if "--browser" in arguments and not shutil.which("chromium"):
        fail("缺少浏览器：请先执行 apt-get install chromium fonts-noto-cjk")
    python = prepare("requirements-dev.txt")
    workers = ["-n", "auto", "--maxprocesses", "4", "--dist", "worksteal"]
    command = [str(python), "-m", "pytest", *workers, *arguments]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def run_users(words: list[str]) -> int:
    """Manage users; the words after ``user`` are those of warehouse.accounts."""
    command = accounts(prepare("requirements.txt"), words)
    variables = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, env=variables, check=False).returncode


class Words(argparse.ArgumentParser):
    """A command line that explains itself in Chinese."""

    def format_help(self) -> str:
        """The one help text of all commands."""
        return USAGE

    def error(self, message: str) -> NoReturn:  # noqa: ARG002
        """Refuse the call in our own words: argparse's sentence is English."""
        fail(f"命令写法不对：run.py {' '.join(sys.argv[1:])}\n\n{USAGE}", 2)


def parse(words: list[str]) -> argparse.Namespace:
    """Understand a call of ``app``."""
    parser = Words(prog="run.py")
    app = parser.add_subparsers(dest="command", required=True, metavar="app|user|test")
    options = app.add_parser("app")
    options.add_argument("--port", type=int, default=8501)
    options.add_argument("--no-browser", dest="browser", action="store_false")
    options.add_argument("--lan", action="store_true")
    options.add_argument("--host", action="append", default=[])
    home = os.environ.get("LIANGSHAI_HOME") or str(ROOT / "data" / "home")
    options.add_argument("--home", default=home)
    options.add_argument("--profile", default=DEFAULT_PROFILE)
    return parser.parse_args(words)


def main(words: list[str]) -> int:
    """Carry out one call and return its exit code."""
    if sys.version_info < OLDEST_PYTHON:
        fail("需要 Python 3.11 或更新版本，本机是 " + sys.version.split()[0])
    os.environ.setdefault("PYTHONUTF8", "1")  # children speak Chinese on any system
    if words[:1] == ["test"]:
        return run_tests(words[1:])
    if words[:1] == ["user"]:
        return run_users(words[1:])
    return run_app(parse(words))


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        say("\n已中断")
        sys.exit(130)
