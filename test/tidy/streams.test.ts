import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { developerWeeks } from '../support/streams/developer-weeks.ts';
import { labelledCase } from '../support/streams/labelled-patterns.ts';
import { habitHistory } from '../support/streams/planted-habits.ts';

const FOLDER = path.join(import.meta.dirname, '../support/streams');

/**
 * Detectors are measured on these streams, and were written without knowing them. A change here makes every figure
 * of S2, S3, S5 and C6 worthless: write another generator beside these instead.
 */
const FROZEN: Readonly<Record<string, string>> = {
  'chance.ts': 'ba541f31126ef612c52d626a8b70e55f68b20b2cfab5f15f74665393041969b7',
  'desk.ts': '60ccafd671bbb11bf0eee248883e0c1d3fd1fd388d02acab15e18e9949d31f37',
  'developer-weeks.ts': '10aa4d462f3fa9a994f05c850b9e52f81a07268e3c3e17b5599522ed9182f95b',
  'labelled-patterns.ts': '3bd6b76880358b4f23e8d6674e9a067c375d7f60e79e665694d0bb394e7b69c2',
  'planted-habits.ts': '8c1308780cad306c4a139f5132e65497089d17fd19bef5ab4780ba9553142be3',
  'scope-sessions.ts': '40f2d727991e1ac287215f6a41261bc1ba7c2434b5d6f3ba2d8913db510d8b6d',
};

describe('streams of work', () => {
  it('are as they were before the detectors were written', () => {
    const found = readdirSync(FOLDER).map((file) => {
      const text = readFileSync(path.join(FOLDER, file), 'utf8').replaceAll('\r\n', '\n');
      return [file, createHash('sha256').update(text).digest('hex')];
    });
    assert.deepEqual(Object.fromEntries(found), FROZEN);
  });

  it('the same seed gives the same stream, another seed another', () => {
    assert.deepEqual(developerWeeks({ seed: 3, days: 2 }), developerWeeks({ seed: 3, days: 2 }));
    assert.deepEqual(labelledCase(3), labelledCase(3));
    assert.deepEqual(habitHistory(3), habitHistory(3));
    assert.notDeepEqual(habitHistory(3).events.slice(0, 50), habitHistory(4).events.slice(0, 50));
  });
});
