import asyncio

import pytest

from zantara.llm import Completion, Deadline, ModelRequest, ScriptedModel, errors, reading
from zantara.llm.scripted import Cut, Fail, Hang, Say


async def test_steps_are_played_in_order_and_the_last_one_stays(request_: ModelRequest, deadline: Deadline) -> None:
    model = ScriptedModel("one", Say(text="two"), lambda request: request.messages[-1].content.upper())
    said = [(await model.complete(request_, deadline)).text for _ in range(4)]
    assert said == ["one", "two", "BERAPA BIAYA KITAS?", "BERAPA BIAYA KITAS?"]
    assert model.requests == [request_] * 4


async def test_a_stream_is_deltas_and_one_completion(request_: ModelRequest, deadline: Deadline) -> None:
    async with reading(ScriptedModel("Selamat pagi").stream(request_, deadline)) as stream:
        pieces = [piece async for piece in stream]
    assert pieces[:-1] == ["Selamat ", "pagi"]
    assert isinstance(pieces[-1], Completion)
    assert pieces[-1].text == "Selamat pagi"


@pytest.mark.parametrize(
    ("step", "error"),
    [
        (errors.Overloaded(), errors.Overloaded),
        (Fail(error=errors.BrokenStream(delivered="x"), text="x"), errors.BrokenStream),
        (Cut(text="x"), errors.BrokenStream),
    ],
)
async def test_faults_are_raised(
    request_: ModelRequest,
    deadline: Deadline,
    step: errors.ModelError | Fail | Cut,
    error: type[errors.ModelError],
) -> None:
    with pytest.raises(error):
        await ScriptedModel(step).complete(request_, deadline)


async def test_a_hang_ends_with_the_caller_and_is_counted(request_: ModelRequest, deadline: Deadline) -> None:
    model = ScriptedModel(Hang())
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.01):
            await model.complete(request_, deadline)
    assert model.abandoned == 1
