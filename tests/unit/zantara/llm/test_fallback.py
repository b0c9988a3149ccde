import pytest

from zantara.llm import Completion, Deadline, ModelRequest, ScriptedModel, WithFallback, errors, reading
from zantara.llm.scripted import Fail, Step


def _pair(*primary: Step) -> tuple[WithFallback, ScriptedModel]:
    second = ScriptedModel("from the second", name="hf-llama", provider="huggingface")
    return WithFallback(ScriptedModel(*primary, name="llama"), second), second


async def _text(model: WithFallback, request: ModelRequest, deadline: Deadline) -> tuple[str, str]:
    text = provider = ""
    async with reading(model.stream(request, deadline)) as pieces:
        async for piece in pieces:
            if isinstance(piece, Completion):
                provider = piece.provider
            else:
                text += piece
    return text, provider


async def test_the_first_answers_where_it_can(request_: ModelRequest, deadline: Deadline) -> None:
    model, second = _pair("from the first")
    assert (await model.complete(request_, deadline)).text == "from the first"
    assert await _text(model, request_, deadline) == ("from the first", "scripted")
    assert second.requests == []


@pytest.mark.parametrize(
    "error",
    [
        errors.Unreachable(),
        errors.TimedOut(stage="ttft"),
        errors.BreakerOpen(),
        errors.BillingStop(),
        errors.ColdWorker(),
        errors.BadOutput(),
    ],
)
async def test_the_second_takes_over_where_the_first_cannot(
    request_: ModelRequest, deadline: Deadline, error: errors.ModelError
) -> None:
    model, _ = _pair(error)
    assert (await model.complete(request_, deadline)).provider == "huggingface"
    assert await _text(model, request_, deadline) == ("from the second", "huggingface")


@pytest.mark.parametrize("error", [errors.InvalidRequest(), errors.Refused()])
async def test_a_fault_of_the_request_goes_to_nobody_else(
    request_: ModelRequest, deadline: Deadline, error: errors.ModelError
) -> None:
    model, second = _pair(error)
    with pytest.raises(type(error)):
        await model.complete(request_, deadline)
    with pytest.raises(type(error)):
        await _text(model, request_, deadline)
    assert second.requests == []


async def test_a_stream_that_has_begun_does_not_change_hands(request_: ModelRequest, deadline: Deadline) -> None:
    model, second = _pair(Fail(error=errors.BrokenStream(delivered="half"), text="half"))
    with pytest.raises(errors.BrokenStream):
        await _text(model, request_, deadline)
    assert second.requests == []
