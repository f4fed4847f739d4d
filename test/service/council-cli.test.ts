import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import { commands } from '../../companion/cli/commands.ts';
import { readArguments, UsageError } from '../../companion/cli/options.ts';
import type { Api } from '../../companion/client/index.ts';
import {
  type Guild,
  type Loop,
  type Mask,
  ProgenyError,
  type Proposal,
} from '../../companion/protocol/index.ts';
import { makeRepository } from '../fixtures/repository.ts';
import { eventually, progenyScript, testCompanion } from '../support/companion.ts';

/** Runs commands as the terminal does, without a process for each. */
function terminal(api: Api, folder: string) {
  return async (name: string, ...rest: string[]) => {
    const command = commands[name]!;
    const args = readArguments([...rest, '--workspace', folder], command.options ?? {});
    let stdout = '';
    const json = args.values.json === true;
    const result = (value: unknown, text: () => string) => {
      stdout += `${json ? JSON.stringify(value) : stripVTControlCharacters(text())}\n`;
    };
    try {
      await command.run(args, { json, result, stream() {}, progress() {}, note() {} }, api);
      return { stdout, stderr: '', status: 0 };
    } catch (error) {
      if (error instanceof UsageError) return { stdout, stderr: error.message, status: 2 };
      if (error instanceof ProgenyError) return { stdout, stderr: error.message, status: 1 };
      throw error;
    }
  };
}

