"""Which outside parts are real and which are simulated, decided from the environment alone."""

from collections.abc import Mapping

import msgspec

from zantara_cli.stack.ports import LOOPBACK

_KEY = "simulated"
_LLAMA_ENDPOINTS = ("RUNPOD_LLAMA_ENDPOINT", "HF_LLAMA_ENDPOINT")


class Providers(msgspec.Struct, frozen=True, kw_only=True):
    """Real or simulated, part by part; `notes` tell what was set but cannot be used."""

    claude_simulated: bool
    llama_simulated: bool
    notes: tuple[str, ...] = ()

    @property
    def simulated(self) -> tuple[str, ...]:
        """The simulated parts by name; empty means that no simulator is needed."""
        parts = (("claude", self.claude_simulated), ("llama", self.llama_simulated))
        return tuple(name for name, simulated in parts if simulated)


def providers_of(env: Mapping[str, str]) -> Providers:
    """A key makes Claude real; an endpoint makes LLAMA real (a local server may need no key)."""
    claude = bool(env.get("ANTHROPIC_API_KEY"))
    llama = any(env.get(name) for name in _LLAMA_ENDPOINTS)
    notes = []
    if not claude and env.get("ANTHROPIC_BASE_URL"):
        notes.append("ANTHROPIC_BASE_URL is set but ANTHROPIC_API_KEY is not: Claude stays simulated")
    if not llama and env.get("RUNPOD_API_KEY"):
        notes.append("RUNPOD_API_KEY is set but RUNPOD_LLAMA_ENDPOINT is not: LLAMA stays simulated")
    notes += [
        f"{name} is set but not used here: this command runs its own"
        for name in ("DATABASE_URL", "NATS_URL")
        if env.get(name)
    ]
    return Providers(claude_simulated=not claude, llama_simulated=not llama, notes=tuple(notes))


def provider_env(providers: Providers, simulator_port: int) -> dict[str, str]:
    """The variables that point the simulated parts at the simulator, and say so."""
    base = f"http://{LOOPBACK}:{simulator_port}"
    env = {"ZANTARA_SIMULATED": ",".join(providers.simulated)}
    if providers.claude_simulated:
        env |= {"ANTHROPIC_BASE_URL": base, "ANTHROPIC_API_KEY": _KEY}
    if providers.llama_simulated:
        env |= {"RUNPOD_LLAMA_ENDPOINT": f"{base}/v2/zantara-llama", "RUNPOD_API_KEY": _KEY}
    return env
