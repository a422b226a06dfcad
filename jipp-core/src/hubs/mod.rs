//! Hubs: who carries innovations, how far they have come, and what came of what they did.
