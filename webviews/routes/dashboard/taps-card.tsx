import type { InterruptionInWords } from '../../../companion/protocol/index.ts';
import { RANGES, type Range } from '../../model/overview/range.ts';
import { shown as shownText } from '../../model/overview/shown.ts';
import { budgetWords, engagedShare, paceWords, sentence, tapKind } from '../../model/overview/tap-words.ts';
import { count } from '../../model/words.ts';
import { useFirst } from '../../parts/first.tsx';
import { Icon } from '../../parts/icon.tsx';
import type { IconName } from '../../parts/icon-table.ts';
import { Moment } from '../../parts/moment.tsx';
import { ShareBar } from '../../parts/share-bar.tsx';
import { Card, CardBlank } from './card.tsx';
import { type Taps, useTaps } from './use-dashboard.ts';

/** When it spoke, when it held back and why, and how that was received. */
export function TapsCard({ range, now }: { range: Range; now: number }) {
  const live = useTaps(range);
  return (
    <Card title="When it spoke up" product="taps" live={live} loading="Loading the log of taps">
      {(taps) => <Body taps={taps} range={range} now={now} />}
    </Card>
  );
}

function Body({ taps: { stats, rows }, range, now }: { taps: Taps; range: Range; now: number }) {
  const { shown, engaged, dismissed, ignored, byMoment, silences, adapted } = stats;
  const kept = silences.reduce((sum, { n }) => sum + n, 0);
  const pace = paceWords(stats.medianResponseMs);
  const first = useFirst(silences, 4);
  return (
    <>
      <p>{budgetWords(stats, now)}</p>
      {shown + kept === 0 ? (
        <CardBlank>
          Nothing was told or kept back in {RANGES[range]}. Each decision to speak or to stay silent is noted
          here, with its reason.
        </CardBlank>
      ) : (
        <p class="quiet">
          In {RANGES[range]}: {count(shown, 'tap')}, {engaged} taken up, {dismissed} turned down, {ignored}{' '}
          unanswered
          {pace && `; ${pace}`}.
        </p>
      )}
      {byMoment.length > 0 && (
        <table class="dash-table">
          <caption class="unseen">Taps by the moment at which they came</caption>
          <thead>
            <tr>
              <th scope="col">It came</th>
              <th scope="col" class="number">
                told
              </th>
              <th scope="col">taken up</th>
            </tr>
          </thead>
          <tbody>
            {byMoment.map((row) => (
              <tr key={row.moment}>
                <th scope="row">
                  <bdi>{shownText(row.words)}</bdi>
                </th>
                <td class="number">{row.shown}</td>
                <td>
                  <span class="share">
                    <ShareBar share={engagedShare(row)} /> {row.engaged}
                  </span>
                  <span class="unseen">
                    , {row.dismissed} turned down, {row.ignored} unanswered
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {kept > 0 && (
        <section aria-label="Kept back">
          <h3>Kept back {count(kept, 'time')}, because</h3>
          <ul class="tally">
            {first.shown.map(({ gate, words, n }) => (
              <li key={gate}>
                <span class="number">{n.toLocaleString('en-GB')}</span>
                <bdi>{shownText(words)}</bdi>
              </li>
            ))}
          </ul>
          {first.more}
        </section>
      )}
      {adapted.length > 0 && (
        <section aria-label="What it made of that">
          <h3>What it made of that</h3>
          <ul class="dash-lines">
            {adapted.map(({ name, moment, words }) => (
              <li key={`${name} ${moment}`}>
                <bdi>{shownText(words)}</bdi>
              </li>
            ))}
          </ul>
        </section>
      )}
      {rows.length > 0 && <Recent rows={rows} />}
    </>
  );
}

const OUTCOMES: Record<NonNullable<InterruptionInWords['outcome']>, IconName> = {
  engaged: 'pass',
  dismissed: 'circle-slash',
  ignored: 'circle',
};

/** The last decisions, each with its reason. */
function Recent({ rows }: { rows: readonly InterruptionInWords[] }) {
  const { shown, more } = useFirst(rows, 5);
  return (
    <section aria-label="The last decisions">
      <h3>The last decisions</h3>
      <ol class="decisions">
        {shown.map((row) => (
          <li key={row.id}>
            <Icon name={row.gate !== null ? 'mute' : row.outcome ? OUTCOMES[row.outcome] : 'comment'} />
            <span>
              <strong>{tapKind(shownText(row.candidate))}</strong>{' '}
              <span class="quiet">
                <bdi>{shownText(sentence(row.words))}</bdi>. <Moment at={row.at} />
              </span>
            </span>
          </li>
        ))}
      </ol>
      {more}
    </section>
  );
}
