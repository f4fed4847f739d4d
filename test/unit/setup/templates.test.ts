import assert from 'node:assert/strict';
import { globSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { findQuestion, readAnswer } from '../../../companion/convergence/index.ts';
import {
  answersTemplate,
  heritageFiles,
  settings,
  settingsPatch,
  templateSheet,
  voiceProfile,
} from '../../../companion/protocol/index.ts';
import { planText } from '../../../companion/working-files/lay-out.ts';
import { readState } from '../../../companion/working-files/state.ts';
import { utc, World } from '../working-files/world.ts';

const files = readdirSync('templates', { withFileTypes: true, recursive: true })
  .filter((entry) => entry.isFile() && entry.parentPath !== 'templates')
  .map(({ parentPath, name }) => path.join(parentPath, name));
const json = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as unknown;

/** What the product itself reads a file of this name with. */
const READERS: Readonly<Record<string, (file: string) => unknown>> = {
  'template.json': (file) => templateSheet.parse(json(file)),
  'core.json': (file) => heritageFiles.core.parse(json(file)),
  'preferences.json': (file) => heritageFiles.preferences.parse(json(file)),
  'settings.json': (file) => [settings.parse(json(file)), settingsPatch.parse(json(file))],
  'profile.json': (file) => voiceProfile.parse(json(file)),
  'answers.json': (file) => {
    for (const [id, answer] of Object.entries(answersTemplate.parse(json(file)).answers)) {
      const question = findQuestion(id);
      assert.ok(question, id);
      for (const [name, typed] of Object.entries(answer)) {
        const part = question.parts.find((each) => each.id === name);
        assert.ok(part && readAnswer(part, typed) !== null, `${id}.${name}`);
      }
    }
  },
  'now.md': workingFile,
  'open_loops.json': workingFile,
  'decisions.json': workingFile,
  'tuning.md': (file) => assert.match(readFileSync(file, 'utf8'), /^# Tuning\n/),
  'sample-guide.md': (file) => assert.match(readFileSync(file, 'utf8'), /^# .+\n/),
  '.env.example': environment,
};

async function workingFile(file: string): Promise<void> {
  await using world = await World.make();
  const source = {
    mind: world.mind,
    ports: world.ports,
    workspace: world.workspace,
    settings: { ...settings.parse({}).loops },
    zone: utc,
  };
  const name = path.basename(file) as 'now.md';
  const plan = planText(name, readFileSync(file, 'utf8'), readState(source, world.clock.now()));
  assert.ok(plan.changes.length > 0, `${file} says nothing`);
  assert.deepEqual([plan.findings, plan.conflicts, plan.notes], [[], [], []]);
}

/** Only variables that the product reads. */
function environment(file: string): void {
  const lines = readFileSync(file, 'utf8').split('\n');
  const set = lines.filter((line) => line !== '' && !line.startsWith('#'));
  const names = set.map((line) => /^(PROGENY_[A-Z_]+)=\S+$/.exec(line)?.[1]);
  const read = globSync('{companion,extension}/**/*.ts')
    .map((source) => readFileSync(source, 'utf8'))
    .join('');
  for (const name of names) assert.ok(name && read.includes(`.${name}`), `${file}: ${name}`);
  assert.ok(names.length > 0);
}

describe('templates', () => {
  it('[S8] there is one for each temperament, example answers, both environments, working files and a voice', () => {
    const names = readdirSync('templates', { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    assert.deepEqual(names.toSorted(), [
      'desk',
      'dev',
      'example',
      'prod',
      'provocative',
      'quiet',
      'steady',
      'voice',
      'warm',
    ]);
    const readme = readFileSync('templates/README.md', 'utf8');
    for (const name of names) {
      assert.ok(readme.includes(`\`${name}\``), `${name} is not in the README`);
      assert.ok(files.includes(path.join('templates', name, 'template.json')), name);
    }
  });

  for (const file of files) {
    it(`[S8] ${file} is read by what the product reads it with`, async () => {
      const read = READERS[path.basename(file)];
      assert.ok(read, 'a file that nothing reads');
      await read(file);
    });
  }

  it('[S8] each temperament names itself', () => {
    for (const name of ['steady', 'provocative', 'quiet', 'warm'])
      assert.equal(
        heritageFiles.preferences.parse(json(`templates/${name}/preferences.json`)).temperament,
        name,
      );
  });
});
