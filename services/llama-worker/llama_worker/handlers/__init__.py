"""What llama-worker does: run a night, tick, tell where a run stands."""

from llama_worker.handlers.golden import WriteGolden
from llama_worker.handlers.night import RunNight, TellNight
from llama_worker.handlers.schedule import Schedule

__all__ = ["RunNight", "Schedule", "TellNight", "WriteGolden"]
