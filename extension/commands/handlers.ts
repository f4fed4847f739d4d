import { storyOfDay } from '../story/story-document.ts';
import { closeToAgents, openToAgents } from './agent-door.ts';
import { answerRun } from './answer-run.ts';
import { ask, askAbout, councilFate } from './ask.ts';
import { startCompanion, stopCompanion } from './companion.ts';
import type { Handlers } from './context.ts';
import { decide } from './decide.ts';
import { doors } from './doors.ts';
import { dreamNow } from './dream-now.ts';
import { goToPlace, openLoop } from './go.ts';
import { recallAbout, searchMemory } from './memory.ts';
import { newLoop } from './new-loop.ts';
import { goToView, openApp } from './open-app.ts';
import { openWeb } from './open-web.ts';
import { pauseTaps, resumeTaps } from './pause-taps.ts';
import { quickActions } from './quick-actions.ts';
import { refresh } from './refresh.ts';
import { loopDefer, loopDone, loopDrop } from './settle-loop.ts';
import { keepRun, showLeftFiles, stopRun, undoRun } from './settle-run.ts';
import { showReport, showRun, showRunFiles } from './show-run.ts';
import { status } from './status.ts';
import { takeWheel, takeWheelHere } from './take-wheel.ts';
import { whisper } from './whisper.ts';

export const handlers: Handlers = {
  'progeny.openApp': openApp,
  'progeny.goToView': goToView,
  'progeny.showBrief': ({ showApp }) => showApp('brief'),
  'progeny.showGlobe': ({ showApp }) => showApp('globe'),
  'progeny.showStory': ({ showApp }) => showApp('narration'),
  'progeny.showDashboard': ({ showApp }) => showApp('dashboard'),
  'progeny.showMasks': ({ showApp }) => showApp('masks'),
  'progeny.showPanels': ({ showApp }) => showApp('guilds'),
  'progeny.showJobs': ({ showApp }) => showApp('jobs'),
  'progeny.showGrants': ({ showApp }) => showApp('grants'),
  'progeny.showHeritage': ({ showApp }) => showApp('heritage'),
  'progeny.showThoughts': ({ showApp }) => showApp('thoughts'),
  'progeny.convergence': ({ showConvergence }) => showConvergence(),
  'progeny.whisper': whisper,
  'progeny.openLoop': openLoop,
  'progeny.loopDone': loopDone,
  'progeny.loopDefer': loopDefer,
  'progeny.loopDrop': loopDrop,
  'progeny.newLoop': newLoop,
  'progeny.decide': decide,
  'progeny.searchMemory': searchMemory,
  'progeny.ask': ask,
  'progeny.askAbout': askAbout,
  'progeny.askCouncil': ({ showCouncil }) => showCouncil({ show: 'ask' }),
  'progeny.councilFate': councilFate,
  'progeny.doors': doors,
  'progeny.showReview': ({ showReview }) => showReview(),
  'progeny.recallAbout': recallAbout,
  'progeny.takeWheel': takeWheel,
  'progeny.takeWheelHere': takeWheelHere,
  'progeny.wheelApprove': answerRun,
  'progeny.wheelFiles': showRunFiles,
  'progeny.wheelShow': showRun,
  'progeny.wheelReport': showReport,
  'progeny.wheelStop': stopRun,
  'progeny.wheelUndo': undoRun,
  'progeny.wheelKeep': keepRun,
  'progeny.wheelLeft': showLeftFiles,
  'progeny.storyOfDay': storyOfDay,
  'progeny.refresh': refresh,
  'progeny.dreamNow': dreamNow,
  'progeny.pauseTaps': pauseTaps,
  'progeny.resumeTaps': resumeTaps,
  'progeny.openWeb': openWeb,
  'progeny.openToAgents': openToAgents,
  'progeny.closeToAgents': closeToAgents,
  'progeny.startCompanion': startCompanion,
  'progeny.stopCompanion': stopCompanion,
  'progeny.showLog': ({ log }) => log.show(),
  'progeny.status': status,
  'progeny.quickActions': quickActions,
  'progeny.goTo': goToPlace,
};
