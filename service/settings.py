"""Every setting, typed, from the environment: `COPYDESK_` and the name in capitals."""

from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from service.events.adapters import ADAPTER_NAMES

MEBIBYTE = 1024 * 1024

STAGES = ("read", "fold")

Names = Annotated[tuple[str, ...], NoDecode]
"""Several values in one variable, parted by commas."""


class Settings(BaseSettings):
    """What is in force, parsed once and never changed.

    Raises:
        pydantic.ValidationError: a variable holds a value that is not allowed.
    """

    model_config = SettingsConfigDict(
        env_prefix="COPYDESK_", frozen=True, extra="ignore", env_ignore_empty=True
    )

    brokers: str = Field(
        default="127.0.0.1:9092",
        pattern=r"^[^\s,:/]+(:[0-9]{1,5})?( *, *[^\s,:/]+(:[0-9]{1,5})?)*$",
        description="bootstrap servers",
        json_schema_extra={"allowed": "host:port, several parted by commas"},
    )
    group: str = Field(default="copydesk", description="consumer group; begins transactional ids")
    topic_prefix: str = Field(
        default="",
        pattern=r"^[A-Za-z0-9._-]*$",
        description="put before every topic's name",
        json_schema_extra={"allowed": "letters, digits, dots, dashes and underscores"},
    )

    security_protocol: Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"] = Field(
        default="PLAINTEXT", description="how the brokers are spoken to"
    )
    sasl_mechanism: Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"] = Field(
        default="SCRAM-SHA-512", description="with a SASL protocol: the mechanism"
    )
    sasl_username: str | None = Field(default=None, description="with a SASL protocol: the user")
    sasl_password: SecretStr | None = Field(
        default=None, description="with a SASL protocol: the password"
    )
    ssl_cafile: Path | None = Field(
        default=None, description="PEM file of the authorities to trust; the system's if unset"
    )
    ssl_certfile: Path | None = Field(default=None, description="PEM file of our certificate")
    ssl_keyfile: Path | None = Field(default=None, description="PEM file of our private key")

    raw_partitions: int = Field(default=4, ge=1, le=10_000, description="partitions of pages.raw")
    shards: int = Field(
        default=1, ge=1, le=1000, description="partitions of articles.extracted, by language"
    )
    output_partitions: int = Field(
        default=4, ge=1, le=10_000, description="partitions of every other topic"
    )
    replication: int = Field(default=1, ge=1, le=10, description="replicas of each topic")
    raw_retention_hours: int = Field(default=48, ge=1, description="hours that pages.raw is kept")
    output_retention_hours: int = Field(
        default=168, ge=1, description="hours that articles, rejected and failed pages are kept"
    )
    largest_message: int = Field(
        default=48 * MEBIBYTE,
        ge=MEBIBYTE,
        le=1024 * MEBIBYTE,
        description="bytes of one record on pages.raw and pages.failed",
    )
    transactions: Literal["auto", "require", "off"] = Field(
        default="auto",
        description="FOLD's transactions: used if the broker has them, demanded, or not used",
    )

    session_timeout: float = Field(
        default=30.0, ge=1, le=300, description="seconds until a silent worker is given up"
    )
    group_instance: str | None = Field(
        default=None,
        pattern=r"^[A-Za-z0-9._-]{1,200}$",
        description="a name of this worker that no other has and that stays: one that is back"
        " within the session timeout keeps its partitions, and the group is not rebalanced",
    )
    heartbeat_interval: float = Field(
        default=3.0, gt=0, le=60, description="seconds between two signs of life"
    )

    stages: Names = Field(
        default=STAGES,
        description="what a worker does; workers with different stages need different groups",
        json_schema_extra={"allowed": "read, fold, or both parted by a comma"},
    )
    extractors: int = Field(default=2, ge=1, le=256, description="child processes that read pages")
    window_pages: int = Field(default=128, ge=1, le=10_000, description="pages in flight, at most")
    window_bytes: int = Field(
        default=128 * MEBIBYTE, ge=MEBIBYTE, description="bytes of pages in flight, about at most"
    )
    page_seconds: float = Field(
        default=20.0, gt=0, le=600, description="time a page may take before its child is killed"
    )
    page_memory: int = Field(
        default=1536 * MEBIBYTE,
        ge=256 * MEBIBYTE,
        description="bytes of address space of a child",
    )
    pages_per_child: int = Field(
        default=2000, ge=1, description="pages until a child is replaced: the parser leaks slowly"
    )
    adapters: Names = Field(
        default=ADAPTER_NAMES,
        description="input forms to accept",
        json_schema_extra={"allowed": f"some of {', '.join(ADAPTER_NAMES)}, parted by commas"},
    )
    honour_noarchive: bool = Field(
        default=False, description="reject pages that ask by robots meta or header not to be kept"
    )
    page_raw_bytes: int = Field(
        default=5_000_000, ge=1000, description="largest body as fetched; larger: too_large"
    )
    page_decoded_bytes: int = Field(
        default=5_000_000, ge=1000, description="largest body once decompressed; larger: too_large"
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
    body_ref_prefixes: Names = Field(
        default=(),
        description="where bodies outside the message may lie",
        json_schema_extra={"allowed": "addresses as file:///var/crawl/, parted by commas"},
    )

    batch_articles: int = Field(
        default=100, ge=1, le=10_000, description="articles in one transaction of FOLD, at most"
    )
    batch_seconds: float = Field(
        default=0.03, gt=0, le=10, description="time FOLD waits for a batch to fill"
    )
    window_hours: float = Field(
        default=72.0, gt=0, le=8760, description="how long FOLD remembers, by time of fetch"
    )
    window_articles: int = Field(
        default=1_000_000, ge=1, description="how many articles FOLD remembers a shard"
    )

    failed_in_a_row: int = Field(
        default=100,
        ge=0,
        description="dead letters in a row past which a worker stops with exit code 65; 0: never",
    )
    failed_ratio: float = Field(
        default=0.5,
        ge=0,
        lt=1,
        description="ratio of dead letters past which a worker stops with exit code 65; 0: never",
    )
    failed_window: int = Field(
        default=1000, ge=1, description="how many of the last inputs the ratio is taken over"
    )
    failed_ratio_after: int = Field(
        default=200, ge=1, description="inputs since the start before the ratio counts"
    )

    drain_seconds: float = Field(
        default=25.0,
        gt=0,
        le=600,
        description="seconds that a worker told to stop may finish in; then it ends as it is",
    )

    stuck_seconds: float = Field(
        default=120.0,
        ge=1,
        le=3600,
        description="seconds without progress, work at hand, until a worker ends with exit code 70;"
        " never less than twice page_seconds",
    )
    loop_seconds: float = Field(
        default=30.0,
        ge=2,
        le=3600,
        description="seconds that the event loop may be blocked until a worker ends, exit code 70",
    )

    web_host: str = Field(default="127.0.0.1", description="address of the health pages")
    web_port: int = Field(default=8066, ge=1, le=65535, description="port of the health pages")
    desk_host: str = Field(default="127.0.0.1", description="address of the desk's pages")
    desk_port: int = Field(default=8067, ge=0, le=65535, description="port of the desk's pages")
    desk_names: Names = Field(
        default=(),
        description="host names that the desk is called by, beside 127.0.0.1 and localhost",
        json_schema_extra={"allowed": "host names, parted by commas"},
    )
    desk_data: Path = Field(
        default=Path("copydesk-state/desk/desk.sqlite"),
        description="the desk's read model, in a folder of its own; deleted, it is read anew",
    )
    desk_articles: int = Field(
        default=1_000_000, ge=100, description="how many articles the desk keeps"
    )
    state_dir: Path = Field(
        default=Path("copydesk-state"), description="a worker's own folder, for what it may lose"
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="the least that is logged"
    )
    log_format: Literal["auto", "text", "json"] = Field(
        default="auto",
        description="lines for people, or JSON; auto: JSON where standard error is no terminal",
    )
    traces: Literal["off", "otlp"] = Field(
        default="off",
        description="OpenTelemetry traces, to OTEL_EXPORTER_OTLP_ENDPOINT; needs the extra otel",
    )

    @property
    def window_span(self) -> timedelta:
        """`window_hours` as a span of time."""
        return timedelta(hours=self.window_hours)

    @property
    def stuck_after(self) -> float:
        """Seconds without progress that are too many: a page may rightly take `page_seconds`."""
        return max(self.stuck_seconds, 2 * self.page_seconds)

    @field_validator("adapters", "body_ref_prefixes", "stages", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("stages")
    @classmethod
    def _some_stages(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        if not names or set(names) - set(STAGES):
            raise ValueError("must be read, fold, or both parted by a comma")
        return names

    @field_validator("adapters")
    @classmethod
    def _known(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        unknown = sorted(set(names) - set(ADAPTER_NAMES))
        if unknown:
            raise ValueError(f"unknown: {', '.join(unknown)}; known: {', '.join(ADAPTER_NAMES)}")
        return names


class FixedSettings(Settings):
    """Settings that the environment has no say in: what is not given is at its default."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only what is given."""
        return (init_settings,)
