"""LLAMA on RunPod's queue API: submit, poll, resume, cancel."""

from zantara.llm.runpod.model import PollPolicy, RunPodModel

__all__ = ["PollPolicy", "RunPodModel"]
