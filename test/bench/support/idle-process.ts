// Forked by `IdleBeside`: does nothing but look at the clock, and tells its parent when it could not.
import type { Stall } from './idle-beside.ts';

const EVERY_MS = 1;
/** Timers are late by so much everywhere. */
const WORTH_TELLING_MS = 5;

const now = () => performance.timeOrigin + performance.now();
let last = now();
setInterval(() => {
  const until = now();
  if (until - last > WORTH_TELLING_MS) process.send?.({ from: last, until } satisfies Stall);
  last = until;
}, EVERY_MS);
process.on('disconnect', () => process.exit());
process.send?.('ready');
