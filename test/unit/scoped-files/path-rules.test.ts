import assert from 'node:assert/strict';
import { linkRefusal, refusalOf } from '../../../companion/scoped-files/index.ts';
import { foldCase } from '../../../companion/scoped-files/path-rules.ts';

describe('scoped-files/path-rules', () => {
  const ordinary = [
    'a',
    'src/index.ts',
    '..a/b..',
    'a..b',
    'über/ñame ✓.txt',
    '日本語/ファイル.md',
    'مستند.txt',
    'می‌خواهم.txt',
    '.gitignore',
    '.github/workflows/ci.yml',
    'git/notes',
    'envelope.ts',
    'environment',
    'a b.txt',
    'wait….md',
    '~/x',
    'key.ts',
  ];
  for (const path of ordinary)
    it(`leaves ${JSON.stringify(path)} alone`, () => assert.equal(refusalOf(path, 'linux'), null));

  const breaches: Readonly<Record<string, readonly string[]>> = {
    'goes up': [
      '..',
      '../x',
      'a/../../x',
      'a/..',
      '..\\x',
      'a\\..\\..\\x',
      '‥/x',
      '．．/x',
      '..／x',
      '.\u200b./x',
    ],
    'is absolute': ['/etc/passwd', '\\\\server\\share', '//server/share', '\\x', '/'],
    'names a drive': ['C:/x', 'c:\\x', 'C:x'],
    'cuts short': ['a\0b', 'a.txt\0.png'],
    'is a repository': [
      '.git',
      '.git/config',
      'a/.git/hooks/pre-commit',
      '.GIT/config',
      '.Git',
      'sub\\.git\\config',
    ],
    'would be a repository on HFS+': ['.g\u200cit/config', '.git\u200d', '\ufeff.git/hooks/x', '.gi\u202et'],
    'would be a repository on NTFS': [
      'git~1',
      'GIT~1/config',
      '.git.',
      '.git ',
      '.git . .',
      '.git::$INDEX_ALLOCATION/x',
      '.git:x',
    ],
    'looks like a repository': ['．git/config', '.ｇｉｔ/config', '.gіt/config', '․git', '.ɡit'],
    'holds secrets': [
      '.env',
      '.env.local',
      'a/.ENV',
      'k/server.pem',
      '.ssh/id_rsa',
      'id_ed25519',
      '.аws/credentials',
      '.e\u00adnv',
      '.еnv',
    ],
  };
  for (const [what, paths] of Object.entries(breaches))
    for (const path of paths)
      it(`[A3] ${JSON.stringify(path)} ${what}: a breach`, () => {
        for (const platform of ['linux', 'win32', 'darwin'] as const) {
          const refusal = refusalOf(path, platform);
          assert.equal(refusal?.breach, true, refusal?.why);
          assert.match(refusal?.why ?? '', /\.$/);
        }
      });

  const inTheWay = [
    '',
    'a//b',
    './a',
    'a/',
    'a/./b',
    'a\\b',
    'a\nb',
    'a\u001bb',
    'file\u202egpj.exe',
    'x'.repeat(256),
    '\ud800',
    'bad\ufffd',
  ];
  for (const path of inTheWay)
    it(`${JSON.stringify(path.slice(0, 20))} is refused, and is no breach`, () =>
      assert.equal(refusalOf(path, 'linux')?.breach, false));

  it('[A3] what only Windows takes otherwise is refused there', () => {
    for (const path of ['CON', 'nul.txt', 'a/aux.c', 'com1', 'COM¹', 'a.', 'a ', 'file:stream', 'what?'])
      assert.deepEqual([refusalOf(path, 'win32')?.breach, refusalOf(path, 'linux')], [false, null], path);
  });

  it('[A3] a link may lead only to where it may be written', () => {
    for (const target of ['b', '../a/b', './x', 'c/../d', '..'])
      assert.equal(linkRefusal('a/l', target), null, target);
    for (const target of [
      '/etc',
      '../../x',
      '../..',
      '../.git/config',
      '../.env',
      'C:/x',
      '',
      'a/../../../b',
    ])
      assert.equal(linkRefusal('a/l', target)?.breach, true, target);
  });

  it('case and normal form fold together', () => {
    for (const [one, other] of [
      ['README', 'readme'],
      ['é', 'e\u0301'],
      ['straße', 'STRASSE'],
      ['Σ', 'ς'],
    ] as const)
      assert.equal(foldCase(one), foldCase(other));
    assert.notEqual(foldCase('a'), foldCase('b'));
  });
});
