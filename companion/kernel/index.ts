export { writeFileAtomic } from './atomic-file.ts';
export { type Clock, type Disposable, systemClock, VirtualClock } from './clock.ts';
export { type AsyncDisposable, Disposables } from './disposables.ts';
export { newId } from './ids.ts';
export { type Logger, silentLogger } from './logger.ts';
export { type Random, randomInt, seededRandom, systemRandom } from './random.ts';
