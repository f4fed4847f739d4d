import { Skeleton } from '../../parts/states.tsx';
import { ProblemBlank, ProblemStrip } from '../problem-view.tsx';
import { Recipes } from './recipes.tsx';
import { RunList } from './run-list.tsx';
import { useRecipes, useRuns } from './use-wheel.ts';
import { WheelNav } from './wheel-nav.tsx';

/** Runs by whose turn it is, then what can be delegated here. */
export function WheelPage() {
  const runs = useRuns();
  const recipes = useRecipes();
  const retry = () => {
    runs.refresh();
    recipes.refresh();
  };
  return (
    <div class="split">
      <header class="page-head">
        <div>
          <h1>
            Delegated work <small>· take the wheel</small>
          </h1>
          <p class="sub">Previewed first, done only with your leave, and undone by one click</p>
        </div>
      </header>
      <div class="split-main">
        <WheelNav current="wheel" />
        {runs.problem && runs.data && <ProblemStrip problem={runs.problem} at={runs.at} />}
        {runs.problem && !runs.data && <ProblemBlank problem={runs.problem} retry={retry} />}
        {!runs.problem && !runs.data && <Skeleton rows={4} label="Loading the runs" />}
        {runs.data && <RunList runs={runs.data} />}
        {/* What went wrong is said once. */}
        {(runs.data || !runs.problem) && (
          <section class="recipes" aria-labelledby="recipes-title">
            <h2 id="recipes-title" class="group-head">
              What can be delegated here <small>· recipes</small>
            </h2>
            {recipes.problem && !recipes.data && (
              <ProblemBlank problem={recipes.problem} retry={recipes.refresh} />
            )}
            {!recipes.problem && !recipes.data && <Skeleton rows={3} label="Loading what can be delegated" />}
            {recipes.data && <Recipes recipes={recipes.data} />}
          </section>
        )}
      </div>
    </div>
  );
}
