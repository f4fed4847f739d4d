import { Blank } from '../../parts/states.tsx';

export function GuildsRoute() {
  return <Blank whole icon="organization" title="Panels" />;
}
