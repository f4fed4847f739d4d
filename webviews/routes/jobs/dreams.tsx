import { useState } from 'preact/hooks';
import type { Dream, Job } from '../../../companion/protocol/index.ts';
import { useSession } from '../../data/session.ts';
import { useLive } from '../../data/use-live.ts';
import { DREAM_STATUS, dreamDay, stageWords } from '../../model/overview/dream-words.ts';
import { shown as shownText } from '../../model/overview/shown.ts';
import { problemOf } from '../../model/problem.ts';
import { Button } from '../../parts/button.tsx';
import { useFirst } from '../../parts/first.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Card, CardBlank } from '../dashboard/card.tsx';

const NIGHTS = 14;
const SHOWN = 3;

/** The nightly run: what the last ones did, and the way to have one now. */
export function Dreams({ running }: { running: Job | null }) {
  const live = useLive<Dream[]>(
    'dreams',
    (api, signal) => api.dreams.list({ limit: NIGHTS }, { signal }),
    ({ type }) => /^dream\b/.test(type),
  );
  return (
    <Card
      title="Nightly run"
      product="dream"
      live={live}
      loading="Loading the nights"
      action={<DreamNow running={running !== null} />}
    >
      {(dreams) => <Nights dreams={dreams} />}
    </Card>
  );
}

function Nights({ dreams }: { dreams: readonly Dream[] }) {
  const { shown, more } = useFirst(dreams, SHOWN);
  if (dreams.length === 0)
    return (
      <CardBlank>
        There has been none yet. At night, or when you pause after it, it merges what says the same, draws
        themes and looks for contradictions.
      </CardBlank>
    );
  return (
    <>
      <ol class="nights">
        {shown.map((dream, i) => (
          <Night key={dream.day} dream={dream} open={i === 0} />
        ))}
      </ol>
      {more}
    </>
  );
}

function Night({ dream, open }: { dream: Dream; open: boolean }) {
  const { day, status, startedAt, lines, review, theme } = dream;
  const { word, icon } = DREAM_STATUS[status];
  return (
    <li>
      <details open={open}>
        <summary>
          <Icon name={icon} /> <strong>{dreamDay(day)}</strong> <span class="quiet">· {word}</span>
        </summary>
        <div class="night">
          <ul class="dash-lines">
            {lines.map((line) => (
              <li key={line}>
                <bdi>{shownText(line)}</bdi>
              </li>
            ))}
            {lines.length === 0 && <li class="quiet">{stageWords(dream)}</li>}
          </ul>
          {theme && (
            <p class="quiet">
              Most of what was new: <bdi>{shownText(theme.name.join(', ') || theme.id)}</bdi>
            </p>
          )}
          {review.length > 0 && (
            <ul class="checks">
              {review.map(({ text }, i) => (
                <li key={i} class="warning">
                  <Icon name="eye" />
                  <bdi>{shownText(text)}</bdi>
                </li>
              ))}
            </ul>
          )}
          <p class="loop-meta">
            began <Moment at={startedAt} />
          </p>
        </div>
      </details>
    </li>
  );
}

/** Begins one; where there is too little that is new, says so and offers to do it all the same. */
function DreamNow({ running }: { running: boolean }) {
  const { client, notify } = useSession();
  const [busy, setBusy] = useState(false);
  const [little, setLittle] = useState(false);
  const begin = async (force: boolean) => {
    if (busy || running) return;
    setBusy(true);
    try {
      const { job, message } = await client.api.dreams.run({ force });
      setLittle(job === null);
      notify({ tone: 'done', text: message });
    } catch (error) {
      notify({ tone: 'failed', text: `Not begun. ${problemOf(error).text}` });
    }
    setBusy(false);
  };
  return (
    <Button icon="sparkle" aria-disabled={busy || running} onClick={() => void begin(little)}>
      {running ? 'Dreaming…' : little ? 'Dream all the same' : 'Dream now'}
    </Button>
  );
}
