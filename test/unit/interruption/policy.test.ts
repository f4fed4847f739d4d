import assert from 'node:assert/strict';
import type { PolicyEvent } from '../../../companion/interruption/transition.ts';
import {
  active,
  blur,
  born,
  commit,
  debug,
  focus,
  HOUR,
  prompt,
  rulesOf,
  SECOND,
  START,
  save,
  test,
  tick,
  typing,
} from './simulation/events.ts';
import { A, atWork, run, type Script } from './simulation/script.ts';

describe('policy: boundaries', () => {
  const cases: readonly [name: string, moment: string, script: Script, at: number][] = [
    ['a commit', 'commit', [...atWork, [120, A], [121, commit()]], 121],
    ['a green test run', 'tests_green', [...atWork, [120, A], [125, test('one', true)]], 125],
    [
      'a debug session that ended',
      'debug_ended',
      [...atWork, [101, debug('one', true)], [120, A], [130, debug('one', false)]],
      130,
    ],
    ['focus regained', 'focus', [...atWork, [110, blur('one')], [120, A], [300, focus('one')]], 300],
    ['45 s idle', 'idle', [...atWork, [120, A], [146, active('one')], [300, commit('/other')]], 145],
    [
      'a save followed by 60 s without typing',
      'save',
      [
        ...atWork,
        [110, save('one')],
        [120, A],
        [140, active('one')],
        [165, active('one')],
        [171, active('one')],
      ],
      170,
    ],
    [
      'a save whose typing is told a little later',
      'save',
      [
        ...atWork,
        [110, save('one')],
        [112, typing('one')],
        [120, A],
        [150, active('one')],
        [171, active('one')],
        [173, active('one')],
      ],
      172,
    ],
    ['a boundary just before the candidate', 'commit', [...atWork, [130, commit()], [140, A]], 140],
    [
      'a commit while typing was just over',
      'commit',
      [...atWork, [120, A], [128, typing('one')], [130, commit()], [139, active('one')]],
      138.001,
    ],
  ];
  for (const [name, moment, script, at] of cases) {
    it(`speaks after ${name}`, () => {
      const end = START + script.at(-1)![0] * SECOND;
      const { shows } = run(script).to(end);
      assert.deepEqual(shows, [{ at: START + at * SECOND, candidate: 'kind:a:1', window: 'one', moment }]);
    });
  }

  const silent: readonly [name: string, script: Script][] = [
    ['a red test run', [...atWork, [120, A], [125, test('one', false)]]],
    ['a save alone', [...atWork, [110, save('one')], [120, A], [140, active('one')]]],
    [
      'a save that typing followed',
      [
        ...atWork,
        [110, save('one')],
        [114, typing('one')],
        [130, A],
        [150, active('one')],
        [180, active('one')],
      ],
    ],
    ['a commit that typing followed', [...atWork, [115, commit()], [117, typing('one')], [130, A]]],
    ['a commit in another folder', [...atWork, [120, A], [121, commit('/other')]]],
    ['a debug session that was never seen to run', [...atWork, [120, A], [121, debug('one', false)]]],
    ['focus told again', [...atWork, [120, A], [121, focus('one')]]],
    [
      'a boundary that is over',
      [...atWork, [120, commit()], [150, active('one')], [181, A], [189, active('one')]],
    ],
    [
      'idleness that lasts: nobody may be there',
      [
        [0, focus('one')],
        [200, A],
        [4000, active('one')],
      ],
    ],
  ];
  for (const [name, script] of silent) {
    it(`stays silent after ${name}`, () => {
      const { shows, silences } = run(script);
      assert.deepEqual(shows, []);
      assert.equal(silences.at(-1)?.gate, 'boundary');
    });
  }

  it('knows a window of several folders by any of them, and takes its signals once', () => {
    const both = (event: (window: string, folder: string) => PolicyEvent, at: number): Script => [
      [at, event('one', '/w')],
      [at, event('one', '/v')],
    ];
    const script: Script = [
      ...both((window, folder) => focus(window, folder), 0),
      [20, born('kind:a:1', { workspace: '/v' })],
      [50, born('kind:b:1', { workspace: '/w' })],
    ];
    const { shows } = run(script, rulesOf({ refractoryMinutes: 0, maxRefractoryMinutes: 0 })).to(
      START + 2 * HOUR,
    );
    assert.deepEqual(
      shows.map(({ candidate, moment }) => `${candidate} ${moment}`),
      ['kind:a:1 focus'],
    );
  });
});

