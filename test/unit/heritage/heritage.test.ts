import assert from 'node:assert/strict';
import fc from 'fast-check';
import { check, isUnderstood } from '../../../companion/heritage/check.ts';
import { inLines, inSentences } from '../../../companion/heritage/differences.ts';
import { parseStored, render } from '../../../companion/heritage/document.ts';
import type { HeritageContents } from '../../../companion/protocol/index.ts';
import { filledScene, Scene } from './scene.ts';

const BECAUSE = { source: 'convergence', reason: 'Asked' } as const;

const line = fc
  .string({ minLength: 1, maxLength: 40, unit: 'grapheme' })
  .filter((text) => text.trim() === text && text !== '');
const core: fc.Arbitrary<HeritageContents['core']> = fc
  .record({
    name: line,
    values: fc.array(line, { maxLength: 5 }),
    hardLines: fc.array(line, { maxLength: 5 }),
    rememberedBy: line,
  })
  .map((fields) => ({ version: 1, ...structuredClone(fields) }));

describe('heritage', () => {
  it('each change is a version with source and reason; what is left out stays; no change is none', async () => {
    await using scene = await Scene.make();
    const { heritage } = scene;
    assert.equal(heritage.get('core').version, 0);
    heritage.change('core', { name: 'Ana' }, BECAUSE);
    heritage.change('core', { values: ['care'] }, { source: 'template', reason: 'steady' });
    heritage.change('core', { values: ['care'] }, BECAUSE);
    assert.deepEqual([heritage.current.core.name, heritage.current.core.values], ['Ana', ['care']]);
    assert.deepEqual(
      heritage.versions('core', 10).map(({ version, source, reason }) => [version, source, reason]),
      [
        [2, 'template', 'steady'],
        [1, 'convergence', 'Asked'],
      ],
    );
    assert.throws(() => heritage.change('core', { name: 'x'.repeat(101) }, BECAUSE), { code: 'bad_input' });
  });

  it('is part of a larger change, or is not made', async () => {
    await using scene = await Scene.make();
    const { heritage, store } = scene;
    assert.throws(() =>
      store.mind.transact((tx) => {
        heritage.learn({ hypothesis: 'hypothesis_1', text: 'x', except: null }, 'Confirmed', tx);
        throw new Error('no');
      }),
    );
    assert.deepEqual(heritage.current.learned.beliefs, []);
    store.mind.transact((tx) => {
      heritage.learn({ hypothesis: 'hypothesis_1', text: 'x', except: null }, 'Confirmed', tx);
      heritage.learn({ hypothesis: 'hypothesis_2', text: 'y', except: null }, 'Confirmed', tx);
    });
    assert.deepEqual([heritage.get('learned').version, heritage.current.learned.beliefs.length], [2, 2]);
  });

  it('learns a belief once, rewords it under the same hypothesis, and unlearns it', async () => {
    await using scene = await filledScene();
    const { heritage, clock } = scene;
    clock.advance(3 * 86_400_000);
    heritage.learn({ hypothesis: 'hypothesis_1', text: 'Tests first', except: 'for hotfixes' }, 'It depends');
    assert.deepEqual(heritage.current.learned.beliefs[0], {
      hypothesis: 'hypothesis_1',
      text: 'Tests first',
      except: 'for hotfixes',
      since: '2026-03-02',
    });
    const { version } = heritage.unlearn('hypothesis_1', 'Denied');
    assert.equal(heritage.unlearn('hypothesis_1', 'Denied').version, version);
    assert.deepEqual(heritage.diff('learned').words, ['No longer held: "Tests first".']);
    assert.deepEqual(heritage.diff('learned', 2, 3).words, [
      'Reworded: "Tests before the fix" is "Tests first" now.',
    ]);
  });

  it('restores as a new version; of what was learned only what still has its hypothesis', async () => {
    await using scene = await filledScene();
    const { heritage } = scene;
    heritage.change('core', { name: 'Bo' }, BECAUSE);
    assert.equal(heritage.restore('core', 1).content.name, 'Ana');
    assert.deepEqual([heritage.get('core').version, heritage.get('core').source], [3, 'restore']);
    heritage.unlearn('hypothesis_1', 'Denied');
    assert.throws(() => heritage.restore('learned', 2), { code: 'conflict' });
    assert.throws(() => heritage.restore('core', 9), /There is no version 9 of core\. There are 3, 2, 1\./);
  });

  it('the events hold no content', async () => {
    await using scene = await filledScene();
    const log = JSON.stringify(scene.store.mind.events(0, 1000));
    for (const word of ['Ana', 'clarity', 'Small commits', 'Told so']) assert.ok(!log.includes(word), word);
  });

  it('what is written is read back as it was, and lines and sentences tell of every change', () => {
    fc.assert(
      fc.property(core, core, (before, after) => {
        const text = render('core', before);
        const read = check('core', Buffer.from(text));
        assert.ok(isUnderstood(read));
        assert.deepEqual(read.content, before);
        assert.deepEqual(parseStored('core', text), before);
        const lines = inLines('core', before, after);
        const side = (kind: string) => lines.filter((each) => each.kind === 'same' || each.kind === kind);
        assert.equal(
          `${side('removed')
            .map((each) => each.text)
            .join('\n')}\n`,
          text,
        );
        assert.equal(
          `${side('added')
            .map((each) => each.text)
            .join('\n')}\n`,
          render('core', after),
        );
        const same = render('core', before) === render('core', after);
        assert.equal(inSentences('core', before, after).length === 0, same);
      }),
      { numRuns: 200, seed: 20260302 },
    );
  });

  it('says in sentences what differs', () => {
    const base: HeritageContents['preferences'] = {
      version: 1,
      flow: 'quiet mornings',
      flowKillers: ['meetings', 'chat'],
      overwhelm: '',
      standard: 'done',
      peakHours: [],
      neverTouch: [],
      temperament: '',
      more: { weather: 'rain' },
    };
    assert.deepEqual(
      inSentences('preferences', base, {
        ...base,
        flow: '',
        flowKillers: ['chat', 'meetings'],
        overwhelm: 'space',
        standard: 'perfect',
        peakHours: [{ from: '09:00', until: '11:00' }],
        more: { weather: 'snow' },
      }),
      [
        '`flow` is empty now; it was "quiet mornings".',
        '`flowKillers` stands in another order.',
        '`overwhelm` is now "space".',
        '`standard` is now "perfect"; it was "done".',
        '`peakHours` has {"from":"09:00","until":"11:00"} now.',
        '`more.weather` is now "snow"; it was "rain".',
      ],
    );
  });
});
