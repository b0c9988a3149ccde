import pytest

from zantara_cli.stack.providers import provider_env, providers_of


def test_nothing_set_means_both_simulated() -> None:
    env = provider_env(providers_of({}), 8090)
    assert env == {
        "ZANTARA_SIMULATED": "claude,llama",
        "ANTHROPIC_BASE_URL": "http://127.0.0.1:8090",
        "ANTHROPIC_API_KEY": "simulated",
        "RUNPOD_LLAMA_ENDPOINT": "http://127.0.0.1:8090/v2/zantara-llama",
        "RUNPOD_API_KEY": "simulated",
    }


def test_a_key_makes_claude_real_and_leaves_llama_simulated() -> None:
    providers = providers_of({"ANTHROPIC_API_KEY": "sk-ant"})
    assert providers.simulated == ("llama",)
    assert "ANTHROPIC_API_KEY" not in provider_env(providers, 8090)
    assert "ANTHROPIC_BASE_URL" not in provider_env(providers, 8090)


@pytest.mark.parametrize("name", ["RUNPOD_LLAMA_ENDPOINT", "HF_LLAMA_ENDPOINT"])
def test_an_endpoint_makes_llama_real_even_without_a_key(name: str) -> None:
    providers = providers_of({name: "http://127.0.0.1:11434/v1"})
    assert providers.simulated == ("claude",)
    assert "RUNPOD_LLAMA_ENDPOINT" not in provider_env(providers, 8090)


def test_both_real_need_no_simulator() -> None:
    providers = providers_of({"ANTHROPIC_API_KEY": "k", "RUNPOD_LLAMA_ENDPOINT": "http://h/v2/x"})
    assert providers.simulated == ()
    assert provider_env(providers, 8090) == {"ZANTARA_SIMULATED": ""}


def test_a_token_of_another_tool_switches_nothing() -> None:
    assert providers_of({"HF_TOKEN": "hf_x"}).simulated == ("claude", "llama")


def test_an_empty_variable_counts_as_unset() -> None:
    assert providers_of({"ANTHROPIC_API_KEY": "", "RUNPOD_LLAMA_ENDPOINT": ""}).simulated == ("claude", "llama")


def test_what_is_set_but_not_used_is_told() -> None:
    env = {"ANTHROPIC_BASE_URL": "http://x", "RUNPOD_API_KEY": "k", "DATABASE_URL": "postgresql://x", "NATS_URL": "n"}
    notes = "\n".join(providers_of(env).notes)
    for name in env:
        assert name in notes
