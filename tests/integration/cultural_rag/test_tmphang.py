import asyncio, random
from zantara.db import Outbox, Relay
from zantara.events import KnowledgeChanged, Meta
from zantara.clock import SystemClock
from zantara.bus.jetstream import open_bus
async def test_relay(nats_server, fresh_database):
    clock=SystemClock(); db=fresh_database.database; ob=Outbox("cultural_rag_outbox"); bad=[]
    async with open_bus(nats_server.url("cultural-rag"), service="cultural-rag", clock=clock) as bus:
        for n in range(60):
            async with db.transaction() as c:
                for k in range(3):
                    await ob.append(c, KnowledgeChanged(document_ids=("a",),passage_ids=()), Meta.new(source="t",clock=clock))
            r=Relay(db,ob,bus,clock); t=asyncio.create_task(r.run())
            await asyncio.sleep(random.random()*0.012)
            t.cancel()
            d,p=await asyncio.wait([t],timeout=1.5)
            if p:
                bad.append(n); t.print_stack(); t.cancel(); await asyncio.wait([t],timeout=2)
    print("BAD",bad)
