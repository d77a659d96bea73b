"""Who may import whom, and which strangers live in which one file?"""

import ast
import re

from tests.house import modules, tree

PURE = ("messages", "facts", "decisions", "counting")
# What touches the world, the clock, chance or the environment.
WORLD = {
    *(
        "asyncio",
        "glob",
        "http",
        "io",
        "logging",
        "multiprocessing",
        "os",
        "pathlib",
        "random",
        "secrets",
        "select",
    ),
    *(
        "shutil",
        "signal",
        "socket",
        "sqlite3",
        "subprocess",
        "sys",
        "tempfile",
        "threading",
        "time",
        "tomllib",
    ),
    *(
        "urllib",
        "uuid",
        "aiokafka",
        "confluent_kafka",
        "fastapi",
        "fastavro",
        "faust",
        "httpx2",
        "jinja2",
        "kafka",
    ),
    *("nacl", "prometheus_client", "psycopg2", "requests", "starlette", "uvicorn"),
}
READS_THE_WORLD = re.compile(
    r"(\.|^)(now|utcnow|today|uuid[14]|getenv|open|print|input|monotonic|perf_counter)$"
)
# Plumbing whose work is the database, the broker, a page or the environment; the rest is shapes.
REACHING_OUT = {
    f"plumbing.{name}"
    for name in (
        "postgres",
        "stream",
        "relay",
        "metrics",
        "pages",
        "settings",
        "process",
        "step",
        "inbox",
        "outbox",
        "one_time",
        "vault",
    )
}
ONLY_IN = {
    "fastavro": ("plumbing.codec",),
    "psycopg2": ("plumbing.postgres", "deploy.local.roles"),  # the launcher makes roles as superuser, outside transactions
    "prometheus_client": ("plumbing.metrics",),
}
# Admin calls and errors of kafka-python are not a way to carry messages; these two are.
KAFKA_NAMES = {"KafkaConsumer": "plumbing.stream", "KafkaProducer": "plumbing.relay"}
OTHER_KAFKAS = {"aiokafka", "confluent_kafka", "faust"}
# The watch on surges alone reads by Faust: its windows may be lost, and are counted again from the topic.
FAUST_IN = ("services.situation_monitor.surges", "services.situation_monitor.watching")
CHAIN_LIMIT = 7


def product() -> list[str]:
    return [name for name in modules.by_name() if not name.startswith("tests")]


def service_of(module: str) -> str:
    """'services.police_intake' for anything in it, '' elsewhere."""
    parts = module.split(".")
    return ".".join(parts[:2]) if parts[0] == "services" and len(parts) > 1 else ""


def pure() -> list[str]:
    """Messages, facts, decisions (files or folders), and what these use of their own service."""
    roots = [
        m for m in modules.by_name() if service_of(m) and any(part in PURE for part in m.split(".")[2:3])
    ]
    return sorted({inner for root in roots for inner in modules.reachable(root) if service_of(inner)})


def calls(module: str) -> list[str]:
    nodes = ast.walk(tree.parsed(modules.by_name()[module]))
    return [ast.unparse(node.func) for node in nodes if isinstance(node, ast.Call)]


def edges(tops: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(m, inner) for m in modules.by_name() if m.split(".")[0] in tops for inner in modules.ours(m)]


def crossings(tops: tuple[str, ...], forbidden: tuple[str, ...]) -> list[str]:
    return [f"{m} → {inner}" for m, inner in edges(tops) if inner.split(".")[0] in forbidden]


def test_no_service_imports_another_service():
    pairs = [(m, inner) for m, inner in edges(("services",)) if service_of(inner) not in ("", service_of(m))]
    tree.hold("a service imports a service", [f"{m} → {inner}" for m, inner in pairs])


def test_plumbing_and_services_import_nothing_above_them():
    above = ("simulation", "tests", "deploy")
    tree.hold("plumbing looks up", crossings(("plumbing",), ("services", *above)))
    tree.hold("a service looks up", crossings(("services",), above))


def test_product_imports_nothing_from_its_tests():
    tree.hold("product leans on tests", crossings(tree.PRODUCT, ("tests",)))


def test_the_checker_shares_no_code_with_what_it_checks():
    """What plants and drives may know the product; what looks may not."""
    looking = [m for m in modules.by_name() if m.startswith("tests.checker") and not re.search(r"\.(test_\w+|conftest)$", m)]
    assert len(looking) > 12
    shared = [f"{m} → {inner}" for m in looking for inner in modules.ours(m) if not inner.startswith("tests.checker")]
    tree.hold("the checker leans on what it checks", shared)


def test_pure_files_import_nothing_of_the_world():
    found = {m: sorted(modules.strangers(m) & WORLD) for m in pure()}
    tree.hold("a pure file imports the world", {m: names for m, names in found.items() if names})


def test_pure_files_read_no_clock_chance_or_environment():
    found = {m: sorted({call for call in calls(m) if READS_THE_WORLD.search(call)}) for m in pure()}
    tree.hold("a pure file reads the world", {m: names for m, names in found.items() if names})


def test_pure_files_import_no_plumbing_that_reaches_out():
    found = {m: sorted(set(modules.ours(m)) & REACHING_OUT) for m in pure()}
    tree.hold(
        "a pure file imports plumbing that reaches out", {m: names for m, names in found.items() if names}
    )


def test_each_stranger_is_met_in_one_file_only():
    met = [(m, stranger) for m in product() for stranger in modules.strangers(m)]
    wrong = [f"{m} → {s}" for m, s in met if s in ONLY_IN and m not in ONLY_IN[s]]
    tree.hold("a stranger outside its one file", wrong)


def test_consumer_and_producer_live_in_one_file_each():
    named = [(m, word) for m in product() for word in KAFKA_NAMES if word in tree.text(modules.by_name()[m])]
    wrong = [f"{m} → {word}" for m, word in named if m != KAFKA_NAMES[word]]
    wrong += [f"{m} → kafka" for m in product() if service_of(m) and "kafka" in modules.strangers(m)]
    others = [(m, s) for m in product() for s in modules.strangers(m) & OTHER_KAFKAS]
    wrong += [f"{m} → {s}" for m, s in others if (s, m in FAUST_IN) != ("faust", True)]
    tree.hold("a Kafka client outside its one file", wrong)


def test_no_import_runs_in_a_circle():
    tree.hold("an import loop", modules.loops(modules.by_name()))


def test_no_import_chain_is_longer_than_seven():
    circles = set(modules.loops(modules.by_name()))
    straight = [m for m in product() if not circles & modules.reachable(m)]
    long = {m: chain for m in straight if len(chain := modules.longest_chain(m)) > CHAIN_LIMIT}
    tree.hold("an import chain too long", {m: " → ".join(chain) for m, chain in long.items()})
