"""The only reader of the environment. Every name is `LOCKSTEP_<FIELD>`; secrets may come from files.

Temporal's own connection is read by its `temporalio.envconfig` from TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE,
TEMPORAL_PROFILE and temporal.toml, as by every other Temporal program.
"""

from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

_ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """What can be set, with the embedded defaults."""

    model_config = SettingsConfigDict(env_prefix="LOCKSTEP_", frozen=True, secrets_dir=None)

    home: Path = Field(Path(".lockstep"), description="Where the embedded parts keep their files")
    database_url: str = Field(
        "", description="The store; empty: SQLite in home. postgresql+psycopg://... else"
    )
    policies: Path = Field(_ROOT / "policies", description="The folder of HR's YAML")
    content: Path = Field(_ROOT / "content", description="The folder of courses and question banks")
    templates: Path = Field(_ROOT / "templates", description="The folder of messages and certificates")
    email: Literal["outbox", "smtp"] = Field("outbox", description="How e-mail leaves")
    smtp_host: str = Field("127.0.0.1", description="Only with email=smtp")
    smtp_port: int = Field(25, description="Only with email=smtp")
    temporal_port: int = Field(7233, description="Port of the embedded Temporal server, on loopback")
    ui_port: int = Field(8233, description="Port of its UI, on loopback")
    activity_threads: int = Field(16, description="How many activities a worker runs at once")

    @property
    def store_url(self) -> str:
        """The store's SQLAlchemy URL."""
        return self.database_url or f"sqlite:///{(self.home / 'lockstep.db').resolve()}"

    @property
    def outbox(self) -> Path:
        """Where the embedded channels put messages."""
        return self.home / "outbox"

    @property
    def archive(self) -> Path:
        """The embedded archive's folder."""
        return self.home / "archive"
