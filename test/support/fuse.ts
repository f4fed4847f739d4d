import type { Mind } from '../../companion/store/index.ts';

/** Lets a number of changes of disk and store happen, then dies before the next. */
export class Fuse {
  left = Number.POSITIVE_INFINITY;
  burn = (): void => {
    if (this.left-- <= 0) throw new Error('killed');
  };
}

/** A mind that burns a fuse with each change. */
export function fused(mind: Mind, fuse: Fuse): Mind {
  return new Proxy(mind, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      const call = value.bind(target);
      if (name !== 'transact' && name !== 'record') return call;
      return (...args: unknown[]) => {
        fuse.burn();
        return call(...args);
      };
    },
  });
}