describe('the council, from a terminal', function () {
  this.timeout(120_000);

  it('asks, shows ballots and arguments, decides; advisers and guilds; what is typed wrongly is named', async () => {
    await using repository = await makeRepository();
    repository.commit({ 'a.ts': '1\n' }, { message: 'feat: a' });
    await using t = await testCompanion();
    const { path: root } = await t.api.workspaces.open({ path: repository.root });
    const progeny = terminal(t.api, root);
    const json = async <T>(name: string, ...args: string[]): Promise<T> => {
      const { stdout, stderr } = await progeny(name, ...args, '--json');
      assert.equal(stderr, '');
      return JSON.parse(stdout) as T;
    };

    assert.match((await progeny('council')).stdout, /^Nothing was put before the council yet\./);
    for (const content of ['SQLite works well here', 'SQLite is fast', 'SQLite has been reliable'])
      await progeny('remember', content);
    const asked = await progeny(
      'council',
      'ask',
      'Which database?',
      '--option',
      'SQLite',
      '--option',
      'PostgreSQL',
    );
    assert.equal(asked.status, 0, asked.stderr);
    const lines = asked.stdout.split('\n');
    assert.equal(lines[0], 'Which database?');
    assert.match(
      lines[1]!,
      /^SQLite: 3 records, newest 1 min old, 3 went well, PostgreSQL: nothing remembered$/,
    );
    assert.match(asked.stdout, /^Cal {3}SQLite {6}\.\d\d {2}\S.*records?/m);
    assert.match(asked.stdout, /^Arty {2}PostgreSQL {2}\.\d\d {2}It has not been tried/m);
    assert.match(
      asked.stdout,
      /^→ (?:SQLite \(\.\d\d of the votes of 3; \.66 decides\)|contested \(\.66 needed; best: SQLite \.\d\d\))$/m,
    );
    assert.match(
      asked.stdout,
      /^Your call: SQLite · PostgreSQL {3}progeny council decide proposal_\w+ CHOICE$/m,
    );
    const again = await progeny('council', 'ask', 'Which database?', '-o', 'SQLite', '-o', 'PostgreSQL');
    assert.equal(again.status, 1);
    assert.match(again.stderr, /^The council was asked about this 1 min ago; .* Ask again in 10 min\.$/);
    const [proposal] = await json<Proposal[]>('council', 'list');
    const id = proposal!.id;
    const decided = await progeny('council', 'decide', id, 'PostgreSQL', '--reason', 'Two writers at once.');
    assert.equal(decided.stdout.startsWith('Decided: Which database?  council: '), true, decided.stdout);
    assert.match(
      (await progeny('council', 'show', id)).stdout,
      /^You decided: PostgreSQL.*\. Two writers at once\.$/m,
    );
    assert.match(
      (await progeny('council', 'list')).stdout,
      /^Which database\? {2}council: .*, you: PostgreSQL/,
    );

    const [loop] = await json<Loop[]>('loops');
    const whisper = await json<{ loopId: string }>('whisper', 'look at the reader');
    const fate = await progeny('council', 'fate', loop?.id ?? whisper.loopId, '--correction');
    assert.equal(fate.status, 0, fate.stderr);
    assert.match(fate.stdout, /^Keep or drop ".*"\?\n.*\nFirst round\n/);
    assert.match(fate.stdout, /\nAfter the others’ arguments\n/);

    assert.match(
      (await progeny('advisers')).stdout,
      /^Cal \(guardian\) {2}Guards what works\. .*\n {5}.* right on \d+ · its vote counts|^Cal \(guardian\) {2}Guards what works\. .*\n {5}no outcome known yet · its vote counts 1\.00/,
    );
    await progeny('whisper', 'too expensive: hours of upkeep, keep it cheap');
    await eventually(async () => (await t.api.advisers.offers({})).length > 0);
    assert.match(
      (await progeny('advisers', 'offers')).stdout,
      /^No adviser fits your note "too expensive: hours of upkeep, keep it cheap"\.\n {5}Thrift \(\w+\): Asks first: what it costs/,
    );
    const [offer] = await json<{ id: string }[]>('advisers', 'offers');
    assert.match((await progeny('advisers', 'accept', offer!.id)).stdout, /^Thrift votes from now on\.\n/);
    const fork = await json<Mask>('advisers', 'fork', 'Sage', 'Needle', '--focus', '1', '--value', '0.1');
    assert.deepEqual(
      [fork.name, fork.priorities.focus, fork.priorities.value, fork.priorities.risk],
      ['Needle', 1, 0.1, 0.5],
    );
    assert.match(
      (await progeny('advisers', 'retire', fork.id)).stdout,
      /^Needle votes no more\. Its record and its votes stay\.\n$/,
    );
    assert.match(
      (await progeny('advisers', 'retire', 'mask_cal')).stderr,
      /Cal always votes and cannot be retired/,
    );

    const guild = await json<Guild>('guild', 'create', 'Sober', 'mask_cal', 'mask_sage');
    assert.match(
      (await progeny('guild', 'role', guild.id, 'mask_sage', 'observer')).stdout,
      /^Sober {2}Cal \(lead\), Sage \(observer\)\n/,
    );
    assert.match((await progeny('guild', 'share', guild.id, whisper.loopId)).stdout, /1 shared thread/);
    assert.match((await progeny('guild', 'tone', guild.id, 'calm')).stdout, /calm/);
    assert.match((await progeny('guild', 'dissolve', guild.id)).stdout, /dissolved/);

    for (const wrong of [
      ['council', 'vote'],
      ['council', 'ask', 'x', '--option', 'one'],
      ['council', 'fate'],
      ['council', 'decide', id],
      ['advisers', 'accept'],
      ['advisers', 'fork', 'nobody', 'x'],
      ['advisers', 'fork', 'Cal', 'x', '--risk', '2'],
      ['guild', 'create', 'x', 'mask_cal'],
      ['guild', 'tone', guild.id, 'angry'],
      ['guild', 'constructor'],
    ])
      assert.equal((await progeny(...(wrong as [string, ...string[]]))).status, 2, wrong.join(' '));
  });

  it('as a process: the answer as JSON on stdout, an error with its code', async () => {
    await using t = await testCompanion();
    const env = { ...process.env, PROGENY_DATA_DIR: t.data };
    const argv = [progenyScript, 'council', 'show', 'proposal_none', '--json'];
    const [code, stdout] = await new Promise<[unknown, string]>((resolve) =>
      execFile(process.execPath, argv, { env, timeout: 60_000 }, (error, out) => resolve([error?.code, out])),
    );
    assert.equal(code, 1);
    assert.equal((JSON.parse(stdout) as { error: { code: string } }).error.code, 'not_found');
  });
});
