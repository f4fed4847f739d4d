import assert from 'node:assert/strict';
import type { ChatTurn, Citation } from '../../../../companion/protocol/index.ts';
import { leavesMachine, nextWriter } from '../../../../webviews/model/answered-by.ts';
import { placeWords, readAskerPlace } from '../../../../webviews/model/asker-place.ts';
import { finishedLength, paragraphsOf, spoken } from '../../../../webviews/model/chat-text.ts';
import { besideRunning, endWords, underAnswer, withEnded } from '../../../../webviews/model/chat-turns.ts';
import { leadsTo, targetsOfCitation } from '../../../../webviews/model/citation.ts';
import { openDoors } from '../../../../webviews/model/doors.ts';
import { NOW } from '../../../fixtures/samples.ts';

function turn(change: Partial<ChatTurn> = {}): ChatTurn {
  return {
    id: 'turn_1',
    conversation: 'conv_1',
    workspace: '/w',
    at: NOW,
    question: 'q',
    answer: 'a',
    citations: [],
    answeredBy: null,
    note: null,
    outcome: 'answered',
    perception: { tone: 'calm', urgency: 0, load: 0, intent: 'other', entities: [], by: 'rules' },
    ...change,
  };
}

const citation = (change: Partial<Citation>): Citation => ({
  n: 1,
  kind: 'memory',
  id: null,
  title: 'A title',
  excerpt: '',
  workspace: '/w',
  at: null,
  ...change,
});

describe('the text of an answer', () => {
  it('is paragraphs of words, names and numbers of sources, and nothing else', () => {
    assert.deepEqual(paragraphsOf('Use `tick` [2].\nNow.\n\n\n<b>x</b> [x](y) [0001]'), [
      [
        { kind: 'text', text: 'Use ' },
        { kind: 'code', text: 'tick' },
        { kind: 'text', text: ' ' },
        { kind: 'cite', n: 2 },
        { kind: 'text', text: '.\nNow.' },
      ],
      [{ kind: 'text', text: '<b>x</b> [x](y) [0001]' }],
    ]);
    assert.deepEqual(paragraphsOf('  \n\n '), []);
  });

  it('is finished up to the last end of a sentence that something follows', () => {
    const upTo = (text: string) => text.slice(0, finishedLength(text));
    assert.equal(upTo('One. Two'), 'One.');
    assert.equal(upTo('One [1]. Two [2]'), 'One [1].');
    assert.equal(upTo('It grew. [3] Then'), 'It grew. [3]');
    assert.equal(upTo('version 1.2 of it'), '');
    assert.equal(upTo('At 18:40 in fix: the'), '');
    // What ends here may go on: "1." may become "1.5".
    assert.equal(upTo('It is 1.'), '');
    assert.equal(upTo('a line\nand'), 'a line\n');
  });

  it('is read out without numbers and marks', () => {
    assert.equal(spoken(' Two files [2],\n `tick` [3]. '), 'Two files, tick.');
  });
});

