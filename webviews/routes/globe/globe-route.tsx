import { Blank } from '../../parts/states.tsx';

export function GlobeRoute() {
  return <Blank whole icon="globe" title="Your work" />;
}
