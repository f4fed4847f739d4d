import { useSession } from '../../data/session.ts';
import { useLive } from '../../data/use-live.ts';
import { problemOf } from '../../model/problem.ts';
import { Button } from '../../parts/button.tsx';
import { Strip } from '../../parts/states.tsx';

/** That nothing new is kept, and what switches it on again. Asked when the view opens or comes back. */
export function ThoughtsOff() {
  const { client, notify } = useSession();
  const live = useLive(
    'thoughts setting',
    async (api, signal) => (await api.settings.get({}, { signal })).language.thoughts,
    () => false,
  );
  const turnOn = async () => {
    try {
      const { language } = await client.api.settings.update({ language: { thoughts: true } });
      live.set(() => language.thoughts);
    } catch (error) {
      notify({ tone: 'failed', text: `Not changed. ${problemOf(error).text}` });
    }
  };
  if (live.data !== false) return null;
  return (
    <Strip tone="info" action={<Button onClick={() => void turnOn()}>Keep thoughts</Button>}>
      Thoughts on new answers are not kept: the setting <code>progeny.language.thoughts</code> is off. Earlier
      ones stay until their conversation is forgotten.
    </Strip>
  );
}
