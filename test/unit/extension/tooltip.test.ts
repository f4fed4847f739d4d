import assert from 'node:assert/strict';
import { CLOSED_DOORS } from '../../../companion/protocol/index.ts';
import { type TooltipInput, tooltip, tooltipCommands } from '../../../extension/pulse/tooltip.ts';
import { HOUR, NOW, status, workspace } from './samples.ts';

const base: TooltipInput = {
  link: { state: 'connected' },
  status: status(),
  folders: ['/home/ana/atlas'],
  trusted: true,
  waitingTaps: 0,
  now: NOW,
  next: 'Commit the two files',
  extensionVersion: '0.1.0',
};

describe('the tooltip of the pulse', () => {
  it('says state, nearest thread, next step, and links on', () => {
    const text = tooltip(base);
    assert.match(
      text,
      /^\*\*Progeny\*\* · Connected\\\.\n\n2 open threads {2}\nNearest: parser {2}\nNext: Commit the two files {2}\nLive · beside you\n/,
    );
    assert.match(text, /\(command:progeny\.showBrief\)/);
  });

  it('offers to start a companion that is down, and nothing that would need it', () => {
    const text = tooltip({
      ...base,
      status: null,
      link: { state: 'stopped', problem: 'The companion was stopped.' },
    });
    assert.match(text, /The companion was stopped/);
    assert.match(text, /command:progeny\.startCompanion/);
    assert.doesNotMatch(text, /command:progeny\.whisper/);
  });

  it('says why nothing happens in a window without a folder, and in a virtual one', () => {
    const down = { ...base, status: null, folders: [] };
    assert.match(tooltip({ ...down, link: { state: 'stopped', problem: 'x' } }), /Open a folder/);
    const virtual = tooltip({ ...down, link: { state: 'virtual' } });
    assert.match(virtual, /virtual/);
    assert.doesNotMatch(virtual, /command:/);
  });

  it('links only to commands that it may run', () => {
    for (const link of [{ state: 'connected' }, { state: 'lost', problem: 'x' }] as const) {
      for (const [, id] of tooltip({ ...base, link }).matchAll(/command:([\w.]+)/g)) {
        assert.ok((tooltipCommands as readonly string[]).includes(id ?? ''), id);
      }
    }
  });

  it('lets no title of a repository become a link, an icon or markup', () => {
    const hostile = '[click](command:workbench.action.quit) <img src=x> $(flame) **b** `c`';
    const text = tooltip({
      ...base,
      next: hostile,
      status: status({ workspaces: [workspace({ topLoop: hostile })] }),
    });
    assert.doesNotMatch(text, /(?<!\\)\[click/);
    assert.doesNotMatch(text, /(?<!\\)<img/);
    assert.doesNotMatch(text, /(?<!\\)\$(?<!\\)\(flame/);
    assert.doesNotMatch(text, /command:workbench/);
  });

  it('[M8] marks what is open to agents, and only that', () => {
    assert.doesNotMatch(tooltip(base), /agents/);
    const doors = { ...CLOSED_DOORS, mcp: true };
    const open = (name: string) =>
      tooltip({ ...base, status: status({ workspaces: [workspace({ name, doors })] }) });
    assert.match(open('atlas'), / {2}\n\$\(plug\) Open to agents \(MCP\): atlas/);
    assert.doesNotMatch(open('[x](command:quit)'), /(?<!\\)\[x/);
    const elsewhere = status({ workspaces: [workspace({ path: '/else', doors })] });
    assert.doesNotMatch(tooltip({ ...base, status: elsewhere }), /agents/);
  });

  it('[C8] names every open door with its folders, and who writes answers', () => {
    const chat = { ...CLOSED_DOORS, chat: true, editorModel: true };
    const two = status({
      workspaces: [
        workspace({ doors: chat }),
        workspace({ path: '/b', name: 'borealis', doors: { ...CLOSED_DOORS, chat: true } }),
      ],
      answeredBy: { provider: 'editor', model: 'gpt [x](command:quit)' },
    });
    const text = tooltip({ ...base, folders: ['/home/ana/atlas', '/b'], status: two });
    assert.match(text, /\$\(plug\) Open to the editor’s chat: atlas, borealis {2}\n/);
    assert.match(text, /\$\(plug\) Open to the editor’s models: atlas {2}\n/);
    assert.doesNotMatch(text, /MCP|other machines/);
    assert.match(text, /\n\nAnswers are written by gpt .*the editor’s model, off this machine/);
    assert.doesNotMatch(text, /(?<!\\)\[x\]/);
    assert.match(tooltip(base), /No language model is running\\: answers come from memory and threads/);
    assert.match(tooltip({ ...base, status: status({ state: 'OFFLINE' }) }), /OFFLINE\\: no language model/);
  });

  it('says until when taps are paused, and that a pause may have no end', () => {
    assert.match(tooltip({ ...base, status: status({ pausedUntil: NOW + HOUR }) }), /Taps paused until /);
    const years = NOW + 100 * 365 * 24 * HOUR;
    assert.match(tooltip({ ...base, status: status({ pausedUntil: years }) }), /until you resume them/);
  });

  it('says mode and posture in plain words', () => {
    assert.match(tooltip(base), / {2}\nLive · beside you\n/);
    const quiet = status({ mode: 'quiet', posture: 'copilot' });
    assert.match(
      tooltip({ ...base, status: quiet }),
      /Quiet\\: at most one tap a day, because checks kept failing · brief and practical/,
    );
  });

  it('names health problems and a companion of another version', () => {
    const health = [{ subject: 'disk', level: 'warning' as const, message: 'Under 2 GB free.', at: NOW }];
    const text = tooltip({ ...base, status: status({ health, version: '0.0.9' }) });
    assert.match(text, /\$\(warning\) Under 2 GB free/);
    assert.match(text, /companion is version 0\\\.0\\\.9/);
  });

  it('[A5] offers to stop what waits or runs, with the run as the argument', () => {
    const wheel = { run: 'run_1', sentence: 'Fix `a` [b](command:c)', status: 'acting' } as const;
    const text = tooltip({ ...base, status: status({ wheel }) });
    assert.match(text, /\*\*Running\*\*/);
    assert.match(text, /\[Stop and take back\]\(command:progeny\.wheelStop\?%5B%22run_1%22%5D\)/);
    assert.doesNotMatch(text, /\(command:c\)/);
    assert.doesNotMatch(
      tooltip({ ...base, status: status({ wheel: { ...wheel, status: 'kept' } }) }),
      /run_1/,
    );
  });
});
