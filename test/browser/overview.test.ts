import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { TestApp } from './fake/app.ts';
import { faultsOf } from './fake/faults.ts';
import { NOW } from './fake/fixtures.ts';
import { aJob } from './fake/overview-samples.ts';
import { freshApp } from './fake/shared.ts';

const drawn = '.chart-canvas canvas';

describe('the dashboard', () => {
  let app: TestApp;
  beforeEach(async () => {
    app = await freshApp();
  });

  const card = (page: Page, title: string) =>
    page.locator('.dash-card', { has: page.getByRole('heading', { name: title }) });

  it('[W1] the cursor of a chart goes by arrow keys and says where it is; Enter shows what moved it there', async () => {
    await using opened = await app.open('#/dashboard', { until: drawn });
    const { page } = opened;
    const chart = page.getByRole('slider', { name: 'Trust, the last 30 days, by point' });
    assert.match((await chart.getAttribute('aria-valuetext')) ?? '', /^now, Trust \.54, T1 \.60$/);
    await chart.focus();
    await page.keyboard.press('ArrowLeft');
    assert.match((await chart.getAttribute('aria-valuetext')) ?? '', /^Sun 23 Nov 06:48, Trust \.54/);
    await page.keyboard.press('ArrowLeft');
    assert.match((await chart.getAttribute('aria-valuetext')) ?? '', /^before Sun 23 Nov 06:48, Trust \.52/);
    await page.keyboard.press('Enter');
    assert.match(
      await page.locator('.move.picked').innerText(),
      /\+\.02\s+A run changed files, was verified and was kept\./,
    );
    await page.keyboard.press('Home');
    assert.equal(await chart.getAttribute('aria-valuenow'), '0');
    assert.deepEqual(opened.problems, []);
  });

  it('a click on a chart shows the move that lies there', async () => {
    await using opened = await app.open('#/dashboard', { until: drawn });
    const { page } = opened;
    const box = await page.getByRole('slider', { name: /^Trust/ }).boundingBox();
    await page.mouse.move(box!.x + box!.width - 40, box!.y + 60);
    await page.mouse.click(box!.x + box!.width - 40, box!.y + 60);
    await page.locator('.move.picked').waitFor();
  });

  it('the table below a chart has the same numbers as the picture', async () => {
    await using opened = await app.open('#/dashboard', { until: drawn });
    const { page } = opened;
    const memory = card(page, 'What it remembers');
    await memory.getByText('As a table').click();
    const rows = memory.locator('.chart-rows tbody tr');
    await rows.nth(29).waitFor();
    assert.equal(await rows.count(), 30);
    const { spans, before, total } = app.companion.overview.growth(30);
    assert.match(
      await rows.first().innerText(),
      new RegExp(`Mon 24 Nov\\s+${total.toLocaleString('en-GB')}`),
    );
    const first = before + spans[0]!.kinds.reduce((sum, { n }) => sum + n, 0);
    assert.match(await rows.last().innerText(), new RegExp(first.toLocaleString('en-GB')));
  });

  it('range and level stand in the location, and survive going away and coming back', async () => {
    await using opened = await app.open('#/dashboard', { until: drawn });
    const { page } = opened;
    await page.locator('.segment', { hasText: '6 months' }).click();
    await page.getByRole('radio', { name: /^Trust/ }).press('ArrowRight');
    assert.equal(new URL(page.url()).hash, '#/dashboard?range=180&level=warmth');
    assert.deepEqual(app.companion.calls.filter(({ name }) => name === 'memories.growth').at(-1)?.input, {
      workspace: '/home/dev/atlas',
      days: 180,
    });
    await page.reload();
    await page.getByRole('slider', { name: 'Warmth, the last 6 months, by point' }).waitFor();
  });

  it('is true without asking: a move, a job, a record show as they happen', async () => {
    await using opened = await app.open('#/dashboard', { until: drawn });
    const { page } = opened;
    const { overview } = app.companion;
    overview.set('job_import1', { progress: 0.77, message: '15,400 of about 20,000 messages' });
    overview.history = [
      {
        ...{
          kind: 'move',
          at: NOW - 1000,
          seq: 999,
          cause: 'wheel.failure',
          words: 'A run failed.',
          subject: 'run_9',
        },
        changes: [{ axis: 'trust', from: 0.54, to: 0.5 }],
        levels: { trust: 0.5, warmth: 0.62, arousal: 0.5, valence: 0.55 },
      },
      ...overview.history,
    ];
    app.companion.self = { ...app.companion.self, trust: 0.5 };
    app.companion.changed('limbic.moved');
    await page.getByText('15,400 of about 20,000 messages').waitFor();
    await page.locator('.gauge.on .gauge-level').getByText('.50').waitFor();
    assert.match(await page.locator('.move').first().innerText(), /−\.04\s+A run failed\./);
  });

  it('one card that fails leaves the others, and mends by itself', async () => {
    app.companion.fail.set('memories.growth', ['internal', 'The thread that reads was lost.']);
    await using opened = await app.open('#/dashboard', { until: drawn });
    const { page } = opened;
    const memory = card(page, 'What it remembers');
    await memory.getByText('The thread that reads was lost.').waitFor();
    assert.equal(await page.locator('.dash-problem').count(), 1);
    assert.equal(await page.locator('.gauge').count(), 4);
    app.companion.fail.clear();
    await memory.getByRole('button', { name: 'Try again: What it remembers' }).click();
    await memory.getByText(/records, .* taken up/).waitFor();
    assert.equal(await page.locator('.dash-problem').count(), 0);
  });

  it('marks a moment and takes it back', async () => {
    await using opened = await app.open('#/dashboard', { until: drawn });
    const { page } = opened;
    await page.getByRole('button', { name: 'Mark now' }).click();
    await page.getByLabel('What happened').fill('new keyboard');
    await page.getByRole('button', { name: 'Mark', exact: true }).click();
    await page.locator('.move.marked', { hasText: 'new keyboard' }).waitFor();
    await page.getByRole('button', { name: 'Take back: new keyboard' }).click();
    await page.locator('.move.marked', { hasText: 'new keyboard' }).waitFor({ state: 'detached' });
  });

  it('runs the doctor when asked and says what it found, the worst first', async () => {
    await using opened = await app.open('#/dashboard', { until: drawn });
    const { page } = opened;
    await page.getByRole('button', { name: 'Check everything' }).click();
    await page.locator('.doctor .checks li').first().waitFor();
    assert.match(await page.locator('.doctor .checks li').first().innerText(), /disk.*Only 900 MB free/s);
    assert.equal(await page.locator('.doctor .checks li').count(), 7);
  });

  it('charts wear the theme that is chosen, at once', async () => {
    await using opened = await app.open('#/dashboard', { until: drawn });
    const { page } = opened;
    /** The ink of the first chart: every colour that covers a good part of what is drawn. */
    const inks = () =>
      page.evaluate(() => {
        const canvas = document.querySelector<HTMLCanvasElement>('.chart-canvas canvas')!;
        const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
        const counts = new Map<string, number>();
        for (let i = 0; i < data.length; i += 4)
          if (data[i + 3] === 255) {
            const key = `${data[i]} ${data[i + 1]} ${data[i + 2]}`;
            counts.set(key, (counts.get(key) ?? 0) + 1);
          }
        return [...counts].filter(([, n]) => n > 60).map(([key]) => key);
      });
    await page.waitForFunction(() => {
      const canvas = document.querySelector<HTMLCanvasElement>('.chart-canvas canvas')!;
      return canvas
        .getContext('2d')!
        .getImageData(0, 0, canvas.width, canvas.height)
        .data.some((each) => each > 0);
    });
    const light = await inks();
    assert.ok(light.includes('0 95 184'), `the accent of the light theme is drawn: ${light.join(', ')}`);
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.waitForFunction(() => document.documentElement.dataset.theme === 'dark');
    await page.waitForTimeout(100);
    const dark = await inks();
    assert.ok(dark.includes('77 170 252'), `the accent of the dark theme is drawn: ${dark.join(', ')}`);
    assert.ok(!dark.includes('0 95 184'));
  });

  it('charts are gone while the page is hidden, and come back', async () => {
    await using opened = await app.open('#/dashboard', { until: drawn });
    const { page } = opened;
    const show = (state: string) =>
      page.evaluate((visibility) => {
        Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => visibility });
        document.dispatchEvent(new Event('visibilitychange'));
      }, state);
    await show('hidden');
    await page.locator(drawn).first().waitFor({ state: 'detached' });
    assert.equal(await page.locator(drawn).count(), 0);
    await show('visible');
    await page.locator(drawn).first().waitFor();
  });

  it('charts follow the width that there is', async () => {
    await using opened = await app.open('#/dashboard', {
      until: drawn,
      viewport: { width: 1440, height: 900 },
    });
    const { page } = opened;
    for (const width of [360, 900, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      await page.waitForFunction(() =>
        [...document.querySelectorAll<HTMLElement>('.chart-canvas')].every((place) => {
          const plot = place.querySelector<HTMLElement>('.u-wrap');
          return plot !== null && Math.abs(plot.clientWidth - Math.max(80, place.clientWidth)) <= 1;
        }),
      );
    }
  });

  it('[W6] shows what is hostile as what it is: short text', async () => {
    const bad = [
      '<script>document.title="owned"</script><img src=x onerror="document.title=\'owned\'">',
      'a'.repeat(10_000),
      '\u202egnp.exe \u2066rtl',
      '🧑‍🚀 emoji \u0000 nul',
      '<svg onload="document.title=\'owned\'"><a href="javascript:document.title=1">',
    ];
    const { companion } = app;
    const { overview, council } = companion;
    overview.history = bad.flatMap((text, i) => [
      { kind: 'mark' as const, at: NOW - i * 1000, id: `mark_bad${i}`, text },
      {
        ...{
          kind: 'move' as const,
          at: NOW - i * 1000 - 1,
          seq: i + 1,
          cause: text,
          words: text,
          subject: text,
        },
        changes: [{ axis: 'trust' as const, from: 0.5, to: 0.5 }],
        levels: { trust: 0.5, warmth: 0.5, arousal: 0.5, valence: 0.5 },
      },
    ]);
    overview.drift = bad.map((text, i) => ({
      ...overview.drift[0]!,
      subject: companion.loops[i]?.id ?? `loop_bad${i}`,
      reasons: [text],
    }));
    companion.loops = companion.loops.map((loop, i) => ({ ...loop, title: bad[i % bad.length]! }));
    overview.taps = bad.map((text, i) => ({
      ...overview.taps[0]!,
      id: `tap_bad${i}`,
      candidate: text,
      words: text,
    }));
    overview.stats = {
      ...overview.stats,
      byMoment: bad.map((text, i) => ({ ...overview.stats.byMoment[0]!, moment: `m${i}`, words: text })),
      silences: bad.map((words, i) => ({ gate: `g${i}`, words, n: 1 })),
      adapted: bad.map((words, i) => ({ ...overview.stats.adapted[0]!, moment: `m${i}`, words })),
    };
    overview.checks = bad.map((text) => ({ name: text, result: 'failed', message: text }));
    overview.jobs = bad.map((text, i) =>
      aJob({ id: `job_bad${i}`, kind: text, subject: text, status: 'running', progress: 0.5, message: text }),
    );
    council.masks = council.masks.map((mask, i) => ({ ...mask, name: bad[i]!.slice(0, 40) }));
    companion.status = {
      ...companion.status,
      health: bad.map((message, i) => ({ subject: `s${i}`, level: 'error' as const, message, at: NOW })),
    };
    await using opened = await app.open('#/dashboard', {
      until: drawn,
      viewport: { width: 360, height: 740 },
    });
    const { page } = opened;
    await page.getByRole('button', { name: 'Check everything' }).click();
    await page.locator('.doctor .checks li').first().waitFor();
    const look = async () => {
      assert.doesNotMatch(await page.title(), /owned/);
      assert.equal(await page.locator('a[href^="javascript:"], main img, main script').count(), 0);
      assert.ok((await page.locator('.dash-card, .jobs').first().innerText()).length > 0);
      const longest = await page
        .locator('main bdi')
        .evaluateAll((all) => Math.max(...all.map(({ textContent }) => textContent?.length ?? 0)));
      assert.ok(longest < 400, `${longest} characters in one place`);
      assert.deepEqual(await faultsOf(page), []);
    };
    await look();
    overview.dreams = overview.dreams.map((dream) => ({
      ...dream,
      status: 'done' as const,
      lines: bad,
      theme: { id: 'cluster_1', name: bad },
      review: bad.map((text) => ({ kind: 'contradiction', text, ids: [] })),
    }));
    overview.jobs = [
      ...overview.jobs,
      ...bad.map((text, i) =>
        aJob({ id: `job_old${i}`, kind: 'import', subject: text, status: 'failed', message: text }),
      ),
    ];
    await page.evaluate(() => {
      location.hash = '#/jobs';
    });
    await page.locator('.job-ended').first().waitFor();
    await look();
    assert.deepEqual(opened.problems, []);
  });
});

