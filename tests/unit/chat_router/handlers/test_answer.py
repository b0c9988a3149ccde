"""The way of a message: what is recalled, who answers, what is recorded, what happens when a part is missing."""

import asyncio

import pytest
from world import GOLDEN, World

from chat_router.domain.manner import STATIC
from chat_router.domain.turn import Delta, History, Opening, Reply, Restart
from zantara.errors import NotFound
from zantara.events import Memory
from zantara.llm import Message, Overloaded, ScriptedModel
from zantara.llm.scripted import Cut, Fail, Hang
from zantara.text.fence import unfence
from zantara.text.segments import Category, Language


async def test_generated_from_everything_recalled_and_recorded() -> None:
    world = World()
    world.memory = Memory(user_id="u1", name="Marta", block="name: Marta\ndreams: a bakery")
    said = (Message(role="user", content="hi"), Message(role="assistant", content="hello"))
    world.history_value = History(messages=said, turns=1)
    async with world.services():
        pieces = await world.answer(user_id="u1")
    assert [type(piece) for piece in (pieces[0], pieces[-1])] == [Opening, Reply]
    reply = pieces[-1]
    assert isinstance(reply, Reply)
    assert "".join(piece.text for piece in pieces if isinstance(piece, Delta)) == reply.response
    assert (reply.ai_used, reply.cached, reply.degraded, reply.simulated) == ("claude-haiku", False, (), True)
    assert [source.id for source in reply.sources] == ["visa-15"]
    assert reply.cultural_topics == ("face_saving_culture",)
    request = world.haiku.requests[0]
    material = unfence(request.system[1].text)
    assert [piece.kind for piece in material] == ["memory", "culture", "passage"]
    assert request.system[0].cache is True
    assert [message.content for message in request.messages] == ["hi", "hello", "How much is the overstay fine?"]
    (record,) = world.records
    assert record.turn["answer"] == reply.response
    assert record.turn["prompt"]["messages"]
    assert record.outbox["body"]["turn_id"] == reply.id
    assert record.outbox["body"]["user_hash"] not in (None, "u1")


async def test_a_golden_hit_asks_no_model_and_keeps_its_facts() -> None:
    world = World()
    world.golden = GOLDEN
    world.memory = Memory(user_id="u1", name="Marta")
    async with world.services():
        reply = await world.reply(user_id="u1")
    assert reply.response == "Hello Marta,\n\nIDR 1,000,000 a day."
    assert (reply.ai_used, reply.cached, reply.match_type, reply.cluster_id) == ("golden", True, "semantic", "overstay")
    assert world.haiku.requests == []
    assert world.records[0].turn["prompt"] is None


async def test_a_golden_hit_waits_for_no_other_lookup() -> None:
    world = World()
    world.golden = GOLDEN
    world.slow = {"knowledge": 5, "culture": 5}
    async with world.services():
        reply = await world.reply()
    assert (reply.ai_used, reply.degraded) == ("golden", ())


async def test_the_name_is_used_once_a_conversation() -> None:
    world = World()
    world.golden = GOLDEN
    world.memory = Memory(user_id="u1", name="Marta")
    world.history_value = History(turns=3)
    async with world.services():
        assert (await world.reply(user_id="u1")).response == "IDR 1,000,000 a day."


async def test_an_unsure_language_is_never_guessed_for_a_golden_answer() -> None:
    world = World()
    async with world.services():
        await world.reply()
        world.changed(language_confidence=0.3)
        await world.reply()
        world.history_value = History(turns=1, language="id")
        await world.reply()
        await world.reply(language="it")
    asked = [(each.language, each.context.get("language")) for each in world.lookups]
    assert asked == [("en", None), (None, None), (None, "id"), (None, "it")]


@pytest.mark.parametrize(
    "reading",
    [{"certain": False}, {"standalone": False}, {"personal": True}, {"about_conversation": True}],
    ids=lambda reading: next(iter(reading)),
)
async def test_what_is_unsure_leaning_or_personal_is_never_answered_from_stock(reading: dict[str, bool]) -> None:
    world = World()
    world.golden = GOLDEN
    world.changed(**reading)
    async with world.services():
        reply = await world.reply()
    assert reply.ai_used != "golden"
    assert "golden" not in world.asked


async def test_questions_about_the_conversation_search_nothing() -> None:
    world = World()
    world.changed(about_conversation=True)
    async with world.services():
        await world.reply()
    assert "knowledge" not in world.asked
    assert "golden" not in world.asked


@pytest.mark.parametrize("part", ["golden", "culture", "knowledge", "memory", "history"])
async def test_a_slow_part_is_named_and_not_waited_for(part: str) -> None:
    world = World()
    world.slow = {part: 5}
    async with world.services():
        async with asyncio.timeout(1):
            reply = await world.reply(user_id="u1")
    assert reply.degraded == (part,)
    assert reply.response


async def test_absent_services_leave_an_answer_that_names_them() -> None:
    world = World()
    reply = await world.reply(user_id="u1")
    assert set(reply.degraded) == {"golden", "culture", "knowledge", "memory"}
    assert reply.response


async def test_a_voice_that_fails_before_its_first_word_is_replaced_unseen() -> None:
    world = World(haiku=ScriptedModel(Overloaded("529"), name="haiku"))
    async with world.services():
        pieces = await world.answer()
    assert not [piece for piece in pieces if isinstance(piece, Restart)]
    assert isinstance(pieces[0], Opening)
    assert pieces[0].ai_used == "claude-sonnet"
    reply = pieces[-1]
    assert isinstance(reply, Reply)
    assert (reply.response, reply.degraded) == ("From sonnet.", ("claude-haiku",))


