import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Job } from '../../../src/hosts/workflow/workflow.ts';
import { temporaryFolder } from '../../support/git.ts';
import '../../support/patience.ts';
import { chartFiles, jobOf, packaging, playedHelm, runJob, type Packaged } from './packaging.ts';

const repository = '127.0.0.1:5000/charts/search';
const namesOf = ({ steps }: Job): readonly string[] => steps.map(({ name }) => name);

/** A registry that is empty, and a job that builds a version and pushes there. */
function world(version = '1.2.0') {
  const kept = temporaryFolder();
  const run = (files = chartFiles, chart = {}, of = version) =>
    runJob(jobOf(packaging(repository, chart), of), files, playedHelm(kept));
  return { kept, run };
}

const changed = (file: string, change: (text: string) => string) => ({
  ...chartFiles,
  [`charts/search/${file}`]: change(chartFiles[`charts/search/${file}`] ?? ''),
});

describe('the job that packages a chart', () => {
  const job = jobOf(packaging(repository), '1.2.0');

  test('looks at the chart before anything is pushed, and pushes it after the image that it runs', () => {
    expect(namesOf(job)).toEqual([
      'Check out the source',
      'Log in to ghcr.io',
      'Log in to 127.0.0.1:5000',
      'Set up Buildx',
      'Turn the Git tag into a tag of images',
      'Set up Helm',
      'Package search-chart, lint and render it',
      'Look whether this version of search is there',
      'Build and push search',
      'Push search-chart, if its version is not there',
    ]);
    expect(job.outputs).toEqual({
      search:
        'ghcr.io/acme/search:${{ steps.image-tag.outputs.tag }}@${{ steps.search.outputs.digest || steps.search-there.outputs.digest }}',
      'search-chart': `${repository}:\${{ steps.image-tag.outputs.tag }}@\${{ steps.search-chart.outputs.digest }}`,
    });
  });

  test('tries a pull request without a login and without pushing', () => {
    const tried = jobOf(packaging(repository));

    expect(tried.environment).toBeUndefined();
    expect(namesOf(tried)).toEqual([
      'Check out the source',
      'Set up Buildx',
      'Set up Helm',
      'Package search-chart, lint and render it',
      'Build search',
    ]);
    expect(runJob(tried, chartFiles, playedHelm(temporaryFolder()))).toMatchObject({ status: 0 });
    expect(
      runJob(
        tried,
        changed('values.yaml', () => 'tag: 1.0.0\n'),
        playedHelm(temporaryFolder()),
      ).summary,
    ).toContain('runs ghcr.io/acme/search:1.0.0, and has to run ghcr.io/acme/search:0.0.0 alone');
  });

  test('renders it for the oldest and the newest line of Kubernetes of whoever runs it', () => {
    const step = job.steps.find(({ name }) => name.startsWith('Package'));

    expect(step).toMatchObject({ env: { KUBERNETES: '1.30 1.36', VALUES: 'charts/search/ci/louder.yaml' } });
  });

  test('takes no Helm but the one whose sum is known', () => {
    const { failed, said } = runJob(job, chartFiles, playedHelm(temporaryFolder()), { sum: false });

    expect(failed).toBe('Set up Helm');
    expect(said).toContain('FAILED');
  });
});