describe('what stands below an answer', () => {
  it('says who wrote it', () => {
    assert.deepEqual(underAnswer(turn()), ['Answered from memory and threads, without a model.']);
    const by = { provider: 'embedded' as const, model: 'SmolLM2' };
    assert.deepEqual(underAnswer(turn({ answeredBy: by })), ['Written by SmolLM2 (in Progeny itself).']);
    assert.equal(leavesMachine(by), false);
    assert.equal(leavesMachine({ provider: 'editor', model: 'x' }), true);
    assert.match(nextWriter(null), /^No language model is running/);
  });

  it('says why it is what it is, once', () => {
    const own = 'No language model is running, so this is a search answer.';
    assert.deepEqual(underAnswer(turn({ note: own })), [own]);
    assert.deepEqual(underAnswer(turn({ outcome: 'cancelled' })), [
      'Stopped. What was written so far stays.',
      'Answered from memory and threads, without a model.',
    ]);
    assert.match(underAnswer(turn({ outcome: 'expired' }))[0] ?? '', /waited too long/);
    assert.match(endWords(turn({ citations: [citation({})] })), /1 source\.$/);
    assert.match(endWords(turn()), /No source\.$/);
  });

  it('has each turn once, the oldest first', () => {
    const [a, b, c] = ['turn_a', 'turn_b', 'turn_c'].map((id, i) => turn({ id, at: NOW + i }));
    assert.deepEqual(withEnded([b!, a!], [b!, c!]), [a, b, c]);
  });

  it('what was stored half-way gives way to its end, and to the stream that it comes in', () => {
    const [a, b, c] = ['turn_a', 'turn_b', 'turn_c'].map((id, i) => turn({ id, at: NOW + i }));
    const half = { ...b!, outcome: 'writing' as const, answer: 'half' };
    const elsewhere = { ...c!, outcome: 'writing' as const };
    assert.deepEqual(withEnded([a!, half], [b!]), [a, b]);
    assert.deepEqual(withEnded([a!, { ...b!, answer: '' }], [b!]), [a, { ...b!, answer: '' }], 'redacted');
    assert.deepEqual(besideRunning([a!, half, elsewhere], 'turn_b'), [a, elsewhere]);
    assert.deepEqual(besideRunning([a!, half], undefined), [a]);
    assert.deepEqual(underAnswer(half), ['It is still being written.']);
  });
});

describe('a source', () => {
  it('leads to its own page, else into the repository, else to a search', () => {
    assert.deepEqual(leadsTo(citation({ id: 'mem_1', file: 'a.ts' })), {
      page: { route: 'memory', id: 'mem_1', query: {} },
    });
    assert.deepEqual(leadsTo(citation({ kind: 'loop', id: 'loop_1' })), {
      page: { route: 'loops', id: 'loop_1', query: {} },
    });
    assert.deepEqual(leadsTo(citation({ kind: 'decision', id: 'decision_1', file: 'a.ts', line: 3 })), {
      target: { kind: 'file', file: 'a.ts', line: 3 },
    });
    assert.deepEqual(leadsTo(citation({ kind: 'whisper', id: 'whisper_1' })), {
      page: { route: 'memory', id: null, query: { text: 'A title' } },
    });
  });

  it('names all places that it has', () => {
    const all = targetsOfCitation(citation({ file: 'a.ts', commit: 'a41c9e2', branch: 'main' }));
    assert.deepEqual(
      all.map(({ kind }) => kind),
      ['file', 'commit', 'branch'],
    );
  });
});

describe('where the asker stands', () => {
  it('is read from messages and addresses, and nothing else', () => {
    assert.deepEqual(readAskerPlace({ file: 'a.ts', line: '7', selection: 'x' }), {
      file: 'a.ts',
      line: 7,
      selection: 'x',
    });
    assert.deepEqual(readAskerPlace({ file: 'a.ts', line: -1, selection: ' \n' }), { file: 'a.ts' });
    for (const wrong of [null, 'a.ts', {}, { file: '' }, { file: 3 }])
      assert.equal(readAskerPlace(wrong), null);
    assert.equal(readAskerPlace({ file: 'a', selection: 'x'.repeat(30_000) })?.selection?.length, 20_000);
  });

  it('is told on a chip', () => {
    assert.equal(placeWords({ file: 'src/a.ts' }), 'a.ts');
    assert.equal(placeWords({ file: 'src/a.ts', line: 7, selection: 'x\ny\n' }), 'a.ts:7, 2 lines selected');
    assert.equal(placeWords({ file: 'a.ts', line: 7, selection: 'x' }), 'a.ts:7, 1 line selected');
  });
});

describe('open doors', () => {
  it('are those that let something out: none of a confidential folder', () => {
    const doors = { mcp: true, chat: false, editorModel: false, remote: true, confidential: false };
    assert.deepEqual(openDoors(doors), ['mcp', 'remote']);
    assert.deepEqual(openDoors({ ...doors, confidential: true }), []);
  });
});