describe('policy: gates', () => {
  const cases: readonly [gate: string, script: Script, rules?: ReturnType<typeof rulesOf>][] = [
    ['paused', [...atWork, [110, { kind: 'pause', until: START + HOUR }], [120, A], [130, commit()]]],
    ['quiet', [...atWork, [120, A], [130, commit()]], rulesOf({ quietFrom: '09:00', quietUntil: '11:00' })],
    [
      'quiet',
      [...atWork, [120, A], [130, commit()]],
      rulesOf({ quietFrom: '22:00', quietUntil: '07:00' }, { offsetMinutes: 13 * 60 }),
    ],
    ['day', [...atWork, [120, A], [130, commit()]], rulesOf({ perDay: 0 })],
    ['unfocused', [...atWork, [110, blur('one')], [120, A], [130, commit()]]],
    ['unfocused', [...atWork, [110, { kind: 'left', window: 'one' }], [120, A]]],
    ['workspace', [...atWork, [120, born('kind:a:1', { workspace: '/other' })], [130, commit()]]],
    ['debugging', [...atWork, [110, debug('one', true)], [120, A], [130, commit()]]],
    ['prompt', [...atWork, [110, prompt('one', true)], [120, A], [130, commit()]]],
    ['typing', [...atWork, [120, A], [129, typing('one')], [130, commit()]]],
    [
      'typing',
      [
        [0, focus('one')],
        [5, A],
      ],
    ],
    ['typing', [...atWork, [120, A], [129, typing('two')], [130, commit()]]],
    ['boundary', [...atWork, [120, A]]],
  ];
  for (const [gate, script, rules = rulesOf()] of cases) {
    it(`${gate}: keeps silent and says so (${script.length} steps, ${rules.settings.interruption.quietFrom})`, () => {
      const { shows, silences } = run(script, rules);
      assert.deepEqual(shows, []);
      assert.equal(silences.at(-1)?.gate, gate);
    });
  }

  it('holds for what bypasses the budget, except the budget', () => {
    const bypassing = cases.map(
      ([gate, script, rules]) =>
        [
          gate,
          script.map(([at, event]) =>
            event.kind === 'born'
              ? ([at, { ...event, candidate: { ...event.candidate, bypass: true } }] as const)
              : ([at, event] as const),
          ),
          rules,
        ] as const,
    );
    for (const [gate, script, rules] of bypassing) {
      const { shows } = run(script, rules);
      assert.equal(shows.length, gate === 'day' ? 1 : 0, gate);
    }
  });

  it('names the gate that would remain', () => {
    const script: Script = [
      ...atWork,
      [110, { kind: 'pause', until: START + HOUR }],
      [111, debug('one', true)],
      [120, A],
      [130, commit()],
    ];
    assert.equal(run(script, rulesOf({ perDay: 0 })).silences.at(-1)?.gate, 'paused');
    const unpaused = script.filter(([, { kind }]) => kind !== 'pause');
    assert.equal(run(unpaused, rulesOf({ perDay: 0 })).silences.at(-1)?.gate, 'day');
    assert.equal(run(unpaused).silences.at(-1)?.gate, 'debugging');
  });

  it('opens at the very end of a pause, of quiet hours, of the day and of the refractory period', () => {
    const ends: readonly [gate: string, rules: ReturnType<typeof rulesOf>, before: Script, at: number][] = [
      ['paused', rulesOf(), [[60, { kind: 'pause', until: START + 645_500 }]], 645.5],
      ['quiet', rulesOf({ quietFrom: '09:00', quietUntil: '10:11' }), [], 660],
      ['refractory', rulesOf({ refractoryMinutes: 10.5 }), [[20, born('kind:b:1')]], 650],
      [
        'day',
        rulesOf({ perDay: 1, refractoryMinutes: 1 }, { offsetMinutes: -311 }),
        [[20, born('kind:b:1')]],
        660,
      ],
    ];
    for (const [gate, rules, before, at] of ends) {
      const script: Script = [[0, focus('one')], ...before, [120, A], [630, commit()], [640, active('one')]];
      const { shows, silences } = run(script, rules).to(START + 680 * SECOND);
      assert.equal(silences.findLast(({ candidate }) => candidate === 'kind:a:1')?.gate, gate);
      assert.deepEqual(
        shows.filter(({ candidate }) => candidate === 'kind:a:1').map((tap) => (tap.at - START) / SECOND),
        [at],
        gate,
      );
    }
  });

  it('ends the typing gate only after the full grace', () => {
    const script: Script = [...atWork, [120, A], [129, typing('one')], [130, commit()]];
    assert.deepEqual(run(script).do(START + 139 * SECOND, tick).shows, []);
    assert.equal(run(script).to(START + 139 * SECOND + 1).shows.length, 1);
  });

  it('lets only one tap be open', () => {
    const rules = rulesOf({ refractoryMinutes: 0, maxRefractoryMinutes: 0 });
    const script: Script = [...atWork, [120, A], [121, commit()], [122, born('kind:b:1')], [130, commit()]];
    const { shows, silences } = run(script, rules);
    assert.equal(shows.length, 1);
    assert.deepEqual(
      silences.filter(({ candidate }) => candidate === 'kind:b:1').map(({ gate }) => gate),
      ['prompt', 'prompt'],
    );
  });

  it('takes the focus of the last window that said so', () => {
    const script: Script = [...atWork, [110, focus('two')], [111, blur('one')], [120, A]];
    assert.equal(run(script).to(START + 121 * SECOND).shows[0]?.window, 'two');
  });

  it('prefers what would be lost, then what has waited longest, and says so to the others', () => {
    const script: Script = [
      ...atWork,
      [120, born('kind:b:1')],
      [121, A],
      [122, born('work_at_risk:l:1', { bypass: true })],
      [130, commit()],
    ];
    const { shows, silences } = run(script);
    assert.deepEqual(
      shows.map(({ candidate }) => candidate),
      ['work_at_risk:l:1'],
    );
    assert.deepEqual(
      silences.filter(({ moment }) => moment === 'commit').map(({ candidate, gate }) => [candidate, gate]),
      [
        ['kind:b:1', 'outranked'],
        ['kind:a:1', 'outranked'],
      ],
    );
    const calm = run(script.filter(([at]) => at !== 122));
    assert.equal(calm.shows[0]?.candidate, 'kind:b:1');
  });
});