describe('background work', () => {
  let app: TestApp;
  beforeEach(async () => {
    app = await freshApp();
  });

  it('cancels at once what loses nothing, and asks where something would have to be done again', async () => {
    await using opened = await app.open('#/jobs', { until: '.job-row' });
    const { page } = opened;
    const cancelled = () =>
      app.companion.calls.filter(({ name }) => name === 'jobs.cancel').map(({ input }) => input);
    await page.getByRole('button', { name: 'Cancel: Reading a repository, /home/dev/atlas' }).click();
    await page.getByText('Nothing is lost').first().waitFor();
    assert.deepEqual(cancelled(), [{ id: 'job_scan1' }]);
    await page.getByRole('button', { name: /^Cancel: Taking up an archive/ }).click();
    await page.getByRole('dialog', { name: 'Cancel: Taking up an archive?' }).waitFor();
    assert.equal(cancelled().length, 1);
    await page.getByRole('button', { name: 'Let it go on' }).click();
    assert.equal(cancelled().length, 1);
    await page.getByRole('button', { name: /^Cancel: Taking up an archive/ }).click();
    await page.getByRole('button', { name: 'Cancel it' }).click();
    await page
      .locator('.job-ended', { hasText: 'Taking up an archive /home/dev/archives/chats.jsonl' })
      .waitFor();
    assert.deepEqual(cancelled().at(-1), { id: 'job_import1' });
  });

  it('says why nothing was cancelled', async () => {
    app.companion.fail.set('jobs.cancel', ['not_found', 'There is no job "job_scan1".']);
    await using opened = await app.open('#/jobs', { until: '.job-row' });
    await opened.page.getByRole('button', { name: 'Cancel: Reading a repository, /home/dev/atlas' }).click();
    await opened.page.getByText('Not done. There is no job "job_scan1".').first().waitFor();
  });

  it('follows work as it goes on and ends', async () => {
    await using opened = await app.open('#/jobs', { until: '.job-row' });
    const { page } = opened;
    const { overview } = app.companion;
    overview.set('job_import1', { progress: 0.9, message: '18,000 of about 20,000 messages' });
    app.companion.changed();
    await page.getByText('18,000 of about 20,000 messages').waitFor();
    overview.set('job_import1', { status: 'done', progress: 1, message: '20,112 records added, 30 known' });
    app.companion.changed();
    await page
      .locator('.job-ended', { hasText: 'Done in 3 minutes: 20,112 records added, 30 known' })
      .waitFor();
  });

  it('dreams on demand; with too little that is new it says so and offers to all the same', async () => {
    app.companion.overview.little = 'There are 12 minutes of new work; it takes 60.';
    await using opened = await app.open('#/jobs', { until: '.nights' });
    const { page } = opened;
    await page.getByRole('button', { name: 'Dream now' }).click();
    await page.getByText('There are 12 minutes of new work; it takes 60.').first().waitFor();
    await page.getByRole('button', { name: 'Dream all the same' }).click();
    await page.getByRole('button', { name: 'Dreaming…' }).waitFor();
    await page.locator('.job-row', { hasText: 'Consolidating the day' }).waitFor();
    assert.deepEqual(
      app.companion.calls.filter(({ name }) => name === 'dreams.run').map(({ input }) => input),
      [{ force: false }, { force: true }],
    );
  });

  it('takes a backup now, and says so when it cannot', async () => {
    await using opened = await app.open('#/jobs', { until: '.copies' });
    const { page } = opened;
    await page.getByRole('button', { name: 'Back up now' }).click();
    await page.getByText('Backed up: 4.6 MB, checked and whole.').first().waitFor();
    await page.locator('.copies li').nth(4).waitFor();
    app.companion.fail.set('backups.create', ['read_only', 'The disk is full.']);
    await page.getByRole('button', { name: 'Back up now' }).click();
    await page.getByText('No backup was taken. The disk is full.').first().waitFor();
  });
});
