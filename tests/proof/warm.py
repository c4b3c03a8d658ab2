"""What every child is forked from: all modules loaded, no event loop and no thread yet."""

import gc

import uvicorn.lifespan.on
import uvicorn.loops.auto
import uvicorn.protocols.http.auto
import uvicorn.protocols.websockets.auto

import tests.proof.life

LOADED = (
    uvicorn.lifespan.on,
    uvicorn.loops.auto,
    uvicorn.protocols.http.auto,
    uvicorn.protocols.websockets.auto,
    tests.proof.life,
)
gc.collect()
gc.freeze()
