import assert from 'node:assert/strict';
import { applyHunks, readPatch } from '../../../companion/patches/index.ts';
import { changelog, entryOfSubject } from '../../../companion/recipes/changelog.ts';
import { addEntries } from '../../../companion/recipes/changelog-text.ts';
import { makeRepository } from '../../fixtures/repository.ts';
import { planFolder, refusal } from '../../support/plan-world.ts';

const KEEP =
  '# Changelog\n\n## [Unreleased]\n\n### Added\n\n- A thing.\n\n### Fixed\n\n- A bug.\n\n## [1.0.0] - 2026-01-01\n\n### Added\n\n- All.\n\n[Unreleased]: https://example.com\n';
const added = (text: string, ...entries: [string, 'Added' | 'Changed' | 'Fixed' | 'Security'][]) =>
  addEntries(
    text,
    entries.map(([words, section]) => ({ text: words, section })),
  ).text;

describe('recipes/changelog', function () {
  this.timeout(30_000);

  for (const [what, before, entry, after] of [
    [
      'a section that is there',
      KEEP,
      ['Another bug', 'Fixed'],
      KEEP.replace('- A bug.\n', '- A bug.\n- Another bug.\n'),
    ],
    [
      'a section that is not, in its usual place',
      KEEP,
      ['Wording', 'Changed'],
      KEEP.replace('### Fixed', '### Changed\n\n- Wording.\n\n### Fixed'),
    ],
    [
      'a section at the end',
      KEEP,
      ['A hole', 'Security'],
      KEEP.replace('- A bug.\n', '- A bug.\n\n### Security\n\n- A hole.\n'),
    ],
    [
      'a plain list with stars and no full stops',
      '# Changes\n\n## Unreleased\n* One\n* Two\n\n## 1.0\n* Zero\n',
      ['Three.', 'Added'],
      '# Changes\n\n## Unreleased\n* One\n* Two\n* Three\n\n## 1.0\n* Zero\n',
    ],
    [
      'no heading for it',
      '# Changelog\n\n## 0.1.0\n\n- First.\n',
      ['Second', 'Added'],
      '# Changelog\n\n## Unreleased\n\n- Second.\n\n## 0.1.0\n\n- First.\n',
    ],
    [
      'a heading in brackets where the others have them',
      '## [0.1.0]\n\n### Added\n\n- First.\n',
      ['Second', 'Fixed'],
      '## [Unreleased]\n\n### Fixed\n\n- Second.\n\n## [0.1.0]\n\n### Added\n\n- First.\n',
    ],
    ['an empty file', '', ['First', 'Added'], '# Changelog\n\n## Unreleased\n\n- First\n'],
    [
      'ends of lines as they are',
      '## Unreleased\r\n\r\n- A\r\n',
      ['B', 'Added'],
      '## Unreleased\r\n\r\n- A\r\n- B\r\n',
    ],
  ] as const)
    it(`writes into ${what}`, () => assert.equal(added(before, [...entry]), after));

  it('says nothing twice, whatever its case and its end', () => {
    assert.deepEqual(addEntries(KEEP, [{ text: 'a  BUG', section: 'Fixed' }]).added, []);
    assert.deepEqual(
      addEntries(KEEP, [{ text: 'All', section: 'Added' }]).added.length,
      1,
      'an older version may have said it',
    );
    assert.equal(
      addEntries(KEEP, [
        { text: 'X', section: 'Added' },
        { text: 'x.', section: 'Fixed' },
      ]).added.length,
      1,
    );
  });

  it('tells of a commit what a user sees', () => {
    assert.deepEqual(entryOfSubject('feat(cli): show more'), { text: 'Show more', section: 'Added' });
    assert.deepEqual(entryOfSubject('refactor!: drop Node 18'), {
      text: 'Breaking: Drop Node 18',
      section: 'Changed',
    });
    assert.equal(entryOfSubject('chore: deps'), null);
    assert.equal(entryOfSubject('Fix it'), null);
  });

  it('plans a patch of the file; from the commits since the last tag where no text is given', async () => {
    await using repo = await makeRepository();
    repo.commit({ 'CHANGELOG.md': KEEP }, { message: 'feat: before' });
    repo.run('tag', 'v1.0.0');
    repo.commit({ a: '1' }, { message: 'feat: a "new" thing' });
    repo.commit({ a: '2' }, { message: 'chore: nothing to tell' });
    repo.commit({ a: '3' }, { message: 'fix: a bug' });
    using folder = planFolder({}, repo.root);
    const recipe = changelog(() => repo.program());
    const plan = await recipe.plan(folder.world, {});
    const step = plan.steps[0];
    assert.ok(step?.tool === 'patch');
    const result = applyHunks(KEEP, readPatch(step.diff)[0]!);
    assert.ok(result.ok);
    assert.equal(result.text, KEEP.replace('- A thing.\n', '- A thing.\n- A "new" thing.\n'));
    const own = await recipe.plan(folder.world, { text: '- Fix\n  the  clock' });
    assert.equal(own.sentence, 'Add "Fix the clock" to CHANGELOG.md.');
    assert.match(
      await refusal(recipe.plan(folder.world, { text: 'A bug' })),
      /^conflict: CHANGELOG\.md says that already/,
    );
    assert.match(
      await refusal(recipe.plan(folder.world, { text: 'x', section: 'Nope' })),
      /^bad_input: section: "Nope"/,
    );
    repo.run('tag', 'v1.1.0');
    assert.match(await refusal(recipe.plan(folder.world, {})), /no commit since v1\.1\.0/);
  });

  it('refuses where there is none, and where another tool writes it', async () => {
    using folder = planFolder({ 'a.txt': '' });
    const recipe = changelog(async () => assert.fail('no git is needed'));
    assert.match((await recipe.unavailable(folder.world))!, /no changelog here/);
    assert.match(
      await refusal(recipe.plan(folder.world, { text: 'x', file: '.git/config' })),
      /never touched/,
    );
    folder.write({ 'CHANGES.md': '', '.changeset/config.json': '{}' });
    assert.match(await refusal(recipe.plan(folder.world, { text: 'x' })), /Changesets/);
  });
});
