"""What every service process has: settings, logs, a health page, metrics, signals and an orderly end."""

from zantara.runtime.service import Service, run
from zantara.runtime.settings import Secret, Settings, describe, load

__all__ = ["Secret", "Service", "Settings", "describe", "load", "run"]
