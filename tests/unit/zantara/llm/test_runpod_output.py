import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zantara.llm import BadOutput, ServerFault, Usage
from zantara.llm.runpod.output import read_output

USAGE = Usage(input_tokens=22, output_tokens=16)


@pytest.mark.parametrize(
    ("output", "usage"),
    [
        ([{"choices": [{"tokens": ["Selamat ", "pagi"]}], "usage": {"input": 22, "output": 16}}], USAGE),
        (
            [
                {"choices": [{"tokens": ["Selamat "]}], "usage": {"input": 22, "output": 8}},
                {"choices": [{"tokens": ["pagi"]}], "usage": {"input": 22, "output": 16}},
            ],
            USAGE,
        ),
        ([{"choices": [{"text": "Selamat pagi"}]}], Usage()),
        ([{"choices": [{"message": {"content": "Selamat pagi"}}]}], Usage()),
        (
            {
                "choices": [{"message": {"role": "assistant", "content": "Selamat pagi"}}],
                "usage": {"prompt_tokens": 22, "completion_tokens": 16},
            },
            USAGE,
        ),
        ({"text": "Selamat pagi", "usage": {"input_tokens": 22, "output_tokens": 16}}, USAGE),
        ({"text": ["Selamat ", "pagi"], "input_tokens": 22, "output_tokens": 16}, USAGE),
        ("Selamat pagi", Usage()),
        (["Selamat ", "pagi"], Usage()),
    ],
)
def test_each_shape_seen_from_workers_is_read(output: object, usage: Usage) -> None:
    answer = read_output(output)
    assert (answer.text, answer.usage) == ("Selamat pagi", usage)


def test_the_workers_model_name_is_kept() -> None:
    assert read_output({"text": "ok", "model": "zantara-llama-8b"}).model == "zantara-llama-8b"


@pytest.mark.parametrize(
    ("output", "stop"),
    [
        ([{"choices": [{"tokens": ["a"]}], "usage": {"input": 1, "output": 200}}], "length"),
        ([{"choices": [{"tokens": ["a"]}], "usage": {"input": 1, "output": 199}}], "end"),
        ({"choices": [{"text": "a", "finish_reason": "length"}]}, "length"),
        ({"choices": [{"text": "a", "finish_reason": "stop"}]}, "end"),
    ],
)
def test_an_answer_that_used_up_its_tokens_counts_as_cut(output: object, stop: str) -> None:
    assert read_output(output, max_tokens=200).stop == stop


@pytest.mark.parametrize("output", [{"error": {"message": "CUDA out of memory"}}, [{"error": "engine died"}]])
def test_an_error_reported_as_output_is_a_fault_of_the_server(output: object) -> None:
    with pytest.raises(ServerFault):
        read_output(output)


@pytest.mark.parametrize("output", [None, "", "  \n", [], {}, {"choices": []}, {"choices": [{}]}, 7])
def test_no_text_is_bad_output(output: object) -> None:
    with pytest.raises(BadOutput):
        read_output(output)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["choices", "text", "tokens", "usage", "message", "content", "error", "output"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=400, deadline=None)
@given(json_values)
def test_any_json_is_an_answer_with_text_or_a_model_error(output: object) -> None:
    try:
        text = read_output(output, max_tokens=5).text
    except (BadOutput, ServerFault):
        return
    assert text.strip()
