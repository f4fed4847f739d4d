import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import {
  loopSource,
  loopStatus,
  memoryKind,
  patternKind,
  reviewAnswerInput,
  round,
  tapAnswer,
  wheelStatus,
  writtenBy,
} from '../../companion/protocol/index.ts';

/** Who reads the event log and acts on it. */
const READERS = [
  'companion/limbic/read-event.ts',
  'companion/narration/kinds.ts',
  'companion/council/outcomes.ts',
];

/** Values that a reader waits for, and where they come from: a closed list, or what stands where it is emitted. */
type Field = readonly [values: readonly string[], of: readonly string[] | 'emitted'];
const ANY: Field = [[], []];

const answers = reviewAnswerInput.shape.answer.options;
const outcomes = tapAnswer.shape.outcome.options;

/** Every event type that a reader looks at, with the data that it reads of it. */
const READS: Readonly<Record<string, Readonly<Record<string, Field>>>> = {
  'loop.changed': {
    by: [['user', 'time'], 'emitted'],
    status: [['blessed', 'dropped', 'deferred', 'open', 'stale', 'merged', 'proposed'], loopStatus.options],
  },
  'loop.finished': { source: [['branch', 'todo'], loopSource.options] },
  'loop.opened': { source: [['manual'], loopSource.options] },
  'tap.answered': { outcome: [['engaged', 'dismissed', 'ignored'], outcomes] },
  'taps.paused': {},
  'decision.recorded': { by: [['person'], writtenBy.options] },
  'decision.changed': {},
  'whisper.added': { length: ANY },
  'memory.remembered': {
    by: [['person'], writtenBy.options],
    kind: [['whisper', 'decision'], memoryKind.options],
    length: ANY,
    imported: ANY,
  },
  'hypothesis.answered': { answer: [['deny'], answers] },
  'hypothesis.promoted': {},
  'tests.recovered': {},
  'pattern.found': {
    kind: [
      ['stuck', 'workload_spike', 'reunion', 'thrash', 'focus_shift', 'abandonment', 'work_at_risk'],
      patternKind.options,
    ],
  },
  'working-files.edited': {},
  'now.changed': {},
  'limbic.marked': {},
  'scan.applied': {},
  'work.committed': {},
  'drift.alert': {},
  'dream.finished': {},
  'heritage.changed': {},
  'convergence.finished': {},
  'store.forgot': {},
  'store.restored': {},
  'tier.changed': {},
  'forget.requested': {},
  'council.voted': {
    outcome: [['decided', 'contested', 'no_quorum', 'expired'], round.shape.outcome.options],
  },
  'council.decided': {},
  'council.observed': { right: ANY },
  'mask.offered': {},
  'mask.born': {},
  'mask.retired': {},
  'guild.created': {},
  'guild.changed': { status: [['dissolved'], 'emitted'] },
  'wheel.changed': {
    status: [['previewed', 'done', 'rolled_back', 'undone', 'interrupted'], wheelStatus.options],
    from: ANY,
  },
  'wheel.settled': { outcome: ANY, recipe: ANY, verified: ANY, changedFiles: ANY },
};

interface Emitted {
  readonly file: string;
  readonly text: string;
  /** Literals of its type; `pattern.${status}` gives none. */
  readonly types: readonly string[];
  /** Names of its data, as far as the text tells. */
  readonly fields: ReadonlySet<string>;
}

const EVENT = /'([a-z]+(?:-[a-z]+)*\.[a-z_-]+)'/g;

/** From an opening bracket to the one that closes it. */
function bracketed(source: string, open: number): string {
  let depth = 0;
  for (let at = open; at < source.length; at++) {
    if ('({['.includes(source[at]!)) depth++;
    if (')}]'.includes(source[at]!) && --depth === 0) return source.slice(open, at + 1);
  }
  return source.slice(open);
}

/** Names in an object literal, of nested ones and of spread variables too. */
function namesIn(literal: string, before: string): Set<string> {
  const names = new Set([...literal.matchAll(/(?<=[{,]\s*)(\w+)(?=\s*[:,}])/g)].map((match) => match[1]!));
  for (const [, variable] of literal.matchAll(/\.\.\.(\w+)/g)) {
    const at = before.lastIndexOf(`const ${variable} =`);
    if (at === -1) continue;
    const value = before.slice(at, before.indexOf(';', at));
    for (const name of namesIn(value, '')) names.add(name);
  }
  return names;
}

