import { Blank } from '../../parts/states.tsx';

export function HeritageRoute() {
  return <Blank whole icon="notebook" title="What it knows" />;
}
