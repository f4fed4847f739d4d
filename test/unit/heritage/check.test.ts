import assert from 'node:assert/strict';
import { check, isUnderstood } from '../../../companion/heritage/check.ts';
import { allInWords } from '../../../companion/kernel/node.ts';
import type { HeritageFile } from '../../../companion/protocol/index.ts';

const said = (file: HeritageFile, text: string | Buffer): string => {
  const found = check(file, Buffer.from(text));
  return isUnderstood(found) ? 'understood' : allInWords(`${file}.json`, found);
};

describe('heritage/check', () => {
  const cases: [string, HeritageFile, string | Buffer, string][] = [
    [
      'bad JSON',
      'core',
      '{\n  "version": 1,\n  "name": Ana\n}\n',
      '`core.json` line 3, column 11: found "Ana"; expected true, false, null, a number, or text in double quotes.',
    ],
    [
      'half-written',
      'core',
      '{\n  "version": 1,\n  "values": ["cla',
      '`core.json` line 3, column 14: found "\\"cla"; expected a closing quote.',
    ],
    ['empty', 'core', '', '`core.json` line 1, column 1: it is empty; expected fields in braces.'],
    [
      'wrong type of a field',
      'core',
      '{\n  "version": 1,\n  "name": 7\n}',
      '`core.json` line 3, column 11: `name` is 7; expected text in quotes.',
    ],
    [
      'wrong type in a list',
      'core',
      '{"version": 1, "values": ["a", 7]}',
      '`core.json` line 1, column 32: `values[2]` is 7; expected text in quotes.',
    ],
    [
      'wrong type of the whole',
      'core',
      '["a"]',
      '`core.json` line 1, column 1: it holds a list; expected fields in braces.',
    ],
    [
      'unknown version',
      'core',
      '{\n  "version": 2\n}',
      '`core.json` line 2, column 14: `version` is 2; expected 1, the only one that this Progeny knows.',
    ],
    [
      'no version',
      'core',
      '{"name": "Ana"}',
      '`core.json` line 1, column 1: `version` is missing; expected 1, the only one that this Progeny knows.',
    ],
    [
      'unknown field',
      'core',
      '{\n  "version": 1,\n  "nmae": "Ana"\n}',
      '`core.json` line 3, column 3: `nmae` is not a field of this file; expected version, name, values, hardLines, rememberedBy.',
    ],
    [
      'a field twice',
      'core',
      '{"version": 1,\n"name": "Ana",\n"name": "Bo"}',
      '`core.json` line 3, column 1: `name` stands twice in one entry; expected one.',
    ],
    [
      'not one of a list of words',
      'preferences',
      '{"version": 1,\n"overwhelm": "both"}',
      '`preferences.json` line 2, column 14: `overwhelm` is "both"; expected "", space or action.',
    ],
    [
      'no time',
      'preferences',
      '{"version": 1,\n"peakHours": [{"from": "9", "until": "12:00"}]}',
      '`preferences.json` line 2, column 24: `peakHours[1].from` is "9"; expected a time such as "09:30".',
    ],
    [
      'too long',
      'core',
      `{"version": 1,\n"name": "${'a'.repeat(101)}"}`,
      `\`core.json\` line 2, column 9: \`name\` is "${'a'.repeat(58)}…; expected at most 100 characters.`,
    ],
    [
      'missing field of a belief',
      'learned',
      '{"version": 1, "beliefs": [\n{"hypothesis": "hypothesis_1", "text": "x", "since": "2026-03-01"}]}',
      '`learned.json` line 2, column 1: `beliefs[1].except` is missing; expected text in quotes.',
    ],
    [
      'NUL bytes',
      'core',
      Buffer.concat([Buffer.from('{\n  "ver'), Buffer.alloc(40)]),
      '`core.json` line 2, column 7: it holds NUL bytes, as half-written files do; expected text.',
    ],
    ['no text', 'core', Buffer.from([0x7b, 0xff, 0xfe]), '`core.json`: it is not UTF-8 text.'],
    ['UTF-16', 'core', Buffer.from('\ufeff{"version": 1}', 'utf16le'), '`core.json`: it is not UTF-8 text.'],
    [
      'ten megabytes',
      'core',
      Buffer.alloc(10 * 1024 * 1024, ' '),
      '`core.json`: it has 10.0 MB; expected at most 1 MB.',
    ],
    [
      'nested without end',
      'core',
      '['.repeat(400_000),
      '`core.json`: it is nested too deeply; expected a list of entries.',
    ],
  ];
  for (const [name, file, text, expected] of cases)
    it(`[S7] ${name}`, () => assert.equal(said(file, text), expected));

  it('tolerates a BOM, CRLF, comments, a last comma, any order, and the name of its schema', () => {
    const text =
      '\ufeff{\r\n  // mine\r\n  "$schema": "./core.schema.json",\r\n  "name": " Ana ",\r\n  "version": 1,\r\n}\r\n';
    const found = check('core', Buffer.from(text));
    assert.ok(isUnderstood(found));
    assert.deepEqual(found.content, { version: 1, name: 'Ana', values: [], hardLines: [], rememberedBy: '' });
    assert.ok(found.losesText);
  });
});