function emittedIn(file: string): Emitted[] {
  const source = readFileSync(file, 'utf8');
  return [...source.matchAll(/\b(?:emit\(|appendEvent\([^{;]*)\{/g)].map((match) => {
    const text = bracketed(source, match.index + match[0].length - 1);
    const before = source.slice(0, match.index);
    const type = /\btype:([^,]*(?:\?[^,]*)?)/.exec(text)?.[1] ?? '';
    const at = text.search(/\bdata(?:: |,| })/);
    const opens = /\bdata: \{/.exec(text);
    // `data` alone is a variable above.
    const declared = before.lastIndexOf('const data =');
    const data = opens
      ? bracketed(text, opens.index + 'data: '.length)
      : at === -1 || declared === -1
        ? ''
        : before.slice(declared, before.indexOf(';', declared));
    return {
      file,
      text,
      types: [...type.matchAll(EVENT)].map((found) => found[1]!),
      fields: namesIn(data, before),
    };
  });
}

describe('events', () => {
  const emitted = globSync('companion/**/*.ts').flatMap(emittedIn);
  const sources = READERS.map((file) => readFileSync(file, 'utf8')).join('\n');

  it('the emitters are found: most rooms have some, and nearly each names its type', () => {
    assert.ok(emitted.length > 70, `${emitted.length}`);
    assert.ok(emitted.filter(({ types }) => types.length > 0).length > 0.85 * emitted.length);
  });

  it('the table names what the readers read: no type more, none less, and the same data', () => {
    // Causes of the self have names that look alike.
    const bare = sources.replace(/cause: '[\w.-]+'/g, '');
    const types = new Set([...bare.matchAll(EVENT)].map((match) => match[1]!));
    assert.deepEqual([...types].sort(), Object.keys(READS).sort());
    const read = new Set([...sources.matchAll(/\bdata\.(\w+)/g)].map((match) => match[1]!));
    for (const [, names] of sources.matchAll(/\{([^{}]*)\}: Event\['data'\]/g))
      for (const name of names!.split(',').map((each) => each.trim()))
        if (name !== '' && !name.startsWith('...')) read.add(name);
    const named = new Set(Object.values(READS).flatMap((fields) => Object.keys(fields)));
    assert.deepEqual([...read].sort(), [...named].sort());
    for (const [value] of Object.values(READS).flatMap((fields) =>
      Object.values(fields).flatMap(([values]) => values.map((each) => [each] as const)),
    ))
      assert.ok(new RegExp(`\\b${value}\\b`).test(sources), `nobody waits for "${value}"`);
  });

  it('what a reader compares with is a value that the table knows, and so one that is emitted', () => {
    // Where data are taken apart first, other variables have other names; in outcomes.ts they have not.
    const apart = READERS.slice(0, 2).map((file) => readFileSync(file, 'utf8'));
    const compared = [
      ...sources.matchAll(/(?<!typeof )\bdata\.(\w+) [!=]== '([\w-]+)'/g),
      ...apart.join('\n').matchAll(/(?<![.\w]|typeof )(\w+) [!=]== '([\w-]+)'/g),
    ];
    const known = (name: string) =>
      Object.values(READS).flatMap((fields) => {
        const field = fields[name];
        return field ? [field] : [];
      });
    for (const [, name, value] of compared) {
      const lists = known(name!);
      // Of what comes later nothing is known; other variables are no data.
      if (lists.length === 0 || (name === 'outcome' && value === 'success')) continue;
      assert.ok(
        lists.some(([values]) => values.includes(value!)),
        `${name} is compared with "${value}"`,
      );
    }
    assert.ok(compared.length > 15);
  });

  for (const [type, fields] of Object.entries(READS)) {
    const by = emitted.filter(({ types }) => types.includes(type));
    it(`${type} is emitted, with ${Object.keys(fields).join(', ') || 'no data that is read'}`, () => {
      assert.ok(by.length > 0, 'nobody emits it');
      for (const [name, [values, of]] of Object.entries(fields)) {
        const with_ = by.filter((each) => each.fields.has(name));
        assert.ok(with_.length > 0, `no emitter gives "${name}": ${by.map(({ text }) => text).join('\n')}`);
        for (const value of values) {
          const said = () => with_.some(({ file }) => readFileSync(file, 'utf8').includes(`'${value}'`));
          assert.ok(of === 'emitted' ? said() : of.includes(value), `${name} is never "${value}"`);
        }
      }
    });
  }
});
