import { Button } from '../../parts/button.tsx';
import type { Conversation } from './convergence-route.tsx';

/** Ends it in one action. */
export function SkipAll({ form, busy, change, go }: Conversation) {
  const skip = async () => {
    const done = await change((api) => api.convergence.skip({ all: true, ...(form && { form }) }));
    if (done) go('mirror');
  };
  return (
    <Button aria-disabled={busy} onClick={() => void skip()}>
      Skip all
    </Button>
  );
}
