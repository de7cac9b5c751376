import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../src/model/delivery.ts';
import { describeProblem } from '../../../src/model/problem.ts';
import type { Repository } from '../../../src/model/repository.ts';
import type { PlatformSettings } from '../../../src/model/settings/settings.ts';
import type { GitHubNeeds } from '../../../src/pulumi/github/github-needs.ts';
import { doubleSecretProblems, gitHubProblems, identityProblems } from '../../../src/pulumi/github/github-problems.ts';
import { validDelivery } from '../../support/valid-delivery.ts';

type GitHub = PlatformSettings['github'];

const open: Repository = {
  name: 'docs',
  holds: ['source'],
  url: 'https://github.com/acme/docs.git',
  management: 'create',
  visibility: 'public',
};
const closed: Repository = { ...open, name: 'shop', url: 'https://github.com/acme/shop.git', visibility: 'private' };
const ops: Repository = { ...closed, name: 'ops', holds: ['ops'], url: 'https://github.com/acme/ops.git' };

const nothing: GitHubNeeds = {
  repositories: [],
  rulesets: [],
  environments: [],
  approved: [],
  reviewed: [],
  actors: [],
  appNumber: false,
};
const team: GitHub = { owner: 'acme', plan: 'team', ownerKind: 'organization' };

const told = (needs: Partial<GitHubNeeds>, github: Partial<GitHub> = {}, delivery: Delivery = validDelivery()) =>
  gitHubProblems(delivery, { ...nothing, ...needs }, { ...team, ...github }).map(describeProblem);

describe('a page that is kept on GitHub Pages', () => {
  const kept = (readers: 'everyone' | 'repository'): Delivery => ({
    ...validDelivery(),
    page: { keptIn: 'gitHubPages', readers },
  });

  test('is kept from everyone else on GitHub Enterprise alone', () => {
    const [problem, ...others] = told({}, { plan: 'team' }, kept('repository'));

    expect(problem).toContain('page.readers: GitHub keeps pages from everyone else on GitHub Enterprise Cloud alone;');
    expect(others).toEqual([]);
    expect(told({}, { plan: 'enterprise' }, kept('repository'))).toEqual([]);
    expect(told({}, { plan: 'team' }, kept('everyone'))).toEqual([]);
  });
});

describe('what a plan does not offer', () => {
  test.each(['free', 'team'] as const)(
    'fails on the plan %s for a private repository whose environments ask for an approval, because nobody would be asked',
    (plan) => {
      expect(told({ approved: [open, closed] }, { plan })).toEqual([
        'repositories.shop: a GitHub environment of a private repository asks for an approval on GitHub Enterprise alone, and without one whoever may push would take its secrets; ' +
          `leave the credential with store.approvers out, or make the repository public in project.ts, got "${plan}"`,
      ]);
    },
  );

  test('has approvals in environments of a private repository on GitHub Enterprise', () => {
    expect(told({ approved: [closed] }, { plan: 'enterprise' })).toEqual([]);
  });

  const wanted = { rulesets: [open, closed, ops], environments: [open, closed] };

  test('is asked of the free plan alone, for private repositories, each with the way out that it has', () => {
    const messages = told(wanted, { plan: 'free' });

    expect(messages).toHaveLength(3);
    expect(messages[0]).toContain('repositories.shop: rulesets on a private repository need GitHub Team or Enterprise');
    expect(messages[0]).toContain('; or make the repository public in project.ts');
    expect(messages[1]).toContain('repositories.ops: rulesets on a private repository need');
    expect(messages[1]).not.toContain('make the repository public');
    expect(messages[2]).toContain('repositories.shop: environments with secrets and deployment rules');
    for (const message of messages) expect(message).toContain('when acme has it, write: ');
    expect(told(wanted)).toEqual([]);
  });

  test('is GitHub Pro for a user, who cannot have more', () => {
    const user = { ownerKind: 'user' } as const;

    expect(told(wanted, { ...user, plan: 'free' })[0]).toContain('need GitHub Pro; when acme has it');
    expect(told({}, { ...user, plan: 'enterprise' })[0]).toContain('a user account has GitHub Pro at most');
    expect(told({}, { ...user, plan: 'team' })).toEqual([]);
    expect(told({}, { plan: 'enterprise' })).toEqual([]);
  });
});

