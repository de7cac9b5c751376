import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Artifact } from '../../../src/model/artifact.ts';
import type { Delivery } from '../../../src/model/delivery.ts';
import type { Supply, Trigger } from '../../../src/model/supply.ts';
import type { Stage } from '../../../src/model/stage.ts';
import { describeProblem } from '../../../src/model/problem.ts';
import { problemsOf } from '../../../src/model/validation/validate.ts';
import { openHelm } from '../../../src/clients/helm/open-helm.ts';
import { configMap, madeUpHelm } from '../../clients/helm/made-up-helm.ts';
import { temporaryFolder } from '../../support/git.ts';
import { chartFiles, jobOf, packaging, playedHelm, runJob } from '../../builders/github-actions/packaging.ts';
import { podinfo } from './example.ts';

const problems = (delivery: Delivery): readonly string[] => problemsOf(delivery).map(describeProblem);

const onStage = (name: string, change: Partial<Stage>): Delivery => ({
  ...podinfo(),
  stages: podinfo().stages.map((stage) => (stage.name === name ? { ...stage, ...change } : stage)),
});

const onService = (change: object): Delivery => ({
  ...podinfo(),
  environments: podinfo().environments.map((environment) =>
    environment.name === 'dev'
      ? {
          ...environment,
          applications: environment.applications.map((it) => ({
            ...it,
            services: it.services.map((service) => ({ ...service, ...change })),
          })),
        }
      : environment,
  ),
});

/** What is said of the chart of the original where the program renders it. */
const ofChart = (values: Readonly<Record<string, unknown>>, image: string, pins?: string): unknown => {
  const { helm } = madeUpHelm({
    chart: 'version: 1.1.4\nappVersion: 6.2.0\n',
    values: 'ui:\n  message: ""\n',
    render: () => configMap('podinfo', `image: ${image}`),
  });
  try {
    return openHelm(
      temporaryFolder(),
      helm,
    )({
      path: 'chart',
      release: 'podinfo',
      namespace: 'app-podinfo',
      version: { repository: 'ghcr.io/acme/charts/podinfo', tag: '1.1.4', digest: `sha256:${'a'.repeat(64)}` },
      values,
      kubernetes: { oldest: '1.36', newest: '1.36' },
      withoutHooks: false,
      withoutDefinitions: false,
      ...(pins === undefined ? {} : { pins }),
    });
  } catch (error) {
    return (error as Error).message.split('\n  ')[1];
  }
};

/** What the workflow that packages a chart says of it, with other text in some of its files. */
const packagedWith = (files: Readonly<Record<string, string>>): string =>
  runJob(
    jobOf(packaging('127.0.0.1:5000/charts/search'), '6.2.0'),
    {
      ...chartFiles,
      ...Object.fromEntries(Object.entries(files).map(([file, text]) => [`charts/search/${file}`, text])),
    },
    playedHelm(temporaryFolder()),
  ).summary;

const pullRequest = podinfo().stages.find(({ name }) => name === 'uat')!.gate as Extract<
  Stage['gate'],
  { readonly kind: 'pullRequest' }
>;

