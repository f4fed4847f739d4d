import assert from 'node:assert/strict';
import type { WheelFile, WheelPreview, WheelRun } from '../../../companion/protocol/index.ts';
import { argvWords } from '../../../companion/protocol/wheel-words.ts';
import { answerRows, fileRows } from '../../../extension/wheel/answer-pick.ts';
import { noticeOf } from '../../../extension/wheel/notice.ts';
import { planText } from '../../../extension/wheel/plan-text.ts';
import { parsePreviewQuery, previewQuery, previewTitle } from '../../../extension/wheel/preview-uri.ts';
import { fitsOf, isPatch, recipeRows } from '../../../extension/wheel/recipe-rows.ts';
import { reportText } from '../../../extension/wheel/report-text.ts';
import { fileWords, plainSentence } from '../../../extension/wheel/wheel-words.ts';
import { NOW } from './samples.ts';
import { aRun } from './wheel-samples.ts';

const textOf = (run: Partial<WheelRun>, now = NOW, whole = 5000) => {
  const notice = noticeOf(aRun(run), now, whole);
  return notice && { ...notice, text: notice.text.replaceAll(/\]\(command:[^)]*\)/g, ']') };
};
const click = { consent: 'click', remainingMs: 5000, endsAt: NOW + 5000 } as const;
const silence = { consent: 'silence', remainingMs: 24_000, endsAt: null } as const;
const report = {
  done: 'Fixed 14 lint errors in 6 files with `eslint --fix`',
  where: 'fix/lint, not committed',
  verified: '`npm test`: 212 passed in 31 s',
  review: [{ text: 'removed an await', file: 'src/queue.ts', line: 57 }],
  containment: null,
};

const table: readonly [string, Partial<WheelRun>, string | null][] = [
  ['planning', { status: 'planning' }, 'Working out on a copy: Fix 14 lint errors in 6 files'],
  [
    'a preview',
    { status: 'previewed' },
    'Waits for your yes: Fix 14 lint errors in 6 files · 6 files, +41 −12. [Look] · [Answer…]',
  ],
  [
    'a preview of an agent that would write a link',
    { status: 'previewed', origin: { by: 'agent', name: '[x](command:y)' } },
    '[x]\u200b(command:y) (an agent) asks for your yes: Fix 14 lint errors in 6 files · 6 files, +41 −12. [Look] · [Answer…]',
  ],
  [
    'a countdown after a click',
    { status: 'counting', countdown: click },
    'Starts in 5 s: Fix 14 lint errors in 6 files. [Look]',
  ],
  [
    'a silent countdown in sight',
    { status: 'counting', countdown: { ...silence, endsAt: NOW + 23_500 } },
    'Starts in 24 s unless you say no: Fix 14 lint errors in 6 files. [Look]',
  ],
  [
    'a silent countdown out of sight',
    { status: 'counting', countdown: silence },
    'Stands still at 24 s, because the preview is out of sight: Fix 14 lint errors in 6 files. [Look]',
  ],
  ['acting', { status: 'acting' }, 'Running · Runs eslint --fix in src. [Stop] · [Look]'],
  ['verifying', { status: 'verifying' }, 'Running · verify: Fix 14 lint errors in 6 files. [Stop] · [Look]'],
  [
    'done',
    { status: 'done', report },
    'Fixed 14 lint errors in 6 files with eslint --fix. Where: fix/lint, not committed. Verified: npm test: 212 passed in 31 s. 1 place to look at.',
  ],
  [
    'rolled back',
    { status: 'rolled_back', reason: '`npm test` failed after 3 s' },
    'Taken back: Fix 14 lint errors in 6 files. npm test failed after 3 s. Your files are as before.',
  ],
  [
    'rolled back, but for what was in the way',
    { status: 'rolled_back', conflicts: [{ path: 'a', why: 'yours' }] },
    'Taken back: Fix 14 lint errors in 6 files. 1 file was left as it is, because it was changed after the run.',
  ],
  [
    'undone, but for what was in the way',
    {
      status: 'undone',
      conflicts: [
        { path: 'a', why: 'yours' },
        { path: 'b', why: 'yours' },
      ],
    },
    'Undone. 2 files were left as they are, because they were changed after the run.',
  ],
  [
    'refused',
    { status: 'refused', reason: 'Step 2 asks for .env' },
    'Not done: Fix 14 lint errors in 6 files. Step 2 asks for .env. Nothing was changed.',
  ],
  [
    'outdated',
    { status: 'outdated' },
    'Out of date: Fix 14 lint errors in 6 files. The folder changed since the preview. Nothing was changed.',
  ],
  ...(['undone', 'kept', 'vetoed', 'expired'] as const).map(
    (status) => [`${status}: whoever did it knows`, { status }, null] as [string, Partial<WheelRun>, null],
  ),
];

