import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { filesUnder } from '../../../companion/imports/files.ts';
import { FILE_FORMATS, type FileFormatName } from '../../../companion/imports/formats.ts';
import type { SourceFile } from '../../../companion/imports/source-file.ts';
import { ProgenyError, rememberInput } from '../../../companion/protocol/index.ts';
import { fixture } from './world.ts';

/** A file of a fixture with damage: cut off, bytes turned, a piece repeated. */
function damaged(name: string, bytes: Buffer): SourceFile {
  return {
    name,
    uri: `file:///damaged/${name}`,
    bytes: bytes.length,
    modifiedAt: 1_760_000_000_000,
    async *chunks() {
      const decoder = new TextDecoder();
      for (let i = 0; i < bytes.length; i += 777)
        yield decoder.decode(bytes.subarray(i, i + 777), { stream: true });
      yield decoder.decode();
    },
    beside: async () => null,
  };
}

const damage = fc.record({
  cut: fc.double({ min: 0, max: 1, noNaN: true }),
  flips: fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 0, max: 255 })), {
    maxLength: 12,
  }),
  again: fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 0, max: 300 })),
});

describe('imports/damaged archives', function () {
  this.timeout(60_000);

  for (const format of [
    'claude-code',
    'copilot-chat',
    'chatgpt',
    'cline',
    'markdown',
  ] as const satisfies FileFormatName[])
    it(`${format}: whatever is damaged ends in fewer records or in a refusal in words`, async () => {
      const reader = FILE_FORMATS[format];
      const names = await filesUnder(fixture(format), reader.takes);
      assert.ok(names.length > 0);
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...names), damage, async (name, { cut, flips, again }) => {
          const whole = readFileSync(path.join(fixture(format), name));
          const bytes = Buffer.from(whole.subarray(0, Math.ceil(whole.length * (cut < 0.5 ? 1 : cut))));
          for (const [at, value] of flips)
            if (bytes.length > 0) bytes[Math.floor(at * (bytes.length - 1))] = value;
          const from = Math.floor(again[0] * bytes.length);
          const file = damaged(name, Buffer.concat([bytes, bytes.subarray(from, from + again[1])]));
          try {
            for await (const { content, kind, source, tags, happenedAt } of reader.read(file, () => {}))
              rememberInput.parse({ content, kind, source, tags, happenedAt });
          } catch (error) {
            assert.ok(error instanceof ProgenyError && error.code === 'bad_input', String(error));
          }
        }),
        { numRuns: 150 },
      );
    });
});