describe('a version of a chart', () => {
  test('is pushed at the version of the build, whatever its Chart.yaml says', () => {
    const { kept, run } = world();

    expect(run()).toMatchObject({ status: 0, digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) });
    expect(readdirSync(kept)).toEqual(['1.2.0.tgz']);
  });

  test('is made once: the same files again are what is there, and other files are refused', () => {
    const { run } = world();
    const first = run();

    expect(run()).toMatchObject({ status: 0, digest: first.digest });
    const other = run(changed('values.yaml', (text) => `${text}more: 1\n`));
    expect(other.failed).toBe('Push search-chart, if its version is not there');
    expect(other.summary).toContain(
      'version 1.2.0 of 127.0.0.1:5000/charts/search is there already, made of other files, and a version is never made twice; merge a change',
    );
    expect(
      run(
        changed('values.yaml', (text) => `${text}more: 1\n`),
        {},
        '1.2.1',
      ).status,
    ).toBe(0);
  });

  test('is not pushed where nobody can tell whether it is there', () => {
    const { kept, run } = world();
    writeFileSync(path.join(kept, 'down'), '');

    expect(run().summary).toContain('whether 127.0.0.1:5000/charts/search has version 1.2.0 already cannot be told');
    expect(existsSync(path.join(kept, '1.2.0.tgz'))).toBe(false);
  });

  test('runs an image that was pushed before for the same commit, which is not built again, and none of another one', () => {
    const { kept } = world();
    const pushedFor = (commit: string): Packaged => {
      const image = `printf '{"annotations":{"org.opencontainers.image.revision":"${commit}"}}'`;
      return runJob(jobOf(packaging(repository), '1.2.0'), chartFiles, playedHelm(kept), { image });
    };
    const build = jobOf(packaging(repository), '1.2.0').steps.find(({ id }) => id === 'search');

    expect(build).toMatchObject({ if: "steps.search-there.outputs.digest == ''" });
    expect(pushedFor('c0ffee')).toMatchObject({
      status: 0,
      said: expect.stringContaining('is there already, of this'),
    });
    expect(pushedFor('decade')).toMatchObject({
      failed: 'Look whether this version of search is there',
      summary:
        'refused: ghcr.io/acme/search:TAG is there already, of decade, and a version is never made twice; merge a change, which gets a version of its own\n',
    });
  });

  test('is not pushed where nobody can tell whether its image is there', () => {
    const { kept } = world();
    const image = 'echo "ERROR: connection refused" >&2; exit 1';
    const { summary } = runJob(jobOf(packaging(repository), '1.2.0'), chartFiles, playedHelm(kept), { image });

    expect(summary).toContain('whether ghcr.io/acme/search:TAG is there already cannot be told; run the job again');
    expect(readdirSync(kept)).toEqual([]);
  });

  test.each([
    [
      'runs another version of the image',
      changed('values.yaml', () => 'tag: 1.1.9\n'),
      'the chart in charts/search runs ghcr.io/acme/search:1.1.9, and has to run ghcr.io/acme/search:1.2.0 alone',
    ],
    [
      'runs another with some values alone',
      changed('ci/louder.yaml', () => 'tag: latest\n'),
      'runs ghcr.io/acme/search:latest with charts/search/ci/louder.yaml, and has to run ghcr.io/acme/search:1.2.0',
    ],
    [
      'does not run the image',
      changed('templates/deployment.yaml', (text) => text.replaceAll('acme/search:', 'acme/other:')),
      'runs no image of ghcr.io/acme/search, and has to run',
    ],
    [
      'is not what lint wants',
      changed('templates/deployment.yaml', (text) => text.replace('kind: Deployment', 'kind: Old')),
      'is not what helm lint --strict wants; mend what it names',
    ],
    [
      'cannot be rendered',
      Object.fromEntries(Object.entries(chartFiles).filter(([file]) => !file.includes('templates'))),
      'cannot be rendered; mend what Helm names',
    ],
    [
      'has another name than its repository',
      changed('Chart.yaml', (text) => text.replace('name: search', 'name: find')),
      'the chart in charts/search calls itself find, and helm push would not push it to 127.0.0.1:5000/charts/search; write name: search',
    ],
  ])('fails where it %s, before anything is pushed', (_, files, sentence) => {
    const { kept, run } = world();
    const { failed, summary } = run(files);

    expect(failed).toBe('Package search-chart, lint and render it');
    expect(summary).toContain(sentence);
    expect(readdirSync(kept)).toEqual([]);
  });
});
