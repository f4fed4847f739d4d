import assert from 'node:assert/strict';
import { CLOSED_DOORS, type WheelStatus } from '../../../companion/protocol/index.ts';
import { type Pulse, type PulseInput, pulse } from '../../../extension/pulse/pulse.ts';
import { HOUR, NOW, status, workspace } from './samples.ts';

const base: PulseInput = {
  link: { state: 'connected' },
  status: status(),
  folders: ['/home/ana/atlas'],
  trusted: true,
  waitingTaps: 0,
  now: NOW,
};
const stopped = { state: 'stopped', problem: 'The companion was stopped.' } as const;
const unwell = status({ health: [{ subject: 'store', level: 'error', message: 'It broke.', at: NOW }] });
const ALL_OPEN = { ...CLOSED_DOORS, mcp: true, chat: true, editorModel: true, remote: true };
const paused = NOW + HOUR;

const delegated = (run: WheelStatus) =>
  status({
    wheel: {
      run: 'run_1',
      sentence: 'Fix 14 lint errors in 6 files with `biome check --write`',
      status: run,
    },
  });

const table: readonly [string, Partial<PulseInput>, Pulse['kind'], string][] = [
  ['nothing special', {}, 'idle', '$(pulse) 2 open · parser'],
  [
    'no open thread',
    { status: status({ workspaces: [workspace({ openLoops: 0, topLoop: null })] }) },
    'idle',
    '$(pulse) 0 open',
  ],
  ['a folder that the companion does not know yet', { folders: ['/elsewhere'] }, 'idle', '$(pulse) 0 open'],
  [
    'several folders',
    {
      folders: ['/home/ana/atlas', '/b'],
      status: status({ workspaces: [workspace(), workspace({ path: '/b', openLoops: 3 })] }),
    },
    'idle',
    '$(pulse) 5 open · parser',
  ],
  [
    'a long title',
    { status: status({ workspaces: [workspace({ topLoop: 'rewrite the whole of the import machinery' })] }) },
    'idle',
    '$(pulse) 2 open · rewrite the whole of…',
  ],
  [
    'a title that would draw an icon',
    { status: status({ workspaces: [workspace({ topLoop: 'use $(flame)' })] }) },
    'idle',
    '$(pulse) 2 open · use $\u200b(flame)',
  ],
  ['taps paused', { status: status({ pausedUntil: paused }) }, 'quiet', '$(bell-slash) 2 open · quiet'],
  ['a pause that is over', { status: status({ pausedUntil: NOW }) }, 'idle', '$(pulse) 2 open · parser'],
  ['starting', { link: { state: 'starting' }, status: null }, 'thinking', '$(pulse) starting …'],
  [
    'reading, though paused',
    { status: status({ pausedUntil: paused, workspaces: [workspace({ scanning: true, scannedAt: null })] }) },
    'thinking',
    '$(eye) reading atlas …',
  ],
  [
    'a later reading',
    { status: status({ workspaces: [workspace({ scanning: true })] }) },
    'idle',
    '$(pulse) 2 open · parser',
  ],
  [
    'a tap that waits, though reading',
    { waitingTaps: 1, status: status({ workspaces: [workspace({ scanning: true, scannedAt: null })] }) },
    'alert',
    '$(bell-dot) 1 tap waiting',
  ],
  [
    'a folder that vanished',
    { status: status({ workspaces: [workspace({ kind: 'gone' })] }) },
    'alert',
    '$(warning) atlas is gone',
  ],
  [
    'a run that waits, though a tap waits',
    { waitingTaps: 1, status: delegated('previewed') },
    'veto',
    '$(question) waits for your yes · Fix 14 lint errors in 6 files with…',
  ],
  [
    'a countdown, though the folder is not trusted',
    { trusted: false, status: delegated('counting') },
    'veto',
    '$(watch) about to start · Fix 14 lint errors in 6 files with…',
  ],
  [
    'a run under way',
    { status: delegated('acting') },
    'veto',
    '$(play) running · Fix 14 lint errors in 6 files with…',
  ],
  [
    'a verification',
    { status: delegated('verifying') },
    'veto',
    '$(beaker) verifying · Fix 14 lint errors in 6 files with…',
  ],
  [
    'a run that was cut short',
    { status: delegated('interrupted') },
    'veto',
    '$(warning) interrupted · Fix 14 lint errors in 6 files with…',
  ],
  [
    'a run under way, though the disk cannot be written',
    { status: { ...delegated('acting'), state: 'READ_ONLY' } },
    'degraded',
    '$(lock) Progeny: read-only, disk trouble',
  ],
  ['a run that is settled', { status: delegated('kept') }, 'idle', '$(pulse) 2 open · parser'],
  [
    'a run that is being planned',
    { status: delegated('planning') },
    'thinking',
    '$(edit) working out a change on a copy …',
  ],
  ['restricted mode', { trusted: false }, 'alert', '$(shield) Progeny: restricted mode'],
  [
    'a problem, though a tap waits',
    { waitingTaps: 1, status: unwell },
    'degraded',
    '$(warning) Progeny: 1 problem',
  ],
  [
    'a disk that cannot be written',
    { status: status({ state: 'READ_ONLY' }) },
    'degraded',
    '$(lock) Progeny: read-only, disk trouble',
  ],
  ['no model', { status: status({ state: 'OFFLINE' }) }, 'idle', '$(pulse) 2 open · parser · no model'],
  [
    'no model, and taps paused',
    { status: status({ state: 'OFFLINE', pausedUntil: paused }) },
    'quiet',
    '$(bell-slash) 2 open · quiet · no model',
  ],
  [
    'an open door',
    { status: status({ workspaces: [workspace({ doors: { ...CLOSED_DOORS, remote: true } })] }) },
    'idle',
    '$(pulse) 2 open · parser $(plug)',
  ],
  [
    'a door of a confidential folder, which lets nothing out',
    {
      status: status({
        workspaces: [workspace({ doors: { ...CLOSED_DOORS, chat: true, confidential: true } })],
      }),
    },
    'idle',
    '$(pulse) 2 open · parser',
  ],
  [
    'a door of a folder of another window',
    { status: status({ workspaces: [workspace(), workspace({ path: '/b', doors: ALL_OPEN })] }) },
    'idle',
    '$(pulse) 2 open · parser',
  ],
  [
    'stopped, whatever else',
    { link: stopped, status: unwell, waitingTaps: 2 },
    'stopped',
    '$(circle-slash) Progeny stopped',
  ],
  [
    'lost',
    { link: { state: 'lost', problem: 'x' } },
    'stopped',
    '$(debug-disconnect) Progeny: companion lost, restarting',
  ],
  [
    'failed',
    { link: { state: 'failed', problem: 'x' } },
    'stopped',
    '$(debug-disconnect) Progeny: companion does not start',
  ],
  [
    'incompatible',
    { link: { state: 'incompatible', problem: 'x' } },
    'stopped',
    '$(warning) Progeny: restart needed',
  ],
  [
    'no folder',
    { link: { state: 'stopped', problem: 'x' }, status: null, folders: [] },
    'idle',
    '$(pulse) no folder open',
  ],
  ['virtual', { link: { state: 'virtual' } }, 'stopped', '$(circle-slash) Progeny rests: virtual workspace'],
];

