import { afterAll, expect, test } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KeptPage } from '../../../src/model/delivery.ts';
import { shownAt } from '../../workflows/runner/actions/pages.ts';
import { TodoWorld } from '../../workflows/runner/todo-world.ts';

const worlds: TodoWorld[] = [];
afterAll(async () => {
  for (const world of worlds) await world.stop();
});

/** The todo system whose program was just merged and says where its page is kept, and what ran of it. */
async function merged(page: KeptPage): Promise<{ readonly world: TodoWorld; readonly drawn: readonly string[] }> {
  const world = await TodoWorld.start((delivery) => ({ ...delivery, page }));
  worlds.push(world);
  const said = world.program
    .read('refs/heads/main', 'project.ts')
    .replace("    name: 'the-project',\n", `    name: 'the-project',\n    page: ${JSON.stringify(page)},\n`);
  world.push(world.program, 'main', { 'project.ts': said });
  const runs = await world.settle();
  return {
    world,
    drawn: runs
      .filter(({ file }) => file === 'portolan-draw-page.yaml')
      .flatMap(({ ref, jobs }) =>
        Object.entries(jobs).map(([job, { conclusion, log }]) =>
          conclusion === 'success' ? `${ref} ${job}` : `${ref} ${job}: ${conclusion} ${log}`,
        ),
      ),
  };
}

test('a branch that moves draws the page and shows it on GitHub Pages, where the program says so', async () => {
  const { world, drawn } = await merged({ keptIn: 'gitHubPages', readers: 'everyone' });
  const page = readFileSync(join(shownAt(world.github.folder, world.ops.fullName), 'index.html'), 'utf8');

  expect(drawn).toEqual(['refs/heads/env/staging draw', 'refs/heads/env/staging show']);
  expect(page).toContain('the-project: what runs where');
  // Its run may look at pull requests: the one to production has its review.
  expect(page).not.toContain('Which pull requests are open is not known');
  expect(page).toContain('into env/production');
});

test('it is kept with the run and shown nowhere else, where the program says that', async () => {
  const { world, drawn } = await merged({ keptIn: 'run' });

  expect(drawn).toEqual(['refs/heads/env/staging draw']);
  expect(readFileSync(join(world.github.folder, 'artifacts', 'index.html'), 'utf8')).toContain('what runs where');
  expect(existsSync(join(world.github.folder, 'pages'))).toBe(false);
});
