import type { RouteProps } from '../../app/routes.ts';
import { RunPage } from './run-page.tsx';
import { WheelPage } from './wheel-page.tsx';

/** Delegated work: all of it, or one run whole. */
export function WheelRoute({ location }: RouteProps) {
  return location.id === null ? <WheelPage /> : <RunPage key={location.id} id={location.id} />;
}