/** What is said of each defect of the original that is refused, by its number. */
const refused: Readonly<Record<number, () => void>> = {
  1: () => {
    expect(ofChart({ podinfo: { ui: { message: 'Hello' } } }, 'a:6.2.0')).toBe(
      'chart.values: hold podinfo, which the chart does not read; its own values have ui',
    );
  },
  3: () => {
    const branches: Delivery = {
      ...podinfo(),
      supplies: podinfo().supplies.map((it) =>
        it.name === 'releases' ? { ...it, triggers: [{ on: 'push', repository: 'podinfo', branches: ['**'] }] } : it,
      ),
    };

    expect(problems(branches)).toContain(
      'supplies.releases.triggers[0]: builds code that nobody merged; trigger on merged branches alone, or write buildsUnmerged: true for the supply',
    );
    const declared = branches.supplies.map((it) => ({ ...it, buildsUnmerged: true }));
    expect(problems({ ...branches, supplies: declared })).toContain(
      'supplies.releases.buildsUnmerged: must be left out where charts are packaged: a version of a chart is made once, of merged code; a pull request among the triggers tries what is not merged, and publishes nothing, got true',
    );
  },
  4: () => {
    const runToken: Delivery = {
      ...podinfo(),
      credentials: podinfo().credentials.map((it) =>
        it.name === 'publish-uat' && it.store.kind === 'githubActions'
          ? { ...it, store: { ...it.store, keys: ['GITHUB_TOKEN'] } }
          : it,
      ),
    };

    expect(problems(runToken).join('\n')).toContain(
      'stages.uat.gate.checks: cannot be asked of a write that starts no workflow, because they would never run; push with an app or a key instead of GITHUB_TOKEN',
    );
  },
  7: () => {
    expect(problems(onStage('uat', { gate: { ...pullRequest, approvals: 0, approvers: [] } }))).toEqual([
      'stages.uat.gate.approvals: must be a whole number from 1 to 6, got 0',
      'stages.uat.gate.approvers: must name who may approve, got []',
    ]);
  },
  9: () => {
    const unanchored: Delivery = {
      ...podinfo(),
      artifacts: podinfo().artifacts.map((it) =>
        it.kind === 'image'
          ? { ...it, scheme: { kind: 'numeric', pattern: '[a-f0-9]+-(?<run>[0-9]+)', by: ['run'] } }
          : it,
      ),
    };

    expect(problems(unanchored).join('\n')).toContain(
      'artifacts.podinfo.scheme.pattern: must begin with ^ and end with $',
    );

    const counted = onStage('dev', { promoter: { kind: 'fluxImages' } });
    const artifacts = counted.artifacts.map((it): Artifact =>
      it.name === 'podinfo-snapshot'
        ? { ...it, scheme: { kind: 'numeric', pattern: '^[a-f0-9]+-(?<run>[0-9]+)$', by: ['run'] } }
        : it,
    );
    expect(problems({ ...counted, artifacts }).join('\n')).toContain(
      'artifacts.podinfo-snapshot.scheme.by[0]: must always have as many digits, as a time has: a counter begins anew',
    );

    // Built and promoted in one run, each push would be beside the key that writes dev.
    const pushed: Trigger = { on: 'push', repository: 'podinfo', branches: ['**'] };
    const beside = onStage('dev', { triggers: [pushed] });
    const supplies = beside.supplies.map((it): Supply =>
      it.name === 'snapshots'
        ? {
            ...it,
            builder: { kind: 'githubActions', images: [{ artifact: 'podinfo-snapshot', context: '.' }] },
            triggers: [pushed],
            discovery: { kind: 'sameJob' },
          }
        : it,
    );
    expect(problems({ ...beside, supplies }).join('\n')).toContain(
      'credentials.promote-dev.store: whoever may push takes it by a changed workflow on a branch like **, which nobody reviews; start it from main alone',
    );
  },
  10: () => {
    expect(problems(onService({ replicas: 1 }))).toEqual([
      'environments.dev.applications.podinfo.services.podinfo.replicas: is overruled by autoscaling; write one of the two, got 1',
    ]);
  },
  11: () => {
    expect(ofChart({}, 'ghcr.io/acme/podinfo:5.1.5', 'ghcr.io/acme/podinfo')).toContain(
      'says appVersion 6.2.0, and runs ghcr.io/acme/podinfo:5.1.5',
    );
    expect(packagedWith({ 'values.yaml': 'tag: 5.1.5\n' })).toContain(
      'runs ghcr.io/acme/search:5.1.5, and has to run ghcr.io/acme/search:6.2.0 alone',
    );
  },
  13: () => {
    const shared: Delivery = {
      ...podinfo(),
      environments: podinfo().environments.map((it) => ({ ...it, cluster: podinfo().environments[0]!.cluster })),
    };

    expect(problems(shared)).toContain(
      'environments.dev-test.namespace: is that of dev too, on the same cluster; give each environment its own, got "app-podinfo"',
    );
  },
};

describe('the defects of the original', () => {
  const table = readFileSync('examples/podinfo/DEFECTS.md', 'utf8');
  const verdicts = [...table.matchAll(/^\| (\d+) \| .+? \| \*\*(\w+)\*\* \|/gm)];

  test('are fourteen, each with what becomes of it', () => {
    expect(verdicts.map(([, number]) => Number(number))).toEqual(Array.from({ length: 14 }, (_, i) => i + 1));
  });

  test('have a test for each that is refused', () => {
    const named = verdicts.filter(([, , verdict]) => verdict === 'refused').map(([, number]) => Number(number));

    expect(Object.keys(refused).map(Number)).toEqual(named);
  });

  test.each(Object.keys(refused))('fails for number %s', (number) => {
    refused[Number(number)]?.();
  });
});
