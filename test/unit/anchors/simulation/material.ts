import { readFile } from 'node:fs/promises';
import { seededRandom } from '../../../../companion/kernel/index.ts';
import { CodeWriter, LANGUAGES } from './code-writer.ts';
import { World } from './world.ts';

/** Twelve generated files in four languages. */
export function generatedWorld(seed: number): World {
  const random = seededRandom(seed * 7919 + 1);
  const world = new World();
  for (let i = 0; i < 12; i++) {
    const language = LANGUAGES[i % LANGUAGES.length]!;
    const writer = new CodeWriter(random, language);
    const lines = writer.file(6 + Math.floor(random.next() * 12));
    world.write(`src/file-${i}.${language}`, world.fresh(lines));
  }
  world.endRound();
  return world;
}

/** Files that people wrote. */
export async function writtenWorld(paths: readonly string[]): Promise<World> {
  const world = new World();
  for (const path of paths) {
    const text = await readFile(path, 'utf8');
    world.write(
      path.replace(/^.*node_modules\//, ''),
      world.fresh(text.split('\n').map((l) => l.replace(/\r$/, ''))),
    );
  }
  world.endRound();
  return world;
}
