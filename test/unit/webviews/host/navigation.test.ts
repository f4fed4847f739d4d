import assert from 'node:assert/strict';
import { MemoryNavigation } from '../../../../webviews/host/navigation.ts';
import { HOME, type Location, to } from '../../../../webviews/model/location.ts';

describe('navigation without an address bar', () => {
  it('tells a move once, remembers it, and stays silent when nothing moves', () => {
    const remembered: Location[] = [];
    const heard: Location[] = [];
    const navigation = new MemoryNavigation(HOME, (location) => remembered.push(location));
    const listening = navigation.onMove((location) => heard.push(location));
    navigation.go(to('loops'));
    navigation.go(to('loops'));
    assert.deepEqual(navigation.current, to('loops'));
    listening.dispose();
    navigation.go(to('brief'));
    assert.deepEqual(heard, [to('loops')]);
    assert.deepEqual(remembered, [to('loops'), to('brief')]);
  });
});
