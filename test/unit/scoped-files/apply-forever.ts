// Writes a change set and takes it back, again and again, until somebody kills it.
import { text } from 'node:stream/consumers';
import { createChangeWriter } from '../../../companion/scoped-files/index.ts';
import { changesOf, journal, type Tree } from './worlds.ts';

const { before, after } = JSON.parse(await text(process.stdin)) as { before: Tree; after: Tree };
const changes = changesOf(before, after);
const writer = createChangeWriter();
process.stdout.write('begins\n');
for (;;) {
  await writer.apply(process.argv[2]!, changes, journal());
  await writer.takeBack(process.argv[2]!, changes);
}
