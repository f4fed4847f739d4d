import assert from 'node:assert/strict';
import type { Decision, Whisper } from '../../../companion/protocol/index.ts';
import { notesOnLine } from '../../../extension/hover/line-notes.ts';
import { NotesCache } from '../../../extension/hover/notes-cache.ts';
import { NOW, sampleLoop } from '../../fixtures/samples.ts';

const DAY = 24 * 3_600_000;
const FILE = 'src/parser.ts';

function aWhisper(change: Partial<Whisper> = {}): Whisper {
  const anchor = { kind: 'line', file: FILE, line: 7, text: 'export {', lost: false } as const;
  return {
    id: 'whisper_1',
    workspace: '/w',
    loopId: 'loop_1',
    text: 'CRLF breaks the offsets',
    branch: 'main',
    anchor,
    at: NOW - 3 * DAY,
    ...change,
  };
}

function aDecision(change: Partial<Decision> = {}): Decision {
  return {
    id: 'decision_1',
    workspace: '/w',
    loopId: null,
    question: 'Which line ends?',
    options: [],
    decision: 'Both',
    why: 'Windows',
    outcome: '',
    reviewAt: null,
    links: [`${FILE}:7`],
    at: NOW - DAY,
    ...change,
  };
}

const on = (line: number, unsaved: readonly string[] | null = null) => ({ file: FILE, line, unsaved });
const loops = [sampleLoop({ id: 'loop_1', title: 'fix](command:evil) $(zap)' })];

describe('what a hover says of a line', () => {
  it('is its notes and decisions, the newest first, with age, thread and links', () => {
    const parts = notesOnLine(on(7), { whispers: [aWhisper()], decisions: [aDecision()] }, loops, NOW);
    assert.equal(parts.length, 2);
    assert.match(parts[0] ?? '', /Decision.*24 h ago.*Which line ends\? → \*\*Both\*\*.*Windows/s);
    assert.match(
      parts[1] ?? '',
      /Note.*3 days ago.*command:progeny\.openLoop\?%5B%22loop_1%22%5D.*CRLF breaks/s,
    );
    assert.match(
      parts[1] ?? '',
      /\[Recall about this\]\(command:progeny\.recallAbout\?%5B%22CRLF%20breaks%20the%20offsets%22%5D\)/,
    );
  });

  it('is nothing on other lines and for other files', () => {
    const notes = { whispers: [aWhisper()], decisions: [aDecision()] };
    assert.deepEqual(notesOnLine(on(8), notes, loops, NOW), []);
    assert.deepEqual(notesOnLine({ ...on(7), file: 'src/other.ts' }, notes, loops, NOW), []);
  });

  it('follows the text in a document that is not saved', () => {
    const unsaved = ['', 'export {', ...Array(10).fill('x')];
    const notes = { whispers: [aWhisper()], decisions: [] };
    assert.equal(notesOnLine(on(2, unsaved), notes, loops, NOW).length, 1);
    assert.equal(notesOnLine(on(7, unsaved), notes, loops, NOW).length, 0);
  });

  it('finds a decision by the line that its thread is tied to', () => {
    const anchors = [{ kind: 'line', file: FILE, line: 3, text: '', lost: false }] as const;
    const tied = [sampleLoop({ id: 'loop_1', anchors: [...anchors] })];
    const notes = { whispers: [], decisions: [aDecision({ links: [], loopId: 'loop_1' })] };
    assert.equal(notesOnLine(on(3), notes, tied, NOW).length, 1);
    assert.equal(notesOnLine(on(3), notes, [], NOW).length, 0);
  });

  it('does not say twice what a thread that a note opened is called', () => {
    const own = [sampleLoop({ id: 'loop_1', title: aWhisper().text })];
    const [part = ''] = notesOnLine(on(7), { whispers: [aWhisper()], decisions: [] }, own, NOW);
    assert.match(part, /\[its thread\]\(command:progeny\.openLoop/);
  });

  it('says that a line is gone, and how much more there is', () => {
    const lost = aWhisper({ anchor: { kind: 'line', file: FILE, line: 7, text: 'x', lost: true } });
    const [part] = notesOnLine(on(7), { whispers: [lost], decisions: [] }, loops, NOW);
    assert.match(part ?? '', /is gone; this is where it was last/);
    const many = Array.from({ length: 7 }, (_, i) => aWhisper({ id: `whisper_${i}` }));
    const parts = notesOnLine(on(7), { whispers: many, decisions: [] }, loops, NOW);
    assert.equal(parts.length, 5);
    assert.match(parts[4] ?? '', /3 more on this line/);
  });

  it('is text, whatever it says: no link, icon or command of its own', () => {
    const text = `[x](command:evil) $(zap) <img src=x> **b** ')`;
    const [part = ''] = notesOnLine(on(7), { whispers: [aWhisper({ text })], decisions: [] }, loops, NOW);
    assert.doesNotMatch(part, /[^\\]\]\(command:evil/);
    assert.doesNotMatch(part.replace(/^\$\(comment\)/, ''), /(^|[^\\])\$\(/);
    const links = [...part.matchAll(/\]\(([^ )]*)/g)].map(([, link]) => link ?? '');
    assert.ok(links.every((link) => /^command:progeny\.(openLoop|recallAbout)\?[^()']*$/.test(link)));
  });
});

describe('the notes of a file', () => {
  const api = () => {
    const asked: string[] = [];
    const answers = {
      asked,
      fails: false,
      whispers: {
        list: async ({ file }: { file?: string | undefined }) => {
          asked.push(`whispers ${file}`);
          if (answers.fails) throw new Error('down');
          return [aWhisper()];
        },
      },
      decisions: {
        list: async () => {
          asked.push('decisions');
          return [];
        },
      },
    };
    return answers;
  };

  it('are asked for once, until something happens', async () => {
    const cache = new NotesCache();
    const answers = api();
    const look = (file: string) => cache.of(answers as never, '/w', file);
    await Promise.all([look('a.ts'), look('a.ts'), look('b.ts')]);
    assert.deepEqual(answers.asked.sort(), ['decisions', 'whispers a.ts', 'whispers b.ts']);
    cache.clear();
    await look('a.ts');
    assert.equal(answers.asked.length, 5);
  });

  it('are asked for again where the companion could not be asked', async () => {
    const cache = new NotesCache();
    const answers = api();
    answers.fails = true;
    await assert.rejects(cache.of(answers as never, '/w', 'a.ts'), /down/);
    answers.fails = false;
    assert.equal((await cache.of(answers as never, '/w', 'a.ts')).whispers.length, 1);
  });
});
