import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { generatedWorld, writtenWorld } from './simulation/material.ts';
import { runSession, type Tally } from './simulation/session.ts';
import type { World } from './simulation/world.ts';

const OPERATIONS = 200;
const ANCHORS = 80;
const SEEDS = [101, 102, 103, 104, 105, 106, 107, 108, 109, 110];

/** Our own sources: code that people wrote, and that no parameter was chosen on. */
const written = () => writtenWorld(globSync('companion/{store,gateway}/*.ts').sort());

type Make = (seed: number) => World | Promise<World>;

async function live(make: Make, seeds: readonly number[]): Promise<Tally> {
  const sum: Tally = { right: 0, missed: 0, gone: 0, strayed: 0, clung: 0 };
  for (const seed of seeds) {
    const { last } = await runSession(await make(seed), { seed, anchors: ANCHORS, operations: OPERATIONS });
    for (const key of Object.keys(sum) as (keyof Tally)[]) sum[key] += last[key];
  }
  return sum;
}

describe('anchors/follow, over random histories', function () {
  this.timeout(180_000);
  const check = (title: string, make: Make, bar: number, wrong: number, seeds = SEEDS) =>
    it(title, async () => {
      const { right, missed, gone, strayed, clung } = await live(make, seeds);
      const standing = right + missed + strayed;
      const all = standing + gone + clung;
      const figures = JSON.stringify({ right, missed, gone, strayed, clung });
      assert.ok(right / standing >= bar, figures);
      // What points at a wrong line, nearly always one that says the same, is worse than what says that it is lost.
      assert.ok((strayed + clung) / all <= wrong, figures);
    });

  check(
    `[F7] written code: after ${OPERATIONS} edits, renames and moves at least 95 % point at their text, the rest say that they lost it`,
    written,
    0.95,
    0.015,
  );
  // Generated code repeats itself far more than what people write.
  check(
    `generated code that is full of look-alikes: at least 90 %`,
    generatedWorld,
    0.9,
    0.02,
    SEEDS.slice(0, 5),
  );
});
