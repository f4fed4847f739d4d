import assert from 'node:assert/strict';
import { memoryRoute, questionAbout } from '../../../extension/memory/question.ts';
import { parseLocation } from '../../../webviews/model/location.ts';

describe('a question about a spot', () => {
  it('is the selection, else the name at the cursor, else the line', () => {
    const spot = { selection: ' two\n  lines ', word: 'advance', line: '  return now;' };
    assert.equal(questionAbout(spot), 'two lines');
    assert.equal(questionAbout({ ...spot, selection: '' }), 'advance');
    assert.equal(questionAbout({ ...spot, selection: '', word: null }), 'return now;');
    assert.equal(questionAbout({ selection: '', word: null, line: '  ' }), '');
    assert.equal(questionAbout({ ...spot, selection: '😀'.repeat(900) }).length, 800);
  });

  it('survives its way into the web app', () => {
    const question = 'a=b & c? #d "é" 100 %';
    assert.deepEqual(parseLocation(`#/${memoryRoute(question)}`), {
      route: 'memory',
      id: null,
      query: { text: question, focus: 'search' },
    });
    assert.equal(memoryRoute(''), 'memory?focus=search');
  });
});
