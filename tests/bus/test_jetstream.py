"""JetStream keeps the contract, under its least-privilege users."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack

import msgspec
import nats
import pytest
from conftest import eventually
from contract import CLOCK, BusContract, Recorder, ended, meta, running
from nats.js.api import AckPolicy, ConsumerConfig

from zantara.bus import Bus, DeadLetter, Processor
from zantara.bus.jetstream import DeadLetterBox, JetStreamBus, open_bus, provision
from zantara.bus.jetstream.consuming import PullLoop
from zantara.errors import Unavailable
from zantara.events import ConversationEnded, Event, GoldenPublished, decode_event
from zantara.topology import OPERATOR, PROVISIONER, Consumer, stream_of
from zantara_cli.stack.nats import NatsServer

pytestmark = pytest.mark.integration


class TestJetStreamBus(BusContract):
    @pytest.fixture
    async def buses(self, nats_server: NatsServer) -> AsyncIterator[Callable[[str], Bus]]:
        opened: list[JetStreamBus] = []
        async with AsyncExitStack() as stack:
            for service in ("chat-router", "jiwa-enricher", "golden-cache", "golden-cache"):
                bus = await stack.enter_async_context(open_bus(nats_server.url(service), service=service, clock=CLOCK))
                opened.append(bus)
            replicas = iter(opened[2:])
            yield lambda name: next(replicas) if name == "golden-cache" else opened[name == "jiwa-enricher"]

    @pytest.fixture
    def buried(self, nats_server: NatsServer) -> object:
        async def letters() -> list[DeadLetter]:
            async with DeadLetterBox.open(nats_server.url(OPERATOR)) as box:
                return [stored.letter for stored in await box.letters()]

        return letters

    @pytest.fixture
    def published(self, nats_server: NatsServer) -> object:
        async def events(type_: type[Event]) -> list[Event]:
            client = await nats.connect(nats_server.url(PROVISIONER), inbox_prefix=b"_INBOX_provisioner")
            context = client.jetstream()
            stream = stream_of(type_).name
            info = await context.stream_info(stream)
            found = [await context.get_msg(stream, number) for number in range(1, info.state.last_seq + 1)]
            await client.close()
            return [decode_event(type_, msg.data or b"", None) for msg in found if msg.subject == type_.subject]

        return events

    async def test_a_service_cannot_publish_or_hear_what_is_not_its_own(self, nats_server: NatsServer) -> None:
        async with open_bus(nats_server.url("jiwa-enricher"), service="jiwa-enricher", clock=CLOCK) as jiwa:
            with pytest.raises(Unavailable):
                await jiwa.publish(GoldenPublished(cluster_id="k", stock_version=1), meta())
        errors: list[Exception] = []

        async def failed(error: Exception) -> None:
            errors.append(error)

        spy = await nats.connect(nats_server.url("shadow-judge"), inbox_prefix=b"_INBOX_shadow_judge", error_cb=failed)
        await spy.subscribe("_INBOX_jiwa_enricher.>")
        await eventually(lambda: _truth(errors))
        await spy.close()
        assert "permissions violation" in str(errors[0]).lower()

    async def test_provisioning_twice_changes_nothing(self, nats_server: NatsServer) -> None:
        assert await provision(nats_server.url(PROVISIONER)) == []

    async def test_drift_makes_the_service_unready_and_is_repaired(self, nats_server: NatsServer) -> None:
        client = await nats.connect(nats_server.url(PROVISIONER), inbox_prefix=b"_INBOX_provisioner")
        context = client.jetstream()
        config = (await context.consumer_info("CHAT", "jiwa-enricher-conversations")).config
        config.ack_wait = 5
        await context.add_consumer("CHAT", config)
        async with open_bus(nats_server.url("jiwa-enricher"), service="jiwa-enricher", clock=CLOCK) as jiwa:
            with pytest.raises(Unavailable, match="ack_wait"):
                await jiwa.ping()
            assert await provision(nats_server.url(PROVISIONER))
            await jiwa.ping()
        await client.close()

    async def test_heartbeats_keep_a_slow_message(self, nats_server: NatsServer) -> None:
        """Work of 2.5 s under an ack wait of 1 s is delivered once."""
        consumer = Consumer(
            name="jiwa-enricher-conversations", service="jiwa-enricher", event=ConversationEnded, ack_wait_s=1
        )
        client = await nats.connect(nats_server.url(PROVISIONER), inbox_prefix=b"_INBOX_provisioner")
        config = ConsumerConfig(
            durable_name=consumer.name,
            filter_subject=ConversationEnded.subject,
            ack_policy=AckPolicy.EXPLICIT,
            ack_wait=1,
            max_deliver=-1,
            max_ack_pending=64,
        )
        await client.jetstream().add_consumer("CHAT", config)
        await client.close()
        handler = Recorder()
        handler.slow_s = 2.5
        async with (
            open_bus(nats_server.url("chat-router"), service="chat-router", clock=CLOCK) as router,
            open_bus(nats_server.url("jiwa-enricher"), service="jiwa-enricher", clock=CLOCK) as jiwa,
        ):
            raw = jiwa._client
            loop = PullLoop(raw, raw.jetstream(), consumer, Processor(consumer, handler, jiwa, jiwa, CLOCK))
            async with running(loop.run()):
                await router.publish(ended(), meta())
                await eventually(lambda: _truth(handler.seen))
                await asyncio.sleep(1.5)
        assert handler.seen == [("c1", 1)]

    async def test_a_replayed_letter_is_delivered_again(
        self, nats_server: NatsServer, buses: Callable[[str], Bus], buried: object
    ) -> None:
        router, jiwa = buses("chat-router"), buses("jiwa-enricher")
        handler = Recorder()
        async with running(jiwa.consume(ConversationEnded, handler)):
            client = await nats.connect(nats_server.url(OPERATOR), inbox_prefix=b"_INBOX_operator")
            await client.jetstream().publish("conversation.ended", b'{"conversation_id": 7}')
            letters = await eventually(buried)  # type: ignore[arg-type]
            assert "conversation_id" in letters[0].reason
            good = msgspec.json.encode(ended("c9"))
            await client.jetstream().publish("conversation.ended", good)
            await eventually(lambda: _truth(handler.seen))
            async with DeadLetterBox.open(nats_server.url(OPERATOR)) as box:
                stored = (await box.letters())[0]
                await box.replay(stored.number)
                again = await eventually(lambda: _others(box, stored.number))
            await client.close()
        assert handler.seen == [("c9", 1)]
        assert again[0].letter.body == stored.letter.body
        await router.ping()

    async def test_the_bus_heals_after_the_server_was_killed(self, nats_server: NatsServer) -> None:
        handler = Recorder()
        async with (
            open_bus(nats_server.url("chat-router"), service="chat-router", clock=CLOCK) as router,
            open_bus(nats_server.url("jiwa-enricher"), service="jiwa-enricher", clock=CLOCK) as jiwa,
            running(jiwa.consume(ConversationEnded, handler)),
        ):
            await router.publish(ended("before"), meta())
            await eventually(lambda: _truth(handler.seen))
            await nats_server.kill()
            with pytest.raises(Unavailable):
                await router.publish(ended("lost"), meta())
            await nats_server.start()

            async def published() -> bool:
                try:
                    await router.publish(ended("after"), meta("after"))
                except Unavailable:
                    return False
                return True

            await eventually(published, timeout_s=15)
            await eventually(lambda: _truth(len(handler.seen) == 2), timeout_s=15)
        assert [seen for seen, _ in handler.seen] == ["before", "after"]


async def _truth(value: object) -> object:
    return value


async def _others(box: DeadLetterBox, number: int) -> list[object]:
    return [stored for stored in await box.letters() if stored.number > number]