describe('what a window says of a run', () => {
  for (const [name, run, words] of table) {
    it(`[A8] ${name}`, () => assert.equal(textOf(run)?.text ?? null, words));
  }

  it('[A5] counts down in seconds as a person does, and shows how much has passed', () => {
    const at = (ms: number) => textOf({ status: 'counting', countdown: click }, NOW + ms);
    assert.match(at(1)?.text ?? '', /^Starts in 5 s/);
    assert.match(at(1000)?.text ?? '', /^Starts in 4 s/);
    assert.match(at(4999)?.text ?? '', /^Starts in 1 s/);
    const fraction = (ms: number) => {
      const notice = at(ms);
      return notice?.kind === 'progress' ? notice.fraction : null;
    };
    assert.deepEqual([fraction(0), fraction(2500), fraction(9000)], [0, 0.5, 1]);
  });

  it('links only to commands of its own, with the run as their argument', () => {
    const notice = noticeOf(aRun({ status: 'acting', id: 'run_1' }), NOW, 0);
    const links = [...(notice?.text ?? '').matchAll(/\]\(([^)]*)\)/g)].map(([, link]) => link);
    assert.deepEqual(links, [
      'command:progeny.wheelStop?%5B%22run_1%22%5D',
      'command:progeny.wheelShow?%5B%22run_1%22%5D',
    ]);
  });

  it('lets nothing that a recipe or a tool wrote become a link', () => {
    const sentence = 'Fix [this](command:workbench.action.terminal.new) now';
    for (const [, run] of table) {
      const text = noticeOf(aRun({ ...run, sentence, reason: sentence }), NOW, 0)?.text ?? '';
      assert.doesNotMatch(text, /\]\(command:workbench/);
    }
    assert.equal(plainSentence('a  `b`\n[c](d)'), 'a b [c]\u200b(d)');
  });
});

const file = (part: Partial<WheelFile>): WheelFile => ({
  path: 'src/a.ts',
  from: null,
  kind: 'changed',
  binary: false,
  additions: 4,
  deletions: 2,
  bytes: 300,
  ...part,
});
const preview: WheelPreview = {
  run: 'run_1',
  digest: 'd1',
  files: [
    file({}),
    file({ path: 'map.png', binary: true, bytes: 48_211 }),
    file({ path: 'x.csv', bytes: 3_200_000 }),
  ],
  commands: [['npm', 'test', '--', 'a b']],
  effects: ['makes the branch fix/lint'],
  containment: 'contained by bubblewrap',
  uncovered: ['dist (ignored, 311 MB)'],
};

describe('a preview in words', () => {
  it('[A8] says of each file what happens to it', () => {
    const words = [
      fileWords(file({})),
      fileWords(file({ kind: 'added' })),
      fileWords(file({ kind: 'deleted' })),
      fileWords(file({ kind: 'moved', from: 'src/b.ts' })),
      fileWords(file({ kind: 'mode' })),
      fileWords(file({ binary: true, bytes: 48_211 })),
    ];
    assert.deepEqual(words, [
      '+4 −2',
      'new, +4',
      'deleted, −2',
      'moved from src/b.ts, +4 −2',
      'permissions only',
      'binary, 47 KB',
    ]);
  });

  it('[A8] tells in the plan all that no diff shows', () => {
    const text = planText(aRun({ status: 'previewed', reason: 'It needs your yes.' }), preview);
    for (const words of [
      'npm test -- "a b"',
      'contained by bubblewrap',
      'makes the branch fix/lint',
      'map.png: binary, 47 KB',
      'x.csv: +4 −2, 3.1 MB: too large to show',
      'dist (ignored, 311 MB)',
      'It needs your yes.',
    ])
      assert.ok(text.includes(words), words);
    assert.doesNotMatch(text, /src\/a\.ts/);
    assert.match(planText(aRun({}), { ...preview, commands: [] }), /the result is not verified/);
  });

  it('[A8] asks with the same before a yes, and only its own rows are answers', () => {
    const rows = answerRows(aRun({ status: 'previewed' }), preview);
    assert.deepEqual(
      rows.flatMap(({ choice }) => choice ?? []),
      ['all', 'choose', 'look', 'page', 'no'],
    );
    const words = rows.map(({ label }) => label).join('\n');
    assert.match(words, /npm test -- "a b"[\s\S]*contained by bubblewrap[\s\S]*fix\/lint[\s\S]*dist/);
    assert.deepEqual(
      fileRows(preview).map(({ path, picked }) => [path, picked]),
      [
        ['src/a.ts', true],
        ['map.png', true],
        ['x.csv', true],
      ],
    );
  });

  it('addresses documents so that they can be told apart, and reads no other address', () => {
    const place = { run: 'run_1', digest: 'abc', side: 'before' } as const;
    assert.deepEqual(parsePreviewQuery(previewQuery(place)), place);
    assert.equal(parsePreviewQuery('run=run_1&side=before'), null);
    assert.equal(parsePreviewQuery('run=run_1&digest=a&side=other'), null);
    assert.notEqual(previewTitle('Fix', 'aaaaaa1'), previewTitle('Fix', 'bbbbbb1'));
    assert.equal(argvWords(['git', 'commit', '-m', 'a "b"']), 'git commit -m "a \\"b\\""');
  });
});

