import type { AdviserDetails, Mask } from '../../../companion/protocol/index.ts';
import { Link } from '../../app/link.tsx';
import { compareMasks } from '../../model/compare-masks.ts';
import { ARCHETYPE_WORDS, PRIORITY_NAMES, recordWords, weightWords } from '../../model/council-words.ts';
import { to } from '../../model/location.ts';
import { percent } from '../../model/why.ts';
import { count } from '../../model/words.ts';
import { MaskFace } from '../../parts/mask-face.tsx';
import { Moment } from '../../parts/moment.tsx';
import { ShareBar } from '../../parts/share-bar.tsx';
import { DetailsPanel } from '../details-panel.tsx';
import { RecordChart } from './record-chart.tsx';
import { ToneLabel } from './tone-label.tsx';
import { useAdviser } from './use-gallery.ts';

interface Props {
  ids: readonly [string, string];
  masks: readonly Mask[];
}

/** Two masks side by side: what sets them apart in cares, record and votes. */
export function CompareMasks({ ids: [one, other] }: Props) {
  const first = useAdviser(one);
  const second = useAdviser(other);
  const both = first.data && second.data ? ([first.data, second.data] as const) : null;
  const problem = first.data ? second.problem : first.problem;
  const refresh = () => {
    first.refresh();
    second.refresh();
  };
  return (
    <DetailsPanel
      label="Comparison"
      back={to('masks', one)}
      backWords="Back to one"
      live={{ problem, refresh }}
      heading={
        both && (
          <>
            <bdi>{both[0].mask.name}</bdi> and <bdi>{both[1].mask.name}</bdi>
          </>
        )
      }
    >
      {both && <Compared both={both} />}
    </DetailsPanel>
  );
}

function Compared({ both }: { both: readonly [AdviserDetails, AdviserDetails] }) {
  const { priorities, together, disagreed } = compareMasks(...both);
  return (
    <>
      <div class="compare-heads">
        {both.map(({ mask, history }) => (
          <div key={mask.id} class="compare-head">
            <MaskFace id={mask.id} archetype={mask.archetype} tone={mask.tone} size={112} />
            <p>
              <Link to={to('masks', mask.id)}>
                <bdi>{mask.name}</bdi>
              </Link>
            </p>
            <p class="quiet">{ARCHETYPE_WORDS[mask.archetype].word}</p>
            <p class="quiet">
              <ToneLabel tone={mask.tone} />
            </p>
            <RecordChart history={history} last={16} />
            <p class="loop-meta">{[recordWords(mask.record), weightWords(mask.record.weight)].join(' · ')}</p>
          </div>
        ))}
      </div>
      <section class="details-part">
        <h3>What they care about</h3>
        <dl class="compare-cares">
          {priorities.map(({ name, values }) => (
            <div key={name}>
              <dt>{PRIORITY_NAMES[name]}</dt>
              {values.map((value, i) => (
                <dd key={i}>
                  <span class="unseen">{both[i as 0 | 1].mask.name}: </span>
                  <ShareBar share={value} /> {percent(value)}
                </dd>
              ))}
            </div>
          ))}
        </dl>
      </section>
      <section class="details-part">
        <h3>Where they disagreed</h3>
        <p class="quiet">
          {together === 0
            ? 'They have not voted on the same question yet.'
            : `Otherwise in ${disagreed.length} of the last ${count(together, 'question')} that both voted on.`}
        </p>
        <ul class="notes">
          {disagreed.map(({ proposal, question, at, choices, right }) => (
            <li key={proposal} class="mask-vote">
              <p>
                <Link to={to('council', proposal)} class="text">
                  <bdi>{question}</bdi>
                </Link>
              </p>
              <p>
                {choices.map((choice, i) => (
                  <span key={i}>
                    {i > 0 && ' · '}
                    <bdi>{both[i as 0 | 1].mask.name}</bdi>:{' '}
                    <strong>
                      <bdi>{choice ?? 'abstained'}</bdi>
                    </strong>
                    {right === i && ' (right)'}
                  </span>
                ))}
              </p>
              <p class="loop-meta">
                <Moment at={at} />
              </p>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}
