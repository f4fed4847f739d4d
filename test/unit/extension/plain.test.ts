import assert from 'node:assert/strict';
import fc from 'fast-check';
import { inLabel, inMarkdown, inMessage, shorten } from '../../../extension/text/plain.ts';

describe('text of a repository', () => {
  it('draws no icon in a label', () => {
    fc.assert(fc.property(fc.string(), (text) => !/\$\(/.test(inLabel(text))));
    assert.equal(inLabel('a\nb\tc'), 'a b c');
  });

  it('makes no link in a notification', () => {
    fc.assert(fc.property(fc.string(), (text) => !/\]\(/.test(inMessage(text))));
    assert.doesNotMatch(inMessage('[x](command:y)'), /\]\(/);
  });

  it('means only itself in Markdown', () => {
    const characters = fc.constantFrom(...'[]()<>*_`$!#|~\\ a\n');
    fc.assert(
      fc.property(fc.array(characters), (parts) => {
        const escaped = inMarkdown(parts.join(''));
        assert.equal(escaped.replace(/\\(.)/g, '$1'), parts.join('').replace(/\s+/g, ' ').trim());
        assert.doesNotMatch(escaped.replace(/\\./g, ''), /[[\]()<>*_`$!#|~]/);
      }),
    );
  });

  it('is cut at a word, never within a character', () => {
    assert.equal(shorten('short', 24), 'short');
    assert.equal(shorten('handle the carriage returns', 16), 'handle the…');
    assert.equal(shorten('🧵🧵🧵🧵', 3), '🧵🧵…');
    fc.assert(
      fc.property(
        fc.string(),
        fc.integer({ min: 2, max: 40 }),
        (text, n) => [...shorten(text, n)].length <= n,
      ),
    );
  });
});
