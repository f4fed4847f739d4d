import type { Grant, SelfState } from '../../../companion/protocol/index.ts';
import { useSession } from '../../data/session.ts';
import { useLive } from '../../data/use-live.ts';
import { concernsWheel } from '../wheel/use-wheel.ts';

/** Leave for the folder, the newest first; what has ended among it. */
export function useGrants() {
  const { workspace } = useSession();
  return useLive<Grant[]>(
    `grants ${workspace}`,
    (api, signal) => api.grants.list({ ...(workspace !== null && { workspace }) }, { signal }),
    concernsWheel,
  );
}

/** What the tier is by now, and the trust behind it. */
export function useStanding() {
  return useLive<SelfState>(
    'standing',
    (api, signal) => api.self.state({}, { signal }),
    ({ type }) => /^(limbic|self|wheel)\b/.test(type),
  );
}
