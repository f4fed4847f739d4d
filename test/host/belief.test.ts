import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { MONDAY, work } from '../unit/hypotheses/work.ts';
import { toast } from './harness/workbench.ts';
import { appShowing } from './support/app.ts';
import { runCommand } from './support/palette.ts';
import { eventually, openStage, type Stage } from './support/stage.ts';
import { addWork } from './support/time-away.ts';

const WEEK = 7 * 24 * 3_600_000;
const WEEKS = 8;

describe('a belief, from weeks of work to what is learned, in a real VS Code', () => {
  let stage: Stage;

  before(async function () {
    this.timeout(240_000);
    const settings = {
      'workbench.colorTheme': 'Default Dark Modern',
      'progeny.interruption.idleSeconds': 5,
      'progeny.interruption.spontaneous': false,
      'progeny.loops.uncommittedRiskHours': 720,
      'progeny.loops.staleDays': 365,
      'progeny.loops.reunionHours': 720,
    };
    stage = await openStage({ settings });
    await eventually(
      'the folder is open',
      async () => (await (await api()).workspaces.list({}))[0]?.scannedAt,
      90_000,
    );
    await runCommand(stage.page, 'Progeny: Stop Everything');
    await eventually('it has stopped', async () => (await stage.companion()) === null);
    const ended = Math.floor((Date.now() - MONDAY) / WEEK) - WEEKS;
    addWork(
      stage.dataDirectory,
      work({ weeks: WEEKS, testFirst: 0.95 }).map((event) => ({ ...event, at: event.at + ended * WEEK })),
    );
    await runCommand(stage.page, 'Progeny: Start the Companion');
    await eventually('it is back', async () => (await stage.companion()) !== null);
  });
  after(async function () {
    this.timeout(60_000);
    await stage?.[Symbol.asyncDispose]();
  });

  const api = () => stage.client.connected(20_000);
  const learned = () => {
    const file = path.join(stage.dataDirectory, 'heritage', 'learned.json');
    return JSON.parse(readFileSync(file, 'utf8')) as { beliefs: { text: string; hypothesis: string }[] };
  };

  it('[S9] a dream finds it, and a tap offers it for review', async () => {
    await runCommand(stage.page, 'Progeny: Dream Now');
    await eventually('it has dreamt', async () => (await (await api()).dreams.last({}))?.status === 'done');
    // A look at a file, and then a pause: that is the boundary.
    await stage.bridge.run(
      async (vscode, file) => void (await vscode.window.showTextDocument(vscode.Uri.file(file))),
      `${stage.repository}/src/parser.ts`,
    );
    const tap = toast(stage.page, '1 thing to review about how you work');
    await tap.waitFor({ timeout: 60_000 });
    assert.match(await tap.innerText(), /tests before the code.*nothing follows from it until you say Yes/s);
    await stage.picture('review-tap');
    assert.deepEqual(learned().beliefs, []);
  });

  it('[S9] Confirm writes it into learned.json, as a version with its reason', async () => {
    await toast(stage.page, '1 thing to review').getByRole('button', { name: 'Review' }).click();
    const frame = await appShowing(stage, /^Review/);
    await frame.locator('.review-row').waitFor();
    await stage.picture('review-belief');
    await frame.getByRole('button', { name: /^Confirm/ }).click();
    const [belief] = await eventually('it is learned', async () => {
      const { beliefs } = learned();
      return beliefs.length > 0 && beliefs;
    });
    assert.match(belief?.text ?? '', /tests before the code/);
    const [version] = await (await api()).heritage.versions({ file: 'learned' });
    assert.equal(version?.source, 'hypothesis');
    assert.match(version?.reason ?? '', /\w+ \w+/);
    const [tap] = (await (await api()).interruptions.list({})).filter(({ gate }) => gate === null);
    assert.deepEqual([tap?.candidate.split(':')[0], tap?.outcome], ['review', 'engaged']);
  });
});