describe('a repository that the provider would make', () => {
  test('must lie at the owner on the host, and an ops repository must be private', () => {
    const repositories = [open, closed, ops];

    expect(told({ repositories })).toEqual([]);
    expect(told({ repositories: [{ ...open, url: 'https://github.com/ACME/docs.git' }] })).toEqual([]);
    expect(told({ repositories: [{ ...open, url: 'https://github.com/other/docs.git' }] })).toEqual([
      `repositories.docs.url: belongs to other, but github:owner is acme; correct one of them, or write management: 'external', got "https://github.com/other/docs.git"`,
    ]);
    expect(told({ repositories: [{ ...open, url: 'https://git.example.org/acme/docs.git' }] })[0]).toContain(
      'repositories.docs.url: must be on github.com, where the provider would make it',
    );
    expect(told({ repositories: [{ ...ops, visibility: 'public' }] })).toEqual([
      'repositories.ops.visibility: an ops repository shows hosts, names and what runs where; write private, got "public"',
    ]);
    expect(told({ repositories: [{ ...open, url: 'nonsense' }] })).toHaveLength(1);
  });
});

describe('who a ruleset names', () => {
  const actors: Delivery['actors'] = [
    { name: 'release-bot', kind: 'app' },
    { name: 'night-bot', kind: 'app' },
    { name: 'crew', kind: 'team' },
    { name: 'ann', kind: 'user' },
  ] as unknown as Delivery['actors'];
  const shop = validDelivery();
  /** Each environment's branch is written by an app of its own. */
  const holders = ['release-bot', 'night-bot'];
  const delivery: Delivery = {
    ...shop,
    actors,
    environments: shop.environments.map((environment, i) => ({
      ...environment,
      credentials: [
        ...environment.credentials,
        {
          name: `push-${i}`,
          purpose: 'gitPush',
          holder: holders[i] ?? '',
          store: { kind: 'githubActions', repository: 'shop', environment: environment.name, keys: ['APP_KEY'] },
          scope: 'ops',
        },
      ],
    })),
    stages: shop.stages.map((stage, i) => ({ ...stage, write: { ...stage.write, credential: `push-${i}` } })),
  };

  test('is declared, no team of a user account, and has a number where an app promotes', () => {
    expect(told({ actors: ['ann', 'nobody'] }, {}, delivery)).toEqual([
      'actors.nobody: is named by a ruleset and not declared; add it to actors',
    ]);
    expect(told({ actors: ['crew'] }, {}, delivery)).toEqual([]);
    expect(told({ actors: ['crew', 'ann'] }, { ownerKind: 'user' }, delivery)[0]).toMatch(
      /^actors\.crew: a user account has no teams; name a person, or write: .*organization.*, got "team"$/,
    );
    expect(told({ actors: holders }, { appId: 7 }, delivery)).toEqual([
      'actors: the rulesets of one stack may name one app that promotes, the one of portolan:github.appId; they name release-bot, night-bot',
    ]);
    expect(told({ actors: ['release-bot'] }, { appId: 7 }, delivery)).toEqual([]);
    expect(told({ actors: ['release-bot'] }, {}, delivery)[0]).toContain('portolan:github.appId: is missing');
    expect(told({ appNumber: true }, {}, delivery)[0]).toContain('portolan:github.appId: is missing');
    expect(told({ appNumber: true }, { appId: 7 }, delivery)).toEqual([]);
  });
});

test('two credentials that would write one secret are told, each place alone', () => {
  const credential = (name: string, keys: readonly string[]) => ({ name, store: { keys } });
  const plans = [
    { repository: closed, environment: 'dev', credentials: [credential('a', ['X', 'Y']), credential('b', ['Z', 'Y'])] },
    { repository: closed, environment: 'prod', credentials: [credential('c', ['X']), credential('d', ['W'])] },
  ] as unknown as Parameters<typeof doubleSecretProblems>[0];

  expect(doubleSecretProblems(plans).map(describeProblem)).toEqual([
    'credentials.b.store.keys: the environment dev of shop has one Y, and a writes it too; give one of them another key, got "Y"',
  ]);
});

test('a branch that accepts no pull request needs an app that may push to it', () => {
  expect(identityProblems({ environment: 'dev' }, 'bot', false)).toEqual([]);
  expect(identityProblems({ environment: 'dev' }, undefined, true)).toEqual([]);
  expect(identityProblems({ environment: 'dev' }, undefined, false).map(({ path }) => path)).toEqual([
    'environments.dev',
  ]);
  expect(
    identityProblems({ environment: 'dev', application: 'shop' }, undefined, false).map(({ path }) => path),
  ).toEqual(['environments.dev.applications.shop']);
});