async def test_a_voice_that_says_nothing_is_replaced() -> None:
    world = World(haiku=ScriptedModel("", name="haiku"))
    async with world.services():
        reply = await world.reply()
    assert (reply.response, reply.ai_used, reply.degraded) == ("From sonnet.", "claude-sonnet", ("claude-haiku",))


@pytest.mark.parametrize(
    "script", [Cut(text="Half an ans"), Hang(text="Half an ans"), Fail(error=Overloaded("x"), text="Half an ans")]
)
async def test_a_voice_that_fails_after_it_is_restarted_openly(script: object) -> None:
    world = World(haiku=ScriptedModel(script, name="haiku"))  # type: ignore[arg-type]
    async with world.services():
        pieces = await world.answer()
    kinds = [type(piece) for piece in pieces]
    assert kinds.index(Restart) > kinds.index(Delta)
    reply = pieces[-1]
    assert isinstance(reply, Reply)
    assert reply.response == "From sonnet."
    assert world.records[0].turn["answer"] == "From sonnet."


@pytest.mark.parametrize("language", list(STATIC))
async def test_when_nobody_can_answer_it_says_so_in_the_users_language(language: str) -> None:
    world = World(haiku=ScriptedModel(Overloaded("x")), sonnet=ScriptedModel(Overloaded("x")))
    world.llama = ScriptedModel(Overloaded("x"))
    world.changed(language=Language(language))
    async with world.services():
        reply = await world.reply()
    assert reply.response == STATIC[language]
    assert (reply.ai_used, reply.sources) == ("static", ())
    assert reply.degraded == ("claude-haiku", "claude-sonnet", "llama")


@pytest.mark.parametrize(
    ("category", "voice"),
    [
        (Category.BUSINESS_COMPLEX, "claude-sonnet"),
        (Category.URGENT_COMPLAINT, "claude-sonnet"),
        (Category.BUSINESS_SIMPLE, "claude-haiku"),
        (Category.GREETING, "claude-haiku"),
    ],
)
async def test_the_category_chooses_the_voice(category: Category, voice: str) -> None:
    world = World()
    world.changed(category=category)
    async with world.services():
        reply = await world.reply()
    assert reply.ai_used == voice
    assert reply.route == f"{category}:{voice}"


async def test_a_figure_of_no_source_is_called_out() -> None:
    world = World(haiku=ScriptedModel("It costs USD 4,500 with the E99Z.", name="haiku"))
    async with world.services():
        reply = await world.reply()
    assert reply.response.startswith("It costs USD 4,500 with the E99Z.")
    assert "4,500" in reply.response.rsplit("Note:", 1)[1]


async def test_a_figure_that_was_called_out_is_no_source_for_the_next_turn() -> None:
    world = World(haiku=ScriptedModel("As said, USD 4,500.", name="haiku"))
    before = Message(
        role="assistant", content="It costs USD 4,500.\n\nNote: 4,500 is not in our documents; the office..."
    )
    world.history_value = History(messages=(Message(role="user", content="price?"), before), turns=1)
    async with world.services():
        assert "4,500" in (await world.reply()).response.rsplit("Note:", 1)[-1]


async def test_another_ones_conversation_is_not_found_and_nothing_is_recorded() -> None:
    world = World()
    world.history_value = History(turns=1, user_id="owner")
    async with world.services():
        with pytest.raises(NotFound):
            await world.reply(user_id="thief")
    assert world.records == []


async def test_a_turn_kept_only_by_the_spool_says_so() -> None:
    world = World()
    world.record_fails = True
    async with world.services():
        assert "record" in (await world.reply()).degraded


async def test_a_reader_who_leaves_ends_the_model_and_leaves_a_partial_record() -> None:
    world = World(haiku=ScriptedModel(Hang(text="The first words"), name="haiku"))
    async with world.services():
        stream = world.handler()(world.incoming("How much is the overstay fine?"))
        async for piece in stream:
            if isinstance(piece, Delta):
                break
        await stream.aclose()
    assert world.haiku.abandoned == 1
    (record,) = world.records
    assert record.turn["status"] == "partial"
    assert record.turn["answer"]
    assert record.outbox["body"]["status"] == "partial"


async def test_a_reader_who_leaves_while_the_answer_is_recorded_leaves_all_of_it() -> None:
    world = World()
    world.slow = {"record": 0.2}
    async with world.services():
        task = asyncio.create_task(world.answer())
        while "record" not in world.asked:
            await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert [record.turn["status"] for record in world.records] == ["complete"]


async def test_the_language_of_an_unsure_message_is_that_of_the_conversation_then_of_the_person() -> None:
    world = World()
    world.changed(language=Language.MIXED, language_confidence=0.3)
    world.history_value = History(turns=1, language="id")
    async with world.services():
        assert (await world.reply()).language == "id"
        world.history_value = History()
        world.memory = Memory(user_id="u1", language="it")
        assert (await world.reply(user_id="u1")).language == "it"


async def test_a_conversation_that_begins_here_has_no_history_to_look_for() -> None:
    world = World()
    async with world.services():
        await world.reply(opens=True)
    assert "history" not in world.asked
