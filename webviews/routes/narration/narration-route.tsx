import { Blank } from '../../parts/states.tsx';

export function NarrationRoute() {
  return <Blank whole icon="book" title="Story" />;
}
