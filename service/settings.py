"""All settings, typed, from environment variables: `COPYDESK_` and the name in capitals."""

from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from service.contract.cloud_event import SOURCE
from service.contract.domain import registrable_domain
from service.contract.rights import NOARCHIVE, RESTRICTIONS, STATEMENTS
from service.read.envelopes import ADAPTER_NAMES
from service.read.rights_policy import (
    REJECT,
    RightsPolicy,
    read_actions,
    read_policy,
)

MEBIBYTE = 1024 * 1024
MOST_EXTRACTORS = 256

STAGES = ("read", "fold", "link")

Names = Annotated[tuple[str, ...], NoDecode]
"""Several values in one variable, separated by commas."""


class Settings(BaseSettings):
    """The settings of a process, read once and immutable.

    Raises:
        pydantic.ValidationError: a variable holds a value that is not allowed.
    """

    model_config = SettingsConfigDict(
        env_prefix="COPYDESK_", frozen=True, extra="ignore", env_ignore_empty=True
    )

    brokers: str = Field(
        default="127.0.0.1:9092",
        pattern=r"^[^\s,:/]+(:[0-9]{1,5})?( *, *[^\s,:/]+(:[0-9]{1,5})?)*$",
        description="Kafka bootstrap servers",
        json_schema_extra={"allowed": "host:port, several parted by commas"},
    )
    group: str = Field(
        default="copydesk", description="consumer group; prefix of transactional ids"
    )
    topic_prefix: str = Field(
        default="",
        pattern=r"^[A-Za-z0-9._-]*$",
        description="prefix of every topic name",
        json_schema_extra={"allowed": "letters, digits, dots, dashes and underscores"},
    )

    source: str = Field(
        default=SOURCE,
        pattern=r"^[!-~]{1,200}$",
        description="name of this deployment in its events (ce_source): readers of several tell"
        " them apart by it",
        json_schema_extra={"allowed": "a URI or URN of at most 200 ASCII characters"},
    )

    security_protocol: Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"] = Field(
        default="PLAINTEXT", description="security protocol of the brokers"
    )
    sasl_mechanism: Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"] = Field(
        default="SCRAM-SHA-512", description="SASL mechanism"
    )
    sasl_username: str | None = Field(default=None, description="SASL user name")
    sasl_password: SecretStr | None = Field(default=None, description="SASL password")
    ssl_cafile: Path | None = Field(
        default=None, description="PEM file of trusted CA certificates; the system's if unset"
    )
    ssl_certfile: Path | None = Field(
        default=None, description="PEM file of the client certificate"
    )
    ssl_keyfile: Path | None = Field(
        default=None, description="PEM file of the client's private key"
    )

    raw_partitions: int = Field(
        default=4, ge=1, le=10_000, description="number of partitions of pages.raw"
    )
    shards: int = Field(
        default=1,
        ge=1,
        le=1000,
        description="FOLD shards: partitions of articles.extracted, by language",
    )
    output_partitions: int = Field(
        default=4, ge=1, le=10_000, description="number of partitions of every other topic"
    )
    replication: int = Field(default=1, ge=1, le=10, description="replication factor of each topic")
    raw_retention_hours: int = Field(
        default=48, ge=1, description="retention of pages.raw in hours"
    )
    output_retention_hours: int = Field(
        default=168, ge=1, description="retention of articles, rejected and failed pages in hours"
    )
    largest_message: int = Field(
        default=48 * MEBIBYTE,
        ge=MEBIBYTE,
        le=1024 * MEBIBYTE,
        description="largest record on pages.raw and pages.failed, in bytes",
    )
    compression: Literal["none", "gzip", "snappy", "lz4", "zstd"] = Field(
        default="gzip",
        description="compression of the topics that other teams read: articles, stories, rejected"
        " and failed pages; other topics are compressed with zstd",
    )
    transactions: Literal["auto", "require", "off"] = Field(
        default="auto",
        description="FOLD's Kafka transactions: used if the broker supports them, required, or off",
    )

    untested_clients: Literal["refuse", "allow"] = Field(
        default="refuse",
        description="Faust and aiokafka in versions that were not tested: refuse to start, or allow"
        " them with a warning",
    )

    session_timeout: float = Field(
        default=30.0,
        ge=1,
        le=300,
        description="seconds without a heartbeat until a worker is removed from the group",
    )
    group_instance: str | None = Field(
        default=None,
        pattern=r"^[A-Za-z0-9._-]{1,200}$",
        description="unique and permanent name of this worker (static membership): a worker that"
        " returns within the session timeout keeps its partitions, without a rebalance",
    )
    heartbeat_interval: float = Field(
        default=3.0,
        gt=0,
        le=60,
        description="seconds between two heartbeats to the group coordinator",
    )

    stages: Names = Field(
        default=(),
        description="stages a worker runs; unset: read and fold, and link if COPYDESK_LINK=on;"
        " workers with different stages need different groups",
        json_schema_extra={"allowed": "some of read, fold and link, parted by commas"},
    )
    link: Literal["on", "off"] = Field(
        default="off",
        description="find the translations of stories (LINK): READ signs concepts, FOLD tells LINK"
        " of stories, and workers that name no stages run LINK; also on if stages names link",
    )
    link_stories: int = Field(
        default=500_000,
        ge=100,
        description="most stories among which LINK finds translations; the oldest leaves first",
    )
    extractors: int = Field(
        default=2, ge=1, le=MOST_EXTRACTORS, description="number of child processes that read pages"
    )
    window_pages: int = Field(default=128, ge=1, le=10_000, description="most pages in flight")
    window_bytes: int = Field(
        default=128 * MEBIBYTE,
        ge=MEBIBYTE,
        description="most bytes of pages in flight; one larger page is still read, alone",
    )
    align_minutes: float = Field(
        default=360.0,
        ge=0,
        le=525_600,
        description="minutes of event time that READ may be ahead in one partition of pages.raw of"
        " the slowest one, over all workers of the group; 0: partitions are not aligned",
    )
    page_seconds: float = Field(
        default=20.0,
        gt=0,
        le=600,
        description="seconds of processor time a page may take before its child process is killed"
        " (of wall time where there is no /proc)",
    )
    page_wall_seconds: float = Field(
        default=200.0,
        gt=0,
        le=6000,
        description="seconds of wall time a page may take, however little of a processor it gets;"
        " never less than page_seconds",
    )
    page_memory: int = Field(
        default=1536 * MEBIBYTE,
        ge=256 * MEBIBYTE,
        description="address space of a child process, in bytes",
    )
    pages_per_child: int = Field(
        default=2000,
        ge=1,
        description="pages until a child process is replaced: the parser leaks memory slowly",
    )
    adapters: Names = Field(
        default=ADAPTER_NAMES,
        description="input forms to accept",
        json_schema_extra={"allowed": f"some of {', '.join(ADAPTER_NAMES)}, parted by commas"},
    )
    rights: Names = Field(
        default=(),
        description="what becomes of pages that say something about the use of their text: ignore"
        " the word, mark it in the event, or reject pages that it restricts (reasons"
        " robots_noarchive, rights); words not named are marked",
        json_schema_extra={
            "allowed": "WORD=ACTION, parted by commas; ignore, mark or reject for"
            f" {', '.join(RESTRICTIONS)}; ignore or mark for {', '.join(STATEMENTS)}"
        },
    )
    honour_noarchive: bool = Field(
        default=False, description="deprecated: the same as noarchive=reject in rights"
    )
    publishers: Path | None = Field(
        default=None,
        description="file with the table of publishers, CSV or JSON; read again when it changes",
    )
    page_raw_bytes: int = Field(
        default=5_000_000,
        ge=1000,
        description="largest body as fetched, in bytes; larger: too_large",
    )
    page_decoded_bytes: int = Field(
        default=5_000_000,
        ge=1000,
        description="largest decompressed body, in bytes; larger: too_large",
    )
    page_tag_attributes: int = Field(
        default=1000, ge=100, description="most attributes of one tag; more: too_complex"
    )
    page_tag_bytes: int = Field(
        default=1_000_000, ge=1000, description="longest tag, in characters; longer: too_complex"
    )
    page_nodes: int = Field(
        default=20_000, ge=100, description="most elements of a page; more: too_complex"
    )
    page_min_words: int = Field(
        default=25, ge=1, description="fewest words that make an article; fewer: too_short"
    )
    page_text_bytes: int = Field(
        default=500_000,
        ge=10_000,
        le=5_000_000,
        description="most bytes of an article's text in its event, as JSON in UTF-8; a longer one"
        " is cut after a paragraph (flag truncated). Up to the default an event is below 1 MB",
    )
    body_ref_prefixes: Names = Field(
        default=(),
        description="allowed URL prefixes of bodies outside the message",
        json_schema_extra={"allowed": "addresses as file:///var/crawl/, parted by commas"},
    )

    input_file_bytes: int = Field(
        default=65_536 * MEBIBYTE,
        ge=MEBIBYTE,
        description="most bytes in a compressed input file of fold, feed and explain, decompressed",
    )
    input_file_ratio: int = Field(
        default=250,
        ge=0,
        description="most decompressed bytes for each byte of such a file, past the first"
        " 256 MiB; 0: any",
    )

    batch_articles: int = Field(
        default=100, ge=1, le=10_000, description="most articles in one FOLD transaction"
    )
    batch_seconds: float = Field(
        default=0.03, gt=0, le=10, description="seconds FOLD waits for a batch to fill"
    )
    window_hours: float = Field(
        default=72.0,
        gt=0,
        le=8760,
        description="length of FOLD's window in hours, by time of fetch",
    )
    window_articles: int = Field(
        default=1_000_000, ge=1, description="most articles in FOLD's window, per shard"
    )

    remember_days: float = Field(
        default=60.0,
        ge=0,
        le=3650,
        description="days after its last fetch for which an article is recognised, by time of"
        " fetch, although its text has left FOLD's window",
    )
    late: Literal["place", "reject"] = Field(
        default="place",
        description="articles older by more than the window than the time up to which all"
        " partitions are folded: place them among articles fetched within a window of them, or"
        " reject them (too_old)",
    )

    rewrites: Literal["on", "off"] = Field(
        default="on",
        description="texts with the facts of another and wording of their own (relation rewritten):"
        " put into its story, or off: each begins a story of its own",
    )

    trusted_hosts: Names = Field(
        default=(),
        description="hosts whose updates, corrections and withdrawals change every story they are"
        " about, as those of the agency's own hosts do; a host stands for its registrable domain",
        json_schema_extra={"allowed": "host names separated by commas"},
    )
    withdrawal_quorum: int = Field(
        default=0,
        ge=0,
        le=100,
        description="number of registrable domains with a copy in a story that withdraw it together"
        " if each declares it withdrawn; 0 for none",
    )
    crawl_delay_hours: float = Field(
        default=6.0,
        ge=0,
        le=8760,
        description="usual hours between the first and the last fetch of a story's copies: a page"
        " seen later than this does not become the original by the date that it declares",
    )

    failed_in_a_row: int = Field(
        default=100,
        ge=0,
        description="most dead letters in a row; past it a stage halts; 0: never",
    )
    failed_ratio: float = Field(
        default=0.5,
        ge=0,
        lt=1,
        description="ratio of dead letters past which a stage halts; 0: never",
    )
    failed_window: int = Field(
        default=1000, ge=1, description="number of latest inputs that failed_ratio is computed over"
    )
    failed_ratio_after: int = Field(
        default=200, ge=1, description="inputs since the start before failed_ratio applies"
    )

    on_failures: Literal["halt", "exit"] = Field(
        default="halt",
        description="after too many dead letters, or before a record of a later version: halt the"
        " stage until `copydesk resume` or a restart, or exit with code 65",
    )

    drain_seconds: float = Field(
        default=25.0,
        gt=0,
        le=600,
        description="seconds a stopping worker has to finish its inputs in flight; then it exits",
    )

    stuck_seconds: float = Field(
        default=120.0,
        ge=1,
        le=3600,
        description="seconds without progress, despite pending input, until a worker exits with"
        " code 70; never less than twice page_seconds",
    )
    loop_seconds: float = Field(
        default=30.0,
        ge=2,
        le=3600,
        description="seconds the event loop may be blocked until a worker exits with code 70",
    )

    web_host: str = Field(default="127.0.0.1", description="host address of the health pages")
    web_port: int = Field(default=8066, ge=1, le=65535, description="port of the health pages")
    web_names: Names = Field(
        default=(),
        description="host names accepted by the health pages, besides localhost; IP addresses are"
        " accepted if web_host is not the loopback",
        json_schema_extra={"allowed": "host names, parted by commas"},
    )
    desk_host: str = Field(default="127.0.0.1", description="host address of the desk's pages")
    desk_port: int = Field(default=8067, ge=0, le=65535, description="port of the desk's pages")
    desk_names: Names = Field(
        default=(),
        description="host names accepted by the desk, besides localhost; IP addresses are accepted"
        " if desk_host is not the loopback",
        json_schema_extra={"allowed": "host names, parted by commas"},
    )
    desk_data: Path = Field(
        default=Path("copydesk-state/desk/desk.sqlite"),
        description="the desk's read model, in its own directory; rebuilt from topics if deleted",
    )
    desk_articles: int = Field(
        default=1_000_000, ge=100, description="most articles the desk keeps"
    )
    state_dir: Path = Field(
        default=Path("copydesk-state"),
        description="a worker's own directory; may be lost without harm",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="lowest level that is logged"
    )
    log_format: Literal["auto", "text", "json"] = Field(
        default="auto",
        description="plain text or JSON; auto: JSON if standard error is not a terminal",
    )
    traces: Literal["off", "otlp"] = Field(
        default="off",
        description="OpenTelemetry traces to OTEL_EXPORTER_OTLP_ENDPOINT; needs the extra `otel`",
    )

    @property
    def links(self) -> bool:
        """True if translations of stories are found: `link` is on, or `stages` names it."""
        return self.link == "on" or "link" in self.stages

    @property
    def run_stages(self) -> tuple[str, ...]:
        """The stages that a worker runs."""
        return self.stages or (STAGES if self.links else STAGES[:-1])

    @property
    def window_span(self) -> timedelta:
        """`window_hours` as a timedelta."""
        return timedelta(hours=self.window_hours)

    @property
    def remember_span(self) -> timedelta:
        """`remember_days` as a timedelta."""
        return timedelta(days=self.remember_days)

    @property
    def trusted_domains(self) -> frozenset[str]:
        """The registrable domains of `trusted_hosts`."""
        return frozenset(map(registrable_domain, map(_ascii_host, self.trusted_hosts)))

    @property
    def rights_policy(self) -> RightsPolicy:
        """What `rights` and `honour_noarchive` say."""
        policy = read_policy(self.rights)
        return policy.rejecting(NOARCHIVE) if self.honour_noarchive else policy

    @property
    def crawl_delay(self) -> timedelta:
        """`crawl_delay_hours` as a timedelta."""
        return timedelta(hours=self.crawl_delay_hours)

    @property
    def page_wall(self) -> float:
        """`page_wall_seconds`, but at least `page_seconds`."""
        return max(self.page_wall_seconds, self.page_seconds)

    @property
    def stuck_after(self) -> float:
        """`stuck_seconds`, but at least twice `page_seconds`, since a page may take that long."""
        return max(self.stuck_seconds, 2 * self.page_seconds)

    @field_validator(
        *("adapters", "body_ref_prefixes", "desk_names", "rights", "stages"),
        *("trusted_hosts", "web_names"),
        mode="before",
    )
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("sasl_username", "sasl_password", mode="before")
    @classmethod
    def _without_line_end(cls, value: object) -> object:
        """Editors end a file with a line break, and a secret made from the file has it too."""
        return value.rstrip("\r\n") if isinstance(value, str) else value

    @field_validator("stages")
    @classmethod
    def _some_stages(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        if set(names) - set(STAGES):
            raise ValueError("must be some of read, fold and link, parted by commas")
        return names

    @field_validator("rights")
    @classmethod
    def _words_with_actions(cls, entries: tuple[str, ...]) -> tuple[str, ...]:
        read_policy(entries)
        return entries

    @model_validator(mode="after")
    def _one_rule_for_noarchive(self) -> "Settings":
        if self.honour_noarchive and read_actions(self.rights).get(NOARCHIVE, REJECT) != REJECT:
            raise ValueError(
                "COPYDESK_HONOUR_NOARCHIVE=true and COPYDESK_RIGHTS contradict each other about"
                " noarchive: leave one of them out"
            )
        return self

    @field_validator("trusted_hosts")
    @classmethod
    def _host_names(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        for name in names:
            _ascii_host(name)
        return names

    @field_validator("adapters")
    @classmethod
    def _known(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        unknown = sorted(set(names) - set(ADAPTER_NAMES))
        if unknown:
            raise ValueError(f"unknown: {', '.join(unknown)}; known: {', '.join(ADAPTER_NAMES)}")
        return names


def _ascii_host(name: str) -> str:
    """As `ascii_host`, whose package loads all that READ needs: most commands need not wait."""
    from service.read.page.url_parsing import ascii_host

    return ascii_host(name)


class FixedSettings(Settings):
    """Settings that ignore the environment: values not given are the defaults."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Return only the values given to the constructor."""
        return (init_settings,)
