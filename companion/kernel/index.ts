// Runs anywhere, the browser included. What needs Node's file system is offered by `node.ts` beside it.

export { lastSpans, type Spans, spanOf } from './calendar.ts';
export { type Clock, type Disposable, systemClock, VirtualClock } from './clock.ts';
export { CPU_BUDGET, type CpuBudget, createCpuBudget } from './cpu-budget.ts';
export { DENIED_NAMES, isDenied, nameMatcher } from './deny-list.ts';
export { type AsyncDisposable, Disposables } from './disposables.ts';
export { Doorbell } from './doorbell.ts';
export { newId } from './ids.ts';
export { Listeners } from './listeners.ts';
export { type Logger, silentLogger } from './logger.ts';
export { type Random, randomInt, seededRandom, systemRandom } from './random.ts';
export { ago, clip, count, duration, fileName, listing, titleOf } from './words.ts';