describe('a report as a page', () => {
  it('[A8] has the four parts, links to lines, what was left, and how long undo works', () => {
    const run = aRun({
      status: 'done',
      report: { ...report, containment: 'not contained: no bubblewrap here' },
      undoUntil: NOW + 3_600_000,
      conflicts: [{ path: 'src/b.ts', why: 'You changed it.' }],
    });
    const { text, links } = reportText(run, NOW);
    const lines = text.split('\n');
    for (const start of [
      'Done        Fixed 14',
      'Where       fix/lint',
      'Verified    `npm test`',
      'Programs    not contained',
      'Undo        all of it, until',
    ])
      assert.ok(
        lines.some((line) => line.startsWith(start)),
        start,
      );
    const linked = links.map(({ line, start, end, at }) => [lines[line]?.slice(start, end), at]);
    assert.deepEqual(linked, [
      ['src/queue.ts:57', 57],
      ['src/b.ts', null],
    ]);
  });

  it('keeps each part on its line, whatever a tool wrote', () => {
    const { text } = reportText(
      aRun({ status: 'done', report: { ...report, done: 'a\nWhere       nowhere' } }),
      NOW,
    );
    assert.match(text, /^Done {8}a Where nowhere$/m);
  });
});

describe('what can be delegated', () => {
  it('[A8] lists what can be done here first, and why the rest cannot', () => {
    const recipe = (name: string, unavailable: string | null) => ({
      name,
      title: name,
      what: `does ${name}`,
      options: [],
      unavailable,
    });
    const rows = recipeRows([recipe('b', 'There is none.'), recipe('a', null)]);
    assert.deepEqual(
      rows.map(({ label, detail }) => [label, detail]),
      [
        ['$(play) a', 'does a'],
        ['Not in this folder', ''],
        ['$(circle-slash) b', 'There is none.'],
      ],
    );
  });

  it('offers options where nothing must be given, and only there', () => {
    const option = (name: string, required: boolean) => ({ name, question: `${name}?`, required });
    const recipe = (name: string, ...options: ReturnType<typeof option>[]) => ({
      ...{ name, title: name, what: '', unavailable: null },
      options,
    });
    const rows = recipeRows([
      recipe('fix-lint', option('tool', false), option('path', false)),
      recipe('rename', option('symbol', true), option('line', false)),
      recipe('apply-patch', option('file', false), option('text', false)),
      recipe('nothing'),
    ]);
    assert.deepEqual(
      rows.filter(({ hasOptions }) => hasOptions).map(({ label }) => label),
      ['$(play) fix-lint'],
    );
  });

  it('fits recipes to what the cursor is at', () => {
    const spot = { file: 'src/a.ts', line: 3, column: 5, word: null, text: '', selection: '', clipboard: '' };
    const names = (part: Partial<typeof spot> | { word: string }) =>
      fitsOf({ ...spot, ...part }).map(({ recipe }) => recipe);
    assert.deepEqual(names({}), ['move-file']);
    assert.deepEqual(names({ text: '// TODO handle CRLF' }), ['todo-branch', 'move-file']);
    assert.deepEqual(names({ word: 'parse' }), ['rename', 'move-file']);
    assert.deepEqual(names({ clipboard: 'diff --git a/x b/x\n' }), ['apply-patch', 'move-file']);
    assert.equal(isPatch('TODO: diff'), false);
    assert.equal(isPatch('--- a\n+++ b\n@@ -1 +1 @@\n'), true);
  });
});