describe('the pulse', () => {
  for (const [name, part, kind, text] of table) {
    it(`shows ${kind} for ${name}`, () => {
      const shown = pulse({ ...base, ...part });
      assert.deepEqual([shown.kind, shown.text], [kind, text]);
    });
  }

  it('says in words all that it shows, without icons, and never moves', () => {
    for (const [, part] of table) {
      const { label, text } = pulse({ ...base, ...part });
      assert.match(label, /^Progeny\b.{4,}/);
      assert.doesNotMatch(label, /\$\((?!flame)/);
      assert.doesNotMatch(text, /~spin|\$\(loading/);
    }
  });

  it('[C8] says in words that no model answers, and names every open door', () => {
    const shown = pulse({
      ...base,
      status: status({ state: 'OFFLINE', workspaces: [workspace({ doors: ALL_OPEN })] }),
    });
    assert.equal(
      shown.label,
      'Progeny: 2 open · parser, offline: no language model, open to agents (MCP), the editor’s chat, the editor’s models, models on other machines',
    );
  });

  it('never tells by colour alone', () => {
    const kinds = new Map<string, Set<string>>();
    for (const [, part] of table) {
      const { color, text } = pulse({ ...base, ...part });
      const shapes = kinds.get(String(color)) ?? new Set();
      kinds.set(String(color), shapes.add(text));
    }
    const texts = [...kinds.values()].flatMap((shapes) => [...shapes]);
    assert.equal(new Set(texts).size, texts.length, 'the same text stands in two colours');
  });
});
