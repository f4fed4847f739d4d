import type { AskerPlace } from '../../webviews/model/asker-place.ts';
import { to } from '../../webviews/model/location.ts';
import { routeOf as asRoute } from '../webview/route-of.ts';

/** The place in the web app where a question can be typed at once; about a place it begins a conversation. */
export function chatRoute(place: AskerPlace | null): string {
  if (!place) return asRoute(to('chat', null, { focus: '1' }));
  const { file, line, selection } = place;
  return asRoute(
    to('chat', null, {
      new: '1',
      focus: '1',
      file,
      ...(line !== undefined && { line: String(line) }),
      ...(selection !== undefined && { selection }),
    }),
  );
}

export type CouncilPlace = { readonly proposal: string } | { readonly show: 'ask' | 'asked' };

export function councilRoute(place: CouncilPlace): string {
  if ('proposal' in place) return asRoute(to('council', place.proposal));
  if (place.show === 'ask') return asRoute(to('council', null, { ask: '1' }));
  return asRoute(to('council'));
}
