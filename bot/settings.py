"""Everything the environment says, read once at the entry into one frozen value.

Each setting is documented in docs/settings.md; a test fails when one is missing there.
"""

import os
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator

SLACK_API = "https://slack.com/api/"


class Settings(BaseModel):
    """How this process runs. Unset tokens are empty: only what needs them asks for them."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    database_url: str = Field("", validation_alias="THROUGHLINE_DATABASE_URL")
    data_dir: Path = Field(Path("data"), validation_alias="THROUGHLINE_DATA_DIR")
    bot_token: SecretStr = Field(SecretStr(""), validation_alias="SLACK_BOT_TOKEN")
    signing_secret: SecretStr = Field(SecretStr(""), validation_alias="SLACK_SIGNING_SECRET")
    app_token: SecretStr = Field(SecretStr(""), validation_alias="SLACK_APP_TOKEN")
    api_url: str = Field(SLACK_API, validation_alias="SLACK_API_URL")
    clock_url: str = Field("", validation_alias="THROUGHLINE_CLOCK_URL")
    host: str = Field("127.0.0.1", validation_alias="HOST")
    port: int = Field(3000, validation_alias="PORT", ge=0, le=65535)
    log_level: str = Field("INFO", validation_alias="LOG_LEVEL")
    metrics_token: SecretStr = Field(SecretStr(""), validation_alias="THROUGHLINE_METRICS_TOKEN")

    @classmethod
    def of_environment(cls) -> "Settings":
        """What this process was started with; what is empty there counts as not set."""
        return cls.model_validate({name: value for name, value in os.environ.items() if value})

    @field_validator("api_url")
    @classmethod
    def _ends_in_api(cls, value: str) -> str:
        if not value.endswith("/api/"):
            raise ValueError("SLACK_API_URL is the base of the Web API and ends in /api/")
        return value

    @field_validator("log_level")
    @classmethod
    def _known_level(cls, value: str) -> str:
        if value.upper() not in ("DEBUG", "INFO", "WARNING", "ERROR"):
            raise ValueError("LOG_LEVEL is DEBUG, INFO, WARNING or ERROR")
        return value.upper()

    @model_validator(mode="after")
    def _clock_only_in_a_sandbox(self) -> "Settings":
        if self.clock_url and not (is_loopback(self.clock_url) and is_loopback(self.api_url)):
            raise ValueError("THROUGHLINE_CLOCK_URL moves time: it works only with a Slack on this machine")
        return self

    @property
    def database(self) -> str:
        """The database's URL; by default a SQLite file in the data directory."""
        if self.database_url.startswith("postgres://"):  # as many hosts write it
            return self.database_url.replace("postgres://", "postgresql://", 1)
        return self.database_url or f"sqlite:///{self.data_dir / 'throughline.db'}"

    @property
    def signing_secrets(self) -> tuple[str, ...]:
        """The secrets requests may be signed with; two, separated by a comma, while one is being rotated."""
        parts = self.signing_secret.get_secret_value().split(",")
        return tuple(part.strip() for part in parts if part.strip())

    def missing(self, *, socket: bool = False) -> list[str]:
        """The names of the settings `run` cannot do without and that are not set."""
        needed = {"SLACK_BOT_TOKEN": self.bot_token, "SLACK_SIGNING_SECRET": self.signing_secret}
        if socket:
            needed = {"SLACK_BOT_TOKEN": self.bot_token, "SLACK_APP_TOKEN": self.app_token}
        return [name for name, value in needed.items() if not value.get_secret_value()]


def is_loopback(url: str) -> bool:
    """Whether the URL points to this very machine."""
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
