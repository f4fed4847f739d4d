import assert from 'node:assert/strict';
import {
  GUARD_ARGUMENTS,
  guardEnvironment,
  settingsEnvironment,
} from '../../../companion/git/environment.ts';

describe('git/environment', () => {
  it('[F10] keeps nothing that steers git, whatever the case of its letters', () => {
    const inherited = {
      PATH: '/bin',
      HOME: '/home/ana',
      GIT_DIR: '/x',
      GIT_EXTERNAL_DIFF: '/x',
      Git_Config_Count: '1',
      SSH_ASKPASS: '/x',
      LC_ALL: 'de_DE',
    };
    const kept = guardEnvironment(inherited);
    assert.deepEqual([kept.PATH, kept.HOME, kept.LC_ALL], ['/bin', '/home/ana', 'C']);
    assert.deepEqual(
      Object.keys(kept)
        .filter((key) => key in inherited)
        .sort(),
      ['HOME', 'LC_ALL', 'PATH'],
    );
  });

  it('[F10] shuts every door to a network and a prompt', () => {
    const { GIT_ALLOW_PROTOCOL, GIT_NO_LAZY_FETCH, GIT_TERMINAL_PROMPT, GIT_ASKPASS } = guardEnvironment({});
    assert.deepEqual(
      [GIT_ALLOW_PROTOCOL, GIT_NO_LAZY_FETCH, GIT_TERMINAL_PROMPT, GIT_ASKPASS],
      ['none', '1', '0', ''],
    );
    assert.ok(
      GUARD_ARGUMENTS.includes('--no-optional-locks') && GUARD_ARGUMENTS.includes('core.fsmonitor=false'),
    );
  });

  it('writes settings of any name', () => {
    assert.deepEqual(settingsEnvironment([['filter.a=b.clean', '']]), {
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'filter.a=b.clean',
      GIT_CONFIG_VALUE_0: '',
    });
  });
});
